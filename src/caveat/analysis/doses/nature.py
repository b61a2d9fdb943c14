"""What a quantity measures: a dose, or one of the many things in an article that only look like doses."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from caveat.analysis.doses.numbers import number_at
from caveat.analysis.doses.quantities import Quantity
from caveat.analysis.doses.tokens import Line, TokenKind
from caveat.packs.doses import LookalikeWords
from caveat.packs.units import Dimension
from caveat.values import dataclass


class Nature(StrEnum):
    """What a quantity measures."""

    DOSE = "dose"
    LAB = "lab"  # a concentration in blood or urine, a clearance
    WEIGHT = "weight"  # of a person
    NUTRIENT = "nutrient"  # of a food: 20 g of protein
    SUPPLY = "supply"  # what a package holds
    OTHER = "other"


_LAB_VOLUMES: Final = frozenset(("L", "dL", "mcL", "cL"))
_LAB_UNITS: Final = frozenset(("ng", "pg", "nmol", "pmol", "mcmol", "mIU"))
_HEAVY: Final = 400  # grams
_ORDER: Final = 2  # words before an amount in which it is ordered: "take up to"
_SAID: Final = 6  # tokens after a value in which a risk is told
_EARLIER: Final = 60  # tokens before a sentence that it may go on from
_NO_AMOUNT: Final = frozenset(("serving", "m3"))
_BODY_WEIGHT: Final = frozenset(("kg", "lb", "oz"))
_IS: Final = frozenset(("is", "equals", "=", "are"))
_BOTTLE: Final = 50  # what a list of products counts
_A_DAY: Final = frozenset((one, other) for one in ("a", "per", "each", "every") for other in ("day", "night"))
_PACK: Final = 12  # tablets that nobody takes at once


@dataclass(frozen=True, slots=True)
class Natures:
    """Tells natures apart by `known` words."""

    known: LookalikeWords

    def nature(
        self,
        line: Line,
        quantity: Quantity,
        first: int,
        last: int,
        *,
        named: bool,
        told: bool = True,
        own: frozenset[str] = frozenset(),
        header: Iterable[str] = (),
    ) -> Nature:
        """What `quantity` measures, judged by its own words and those of its sentence (tokens `first` to `last`).

        `told` says that the sentence itself names a medicine or supplement, `named` that it or what stands above it
        does; `own` are the words of the medicine named right after it, `header` those of the table headers that govern
        the block.
        """
        if quantity.unit.symbol in _BODY_WEIGHT and (not quantity.per or {"meal", "m2"} & set(quantity.per)):
            return Nature.WEIGHT
        ordered = bool(own) and not self.known.taking.isdisjoint(
            line.words(max(first, quantity.first - _ORDER), _ORDER)
        )
        if quantity.unit.symbol == "g" and not ordered and _weighs(line, quantity, first, last):
            return Nature.WEIGHT
        if self._is_lab(line, quantity, first):
            return Nature.LAB
        after = _object(line, quantity)
        if not own <= self.known.nutrients and own.isdisjoint(self.known.macronutrients):
            after -= own  # "1 g of fish oil" is none of fish
        filled = quantity.unit.dimension is Dimension.MASS and bool(after & self.known.tubes)
        stray = quantity.unit.symbol == "unit" and not named and not self._is_used(line, first, last)
        if (
            filled
            or stray
            or not _NO_AMOUNT.isdisjoint(quantity.per)
            or _in_slug(line, quantity)
            or _defines_unit(line, quantity)
        ):
            return Nature.OTHER
        dimension = quantity.unit.dimension
        if dimension is Dimension.MASS and (
            after & self.known.nutrients
            or frozenset(header) & self.known.nutrients - self.known.unlabelled
            or self._labelled_nutrient(line, quantity)
            or (not told and self._of_food(line, quantity, first, last))
        ):
            return Nature.NUTRIENT
        if quantity.unit.symbol == "unit" and after & (self.known.nutrients | self.known.drinks | self.known.counted):
            return Nature.OTHER
        if dimension is Dimension.VOLUME:
            named = named or not self.known.taking.isdisjoint(header)
            return self._volume(line, quantity, first, last, after, named=named)
        if dimension is Dimension.FORM:
            return self._form(line, quantity, first, last, named=named)
        return Nature.DOSE

    def _is_used(self, line: Line, first: int, last: int) -> bool:
        """Whether the sentence speaks of taking something, or of how often."""
        return any(t.word in self.known.taking or t.word in self.known.often for t in line.tokens[first:last])

    def goes_on(self, line: Line, quantity: Quantity, before: Quantity, first: int, last: int) -> Nature:
        """What a quantity measures that follows a laboratory's `before` in a sentence without a medicine.

        In "under 1 mg per litre means a low risk. 1 to 3 mg means more.", the second is a level as well.
        """
        taken = any(t.word in self.known.taking for t in line.tokens[first:last])
        near = quantity.first - before.last <= _EARLIER
        return Nature.LAB if near and not taken and quantity.unit is before.unit else Nature.DOSE

    def _is_lab(self, line: Line, quantity: Quantity, first: int) -> bool:
        per = quantity.per
        symbol = quantity.unit.symbol
        if any(p in _LAB_VOLUMES for p in per) or symbol == "mIU":
            return symbol != "g" or bool(_before(line, quantity, first) & self.known.levels)
        if self._of_analyte(line, quantity) or self._level(line, quantity) or _rates_risk(line, quantity):
            return True
        if symbol in _LAB_UNITS and (per or _before(line, quantity, first) & self.known.levels):
            return True
        if symbol == "mL" and "min" in per and ("m2" in per or _before(line, quantity, first) & self.known.levels):
            return True
        if "mL" in per and quantity.per_amount is None:
            return bool(_before(line, quantity, first) & self.known.levels)
        return bool({"mmol", "mol", "g"} & set(per)) and quantity.per_amount is None and symbol in ("mg", "mcg", "mmol")

    def _of_analyte(self, line: Line, quantity: Quantity) -> bool:
        """Whether it is an amount of what only a laboratory measures: "30 mg of albumin"."""
        words = line.words(quantity.last + 1, 2)
        return len(words) == 2 and words[0] == "of" and words[1] in self.known.analytes

    def _level(self, line: Line, quantity: Quantity) -> bool:
        """Whether a level of something is said to be so high: "levels above 40 mcg in the urine of a day"."""
        words = line.words(max(0, quantity.first - 4), min(4, quantity.first))
        return "levels" in words and bool(self.known.compared & set(words)) and "intake" not in words

    def _of_food(self, line: Line, quantity: Quantity, first: int, last: int) -> bool:
        """Whether the sentence, which names no medicine, speaks of what food and drink hold.

        Grams without a name go on with what was told before: "50 grams of carbohydrates. Some stay under 20 grams."
        """
        words = {t.word for t in line.tokens[first:last]}
        if words & (self.known.macronutrients | {"sodium", "alcohol", "calories", "cholesterol"}):
            return True
        earlier = {t.word for t in line.tokens[max(0, first - _EARLIER) : first]}
        if quantity.unit.symbol == "g" and earlier & self.known.macronutrients:
            return True
        return (
            bool(earlier & self.known.eaten)
            and bool(earlier & self.known.meals)
            and not words & self.known.taking - {"limit", "daily"}
        )

    def _labelled_nutrient(self, line: Line, quantity: Quantity) -> bool:
        """Whether it stands after a nutrient's name, as in "Protein: 20 g" or "your carb intake to 50 g"."""
        tokens = line.tokens
        if line.words(quantity.last + 1, 1) == ("of",):
            return False  # it says itself what it is an amount of
        if quantity.unit.symbol == "g" and set(line.words(quantity.first - 5, 5)) & self.known.macronutrients:
            return True
        i = quantity.first - 1
        while i >= 0 and tokens[i].text in ":-–—(":
            i -= 1
        if i < 0 or tokens[i].word not in self.known.nutrients - self.known.unlabelled:
            return False
        lead = tokens[i - 1].kind is TokenKind.SIGN if i else True
        return lead or tokens[i - 1].word in self.known.nutrients

    def _volume(
        self, line: Line, quantity: Quantity, first: int, last: int, after: frozenset[str], *, named: bool
    ) -> Nature:
        if after & (self.known.drinks | self.known.packages | self.known.macronutrients):
            return Nature.OTHER
        words = frozenset(t.word for t in line.tokens[first:last])
        if quantity.unit.symbol == "L" and not (quantity.per or "oxygen" in words):
            return Nature.OTHER
        if words & {"urine", "blood", "bleeding"} and not named:
            return Nature.OTHER
        liquid = words & self.known.liquids
        return Nature.DOSE if named or liquid or words & self.known.taking else Nature.OTHER

    def _is_name(self, line: Line, token: int, first: int) -> bool:
        """Whether a product stands right before a number of tablets: "Microgynon 30 tablets"."""
        named = line.tokens[token]
        return (
            named.kind is TokenKind.WORD
            and named.text[:1].isupper()
            and named.word not in self.known.taking
            and token >= first
        )

    def _form(self, line: Line, quantity: Quantity, first: int, last: int, *, named: bool) -> Nature:
        before = line.words(quantity.first - 3, 3)
        after = line.words(quantity.last + 1, 3)
        if (
            (before and (set(before) & self.known.packages and "of" in before))
            or "count" in after
            or set(after[:2]) & self.known.packages
        ):
            return Nature.SUPPLY
        if quantity.low.value >= _BOTTLE and _after_strength(line, quantity):
            return Nature.SUPPLY
        words = frozenset(t.word for t in line.tokens[first:last])
        if quantity.low.value >= _PACK and quantity.first and self._is_name(line, quantity.first - 1, first):
            return Nature.SUPPLY
        if quantity.low.value >= _BOTTLE and not words & self.known.taking:
            return Nature.SUPPLY
        if quantity.unit.symbol in self.known.clear_forms:
            return Nature.DOSE
        told = words & self.known.taking or line.words(quantity.last + 1, 2) in _A_DAY
        return Nature.DOSE if words & self.known.often or (told and named) else Nature.OTHER


def _rates_risk(line: Line, quantity: Quantity) -> bool:
    """Whether it is told what a value means: "4 to 6 micrograms means a moderate risk"."""
    words = line.words(quantity.last + 1, _SAID)
    return words[:1] in (("means",), ("indicates",)) and "risk" in words


def _weighs(line: Line, quantity: Quantity, first: int, last: int) -> bool:
    """Whether grams are what a newborn or a jar weighs: nobody takes a pound of anything."""
    words = {t.word for t in line.tokens[first:last]}
    born = "birthweight" in words or {"birth", "weight"} <= words
    return born or (quantity.low.value >= _HEAVY and not quantity.per)


def _before(line: Line, quantity: Quantity, first: int) -> frozenset[str]:
    return frozenset(t.word for t in line.tokens[max(first, quantity.first - 14) : quantity.first])


def _object(line: Line, quantity: Quantity) -> frozenset[str]:
    """The first words of what it is a quantity of: "20 g of (lean protein)", "20 g (protein)"."""
    tokens = line.tokens[quantity.last + 1 : quantity.last + 5]
    words = []
    for i, token in enumerate(tokens):
        if token.kind is not TokenKind.WORD:
            if token.text == "-":
                continue
            break
        if token.word == "of" and (i == 0 or tokens[i - 1].word in ("glass", "cup", "bottle", "can", "bag")):
            continue
        if token.word in ("of", "and", "or", "with", "in", "per", "a", "for", "to", "by", "at", "from", "on", "every"):
            break
        words.append(token.word)
    if tokens and tokens[0].word == "of":
        return frozenset(words)
    return frozenset(words[:1] if quantity.unit.dimension is not Dimension.VOLUME else words[:2])


def _in_slug(line: Line, quantity: Quantity) -> bool:
    """Whether it is part of a file name or slug: acetaminophen-500mg-caplets.jpg."""
    tokens, i, j = line.tokens, quantity.first, quantity.last
    before = (
        i > 1
        and tokens[i - 1].text in "-_/."
        and tokens[i - 1].end == tokens[i].start
        and tokens[i - 2].end == tokens[i - 1].start
    )
    after = (
        j + 2 < len(tokens)
        and tokens[j + 1].text in "-_./"
        and tokens[j].end == tokens[j + 1].start == tokens[j + 2].start - 1
    )
    return before and after and tokens[i - 2].kind is TokenKind.WORD and tokens[j + 2].kind is TokenKind.WORD


def _defines_unit(line: Line, quantity: Quantity) -> bool:
    """Whether it says what a unit is, on either side: "1 mg is 1,000 mcg", "one gram equals 1,000 milligrams"."""
    if quantity.unit.dimension is Dimension.FORM or quantity.per:
        return False
    one = quantity.low.value == 1 and quantity.high is None
    after = line.words(quantity.last + 1, 2)
    if one and len(after) == 2 and after[0] in _IS and number_at(line, quantity.last + 2) is not None:
        return quantity.unit.dimension is Dimension.MASS
    before = line.words(quantity.first - 3, 3)
    return len(before) == 3 and before[0] in ("1", "one") and before[2] in _IS and (
        quantity.unit.dimension is Dimension.MASS and quantity.low.value == 1000
    )  # fmt: skip


_STRENGTH_UNITS: Final = frozenset(("mg", "mcg", "g", "iu"))


def _after_strength(line: Line, quantity: Quantity) -> bool:
    """Whether a number of tablets stands behind their strength, past a comma or dash: "510 mg, 180 capsules"."""
    i = quantity.first - 1
    while i >= 0 and line.tokens[i].kind is TokenKind.SIGN and line.tokens[i].text in ".,-–—|":
        i -= 1
    return 0 <= i < quantity.first - 1 and line.tokens[i].word in _STRENGTH_UNITS
