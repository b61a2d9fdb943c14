"""What a configuration says of severities and acceptances holds in a run, kept reports or not."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from caveat.configfile import ConfigFinder
from caveat.engine.linter import Linter
from caveat.engine.results import ResultStore
from caveat.finding import Severity

ARTICLE = "Ginger cures cancer.\n"
RULE = "efficacy/cure-absolute"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"profile": "artcle"}, 'unknown profile "artcle" (did you mean "article"?)'),
        ({"jurisdictions": ["us", "fr"]}, 'unknown jurisdiction "fr" (choose from au, ca, eu, uk, us)'),
    ],
)
def test_names_that_there_are_not_are_told_with_those_there_are(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        Linter.load(**given)


@pytest.mark.parametrize(
    ("severity", "wanted"),
    [
        (f"{{{RULE}: note}}", [Severity.NOTE]),
        ('{"efficacy/*": off}', []),
        (f"{{{RULE}: {{default: warning, article: note}}}}", [Severity.NOTE]),
        ("{dosing/no-space: off}", [Severity.ERROR]),
    ],
)
def test_severities_of_the_configuration(linter: Linter, tmp_path: Path, severity: str, wanted: list[Severity]) -> None:
    (tmp_path / ".caveat.yaml").write_text(f"profile: article\nseverity: {severity}\n", encoding="utf-8")
    article = tmp_path / "a.md"
    article.write_text(ARTICLE, encoding="utf-8")
    report = replace(linter, configs=ConfigFinder()).check_paths([article])
    assert report.files[0].error is None
    assert [f.severity for f in report.files[0].findings if f.rule == RULE] == wanted


def test_a_kept_report_follows_the_nearest_configuration(linter: Linter, tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    blog.mkdir()
    article = blog / "a.md"
    article.write_text(ARTICLE, encoding="utf-8")
    own = blog / ".caveat.yaml"
    own.write_text("profile: article\n", encoding="utf-8")

    def rules() -> list[str]:
        store = ResultStore("scope", tmp_path / "kept")
        run = replace(linter, configs=ConfigFinder(), store=store)
        return [f.rule for f in run.check_paths([article]).files[0].findings]

    assert rules().count(RULE) == 1
    assert rules().count(RULE) == 1
    own.write_text(
        f'profile: article\naccepted:\n  - {{rule: {RULE}, text: "Ginger cures cancer", reason: a test}}\n',
        encoding="utf-8",
    )
    assert rules().count(RULE) == 0
