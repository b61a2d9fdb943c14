"""The report as GitLab Code Quality JSON (docs.gitlab.com, Code Quality, "report format")."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from caveat.finding import Severity
from caveat.report.indented import dumps
from caveat.report.wording import told
from caveat.result import Report

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> str:
    """A JSON array with one issue a finding; files that could not be read are issues too."""
    return dumps(document(report)) + "\n"


def document(report: Report) -> list[dict[str, Any]]:
    """The issues as JSON values. Fingerprints are unique: GitLab drops all but one of those that are equal."""
    issues = [
        _issue(file.path, "caveat/unreadable", f"This file was not checked: {file.error}", "major", (1, 1))
        for file in report.files
        if file.error is not None
    ]
    seen: Counter[str] = Counter()
    for issue in issues:
        issue["fingerprint"] = _fingerprint(issue["location"]["path"], seen)
    for _, source, finding in report.findings():
        lines = source.position(finding.span.start).line, source.position(finding.span.end).line
        issue = _issue(source.path, finding.rule, told(finding), _SEVERITY[finding.severity], lines)
        identity = finding.fingerprint or f"{finding.message}\0{finding.span.of(source.text)}"
        issue["fingerprint"] = _fingerprint(f"{source.path}\0{finding.rule}\0{identity}", seen)
        issues.append(issue)
    return issues


def _fingerprint(identity: str, seen: Counter[str]) -> str:
    seen[identity] += 1
    return hashlib.sha256(f"{identity}\0{seen[identity]}".encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _issue(path: str, rule: str, description: str, severity: str, lines: tuple[int, int]) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": rule,
        "severity": severity,
        "location": {"path": path.removeprefix("./"), "lines": {"begin": lines[0], "end": lines[1]}},
    }
