"""Which sentences of a document can hold which phrases, by the words in them.

The words of a whole document are turned into an index once, and each set of phrases is asked of the index as a whole:
a phrase costs nothing in the sentences that lack one of its words, and the next to nothing where the document does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_

Sentences = int
"""A set of sentences: bit n stands for the document's sentence n."""


class Sieve:
    """What each of some phrases, numbered as they are added, can not be without. Plain data: it can be pickled.

    A tell is a word, or two words that follow each other, joined by a space. A run is a part of a phrase, of whose
    tells a sentence has at least one where the part stands in it.
    """

    def __init__(self) -> None:
        self._runs: list[frozenset[str]] = []
        self._anchored: dict[str, list[int]] = {}  # the phrases whose anchor has this tell
        self._others: list[tuple[int, ...]] = []  # of each phrase, the runs besides its anchor

    def add_run(self, tells: Iterable[str]) -> int:
        """Add a run by its tells; its number."""
        self._runs.append(frozenset(tells))
        return len(self._runs) - 1

    def tells(self, run: int) -> frozenset[str]:
        """The tells of a run."""
        return self._runs[run]

    def add(self, anchor: int, others: Iterable[int]) -> None:
        """Add a phrase by its runs; `anchor` is the one that is met most rarely."""
        for tell in self._runs[anchor]:
            self._anchored.setdefault(tell, []).append(len(self._others))
        self._others.append(tuple(others))

    @cached_property
    def _anchors(self) -> frozenset[str]:
        return frozenset(self._anchored)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "_anchors"}

    def sift(self, met: Mapping[str, Sentences], tells: frozenset[str]) -> dict[int, list[int]]:
        """By sentence, the phrases that may stand in it, in the order of adding.

        `met` tells where a document's `tells` are.
        """
        candidates: dict[int, Sentences] = {}
        for tell in self._anchors & tells:
            for phrase in self._anchored[tell]:
                candidates[phrase] = candidates.get(phrase, 0) | met[tell]
        runs: dict[int, Sentences] = {}
        found: dict[int, list[int]] = {}
        for phrase in sorted(candidates):
            left = candidates[phrase]
            for run in self._others[phrase]:
                if run not in runs:
                    runs[run] = reduce(or_, [met[tell] for tell in self._runs[run] & tells], 0)
                left &= runs[run]
                if not left:
                    break
            while left:
                lowest = left & -left
                found.setdefault(lowest.bit_length() - 1, []).append(phrase)
                left ^= lowest
        return found


class WordIndex:
    """The words of a document's sentences, numbered through all its blocks.

    `blocks` holds for each block the norms of its tokens and its sentences as half-open ranges of them.
    """

    def __init__(self, blocks: Iterable[tuple[Sequence[str], Iterable[tuple[int, int]]]]) -> None:
        self._blocks = blocks
        self._sifted: dict[Sieve, Mapping[int, Sequence[int]]] = {}

    def sifted(self, sieve: Sieve) -> Mapping[int, Sequence[int]]:
        """By sentence, the phrases of a sieve that may stand in it, in the order of adding."""
        found = self._sifted.get(sieve)
        if found is None:
            found = self._sifted[sieve] = sieve.sift(self._met, self._tells)
        return found

    @cached_property
    def _tells(self) -> frozenset[str]:
        return frozenset(self._met)

    @cached_property
    def _met(self) -> Mapping[str, Sentences]:
        met: dict[str, Sentences] = {}
        sentence = 1
        for norms, ranges in self._blocks:
            for start, end in ranges:
                words = norms[start:end]
                for tell in {*words, *map(" ".join, pairwise(words))}:
                    met[tell] = met.get(tell, 0) | sentence
                sentence <<= 1
        return met
