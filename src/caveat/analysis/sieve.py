"""Which sentences of a document can hold which phrases, by the words in them.

The words of a whole document are turned into an index once, and each set of phrases is asked of the index as a whole:
a phrase costs nothing in the sentences that lack one of its words, and next to nothing where the document does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Protocol, TypeVar

Found_co = TypeVar("Found_co", covariant=True)


class Sifting(Protocol[Found_co]):
    """What tells of the words of a document where something may stand."""

    def sift(self, index: WordIndex) -> Mapping[int, Sequence[Found_co]]:
        """What may stand in the sentences of an index, by sentence; no sentence that has nothing."""


class Sieve:
    """What each of some phrases, numbered as they are added, can not be without. Plain data: it can be pickled.

    A tell is a word, or two words that follow each other, joined by a space. A part of a phrase has tells, of which a
    sentence holds at least one where the part stands in it.
    """

    def __init__(self) -> None:
        self._anchored: dict[str, tuple[int, ...]] = {}  # the phrases whose anchor has this tell
        self._others: list[tuple[frozenset[str], ...]] = []  # of each phrase, the tells of its other parts

    def __getstate__(self) -> dict[str, object]:  # without what is worked out when it is first asked for
        alike: dict[tuple[int, ...], tuple[int, ...]] = {}  # what the tells of one part have in common is kept once
        anchored = {tell: alike.setdefault(phrases, phrases) for tell, phrases in self._anchored.items()}
        return {"_anchored": anchored, "_others": self._others}

    def add(self, anchor: frozenset[str], others: Iterable[frozenset[str]]) -> None:
        """Add a phrase by the tells of its parts; `anchor` are those of the part that is met most rarely."""
        for tell in anchor:
            self._anchored[tell] = (*self._anchored.get(tell, ()), len(self._others))
        self._others.append(tuple(others))

    @cached_property
    def _anchors(self) -> frozenset[str]:
        return frozenset(self._anchored)

    def sift(self, index: WordIndex) -> Mapping[int, Sequence[int]]:
        """By sentence of the index, the phrases that may stand in it, in the order of adding."""
        anchored: dict[int, int] = {}  # by phrase, the sentences that hold its anchor
        for tell in self._anchors & index.tells:
            sentences = index.places[tell]
            for phrase in self._anchored[tell]:
                anchored[phrase] = anchored.get(phrase, 0) | sentences
        found: dict[int, list[int]] = {}
        for phrase in sorted(anchored):
            possible = anchored[phrase]
            for tells in self._others[phrase]:
                possible &= index.any(tells)
                if not possible:
                    break
            for sentence in sentence_numbers(possible):
                found.setdefault(sentence, []).append(phrase)
        return found


def sentence_numbers(sentences: int) -> Iterator[int]:
    """The numbers of a set of sentences, the lowest first."""
    while sentences:
        first = sentences & -sentences
        yield first.bit_length() - 1
        sentences ^= first


class WordIndex:
    """The words of a document's sentences, numbered through all its blocks.

    `blocks` holds for each block the norms of its tokens and its sentences as half-open ranges of them; it may be
    filled up to the first question. A set of sentences is a number of which the n-th bit stands for the n-th sentence.
    """

    def __init__(self, blocks: Iterable[tuple[Sequence[str], Iterable[tuple[int, int]]]]) -> None:
        self._blocks = blocks
        self._sifted: dict[Sifting[Any], Mapping[int, Sequence[Any]]] = {}
        self._any: dict[frozenset[str], int] = {}

    def sifted(self, sieve: Sifting[Found_co]) -> Mapping[int, Sequence[Found_co]]:
        """By sentence, what a sieve lets through, as it was when this was first asked."""
        found = self._sifted.get(sieve)
        if found is None:
            found = self._sifted[sieve] = sieve.sift(self)
        return found

    def any(self, tells: frozenset[str]) -> int:
        """The sentences that have one of some tells."""
        found = self._any.get(tells)
        if found is None:
            found = 0
            for tell in tells & self.tells:
                found |= self.places[tell]
            self._any[tells] = found
        return found

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The sentences that have a tell, by it."""
        found: dict[str, int] = {}
        sentence = 1
        for norms, ranges in self._blocks:
            for start, end in ranges:
                words = norms[start:end]
                for tell in words:
                    found[tell] = found.get(tell, 0) | sentence
                for tell in map(" ".join, pairwise(words)):
                    found[tell] = found.get(tell, 0) | sentence
                sentence <<= 1
        return found

    @cached_property
    def tells(self) -> frozenset[str]:
        """The tells of all sentences."""
        return frozenset(self.places)
