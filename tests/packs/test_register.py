"""The register of health claims on food: what it knows, and what it tells the writer."""

from __future__ import annotations

import pytest

from caveat import Linter
from caveat.packs.library import Language, load_language


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
    ("substance", "sentence", "listed"),
    [
        ("magnesium", "Magnesium contributes to a reduction of fatigue.", True),
        ("magnesium", "Magnesium contributes to energy-yielding metabolism.", True),
        ("magnesium", "Magnesium contributes to normal vision.", False),
        ("collagen", "Collagen contributes to normal skin.", False),
        ("turmeric", "Turmeric contributes to normal joints.", False),
    ],
)
def test_which_functions_are_listed(language: Language, substance: str, sentence: str, listed: bool) -> None:
    assert language.register.lists(substance, sentence) is listed


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
