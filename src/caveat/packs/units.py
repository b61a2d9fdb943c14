"""The unit table of `rules/units.yaml`: what a unit is called, what it measures and how it converts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final

from caveat.packs.decode import Decoder
from caveat.packs.errors import PackError
from caveat.packs.yaml import parse_file
from caveat.regex import regex
from caveat.values import dataclass

_LETTERS: Final = regex(r"[^\W\d_]+")


class Dimension(StrEnum):
    """What a unit measures. Only mass, volume and amount convert within themselves."""

    MASS = "mass"  # base unit: mg
    VOLUME = "volume"  # base unit: mL
    AMOUNT = "amount"  # base unit: mmol
    ACTIVITY = "activity"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its canonical symbol. `factor` is its size in the base unit; None where nothing converts."""

    symbol: str
    dimension: Dimension
    factor: Decimal | None = None


@dataclass(frozen=True)
class UnitTable:
    """Units by symbol and by every name they are written with (lower case; words separated by one space)."""

    units: Mapping[str, Unit]
    names: Mapping[str, Unit]

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The runs of letters that a unit's name can begin with, in lower case."""
        return frozenset(_LETTERS.findall(name)[0] for name in self.names)

    @cached_property
    def begun(self) -> frozenset[str]:
        """The words with which the units' names begin."""
        return frozenset(name.partition(" ")[0] for name in self.names)

    def unit(self, name: str) -> Unit | None:
        """The unit called `name`, a symbol or one of its names, in any case."""
        return self.units.get(name) or self.names.get(name.lower())

    def convert(self, value: Decimal, unit: str, to: str) -> Decimal | None:
        """`value` of `unit` in `to` (canonical symbols), exactly; None where the two do not convert."""
        if unit == to:
            return value
        one, other = self.units.get(unit), self.units.get(to)
        if one is None or other is None or one.dimension is not other.dimension:
            return None
        if one.factor is None or other.factor is None:
            return None
        return value * one.factor / other.factor

    def is_form(self, unit: str) -> bool:
        """Whether `unit` counts tablets, drops, puffs and the like."""
        found = self.units.get(unit)
        return found is not None and found.dimension is Dimension.FORM


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit as the YAML writes it: `factor` is its size in the base unit of its dimension, as text."""

    names: tuple[str, ...] = ()
    factor: str = ""


def load_units(path: Path) -> UnitTable:
    """The unit table in the YAML file at `path`.

    Raises:
        PackError: with every mistake and its place: an unknown dimension or key, a factor that is no
            decimal number, a name that two units claim.
    """
    decoder = Decoder(parse_file(path))
    value = decoder.parsed.value
    written = decoder.decode(dict[Dimension, dict[str, UnitEntry]], value) if not decoder.mistakes else None
    units: dict[str, Unit] = {}
    names: dict[str, Unit] = {}
    for dimension, members in (written or {}).items():
        for symbol, entry in members.items():
            loc = (dimension.value, symbol)
            unit = Unit(symbol, dimension, _factor(decoder, entry.factor, loc))
            units[symbol] = unit
            for name in (symbol, *entry.names):
                if names.setdefault(name.lower(), unit) is not unit:
                    decoder.complain(loc, f'"{name}" also names {names[name.lower()].symbol}', key=True)
    if decoder.mistakes:
        raise PackError(decoder.mistakes)
    return UnitTable(units, names)


def _factor(decoder: Decoder, written: str, loc: tuple[str, str]) -> Decimal | None:
    if not written:
        return None
    try:
        return Decimal(written)
    except InvalidOperation:
        decoder.complain((*loc, "factor"), f'"{written}" is no decimal number')
        return None
