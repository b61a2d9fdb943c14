"""Where an article can be published: the matrix over jurisdictions."""

from __future__ import annotations

import json

from caveat import Linter
from caveat.report import Color, Format, TerminalOptions, render
from caveat.result import FileReport, Report, Verdict
from caveat.source import Source

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


def test_json_carries_the_counts() -> None:
    file = json.loads(render(REPORT, Format.JSON))["files"][0]
    assert file["publishable"]["uk"] == {"publishable": True, "stops": {}}
    assert file["publishable"]["us"] == {"publishable": False, "stops": {"efficacy/cure-absolute": 2}}
