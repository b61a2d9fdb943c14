"""What holds for the words in `[[…]]`, given every cue of the sentence."""

from __future__ import annotations

import pytest

from caveat.analysis.context import ContextFinder, circumstances
from caveat.analysis.facts import Concept, Role
from caveat.analysis.pipeline import Pipeline
from caveat.analysis.slots import Slots, SlotSpan
from caveat.packs.model import Circumstance
from caveat.source import Span


def around(finder: ContextFinder, pipeline: Pipeline, marked: str) -> set[Circumstance]:
    start, end = marked.index("[["), marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    (tokens,) = pipeline.tokenize([text])
    return set(circumstances(finder.find(0, text, tokens), Span(start, end)))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Ginger [[eases pain]].", set()),
        ("Ginger does not [[ease pain]].", {Circumstance.NEGATED}),
        ("Ginger does not [[ease pain]]; it settles the stomach.", {Circumstance.NEGATED}),
        ("Ginger does not settle the stomach; it [[eases pain]].", set()),
        ("Ginger never fails to [[ease pain]].", set()),
        ("It is not true that ginger does not [[ease pain]].", set()),
        ("It does not lack the power to [[ease pain]].", set()),
        ("No tea, no oil and no pill [[eases gout]].", {Circumstance.NEGATED}),
        ("Ginger is not a [[cure]].", {Circumstance.NEGATED}),
        ("Ginger is unlikely to [[ease pain]].", {Circumstance.NEGATED}),
        ("That ginger [[eases pain]] was not confirmed.", {Circumstance.NEGATED, Circumstance.LIMITED}),
        ("Ginger may [[ease pain]].", {Circumstance.HEDGED}),
        ("Ginger can [[ease pain]].", set()),
        ("Ginger [[eases pain]], but more research is needed.", {Circumstance.LIMITED}),
        ("Does ginger [[ease pain]]?", {Circumstance.QUESTION}),
        ("According to the maker, ginger [[eases pain]].", {Circumstance.ATTRIBUTED}),
        ("Experts say ginger [[eases pain]].", set()),
        ("“Ginger [[eases pain]],” the label reads.", {Circumstance.QUOTED}),
        ('The label reads "ginger [[eases pain]]" in red.', {Circumstance.QUOTED}),
        ("The label reads ‘ginger’s root [[eases pain]]’ in red.", {Circumstance.QUOTED}),
        ("The label reads ‘the twins’ tea’ and it [[eases pain]].", set()),
        ("The twins' tea [[eases pain]] and the neighbours' tea does too.", set()),
        ("In the ’90s ginger [[eased pain]] in John’s house.", set()),
        ('A pad 12" wide [[eases pain]].', set()),
        ("Unlike [[aspirin]], ginger eases pain.", {Circumstance.CONTRAST}),
        ("Unlike aspirin, ginger [[eases pain]].", set()),
        ("If ginger [[eases pain]], take it.", {Circumstance.CONDITIONAL}),
        ("If pain returns, ginger [[eases it]].", set()),
        ("Ginger has been studied for [[easing pain]].", {Circumstance.STUDIED}),
        ("Ginger was first approved for [[pain]].", {Circumstance.HISTORY}),
        ("Ginger may cause [[pain]].", {Circumstance.HEDGED, Circumstance.WARNING}),
        ("There is no doubt that ginger [[eases pain]].", set()),
        ("Ginger not only [[eases pain]] but settles the stomach.", set()),
        ("It is nonsense that ginger [[eases pain]].", {Circumstance.NEGATED}),
        ("This product is not intended to diagnose, treat, cure, or [[prevent any disease]].", {Circumstance.NEGATED}),
    ],
)
def test_circumstances(marked: str, expected: set[Circumstance], finder: ContextFinder, pipeline: Pipeline) -> None:
    assert around(finder, pipeline, marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "A myth: ginger [[eases pain]].",
        "It is a myth that ginger [[eases pain]].",
        "That ginger [[eases pain]] is a myth.",
    ],
)
def test_a_myth_is_debunked_wherever_the_word_stands(marked: str, finder: ContextFinder, pipeline: Pipeline) -> None:
    assert Circumstance.DEBUNKED in around(finder, pipeline, marked)


def test_a_named_substance_after_an_auxiliary_asks(finder: ContextFinder, pipeline: Pipeline) -> None:
    text = "Can turmeric ease pain"
    (tokens,) = pipeline.tokenize([text])
    named = SlotSpan(1, 2, frozenset({Concept.HERB.value, "intervention"}))
    assert Role.QUESTION not in {cue.role for cue in finder.find(0, text, tokens)}
    assert Role.QUESTION in {cue.role for cue in finder.find(0, text, tokens, Slots(tokens, [named]))}


def test_a_question_does_not_reach_the_next_sentence(finder: ContextFinder, pipeline: Pipeline) -> None:
    assert around(finder, pipeline, "Do you have pain? Ginger [[eases it]].") == set()


def test_weak_cues_are_marked(finder: ContextFinder, pipeline: Pipeline) -> None:
    text = "Ginger can ease pain and might soothe; experts say so, according to the maker."
    (tokens,) = pipeline.tokenize([text])
    weak = {cue.text: cue.weak for cue in finder.find(0, text, tokens)}
    assert weak == {"can": True, "might": False, "experts say": True, "according to": False}


@pytest.mark.parametrize(
    ("curly", "straight"),
    [
        ("It doesn’t ease pain.", "It doesn't ease pain."),
        ("You can’t help but smile.", "You can't help but smile."),
        ("It isn’t proven.", "It isn't proven."),
        ("There’s no proof that it works.", "There's no proof that it works."),
    ],
)
def test_apostrophes_are_alike(curly: str, straight: str, finder: ContextFinder, pipeline: Pipeline) -> None:
    def cues(text: str) -> list[tuple[Role, Span, Span]]:
        (tokens,) = pipeline.tokenize([text])
        return [(cue.role, cue.span, cue.scope) for cue in finder.find(0, text, tokens)]

    assert cues(curly) == cues(straight) != []
