"""Which law a report names: that of the jurisdictions that were asked for, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caveat import Linter
from caveat.report import Format, render

_PAGE = "# Valerian drops\n\nOur drops are 100% safe and have no side effects.\n\nOur herbal drops cure insomnia.\n"
_COUNTRIES = {"us", "eu", "uk", "au", "ca"}


def _cited(linter: Linter, text: str = _PAGE) -> set[str]:
    report = linter.check_text(text, path="drops.md")
    return {a.jurisdiction for _, _, f in report.findings() for a in f.authority} & _COUNTRIES


@pytest.mark.parametrize("asked", [["us"], ["uk"], ["us", "uk"]])
def test_no_finding_names_another_countrys_law_where_one_of_its_own_stands(asked: list[str]) -> None:
    report = Linter.load(profile="supplement-marketing", jurisdictions=asked).check_text(_PAGE, path="drops.md")
    for _, _, finding in report.findings():
        named = {a.jurisdiction for a in finding.authority}
        foreign = (named & _COUNTRIES) - set(asked)
        assert not foreign or named == foreign, finding.rule


def test_everything_is_named_where_no_jurisdiction_was_asked_for() -> None:
    assert _cited(Linter.load(profile="supplement-marketing")) >= {"us", "uk", "au"}


def test_front_matter_asks_too() -> None:
    asked = f"---\ncaveat: {{jurisdictions: [uk]}}\n---\n{_PAGE}"
    linter = Linter.load(profile="supplement-marketing")
    safe = [f for _, _, f in linter.check_text(asked, path="a.md").findings() if f.rule == "efficacy/no-side-effects"]
    assert {a.jurisdiction for f in safe for a in f.authority} == {"uk"}


@pytest.mark.parametrize("form", ["sarif", "markdown", "rdjson", "json"])
def test_what_is_said_of_rules_names_what_their_findings_name(form: str, tmp_path: Path) -> None:
    (tmp_path / "drops.md").write_text(_PAGE, encoding="utf-8")
    linter = Linter.load(profile="supplement-marketing", jurisdictions=["uk"], cache=False)
    report = linter.check_paths([tmp_path / "drops.md"])
    info = report.rules["efficacy/no-side-effects"]
    assert {a.jurisdiction for a in info.authority} == {"uk"}
    assert "tga.gov.au" not in json.dumps(str(render(report, Format(form))))


def test_files_that_ask_for_different_countries_name_the_law_of_both(tmp_path: Path) -> None:
    for country in ("uk", "au"):
        front = f"---\ncaveat: {{jurisdictions: [{country}]}}\n---\n"
        (tmp_path / f"{country}.md").write_text(front + _PAGE, encoding="utf-8")
    linter = Linter.load(profile="supplement-marketing", cache=False)
    report = linter.check_paths([tmp_path / "au.md", tmp_path / "uk.md"])
    info = report.rules["efficacy/no-side-effects"]
    assert {a.jurisdiction for a in info.authority} == {"au", "uk"}
