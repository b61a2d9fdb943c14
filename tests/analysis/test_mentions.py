"""Names in a block: found by their endings and their writing, and asked for by place."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.analysis.brands import brand_names
from caveat.analysis.facts import Concept, Mention
from caveat.analysis.mentions import MentionFinder, Placed, names_of
from caveat.analysis.pipeline import Pipeline
from caveat.analysis.view import Row
from caveat.packs.lexicon import load_lexicon
from caveat.packs.library import load_language
from caveat.readers import read_text
from caveat.source import Span

STEMS = Path(__file__).parents[2] / "rules" / "lexicon" / "stems.yaml"


def test_every_ending_is_met_in_a_text() -> None:
    lexicon, pipeline = load_lexicon([STEMS]), Pipeline()
    words = [f"xolar{ending}" for ending in lexicon.stems.by_ending]
    text = " ".join([*words, "in", "a", "text"])
    (tokens,) = pipeline.tokenize([text])
    assert [p.mention.text for p in MentionFinder(lexicon, pipeline.norms_of).find(0, text, tokens)] == words


def test_slots_may_ask_for_a_listed_thing_by_every_name_it_has() -> None:
    lexicon, pipeline = load_lexicon([STEMS.with_name("functions.yaml")]), Pipeline()
    text = "Digestion and sleep go well."
    (tokens,) = pipeline.tokenize([text])
    found = MentionFinder(lexicon, pipeline.norms_of).find(0, text, tokens)
    assert [placed.mention.text for placed in found] == ["Digestion", "sleep"]
    assert [placed.names for placed in found] == [names_of(placed.mention) for placed in found]
    assert all({"function", "health"} < placed.names for placed in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Try RestoCalm drops tonight.", {"RestoCalm"}),
        ("We like Restocalm® and Somnora ™ best.", {"Restocalm", "Somnora"}),
        ("Restocalm drops calm MacDonald and the NHS.", set()),
    ],
)
def test_a_brand_is_known_by_how_it_is_written(text: str, names: set[str]) -> None:
    blocks = read_text(text, path="a.md").blocks
    assert brand_names(blocks, selling=False, others=frozenset()) == names


@pytest.mark.parametrize(
    ("name", "known"),
    [("Nordlys", True), ("Korean", False), ("Himalayan", False), ("Chinese", False), ("Ayurvedic", False)],
)
def test_a_word_of_whence_a_thing_comes_is_no_brand(name: str, known: bool) -> None:
    text = (
        f"# {name} capsules and what trials say\n\nAbout {name} remedies little is known.\n\nMany {name} trials fail."
    )
    names = brand_names(read_text(text, path="a.md").blocks, selling=False, others=load_language().hosts.no_products)
    assert names == ({name} if known else set())


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [(0, 9, [0, 2, 5]), (0, 4, [0, 2]), (0, 3, [0]), (1, 7, [2, 5]), (1, 6, [2]), (3, 4, []), (7, 2, [])],
)
def test_those_that_lie_wholly_between_two_words_are_told(start: int, end: int, found: list[int]) -> None:
    mention = Mention(0, Span(0, 1), "x", Concept.HERB, "x")
    row = Row([Placed.of(low, high, mention) for low, high in ((0, 1), (2, 4), (5, 7))])
    assert [placed.start for placed in row.between(start, end)] == found
