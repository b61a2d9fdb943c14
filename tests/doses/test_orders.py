"""Plain orders that contradict each other, and schedules that climb above the page's own maximum."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from checking import findings, fired

CONFLICT = ["same-context-conflict"]
SENNA = "Senna comes as 7.5 mg tablets and 15 mg tablets.\n\n"
MAGNESIUM = "# Magnesium\n\nMagnesium is found in nuts and seeds.\n\nTake 200 mg of magnesium twice a day.\n\n{}"


@pytest.mark.parametrize(
    "other",
    [
        "Take 400 mg of magnesium twice a day.",
        "## How to take it\n\nAdults should take 400 mg of magnesium twice a day with food.",
        "## Summary\n\nMost people sleep well. Take 200 mg of magnesium three times a day because the body loses it.",
        "## Questions\n\nYou should take 100 mg of magnesium a day.",
        "**How much do I take?** Stir 300 mg of magnesium into water and drink it once a day.",
        "The packet says to take 50 mg of magnesium twice a day.",
    ],
)
def test_two_plain_orders_contradict_each_other(other: str) -> None:
    (found,) = findings(MAGNESIUM.format(other), CONFLICT)
    assert [r.text for r in found.related] == ["200 mg"]
    assert "two doses for magnesium: 200 mg twice a day and" in found.message


@pytest.mark.parametrize(
    "other",
    [
        "Take 200 to 400 mg of magnesium a day.",
        "Take 400 mg of magnesium once a day.",
        "Take 400 mg of magnesium twice a day if you cramp at night.",
        "Take 400 mg of magnesium twice a day for a bad night.",
        "Some people need a stronger dose. Take 400 mg of magnesium twice a day.",
        "Does it not work?\n\nAnother way: take 400 mg of magnesium twice a day.",
        "After a week, take 400 mg of magnesium twice a day.",
        "Take 400 mg of magnesium twice a day, or 500 mg at night.",
        "Take 400 mg of magnesium twice a day as needed.",
        "Don't take 400 mg of magnesium twice a day.",
        "Start with 100 mg of magnesium once a day.",
        "You can take 400 mg of magnesium twice a day.",
        "In week 2, take 400 mg of magnesium twice a day.",
        "Children: take 50 mg of magnesium twice a day.",
        "## For runners\n\nTake 400 mg of magnesium twice a day.",
        "## Constipation\n\nTake 400 mg of magnesium twice a day.",
        "**Night Calm** is our powder. Take 400 mg of magnesium twice a day.",
        "The leaflet of an old brand read “take 400 mg of magnesium twice a day”.",
        "Take a 400 mg tablet of magnesium twice a day.",
        "Take 400 mg of zinc twice a day.",
    ],
)
def test_two_cases_are_no_contradiction(other: str) -> None:
    assert fired(MAGNESIUM.format(other), CONFLICT) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Take 300 mg of magnesium in the morning. Take 600 mg of magnesium at bedtime.", False),
        ("Take 300 mg of magnesium once a day at noon. Take 600 mg of magnesium once a day at bedtime.", False),
        ("Take 300 mg of magnesium at bedtime. Take 600 mg of magnesium at bedtime.", True),
        ("- Take 300 mg of magnesium twice a day.\n- Take 600 mg of magnesium twice a day.", False),
        ("Take two tablets of senna at bedtime.\n\nTake four tablets of senna at bedtime.", True),
        (SENNA + "Take two tablets of senna at bedtime.\n\nTake four tablets of senna at bedtime.", False),
    ],
)
def test_orders_are_held_against_each_other_where_they_are_told_alike(text: str, *, told: bool) -> None:
    assert fired(text, CONFLICT) == CONFLICT * told


BOUND = "# Melatonin\n\nYou should never take more than 3 mg of melatonin a night.\n\n"


@pytest.mark.parametrize(
    "plan",
    [
        "## A plan\n\n1. Nights 1 and 2: take 1 mg at bedtime.\n2. Nights 3 to 7: take 6 mg at bedtime.",
        "| Week | Dose |\n|---|---|\n| 1 | 1 mg |\n| 2 | 6 mg |",
        "- Week 1: 1 mg\n- Week 2: 6 mg",
        "Begin with 1 mg. After a week, take 6 mg at bedtime.",
        "Begin with 1 mg, then move up to 6 mg.",
        "Take 6 mg of melatonin.",
        "Take 1 mg in week 1, 2 mg in week 2 and 6 mg in week 3.",
    ],
)
@pytest.mark.parametrize("bound", [BOUND, "# Melatonin\n\nNever go above 3 mg.\n\n"])
def test_a_schedule_above_the_maximum_of_the_page(bound: str, plan: str) -> None:
    (found,) = findings(bound + plan, CONFLICT)
    assert found.text == "6 mg"
    assert [r.text for r in found.related] == ["3 mg"]


@pytest.mark.parametrize(
    "plan",
    [
        "- Week 1: 1 mg\n- Week 2: 3 mg",
        "## With your doctor\n\n- Week 1: 3 mg\n- Week 2: 6 mg",
        "In one trial people took 6 mg at bedtime.",
        "Some take 6 mg at bedtime.",
        "6 mg is no better than 3 mg.",
        "In week 2 a nurse may give 6 mg.",
    ],
)
def test_what_stays_below_or_is_told_of_others(plan: str) -> None:
    assert fired(BOUND + plan, CONFLICT) == []


def test_a_maximum_of_the_first_week_bounds_no_later_one() -> None:
    page = "# Melatonin\n\nIn week 1 never take more than 1 mg of melatonin.\n\n- Week 1: 1 mg\n- Week 2: 3 mg"
    assert fired(page, CONFLICT) == []


@pytest.mark.parametrize(
    "parts",
    [
        (
            "**Calm** is for the evening. Take two tablets a day.",
            "**Focus** is for the day. Never more than one a day.",
        ),
        ("**Calm**", "Take two tablets a day.", "**Focus**", "Take no more than one tablet a day."),
        ("Calm: take two tablets a day.", "Focus: take no more than one tablet a day."),
        ("[Calm](/calm) helps at night. Take two tablets a day.", "Take no more than one tablet a day."),
    ],
)
@pytest.mark.parametrize("title", ["Our tablets", "Magnesium tablets"])
def test_paragraphs_that_open_with_a_product_are_of_that_product(title: str, parts: Sequence[str]) -> None:
    assert fired("\n\n".join([f"# {title}", *parts]), CONFLICT) == []


def test_a_paragraph_that_opens_in_bold_with_no_product_is_of_what_the_page_is_on() -> None:
    page = "# Magnesium\n\n**Directions.** Take two tablets a day.\n\n**Warning.** No more than one tablet a day."
    assert fired(page, CONFLICT) == CONFLICT


def test_a_contradiction_is_found_behind_however_many_statements() -> None:
    told = [f"The maximum of melatonin is {3 + n} to {200 - n} mg a day." for n in range(60)]
    page = "\n\n".join(["# Melatonin", *told, "The maximum of melatonin is 2 mg a day."])
    (found,) = findings(page, CONFLICT)
    assert found.text == "2 mg"
    assert all(int(one.split("is ")[1].split()[0]) < int(two.split("is ")[1].split()[0]) for one, two in pairwise(told))
