"""A trie of token sequences: all vocabulary is found in one pass over the tokens.

It answers what spaCy's PhraseMatcher answers, at the same speed for our sizes, but needs no building when
it comes out of the compiled rule cache: tens of thousands of phrases cost a start-up nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from caveat.analysis.sieve import WordIndex, sentence_numbers
from caveat.lazily import asleep, awake

if TYPE_CHECKING:
    from caveat.analysis.pipeline import Tokens

Payload = TypeVar("Payload")

_Node = dict[str, Any]
"""Words lead to nodes, `_PAYLOADS` to what the sequence that ends here carries."""
_PAYLOADS = ""  # no token is empty


class Trie(Generic[Payload]):
    """Token sequences with payloads. A sequence may carry several.

    A pickled trie keeps what follows each first word asleep until a text holds that word, so that a large one loads in
    no time.
    """

    def __init__(self) -> None:
        self._root: dict[str, _Node | bytes] = {}

    def __getstate__(self) -> dict[str, bytes]:
        return {word: asleep(node) for word, node in self._root.items()}

    def __setstate__(self, state: dict[str, _Node | bytes]) -> None:
        self._root = state

    def _first(self, word: str) -> _Node:
        """The node of a first word."""
        node = self._root[word]
        if isinstance(node, bytes):  # asked here, too: a call for each word of a text costs more
            node = self._root[word] = awake(node)
        return node

    def add(self, words: Sequence[str], payload: Payload) -> None:
        """Add a sequence of norms. The same payload twice for one sequence is kept once.

        Raises:
            ValueError: for an empty sequence or an empty word.
        """
        if not words or not all(words):
            raise ValueError("an empty phrase matches everywhere")
        self._root.setdefault(words[0], {})
        payloads = _grown(self._first(words[0]), words[1:]).setdefault(_PAYLOADS, [])
        if payload not in payloads:
            payloads.append(payload)

    def scan(self, norms: Sequence[str]) -> list[tuple[int, int, Payload]]:
        """Every occurrence of every sequence as (start, end, payload), by start, then by end."""
        begun = [(start, self._first(norm)) for start, norm in enumerate(norms) if norm in self._root]
        return _occurrences(begun, norms, len(norms))

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
        found: dict[int, list[tuple[int, int, Payload]]] = {}
        for number, (_, end) in enumerate(tokens.sentences):
            words = begun.get(tokens.first_sentence + number)
            if words is None:
                continue
            places = tokens.words[number]
            first = sorted([(at, word) for word in words for at in places[word]])
            here = _occurrences([(at, self._first(word)) for at, word in first], tokens.norms, end)
            if here:
                found[number] = here
        return found


class PhraseSet:
    """Token sequences to be found in single sentences. A pickled set sleeps until it is first asked."""

    __slots__ = ("_root",)

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        root: _Node = {}
        for phrase in phrases:
            _grown(root, phrase)[_PAYLOADS] = (True,)
        self._root: _Node | bytes = root

    def __getstate__(self) -> bytes:
        return asleep(self._root)

    def __setstate__(self, state: bytes) -> None:
        self._root = state

    def places(self, norms: Sequence[str], words: Mapping[str, Sequence[int]], end: int) -> list[tuple[int, int]]:
        """Every occurrence in a sentence as (start, end), by start, then by end.

        `words` gives the places of each word of the sentence in `norms`, `end` where it ends.
        """
        root = self._root
        if isinstance(root, bytes):  # see `Trie._first`
            root = self._root = awake(root)
        fewer, more = (root, words) if len(root) < len(words) else (words, root)
        begun = [(start, root[word]) for word in fewer if word in more for start in words[word]]
        if not begun:
            return []
        return sorted([(start, stop) for start, stop, _ in _occurrences(begun, norms, end)])


def _grown(node: _Node, words: Iterable[str]) -> _Node:
    """The node to which words lead from another, made if there is none."""
    for word in words:
        node = node.setdefault(word, {})
    return node


def _occurrences(begun: Iterable[tuple[int, _Node]], norms: Sequence[str], end: int) -> list[tuple[int, int, Any]]:
    """Every sequence that ends before `end` as (start, end, payload), one with several as often.

    `begun` are the places in `norms` where one may start, with the node of the word there.
    """
    found: list[tuple[int, int, Any]] = []
    for start, first in begun:
        node: _Node | None = first
        at = start + 1
        while node is not None:
            if _PAYLOADS in node:
                for payload in node[_PAYLOADS]:
                    found.append((start, at, payload))  # noqa: PERF401 - most have one, and a call costs more
            if at >= end:
                break
            node = node.get(norms[at])
            at += 1
    return found
