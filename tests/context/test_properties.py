"""What holds for every text."""

from __future__ import annotations

import pickle
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from caveat.analysis.context import ContextFinder
from caveat.analysis.facts import Cue, Role
from caveat.analysis.pipeline import Pipeline

_VOCABULARY = """
no not never without may might is are was does and or but nor , ; : ( ) . ? “ ” ‘ ’ ' " — if unlike which that
it she they ginger tea pain gout fever cures eases helps cure ease ruled out seen evidence shown been to has of
for myth side effects studied only doubt fails according says Osei more research needed none 1 unlikely
"""
texts = st.lists(st.sampled_from(_VOCABULARY.split()), max_size=40).map(" ".join)
NAMES = ("ginger", "tea", "pain", "gout", "fever", "cough", "rash")


def cues_of(finder: ContextFinder, pipeline: Pipeline, text: str) -> tuple[Cue, ...]:
    (tokens,) = pipeline.tokenize([text])
    return finder.find(7, text, tokens)


@given(text=st.one_of(texts, st.text(max_size=80)))
def test_cues_lie_in_their_scope_and_scopes_in_the_block(text: str, finder: ContextFinder, pipeline: Pipeline) -> None:
    for cue in cues_of(finder, pipeline, text):
        assert cue.block == 7
        assert 0 <= cue.scope.start <= cue.span.start < cue.span.end <= cue.scope.end <= len(text)
        assert cue.text == cue.span.of(text)


@given(text=texts)
def test_cues_come_in_order_and_one_role_never_overlaps_itself(
    text: str, finder: ContextFinder, pipeline: Pipeline
) -> None:
    cues = cues_of(finder, pipeline, text)
    assert [c.span for c in cues] == sorted(c.span for c in cues)
    for role in Role:
        if role is not Role.QUOTATION:
            spans = [c.span for c in cues if c.role is role]
            assert not any(a.overlaps(b) for a, b in pairwise(spans))


@given(text=texts)
def test_scopes_stay_in_their_sentence(text: str, finder: ContextFinder, pipeline: Pipeline) -> None:
    (tokens,) = pipeline.tokenize([text])
    sentences = [tokens.span(a, b) for a, b in tokens.sentences]
    for cue in finder.find(0, text, tokens):
        if cue.role is not Role.QUOTATION:
            assert any(sentence.contains(cue.scope) for sentence in sentences)


@given(
    before=st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), after=st.lists(st.sampled_from(NAMES), max_size=4)
)
def test_a_terminator_never_lengthens_a_scope(
    before: list[str], after: list[str], finder: ContextFinder, pipeline: Pipeline
) -> None:
    def reach(between: str) -> int:
        text = f"no {' and '.join(before)}{between}{' or '.join(after)}"
        return next(c.scope.end for c in cues_of(finder, pipeline, text) if c.role is Role.NEGATION)

    whole = reach(" and ")
    for terminator in (" but ", "; ", " however ", " although ", " which "):
        assert reach(terminator) <= whole
        assert reach(terminator) == len(f"no {' and '.join(before)}")


@given(text=texts)
def test_a_sentence_means_the_same_after_another(text: str, finder: ContextFinder, pipeline: Pipeline) -> None:
    lead = "Tea is hot. "
    alone = [(c.text, c.role) for c in cues_of(finder, pipeline, text) if c.role is Role.BOOSTER]
    after = [(c.text, c.role) for c in cues_of(finder, pipeline, lead + text) if c.role is Role.BOOSTER]
    assert alone == after


def test_a_finder_survives_pickling(finder: ContextFinder, pipeline: Pipeline) -> None:
    again = pickle.loads(pickle.dumps(finder))
    text = "It does not cure gout, but it may ease pain; there is no doubt that it tastes good."
    (tokens,) = pipeline.tokenize([text])
    assert again.find(0, text, tokens) == finder.find(0, text, tokens) != ()
