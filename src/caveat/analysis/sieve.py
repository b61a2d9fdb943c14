"""Which sentences of a document can hold which phrases, by the words in them.

The words of a whole document are turned into an index once, and each set of phrases is asked of the index as a whole:
a phrase costs nothing in the sentences that lack one of its words, and next to nothing where the document does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise


class Sieve:
    """What each of some phrases, numbered as they are added, can not be without. Plain data: it can be pickled.

    A tell is a word, or two words that follow each other, joined by a space. A part of a phrase has tells, of which a
    sentence holds at least one where the part stands in it.
    """

    def __init__(self) -> None:
        self._anchored: dict[str, list[int]] = {}  # the phrases whose anchor has this tell
        self._others: list[tuple[frozenset[str], ...]] = []  # of each phrase, the tells of its other parts

    def __getstate__(self) -> dict[str, object]:  # without what is worked out when it is first asked for
        return {name: value for name, value in vars(self).items() if name != "_anchors"}

    def add(self, anchor: frozenset[str], others: Iterable[frozenset[str]]) -> None:
        """Add a phrase by the tells of its parts; `anchor` are those of the part that is met most rarely."""
        for tell in anchor:
            self._anchored.setdefault(tell, []).append(len(self._others))
        self._others.append(tuple(others))

    @cached_property
    def _anchors(self) -> frozenset[str]:
        return frozenset(self._anchored)

    def sift(self, index: WordIndex) -> Mapping[int, Sequence[int]]:
        """By sentence of the index, the phrases that may stand in it, in the order of adding."""
        candidates: dict[int, set[int]] = {}
        for tell in self._anchors & index.tells:
            for sentence in index.places[tell]:
                candidates.setdefault(sentence, set()).update(self._anchored[tell])
        found: dict[int, list[int]] = {}
        for sentence, phrases in candidates.items():
            lacks = index.sentences[sentence].isdisjoint
            possible = found[sentence] = []
            for phrase in sorted(phrases):
                for tells in self._others[phrase]:
                    if lacks(tells):
                        break
                else:
                    possible.append(phrase)
        return found


class WordIndex:
    """The words of a document's sentences, numbered through all its blocks.

    `blocks` holds for each block the norms of its tokens and its sentences as half-open ranges of them; it may be
    filled up to the first question.
    """

    def __init__(self, blocks: Iterable[tuple[Sequence[str], Iterable[tuple[int, int]]]]) -> None:
        self._blocks = blocks
        self._sifted: dict[Sieve, Mapping[int, Sequence[int]]] = {}

    def sifted(self, sieve: Sieve) -> Mapping[int, Sequence[int]]:
        """By sentence, the phrases of a sieve that may stand in it, as they were when this was first asked."""
        found = self._sifted.get(sieve)
        if found is None:
            found = self._sifted[sieve] = sieve.sift(self)
        return found

    @cached_property
    def sentences(self) -> Sequence[frozenset[str]]:
        """The tells of each sentence."""
        found: list[frozenset[str]] = []
        for norms, ranges in self._blocks:
            for start, end in ranges:
                words = norms[start:end]
                found.append(frozenset((*words, *map(" ".join, pairwise(words)))))
        return found

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """The sentences that have a tell, by it."""
        found: dict[str, list[int]] = {}
        for number, tells in enumerate(self.sentences):
            for tell in tells:
                found.setdefault(tell, []).append(number)
        return found

    @cached_property
    def tells(self) -> frozenset[str]:
        """The tells of all sentences."""
        return frozenset(self.places)
