"""Of what a dose is, and who takes it, as far as the text says."""

from __future__ import annotations

import pytest
from reading import doses

from caveat.analysis.facts import DoseRole, People


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("Acetaminophen and ibuprofen 400 mg.", "ibuprofen"),
        ("Take 400 mg of ibuprofen with acetaminophen.", "ibuprofen"),
        ("For people on lithium, 400 mg of ibuprofen a day is too much.", "ibuprofen"),
        ("# Metformin\n\nThe usual dose is 500 mg twice a day.", "metformin"),
        ("# Doses\n\n## Sertraline\n\n- 50 mg once daily\n", "sertraline"),
    ],
)
def test_attribution(text: str, substance: str) -> None:
    assert doses(text)[0].substance == substance


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Adults over 65 take 10 mg of loperamide.", "older-adult >65 years"),
        ("People 65 and older take 10 mg of loperamide.", "older-adult >65 years"),
        ("Older adults take 10 mg of loperamide.", "older-adult"),
        ("Adults aged 18 to 64 take 10 mg of loperamide.", "adult 18-64 years"),
        ("Women who have had a baby take 4 mg of folic acid.", "women"),
        ("Babies get 80 mg of acetaminophen.", "infant"),
        ("In liver disease take 2 g of acetaminophen.", "hepatic"),
        ("Acetaminophen can harm the liver, so take 1 g at most.", ""),
        ("Adults over 70 kg take 10 mg of loperamide.", "adult"),
    ],
)
def test_who_takes_it(text: str, people: str) -> None:
    assert doses(text)[0].population == people


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Take 15 mg of zinc a day, at night two 250 mg tablets of vitamin C.", ["zinc", "vitamin-c"]),
        ("Zinc helps; 500 mg a day of vitamin C is another thing.", ["vitamin-c"]),
        ("With iron, take 200 mg extended-release capsules of magnesium.", ["magnesium"]),
        ("After zinc, 100 mg in food rich in vitamin C follows.", ["zinc"]),
        ("Timolol eye drops: one drop twice a day.", ["timolol"]),
    ],
)
def test_an_amount_belongs_to_the_substance_of_its_own_phrase(text: str, found: list[str]) -> None:
    assert [d.substance for d in doses(text)] == found


def test_those_of_a_list_are_told_apart_by_who_takes_them() -> None:
    adults, young = doses(
        "The daily maximum of aspirin is 4,000 mg for adults, 1,500 mg for those aged 12 to 15 years."
    )
    assert (adults.population, young.population) == ("adult", "child 12-15 years")
    assert (young.role, young.period) == (DoseRole.MAXIMUM, "day")


def test_the_subject_of_the_sentence_before_is_what_a_dose_is_of() -> None:
    page = "# Vitamin E\n\nVitamin E is one. Curcumin has been studied too. Adults took 250 mg three times a day."
    assert [d.substance for d in doses(page)] == ["turmeric"]


def test_a_child_that_is_planned_takes_nothing() -> None:
    (dose,) = doses("Women who plan a child take 400 mcg of folic acid a day.")
    assert dose.population == "women"


def test_whom_an_amount_is_for_stands_behind_it() -> None:
    adults, teenagers = doses("The maximum of acetaminophen is 4,000 mg for adults, and 1,500 mg for teenagers.")
    assert (adults.people, teenagers.people) == (People.ADULT, People.ADOLESCENT)
    assert (adults.role, teenagers.role) == (DoseRole.MAXIMUM, DoseRole.MAXIMUM)


@pytest.mark.parametrize(
    ("text", "people", "ages"),
    [
        ("Zinc 10 mg for men and women.", People.ADULT, ""),
        ("Pregnant women may have 200 mg of caffeine.", People.PREGNANCY, ""),
        ("Vitamin E 800 mg in people over the age of 60.", People.OLDER_ADULT, ">60 years"),
        ("Vitamin E 20 IU in men over age 55.", People.MEN, ">55 years"),
        ("| Age | Single dose |\n|---|---|\n| 2–3 years | 5 mL |", People.CHILD, "2-3 years"),
    ],
)
def test_people_named_together_or_by_the_row(text: str, people: People, ages: str) -> None:
    (dose,) = doses(text)
    assert (dose.people, dose.ages) == (people, ages)


def test_the_subject_of_two_sentences_back_goes_before_the_topic() -> None:
    text = "# Zinc\n\nZinc has many partners. Quercetin is one of them. It is cheap. Take 500 mg a day."
    (dose,) = doses(text)
    assert dose.substance == "quercetin"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Hydroxyzine 25 mg at bedtime; elderly 12.5 mg.", ["", "older-adult"]),
        ("Epinephrine 0.3 mg once, 0.15 mg for small children.", ["", "child"]),
        ("Elderberry 1 tbsp (15 ml) daily for adults.", ["adult", "adult"]),
        ("Iodide: 65 mg for children 3–18 years, 32 mg for toddlers.", ["child 3-18 years", "toddler"]),
        ("For older adults, start at 12.5 mg of sertraline.", ["older-adult"]),
    ],
)
def test_people_belong_to_their_own_amount(text: str, people: list[str]) -> None:
    assert [d.population for d in doses(text)] == people
