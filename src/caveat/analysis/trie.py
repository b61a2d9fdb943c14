"""A trie of token sequences: all vocabulary is found in one pass over the tokens.

It answers what spaCy's PhraseMatcher answers, at the same speed for our sizes, but needs no building when
it comes out of the compiled rule cache: tens of thousands of phrases cost a start-up nothing.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from caveat.analysis.sieve import WordIndex, sentence_numbers

if TYPE_CHECKING:
    from caveat.analysis.pipeline import Tokens

Payload = TypeVar("Payload")

_PROTOCOL = 5
_PAYLOADS = ""  # the key under which a node keeps its payloads; no token is empty


class Trie(Generic[Payload]):
    """Token sequences with payloads. A sequence may carry several.

    Nodes are plain dictionaries: words lead to nodes, `""` to payloads. A pickled trie keeps what follows
    each first word as bytes until a text holds that word, so that a large one loads in no time.
    """

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def __getstate__(self) -> dict[str, bytes]:
        return {
            word: node if isinstance(node, bytes) else pickle.dumps(node, _PROTOCOL)
            for word, node in self._root.items()
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._root = state

    def _first(self, word: str) -> dict[str, Any] | None:
        node = self._root.get(word)
        if isinstance(node, bytes):
            node = self._root[word] = pickle.loads(node)  # noqa: S301 - as trusted as what it was loaded from
        return node

    def add(self, words: Sequence[str], payload: Payload) -> None:
        """Add a sequence of norms. The same payload twice for one sequence is kept once.

        Raises:
            ValueError: for an empty sequence or an empty word.
        """
        if not words or not all(words):
            raise ValueError("an empty phrase matches everywhere")
        node = self._first(words[0])
        if node is None:
            node = self._root[words[0]] = {}
        for word in words[1:]:
            node = node.setdefault(word, {})
        payloads = node.setdefault(_PAYLOADS, [])
        if payload not in payloads:
            payloads.append(payload)

    def scan(self, norms: Sequence[str]) -> Iterator[tuple[int, int, Payload]]:
        """Every occurrence of every sequence as (start, end, payload), by start, then by end."""
        count = len(norms)
        for start, first in enumerate(map(self._root.get, norms)):
            if first is None:
                continue
            node = self._first(norms[start]) if isinstance(first, bytes) else first
            end = start + 1
            while node is not None:
                for payload in node.get(_PAYLOADS, ()):
                    yield start, end, payload
                node = node.get(norms[end]) if end < count else None
                end += 1

    def sift(self, index: WordIndex) -> Mapping[int, Sequence[str]]:
        """By sentence of the index, the words in it with which a sequence begins."""
        found: dict[int, list[str]] = {}
        for word in self._root.keys() & index.places.keys():
            for sentence in sentence_numbers(index.places[word]):
                found.setdefault(sentence, []).append(word)
        return found

    def by_sentence(self, tokens: Tokens) -> dict[int, list[tuple[int, int, Payload]]]:
        """The occurrences in each sentence of a block that has one, by its number, as `scan` gives them."""
        begun = tokens.index.sifted(self)
        norms = tokens.norms
        found: dict[int, list[tuple[int, int, Payload]]] = {}
        for number, (_, end) in enumerate(tokens.sentences):
            words = begun.get(tokens.first_sentence + number)
            if words is None:
                continue
            places = tokens.words[number]
            for start in sorted([at for word in words for at in places[word]]):
                node = self._first(norms[start])
                at = start + 1
                while node is not None:
                    for payload in node.get(_PAYLOADS, ()):
                        found.setdefault(number, []).append((start, at, payload))
                    node = node.get(norms[at]) if at < end else None
                    at += 1
        return found


class PhraseSet:
    """Token sequences to be found in single sentences. A pickled set is read when it is first asked."""

    __slots__ = ("_root",)

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        root: dict[str, Any] = {}
        for phrase in phrases:
            node = root
            for word in phrase:
                node = node.setdefault(word, {})
            node[_PAYLOADS] = True
        self._root: dict[str, Any] | bytes = root

    def __getstate__(self) -> bytes:
        return self._root if isinstance(self._root, bytes) else pickle.dumps(self._root, _PROTOCOL)

    def __setstate__(self, state: bytes) -> None:
        self._root = state

    def places(self, norms: Sequence[str], words: Mapping[str, Sequence[int]], end: int) -> list[tuple[int, int]]:
        """Every occurrence in a sentence as (start, end), by start, then by end.

        `words` gives the places of each word of the sentence in `norms`, `end` where it ends.
        """
        root = self._root
        if isinstance(root, bytes):
            root = self._root = pickle.loads(root)  # noqa: S301 - as trusted as what it was loaded from
        found: list[tuple[int, int]] = []
        fewer, more = (root, words) if len(root) < len(words) else (words, root)
        for word in fewer:
            if word not in more:
                continue
            for start in words[word]:
                node: dict[str, Any] | None = root[word]
                at = start + 1
                while node is not None:
                    if _PAYLOADS in node:
                        found.append((start, at))
                    if at >= end:
                        break
                    node = node.get(norms[at])
                    at += 1
        found.sort()
        return found
