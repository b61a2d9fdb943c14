"""The ways a listed name is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.packs.forms import plural, surface_forms


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("headache", "headaches"),
        ("allergy", "allergies"),
        ("kidney", "kidneys"),
        ("abscess", "abscesses"),
        ("rash", "rashes"),
        ("thrombosis", "thromboses"),
        ("arthritis", "arthritides"),
        ("virus", "viruses"),
        ("fungus", "fungi"),
        ("pregnant woman", "pregnant women"),
        ("cancer of the lung", "cancers of the lung"),
        ("Parkinson's disease", "Parkinson's diseases"),
        ("diabetes", "diabetes"),
        ("vitamin B12", "vitamin B12"),
        ("Crohn's", "Crohn's"),
    ],
)
def test_the_head_noun_takes_the_regular_plural(name: str, expected: str) -> None:
    assert plural(name) == expected


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("anemia", "anaemia"),
        ("oedema", "edema"),
        ("edema", "oedema"),
        ("diarrhea", "diarrhoea"),
        ("tumour", "tumors"),
        ("dietary fibre", "dietary fiber"),
        ("immunization", "immunisation"),
        ("estrogen", "oestrogen"),
        ("hemorrhoid", "haemorrhoids"),
        ("anti-inflammatory", "antiinflammatory"),
        ("omega-3", "omega 3"),
        ("omega-3", "omega3"),
        ("high blood pressure", "high-blood-pressure"),
        ("Crohn's disease", "Crohns disease"),
        ("Crohn's disease", "Crohn disease"),
    ],
)
def test_other_spellings_are_found(name: str, form: str) -> None:
    assert form in surface_forms(name)


@pytest.mark.parametrize(
    "name", ["chemotherapy", "colorectal cancer", "laboratory", "imaging", "paralysis", "exercise"]
)
def test_words_that_only_look_american_keep_their_spelling(name: str) -> None:
    assert set(surface_forms(name)) <= {name, plural(name), name.replace(" ", "-"), plural(name).replace(" ", "-")}


@given(st.text(alphabet="abcdeinorsuyz -'3", min_size=1, max_size=30))
def test_the_listed_name_comes_first_and_nothing_repeats(name: str) -> None:
    forms = surface_forms(name)
    assert forms[0] == name
    assert len(set(forms)) == len(forms) <= 60
