"""JUnit and Checkstyle XML, written so that any text is safe in them."""

from __future__ import annotations

from collections.abc import Iterator

from caveat.finding import Finding, Severity
from caveat.regex import regex
from caveat.report.wording import told
from caveat.result import FileReport, Report
from caveat.source import Source

_FORBIDDEN = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
_CHECKSTYLE = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


def escaped(text: str) -> str:
    """`text` for an attribute or an element; what XML cannot hold becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def _tag(element: str, /, **attributes: str | int) -> str:
    """A start tag without its closing bracket."""
    return f"<{element}" + "".join(f' {key}="{escaped(str(value))}"' for key, value in attributes.items())


def junit(report: Report) -> str:
    """A test suite for each file and a test case for each finding.

    Errors and warnings are failures, notes pass with a message, suppressed findings are skipped tests, and
    a file that could not be read is an error. A file with nothing to say is one passed test.
    """
    suites = [list(_cases(file)) for file in report.files]
    every = [case for cases in suites for case in cases]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', _suite_tag("testsuites", "caveat", every) + ">"]
    for file, cases in zip(report.files, suites, strict=True):
        lines.append("  " + _suite_tag("testsuite", file.path, cases, skipped=True) + ">")
        lines.extend(f"    {case}" for _, case in cases)
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _suite_tag(name: str, title: str, cases: list[tuple[str, str]], *, skipped: bool = False) -> str:
    kinds = [kind for kind, _ in cases]
    counts = {"tests": len(cases), "failures": kinds.count("failure"), "errors": kinds.count("error")}
    if skipped:
        counts["skipped"] = kinds.count("skipped")
    return _tag(name, name=title, **counts, time="0")


def _cases(file: FileReport) -> Iterator[tuple[str, str]]:
    """The test cases of a file with what each is: passed, failure, error or skipped."""
    if file.source is None:
        case = _tag("testcase", classname=file.path, name="readable", time="0")
        yield "error", f"{case}>{_tag('error', message=file.error or '', type='unreadable')}/></testcase>"
        return
    if not file.findings and not file.suppressed:
        yield "passed", _tag("testcase", classname=file.path, name="no findings", time="0") + "/>"
    for finding in file.findings:
        case = _case(finding, file.source)
        body = escaped(_body(finding, file.source))
        if finding.severity is Severity.NOTE:
            yield "passed", f"{case}><system-out>{body}</system-out></testcase>"
        else:
            failure = _tag("failure", message=finding.message, type=finding.severity.value)
            yield "failure", f"{case}>{failure}>{body}</failure></testcase>"
    for known in file.suppressed:
        reason = f"suppressed by {known.by.value}" + (f": {known.reason}" if known.reason else "")
        yield "skipped", f"{_case(known.finding, file.source)}>{_tag('skipped', message=reason)}/></testcase>"


def _case(finding: Finding, source: Source) -> str:
    place = source.position(finding.span.start)
    return _tag("testcase", classname=source.path, name=f"{finding.rule} at {place.line}:{place.column}", time="0")


def _body(finding: Finding, source: Source) -> str:
    place = source.position(finding.span.start)
    where = f"{source.path}:{place.line}:{place.column}"
    return "\n".join(part for part in (where, told(finding), finding.span.of(source.text)) if part)


def checkstyle(report: Report) -> str:
    """A `file` element for each file and an `error` element for each finding."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">']
    for file in report.files:
        lines.append(f"  {_tag('file', name=file.path)}>")
        lines.extend(f"    {element}/>" for element in _errors(file))
        lines.append("  </file>")
    lines.append("</checkstyle>")
    return "\n".join(lines) + "\n"


def _errors(file: FileReport) -> Iterator[str]:
    if file.source is None:
        message = f"This file was not checked: {file.error}"
        yield _tag("error", line=1, severity="error", message=message, source="caveat.unreadable")
        return
    for finding in file.findings:
        place = file.source.position(finding.span.start)
        yield _tag(
            "error",
            line=place.line,
            column=place.column,
            severity=_CHECKSTYLE[finding.severity],
            message=told(finding),
            source=f"caveat.{finding.rule.replace('/', '.')}",
        )
