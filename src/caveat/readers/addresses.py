"""Web addresses written out in the text: not prose, so each becomes a placeholder and a link."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from caveat.document import PLACEHOLDER, Link, Piece
from caveat.source import Span

_ADDRESS = re.compile(rf"(?<![\w.])(?:https?://|www\.)[^\s<>\"“”{PLACEHOLDER}]++", re.IGNORECASE)
# Punctuation at the end belongs to the sentence, as in GitHub's autolinks; a closing bracket stays where the
# address has an opening one.
_SENTENCE_TAIL = ".,;:!?'*_]}’"

_Read = tuple[str, tuple[Piece, ...], tuple[Link, ...]]


def hide_addresses(text: str, pieces: tuple[Piece, ...], links: tuple[Link, ...]) -> _Read:
    """Replace bare web addresses in block text.

    Takes and returns block text, the pieces that tile it and its links in order. An address that is the
    text of a link gets no second link.
    """
    if "://" not in text and "www." not in text.casefold():
        return text, pieces, links
    starts = [piece.text_start for piece in pieces]
    ends = [*starts[1:], len(text)]
    found = [span for span in _addresses(text) if _cuttable(span, pieces, starts, ends)]
    if not found:
        return text, pieces, links
    shown: list[str] = []
    tiles: list[Piece] = []
    moved = _Shift(found)
    fresh: list[Link] = []
    linked = [link.span.start for link in links]
    at = index = 0
    for span in found:
        index = _copy(tiles, pieces, ends, index, at, span.start, moved)
        first, last = bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1) - 1
        source = Span(_source(pieces[first], span.start), _source_end(pieces[last], span.end))
        shown += (text[at : span.start], PLACEHOLDER)
        place = Span(moved(span.start), moved(span.start) + 1)
        tiles.append(Piece(place.start, source, exact=False))
        near = bisect_right(linked, span.start) - 1
        if near < 0 or links[near].span.end <= span.start:
            fresh.append(Link(place, span.of(text), source))
        at = span.end
    _copy(tiles, pieces, ends, index, at, len(text), moved)
    shown.append(text[at:])
    kept = [replace(link, span=Span(moved(link.span.start), moved(link.span.end))) for link in links]
    return "".join(shown), tuple(tiles), tuple(sorted((*kept, *fresh), key=lambda link: link.span))


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


def _cuttable(span: Span, pieces: tuple[Piece, ...], starts: list[int], ends: list[int]) -> bool:
    """Whether the span's ends do not fall inside an inexact piece."""
    first, last = bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1) - 1
    return (pieces[first].exact or starts[first] == span.start) and (pieces[last].exact or ends[last] == span.end)


def _copy(
    tiles: list[Piece], pieces: tuple[Piece, ...], ends: list[int], index: int, start: int, end: int, moved: _Shift
) -> int:
    """Append the pieces of the old text from `start` to `end`; return the index of the piece at `end`."""
    while index < len(pieces) and ends[index] <= start:
        index += 1
    while index < len(pieces) and start < end:
        stop = min(ends[index], end)
        source = Span(_source(pieces[index], start), _source_end(pieces[index], stop))
        tiles.append(Piece(moved(start), source, pieces[index].exact))
        start = stop
        if stop == ends[index]:
            index += 1
    return index


def _source(piece: Piece, offset: int) -> int:
    return piece.source.start + (offset - piece.text_start if piece.exact else 0)


def _source_end(piece: Piece, offset: int) -> int:
    return piece.source.start + offset - piece.text_start if piece.exact else piece.source.end
