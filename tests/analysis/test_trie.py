"""Token sequences in the sentences of a page: the same whether every token is asked or only the first words."""

from __future__ import annotations

import pickle

import pytest

from caveat.analysis.pipeline import Pipeline
from caveat.analysis.trie import Trie

TEXTS = (
    "Garlic lowers blood pressure. Does it lower blood pressure for good?",
    "",
    "Nothing here.",
    "High blood",
    "pressure lowers blood. Blood lowers pressure, and pressure blood pressure lowers.",
)
PHRASES = ("lowers", "lowers blood", "blood pressure", "pressure lowers", "pressure", "blood pressure lowers", "blood")


@pytest.mark.parametrize("kept", [False, True], ids=["made", "read back"])
def test_sentences_are_found_to_hold_what_a_look_at_every_token_finds(*, kept: bool) -> None:
    pipeline = Pipeline()
    trie: Trie[str] = Trie()
    for phrase in PHRASES:
        trie.add(pipeline.norms(phrase), phrase)
    if kept:
        trie = pickle.loads(pickle.dumps(trie))
    for tokens in pipeline.tokenize(TEXTS):
        every = trie.scan(tokens.norms)
        wanted = {
            number: here
            for number, (low, high) in enumerate(tokens.sentences)
            if (here := [one for one in every if low <= one[0] and one[1] <= high])
        }
        assert trie.by_sentence(tokens) == wanted
