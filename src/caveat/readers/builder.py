"""One block's readable text, collected together with where each part of it comes from."""

from __future__ import annotations

import html
from dataclasses import replace

from caveat.document import PLACEHOLDER, Link, LinkKind, Piece
from caveat.readers.addresses import hide_addresses
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

# What can not stand in readable text as it is: white space other than one plain blank, characters that are
# not seen (soft hyphen, zero-width blank, word joiner, byte order mark, direction marks), placeholders, and
# surrogates, which no encoder takes.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_SPECIAL = regex(rf"[^\S ]\s*+| \s++|[{_INVISIBLE}]++|[{PLACEHOLDER}\ud800-\udfff]++")
_ENTITY = regex(r"&(?:#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_UNSEEN = regex(rf"[{_INVISIBLE}]+")


@dataclass(slots=True)
class _Part:
    """A stretch of text: the source itself from `start` to `end`, or `text` where that differs from it."""

    start: int
    end: int
    text: str | None = None

    def __len__(self) -> int:
        return self.end - self.start if self.text is None else len(self.text)


class BlockBuilder:
    """Collects text from left to right over `source`.

    White space collapses to one blank, invisible characters vanish, ends are trimmed, bare web addresses
    become placeholders with a link. Every method takes source offsets in code points, which must not
    go backwards; what lies before text already taken is ignored.
    """

    __slots__ = ("_end", "_last", "_length", "_links", "_parts", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[_Part] = []
        self._links: list[Link] = []
        self._length = 0
        self._end = 0  # of the source taken so far
        self._last = " "  # the last character; a blank at the start, so that none is taken there

    def __len__(self) -> int:
        """The length of the text so far."""
        return self._length

    def exact(self, start: int, end: int) -> None:
        """Take the source from `start` to `end` as it stands."""
        at = max(start, self._end)
        shown = self._source[at:end]
        if shown.isprintable() and "  " not in shown and PLACEHOLDER not in shown:  # nothing special, by one look
            self._take(at, end)
            return
        for special in _SPECIAL.finditer(self._source, at, max(at, end)):
            self._take(at, special.start())
            at = special.end()
            first = self._source[special.start()]
            if first.isspace():
                self.blank(special.start(), at)
            elif not _UNSEEN.match(first):
                self.placeholder(special.start(), at)
        self._take(at, end)

    def pass_over(self, end: int) -> None:
        """Leave out the source up to `end`."""
        self._end = max(self._end, end)

    def inexact(self, text: str, start: int, end: int) -> None:
        """Take `text`, for which the whole source from `start` to `end` stands."""
        start = max(start, self._end)
        end = max(start, end)
        if text == self._source[start:end]:
            self.exact(start, end)
            return
        words = _UNSEEN.sub("", text).split()
        if not words:
            if text and text[0].isspace():
                self.blank(start, end)
            return
        lead = " " if text[0].isspace() and self._last != " " else ""
        tail = " " if text[-1].isspace() else ""
        self._put(start, end, lead + " ".join(words) + tail)

    def escaped(self, start: int, end: int) -> None:
        """Take source text with character references such as `&amp;`."""
        at = start
        if self._source.find("&", start, end) >= 0:
            for entity in _ENTITY.finditer(self._source, start, end):
                decoded = html.unescape(entity.group())
                if decoded != entity.group():
                    self.exact(at, entity.start())
                    self.inexact(decoded, entity.start(), entity.end())
                    at = entity.end()
        self.exact(at, end)

    def blank(self, start: int, end: int) -> None:
        """Take white space; it counts once between words and not at all at the ends."""
        start = max(start, self._end)
        if self._last == " " or end <= start:
            return
        self._put(start, end, None if self._source[start:end] == " " else " ")

    def placeholder(self, start: int, end: int) -> None:
        """Take something that is not prose."""
        start = max(start, self._end)
        self._put(start, max(start, end), PLACEHOLDER)

    def link(
        self, start: int, target: str, source: Span, *, kind: LinkKind = LinkKind.LINK, rel: tuple[str, ...] = ()
    ) -> None:
        """Record that the text from `start` (of the block) up to here links to `target`."""
        self._links.append(Link(Span(min(start, self._length), self._length), target, source, kind, rel))

    def tail(self, start: int) -> str:
        """The text from `start` (of the block) on."""
        taken: list[str] = []
        missing = self._length - start
        for part in reversed(self._parts):
            if missing <= 0:
                break
            taken.append(self._text(part)[-missing:])
            missing -= len(part)
        return "".join(reversed(taken))

    def note_target(self, start: int) -> str | None:
        """The label that the text from `start` (of the block) on refers to, if it is a note reference."""
        if self._links and self._links[-1].kind is LinkKind.NOTE and self._links[-1].span.start >= start:
            return self._links[-1].target
        return None

    def truncate(self, start: int) -> None:
        """Drop the text from `start` (of the block) on, and the links that reach into it."""
        while self._parts and self._length > start:
            part = self._parts.pop()
            self._length -= len(part)
            if part.text is None and self._length < start:
                self._parts.append(_Part(part.start, part.start + start - self._length))
                self._length = start
        self._end = self._parts[-1].end if self._parts else 0
        self._last = self._text(self._parts[-1])[-1] if self._parts else " "
        while self._links and self._links[-1].span.end > start:
            self._links.pop()

    def finish(self) -> tuple[str, tuple[Piece, ...], tuple[Link, ...]]:
        """The text, the pieces that tile it, and its links in order."""
        self._trim()
        shown: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for part in self._parts:
            text = self._text(part)
            shown.append(text)
            pieces.append(Piece(at, Span(part.start, part.end), part.text is None))
            at += len(text)
        links = [
            link if link.span.end <= at else replace(link, span=Span(link.span.start, at))
            for link in self._links
            if link.span.start < at
        ]
        return hide_addresses("".join(shown), tuple(pieces), tuple(sorted(links, key=lambda link: link.span)))

    def _trim(self) -> None:
        """Drop a blank at the end; the links keep their place."""
        if not self._parts or self._last != " ":
            return
        part = self._parts.pop()
        if part.text is None and len(part) > 1:
            self._parts.append(_Part(part.start, part.end - 1))
        elif part.text is not None and len(part.text) > 1:
            self._parts.append(_Part(part.start, part.end, part.text[:-1]))
        self._length -= 1

    def _text(self, part: _Part) -> str:
        return self._source[part.start : part.end] if part.text is None else part.text

    def _take(self, start: int, end: int) -> None:
        if end > start and self._last == " " and self._source[start] == " ":
            start += 1
        if end > start:
            self._put(start, end, None)

    def _put(self, start: int, end: int, text: str | None) -> None:
        last = self._parts[-1] if self._parts else None
        if text is None and last is not None and last.text is None and last.end == start:
            last.end = end
            self._length += end - start
        else:
            self._parts.append(_Part(start, end, text))
            self._length += end - start if text is None else len(text)
        self._end = end
        self._last = self._source[end - 1] if text is None else text[-1]
