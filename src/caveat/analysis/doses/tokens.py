"""Block text as words, numbers and signs: one pass, every token with its place."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple

from caveat.regex import regex
from caveat.values import dataclass


class TokenKind(Enum):
    """What a token is made of."""

    NUMBER = "number"  # digits with their points and commas, or a naked decimal such as .5
    FRACTION = "fraction"  # one of ½ ¼ ¾ …
    WORD = "word"
    SIGN = "sign"


class Token(NamedTuple):
    """A token; `word` is its text in lower case, abbreviations without their full stops (b.i.d. → bid)."""

    kind: TokenKind
    start: int
    end: int
    text: str
    word: str


# A word may go on with digits (B12, q6h); a number never does with letters, so that 50mg is two tokens.
# Every alternative starts with a different character and none looks back, so the pass is linear.
_TOKEN = regex(
    r"(?P<number>\d+(?:[.,]\d+)*|(?<![\d.,\w])\.\d+)"
    r"|(?P<fraction>[¼-¾⅐-⅞])"
    r"|(?P<abbreviation>(?:[A-Za-z]\.){2,})"
    r"|(?P<word>[^\W\d_¼-¾⅐-⅞][^\W_¼-¾⅐-⅞]*)"
    r"|(?P<sign>\S)"
)
_KINDS = {
    "number": TokenKind.NUMBER,
    "fraction": TokenKind.FRACTION,
    "abbreviation": TokenKind.WORD,
    "word": TokenKind.WORD,
    "sign": TokenKind.SIGN,
}


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in order. Spaces make none; offsets are code points of `text`."""
    tokens = []
    for match in _TOKEN.finditer(text):
        name = match.lastgroup or "sign"
        shown = match.group()
        word = shown.replace(".", "").lower() if name == "abbreviation" else shown.lower()
        tokens.append(Token(_KINDS[name], match.start(), match.end(), shown, word))
    return tuple(tokens)


def token_texts(text: str) -> frozenset[str]:
    """What the tokens of `text` show, each once: what is in none of them needs no tokens made."""
    return frozenset([match[0] for match in _TOKEN.finditer(text)])


@dataclass(frozen=True, slots=True)
class Line:
    """A block's text with its tokens. `decimal_comma` says that the document writes 1,5 for one and a half."""

    text: str
    tokens: Sequence[Token]
    decimal_comma: bool = False

    def words(self, first: int, length: int) -> tuple[str, ...]:
        """The words of up to `length` tokens from `first`."""
        return tuple(t.word for t in self.tokens[max(first, 0) : max(first + length, 0)])


def read_line(text: str, *, decimal_comma: bool = False) -> Line:
    """The line that `text` makes."""
    return Line(text, tokenise(text), decimal_comma)


def word_set(words: str) -> frozenset[str]:
    """The words of a constant, separated by spaces."""
    return frozenset(words.split())


NO_NAME: Final = word_set(
    "a about an and are as at by daily each every for from if in is of on once or per plus than the then to twice up "
    "when with"
)
"""Words that are no part of a substance's or product's name."""
