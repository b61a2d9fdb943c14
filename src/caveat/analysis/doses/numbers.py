"""Numbers as people write them: digits, thousands, decimal commas, fractions and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from caveat.analysis.doses.tokens import Line, Token, TokenKind
from caveat.regex import regex
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens `first` to `last` (inclusive) of a block, with its exact value."""

    value: Decimal
    first: int
    last: int
    start: int
    end: int
    text: str
    words: bool = False


def whole_number(text: str) -> int | None:
    """The number that a text of decimal digits alone is, or None, as of “②” and of what is too long for an amount."""
    return int(text) if len(text) <= _LONGEST and text.isdecimal() else None


_LONGEST: Final = 9  # digits of a whole number: no amount is of more, and `int` refuses thousands of them

_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS: Final = {
    **{word: Decimal(n) for n, word in enumerate(_UNITS)},
    **{word: Decimal(10 * n) for n, word in enumerate(_TENS, start=2)},
    "dozen": Decimal(12),
}
_SCALES: Final = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
}
_HALVES: Final = {
    "half": Decimal("0.5"),
    "quarter": Decimal("0.25"),
    "quarters": Decimal("0.75"),
    "third": Decimal(1) / 3,
    "thirds": Decimal(2) / 3,
}
_PARTS: Final = frozenset(("half", "quarter"))  # numbers in themselves: half a tablet, a quarter of a tablet
_COUPLES: Final = frozenset(("couple", "pair"))  # a couple of tablets
ARTICLES: Final = frozenset(("a", "an"))  # take a tablet
NUMBER_WORDS: Final = frozenset(_WORDS) | _PARTS | _COUPLES
_DIGITS: Final = (TokenKind.NUMBER, TokenKind.FRACTION)
_SLASHED: Final = {("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4"), ("1", "8"), ("3", "8"), ("5", "8")}
# The look back comes second, since a search can skip only to the set of characters with which a pattern begins.
_SEPARATED: Final = regex(r"(?P<whole>\d(?<![\d.,]\d)\d*)(?P<sign>[.,])(?P<digits>\d+)(?![\d.,]*\d)")
_THIN: Final = "\u00a0\u202f\u2009"


def number_starts(line: Line, taking: Collection[str] = ()) -> list[int]:
    """The tokens at which a number may begin, an article behind a word of `taking` among them: "take a tablet"."""
    tokens = line.tokens
    return [
        i for i, token in enumerate(tokens)
        if token.kind in _DIGITS or token.word in NUMBER_WORDS
        or (token.word in ARTICLES and i and tokens[i - 1].word in taking)
    ]  # fmt: skip


def article_at(line: Line, i: int) -> Number | None:
    """The one that the article at token `i` stands for; None for any other token."""
    token = line.tokens[i]
    if token.word not in ARTICLES:
        return None
    return Number(Decimal(1), i, i, token.start, token.end, token.text, words=True)


def number_at(line: Line, i: int) -> Number | None:
    """The number that begins at token `i`, or None.

    A comma that can not separate thousands (0,5 or 12,25) is a decimal comma in any document.
    """
    tokens, text = line.tokens, line.text
    token = tokens[i]
    if token.kind is TokenKind.NUMBER:
        return _digits(line, i)
    if token.kind is TokenKind.FRACTION:
        value = Decimal(str(unicodedata.numeric(token.text)))
        return Number(value, i, i, token.start, token.end, token.text)
    if token.word in NUMBER_WORDS:
        return _words(tokens, i, text)
    return None


def _digits(line: Line, i: int) -> Number | None:
    tokens, text = line.tokens, line.text
    token = tokens[i]
    if i and tokens[i - 1].end == token.start and text[token.start - 1] in "$€£#_":
        return None
    value = read_digits(token.text, decimal_comma=line.decimal_comma)
    if value is None:
        return None
    last, value = _spaced_thousands(tokens, i, text, value)
    last, value = _fraction_after(tokens, last, text, value)
    last, value = _scaled(tokens, last, value)
    return Number(value, i, last, token.start, tokens[last].end, text[token.start : tokens[last].end])


def read_digits(written: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The value of digits with points and commas; None for what is no number, such as 1.0.0 or 1,23,4."""
    if written.count(".") > 1:
        groups = written.split(".")
        thousands = decimal_comma and all(len(g) == 3 for g in groups[1:]) and len(groups[0]) <= 3
        return Decimal("".join(groups)) if thousands else None
    if "," not in written:
        if decimal_comma and "." in written and _grouped(written.split(".")) and not written.startswith("0"):
            return Decimal(written.replace(".", ""))
        return Decimal(written)
    whole, _, fraction = written.partition(".")
    groups = whole.split(",")
    if "." in written and written.index(".") < written.rindex(","):
        return _european(written)
    if _grouped(groups) and groups[0] != "0" and not (decimal_comma and len(groups) == 2 and not fraction):
        return Decimal("".join(groups) + ("." + fraction if fraction else ""))
    if len(groups) == 2 and not fraction:
        return Decimal(".".join(groups))
    return None


def _grouped(groups: Sequence[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])


def _european(written: str) -> Decimal | None:
    whole, _, fraction = written.rpartition(",")
    groups = whole.split(".")
    return Decimal("".join(groups) + "." + fraction) if _grouped(groups) and "," not in whole else None


def _spaced_thousands(tokens: Sequence[Token], i: int, text: str, value: Decimal) -> tuple[int, Decimal]:
    """Joins 10 000, and 2 500 where a thin or no-break space holds the groups together."""
    last, digits = i, tokens[i].text
    while last + 1 < len(tokens) and digits.isdigit() and (last > i or 1 <= len(digits) <= 3):
        token = tokens[last + 1]
        gap = text[tokens[last].end : token.start]
        group = token.text.partition(".")[0].partition(",")[0]
        if token.kind is not TokenKind.NUMBER or len(gap) != 1 or len(group) != 3 or not group.isdigit():
            break
        if not (gap in _THIN or (gap == " " and group == "000")):
            break
        digits += token.text.replace(",", ".") if "," in token.text else token.text
        last += 1
    return (last, Decimal(digits)) if last > i else (i, value)


def _fraction_after(tokens: Sequence[Token], i: int, text: str, value: Decimal) -> tuple[int, Decimal]:
    """Reads 1½, 1/2 and 1 1/2."""
    if i + 1 < len(tokens) and tokens[i + 1].kind is TokenKind.FRACTION:
        return i + 1, value + Decimal(str(unicodedata.numeric(tokens[i + 1].text)))
    slashed = _slashed(tokens, i)
    if slashed is not None:
        return i + 2, slashed
    if i + 3 < len(tokens) and text[tokens[i].end : tokens[i + 1].start] == " " and value == value.to_integral_value():
        mixed = _slashed(tokens, i + 1)
        if mixed is not None and mixed < 1:
            return i + 3, value + mixed
    return i, value


def _slashed(tokens: Sequence[Token], i: int) -> Decimal | None:
    if i + 2 >= len(tokens) or tokens[i + 1].text not in "/⁄":
        return None
    above, slash, below = tokens[i : i + 3]
    if above.end != slash.start or slash.end != below.start or (above.text, below.text) not in _SLASHED:
        return None
    return Decimal(above.text) / Decimal(below.text)


def _scaled(tokens: Sequence[Token], last: int, value: Decimal) -> tuple[int, Decimal]:
    while last + 1 < len(tokens) and tokens[last + 1].word in _SCALES:
        last += 1
        value *= _SCALES[tokens[last].word]
    if last + 1 < len(tokens) and tokens[last + 1].text in ("k", "K") and tokens[last].end == tokens[last + 1].start:
        return last + 1, value * 1000
    return last, value


def scaled_like(low: Number, high: Number, tokens: Sequence[Token]) -> Number:
    """`low` with the thousands, millions… that a range says once: "10–20 billion"."""
    factor = _SCALES.get(tokens[high.last].word)
    if factor is None or tokens[low.last].word in _SCALES or low.value * factor >= high.value:
        return low
    return replace(low, value=low.value * factor)


def _words(tokens: Sequence[Token], i: int, text: str) -> Number | None:
    word = tokens[i].word
    if word in _WORDS:
        last, value = _compound(tokens, i)
        last, value = _scaled(tokens, last, value)
        last, value = _and_a_half(tokens, last, value)
        return _worded(tokens, i, last, value, text)
    if word in _COUPLES:
        of = [t.word for t in tokens[i + 1 : i + 2]] == ["of"]
        counts = i > 0 and tokens[i - 1].word in ARTICLES
        return _worded(tokens, i, i + of, Decimal(2), text) if counts else None
    if word in _PARTS:
        last = i + 1 if i + 1 < len(tokens) and tokens[i + 1].word in ("a", "an") else i
        return _worded(tokens, i, last, _HALVES[word], text)
    return None


def _compound(tokens: Sequence[Token], i: int) -> tuple[int, Decimal]:
    """Reads twenty-five, one-half, three quarters."""
    value = _WORDS[tokens[i].word]
    j = i + 1
    if j < len(tokens) and tokens[j].text in "-‐‑":
        j += 1
    if j < len(tokens) and tokens[j].kind is TokenKind.WORD:
        word = tokens[j].word
        if value >= 20 and word in _WORDS and _WORDS[word] < 10:
            return j, value + _WORDS[word]
        if word in ("half", "quarter", "third") and value == 1:
            return j, _HALVES[word]
        if word in ("quarters", "thirds"):
            return j, _HALVES[word]
    return i, value


def _and_a_half(tokens: Sequence[Token], last: int, value: Decimal) -> tuple[int, Decimal]:
    if [t.word for t in tokens[last + 1 : last + 4]] == ["and", "a", "half"]:
        return last + 3, value + Decimal("0.5")
    return last, value


def _worded(tokens: Sequence[Token], i: int, last: int, value: Decimal, text: str) -> Number:
    start, end = tokens[i].start, tokens[last].end
    return Number(value, i, last, start, end, text[start:end], words=True)


def writes_decimal_comma(texts: Iterable[str]) -> bool:
    """Whether numbers across `texts` use the comma as decimal sign and never the point."""
    comma = False
    for match in _SEPARATED.finditer("\n".join(texts)):
        whole, sign, digits = match.group("whole", "sign", "digits")
        if sign == "." and len(digits) != 3:
            return False
        comma = comma or (sign == "," and (len(digits) != 3 or whole == "0"))
    return comma
