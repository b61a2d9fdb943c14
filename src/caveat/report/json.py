"""The report as JSON, version 1.

The output is ASCII: every other character is escaped, so that it survives any console encoding and no
text of an article reaches a terminal unescaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caveat.finding import Authority, Finding, Fix, Related
from caveat.report.indented import dumps
from caveat.report.wording import reason
from caveat.result import FileReport, Report
from caveat.source import Source, Span

VERSION = 1


def render(report: Report) -> str:
    """The report as one JSON document that ends in a newline."""
    summary = report.summary
    values = {
        "version": VERSION,
        "tool": {"name": "caveat", "version": report.version},
        "files": map(_file, report.files),
        "skipped": [{"path": skipped.path, "reason": skipped.reason} for skipped in report.skipped],
        "summary": {
            "files": summary.files,
            "failed": summary.failed,
            "error": summary.error,
            "warning": summary.warning,
            "note": summary.note,
            "suppressed": summary.suppressed,
            "skipped": summary.skipped,
        },
    }
    return dumps(values) + "\n"


def _file(file: FileReport) -> dict[str, Any]:
    out: dict[str, Any] = {
        "path": file.path,
        "error": file.error,
        "profile": file.profile,
        "profile_reason": file.profile_reason,
        "jurisdictions": list(file.jurisdictions),
    }
    source = file.source or Source(file.path, "")
    out["findings"] = [finding_values(finding, source) for finding in file.findings]
    out["suppressed"] = [
        {**finding_values(known.finding, source), "suppressed_by": known.by.value, "reason": known.reason}
        for known in file.suppressed
    ]
    out["checklist"] = [
        {
            "kind": item.kind,
            "label": item.label,
            "present": item.present,
            "rule": item.rule,
            "add": item.add,
            **(_place(item.place, source) if item.place else {"start": None, "end": None}),
        }
        for item in file.checklist
    ]
    out["doses"] = [
        {
            "substance": row.substance,
            "text": row.text,
            "role": row.role,
            "questioned": row.questioned,
            "note": row.note,
            **_place(row.span, source),
        }
        for row in file.doses
    ]
    out["balance"] = {
        "benefit": [_place(span, source) for span in file.balance.benefit],
        "risk": [_place(span, source) for span in file.balance.risk],
    }
    out["publishable"] = {
        verdict.jurisdiction: {"publishable": verdict.publishable, "stops": dict(verdict.stops)}
        for verdict in (file.verdicts if len(file.verdicts) > 1 else ())
    }
    return out


def finding_values(finding: Finding, source: Source) -> dict[str, Any]:
    """One finding as JSON values, in the order of the documented format."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "scope": finding.scope.value,
        "message": finding.message,
        "text": finding.span.of(source.text),
        **_place(finding.span, source),
        "cues": list(finding.cues),
        "why": reason(finding.why, finding.authority),
        "suggestion": finding.suggestion,
        "authority": [_authority(authority) for authority in finding.authority],
        "related": [_related(related, source) for related in finding.related],
        "fix": _fix(finding.fix, source) if finding.fix else None,
        "softened": finding.softened,
        "fingerprint": finding.fingerprint,
    }


def _point(offset: int, source: Source) -> Mapping[str, int]:
    position = source.position(offset)
    return {"line": position.line, "column": position.column, "offset": position.offset}


def _place(span: Span, source: Source) -> dict[str, Any]:
    return {"start": _point(span.start, source), "end": _point(span.end, source)}


def _authority(authority: Authority) -> dict[str, Any]:
    return {
        "title": authority.title,
        "section": authority.section,
        "url": authority.url,
        "jurisdiction": authority.jurisdiction,
        "verified": authority.verified,
    }


def _related(related: Related, source: Source) -> dict[str, Any]:
    return {
        "message": related.message,
        "text": related.text or related.span.of(source.text),
        **_place(related.span, source),
        **({"rule": related.rule} if related.rule else {}),
    }


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [{**_place(edit.span, source), "text": edit.text} for edit in fix.edits],
    }
