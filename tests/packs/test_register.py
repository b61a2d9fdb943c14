"""The register of health claims on food: what it knows, and what it tells the writer."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat import Linter
from caveat.packs.errors import PackError
from caveat.packs.library import Language, load_language
from caveat.packs.register import Listed, Listing, Register
from caveat.packs.registerfile import load_register
from caveat.packs.scope import Jurisdiction


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


def test_every_substance_is_one_of_the_lexicon(language: Language) -> None:
    known = {entry.id for entry in language.lexicon.entries}
    for listing in language.register.registers:
        assert {substance for one in (*listing.claims, *listing.outcomes) for substance in one.of} <= known
        assert set(listing.none) <= known


def test_no_substance_has_two_entries(language: Language) -> None:
    for listing in language.register.registers:
        named = [substance for listed in listing.claims for substance in listed.of]
        assert len(named) == len(set(named))
        assert not set(named) & set(listing.none)


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
    register = Register((Listing((Jurisdiction.EU,), claims=(source,)),))
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


@pytest.mark.parametrize(
    ("substance", "predicate", "outcome", "permitted"),
    [
        ("folic-acid", "prevent", "neural-tube-defect", True),
        ("folic-acid", "cure", "neural-tube-defect", False),
        ("folic-acid", "prevent", "autism", False),
        ("vitamin-d", "treat", "rickets", True),
        ("turmeric", "prevent", "osteoporosis", False),
    ],
)
def test_which_outcomes_may_be_spoken_of(
    language: Language, substance: str, predicate: str, outcome: str, permitted: bool
) -> None:
    assert language.register.authorises(substance, predicate, outcome) is permitted


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("jurisdictions: [uss]", 'did you mean "us"'),
        ("outcomes: [{of: [zink], outcomes: [cold], predicates: [prevent], source: law}]", 'did you mean "zinc"'),
        ("outcomes: [{of: [zinc], outcomes: [gold], predicates: [prevent], source: law}]", 'did you mean "cold"'),
        ("outcomes: [{of: [zinc], outcomes: [cold], predicates: [prevnt], source: law}]", 'did you mean "prevent"'),
        ("outcomes: [{of: [zinc], outcomes: [cold], predicates: [prevent], source: lore}]", 'unknown source "lore"'),
    ],
)
def test_misspelt_names_get_the_nearest(tmp_path: Path, wrong: str, told: str) -> None:
    file = tmp_path / "register.yaml"
    rest = "" if wrong.startswith("jurisdictions") else "jurisdictions: [us]\n    "
    law = 'sources: {law: {title: A law, checked: "2026-11-28"}}'
    file.write_text(f"registers:\n  - {rest}{wrong}\n    {law}\n", encoding="utf-8")
    with pytest.raises(PackError, match=told):
        load_register(file, ids={"zinc", "cold"}, predicates={"prevent"})
