"""Quantities: numbers with a unit, their ranges, lists, counts and what they are per.

Reading order for a newcomer: `scan` walks the tokens once; at each number it tries `_quantity`, which
reads one number or a range with its unit (`_unit_at`), then `_per` for what the unit is per. A number that
ends without a unit may still be a count ("two 500 mg tablets") or share the unit of the next number
("5, 10 and 20 mg"); `scan` keeps such numbers pending until it knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from caveat.analysis.doses.numbers import Number, article_at, number_at, number_starts, scaled_like
from caveat.analysis.doses.tokens import NO_NAME, Line, Token, TokenKind, word_set
from caveat.packs.units import Dimension, Unit, UnitTable
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range with a unit, at tokens `first` to `last` (inclusive).

    `start` and `end` are offsets in the block from the number through the unit and what it is per.
    `low_unit` is the unit written at the lower end of a range, where it has its own. `combined`
    says that it is part of a combination (50/1,000 mg).
    """

    low: Number
    high: Number | None
    unit: Unit
    unit_start: int
    unit_end: int
    start: int
    end: int
    first: int
    last: int
    low_unit: Unit | None = None
    per: tuple[str, ...] = ()
    per_amount: Decimal | None = None
    count: Number | None = None
    combined: bool = False

    @property
    def top(self) -> Decimal:
        """The upper end, or the value itself."""
        return self.high.value if self.high else self.low.value


RANGE_SIGNS: Final = frozenset("-–—‐‑−~")
HYPHENS: Final = frozenset("-‐‑")
_HOUSEHOLD: Final = frozenset((Dimension.FORM, Dimension.VOLUME))  # what is taken by halves and quarters
_FORM_MODIFIERS: Final = word_set(
    "extra regular double maximum max normal junior adult adults children's childrens infant infants "
    "strength low high dose chewable enteric coated film small large whole more such additional "
    "extended release modified slow immediate delayed daily of the those these full standard size "
    "oral soft vegetarian vegan veg veggie single nasal eye ear er ir xr sr effervescent dispersible generic "
    "same extract root leaf standardized standardised"
)
_RATES: Final = {
    "hour": "h",
    "hours": "h",
    "hr": "h",
    "hrs": "h",
    "h": "h",
    "min": "min",
    "minute": "min",
    "minutes": "min",
}
_AIR: Final = frozenset(("m3", "m³"))
_SERVINGS: Final = word_set("serving servings portion cup glass bottle can meal unit piece bar day-serving")
_BODY: Final = ("of", "body", "weight")


Named = Callable[[Token], bool]


def _unnamed(_token: Token) -> bool:
    return False


def scan(line: Line, units: UnitTable, named: Named = _unnamed) -> tuple[Quantity, ...]:
    """Every quantity of the block, in order, whatever it measures.

    `named` says whether a word names what is taken, and may so stand between a number and its tablets.
    """
    found: list[Quantity] = []
    pending: list[Number] = []
    read = 0
    for i in number_starts(line, TAKING):
        if i < read:
            continue
        number = number_at(line, i)
        if number is None:
            counted = _by_article(line, i, units, named)
            if counted is not None:
                found.append(counted)
                pending, read = [], counted.last + 1
            continue
        quantity = _quantity(line, number, units, named)
        if quantity is None:
            apart = _is_age(line, number) or _is_numbered(line, number) or _in_name(line, number)
            pending = [] if apart else [*_chained(line, pending, number), number]
            read = number.last + 1
            continue
        found.extend(_with_pending(line, _chained(line, pending, number), quantity))
        pending = []
        read = quantity.last + 1
    return tuple(_combinations(found, line))


def _by_article(line: Line, i: int, units: UnitTable, named: Named) -> Quantity | None:
    """What an article counts: "take a tablet", "take a teaspoon", "take a tablet or two"; never "a 20 mg tablet"."""
    one = article_at(line, i)
    quantity = _quantity(line, one, units, named) if one is not None else None
    if quantity is None or quantity.unit.dimension not in _HOUSEHOLD or quantity.high is not None:
        return None
    following = line.words(quantity.last + 1, 1)
    two = number_at(line, quantity.last + 2) if following == ("or",) and quantity.last + 2 < len(line.tokens) else None
    if two is None or not two.words or two.value <= 1 or _measured(line, two, units, named) is not None:
        return quantity
    return replace(quantity, high=two, end=two.end, last=two.last)


_AGE_NAMES: Final = word_set("age ages aged")


def _is_age(line: Line, number: Number) -> bool:
    """Whether "the age of 70" or "aged 12" stands there, which shares no unit with what follows."""
    before = line.words(number.first - 2, 2)
    return bool(before) and (before[-1] in _AGE_NAMES or (before[-1] == "of" and before[0] in _AGE_NAMES))


_NUMBERED: Final = word_set("week weeks day days night nights month months step phase stage grade type group level")


def _is_numbered(line: Line, number: Number) -> bool:
    """Whether "week 1" stands there, which shares no unit with what follows: "in week 1, 600 mg in week 2"."""
    return number.first > 0 and line.tokens[number.first - 1].word in _NUMBERED


def _in_name(line: Line, number: Number) -> bool:
    """Whether the number is the end of a name, as in "omega-3" and "MK-7"."""
    tokens, i = line.tokens, number.first
    return (
        i > 1
        and tokens[i - 1].text in HYPHENS
        and tokens[i - 2].kind is TokenKind.WORD
        and tokens[i - 2].end == tokens[i - 1].start == number.start - 1
    )


def unit_at(line: Line, i: int, units: UnitTable) -> tuple[Unit, int] | None:
    """The unit whose name begins at token `i`, longest name first, with the index of its last token."""
    tokens = line.tokens
    if i >= len(tokens) or tokens[i].word not in units.begun:
        return None
    for length in (3, 2, 1):
        part = tokens[i : i + length]
        if len(part) < length:
            continue
        name = " ".join(t.word for t in part)
        if length == 1 and part[0].text == "G" and i and tokens[i - 1].end == part[0].start:
            return None  # 5G is a network
        unit = units.unit(name)
        if unit is not None:
            return unit, i + length - 1
    return None


def _quantity(line: Line, low: Number, units: UnitTable, named: Named) -> Quantity | None:
    """The quantity whose first number is `low`: a value with its unit, or a range."""
    own = _measured(line, low, units, named)
    high = _range_end(line, own[1] if own else low.last, low)
    if high is not None:
        other = _measured(line, high, units, named)
        if other is not None and (own is None or own[0].dimension is other[0].dimension):
            low = low if own else scaled_like(low, high, line.tokens)
            return _built(line, low, high, other, low_unit=own[0] if own else None, units=units)
    if own is None:
        return None
    return _built(line, low, None, own, low_unit=None, units=units)


def _built(
    line: Line,
    low: Number,
    high: Number | None,
    measured: tuple[Unit, int, int],
    *,
    low_unit: Unit | None,
    units: UnitTable,
) -> Quantity:
    tokens = line.tokens
    unit, last, unit_first = measured
    per, per_amount, end_token = _per(line, last, units)
    end = tokens[end_token].end
    if not per and unit.dimension in _DISSOLVED:
        per, per_amount, end_token = _per_over_name(line, last, units)
    return Quantity(
        low=low,
        high=high,
        unit=unit,
        unit_start=tokens[unit_first].start,
        unit_end=tokens[last].end,
        start=low.start,
        end=end,
        first=low.first,
        last=end_token,
        low_unit=low_unit,
        per=per,
        per_amount=per_amount,
    )


def _measured(line: Line, number: Number, units: UnitTable, named: Named) -> tuple[Unit, int, int] | None:
    """The unit of `number` as (unit, last token, first token of the unit), over a hyphen, adjectives and a name.

    What is taken may be named between: "take two melatonin tablets"; "give 40 women zinc tablets" counts no tablets.
    """
    tokens = line.tokens
    i = number.last + 1
    if i >= len(tokens):
        return None
    if tokens[i].text in HYPHENS and tokens[i].start == number.end:
        i += 1
    found = unit_at(line, i, units)
    if found is not None:
        return found[0], found[1], i
    if number.value < 1:
        i += i < len(tokens) and tokens[i].word == "of"  # ¾ of a teaspoon
        i += i < len(tokens) and tokens[i].word in ("a", "an", "the")  # ½ a tablet
    if i > number.last + 1 and (found := unit_at(line, i, units)) is not None and found[0].dimension in _HOUSEHOLD:
        return found[0], found[1], i
    taken = number.first > 0 and tokens[number.first - 1].word in TAKING
    for j in range(i, min(i + 7, len(tokens))):
        token = tokens[j]
        found = unit_at(line, j, units) if token.kind is TokenKind.WORD and j > number.last + 1 else None
        if found is not None:
            return (found[0], found[1], j) if found[0].dimension is Dimension.FORM else None
        if token.word not in _FORM_MODIFIERS and token.text not in HYPHENS and not (taken and named(token)):
            return None
    return None


TAKING: Final = word_set("take takes taking swallow chew suck dissolve give insert drink than exceed exceeding")
"""Verbs behind which an article counts and a name may stand between a number and its tablets."""


def _range_end(line: Line, after: int, low: Number) -> Number | None:
    """The number that closes a range begun by `low`, whose text (with a unit of its own) ends at token `after`."""
    tokens = line.tokens
    i = after + 1
    if i + 1 >= len(tokens):
        return None
    join = tokens[i]
    between = low.first > 0 and tokens[low.first - 1].word in ("between", "from")
    if (
        join.text in RANGE_SIGNS
        or join.word in ("to", "through")
        or (join.word == "and" and between and tokens[low.first - 1].word == "between")
    ):
        high = number_at(line, i + 1)
        if high is not None and not _steps(line, low.first):
            return high
    return None


_RISING: Final = word_set(
    "increase increased increases increasing raise raised raises raising titrate titrated reduce "
    "reduced reduces reducing lower lowered lowers decrease decreased decreases taper tapered went "
    "gone go moved move rose drop dropped cut up down"
)


def _steps(line: Line, first: int) -> bool:
    """Whether "from 5 mg to 10 mg" tells of a change, so that it is two doses and no range."""
    tokens = line.tokens
    if first == 0 or tokens[first - 1].word != "from":
        return False
    return any(t.word in _RISING for t in tokens[max(0, first - 7) : first - 1])


def _per(line: Line, last: int, units: UnitTable) -> tuple[tuple[str, ...], Decimal | None, int]:
    """What a quantity ending at token `last` is per, the amount of it, and where that ends (never days)."""
    tokens = line.tokens
    per: list[str] = []
    amount: Decimal | None = None
    while (step := _one_per(line, last, units)) is not None:
        name, size, last = step
        per.append(name)
        amount = size if size is not None else amount
        if tuple(t.word for t in tokens[last + 1 : last + 4]) == _BODY:
            last += 3
        elif [t.word for t in tokens[last + 1 : last + 3]] in (["body", "weight"], ["of", "bodyweight"]):
            last += 2
        elif [t.word for t in tokens[last + 1 : last + 2]] == ["bodyweight"]:
            last += 1
    return tuple(per), amount, last


_DISSOLVED: Final = frozenset((Dimension.MASS, Dimension.ACTIVITY, Dimension.AMOUNT))
_NAME: Final = 4  # words of a substance's name with its "of"
_PER: Final = word_set("per in / each every")
_MIXERS: Final = word_set("water juice milk liquid fluid saline tea formula")


def _per_over_name(line: Line, last: int, units: UnitTable) -> tuple[tuple[str, ...], Decimal | None, int]:
    """What it is per where the name stands between: "20 mg dextromethorphan per 10 mL", "5 mg of zinc in each tablet".

    Only what a preparation comes in counts, a volume or a form; "200 mg of caffeine in 300 mL of water" is none.
    """
    tokens = line.tokens
    at = last + 1
    while at < min(last + 2 + _NAME, len(tokens)) and _names(tokens[at]):
        at += 1
    if not last + 1 < at < len(tokens) - 1 or tokens[at].word not in _PER:
        return (), None, last
    step = 1 + (tokens[at].word == "in" and tokens[at + 1].word in ("each", "every", "a", "one"))
    if at + step >= len(tokens):
        return (), None, last
    number = number_at(line, at + step) if tokens[at + step].kind is TokenKind.NUMBER else None
    found = unit_at(line, number.last + 1 if number else at + step, units)
    by_weight = found is not None and found[0].symbol == "kg" and tokens[at].word == "per" and number is None
    if found is None or not (found[0].dimension in (Dimension.VOLUME, Dimension.FORM) or by_weight):
        return (), None, last
    loose = tokens[at].word == "in" and number is None and step == 1
    mixed = line.words(found[1] + 1, 2)
    if loose or (mixed[:1] == ("of",) and not _MIXERS.isdisjoint(mixed)):
        return (), None, last
    return (found[0].symbol,), number.value if number else None, found[1]


def _names(token: Token) -> bool:
    """Whether a word may be part of a substance's name: "of", "willow", "bark"."""
    return token.kind is TokenKind.WORD and (token.word == "of" or not (token.word in NO_NAME or token.word in _PER))


def _one_per(  # noqa: PLR0911 - one return for each way of writing it
    line: Line, last: int, units: UnitTable
) -> tuple[str, Decimal | None, int] | None:
    tokens = line.tokens
    i = last + 1
    if i + 1 >= len(tokens) or not (tokens[i].text in "/⁄" or tokens[i].word in ("per", "in", "a", "each", "every")):
        return None
    joined = tokens[i].text in "/⁄"
    slack = tokens[i].word in ("in", "a", "each", "every")
    number = number_at(line, i + 1) if tokens[i + 1].kind is TokenKind.NUMBER else None
    if tokens[i].word in ("in", "each", "every") and (number is None or tokens[i].word != "in"):
        return None
    at = number.last + 1 if number else i + 1
    if at >= len(tokens):
        return None
    word = tokens[at].word
    if word in ("m2", "m²") or [t.word for t in tokens[at : at + 2]] in (["square", "meter"], ["square", "metre"]):
        return "m2", None, at if word.startswith("m") and word != "square" else at + 1
    if word in _AIR and joined:
        return "m3", None, at
    if word in _RATES and (joined or tokens[i].word == "per") and number is None:
        return _RATES[word], None, at
    found = unit_at(line, at, units)
    if found is not None:
        unit, end = found
        if unit.dimension is Dimension.MASS and number is not None and unit.symbol not in ("kg", "g"):
            return None  # 80 mg/400 mg is a combination
        if slack and unit.dimension is not Dimension.VOLUME and not (tokens[i].word == "a" and unit.symbol == "kg"):
            return None
        return unit.symbol, number.value if number else None, end
    if word in _SERVINGS and not slack:
        return word, None, at
    return None


def _chained(line: Line, pending: list[Number], number: Number) -> list[Number]:
    """Those numbers of `pending` that reach `number` through commas, "or", "and", "×" or nothing at all."""
    tokens = line.tokens
    if not pending:
        return []
    gap = tokens[pending[-1].last + 1 : number.first]
    if len(gap) <= 2 and all(
        t.text in (",", "×", "/", "+") or t.word in ("or", "and", "x", "of", "the", "to", "doses") for t in gap
    ):
        return pending
    return []


def _with_pending(line: Line, pending: list[Number], quantity: Quantity) -> list[Quantity]:
    tokens = line.tokens
    if not pending:
        return [quantity]
    gap = tokens[pending[-1].last + 1 : quantity.first]
    words = [t.word for t in gap]
    if not gap or words[0] in ("×", "x", "of", "the") or words == ["doses", "of"]:
        count = pending[-1]
        plausible = quantity.unit.dimension is not Dimension.FORM and 0 < count.value <= 50 and "the" not in words[:1]
        return [replace(quantity, count=count) if plausible else quantity]
    if words == ["or"] and _next_to(pending[-1], quantity):
        low = pending[-1]
        return [replace(quantity, low=low, high=quantity.low, start=low.start, first=low.first)]
    if ("to" in words and not _steps(line, pending[-1].first)) or (words == ["or"] and _counts(line, quantity)):
        return [quantity]
    listed = [
        replace(quantity, low=n, high=None, low_unit=None, start=n.start, end=n.end, first=n.first, last=n.last)
        for n in pending
        if not n.words
    ]
    combined = words == ["/"]
    if combined:
        listed = [replace(q, combined=True) for q in listed[-1:]]
    if any(q.low.value < 1 for q in listed) and quantity.low.value >= 100:
        listed = []
    return [*listed, replace(quantity, combined=combined)]


def _next_to(low: Number, quantity: Quantity) -> bool:
    """Whether "one or two tablets" is a range: a number of them and the next."""
    if quantity.unit.dimension is not Dimension.FORM or quantity.high is not None or quantity.combined:
        return False
    return 0 < quantity.low.value - low.value <= 1


def _counts(line: Line, quantity: Quantity) -> bool:
    tokens = line.tokens
    after = tokens[quantity.last + 1 : quantity.last + 2]
    return (
        quantity.unit.dimension is Dimension.MASS
        and bool(after)
        and after[0].word in ("tablets", "capsules", "caplets")
    )


def _combinations(found: list[Quantity], line: Line) -> list[Quantity]:
    """Marks 80 mg/400 mg and 5 mg + 10 mg as combinations."""
    tokens = line.tokens
    out = list(found)
    for n in range(len(out) - 1):
        one, other = out[n], out[n + 1]
        gap = tokens[one.last + 1 : other.first]
        if len(gap) == 1 and gap[0].text in "/+" and one.unit.dimension is other.unit.dimension is Dimension.MASS:
            out[n], out[n + 1] = replace(one, combined=True), replace(other, combined=True)
    return out
