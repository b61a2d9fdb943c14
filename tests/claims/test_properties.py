"""What holds of the claims of any text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caveat.analysis.facts import Polarity
from caveat.engine.linter import Linter
from caveat.packs.model import Circumstance

_WORDS = [
    "turmeric", "garlic", "it", "our", "formula", "relieves", "reduces", "cures", "may", "can", "help", "to",
    "lower", "not", "reduction", "in", "of", "pain", "arthritis", "cholesterol", "and", ",", "or", "effective",
    "for", "is", "are", "which", "leads", "analgesic", "pain-relieving", "blood-sugar-lowering", "say", "goodbye",
    "keeps", "at", "bay", "by", "better", "sleep", "than", "associated", "with", "risk", "factor", "because",
    "such", "as", "the", "benefits", "(", ")", ".", "?", "—", "“", "”", "’", "5", "should", "further", "studies",
    "needed",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40).map(" ".join)
_SUBJECTS = st.sampled_from(["Turmeric", "Garlic", "Our ginger tea", "Magnesium"])
_VERBS = st.sampled_from(["cure", "relieve", "prevent", "reduce", "treat", "improve"])
_TARGETS = st.sampled_from(["arthritis", "insomnia", "migraine", "back pain", "eczema"])
_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_SETTINGS
@given(text=_TEXTS)
def test_claims_lie_in_their_block_and_hold_their_parts(linter: Linter, text: str) -> None:
    analysis = linter.facts(text)
    for claim in analysis.claims:
        block = analysis.document.blocks[claim.block].text
        assert claim.span.of(block) == claim.text
        assert claim.span.end <= len(block)
        assert claim.span.contains(claim.predicate_span)
        assert all(claim.span.contains(target.span) for target in claim.targets)
        assert analysis.sentences[claim.sentence].span.contains(claim.span)


@_SETTINGS
@given(text=_TEXTS)
def test_no_words_make_two_claims(linter: Linter, text: str) -> None:
    claims = linter.facts(text).claims
    for number, claim in enumerate(claims):
        others = [c for c in claims[number + 1 :] if c.block == claim.block]
        assert not any(claim.predicate_span.overlaps(other.predicate_span) for other in others)


@_SETTINGS
@given(subject=_SUBJECTS, verb=_VERBS, target=_TARGETS)
def test_not_denies_and_leaves_the_rest(linter: Linter, subject: str, verb: str, target: str) -> None:
    said = linter.facts(f"{subject} will {verb} {target}.").claims[0]
    denied = linter.facts(f"{subject} will not {verb} {target}.").claims[0]
    assert (said.polarity, denied.polarity) == (Polarity.AFFIRMED, Polarity.NEGATED)
    assert (said.predicate, [t.id for t in said.targets]) == (denied.predicate, [t.id for t in denied.targets])


@_SETTINGS
@given(subject=_SUBJECTS, verb=_VERBS, target=_TARGETS)
def test_a_question_mark_asks(linter: Linter, subject: str, verb: str, target: str) -> None:
    said = linter.facts(f"{subject} can {verb} {target}.").claims[0]
    asked = linter.facts(f"Can {subject} {verb} {target}?").claims[0]
    assert Circumstance.QUESTION not in said.circumstances
    assert Circumstance.QUESTION in asked.circumstances
    assert said.predicate == asked.predicate


@_SETTINGS
@given(subject=_SUBJECTS, verb=_VERBS, target=_TARGETS)
def test_may_weakens(linter: Linter, subject: str, verb: str, target: str) -> None:
    said = linter.facts(f"{subject} will {verb} {target}.").claims[0]
    hedged = linter.facts(f"{subject} may {verb} {target}.").claims[0]
    assert (said.strength.value, hedged.strength.value) == ("causal", "conditional")


@pytest.mark.parametrize(
    "phrase", ["garlic reduces and cures or relieves ", "turmeric may reduce pain , ", "analgesic , "]
)
def test_time_grows_with_length_and_not_its_square(linter: Linter, linear: Callable[..., bool], phrase: str) -> None:
    linter.facts(phrase * 20)
    assert linear(lambda n: lambda: linter.facts(phrase * n), 200)


def test_a_long_table_costs_what_its_rows_do(linter: Linter, linear: Callable[..., bool]) -> None:
    head = "| Herb | Helps with |\n|---|---|\n"
    row = "| Valerian | sleep |\n"
    assert linear(lambda n: lambda: linter.facts(head + row * n), 200)
