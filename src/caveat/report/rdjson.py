"""The report as rdjson, the diagnostic format of reviewdog. Its columns count bytes of UTF-8, from 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caveat.finding import Finding, Severity
from caveat.report.indented import dumps
from caveat.report.wording import told, web_address
from caveat.result import Report
from caveat.source import Source, Span

_SEVERITY = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}
_STEP = 1024


class ByteColumns:
    """Columns of a source in bytes of UTF-8. Each line is encoded once, so that long lines stay cheap."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines: dict[int, list[int]] = {}

    def position(self, offset: int) -> Mapping[str, int]:
        """The line and the byte column of an offset."""
        place = self._source.position(offset)
        line = self._source.line_span(place.line)
        if place.line not in self._lines:
            sums = [0]
            for start in range(line.start, line.end, _STEP):
                sums.append(sums[-1] + _size(self._source.text[start : min(start + _STEP, line.end)]))
            self._lines[place.line] = sums
        whole = min((offset - line.start) // _STEP, len(self._lines[place.line]) - 1)
        rest = self._source.text[line.start + whole * _STEP : offset]
        return {"line": place.line, "column": self._lines[place.line][whole] + _size(rest) + 1}

    def range(self, span: Span) -> Mapping[str, Any]:
        """The start and the exclusive end of a span."""
        return {"start": self.position(span.start), "end": self.position(span.end)}


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def render(report: Report) -> str:
    """One `DiagnosticResult` that ends in a newline, ASCII only."""
    return dumps(document(report)) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The `DiagnosticResult` as JSON values."""
    diagnostics: list[dict[str, Any]] = []
    for file in report.files:
        if file.source is None:
            message = f"This file was not checked: {file.error}"
            diagnostics.append({"message": message, "location": {"path": file.path}, "severity": "ERROR"})
            continue
        columns = ByteColumns(file.source)
        diagnostics.extend(_diagnostic(finding, file.path, columns, report) for finding in file.findings)
    return {"source": {"name": "caveat"}, "diagnostics": diagnostics}


def _diagnostic(finding: Finding, path: str, columns: ByteColumns, report: Report) -> dict[str, Any]:
    code = {"value": finding.rule}
    info = report.rules.get(finding.rule)
    addresses = [web_address(authority.url) for authority in (info.authority if info else finding.authority)]
    url = next((address for address in addresses if address), "")
    if url:
        code["url"] = url
    out: dict[str, Any] = {
        "message": told(finding),
        "location": {"path": path, "range": columns.range(finding.span)},
        "severity": _SEVERITY[finding.severity],
        "code": code,
    }
    if finding.fix and len(finding.fix.edits) == 1:  # several suggestions would be alternatives to each other
        edit = finding.fix.edits[0]
        out["suggestions"] = [{"range": columns.range(edit.span), "text": edit.text}]
    if finding.related:
        out["related_locations"] = [
            {"message": related.message, "location": {"path": path, "range": columns.range(related.span)}}
            for related in finding.related
        ]
    return out
