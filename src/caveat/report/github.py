"""Annotations on a pull request, as workflow commands of GitHub Actions, and the summary of the step.

GitHub shows ten annotations of each level for a step and drops the others without a word; so the gravest
come first, and a last notice says how many are left out (limits: github.com/actions/toolkit,
docs/problem-matchers.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat.finding import Finding, Severity
from caveat.report import markdown
from caveat.report.visible import visible
from caveat.report.wording import count, told
from caveat.result import Report
from caveat.source import Source
from caveat.values import dataclass

PER_LEVEL = 10
SUMMARY_BYTES = 1024 * 1024 - 1024  # GitHub takes 1 MiB a step

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@dataclass(frozen=True, slots=True)
class _Annotation:
    severity: Severity
    properties: tuple[tuple[str, str], ...]
    message: str


def render(report: Report) -> str:
    """One workflow command a line, at most ten of each level."""
    every = list(_annotations(report))
    room = dict.fromkeys(Severity, PER_LEVEL)
    if any(sum(one.severity is severity for one in every) > PER_LEVEL for severity in Severity):
        room[Severity.NOTE] -= 1  # for the notice about the rest
    shown: list[_Annotation] = []
    for severity in Severity:
        shown.extend([one for one in every if one.severity is severity][: room[severity]])
    hidden = len(every) - len(shown)
    if hidden:
        rest = f"{count(hidden, 'more finding')} not shown here: GitHub shows {PER_LEVEL} of each level."
        shown.append(_Annotation(Severity.NOTE, (("title", "Caveat"),), f"{rest} The step summary has them all."))
    return "".join(_command(one) for one in shown)


def step_summary(report: Report) -> str:
    """Markdown for the file that `GITHUB_STEP_SUMMARY` names, within what GitHub takes."""
    return markdown.page(report, limit=SUMMARY_BYTES)


def _annotations(report: Report) -> Iterator[_Annotation]:
    for file in report.files:
        if file.error is not None:
            properties = (("file", file.path), ("title", "Caveat could not read this file"))
            yield _Annotation(Severity.ERROR, properties, file.error)
    for _, source, finding in report.findings():
        yield _Annotation(finding.severity, _place(finding, source), told(finding))


def _place(finding: Finding, source: Source) -> tuple[tuple[str, str], ...]:
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    place = [("file", source.path), ("line", str(start.line)), ("endLine", str(end.line))]
    if start.line == end.line:  # GitHub refuses columns over several lines
        place += [("col", str(start.column)), ("endColumn", str(end.column))]
    return (*place, ("title", finding.rule))


def _command(annotation: _Annotation) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in annotation.properties)
    return f"::{_LEVEL[annotation.severity]} {properties}::{_data(annotation.message)}\n"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
