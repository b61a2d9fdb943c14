"""The report as SARIF 2.1.0 (OASIS standard, with errata 01), for code-scanning services.

Columns count Unicode code points (`columnKind`). Suppressed findings are results with `suppressions`; files
that could not be read are notifications of the invocation.
"""

from __future__ import annotations

from typing import Any

from caveat.finding import Finding, Fix, Severity
from caveat.report.indented import dumps
from caveat.report.uri import is_relative, path_uri
from caveat.report.wording import authority_text, mark, reason, told, web_address
from caveat.result import FileReport, Report, RuleInfo, Suppressed, SuppressedBy
from caveat.source import Source, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"


def render(report: Report) -> str:
    """The report as one SARIF log that ends in a newline, ASCII only."""
    return dumps(document(report)) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The SARIF log as JSON values."""
    rules = _rules(report)
    indices = {rule.id: index for index, rule in enumerate(rules)}
    results: list[dict[str, Any]] = []
    for file in report.files:
        if file.source is None:
            continue
        results.extend(_result(finding, file.source, indices) for finding in file.findings)
        results.extend(_suppressed(known, file.source, indices) for known in file.suppressed)
    driver: dict[str, Any] = {"name": "Caveat", "rules": [_rule(rule) for rule in rules]}
    if report.version:
        driver["version"] = report.version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that the run started in."}}},
        "invocations": [
            {
                "executionSuccessful": report.summary.failed == 0,
                "toolExecutionNotifications": [_failure(file) for file in report.files if file.error is not None],
            }
        ],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules(report: Report) -> list[RuleInfo]:
    """The rules that were asked, and any that a finding names without being among them, by id."""
    rules = dict(report.rules)
    for file in report.files:
        for finding in (*file.findings, *(known.finding for known in file.suppressed)):
            if finding.rule not in rules:
                rules[finding.rule] = RuleInfo(finding.rule, finding.rule, finding.severity, finding.why)
    return [rules[rule] for rule in sorted(rules)]


def _rule(rule: RuleInfo) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.title or rule.id},
        "fullDescription": {"text": reason(rule.why, rule.authority) or rule.title or rule.id},
        "help": {"text": _help(rule), "markdown": _help_markdown(rule)},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.pack]},
    }
    verified = (web_address(authority.url) for authority in rule.authority if authority.verified)
    url = next((address for address in verified if address), "")
    if url:
        out["helpUri"] = url
    return out


def _help(rule: RuleInfo) -> str:
    parts = [reason(rule.why, rule.authority), rule.suggestion]
    for authority in rule.authority:
        unsure = mark(authority, rule.authority, reasoned=bool(rule.why))
        parts.append(f"Source: {unsure}{authority_text(authority)} {authority.url}".rstrip())
    return "\n\n".join(part for part in parts if part) or rule.title or rule.id


def _help_markdown(rule: RuleInfo) -> str:
    what = f"*What to do:* {rule.suggestion}" if rule.suggestion else ""
    parts = [f"**{rule.title or rule.id}**", reason(rule.why, rule.authority), what]
    for authority in rule.authority:
        name = authority_text(authority).replace("[", "\\[").replace("]", "\\]")
        url = web_address(authority.url).replace("(", "%28").replace(")", "%29")
        unsure = mark(authority, rule.authority, reasoned=bool(rule.why))
        parts.append(f"- {unsure}[{name}]({url})" if url else f"- {unsure}{name}")
    return "\n\n".join(part for part in parts if part)


def _result(finding: Finding, source: Source, indices: dict[str, int]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": indices[finding.rule],
        "level": finding.severity.value,
        "message": _message(told(finding)),
        "locations": [{"physicalLocation": _physical(finding.span, source)}],
        "properties": {"cues": list(finding.cues), "scope": finding.scope.value},
    }
    if finding.fingerprint:
        out["partialFingerprints"] = {"caveat/v1": finding.fingerprint}
    if finding.related:
        out["relatedLocations"] = [
            {"id": index, "message": _message(related.message), "physicalLocation": _physical(related.span, source)}
            for index, related in enumerate(finding.related)
        ]
    if finding.fix and finding.fix.edits:
        out["fixes"] = [_fix(finding.fix, source)]
    return out


def _suppressed(known: Suppressed, source: Source, indices: dict[str, int]) -> dict[str, Any]:
    suppression = {"kind": "inSource" if known.by is SuppressedBy.COMMENT else "external", "status": "accepted"}
    if known.reason:
        suppression["justification"] = known.reason
    return {**_result(known.finding, source, indices), "suppressions": [suppression]}


def _message(text: str) -> dict[str, str]:
    """Plain text in which nothing is an embedded link (section 3.11.6)."""
    return {"text": text.replace("](", "\\](")}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": path_uri(path), **({"uriBaseId": _ROOT} if is_relative(path) else {})}


def _physical(span: Span, source: Source) -> dict[str, Any]:
    region = _region(span, source)
    region["snippet"] = {"text": span.of(source.text)}
    return {"artifactLocation": _artifact(source.path), "region": region}


def _region(span: Span, source: Source) -> dict[str, Any]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": len(span),
    }


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span, source), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(source.path), "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _failure(file: FileReport) -> dict[str, Any]:
    return {
        "level": Severity.ERROR.value,
        "message": {"text": f"This file was not checked: {file.error}"},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(file.path)}}],
    }
