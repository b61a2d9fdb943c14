"""The report as Markdown, for a comment on a pull request or the summary of a CI step.

Words of an article appear in code spans or escaped: they cannot format, link, mention a person or refer
to an issue.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from caveat.finding import Authority, Scope, Severity
from caveat.regex import regex
from caveat.report.grouping import Folded, fold, line_list
from caveat.report.visible import one_line
from caveat.report.wording import FROM_TEMPLATE, authority_text, count, findings_text, mark, reason, web_address
from caveat.result import FileReport, Report, RuleInfo
from caveat.source import Source

COMMENT_BYTES = 60_000  # GitHub takes 65,536 characters in a comment

_SIGN = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "ℹ️"}
_PUNCTUATION = regex(r"([\\`*_{}\[\]<>()#+\-.!|~&$=:^])")
_TRIGGER = regex(r"([@#]|:(?=//)|GH(?=\\-)|\bwww(?=\\\.))", re.IGNORECASE)
_QUOTED = 200  # code points of the article in a code span
_LINES = 8


def render(report: Report) -> str:
    """The report as Markdown, short enough for a comment."""
    return page(report, limit=COMMENT_BYTES)


def page(report: Report, *, limit: int) -> str:
    """The report as Markdown of at most `limit` bytes in UTF-8: what does not fit is counted."""
    summary = report.summary
    head = f"## Caveat: {findings_text(summary)} in {count(summary.read, 'file')}\n"
    room = limit - len(head.encode()) - 200  # for the last lines
    out = [head]
    left = 0
    for part, findings in (*_files(report), *_rules(report)):
        size = len(part.encode("utf-8", "replace"))
        if left or size > room:
            left += findings
            continue
        out.append(part)
        room -= size
    if left:
        out.append(f"\n… and {count(left, 'more finding')} that did not fit here.\n")
    tail = [(summary.suppressed, "suppressed"), (summary.skipped, "skipped"), (summary.failed, "not read")]
    told = ", ".join(f"{number} {what}" for number, what in tail if number)
    if told:
        out.append(f"\n{told}.\n")
    return "".join(out)


def _files(report: Report) -> Iterator[tuple[str, int]]:
    """Stretches of Markdown with the number of findings that each holds."""
    for file in report.files:
        if file.error is not None:
            yield f"\n### {code(file.path)}\n\n- ❌ not checked: {escaped(file.error)}\n", 0
        elif file.source is not None and file.findings:
            yield f"\n### {code(file.path)}\n\n", 0
            for folded in fold(file.findings):
                yield _finding(folded, file.source), len(folded.all)
            yield _checklist(file), 0


def _finding(folded: Folded, source: Source) -> str:
    finding = folded.first
    line = source.position(finding.span.start).line
    where = "" if finding.scope is Scope.DOCUMENT else f" line {line}:"
    lines = [f"- {_SIGN[finding.severity]} **{finding.severity.value}**{where} {escaped(finding.message)}"]
    lines[0] += f" ({code(finding.rule)})"
    words = finding.span.of(source.text)
    if words and finding.scope is Scope.TEXT:
        lines.append(code(words if len(words) <= _QUOTED else words[:_QUOTED] + "…"))
    if folded.others:
        others = (source.position(other.span.start).line for other in folded.others)
        lines.append(f"{len(folded.others)} more: line {line_list(others, most=_LINES)}")
    if finding.suggestion:
        lines.append(escaped(finding.suggestion))
    return "\\\n  ".join(lines) + "\n"


def _checklist(file: FileReport) -> str:
    if not file.checklist or file.source is None:
        return ""
    rows = []
    for item in file.checklist:
        line = f"line {file.source.position(item.place.start).line}" if item.place else FROM_TEMPLATE
        place = f" ({line})" if item.present else ""
        added = f": {escaped(item.add)}" if item.add and not item.present else ""
        rows.append(f"- [{'x' if item.present else ' '}] {escaped(item.label)}{place}{added}\n")
    return "\n**Disclosures**\n\n" + "".join(rows)


def _rules(report: Report) -> Iterator[tuple[str, int]]:
    rules = [report.rules[rule] for rule in report.by_rule if rule in report.rules]
    if rules:
        cited: dict[str, dict[Authority, None]] = {}
        for _, _, finding in report.findings():
            cited.setdefault(finding.rule, {}).update(dict.fromkeys(finding.authority))
        body = "".join(_rule(rule, {**dict.fromkeys(rule.authority), **cited.get(rule.id, {})}) for rule in rules)
        yield f"\n<details><summary>Why, and who says so</summary>\n\n{body}\n</details>\n", 0


def _rule(rule: RuleInfo, authorities: Collection[Authority]) -> str:
    """A rule with what it rests on, and what else its findings cite."""
    sources = ""
    for authority in authorities:
        unsure = mark(authority, authorities, reasoned=bool(rule.why))
        url = web_address(authority.url)
        address = f" <{url}>" if url and "<" not in url and ">" not in url else ""
        sources += f"  - {unsure}{escaped(authority_text(authority))}{address}\n"
    return f"- {code(rule.id)}: {escaped(reason(rule.why, authorities) or rule.title)}\n{sources}"


def escaped(text: str) -> str:
    """`text` on one line, as Markdown that shows it and does nothing else."""
    plain = _PUNCTUATION.sub(r"\\\1", one_line(text))
    return _TRIGGER.sub(r"\1<!-- -->", plain)


def code(text: str) -> str:
    """`text` on one line as a code span."""
    words = one_line(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    pad = " " if words.startswith("`") or words.endswith("`") or not words.strip() else ""
    return f"{fence}{pad}{words}{pad}{fence}"
