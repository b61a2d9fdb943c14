"""A block as the dose reader sees it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import field
from functools import cached_property
from typing import Final

from caveat.analysis.doses.frequencies import Frequency, frequencies
from caveat.analysis.doses.nature import Nature
from caveat.analysis.doses.quantities import Quantity
from caveat.analysis.doses.tokens import Line
from caveat.values import dataclass

REACH: Final = 60  # tokens on either side of a quantity that can say something about it
_PACK_GAP: Final = 4  # tokens between a strength and what the package holds


@dataclass(frozen=True)
class Reading:
    """A block as the dose reader sees it: tokens, everything measured in it with its nature, every frequency.

    Most blocks measure nothing, and their frequencies are never asked for.
    """

    index: int
    line: Line
    quantities: tuple[Quantity, ...]
    natures: tuple[Nature, ...]
    sentences: tuple[tuple[int, int], ...] = field(default=())

    @cached_property
    def frequencies(self) -> tuple[Frequency, ...]:
        """Every frequency of the block, in order."""
        return frequencies(self.line)

    def token_at(self, offset: int) -> int:
        """The first token that begins at `offset` of the block's text or after it; the last one past the end."""
        return min(bisect_left(self._starts, offset), len(self.line.tokens) - 1)

    @cached_property
    def packed(self) -> frozenset[int]:
        """The first tokens of quantities that stand before what their package holds: "510 mg, 180 capsules"."""
        pairs = zip(self.quantities, self.quantities[1:], self.natures[1:], strict=False)
        return frozenset(
            one.first for one, other, nature in pairs
            if nature is Nature.SUPPLY and other.first - one.last <= _PACK_GAP and ";" not in self._signs(one, other)
        )  # fmt: skip

    def _signs(self, one: Quantity, other: Quantity) -> set[str]:
        return {t.text for t in self.line.tokens[one.last + 1 : other.first]}

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.line.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [first for first, _ in self.sentences]

    @cached_property
    def _frequency_starts(self) -> list[int]:
        return [f.first for f in self.frequencies]

    def frequencies_in(self, first: int, last: int) -> tuple[Frequency, ...]:
        """The frequencies that begin between two tokens."""
        starts = self._frequency_starts
        return self.frequencies[bisect_left(starts, first) : bisect_left(starts, last)]

    def window(self, quantity: Quantity) -> tuple[int, int]:
        """The sentence of a quantity, as far as its words can govern it: first token and end."""
        first, last = self.sentence_of(quantity.first)
        return max(first, quantity.first - REACH), min(last, quantity.last + 1 + REACH)

    def sentence_of(self, token: int) -> tuple[int, int]:
        """The first token and the end of the sentence that holds `token`."""
        at = bisect_right(self._sentence_starts, token) - 1
        return self.sentences[max(at, 0)]
