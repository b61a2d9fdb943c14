"""The dosing pack as a whole: look-alikes, its rules, populations and the dose table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from checking import fired, reported, rules
from reading import ROOT

from caveat.engine.linter import Linter

LOOKALIKES = (ROOT / "tests" / "doses" / "lookalikes.md").read_text(encoding="utf-8")


def test_the_page_of_look_alikes_has_no_inconsistency() -> None:
    paragraphs = [p for p in LOOKALIKES.split("\n\n") if not p.startswith("#")]
    assert len(paragraphs) >= 80
    assert [f"{f.rule}: {f.text} ({f.message})" for f in reported(LOOKALIKES)] == []


def test_adults_and_children_over_an_age_need_no_weight() -> None:
    text = "For pain, adults and children over 12 take 200 mg of ibuprofen every 4 to 6 hours."
    assert fired(text, ["pediatric-weight"]) == []


def test_the_pack_has_its_rules_and_each_its_examples() -> None:
    assert len(rules()) == 24
    assert all(len(r.examples.bad) >= 4 and len(r.examples.good) >= 4 for r in rules())


def test_a_mother_is_no_child() -> None:
    text = "Women who have had a baby are prescribed 4 mg of folic acid daily."
    assert fired(text, ["pediatric-weight"]) == []


def test_the_dose_table_names_substances_as_the_article_does() -> None:
    text = "# Vitamin D\n\nTake vitamin D3 1,000 IU a day.\n\nIron 65 mg and Tylenol 500 mg are others."
    rows = Linter.load().check_text(text).files[0].doses
    assert [(r.name, r.text) for r in rows] == [("vitamin D3", "1,000 IU"), ("iron", "65 mg"), ("Tylenol", "500 mg")]


def test_a_dose_that_only_lacks_something_is_in_question_and_one_that_is_only_written_badly_is_not() -> None:
    text = "Give your child 5 mL of ibuprofen.\n\nTake 5mg of zinc a day."
    report = Linter.load().check_text(text).files[0]
    assert {f.rule for f in report.findings} >= {"dosing/pediatric-weight", "dosing/no-space"}
    assert [(row.questioned, bool(row.note)) for row in report.doses] == [(True, True), (False, False)]


@pytest.mark.parametrize(
    "line",
    [
        "But the packet says that the maximum of melatonin is {} mg a day. ",
        "The maximum of melatonin is {} mg a day. You can go up to {} mg of melatonin.\n\n",
    ],
)
def test_what_a_page_says_of_one_thing_is_compared_in_linear_time(line: str, linear: Callable[..., bool]) -> None:
    linter = Linter.load(select=["dosing/same-context-conflict"])
    assert linear(lambda n: partial(linter.check_text, "".join(line.replace("{}", str(i)) for i in range(n))), 30)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Take 75 of sertraline each morning.", True),
        ("Take vitamin C 1000 daily.", True),
        ("Use 400 magnesium at night.", True),
        ("Use 100 zinc tablets.", False),
        ("Take 15 magnesium tablets.", False),
        ("Give 250 people magnesium.", False),
        ("Take 2 of the tablets of zinc.", False),
        ("Take vitamin B12 every day.", False),
        ("Take 75 mg of sertraline each morning.", False),
        ("Take 400 magnesium.", True),
        ("Start 50 sertraline for low mood.", True),
        ("Take 75 of sertraline, then rest.", True),
        ("Use 12 garlic cloves for the soup.", False),
        ("Use 20 garlic recipes to start.", False),
        ("Take 30 vitamin D blood samples to the lab.", False),
        ("Start 12 probiotic yoghurts.", False),
        ("Use 2024 magnesium guidelines.", False),
        ("Take 10 of aspirin's critics.", False),
        ("Use 100 aspirin boxes.", False),
    ],
)
def test_a_number_to_take_has_a_unit(text: str, *, told: bool) -> None:
    assert fired(text, ["unit-missing"]) == ["unit-missing"] * told


@pytest.mark.parametrize("number", ["①②", "²", "9" * 5000])
@pytest.mark.parametrize(
    "line",
    [
        "Take {} of levothyroxine each morning.",
        "Over {} the most is 5 mg of zinc a day. The maximum of zinc is 40 mg a day.",
        "Take 5 mg of zinc q{}h, or 5 mg of zinc q4-{} h.",
    ],
)
def test_what_is_no_number_of_an_amount_is_passed_over(line: str, number: str) -> None:
    assert fired(line.replace("{}", number), ["unit-missing", "exceeds-limit"]) == []
    fired(line.replace("{}", number))  # no rule fails on it
