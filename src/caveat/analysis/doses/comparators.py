"""Whether an amount is the most, the least or about what is meant: the comparator beside it."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.doses.surroundings import DENIALS, Surroundings
from caveat.analysis.facts import Comparator
from caveat.packs.doses import ComparatorWords


def comparator(around: Surroundings) -> Comparator | None:
    """The comparator before the quantity ("up to" is at most), if one stands there."""
    before, words = around.before(), around.words.comparators
    if adds_up(before, words) or (before[-1:] == ("over",) and before[-2:-1] != () and before[-2] in words.gains):
        return None
    for length in (3, 2, 1):
        if (found := words.of_phrase.get(before[-length:])) is not None and len(before) >= length:
            negated = found is Comparator.ABOVE and not DENIALS.isdisjoint(before[-7:-length])
            return Comparator.AT_MOST if negated else found
    return words.of_afterthought.get(around.after()[:2])


def adds_up(before: Sequence[str], words: ComparatorWords) -> bool:
    """Whether "up to" closes a sum or a climb and sets no maximum: "adds up to 900 mg", "go slowly up to 50 mg"."""
    return tuple(before[-2:]) == ("up", "to") and not words.adding.isdisjoint(before[-4:-2])
