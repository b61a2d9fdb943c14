"""Which findings a person reads together: repeats are folded, neighbours in one sentence share an excerpt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caveat.finding import Finding, Scope
from caveat.regex import regex
from caveat.source import Source, Span
from caveat.values import dataclass

FOLD_FROM = 3
"""A repeat is folded from this many on; two are still read one by one."""

_NOTATION = frozenset(
    f"dosing/{slug}"
    for slug in (
        "drug-abbrev",
        "drug-dose-run-together",
        "fraction-roman-symbol",
        "latin-frequency",
        "micro-or-cc",
        "naked-decimal",
        "no-space",
        "precision-inconsistent",
        "thousands-comma",
        "trailing-zero-fraction",
        "trailing-zero-whole",
        "unit-abbrev",
        "unit-period",
    )
)
"""Rules about how a dose is written: the first finding explains all the others in the file."""

_REACH = 300  # code points of source that one excerpt may cover
_BREAK = regex(
    r"[.!?…][\"'”’)\]*_]*\s|\n[ \t\r]*\n|\n[ \t]*(?:[-*+#|>]|\d+[.)])|</(?:p|li|td|th|h[1-6]|div)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A finding and its repeats, in reading order without the first."""

    first: Finding
    others: tuple[Finding, ...] = ()

    @property
    def all(self) -> tuple[Finding, ...]:
        """The first and the others."""
        return (self.first, *self.others)


def fold(findings: Iterable[Finding]) -> list[Folded]:
    """Findings with their repeats folded into the first one, in the order in which the firsts came.

    Repeats are findings of one rule about notation, or findings of any rule that say the same of the same
    words.
    """
    by_key: dict[tuple[object, ...], list[Finding]] = {}
    for index, finding in enumerate(findings):
        if finding.scope is Scope.DOCUMENT:
            key: tuple[object, ...] = (index,)
        elif finding.rule in _NOTATION:
            key = (finding.rule, finding.severity)
        else:
            cues = tuple(cue.casefold() for cue in finding.cues)
            key = (finding.rule, finding.severity, finding.message, cues)
        by_key.setdefault(key, []).append(finding)
    out: list[Folded] = []
    for alike in by_key.values():
        if len(alike) >= FOLD_FROM:
            out.append(Folded(alike[0], tuple(alike[1:])))
        else:
            out.extend(Folded(finding) for finding in alike)
    return sorted(out, key=lambda folded: folded.first.order)


def group(folded: Sequence[Folded], source: Source) -> list[list[Folded]]:
    """Consecutive findings that stand in one sentence of the source, as far as its punctuation tells."""
    groups: list[list[Folded]] = []
    hull = Span(0, 0)
    for one in folded:
        span = one.first.span
        if groups and _together(hull, span, source):
            groups[-1].append(one)
            hull = hull.hull(span)
        else:
            groups.append([one])
            hull = span
    return groups


def _together(hull: Span, span: Span, source: Source) -> bool:
    if max(hull.end, span.end) - hull.start > _REACH:
        return False
    return span.start < hull.end or not _BREAK.search(source.text, max(hull.end - 1, hull.start), span.start)


def line_list(numbers: Iterable[int], *, most: int) -> str:
    """Line numbers as people write them, `3, 5–8 and 2 more`: at most `most` runs."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(a) if a == b else f"{a}-{b}" for a, b in runs[:most]]
    hidden = sum(b - a + 1 for a, b in runs[most:])
    return ", ".join(shown) + (f" and {hidden} more" if hidden else "")
