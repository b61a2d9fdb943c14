"""The unit table of `rules/units.yaml`: what a unit is called, what it measures and how it converts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

import yaml


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


def parse_units(text: str, *, path: str = "units.yaml") -> UnitTable:
    """The unit table written in `text` (YAML).

    Raises:
        ValueError: naming `path` and the entry, for an unknown dimension or key, a factor that is no
            decimal, or a name that two units claim.
    """
    data = yaml.safe_load(text)
    if not isinstance(data, dict):
        raise ValueError(f"{path}: expected a mapping of dimensions")  # noqa: TRY004
    units: dict[str, Unit] = {}
    names: dict[str, Unit] = {}
    for group, members in data.items():
        if group not in {d.value for d in Dimension}:
            raise ValueError(f"{path}: unknown dimension {group!r}")
        for symbol, entry in members.items():
            unit = _unit(str(symbol), Dimension(group), entry, path)
            units[unit.symbol] = unit
            for name in (symbol, *entry.get("names", ())):
                known = names.setdefault(str(name).lower(), unit)
                if known is not unit:
                    raise ValueError(f"{path}: {name!r} names both {known.symbol} and {unit.symbol}")
    return UnitTable(units, names)


def load_units(path: Path) -> UnitTable:
    """The unit table in the file at `path`; raises as `parse_units` does, and OSError."""
    return parse_units(path.read_text(encoding="utf-8"), path=str(path))


def _unit(symbol: str, dimension: Dimension, entry: Mapping[str, object], path: str) -> Unit:
    unknown = set(entry) - {"factor", "names"}
    if unknown:
        raise ValueError(f"{path}: {symbol}: unknown key {min(unknown)!r}")
    factor = entry.get("factor")
    if factor is None:
        return Unit(symbol, dimension)
    try:
        return Unit(symbol, dimension, Decimal(str(factor)))
    except InvalidOperation:
        raise ValueError(f"{path}: {symbol}: factor {factor!r} is no decimal number") from None
