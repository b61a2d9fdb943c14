"""Whether a DSHEA note is the wording of 21 CFR 101.93(c) or something like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from caveat.analysis.facts import Disclosure
from caveat.analysis.pipeline import Tokens
from caveat.analysis.template_language import Norms
from caveat.analysis.trie import Trie
from caveat.analysis.view import BlockView
from caveat.packs.when.disclosure import DisclosureKind

_SYMBOLS = "*†‡§^"
_FIRST, _SECOND = "evaluated", "diagnose"  # a word of the note's first and of its second sentence


class Dshea:
    """The wordings that count, as token sequences without punctuation."""

    def __init__(self, wordings: Sequence[str], norms: Norms) -> None:
        self._trie: Trie[int] = Trie()
        for wording in wordings:
            self._trie.add(tuple(_words(norms(wording))), 0)

    def is_exact(self, tokens: Tokens) -> bool:
        """Whether the tokens hold one of the wordings, whatever the punctuation between its words."""
        return self._holds(_words(tokens.norms))

    def exact_blocks(self, views: Sequence[BlockView]) -> frozenset[int]:
        """The blocks that hold a wording, alone or split over two neighbours."""
        exact: set[int] = set()
        for i, view in enumerate(views):
            norms = view.tokens.norms
            if _FIRST in norms and self.is_exact(view.tokens):
                exact.add(i)
            elif i and _SECOND in norms and _FIRST in views[i - 1].tokens.norms:
                before = views[i - 1].tokens.norms
                if self._holds(_words((*before, *norms))):
                    exact.update((i - 1, i))
        return frozenset(exact)

    def graded(self, disclosure: Disclosure, exact: frozenset[int]) -> Disclosure:
        """The disclosure, marked as altered where it is a DSHEA note in other words."""
        if disclosure.kind is not DisclosureKind.DSHEA or disclosure.block is None:
            return disclosure
        return replace(disclosure, exact=disclosure.block in exact)

    def _holds(self, words: Sequence[str]) -> bool:
        return _FIRST in words and bool(self._trie.scan(words))


def _words(norms: Iterable[str]) -> list[str]:
    """The words, without punctuation and without a footnote symbol that is written on to one: "†These"."""
    bare = (norm.lstrip(_SYMBOLS) for norm in norms)
    return [norm for norm in bare if norm[:1].isalnum()]
