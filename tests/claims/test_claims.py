"""What claims a sentence makes, and which it only seems to make."""

from __future__ import annotations

import pytest

from caveat.analysis.facts import Analysis, Claim, Strength
from caveat.engine.linter import Linter

from .marked import Row, lines, rows

ROWS = rows()


def claim_at(analysis: Analysis, row: Row) -> Claim:
    """The claim whose predicate stands where the row marks it."""
    found = [c for c in analysis.claims if c.predicate_span == row.marked.predicate]
    seen = [(c.predicate, c.predicate_span.of(analysis.document.blocks[c.block].text)) for c in analysis.claims]
    assert found, f"no claim there; found {seen}"
    return found[0]


def test_the_table_is_long_and_varied() -> None:
    assert len(ROWS) + len(list(lines("quiet.txt"))) >= 100
    assert {row.strength for row in ROWS} == {"causal", "conditional", "correlational"}
    assert {row.polarity for row in ROWS} == {"affirmed", "negated"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.marked.text)
def test_claim(linter: Linter, row: Row) -> None:
    claim = claim_at(linter.facts(row.marked.text), row)
    assert (claim.predicate, claim.strength, claim.polarity, claim.direction, claim.form) == (
        row.predicate,
        row.strength,
        row.polarity,
        row.direction,
        row.form,
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.marked.text)
def test_targets(linter: Linter, row: Row) -> None:
    claim = claim_at(linter.facts(row.marked.text), row)
    words = [row.marked.text[span.start : span.end] for span in row.marked.targets]
    assert [target.text for target in claim.targets] == words


@pytest.mark.parametrize("row", [r for r in ROWS if r.marked.subject], ids=lambda row: row.marked.text)
def test_subject(linter: Linter, row: Row) -> None:
    claim = claim_at(linter.facts(row.marked.text), row)
    span = row.marked.subject
    assert span is not None
    assert claim.subject is not None
    marked, found = row.marked.text[span.start : span.end].lower(), claim.subject.text.lower()
    assert found in marked or marked in found


@pytest.mark.parametrize("sentence", list(lines("quiet.txt")))
def test_tempting_words_claim_nothing(linter: Linter, sentence: str) -> None:
    asserted = [c for c in linter.facts(sentence).claims if c.strength is not Strength.CORRELATIONAL]
    assert [(c.predicate, c.text) for c in asserted] == []


_KAVA = "# Kava\n\nKava is a shrub. Its root is ground.\n\n{}"


@pytest.mark.parametrize(
    "sentence",
    [
        "A walk at noon, which relieves stress, costs nothing.",
        "Remember that darkness and quiet relieve insomnia.",
        "Try to sleep more, see friends, and relieve stress.",
    ],
)
def test_a_claim_about_another_thing_is_not_about_the_topic(linter: Linter, sentence: str) -> None:
    claims = linter.facts(_KAVA.format(sentence)).claims
    assert claims
    assert [claim.subject for claim in claims] == [None] * len(claims)


@pytest.mark.parametrize(
    "sentence",
    [
        "The root, which relieves stress, is dug up in spring.",
        "It is a plant that, once dried, relieves stress.",
        "We know that the root relieves stress.",
        "Order it now and relieve stress.",
    ],
)
def test_a_claim_about_a_part_of_the_topic_is_about_the_topic(linter: Linter, sentence: str) -> None:
    claims = linter.facts(_KAVA.format(sentence)).claims
    assert [claim.subject.id for claim in claims if claim.subject] == ["kava"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Prednisone raises blood pressure.", "harm"),
        ("Prednisone lowers blood pressure.", "benefit"),
        ("Niacin may raise uric acid.", "harm"),
        ("Walking raises HDL cholesterol.", "benefit"),
        ("Propranolol lowers HDL cholesterol.", "harm"),
        ("Vitamin E increases mortality.", "harm"),
        ("Iron raises ferritin.", "benefit"),
        ("Garlic prevents a rise in blood pressure.", "benefit"),
        ("Willow bark offers pain relief.", "benefit"),
        ("Alcohol reduces pain relief.", "harm"),
    ],
)
def test_more_or_less_of_a_thing_is_good_or_bad_as_the_lexicon_says(linter: Linter, text: str, direction: str) -> None:
    (claim,) = linter.facts(text, path="page.md").claims
    assert claim.direction.value == direction


@pytest.mark.parametrize(
    ("sentence", "predicates"),
    [
        ("The injection triggers a controlled inflammatory response.", ["cause"]),
        ("Honey helps repair damaged skin.", ["treat"]),
        ("Turmeric can cause increased bleeding.", ["increase"]),
        ("Ginger brings improved digestion.", ["improve"]),
    ],
)
def test_a_participle_before_a_noun_claims_nothing_of_its_own(
    linter: Linter, sentence: str, predicates: list[str]
) -> None:
    assert [claim.predicate for claim in linter.facts(sentence).claims] == predicates
