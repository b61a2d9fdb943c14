"""Doing without a thing: what the practice is called in claims, so that rules can ask for it."""

from __future__ import annotations

import pytest

from caveat import Linter
from caveat.analysis.absence import DIET, DOING_WITHOUT
from caveat.packs.library import load_language
from caveat.packs.model import Concept


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.load()


def test_the_lexicon_lists_what_the_code_calls_the_practice() -> None:
    (entry,) = (one for one in load_language().lexicon.entries if one.id == DOING_WITHOUT)
    assert (entry.concept, entry.group) == (Concept.THERAPY, DIET)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Avoiding sugar cures cancer.", True),
        ("Giving up refined sugar cures asthma.", True),
        ("Cutting out dairy cures autism.", True),
        ("Gluten and coffee elimination reverses multiple sclerosis.", True),
        ("Turmeric and gluten elimination cure diabetes.", True),
        ("Garlic and giving up sugar cure cancer.", True),
        ("Staying off alcohol reverses fatty liver.", False),
        ("Avoiding nickel cures dermatitis.", False),
        ("Salt reduction lowers blood pressure.", False),
        ("Avoiding gluten relieves celiac disease.", False),
        ("Quitting caffeine relieves headaches.", False),
    ],
)
def test_no_going_without_food_is_a_cure(linter: Linter, sentence: str, found: bool) -> None:
    rules = [f.rule for _, _, f in linter.check_text(f"# Notes\n\n{sentence}\n", path="a.md").findings()]
    assert ("efficacy/cure-absolute" in rules) is found
