"""HTML cut into tokens in linear time, whatever is written.

The parsers at hand take quadratic time on hostile markup (an unclosed comment or quote repeated), so this
follows the tokenizer of the HTML standard (section 13.2.5) where it matters to a reader of text, and looks
for each terminator at most once when it is missing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import field
from enum import Enum, auto
from typing import Final

from caveat.regex import regex
from caveat.values import dataclass

_TAG_START = regex(r"<(?:(/?)([A-Za-z][^\s/>]*+)|(!--)|(!\[CDATA\[)|([!?/]))")
_ATTRIBUTE = regex(r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?""")
_TAG_END = regex(r"[\s/]*+>")
_COMMENT_END = regex(r"--!?>")

_RAW_TEXT: Final = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_ESCAPABLE_TEXT: Final = frozenset({"title", "textarea"})


class TokenKind(Enum):
    """What a token is. RAW is the text of a script or style, ESCAPED_RAW that of a title or text field."""

    TEXT = auto()
    START = auto()
    END = auto()
    COMMENT = auto()
    RAW = auto()
    ESCAPED_RAW = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token at `start` to `end` of the text (code points).

    `name` is the tag's name as written; `attributes` maps lower-cased names to where the raw value stands
    (without quotes; empty for none). For a comment, `inner` is the extent of its text. `empty` says that a tag
    closes itself, as `<script/>` does in XHTML.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)
    inner: tuple[int, int] = (0, 0)
    empty: bool = False

    def get(self, name: str, text: str) -> str:
        """The decoded value of an attribute, or an empty string."""
        place = self.attributes.get(name)
        return html.unescape(text[place[0] : place[1]]) if place else ""


def tokenize(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of `text` between two offsets, in order. Never raises; never reads a character many times."""
    return _Tokenizer(text, start, len(text) if end is None else end).run()


class _Tokenizer:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.at = start
        self.end = end
        self.last_close = text.rfind(">", start, end)
        self.unclosed: set[str] = set()  # raw elements that are known to have no end tag further on

    def run(self) -> Iterator[Token]:
        shown = self.at  # start of text not given out yet
        search = self.at
        while (found := _TAG_START.search(self.text, search, self.end)) is not None:
            if found.start() > self.last_close and not found.group(3):
                break  # no tag can end any more; a comment runs to the end of the text
            token = self._markup(found)
            if token is None:
                search = found.end()
                continue
            if shown < found.start():
                yield Token(TokenKind.TEXT, shown, found.start())
            yield token
            shown = search = token.end
            if token.kind is TokenKind.START:
                raw = self._raw(token)
                if raw is not None:
                    yield raw
                    shown = search = raw.end
        if shown < self.end:
            yield Token(TokenKind.TEXT, shown, self.end)

    def _markup(self, found: re.Match[str]) -> Token | None:
        start = found.start()
        if found.group(2):
            return self._tag(found)
        if found.group(3):
            return self._comment(start)
        if found.group(4):
            close = self.text.find("]]>", found.end(), self.end)
            end = close + 3 if close >= 0 else self.end
        else:
            end = self.text.find(">", found.end(), self.end) + 1 or self.end
        return Token(TokenKind.COMMENT, start, end, inner=(end, end))

    def _comment(self, start: int) -> Token:
        inner = start + 4
        for short in (">", "->"):
            if self.text.startswith(short, inner):
                return Token(TokenKind.COMMENT, start, inner + len(short), inner=(inner, inner))
        close = _COMMENT_END.search(self.text, inner, self.end)
        if close is None:
            return Token(TokenKind.COMMENT, start, self.end, inner=(inner, self.end))
        return Token(TokenKind.COMMENT, start, close.end(), inner=(inner, close.start()))

    def _tag(self, found: re.Match[str]) -> Token | None:
        at = found.end()
        attributes: dict[str, tuple[int, int]] = {}
        while (close := _TAG_END.match(self.text, at, self.end)) is None:
            attribute = _ATTRIBUTE.match(self.text, at, self.end)
            if attribute is None:
                return Token(TokenKind.COMMENT, found.start(), self.end, inner=(self.end, self.end))
            start, end = attribute.span(2)
            if end > start and self.text[start] in "\"'" and self.text[end - 1] == self.text[start] and end - start > 1:
                start, end = start + 1, end - 1
            attributes.setdefault(attribute.group(1).lower(), (max(start, 0), max(end, 0)))
            at = attribute.end()
        kind = TokenKind.END if found.group(1) else TokenKind.START
        empty = "/" in close.group()
        return Token(kind, found.start(), close.end(), found.group(2), attributes, empty=empty)

    def _raw(self, tag: Token) -> Token | None:
        name = tag.name.lower()
        if tag.empty or (name not in _RAW_TEXT and name not in _ESCAPABLE_TEXT) or name in self.unclosed:
            return None
        close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.text, tag.end, self.end)
        if close is None:
            self.unclosed.add(name)
            if name in _ESCAPABLE_TEXT:
                return None
            return Token(TokenKind.RAW, tag.end, self.end, name)
        kind = TokenKind.RAW if name in _RAW_TEXT else TokenKind.ESCAPED_RAW
        return Token(kind, tag.end, close.start(), name)
