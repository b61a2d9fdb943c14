"""Web addresses written out in the text: not prose, so each becomes a placeholder and a link."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from caveat.document import PLACEHOLDER, Link, Piece
from caveat.regex import regex
from caveat.source import Span

_ADDRESS = regex(rf"(?<![\w.])(?:https?://|www\.)[^\s<>\"“”{PLACEHOLDER}]++", re.IGNORECASE)
# Punctuation at the end belongs to the sentence, as in GitHub's autolinks; a closing bracket stays where the
# address has an opening one.
_SENTENCE_TAIL = ".,;:!?'*_]}’"

_Read = tuple[str, tuple[Piece, ...], tuple[Link, ...]]


def hide_addresses(text: str, pieces: tuple[Piece, ...], links: tuple[Link, ...]) -> _Read:
    """Replace bare web addresses in block text.

    Takes and returns block text, the pieces that tile it and its links in order. An address that is the
    text of a link gets no second link.
    """
    if "://" not in text and not (("w." in text or "W." in text) and "www." in text.casefold()):
        return text, pieces, links
    tiling = _Tiling(pieces, len(text))
    found = [span for span in _addresses(text) if tiling.cuttable(span)]
    if not found:
        return text, pieces, links
    moved = _Shift(found)
    linked = [link.span.start for link in links]
    shown: list[str] = []
    tiles: list[Piece] = []
    fresh: list[Link] = []
    at = 0
    for span in found:
        source = tiling.source(span)
        place = Span(moved(span.start), moved(span.start) + 1)
        shown += (text[at : span.start], PLACEHOLDER)
        tiles += tiling.cut(Span(at, span.start), moved(at))
        tiles.append(Piece(place.start, source, exact=False))
        near = bisect_right(linked, span.start) - 1
        if near < 0 or links[near].span.end <= span.start:
            fresh.append(Link(place, span.of(text), source))
        at = span.end
    shown.append(text[at:])
    tiles += tiling.cut(Span(at, len(text)), moved(at))
    kept = [replace(link, span=Span(moved(link.span.start), moved(link.span.end))) for link in links]
    return "".join(shown), tuple(tiles), tuple(sorted((*kept, *fresh), key=lambda link: link.span))


class _Tiling:
    """Pieces with the lookups that cutting needs."""

    def __init__(self, pieces: tuple[Piece, ...], length: int) -> None:
        self._pieces = pieces
        self._starts = [piece.text_start for piece in pieces]
        self._ends = [*self._starts[1:], length]

    def source(self, span: Span) -> Span:
        """Where a span of the text lies in the source."""
        first, last = self._at(span.start), self._at(span.end - 1)
        return Span(self._part(first, span).start, self._part(last, span).end)

    def cuttable(self, span: Span) -> bool:
        """Whether the span's ends do not fall inside an inexact piece."""
        first, last = self._at(span.start), self._at(span.end - 1)
        return (self._pieces[first].exact or self._starts[first] == span.start) and (
            self._pieces[last].exact or self._ends[last] == span.end
        )

    def cut(self, span: Span, text_start: int) -> Iterator[Piece]:
        """The pieces of a span of the text, as if it began at `text_start`."""
        if not len(span):
            return
        index = self._at(span.start)
        while index < len(self._pieces) and self._starts[index] < span.end:
            at = max(span.start, self._starts[index]) - span.start + text_start
            yield Piece(at, self._part(index, span), self._pieces[index].exact)
            index += 1

    def _at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _part(self, index: int, span: Span) -> Span:
        """The source of what a piece and a span of the text share."""
        piece = self._pieces[index]
        if not piece.exact:
            return piece.source
        start, end = max(span.start, self._starts[index]), min(span.end, self._ends[index])
        return Span(start, end).shift(piece.source.start - piece.text_start)


class _Shift:
    """Where an offset of the old text lies in the new one."""

    def __init__(self, found: list[Span]) -> None:
        self._found = found
        self._starts = [span.start for span in found]
        self._removed = [0]
        for span in found:
            self._removed.append(self._removed[-1] + len(span) - 1)

    def __call__(self, offset: int) -> int:
        before = bisect_right(self._starts, offset - 1)
        if before and offset < self._found[before - 1].end:
            return self._starts[before - 1] - self._removed[before - 1] + 1
        return offset - self._removed[before]


def _addresses(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        address = match.group()
        kept = len(address)
        opened, closed = address.count("("), address.count(")")
        while kept:
            last = address[kept - 1]
            if last == ")" and closed > opened:
                closed -= 1
            elif last not in _SENTENCE_TAIL:
                break
            kept -= 1
        if kept > len("https://"):
            yield Span(match.start(), match.start() + kept)
