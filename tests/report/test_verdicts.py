"""Where an article can be published: the matrix over jurisdictions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from caveat import Linter
from caveat.finding import Finding, Severity
from caveat.report import Color, Format, TerminalOptions, render
from caveat.result import FileReport, Report, Suppressed, SuppressedBy, Verdict
from caveat.source import Source, Span

REPORT = Report(
    (
        FileReport(
            "a.md",
            Source("a.md", "# A\n"),
            jurisdictions=("us", "eu", "uk"),
            verdicts=(
                Verdict("us", {"efficacy/cure-absolute": 2}),
                Verdict("eu", {"efficacy/cure-absolute": 2, "eu/general-wellbeing": 1}),
                Verdict("uk"),
            ),
        ),
    )
)


def test_the_terminal_says_what_stops_where() -> None:
    text = render(REPORT, Format.TERMINAL, options=TerminalOptions(width=80, color=Color.NEVER))
    lines = [line.strip() for line in text.splitlines()]
    assert "Where it can be published  1 of 3" in lines
    assert any(line.split()[:3] == ["✗", "EU", "efficacy/cure-absolute"] for line in lines)
    assert any(line.split()[0] == "eu/general-wellbeing" for line in lines if line)
    assert any(line.startswith("✓") and "UK" in line for line in lines)


def test_it_stands_before_the_findings_and_says_first_what_stops_it_everywhere() -> None:
    text = "Our drops cure gout, treat arthritis and are completely safe.\n\nOur drops are good for you.\n"
    linter = Linter.load(profile="supplement-marketing", jurisdictions=["us", "uk", "ca"], cache=False)
    shown = render(linter.check_text(text), Format.TERMINAL, options=TerminalOptions(width=100, color=Color.NEVER))
    head, _, rest = shown.partition("article.md:1:")
    rows = [line.split() for line in head.splitlines() if "/" in line]
    assert rows[0][1] == "all"
    assert ["✗", "UK", "eu/disease-claim-food", "1"] in rows
    assert "Where it can be published" not in rest
    assert rest


def test_of_several_files_it_is_told_how_many_can_go_where() -> None:
    quiet = FileReport("b.md", Source("b.md", "# B\n"), verdicts=(Verdict("us"), Verdict("eu"), Verdict("uk")))
    shown = render(Report((*REPORT.files, quiet)), Format.TERMINAL, options=TerminalOptions(color=Color.NEVER))
    assert "Publishable as they stand: US 1 of 2, EU 1 of 2, UK 2 of 2." in shown
    assert "Publishable" not in render(REPORT, Format.TERMINAL, options=TerminalOptions(color=Color.NEVER))


def test_a_page_asked_for_one_country_counts_there(tmp_path: Path) -> None:
    (tmp_path / ".caveat.yaml").write_text(
        "jurisdictions: [us, uk]\noverrides:\n  - files: [dover.md]\n    jurisdictions: [uk]\n", encoding="utf-8"
    )
    (tmp_path / "dover.md").write_text("The ferry leaves at noon.\n", encoding="utf-8")
    for name in ("calais.md", "ostend.md"):
        (tmp_path / name).write_text("Our drops cure gout.\n", encoding="utf-8")
    report = Linter.load(config=tmp_path / ".caveat.yaml", cache=False).check_paths([tmp_path])
    shown = render(report, Format.TERMINAL, options=TerminalOptions(width=100, color=Color.NEVER))
    assert "Publishable as they stand: US 0 of 2, UK 1 of 3." in shown


def test_pages_asked_for_one_and_the_same_country_are_not_counted() -> None:
    files = tuple(FileReport(name, Source(name, "# A\n"), verdicts=(Verdict("uk"),)) for name in ("a.md", "b.md"))
    shown = render(Report(files), Format.TERMINAL, options=TerminalOptions(color=Color.NEVER))
    assert "Publishable" not in shown
    assert "Where it can be published" not in shown


def test_the_count_says_that_recorded_findings_are_in_it() -> None:
    (stopped,) = REPORT.files
    known = Suppressed(Finding("own/a", Severity.ERROR, "A gout cure", Span(0, 3)), SuppressedBy.BASELINE)
    files = (replace(stopped, suppressed=(known,)), replace(stopped, path="b.md"))
    shown = render(Report(files), Format.TERMINAL, options=TerminalOptions(width=120, color=Color.NEVER))
    assert "Publishable as they stand, what the baseline records included: US 0 of 2, EU 0 of 2, UK 2 of 2." in shown


def test_json_carries_the_counts() -> None:
    file = json.loads(render(REPORT, Format.JSON))["files"][0]
    assert file["publishable"]["uk"] == {"publishable": True, "stops": {}}
    assert file["publishable"]["us"] == {"publishable": False, "stops": {"efficacy/cure-absolute": 2}}
