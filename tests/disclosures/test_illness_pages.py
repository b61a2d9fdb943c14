"""A page about an illness and no medicine: what the illness does is neither side effect nor caution of anything."""

from __future__ import annotations

import pytest

from caveat.engine.linter import Linter

from .conftest import Find

_PAGE = "# Living with gout\n\nGout is a kind of arthritis. In gout a joint swells. Gout may run in families.\n\n"


def _kinds(find: Find, text: str) -> set[str]:
    return {d.kind.value for d in find(f"{_PAGE}{text}\n").disclosures}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("side-effects", "An attack can cause fever and headache."),
        ("side-effects", "It may also lead to kidney stones and fatigue."),
        ("contraindications", "People with kidney disease are at risk, and stones must not be left alone."),
        ("age-limit", "It must not be dismissed in people over 60 years of age."),
        ("pregnancy", "During pregnancy the disease should not be ruled out too early."),
        ("interactions", "Alcohol should be watched, since it raises uric acid."),
    ],
)
def test_what_an_illness_does_is_told_of_no_medicine(find: Find, kind: str, text: str) -> None:
    assert kind not in _kinds(find, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("side-effects", "Colchicine can cause diarrhea."),
        ("side-effects", "Some tablets lower uric acid. They may cause a rash."),
        ("side-effects", "## Side effects\n\n- nausea\n- headache"),
        ("contraindications", "Allopurinol must not be taken by people with liver failure."),
        ("contraindications", "Do not take this medicine if you have:\n\n- kidney disease\n- asthma"),
        ("pregnancy", "The injection should be avoided during pregnancy."),
    ],
)
def test_what_a_medicine_does_is(find: Find, kind: str, text: str) -> None:
    assert kind in _kinds(find, text)


@pytest.mark.parametrize("title", ["Gout: symptoms and treatment", "Treating gout"])
def test_a_title_that_names_treatment_makes_the_illness_none(find: Find, title: str) -> None:
    page = _PAGE.replace("Living with gout", title)
    found = find(f"{page}An attack can cause fever and headache.\n").disclosures
    assert "side-effects" not in {d.kind.value for d in found}


def test_the_checklist_has_no_tick_for_what_such_a_page_does_not_owe(linter: Linter) -> None:
    page = f"{_PAGE}Colchicine can cause diarrhea. See your doctor if a joint turns hot and red.\n"
    ticks = {item.kind for item in linter.check_text(page, path="gout.md").files[0].checklist if item.present}
    assert "consult-professional" in ticks
    assert "side-effects" not in ticks


@pytest.mark.parametrize(
    "text",
    [
        "The sample is tested in the doctor's office.",
        "Providers usually order a scan.",
        "A nurse may draw blood.",
        "Many are embarrassed to ask a doctor.",
    ],
)
def test_what_doctors_do_is_no_advice_to_ask_one(find: Find, text: str) -> None:
    assert "consult-professional" not in _kinds(find, text)


def test_what_declines_is_refused_to_nobody(find: Find) -> None:
    assert "contraindications" not in _kinds(find, "With age comes declining liver function in people on any medicine.")
