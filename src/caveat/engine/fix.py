"""Fixes applied: what rules know how to mend, and nothing else.

A text is mended in rounds, because one fix can make room for another. In a round the edits of the chosen fixes
never meet; where two would, the first in reading order holds and the other waits for the next round. The rounds
end when there is nothing left to apply, so that mending a mended text changes nothing. A text whose fixes undo
one another would never come to rest: it stays as it was.
"""

from __future__ import annotations

import codecs
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from pathlib import Path

from caveat.document import Document
from caveat.engine.files import write_atomically
from caveat.finding import Edit, Finding, Fix, Scope
from caveat.readers import read_text
from caveat.readers.decode import ReadError, decode
from caveat.result import FileReport
from caveat.source import Span
from caveat.values import dataclass

ROUNDS = 10
"""Rounds after which a text counts as one that never comes to rest. Two or three are usual."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a file.

    `report` is the report on `after`. `applied` counts the fixes by rule. `error` says why the file was left as
    it was though there was something to mend.
    """

    path: str
    before: str = field(repr=False)
    after: str = field(repr=False)
    report: FileReport
    applied: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.after != self.before


def applicable(findings: Iterable[Finding], *, unsafe: bool) -> list[Finding]:
    """The findings that would be mended next, in reading order: no two of their edits meet.

    A fix is applied whole or not at all, and only where it stays inside what its finding marks.
    """
    chosen: list[Finding] = []
    taken: list[Edit] = []  # in order; none meets another
    asked: set[Edit] = set()
    for finding in sorted(findings, key=_reading_order):
        fix = finding.fix
        if fix is None or not (fix.safe or unsafe) or not _sound(finding, fix):
            continue
        if asked.issuperset(fix.edits):
            chosen.append(finding)  # another rule has asked for the very same
        elif not any(_meets_any(taken, edit.span) for edit in fix.edits):
            chosen.append(finding)
            asked.update(fix.edits)
            for edit in fix.edits:
                insort(taken, edit, key=lambda e: e.span)
    return chosen


def apply_fixes(text: str, findings: Sequence[Finding]) -> str:
    """The text with the fixes of findings that `applicable` has chosen from it."""
    edits = {edit for finding in findings if finding.fix is not None for edit in finding.fix.edits}
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: e.span):
        parts += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join((*parts, text[at:]))


def mend(report: FileReport, check: Callable[[Document], FileReport], *, unsafe: bool) -> Mended:
    """Apply the fixes in a report until there are none left.

    Args:
        report: the report on the text as it is; what it does not report is not touched.
        check: the report on a changed document, through the same filters.
        unsafe: also apply fixes that may change what a sentence means.
    """
    if report.source is None:
        return Mended(report.path, "", "", report)
    before = text = report.source.text
    seen = {text}
    applied: Counter[str] = Counter()
    current = report
    for _ in range(ROUNDS):
        chosen = applicable(current.findings, unsafe=unsafe)
        after = apply_fixes(text, chosen)
        if after == text:
            return Mended(report.path, before, text, current, applied)
        if after in seen:
            break
        seen.add(after)
        applied.update(finding.rule for finding in chosen)
        text = after
        current = check(read_text(text, path=report.path))
    return Mended(report.path, before, before, report, error="its fixes undo one another")


def write(mended: Mended, path: Path) -> None:
    """Write a mended text to its file, in the encoding that the file has.

    Raises:
        OSError: if the file can not be read or written.
        ReadError: if it is no longer what was checked.
    """
    data = path.read_bytes()
    if decode(data) != mended.before:
        raise ReadError("it has changed since it was checked")
    write_atomically(path, mended.after.encode(_encoding(data)))


def _encoding(data: bytes) -> str:
    """The encoding of a file whose byte order mark, if any, is a character of the text."""
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    return "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else "utf-8"


def _reading_order(finding: Finding) -> tuple[Span, tuple[int, int, str, str]]:
    fix = finding.fix
    first = min((edit.span for edit in fix.edits), default=finding.span) if fix is not None else finding.span
    return first, finding.order


def _sound(finding: Finding, fix: Fix) -> bool:
    """Whether a fix changes something, only inside what is marked, and does not meet itself."""
    edits = sorted(fix.edits, key=lambda e: e.span)
    if not edits or finding.scope is Scope.DOCUMENT:
        return False
    inside = all(finding.span.contains(edit.span) for edit in edits)
    return inside and not any(_meet(a.span, b.span) for a, b in pairwise(edits))


def _meets_any(taken: Sequence[Edit], span: Span) -> bool:
    """Whether a span meets one of the edits, which are in order and do not meet one another."""
    at = bisect_left(taken, span.start, key=lambda e: e.span.end)
    while at < len(taken) and taken[at].span.start <= span.end:
        if _meet(taken[at].span, span):
            return True
        at += 1
    return False


def _meet(one: Span, other: Span) -> bool:
    """Whether two edits overlap, or touch so that their order would matter: an insertion at an end of the other."""
    if not len(one) or not len(other):
        return one.start <= other.end and other.start <= one.end
    return one.overlaps(other)
