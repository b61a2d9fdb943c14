"""The report as CSV (RFC 4180 quoting, lines end in a newline), for a spreadsheet."""

from __future__ import annotations

import csv
import io

from caveat.report.visible import visible
from caveat.result import Report

COLUMNS = (
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "severity",
    "rule",
    "message",
    "text",
    "suggestion",
    "fingerprint",
)


def render(report: Report) -> str:
    """A header and a row for each finding; files that could not be read are rows of the rule `caveat/unreadable`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for file in report.files:
        if file.error is not None:
            writer.writerow([_cell(file.path), 1, 1, 1, 1, "error", "caveat/unreadable", _cell(file.error), "", "", ""])
    for _, source, finding in report.findings():
        start, end = source.position(finding.span.start), source.position(finding.span.end)
        writer.writerow(
            [
                _cell(source.path),
                start.line,
                start.column,
                end.line,
                end.column,
                finding.severity.value,
                _cell(finding.rule),
                _cell(finding.message),
                _cell(finding.span.of(source.text)),
                _cell(finding.suggestion),
                _cell(finding.fingerprint),
            ]
        )
    return out.getvalue()


def _cell(text: str) -> str:
    """Text that a spreadsheet does not take for a formula; line breaks stay, other controls are spelt out."""
    shown = "\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n"))
    return "'" + shown if shown.lstrip(" ").startswith(("=", "+", "-", "@")) else shown
