"""A piece of the source for a person to see: its lines, wrapped to a width, with marks below the words.

Everything is measured in terminal cells, so that marks stand under wide and combining characters too. Only
a window around the marks is looked at, so that a finding in a line of any length costs the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from caveat.finding import Finding
from caveat.regex import regex
from caveat.report.visible import visible
from caveat.source import Source, Span
from caveat.values import dataclass

_BEFORE = 160  # code points of a long line shown before the first mark, at most
_AFTER = 120  # and after the last
_LONGEST = 700  # of marked text
_MOST_LINES = 4
_MOST_ROWS = 6
_SENTENCE_END = regex(r"[.!?…][\"'”’)\]*_]*\s+")
_TAB = "    "
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Cluster:
    """What takes one place on the screen: a character with those that combine with it, spelt safely."""

    text: str
    width: int  # in cells
    span: Span  # of the source


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen. `number` is the source line it begins, None for a continuation or a gap."""

    clusters: tuple[Cluster, ...]
    number: int | None = None
    cut_before: bool = False  # the line has more on this side
    cut_after: bool = False
    gap: bool = False  # stands for rows that are not shown


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding's words: `span` as a whole, `cues` the parts of it that made the rule fire."""

    span: Span
    cues: tuple[Span, ...]
    label: str = ""

    @classmethod
    def of(cls, finding: Finding, source: Source, *, label: str = "") -> Mark:
        """The mark of a finding: cues are looked up inside the finding's own span, in order."""
        span = Span(finding.span.start, min(finding.span.end, finding.span.start + _LONGEST))
        text = span.of(source.text)
        cues: list[Span] = []
        for cue in finding.cues:
            found = re.search(r"(?<!\w)" + re.escape(cue) + r"(?!\w)", text, re.IGNORECASE) if cue else None
            if found:
                cues.append(Span(found.start(), found.end()).shift(span.start))
        return cls(span, tuple(cues), label)

    def emphasis(self, cluster: Cluster) -> int:
        """2 for a word that made the rule fire, 1 for the rest of the finding, 0 outside."""
        if not (self.span.start <= cluster.span.start < self.span.end):
            return 0
        if not self.cues:
            return 2
        return 2 if any(cue.start <= cluster.span.start < cue.end for cue in self.cues) else 1


def excerpt(source: Source, marks: Sequence[Mark], *, width: int, encoding: str = "utf-8") -> list[Row]:
    """The rows that show `marks`, each at most `width` cells wide, ellipses included."""
    start = min(mark.span.start for mark in marks)
    end = min(max(mark.span.end for mark in marks), start + _LONGEST)
    first = source.position(start).line
    last = source.position(max(start, end - 1)).line
    rows: list[Row] = []
    numbers = list(range(first, last + 1))
    for number in numbers[:_MOST_LINES]:
        line = source.line_span(number)
        hull = Span(min(max(start, line.start), line.end), max(min(end, line.end), line.start))
        rows.extend(_line(source, number, line, hull, width=width, encoding=encoding))
    if len(numbers) > _MOST_LINES:
        rows.append(Row((), gap=True))
    return _shortened(rows)


def _shortened(rows: list[Row]) -> list[Row]:
    if len(rows) <= _MOST_ROWS:
        return rows
    return [*rows[: _MOST_ROWS - 2], Row((), gap=True), rows[-1]]


def _line(source: Source, number: int, line: Span, hull: Span, *, width: int, encoding: str) -> Iterator[Row]:
    shown = line if len(line) <= width else _window(source.text, line, hull)
    room = width if shown == line else max(width - len("... ...") - 1, 8)
    wrapped = list(_wrap(clustered(source.text, shown, encoding=encoding), room))
    for index, row in enumerate(wrapped):
        yield Row(
            tuple(row),
            number if index == 0 else None,
            cut_before=index == 0 and shown.start > line.start,
            cut_after=index == len(wrapped) - 1 and shown.end < line.end,
        )


def _window(text: str, line: Span, hull: Span) -> Span:
    """The sentence around `hull` as far as it is near: cut at a sentence's end or else between words."""
    low = max(line.start, hull.start - _BEFORE)
    high = min(line.end, hull.end + _AFTER)
    start = low if low == line.start else _next_word(text, low, hull.start)
    for ended in _SENTENCE_END.finditer(text, low, hull.start):
        start = ended.end()
    ends = _SENTENCE_END.search(text, max(hull.end - 1, hull.start), high)
    if ends:
        end = ends.start() + len(ends.group().rstrip())
    else:
        end = high if high == line.end else _last_word(text, hull.end, high)
    return Span(start, max(end, hull.end))


def _next_word(text: str, low: int, high: int) -> int:
    space = text.find(" ", low, high)
    return low if space < 0 else space + 1


def _last_word(text: str, low: int, high: int) -> int:
    space = text.rfind(" ", low, high)
    return high if space < 0 else space


def clustered(text: str, span: Span, *, encoding: str = "utf-8") -> list[Cluster]:
    """The characters of `span` as they take places on the screen."""
    out: list[Cluster] = []
    joined = False
    for offset in range(span.start, span.end):
        char = text[offset]
        shown = _TAB if char == "\t" else visible(char, encoding=encoding)
        width = cell_len(shown)
        if out and (width == 0 or joined):
            last = out[-1]
            out[-1] = Cluster(last.text + shown, last.width, Span(last.span.start, offset + 1))
        else:
            out.append(Cluster(shown, width, Span(offset, offset + 1)))
        joined = char == _JOINER
    return out


def _wrap(clusters: Sequence[Cluster], width: int) -> Iterator[Sequence[Cluster]]:
    """Rows of at most `width` cells, broken after a space where there is one. At least one row."""
    start, cells, space = 0, 0, -1
    for index, cluster in enumerate(clusters):
        while cells + cluster.width > width and index > start and cluster.text != " ":
            cut = space + 1 if space >= start else index
            yield clusters[start:cut]
            start, space = cut, -1
            cells = sum(c.width for c in clusters[start:index])
        cells += cluster.width
        if cluster.text == " ":
            space = index
    yield clusters[start:]


def underlines(row: Row, marks: Sequence[Mark]) -> list[list[tuple[str, int]]]:
    """The lines of marks below a row: runs of text with the index of their mark, -1 for blank.

    Marks that do not collide share a line. `^` stands below the words that made the rule fire, `~` below the
    rest of the finding; a mark's label stands in for its first sign.
    """
    lines: list[list[tuple[int, int, str]]] = []  # of (index of mark, first cell, signs)
    for index, mark in enumerate(marks):
        at, signs = _signs(row, mark)
        if not signs:
            continue
        for line in lines:
            if all(at > start + len(text) or at + len(signs) < start for _, start, text in line):
                line.append((index, at, signs))
                break
        else:
            lines.append([(index, at, signs)])
    return [_runs(line) for line in lines]


def _signs(row: Row, mark: Mark) -> tuple[int, str]:
    cell = 0
    at = -1
    signs = ""
    for cluster in row.clusters:
        level = mark.emphasis(cluster)
        if level:
            at = cell if at < 0 else at
            signs = signs.ljust(cell - at) + (" ~^"[level] * cluster.width)
        cell += cluster.width
    if at < 0 and not len(mark.span) and row.number is not None:
        at, signs = 0, "^"
    begins = any(cluster.span.start == mark.span.start for cluster in row.clusters)
    if signs and mark.label and begins:
        signs = mark.label + signs[len(mark.label) :]
    return at, signs.rstrip()


def _runs(line: list[tuple[int, int, str]]) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []
    cell = 0
    for index, at, signs in sorted(line, key=lambda item: item[1]):
        out.extend([(" " * (at - cell), -1), (signs, index)])
        cell = at + len(signs)
    return out
