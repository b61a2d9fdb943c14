"""Two places of a page that contradict each other."""

from __future__ import annotations

import pytest
from checking import findings, fired

from caveat.engine.linter import Linter
from caveat.packs.scope import Profile


def test_a_conflict_shows_both_places() -> None:
    page = (
        "Adults take at most **3,000** mg of acetaminophen a day.\n\n## Questions\n\n"
        "The maximum of acetaminophen is 3,600 mg a day."
    )
    (found,) = findings(page, ["same-context-conflict"])
    assert found.text == "3,600 mg"
    assert [r.text for r in found.related] == ["3,000** mg"]


def test_table_against_prose() -> None:
    page = (
        "# Acetaminophen\n\n| Product | Limit, 24 hours |\n|---|---|\n| Extra strength, 500 mg | 6 "
        "caplets (3,000 mg) |\n\n"
        "With the extra-strength product stop at 8 caplets (4,000 mg) a day."
    )
    assert {f.text for f in findings(page, ["same-context-conflict"])} == {"8 caplets", "4,000 mg"}


def test_title_against_body() -> None:
    page = "# Naltrexone 4.5 mg\n\nTake naltrexone 45 mg at night.\n\nMost people reach naltrexone 45 mg in a month."
    assert fired(page, ["same-context-conflict"]) == ["same-context-conflict"]


def test_a_title_against_the_amount_a_day_of_the_page() -> None:
    page = (
        "# Vitamin D: {} IU a day\n\nMost adults take 1,000 IU of vitamin D a day.\n\n"
        "{}Vitamin D 1,000 IU once a day is plenty.\n\nThe maximum of vitamin D is 4,000 IU a day."
    )
    (found,) = findings(page.format("2,000", ""), ["same-context-conflict"])
    assert "2,000 IU and 1,000 IU" in found.message
    assert [r.text for r in found.related] == ["1,000 IU", "1,000 IU"]
    assert fired(page.format("1,000", ""), ["same-context-conflict"]) == []
    other = "People over 70 take 2,000 IU of vitamin D a day.\n\n"
    assert fired(page.format("2,000", other), ["same-context-conflict"]) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Take 500 mg of metformin three times a day, at most 1,000 mg a day.",
            "1,500 mg a day and at most 1,000 mg a day",
        ),
        (
            "| Mineral | Dose | How often | Most in a day |\n|-|-|-|-|\n| Iron | 65 mg | once a day | 45 mg |",
            "65 mg a day and at most 45 mg a day",
        ),
        ("Children aged 8 years: 200 mg of ibuprofen three times a day, so never above 500 mg a day.", "600 mg a day"),
        ("Take 650 mg of acetaminophen every 4 hours, at most 3,250 mg a day.", None),
        ("Ibuprofen may reach 800 mg three times a day; from the shelf the limit is 1,200 mg a day.", None),
        ("Start metformin at 500 mg twice a day, at most 2,550 mg a day.", None),
        ("Some take 80 mg of zinc a day, double the upper level of 40 mg.", None),
    ],
)
def test_a_dose_above_the_maximum_beside_it(text: str, shown: str | None) -> None:
    found = findings(text, ["same-context-conflict"])
    assert len(found) == (shown is not None)
    assert shown is None or (shown in found[0].message and len(found[0].related) == 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("You can go up to 450 mg of magnesium. The tolerable upper intake level is 350 mg.", True),
        ("The maximum of magnesium is 350 mg a day.\n\nSleep is complex.\n\nYou may take up to 450 mg a day.", True),
        ("You can go up to 300 mg of magnesium. The tolerable upper intake level is 350 mg.", False),
        ("Never go up to 450 mg of magnesium. The tolerable upper intake level is 350 mg.", False),
        ("You may eat up to 450 mg of magnesium in food. The tolerable upper intake level is 350 mg.", False),
        ("Your doctor may have prescribed up to 450 mg of magnesium. The upper level is 350 mg a day.", False),
        ("Doses of up to 450 mg of magnesium are sold. The tolerable upper intake level is 350 mg.", False),
    ],
)
def test_what_the_reader_may_take_is_held_against_the_maximum_elsewhere(text: str, *, told: bool) -> None:
    assert fired(text, ["same-context-conflict"]) == ["same-context-conflict"] * told


def test_an_upper_level_of_a_table_is_held_against_the_prose() -> None:
    page = "| Nutrient | Upper level |\n|---|---|\n| Zinc | {} mg |\n\nThe upper level for zinc is 40 mg a day."
    assert fired(page.format(40), ["same-context-conflict"]) == []
    (found,) = findings(page.format(25), ["same-context-conflict"])
    assert [r.text for r in found.related] == ["25 mg"]


def test_a_seller_is_held_to_the_maximum_of_his_own_page() -> None:
    text = "Our zinc gives 80 mg a day, double the upper level of 40 mg a day."
    for profile, told in ((Profile.ARTICLE, 0), (Profile.SUPPLEMENT_MARKETING, 1)):
        linter = Linter.load(profile=profile, select=["dosing/same-context-conflict"])
        assert len(linter.check_text(text).files[0].findings) == told


@pytest.mark.parametrize(("most", "told"), [("3 g", True), ("4 g", False)])
def test_what_is_said_to_be_the_maximum_is_one(most: str, *, told: bool) -> None:
    page = f"4 g a day is the maximum of acetaminophen.\n\nDo not exceed {most} of acetaminophen in 24 hours."
    assert fired(page, ["same-context-conflict"]) == ["same-context-conflict"] * told


@pytest.mark.parametrize(
    "second",
    [
        "or 1,000 mg at a time",
        "for most people, and 500 mg is what a tablet holds",
    ],
)
def test_what_follows_a_maximum_is_none_unless_it_is_for_other_people(second: str) -> None:
    page = f"The maximum daily dose of acetaminophen is 4,000 mg, {second}.\n\nNever take more than 4,000 mg a day."
    assert fired(page, ["same-context-conflict"]) == []


SCHEDULE = "# Semaglutide\n\n| Week | Dose |\n|---|---|\n| 1–4 | 0.25 mg |\n| 5–8 | 0.5 mg |\n| 9 and on | 1 mg |\n\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("In weeks 5–8 you inject 1.5 mg once a week.", "0.5 mg in weeks 5–8 and 1.5 mg in weeks 5–8"),
        ("For the first four weeks the dose is 0.5 mg once a week.", "0.25 mg in weeks 1–4 and 0.5 mg in weeks 1–4"),
        ("Inject 0.25 mg in week 6.", "0.5 mg in weeks 5–8 and 0.25 mg in week 6"),
        ("From week 9 it is 2 mg once a week.", "1 mg from week 9 and 2 mg from week 9"),
        ("- Weeks 1–4: 0.25 mg\n- Weeks 5–8: 1 mg\n- From week 9: 1 mg", "0.5 mg in weeks 5–8 and 1 mg in weeks 5–8"),
        ("In week 1 take 0.25 mg and in week 5 take 1.5 mg.", "0.5 mg in weeks 5–8 and 1.5 mg in week 5"),
        ("Take 0.25 mg in week 1 and 1.5 mg in week 5.", "0.5 mg in weeks 5–8 and 1.5 mg in week 5"),
        ("In the first week take 0.25 mg and then 1.5 mg in week 5.", "0.5 mg in weeks 5–8 and 1.5 mg in week 5"),
        ("Take 0.25 mg in week 1 and in week 5 inject 0.5 mg.", None),
        ("Take 0.25 mg in week 1 and in week 5 0.5 mg.", None),
        ("Take 0.25 mg in week 1 and then 0.5 mg.", None),
        ("Take 0.25 mg with some water in week 1, 0.5 mg in week 5.", None),
        ("In weeks 5–8 you inject 0.5 mg once a week.", None),
        ("Take 0.25 mg in weeks 1–4 and 0.5 mg in weeks 5–8.", None),
        ("If you feel sick, stay at 0.25 mg in week 5.", None),
        ("In the trial 1 mg was given in week 5.", None),
        ("Children take 0.1 mg in week 1.", None),
        ("## Slower\n\n- Week 1: 0.1 mg\n- Week 5: 0.2 mg", None),
    ],
)
def test_a_step_of_a_schedule_is_told_alike_everywhere(text: str, shown: str | None) -> None:
    found = findings(SCHEDULE + text, ["same-context-conflict"])
    assert [shown in f.message for f in found if shown] == [True] * (shown is not None)
    assert len(found) == (shown is not None)


@pytest.mark.parametrize(
    ("corner", "shown"),
    [
        ("Day", "200 mg on day 1 and 800 mg on day 1"),
        ("Day no.", "200 mg on day 1 and 800 mg on day 1"),
        ("Times a day", None),
        ("Dose per day", None),
        ("Day of the month", None),
    ],
)
def test_numbers_of_rows_are_steps_under_a_corner_that_says_so(corner: str, shown: str | None) -> None:
    page = f"# Ibuprofen\n\n| {corner} | Dose |\n|---|---|\n| 1 | 200 mg |\n| 2 | 400 mg |\n\nOn day 1 take 800 mg."
    found = findings(page, ["same-context-conflict"])
    assert [shown in f.message for f in found if shown] == [True] * (shown is not None)
    assert len(found) == (shown is not None)


@pytest.mark.parametrize(("second", "told"), [("8–9", False), ("5–8", True)])
def test_two_rows_of_a_table_do_not_name_one_step(second: str, *, told: bool) -> None:
    page = f"| Week | Semaglutide |\n|---|---|\n| 1–4 | 0.25 mg |\n| 5–8 | 0.5 mg |\n| {second} | 1 mg |"
    assert fired(page, ["same-context-conflict"]) == ["same-context-conflict"] * told
    by_time = "| Day | When | Gabapentin |\n|---|---|---|\n| 2 | morning | 300 mg |\n| 2 | night | 600 mg |"
    assert fired(by_time, ["same-context-conflict"]) == []


PANEL = "\n\n| Serving size: 2 capsules | Amount per serving |\n|---|---|\n| Magnesium (as glycinate) | 400 mg |"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Each serving gives you 240 mg of elemental magnesium.", True),
        ("Each serving gives you 400 mg of elemental magnesium.", False),
        ("Each capsule gives you 200 mg of magnesium.", False),
        ("A serving has 240 mg of zinc.", False),
        ("Two capsules make a serving, which gives you 240 mg of magnesium.", True),
        ("Half a serving gives you 200 mg of magnesium.", False),
        ("Half of each serving gives you 200 mg of magnesium.", False),
        ("A serving and a half gives you 600 mg of magnesium.", False),
        ("A serving is two capsules, and each capsule gives you 200 mg of magnesium.", False),
        ("Each serving gives you 240 mg of magnesium." + PANEL, False),
    ],
)
def test_a_serving_holds_what_the_panel_says(text: str, *, told: bool) -> None:
    """Two panels are two products, and the text is of either."""
    assert fired(text + PANEL, ["same-context-conflict"]) == ["same-context-conflict"] * told


@pytest.mark.parametrize("row", ["less than 400 mg", "300–400 mg", "400 mg per capsule"])
def test_a_panel_that_gives_no_one_amount_is_not_held_against_the_text(row: str) -> None:
    text = "Each serving gives you 240 mg of magnesium." + PANEL.replace("400 mg", row)
    assert fired(text, ["same-context-conflict"]) == []


def test_rows_for_uses_and_products_are_cases_of_their_own() -> None:
    page = "| Use | Starting dose of sertraline |\n|---|---|\n| {} | 50 mg once a day |\n| {} | 25 mg once a day |"
    assert fired(page.format("Depression", "Panic disorder"), ["same-context-conflict"]) == []
    assert fired(page.format("PMDD, all month", "PMDD, luteal phase"), ["same-context-conflict"]) == []
    whole = page.format("Depression", "Starting dose") + "\n\nThe starting dose of sertraline is 100 mg once a day."
    (found,) = findings(whole, ["same-context-conflict"])
    assert [r.text for r in found.related] == ["25 mg"]


def test_a_conflict_says_how_often_each_dose_is_taken() -> None:
    page = (
        "The usual dose of ashwagandha is 300 mg {} a day.\n\nThe recommended dose of ashwagandha is 300 mg {} a day."
    )
    (found,) = findings(page.format("twice", "once"), ["same-context-conflict"])
    assert "300 mg twice a day and 300 mg once a day" in found.message
    assert fired(page.format("once", "once"), ["same-context-conflict"]) == []


def test_a_maximum_in_a_cell_is_for_the_people_of_its_column() -> None:
    row = "| Cetirizine | 2.5 mL (2.5 mg) once a day, up to 5 mL (5 mg) | 10 mg once a day |"
    page = f"| Drug | 2–5 years | 12 years and over |\n|---|---|---|\n{row}"
    assert fired(page, ["same-context-conflict"]) == []


TWO_STRENGTHS = (
    "# Acetaminophen\n\n## 325 mg tablets\n\nTake two tablets three times a day.\n\n"
    "## 650 mg tablets\n\nTake no more than four tablets a day."
)
TWO_SYRUPS = (
    "# Ibuprofen\n\nGive one teaspoon of ibuprofen syrup twice a day, at most two teaspoons a day.\n\n"
    "Give one teaspoon of the cough syrup three times a day, and no more than four teaspoons a day."
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "# Zinc\n\nSuck one lozenge three times a day.\n\n## Safety\n\nDo not exceed two lozenges a day.",
            "3 lozenges a day and at most 2 lozenges a day",
        ),
        ("Use three sprays twice a day. No more than four sprays in 24 hours.", "6 sprays a day and at most 4 sprays"),
        ("Insert one suppository every 8 hours. At most one suppository a day.", "1 suppository every 8 hours"),
        (
            "# Hops\n\nTake two tablets at night.\n\nNever take more than one tablet a day unless your doctor agrees.",
            "2 tablets a day and at most 1 tablet a day",
        ),
        (
            "Stir one scoop of glycine into tea twice a night. Never have more than one scoop a day.",
            "2 scoops a day and at most 1 scoop a day",
        ),
        (
            "The leaflet says to take no more than one melatonin tablet a night. Take two melatonin tablets nightly.",
            "at most 1 tablet a day and 2 tablets a day",
        ),
        (
            "# Vitamin D drops\n\nThe most you should take is 4 drops a day.\n\nTake 6 drops once a day.",
            "at most 4 drops a day and 6 drops a day",
        ),
        (
            "# Ginkgo\n\nTake 120 mg of ginkgo twice a day.\n\n## Safety\n\nDo not exceed 120 mg of ginkgo a day.",
            "240 mg a day and at most 120 mg a day",
        ),
        (
            "Use two sprays of vitamin D each morning and one spray each night, never more than two sprays a day.",
            "3 sprays a day and at most 2 sprays a day",
        ),
        ("# Zinc\n\nTake one lozenge twice a day.\n\nDo not exceed two lozenges a day.", None),
        ("Use one spray of zinc each morning or one spray each night, and no more than one spray a day.", None),
        ("# Pain\n\nTake 2 tablets every 6 hours.\n\nDo not take more than 6 tablets in 24 hours.", None),
        ("Take two capsules twice a day for the first week. After that, no more than two capsules a day.", None),
        ("Do not take two lozenges twice a day. One lozenge a day is the maximum.", None),
        ("Some people take two lozenges twice a day. One lozenge a day is the maximum.", None),
        ("Take one capsule twice a day. Children should have no more than one capsule a day.", None),
        ("- Calm: take two capsules twice a day.\n- Focus: no more than two capsules a day.", None),
        ("In week one, take at most one pill a day. Take two pills a day from week two on.", None),
        ("In the first days, take no more than one pill of zinc a day. Take one pill of zinc twice a day.", None),
        ("To start with, never exceed one pill of zinc a day. Take one pill of zinc twice a day.", None),
        ("Newcomers should have no more than one scoop a day. Stir one scoop into milk twice a day.", None),
        ("Vegans should take no more than one tablet of zinc a day. Take one tablet of zinc twice a day.", None),
        ("The limit for runners is one tablet of zinc a day. Take one tablet of zinc twice a day.", None),
        ("Take at most one tablet of zinc a day while you travel. Take one tablet of zinc twice a day.", None),
        ("The limit for adults is one tablet of zinc a day. Take one tablet of zinc twice a day.", "2 tablets a day"),
        ("For runners, no more than one tablet of zinc a day. Take one tablet of zinc twice a day.", None),
        ("## Starting\n\nTake at most one tablet of zinc a day.\n\n## Later\n\nTake two tablets of zinc a day.", None),
        ("**Dawn.** Take three capsules twice a day.\n\n**Dusk.** No more than three capsules a day.", None),
        ("Dawn: take three capsules twice a day.\n\nDusk: no more than three capsules a day.", None),
        (
            "**Directions.** Take three capsules twice a day.\n\n**Safety:** no more than three capsules a day.",
            "6 capsules a day and at most 3 capsules a day",
        ),
        ("Take one tablet of zinc twice a day. Adults should not exceed one tablet of zinc a day.", "2 tablets a day"),
        ("Take one tablet of zinc twice a day. To be safe, take no more than one tablet of zinc a day.",
         "2 tablets a day"),
        ("Take one tablet of zinc twice a day. The dose must not exceed one tablet of zinc a day.", "2 tablets a day"),
        (TWO_STRENGTHS, None),
        (TWO_SYRUPS, None),
    ],
)  # fmt: skip
def test_what_is_taken_is_held_against_the_maximum_elsewhere(text: str, shown: str | None) -> None:
    found = findings(text, ["same-context-conflict"])
    assert len(found) == (shown is not None)
    assert shown is None or shown in found[0].message


OWN = "# Melatonin\n\nThe maximum of melatonin is 5 mg a day.\n\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The label says that the maximum of melatonin is 10 mg a day.", True),
        ("According to the label, the maximum of melatonin is 10 mg a day.", True),
        ("The packet clearly states that the maximum of melatonin is 10 mg a day.", True),
        ("The leaflet gives 10 mg of melatonin as the daily maximum.", False),
        ("The label maximum of melatonin is 10 mg a day.", False),
        ("Your prescriber will say that the maximum of melatonin is 10 mg a day.", True),
        ("The packet says that the maximum of melatonin is 10 mg a day, which is too much for most.", False),
        ("The label says that the maximum of melatonin is 10 mg a day. We would stay well below it.", False),
        ("But the label says that the maximum of melatonin is 10 mg a day.", False),
        ("The label says that the maximum of melatonin is 10 mg a day.\n\nBut sleep is more than pills.", True),
        ("The label reads “no more than 10 mg of melatonin a day”.", False),
    ],
)
def test_what_a_label_says_is_the_word_of_the_page_that_hands_it_on(text: str, *, told: bool) -> None:
    assert fired(OWN + text, ["same-context-conflict"]) == ["same-context-conflict"] * told


def test_a_quoted_figure_contradicts_nothing_wherever_it_stands() -> None:
    own, label = "The maximum of zinc is 40 mg a day.", "The box reads “the maximum of zinc is 25 mg a day”."
    assert fired(f"{own}\n\n{label}", ["same-context-conflict"]) == []
    assert fired(f"{label}\n\n{own}", ["same-context-conflict"]) == []


def test_the_dose_on_a_label_is_a_usual_dose() -> None:
    page = "The recommended dose of melatonin is 1 mg once a night.\n\nThe label says to take {} of melatonin nightly."
    assert fired(page.format("5 mg"), ["same-context-conflict"]) == ["same-context-conflict"]
    assert fired(page.format("1 mg"), ["same-context-conflict"]) == []
