"""Where an article can be published: the matrix over jurisdictions."""

from __future__ import annotations

import json

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
    assert any("EU" in line and "eu/general-wellbeing (1)" in line for line in lines)
    assert any(line.startswith("✓") and "UK" in line for line in lines)


def test_json_carries_the_counts() -> None:
    file = json.loads(render(REPORT, Format.JSON))["files"][0]
    assert file["publishable"]["uk"] == {"publishable": True, "stops": {}}
    assert file["publishable"]["us"] == {"publishable": False, "stops": {"efficacy/cure-absolute": 2}}
