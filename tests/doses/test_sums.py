"""Sums: totals that the doses beside them do or do not add up to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from checking import findings, fired

from caveat.engine.linter import Linter


def assert_sum(text: str, right: str, wrong: str, words: str) -> None:
    """The right total passes; the wrong one has the one finding, with the sum in these words."""
    assert fired(text.format(right), ["total-mismatch"]) == []
    (found,) = findings(text.format(wrong), ["total-mismatch"])
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "slug", "shown"),
    [
        (
            "Gabapentin 300 mg three times a day adds up to 1,200 mg.",
            "total-mismatch",
            "300 mg × 3 = 900 mg a day, not 1,200 mg",
        ),
        ("A girl of 25 kg at 8 mg/kg of ibuprofen gets 250 mg.", "total-mismatch", "25 kg × 8 mg/kg = 200 mg"),
        (
            "Bottle of 100 tablets of zinc: two tablets three times a day, so it lasts 25 days.",
            "total-mismatch",
            "17 days",
        ),
        (
            "Take 1,500 mg of acetaminophen every 6 hours.",
            "exceeds-limit",
            "1,500 mg × 4 = 6,000 mg of acetaminophen a day is above",
        ),
        ("Levothyroxine 50 mg daily.", "unit-factor-1000", "50 mcg is probably meant"),
        ("Vitamin D 1,000 IU (50 mcg).", "iu-conversion", "25 mcg"),
        ("Methotrexate 15 mg once a day.", "weekly-as-daily", "once a week"),
        ("Take 10-5 mg of melatonin.", "range-reversed-or-mixed", "runs backwards"),
    ],
)
def test_the_sum_is_shown(text: str, slug: str, shown: str) -> None:
    (found,) = findings(text, [slug])
    assert shown in found.message


def test_a_sum_after_a_reference_mark_belongs_to_its_own_sentence() -> None:
    page = "350 mg is the upper limit.[^1] Take 100 mg of magnesium three times a day, 400 mg in total.\n\n[^1]: DRI."
    (found,) = findings(page, ["total-mismatch"])
    assert "100 mg × 3 = 300 mg a day, not 400 mg" in found.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Methotrexate 2.5 mg, eight tablets once a week, is {}.", ("20 mg", "25 mg", "8 × 2.5 mg = 20 mg a week")),
        ("Take six 2.5 mg tablets of methotrexate once a week ({}).", ("15 mg", "20 mg", "6 × 2.5 mg = 15 mg a week")),
        ("Take 1½ tablets of 20 mg ({}) of atorvastatin each evening.", ("30 mg", "40 mg", "1.5 × 20 mg = 30 mg")),
        ("Take 2½ tablets of lisinopril 10 mg ({}) each morning.", ("25 mg", "30 mg", "2.5 × 10 mg = 25 mg")),
        ("Half a 50 mg tablet of sertraline is {}.", ("25 mg", "20 mg", "0.5 × 50 mg = 25 mg")),
        ("Acetaminophen 12 mg/kg for a 25 kg child, that is {}.", ("300 mg", "400 mg", "25 kg × 12 mg/kg = 300 mg")),
        ("Amoxicillin 45 mg/kg a day for a child weighing 20 kg is {} a day.", ("900 mg", "1,200 mg", "20 kg ×")),
        ("Prednisone 10 mg every other day comes to {} a week.", ("35 mg", "70 mg", "10 mg × 3.5 = 35 mg a week")),
        ("Prednisone 10 mg every other day comes to {} a week.", ("40 mg", "50 mg", "35 mg a week")),
        ("Vitamin D 1,000 IU a day is {} a week.", ("7,000 IU", "10,000 IU", "1,000 IU × 7 = 7,000 IU a week")),
        ("Prednisone 5 mg three times a week is {} a week.", ("15 mg", "20 mg", "5 mg × 3 = 15 mg a week")),
        ("Two tablets of 200 mg of ibuprofen four times a day is {}.", ("1,600 mg", "1,800 mg", "= 1,600 mg a day")),
    ],
)
def test_tablets_weights_and_weeks_in_prose_add_up(text: str, shown: tuple[str, str, str]) -> None:
    assert_sum(text, *shown)


@pytest.mark.parametrize(
    "text",
    [
        "Gabapentin 300 mg three times a day is 300 mg less than before.",
        "The usual dose for those on two 500 mg tablets of metformin is 850 mg.",
        "The most that two 10 mg tablets of zolpidem replace is 12.5 mg.",
        "Take two capsules of turmeric 1,000 mg (1,000 mg) with food.",
        "Take 15 mg of zinc a day as well as two 250 mg tablets of vitamin C.",
        "Two 400 mg capsules of turmeric deliver 90 mg of curcuminoids.",
        "Two 400 mg capsules of magnesium give you 110 mg elemental magnesium.",
        "Prednisone 10 mg on Monday and 5 mg on the other days, 40 mg a week in total.",
    ],
)
def test_what_is_no_sum_is_not_held_against_one(text: str) -> None:
    assert fired(text, ["total-mismatch"]) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Take 5 ml of paracetamol syrup (120 mg/5 ml) four times a day, that is 480 mg a day.", None),
        ("Take 5 ml of ibuprofen syrup (100 mg/5 ml) three times a day, that is 300 mg a day.", None),
        ("Take 5 ml of ibuprofen syrup (100 mg/5 ml) three times a day, that is 500 mg a day.", "300 mg"),
        ("Take 2 capsules of 500 mg of paracetamol three times a day, 3,000 mg daily in all.", None),
        ("Take 2 capsules of 500 mg of paracetamol three times a day, 2,000 mg daily in all.", "3,000 mg"),
    ],
)
def test_a_sum_of_the_day_has_every_dose_of_the_day(text: str, told: str | None) -> None:
    """Volume × concentration × times, and count × strength × times."""
    findings = Linter.load().check_text(text).files[0].findings
    sums = [finding.message for finding in findings if finding.rule == "dosing/total-mismatch"]
    assert len(sums) == (told is not None)
    assert told is None or told in sums[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Take one 3 mg and one 1 mg tablet of warfarin ({}).", ("4 mg", "5 mg", "3 mg + 1 mg = 4 mg")),
        ("Take 2 × 500 mg = {} of acetaminophen four times a day.", ("1,000 mg", "1,500 mg", "2 × 500 mg = 1,000 mg,")),
        ("Take 2 x 500 mg ({}) of metformin every twelve hours.", ("1,000 mg", "1,500 mg", "2 × 500 mg = 1,000 mg,")),
        ("Take half a 50 mg tablet ({}) of sertraline daily.", ("25 mg", "20 mg", "0.5 × 50 mg = 25 mg")),
        ("Three doses of 400 mg of ibuprofen make {}.", ("1,200 mg", "1,400 mg", "3 × 400 mg = 1,200 mg")),
        ("Two 150 mg capsules of magnesium give you {}.", ("300 mg", "350 mg", "2 × 150 mg = 300 mg")),
        ("Four 250 mg tablets of metformin come to {}.", ("1,000 mg", "750 mg", "4 × 250 mg = 1,000 mg")),
        (
            "Each capsule holds 150 mg of magnesium, so two capsules provide {}.",
            ("300 mg", "350 mg", "2 × 150 mg = 300 mg"),
        ),
        ("Take {} of creatine a day, as four doses of 5 g.", ("20 g", "25 g", "4 × 5 g = 20 g")),
        (
            "Extra-strength tablets of acetaminophen hold 500 mg. Two extra-strength tablets make a dose of {}.",
            ("1,000 mg", "1,250 mg", "2 × 500 mg = 1,000 mg"),
        ),
        (
            "Each tablet of ibuprofen has 200 mg. Two tablets twice a day give {} a day.",
            ("800 mg", "600 mg", "2 × 200 mg × 2 = 800 mg"),
        ),
        (
            "| Medicine | Most in 24 hours |\n|---|---|\n| Ibuprofen 200 mg | 6 tablets ({}) |",
            ("1,200 mg", "1,400 mg", "6 × 200 mg = 1,200 mg"),
        ),
    ],
)
def test_strengths_told_elsewhere_and_tablets_of_two_strengths_add_up(text: str, shown: tuple[str, str, str]) -> None:
    assert_sum(text, *shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Each drop holds 400 IU of vitamin D. Give 2 drops a day ({}).", ("800 IU", "1,200 IU", "2 × 400 IU")),
        (
            "The albuterol inhaler gives 90 mcg per puff. Take 2 puffs ({}) every 6 hours.",
            ("180 mcg", "270 mcg", "2 × 90 mcg per puff = 180 mcg"),
        ),
        (
            "Fluticasone: two sprays of 50 mcg in each nostril once daily ({} a day).",
            ("200 mcg", "300 mcg", "2 × 50 mcg on 2 sides = 200 mcg"),
        ),
        ("Albuterol: two puffs of 90 mcg every 6 hours comes to {} a day.", ("720 mcg", "900 mcg", "2 × 90 mcg × 4")),
        (
            "Insulin: 10 units in the morning and 12 units at night, {} a day.",
            ("22 units", "25 units", "10 units + 12 units = 22 units a day"),
        ),
        (
            "Give 15 mg/kg of acetaminophen. For a child who weighs 12 kg that is {}.",
            ("180 mg", "240 mg", "12 kg × 15 mg/kg = 180 mg"),
        ),
        (
            "The jar has 120 capsules of zinc. Two capsules three times a day means that it lasts {}.",
            ("20 days", "40 days", "120 ÷ (2 × 3 a day) = 20 days"),
        ),
        (
            "The 650 mg arthritis tablets of acetaminophen are taken every 8 hours, at most 6 tablets ({}) in a day.",
            ("3,900 mg", "4,500 mg", "6 × 650 mg = 3,900 mg"),
        ),
        (
            "Children's ibuprofen has 100 mg in 5 mL. Give 15 mL ({}) every eight hours.",
            ("300 mg", "200 mg", "15 mL × 100 mg in 5 mL = 300 mg"),
        ),
        ("Gabapentin 300 mg three times a day, {} a day.", ("900 mg", "1,200 mg", "300 mg × 3 = 900 mg a day")),
        ("Gabapentin 300 mg three times a day adds up to {} a day.", ("900 mg", "1,200 mg", "300 mg × 3 = 900 mg")),
        (
            "The syrup has 20 mg dextromethorphan per 10 mL: 15 mL gives {}.",
            ("30 mg", "40 mg", "15 mL × 20 mg/10 mL = 30 mg"),
        ),
    ],
)
def test_drops_puffs_insulin_and_syrups_add_up(text: str, shown: tuple[str, str, str]) -> None:
    assert_sum(text, *shown)


@pytest.mark.parametrize(
    "text",
    [
        "Most adults do well with 15 mg of zinc a day, in the morning two 250 mg tablets of vitamin C.",
        "Take 300 mg of gabapentin once a day, 600 mg a day after a week.",
        "Metformin 500 mg in the morning and 500 mg at night, 2,000 mg a day at most.",
        "Gabapentin 300 mg three times a day, 1,200 mg a day if the pain stays.",
    ],
)
def test_what_only_follows_is_no_sum(text: str) -> None:
    assert fired(text, ["total-mismatch"]) == []


SYRUP = "Children's ibuprofen has 100 mg in 5 mL. "


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (SYRUP + "Give a child of 20 kg 200 mg ({}).", ("10 mL", "5 mL", "200 mg ÷ 100 mg in 5 mL = 10 mL")),
        (
            "A child of 16 kg at 15 mg/kg of acetaminophen needs 240 mg: give {} (240 mg) of the 160 mg/5 mL liquid.",
            ("7.5 mL", "5 mL", "5 mL × 160 mg/5 mL = 160 mg"),
        ),
        (
            "| Weight | Liquid acetaminophen 160 mg/5 mL |\n|---|---|\n| 22 kg | 10 mL ({}) |",
            ("320 mg", "300 mg", "10 mL × 160 mg/5 mL = 320 mg"),
        ),
        (
            SYRUP + "It tastes of orange.\n\nFor a child of 30 kg, 15 mL ({}) of ibuprofen is one dose.",
            ("300 mg", "200 mg", "15 mL × 100 mg in 5 mL = 300 mg"),
        ),
        (
            "A child of 20 kg at 10 mg/kg of ibuprofen gets {}, three times a day at most.",
            ("200 mg", "300 mg", "20 kg × 10 mg/kg = 200 mg"),
        ),
        (
            "A child of 12 kg at 45 mg/kg a day of amoxicillin gets {} (5 mL) twice a day.",
            ("270 mg", "400 mg", "12 kg × 45 mg/kg ÷ 2 = 270 mg"),
        ),
        (
            "Take 3 capsules ({}) of turmeric a day; each capsule contains 500 mg of turmeric.",
            ("1,500 mg", "1,000 mg", "3 × 500 mg = 1,500 mg"),
        ),
        (
            "Vitamin D: 1,000 IU a day is enough; a daily 2,000 IU works out to {} a week.",
            ("14,000 IU", "12,000 IU", "2,000 IU × 7 = 14,000 IU a week"),
        ),
        (
            "| Drug | Dose | How often | Daily total |\n|-|-|-|-|\n| Gabapentin | 300 mg | 3 times a day | {} |",
            ("900 mg", "1,200 mg", "300 mg × 3 = 900 mg a day"),
        ),
        (
            "| Gabapentin | Morning | Noon | Night | Total |\n|-|-|-|-|-|\n| Day 4 | 300 mg | 300 mg | 600 mg | {} |",
            ("1,200 mg", "1,500 mg", "300 mg + 300 mg + 600 mg = 1,200 mg a day"),
        ),
    ],
)
def test_volumes_rows_and_clauses_add_up(text: str, shown: tuple[str, str, str]) -> None:
    assert_sum(text, *shown)


@pytest.mark.parametrize(
    "text",
    [
        SYRUP + "A child of 14 kg gets 140 mg (7 mL).",
        "Ibuprofen syrup has 100 mg in 5 mL, the drops 50 mg in 1.25 mL.\n\nGive 200 mg (5 mL) of ibuprofen.",
        SYRUP + "Give 160 mg (5 mL) of acetaminophen.",
        "| Drug | Starting dose | Usual dose | Total |\n|-|-|-|-|\n| Gabapentin | 300 mg | 600 mg | 1,800 mg |",
        "| Drug | Dose | How often | Maximum total |\n|-|-|-|-|\n| Gabapentin | 300 mg | twice a day | 3,600 mg |",
    ],
)
def test_other_liquids_and_columns_that_are_no_parts_are_not_summed(text: str) -> None:
    assert fired(text, ["total-mismatch"]) == []


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("Total", True),
        ("Total (24 hours)", True),
        ("Total/day", True),
        ("Total per week", False),
        ("Total for the course", False),
    ],
)
def test_a_total_is_of_a_day_where_its_column_names_nothing_else(column: str, *, told: bool) -> None:
    page = f"| Drug | Dose | How often | {column} |\n|-|-|-|-|\n| Gabapentin | 300 mg | 3 times a day | 6,300 mg |"
    assert fired(page, ["total-mismatch"]) == ["total-mismatch"] * told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "A child of 16 kg needs 10–15 mg/kg of acetaminophen, which is 160–320 mg.",
            "16 kg × 10–15 mg/kg = 160–240 mg, not 160–320 mg",
        ),
        ("For a child of 16 kg, 10–15 mg/kg of acetaminophen is 300 mg.", "= 160–240 mg, not 300 mg"),
        ("Children of 8–12 kg get 10 mg/kg of ibuprofen, that is 80–150 mg.", "8–12 kg × 10 mg/kg = 80–120 mg"),
        ("At 5–10 mg/kg of ibuprofen, a 14 kg child takes 200 mg every 8 hours.", "14 kg × 5–10 mg/kg = 70–140 mg"),
        ("A boy who weighs 18 kg can be given 350 mg of acetaminophen (15 mg/kg).", "18 kg × 15 mg/kg = 270 mg"),
        (
            "The maximum is 40 mg/kg of ibuprofen a day, so a child of 15 kg may have at most 900 mg.",
            "15 kg × 40 mg/kg = 600 mg",
        ),
        (
            "Amoxicillin at 60 mg/kg a day in three divided doses: a child of 15 kg takes 900 mg three times a day.",
            "15 kg × 60 mg/kg ÷ 3 = 300 mg, not 900 mg",
        ),
        (
            "A child of 15 kg at 10 mg/kg of ibuprofen gets 150 mg three times a day (600 mg).",
            "150 mg × 3 = 450 mg a day, not 600 mg",
        ),
        ("Ibuprofen syrup holds 100 mg in 5 mL, so 15 mL contains 400 mg.", "15 mL × 100 mg in 5 mL = 300 mg"),
        ("The naltrexone liquid is 1 mg/mL, so 3 mg is 30 mL.", "3 mg ÷ 1 mg/mL = 3 mL, not 30 mL"),
        (
            "At 15 mg/kg of acetaminophen, a youth of 80 kg takes 12,000 mg.",
            "80 kg × 15 mg/kg = 1,200 mg, not 12,000 mg",
        ),
        ("Take 500 mcg (5 mg) of melatonin before bed.", "500 mcg = 0.5 mg, not 5 mg"),
    ],
)
def test_a_sum_by_weight_or_strength_shows_its_range(text: str, shown: str) -> None:
    (found,) = findings(text, ["total-mismatch"])
    assert shown in found.message


@pytest.mark.parametrize(
    "text",
    [
        "A child of 16 kg needs 10–15 mg/kg of acetaminophen, which is 160–240 mg.",
        "For a child of 16 kg, 10–15 mg/kg of acetaminophen is 240 mg.",
        "At 5–10 mg/kg of ibuprofen, a 14 kg child takes 140 mg every 8 hours.",
        "At 15 mg/kg of acetaminophen, a youth of 80 kg takes 1,000 mg every 6 hours.",
        "A boy who weighs 18 kg can be given 270 mg of acetaminophen (15 mg/kg).",
        "The maximum is 40 mg/kg of ibuprofen a day, so a child of 15 kg takes 150 mg three times a day.",
        "Amoxicillin at 60 mg/kg a day in three divided doses: a child of 15 kg takes 300 mg three times a day.",
        "The drops have 50 mg of ibuprofen in 1.25 mL. The syrup is weaker: 5 mL contains 100 mg.",
        "Take 500 mg (1 g a day) of metformin twice a day.",
        "Take 500 mcg (0.5 mg) of melatonin before bed.",
    ],
)
def test_a_sum_by_weight_or_strength_that_fits_is_left_alone(text: str) -> None:
    assert fired(text, ["total-mismatch"]) == []


CHART = (
    "| Weight | Acetaminophen, 15 mg/kg | Syrup of 160 mg/5 mL |\n|---|---|---|\n| 8 kg (18 lb) | 120 mg | 3.75 mL |\n"
    "| 12 kg | {} | {} |\n| 14–16 kg | 200 mg | 6.25 mL |"
)


@pytest.mark.parametrize(
    ("mass", "volume", "shown"),
    [
        ("180 mg", "5.6 mL", None),
        ("175 mg", "5.5 mL", None),
        ("280 mg", "8.75 mL", "12 kg × 15 mg/kg = 180 mg, not 280 mg"),
        ("180 mg", "15.6 mL", "180 mg ÷ 160 mg/5 mL = 5.625 mL, not 15.6 mL"),
    ],
)
def test_a_chart_goes_by_the_weight_of_the_row_and_the_head_of_the_column(
    mass: str, volume: str, shown: str | None
) -> None:
    found = findings(CHART.format(mass, volume), ["total-mismatch"])
    assert len(found) == (shown is not None)
    assert shown is None or shown in found[0].message


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (("30 kg | 450 mg", "60 kg | 900 mg", "80 kg | 1,000 mg", "100 kg | 1,000 mg"), None),
        (("30 kg | 450 mg", "60 kg | 9,000 mg"), "60 kg × 15 mg/kg = 900 mg, not 9,000 mg"),
        (("30 kg | 450 mg", "50 kg | 75 mg"), "50 kg × 15 mg/kg = 750 mg, not 75 mg"),
        (("50 kg | 500 mg", "70 kg | 500 mg"), None),
    ],
)
def test_the_heavy_take_no_more_than_their_weight_comes_to_and_no_less_than_the_light(
    rows: Sequence[str], wrong: str | None
) -> None:
    chart = "\n".join(["| Weight | Acetaminophen, 15 mg/kg |", "|---|---|", *(f"| {row} |" for row in rows)])
    assert [f.message for f in findings(chart, ["total-mismatch"])] == ([f"{wrong}."] if wrong else [])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Take 500 mg of metformin three times a day. That is 2,000 mg a day.", "500 mg × 3 = 1,500 mg a day"),
        ("Take 500 mg of metformin three times a day. That is 1,500 mg a day.", None),
        ("Take 500 mg of metformin three times a day. This is below the maximum of 2,000 mg a day.", None),
        ("Take 500 mg of metformin three times a day. That is 600 mg a day less than the most.", None),
        (
            "Take two 750 mg capsules of turmeric with each of your three meals. Altogether that makes 2,250 mg a day.",
            "2 × 750 mg × 3 = 4,500 mg a day",
        ),
        ("Ibuprofen syrup is 100 mg/5 mL. For 150 mg, measure 15 mL.", "150 mg ÷ 100 mg/5 mL = 7.5 mL"),
        ("Ibuprofen syrup is 100 mg/5 mL. For 150 mg, measure 7.5 mL.", None),
        ("Suck a 13 mg lozenge of zinc every three hours while awake. That is about 65 mg a day.", None),
        ("The trazodone tablets are 100 mg. Take half a tablet, which is 100 mg.", "0.5 × 100 mg = 50 mg"),
    ],
)
def test_a_sentence_sums_up_the_one_before(text: str, shown: str | None) -> None:
    found = findings(text, ["total-mismatch"])
    assert len(found) == (shown is not None)
    assert shown is None or shown in found[0].message


def test_a_week_is_told_by_the_day() -> None:
    weekly = "A weekly capsule of 14,000 IU of vitamin D works out at about {} IU a day."
    assert fired(weekly.format("2,000"), ["total-mismatch"]) == []
    (found,) = findings(weekly.format("200"), ["total-mismatch"])
    assert "14,000 IU ÷ 7 = 2,000 IU a day, not 200 IU" in found.message


def test_a_week_adds_up_beside_the_same_in_another_unit() -> None:
    text = "Vitamin D: 5,000 IU (125 mcg) twice a week comes to {} a week."
    assert fired(text.format("10,000 IU"), ["total-mismatch"]) == []
    assert fired(text.format("50,000 IU"), ["total-mismatch"]) == ["total-mismatch"]


def test_a_liquid_s_dose_is_worked_out_by_the_strength_beside_it() -> None:
    syrup = "The syrup holds 120 mg of acetaminophen per 5 mL, so a 7.5 mL dose is {} mg."
    assert fired(syrup.format(180), ["total-mismatch", "pediatric-weight"]) == []
    (found,) = findings(syrup.format(240), ["total-mismatch"])
    assert "7.5 mL × 120 mg/5 mL = 180 mg, not 240 mg" in found.message
    assert fired("Infant " + syrup.format(180), ["pediatric-weight"]) == []


@pytest.mark.parametrize(
    ("head", "row", "shown"),
    [
        ("Acetaminophen, 15 mg/kg", "70 kg | 650 mg", None),  # the heavy may take the adult dose
        ("Acetaminophen, 15 mg/kg", "30 kg | 650 mg", "30 kg × 15 mg/kg = 450 mg, not 650 mg"),
        ("Amoxicillin three times a day (45 mg/kg/day)", "12 kg | 180 mg", None),
        ("Amoxicillin three times a day (45 mg/kg/day)", "12 kg | 540 mg", None),
        ("Amoxicillin three times a day (45 mg/kg/day)", "12 kg | 270 mg", "12 kg × 45 mg/kg ÷ 3 = 180 mg, not 270 mg"),
        ("Amoxicillin (30 mg/kg/day in two doses)", "14 kg | 210 mg", None),
        ("Amoxicillin (30 mg/kg/day)", "14 kg | 320 mg", "14 kg × 30 mg/kg = 420 mg, not 320 mg"),
        ("Ibuprofen 10 mg/kg three times a day", "15 kg | 450 mg a day", None),
        ("Ibuprofen 10 mg/kg three times a day", "15 kg | 150 mg", None),
    ],
)
def test_a_chart_gives_the_amount_of_a_day_or_of_one_of_its_doses(head: str, row: str, shown: str | None) -> None:
    found = findings(f"| Weight | {head} |\n|---|---|\n| {row} |", ["total-mismatch"])
    assert [f.message for f in found] == [] if shown is None else shown in found[0].message


def test_a_chart_shows_a_strength_that_its_name_stands_in() -> None:
    table = "| Weight | Dose | 120 mg of acetaminophen per 5 mL |\n|---|---|---|\n| 12 kg | 180 mg | 15 mL |"
    (found,) = findings(table, ["total-mismatch"])
    assert "180 mg ÷ 120 mg/5 mL = 7.5 mL, not 15 mL" in found.message
