"""Statements of one thing by their amounts, so that those below or above another are found without trying them all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from typing import Final

from caveat.analysis.facts import Dose
from caveat.values import dataclass

_EXEMPT: Final = 20  # statements on either side that are looked through for one that is not set apart by words
_Entry = tuple[Decimal, Dose]


@dataclass(slots=True)
class Told:
    """Statements of one thing in one unit, each with its lowest and highest amount; what states the same is kept once.

    To add one or ask for those that lie apart from a range takes the logarithm of their number: they lie at one end.
    No more than the 20 farthest of either end are given, so that a page of nothing but statements stays quick: a nearer
    one is missed where 20 farther ones are all set apart by their words.
    """

    unit: str
    amounts: set[tuple[Decimal, Decimal]] = field(default_factory=set)
    by_low: list[_Entry] = field(default_factory=list)
    by_high: list[_Entry] = field(default_factory=list)

    def add(self, dose: Dose, low: Decimal, high: Decimal) -> None:
        """Keeps a dose that states `low` to `high`."""
        if (low, high) not in self.amounts:
            self.amounts.add((low, high))
            insort(self.by_low, (low, dose), key=_amount)
            insort(self.by_high, (high, dose), key=_amount)

    def below(self, amount: Decimal) -> Iterator[Dose]:
        """Those that end below an amount, the lowest first."""
        end = bisect_left(self.by_high, amount, key=_amount)
        return (dose for _, dose in islice(self.by_high, min(end, _EXEMPT)))

    def apart(self, low: Decimal, high: Decimal) -> Iterator[Dose]:
        """Those that end below `low` or begin above `high`, the farthest first."""
        yield from self.below(low)
        start = bisect_right(self.by_low, high, key=_amount)
        yield from (dose for _, dose in reversed(self.by_low[max(start, len(self.by_low) - _EXEMPT) :]))


_amount = itemgetter(0)
