"""Which of the frequencies of a sentence an amount is taken with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from caveat.analysis.doses.frequencies import Frequency, Manner
from caveat.analysis.doses.quantities import Quantity
from caveat.analysis.doses.reading import Reading
from caveat.analysis.doses.tokens import Token, word_set

_CLAUSES: Final = word_set("then but while whereas")


def frequency_for(reading: Reading, kept: Sequence[Quantity], number: int, first: int, last: int) -> Frequency | None:
    """The frequency that governs quantity `number`: after it up to the next, else shared, else before it."""
    tokens, quantity = reading.line.tokens, kept[number]
    near = reading.frequencies_in(first, last)
    usable = [f for f in near if f.last < last and f.manner is not Manner.AS_NEEDED]
    end = last
    for other in islice(kept, number + 1, None):
        if other.first >= last:
            break
        gap = [t.text for t in tokens[quantity.last + 1 : other.first]]
        if (gap in (["("], ["of"]) and other is kept[number + 1]) or (
            "(" in gap and ")" not in gap and len(gap) <= 4 and "," not in gap
        ):
            continue
        end = other.first
        break
    after = [f for f in usable if quantity.last < f.first < end and not _cut(tokens, quantity.last + 1, f.first)]
    if after:
        return after[0]
    if number + 1 < len(kept) and kept[number + 1].first < last:
        gap_words = [t.word for t in tokens[quantity.last + 1 : kept[number + 1].first]]
        if gap_words and len(gap_words) <= 2 and set(gap_words) <= {"or", "and", ","}:
            return frequency_for(reading, kept, number + 1, first, last)
    if number and kept[number - 1].first >= first and _listed(tokens, kept[number - 1], quantity):
        shared = frequency_for(reading, kept, number - 1, first, last)
        return shared if shared is not None and shared.last < kept[number - 1].first else None
    start = kept[number - 1].last if number and kept[number - 1].last >= first else first - 1
    before = [
        f
        for f in usable
        if start < f.first
        and f.last < quantity.first
        and not _cut(tokens, f.last + 1, quantity.first)
        and [t.word for t in tokens[f.last + 1 : f.last + 3]] != [",", "and"]
    ]
    apart = not number or kept[number - 1].first < first
    if before and (apart or _opens(tokens, before[-1], quantity) or _after_semicolon(tokens[start : before[-1].first])):
        return before[-1]
    return None


def _after_semicolon(tokens: Sequence[Token]) -> bool:
    """Whether a semicolon parts what follows from the amount before."""
    return any(t.text == ";" for t in tokens)


def _opens(tokens: Sequence[Token], frequency: Frequency, quantity: Quantity) -> bool:
    """Whether a frequency begins a clause that the amount follows at once: ", in the morning two 250 mg tablets"."""
    amount = quantity.count.first if quantity.count is not None else quantity.first
    return frequency.last == amount - 1 and tokens[frequency.first - 1].text in (",", ";")


def _listed(tokens: Sequence[Token], one: Quantity, other: Quantity) -> bool:
    """Whether two amounts are items of a list: "daily 500 mg of vitamin C, 15 mg of zinc and …"."""
    gap = [t.word for t in tokens[one.last + 1 : other.first]]
    return 2 <= len(gap) <= 10 and gap[0] == "of" and gap[-1] in (",", "and")


def _cut(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether another clause begins between two tokens."""
    return any(token.text == ";" or token.word in _CLAUSES for token in tokens[first:last])
