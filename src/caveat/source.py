"""Text as it stands in a file, and places in it.

Every offset in Caveat counts Unicode code points of the decoded file and every span is half-open. Lines
and columns exist only at the edge, when a person or another program is told where to look.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import field
from functools import cached_property

from caveat.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `0 <= start <= end`.

    Raises:
        ValueError: if the ends are negative or reversed.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """An empty span is still a place."""
        return True

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span (ends may coincide)."""
        return self.start <= other.start and other.end <= self.end

    def hull(self, other: Span) -> Span:
        """The smallest span that contains both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def shift(self, by: int) -> Span:
        """The same range, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place as people count it: line and column start at 1, `offset` is the code point offset."""

    line: int
    column: int
    offset: int


@dataclass(frozen=True)
class Source:
    """A decoded file: `text` is unmodified, byte order mark and carriage returns included.

    `path` is the path as the user gave it, with forward slashes; `-` or a given name for standard input.
    """

    path: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> array[int]:
        starts = array("L", [0])  # a list takes four times the memory, for as long as the report is held
        at = -1
        text = self.text
        while (at := text.find("\n", at + 1)) >= 0:
            starts.append(at + 1)
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of `offset`, which may be the end of the text."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1, offset)

    def line_span(self, line: int) -> Span:
        """The extent of line number `line` (from 1), without its line ending."""
        start = self._line_starts[line - 1]
        end = self._line_starts[line] - 1 if line < len(self._line_starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)
