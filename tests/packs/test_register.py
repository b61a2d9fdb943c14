"""The register of health claims on food: what it knows, and what it tells the writer."""

from __future__ import annotations

import pytest

from caveat import Linter
from caveat.packs.library import Language, load_language
from caveat.packs.register import Listed, Register


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


def test_every_substance_is_one_of_the_lexicon(language: Language) -> None:
    known = {entry.id for entry in language.lexicon.entries}
    named = {substance for listed in language.register.claims for substance in listed.of} | set(language.register.none)
    assert named <= known


def test_no_substance_has_two_entries(language: Language) -> None:
    named = [substance for listed in language.register.claims for substance in listed.of]
    assert len(named) == len(set(named))
    assert not set(named) & set(language.register.none)


@pytest.mark.parametrize(
    ("substance", "target", "listed"),
    [
        ("magnesium", "a reduction of fatigue", True),
        ("magnesium", "energy-yielding metabolism", True),
        ("magnesium", "normal vision", False),
        ("vitamin-d", "calcium levels", True),
        ("walnut", "the elasticity of a blood vessel", True),
        ("glucomannan", "a loss of weight", True),
        ("collagen", "normal skin", False),
        ("turmeric", "normal joints", False),
    ],
)
def test_which_functions_are_listed(language: Language, substance: str, target: str, listed: bool) -> None:
    assert language.register.lists(substance, target) is listed


def test_only_the_s_of_a_plural_is_passed_over() -> None:
    source = Listed(of=("oat",), functions=("hair loss", "synthesis", "toe"))
    register = Register(condition="", claims=(source,))
    assert register.lists("oat", "hair loss")
    assert not register.lists("oat", "hair lo")
    assert not register.lists("oat", "synthesi")
    assert register.lists("oat", "the toes")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Vitamin D and calcium improve digestion.", True),
        ("Calcium with vitamin D improves digestion.", True),
        ("Our tablets with calcium and vitamin D improve digestion.", True),  # calcium is no target here
        ("Our vitamin D drops improve calcium levels.", False),
        ("Zinc nourishes healthy skin and improves digestion.", True),  # each claim is asked for itself
        ("Magnesium contributes to normal energy-yielding metabolism.", False),
    ],
)
def test_what_the_claim_is_on_is_compared_not_what_else_the_sentence_names(sentence: str, told: bool) -> None:
    linter = Linter.load(cache=False, jurisdictions=["eu"], profile="supplement-marketing", select=["eu/"])
    found = {f.rule for f in linter.check_text(sentence).files[0].findings}
    assert bool(found & {"eu/unlisted-function", "eu/unlisted-claim"}) is told


def test_what_the_writer_is_told(language: Language) -> None:
    register = language.register
    assert "muscle" in register.advice("magnesium", "Magnesium")
    assert "15 %" in register.advice("magnesium", "Magnesium")
    assert "3 g a day" in register.advice("creatine", "Creatine")
    assert register.advice("collagen", "Collagen") == "No claim is listed for Collagen."
    assert register.advice("turmeric", "Turmeric") == ""


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Zinc contributes to normal fertility.", set()),
        ("Zinc contributes to normal digestion.", {"eu/unlisted-function"}),
        ("Our zinc lozenges improve digestion.", {"eu/unlisted-claim"}),
        ("Our zinc lozenges strengthen nails.", {"eu/unauthorised-function-claim"}),
        ("Our zinc lozenges cure colds.", {"eu/disease-claim-food"}),
        ("Zinc does not contribute to normal digestion.", set()),
        ("Our turmeric supports the joints.", {"eu/unauthorised-function-claim"}),
    ],
)
@pytest.mark.parametrize("place", ["eu", "uk"])
def test_a_function_claim_needs_a_listed_one(place: str, sentence: str, rules: set[str]) -> None:
    linter = Linter.load(cache=False, jurisdictions=[place], profile="supplement-marketing", select=["eu/"])
    found = linter.check_text(f"# Shop\n\n{sentence}\n").files[0].findings
    asked = {"eu/unlisted-function", "eu/unlisted-claim", "eu/unauthorised-function-claim", "eu/disease-claim-food"}
    assert {f.rule for f in found} & asked == rules


def test_the_way_out_names_what_is_listed() -> None:
    linter = Linter.load(cache=False, jurisdictions=["eu"], profile="supplement-marketing", select=["eu/"])
    found = linter.check_text("Our zinc lozenges improve digestion.").files[0].findings
    (told,) = (f.suggestion for f in found if f.rule == "eu/unlisted-claim")
    assert "zinc lozenges the register has" in told
    assert "fertility" in told
