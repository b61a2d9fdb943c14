"""Doses are read from prose, lists and tables as a pharmacist reads them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import analyse, doses, only

from caveat.analysis.doses.numbers import read_digits
from caveat.analysis.facts import Comparator, DoseRole
from caveat.packs.reference import Period, Route


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Naltrexone [[4.50mg]] at night.", "4.5", None, "mg"),
        ("Low-dose naltrexone goes from [[1.25mg to 3.50mg]].", "1.25", "3.5", "mg"),
        ("Take [[.5 mg]] of melatonin.", "0.5", None, "mg"),
        ("Take [[1,000 mg]] of acetaminophen.", "1000", None, "mg"),
        ("Take [[1\u202f000\u00a0mg]] of acetaminophen.", "1000", None, "mg"),
        ("Take [[10 000 IU]] of vitamin D.", "10000", None, "IU"),
        ("Take [[5k IU]] of vitamin D.", "5000", None, "IU"),
        ("Vitamin D [[5,000 international units]] a day.", "5000", None, "IU"),
        ("Between [[1,200 and 1,800 mg]] of gabapentin a day.", "1200", "1800", "mg"),
        ("Ibuprofen [[200–400 mg]] every 6 hours.", "200", "400", "mg"),
        ("Ibuprofen [[200 mg-400 mg]] every 6 hours.", "200", "400", "mg"),
        ("Levothyroxine [[100 µg]] each morning.", "100", None, "mcg"),
        ("Levothyroxine [[100 micrograms]] each morning.", "100", None, "mcg"),
        ("Take [[half a tablet]] of lisinopril daily.", "0.5", None, "tablet"),
        ("Take [[a tablet]] of lisinopril daily.", "1", None, "tablet"),
        ("Swallow [[a chewable vitamin C tablet]] daily.", "1", None, "tablet"),
        ("Take [[an extra-strength caplet]] of acetaminophen.", "1", None, "caplet"),
        ("Take a [[couple of tablets]] of senna at night.", "2", None, "tablet"),
        ("Take [[a tablet or two]] of senna at night.", "1", "2", "tablet"),
        ("Take [[a teaspoon]] of guaifenesin syrup at night.", "1", None, "teaspoon"),
        ("Take a [[500 mg]] tablet of acetaminophen.", "500", None, "mg"),
        ("The couple took [[20 mg]] of zinc.", "20", None, "mg"),
        ("Take [[1/2 tablet]] of lisinopril daily.", "0.5", None, "tablet"),
        ("Take [[1½ tablets]] of lisinopril daily.", "1.5", None, "tablet"),
        ("Take [[1/2 a tablet]] of lisinopril daily.", "0.5", None, "tablet"),
        ("Take [[one to two capsules]] of turmeric daily.", "1", "2", "capsule"),
        ("Take [[two extra-strength caplets]] of acetaminophen.", "2", None, "caplet"),
        ("Chew [[two vitamin C tablets]] with breakfast every day.", "2", None, "tablet"),
        ("Never exceed [[three valerian root capsules]] a day.", "3", None, "capsule"),
        ("Swallow [[two oral willow bark extract tablets]] at noon.", "2", None, "tablet"),
        ("Glycine: no more than [[two scoops]] a day.", "2", None, "scoop"),
        ("Melatonin [[0,5 mg]] am Abend.", "0.5", None, "mg"),
        ("Heparin [[2.4 million units]] once.", "2400000", None, "unit"),
        ("A [[500-mg]] tablet of metformin.", "500", None, "mg"),
        ("Salbutamol [[100-200mcg]] when required.", "100", "200", "mcg"),
    ],
)
def test_amounts(text: str, low: str, high: str | None, unit: str) -> None:
    dose = only(text)
    assert (dose.low, dose.high, dose.unit) == (Decimal(low), Decimal(high) if high else None, unit)


def test_the_number_of_a_week_shares_no_unit_with_what_follows() -> None:
    assert [d.text for d in doses("Take 300 mg of gabapentin in week 1, 600 mg in week 2 and 900 mg in week 3.")] == [
        "300 mg", "600 mg", "900 mg",
    ]  # fmt: skip


def test_weekdays_and_weekends_are_days_of_the_week() -> None:
    found = doses("Take 5 mg of warfarin on weekdays and 6 mg on weekends.")
    assert [(d.frequency_text, d.alternate) for d in found] == [("on weekdays", True), ("on weekends", True)]


def test_no_amount_is_cut_out_of_a_longer_number() -> None:
    assert [d.low for d in doses("Naltrexone 4.50mg and 12.250mg and 1,050mg.")] == [
        Decimal("4.5"),
        Decimal("12.25"),
        Decimal(1050),
    ]


def test_a_list_shares_its_unit() -> None:
    found = doses("Zolpidem and prednisone come as 5, 10 and 20 mg.")
    assert [(d.text, d.unit) for d in found] == [("5", "mg"), ("10", "mg"), ("20 mg", "mg")]


def test_a_combination_gives_each_substance_its_strength() -> None:
    found = doses("Sitagliptin/metformin 50/1,000 mg is taken twice a day.")
    assert [(d.substance, d.low) for d in found] == [("sitagliptin", Decimal(50)), ("metformin", Decimal(1000))]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Ibuprofen 200 mg every 6 hours.", "4", "4"),
        ("Ibuprofen 200 mg every 4 to 6 hours.", "4", "6"),
        ("Ibuprofen 200 mg 3×/day.", "3", "3"),
        ("Ibuprofen 200 mg three to four times a day.", "3", "4"),
        ("Ibuprofen 200 mg b.i.d.", "2", "2"),
        ("Ibuprofen 200 mg q6h.", "4", "4"),
        ("Ibuprofen 200 mg 8-hourly.", "3", "3"),
        ("Ibuprofen 200 mg at bedtime.", "1", "1"),
        ("Ibuprofen 200 mg in the morning and at night.", "2", "2"),
        ("Ibuprofen 200 mg morning and night.", "2", "2"),
        ("Ibuprofen 200 mg, night and morning.", "2", "2"),
        ("Iron 65 mg every other day.", "0.5", "0.5"),
        ("Take ibuprofen twice daily: 200 mg.", "2", "2"),
    ],
)
def test_frequencies_by_day(text: str, low: str, high: str) -> None:
    (dose,) = doses(text)
    assert (dose.frequency, dose.frequency_high) == (Decimal(low), Decimal(high))


def test_weekly_is_a_seventh_of_a_day() -> None:
    (dose,) = doses("Methotrexate 15 mg once a week.")
    assert dose.frequency is not None
    assert dose.frequency * 7 == pytest.approx(Decimal(1))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Do not take more than 4 g of acetaminophen in 24 hours.", DoseRole.MAXIMUM),
        ("Acetaminophen: 4,000 mg a day at most is the limit, maximum 4,000 mg.", DoseRole.MAXIMUM),
        ("Sertraline is started at 25 mg once daily.", DoseRole.STARTING),
        ("Start sertraline at 25 mg once daily.", DoseRole.STARTING),
        ("Sertraline 50 mg tablets are blue.", DoseRole.STRENGTH),
        ("Acetaminophen 160 mg/5 mL.", DoseRole.STRENGTH),
        ("In mice, 50 mg/kg of ashwagandha did nothing.", DoseRole.ANIMAL),
        ("In a trial, adults took 600 mg of ashwagandha a day.", DoseRole.TRIAL),
        ("An overdose of 20 g of acetaminophen is deadly.", DoseRole.OVERDOSE),
        ("Until 1998 metformin was given as 3 g a day.", DoseRole.HISTORICAL),
        ("Prednisone 40 mg, then 30 mg.", DoseRole.SINGLE),
        ("Increase sertraline to 100 mg.", DoseRole.TITRATION),
        ("A loading dose of 300 mg of ibuprofen.", DoseRole.LOADING),
        ("Vitamin C 500 mg a day.", DoseRole.TOTAL),
        ("Each tablet of metformin has 500 mg.", DoseRole.STRENGTH),
        ("For zinc, 40 mg is the upper level.", DoseRole.MAXIMUM),
        ("The most that you may take is 4 g of acetaminophen a day.", DoseRole.MAXIMUM),
        ("The most common dose is 4 g of acetaminophen a day.", DoseRole.TOTAL),
        ("Earlier editions of this guide allowed 3 g of metformin a day.", DoseRole.HISTORICAL),
        ("Metformin 500 mg a day increased their energy.", DoseRole.TOTAL),
    ],
)
def test_roles(text: str, role: DoseRole) -> None:
    assert doses(text)[0].role is role


TABLE = """# Acetaminophen

| Product | Adults | Children 6–11 years | Daily maximum |
|---|---|---|---|
| Regular strength, 325 mg | 650 mg every 6 hours | 325 mg | 3,250 mg |
| Extra strength, 500 mg | 1,000 mg | 250 mg | 3,000 mg |
"""


def test_a_table_cell_takes_its_headers() -> None:
    found = {d.text: d for d in doses(TABLE)}
    assert found["650 mg"].population == "adult"
    assert found["250 mg"].population.startswith("child 6")
    assert (found["3,000 mg"].role, found["3,000 mg"].period) == (DoseRole.MAXIMUM, "day")
    assert found["3,000 mg"].product == "extra-strength"
    assert {d.substance for d in found.values()} == {"acetaminophen"}


@pytest.mark.parametrize(
    "text",
    [
        "LDL fell below 100 mg/dL on atorvastatin.",
        "Ferritin of 30 ng/mL and a B12 level of 200 pg/mL.",
        "HbA1c was 41 mmol/mol; glucose 95–110 mg/dL (5.3–6.1 mmol/L).",
        "ALT rose past 1,000 units/L.",
        "With an eGFR of 42 mL/min/1.73 m² metformin is halved.",
        "A 5.0 cm lesion and a 2 mm stone.",
        "It costs $4.50 a month, or £12.00.",
        "Version 1.0.0 came out on 2025-02-11.",
        "The result (p = .05, n = 58) was weak.",
        "One serving has 20 g of protein, 12 g fat and 140mg sodium.",
        "She weighs 70 kg and lost 10 lb.",
        "Drink 250 mL of water and two cups of coffee.",
        "Falls were 12% rarer with training than without.",
        "The 5G network works 24/7.",
        "See acetaminophen-500mg-caplets.jpg for the box.",
        "Call 1-800-222-1222 or 911.",
        "Coenzyme Q10, omega-3, vitamin B12 and COVID-19.",
        "Children of a birth weight under 1,500 grams were counted.",
        "Levels higher than 50 micrograms a day in urine are too high.",
        "More than 30 mg of albumin was found.",
        "The plan allows 50 g of carbohydrates. Some stay below 20 g.",
    ],
)
def test_look_alikes_are_no_doses(text: str) -> None:
    assert doses(text) == ()


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False))
def test_digits_with_separators_keep_their_value(value: Decimal) -> None:
    assert read_digits(f"{value:,f}") == value


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,/-–½ mgx×qhdayto()\n", max_size=200))
def test_any_text_is_read_and_spans_lie_inside_it(text: str) -> None:
    analysis = analyse(text)
    for dose in analysis.doses:
        block = analysis.document.blocks[dose.block]
        assert dose.span.of(block.text) == dose.text
        assert all(dose.span.contains(n) for n in dose.numerals)


@pytest.mark.parametrize("piece", ["1,", "5 mg ", "1/2 ", "two ", "mg/", "every ", "5 to ", "up to no more than "])
def test_reading_is_linear_in_hostile_text(piece: str, linear: Callable[..., bool]) -> None:
    doses(piece * 50)
    assert linear(lambda n: lambda: doses(piece * n), 400)


def test_a_wide_row_costs_what_its_cells_do(linear: Callable[..., bool]) -> None:
    def row(cells: int) -> str:
        return "".join(f"|{first}|{cell * cells}\n" for first, cell in (("a", "b|"), ("-", "-|"), ("zinc", "5 mg|")))

    doses(row(10))
    assert linear(lambda n: partial(doses, row(n)), 100)


@pytest.mark.parametrize(
    "text",
    [
        "Amoxicillin is started with a 500 mg loading dose, followed by 250 mg once daily.",
        "Amoxicillin 500 mg on the first day as a loading dose and then 250 mg a day.",
        "Creatine: 500 mg a day for five days (loading phase), then 250 mg a day.",
        "A loading dose of 500 mg of amoxicillin, then 250 mg a day.",
    ],
)
def test_the_loading_dose_is_the_first(text: str) -> None:
    first, second = doses(text)
    assert first.role is DoseRole.LOADING
    assert second.role is not DoseRole.LOADING


def test_an_amount_in_brackets_after_how_often_is_the_day_s() -> None:
    _, whole = doses("Ibuprofen 600 mg three times a day (1,800 mg) is much.")
    assert (whole.role, whole.period) == (DoseRole.TOTAL, "day")
    _, once = doses("Take 2 x 500 mg (1,000 mg) of acetaminophen every six hours.")
    assert (once.role, once.frequency) == (DoseRole.SINGLE, Decimal(4))


def test_tablets_of_a_strength_are_counted() -> None:
    tablets, strength = doses("Take no more than 4 tablets of 20 mg of omeprazole in 24 hours.")
    assert (tablets.role, strength.role, strength.count) == (DoseRole.MAXIMUM, DoseRole.MAXIMUM, Decimal(4))


@pytest.mark.parametrize("text", ["1 mg is 1,000 mcg.", "One gram equals 1,000 mg."])
def test_what_a_unit_is_is_no_dose(text: str) -> None:
    assert doses("# Metformin\n\n" + text) == ()


def test_vitamin_a_a_day_and_a_week_of_use() -> None:
    (by_day,) = doses("Take 900 mcg of vitamin A a day.")
    assert (by_day.frequency_text, by_day.period) == ("a day", "day")
    (lasting,) = doses("Take zinc 40 mg for a week at most.")
    assert (lasting.period, lasting.duration) == (None, "for a week")


def test_a_list_shares_how_often_it_is_taken() -> None:
    found = doses("The daily amounts were 500 mg of vitamin C, 15 mg of zinc and 2 mg of copper.")
    assert [d.period for d in found] == ["day", "day", "day"]


def test_doses_of_an_amount_are_counted_and_an_or_is_none() -> None:
    assert doses("Take three doses of 400 mg of ibuprofen.")[0].count == Decimal(3)
    assert doses("Take ibuprofen in six doses or 1,200 mg in a day.")[0].count is None


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The syrup has 20 mg dextromethorphan per 10 mL.", ("mL", Decimal(10))),
        ("Ibuprofen: 100 mg ibuprofen in 5 mL.", ("mL", Decimal(5))),
        ("There are 5 mg of zinc in each tablet.", ("tablet", None)),
        ("Take 200 mg of caffeine in 300 mL of water.", ("", None)),
        ("Take 200 mg of caffeine and 5 mL of syrup.", ("", None)),
    ],
)
def test_a_concentration_spans_the_name_of_what_is_dissolved(text: str, per: tuple[str, Decimal | None]) -> None:
    dose = doses(text)[0]
    assert (dose.per, dose.per_amount) == per


@pytest.mark.parametrize(
    "text",
    [
        "Sertraline is available in 25, 50 and 100 mg tablets.",
        "Sertraline comes as 25 mg, 50 mg and 100 mg.",
        "Sertraline tablets are sold in 25 mg or 50 mg.",
    ],
)
def test_what_is_sold_is_a_strength(text: str) -> None:
    assert {d.role for d in doses(text)} == {DoseRole.STRENGTH}


def test_what_adds_up_to_is_a_sum_and_no_maximum() -> None:
    _, summed = doses("Gabapentin 300 mg three times a day adds up to 900 mg a day.")
    assert (summed.role, summed.comparator) == (DoseRole.TOTAL, None)
    _, most = doses("Gabapentin 300 mg three times a day, up to 900 mg a day.")
    assert (most.role, most.comparator) == (DoseRole.MAXIMUM, Comparator.AT_MOST)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("# What steps can I take?\n\nTake 50 mg of zinc a day.", DoseRole.TOTAL),
        ("# Week 2\n\nTake 50 mg of sertraline once a day.", DoseRole.TITRATION),
        ("Strain the garlic oil, then place 3 drops in the ear twice a day.", DoseRole.SINGLE),
        ("Zinc 50 mg can be used to treat a deficiency.", DoseRole.SINGLE),
        ("Doctors used to give 50 mg of zinc.", DoseRole.HISTORICAL),
        ("The recommended daily intake of vitamin C is 90 mg.", DoseRole.TOTAL),
        ("Suggested: Orchard Zinc 50 mg, 180 capsules.", DoseRole.STRENGTH),
        ("The 650 mg arthritis tablets of acetaminophen last longer.", DoseRole.STRENGTH),
    ],
)
def test_what_an_amount_is(text: str, role: DoseRole) -> None:
    assert doses(text)[0].role is role


@pytest.mark.parametrize(
    "text",
    [
        "A CRP below 1 mg per litre is low. 1 to 3 mg means more risk.",
        "Eat at most 300 mg of cholesterol in your food a day. With bad genes, keep to 200 mg a day.",
    ],
)
def test_levels_and_food_go_on_in_the_next_sentence(text: str) -> None:
    assert doses("# Ezetimibe\n\n" + text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Their BMI is below 40 kg/m2.",
        "They were given more than 4 U/h of PRBCs.",
        "A 15 g tube of hydrocortisone cream is enough.",
    ],
)
def test_what_is_weighed_counted_or_filled_is_no_dose(text: str) -> None:
    assert doses("# Hydrocortisone\n\n" + text) == ()


def test_researchers_may_advise_a_maximum_and_a_benefit_over_a_dose_is_no_bound() -> None:
    (most,) = doses("The researchers say that parents should take no more than 25 mg of zinc.")
    assert (most.role, most.comparator) == (DoseRole.MAXIMUM, Comparator.AT_MOST)
    (other,) = doses("It has no benefit over 0.5 mg of lorazepam.")
    assert other.comparator is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vitamin K2 as MK-7, 90 mcg a day.", ["90 mcg"]),
        ("Take omega-3, 500 mg a day.", ["500 mg"]),
        ("Increase prednisone from 5.0 to 10.0 mg a day.", ["5.0", "10.0 mg"]),
        ("PM2.5 of 35 µg/m³ is unhealthy.", []),
        ("A 2U server rack is on sale.", []),
        ("He is on 4,000 U twice a day.", ["4,000 U"]),
    ],
)
def test_numbers_of_names_and_of_machines_are_no_amounts(text: str, told: list[str]) -> None:
    assert [d.text for d in doses(text)] == told


def test_a_column_is_of_a_day_and_a_row_of_a_condition() -> None:
    page = "| Use | Daily dose |\n|---|---|\n| {} | 20 mg of lovastatin |"
    (dose,) = doses(page.format("High cholesterol"))
    assert (dose.role, dose.period) == (DoseRole.TOTAL, "day")
    assert doses(page.format("Cholesterol of an egg")) == ()
    (total,) = doses("| Drug | Daily total |\n|---|---|\n| Gabapentin | 1,200 mg |")
    assert (total.role, total.period) == (DoseRole.TOTAL, "day")


def test_an_age_is_no_frequency_and_daily_belongs_to_the_amount_it_stands_before() -> None:
    (dose,) = doses("Give 10 mL of the acetaminophen syrup to a 6-year-old.")
    assert (dose.frequency_text, dose.ages) == ("", "6 years")
    page = "Vitamin D: 1,000 IU a day is enough; a daily 2,000 IU works out to 14,000 IU a week."
    assert [d.period for d in doses(page)] == ["day", "day", "week"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A toddler who swallows 150 mg/kg of acetaminophen is at risk.", DoseRole.OVERDOSE),
        ("Call poison control about 150 mg/kg of acetaminophen.", DoseRole.OVERDOSE),
        ("Products with both usually hold 100 mcg of vitamin K2.", DoseRole.STRENGTH),
    ],
)
def test_what_is_swallowed_and_what_a_product_holds(text: str, role: DoseRole) -> None:
    assert [d.role for d in doses(text)] == [role]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Take [[¾ of a teaspoon]] of psyllium husk.", "0.75", None, "teaspoon"),
        ("Take [[a quarter tablet]] of lorazepam at night.".replace("[[a ", "a [["), "0.25", None, "tablet"),
        ("Take [[one or two caplets]] of paracetamol.", "1", "2", "caplet"),
        ("Take [[fifteen milligrams]] of zinc.", "15", None, "mg"),
        ("Two [[5 mL]] spoonfuls three times a day.", "5", None, "mL"),
        ("Put [[1 drop]] of latanoprost in each eye at night.", "1", None, "drop"),
        ("Each softgel provides [[1,000 mg]] of fish oil.", "1000", None, "mg"),
        ("It has 22 g of protein and [[1.8 g]] of omega-3.", "1.8", None, "g"),
        ("Probiotic: [[10–20 billion CFU]] per day.", "10000000000", "20000000000", "CFU"),
    ],
)
def test_amounts_as_they_are_spoken(text: str, low: str, high: str | None, unit: str) -> None:
    dose = only(text)
    assert (dose.low, dose.high, dose.unit) == (Decimal(low), Decimal(high) if high else None, unit)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Vitamin C 500 mg Supplement, 60 Count", [DoseRole.STRENGTH]),
        ("Hawthorn, 510 mg., 180 Veg-capsules", [DoseRole.STRENGTH]),
        ("Nicotine gum 4 mg: chew one piece.", [DoseRole.STRENGTH]),
        ("Each capsule: 5 billion CFU Lactobacillus rhamnosus.", [DoseRole.STRENGTH]),
        ("Amount per serving: vitamin C 60 mg, zinc 5 mg.", [DoseRole.STRENGTH] * 2),
        ("Each softgel provides 1,000 mg of fish oil (EPA 180 mg, DHA 120 mg).", [DoseRole.STRENGTH] * 3),
        ("The 0.25-mg, 0.5-mg, and 1-mg pens of semaglutide.", [DoseRole.STRENGTH] * 3),
        ("Zinc lozenges: 13.3 mg each.", [DoseRole.STRENGTH]),
        ("Most people stay on 75 mg a day of venlafaxine as maintenance.", [DoseRole.MAINTENANCE]),
        ("Load with 20 g of creatine a day, then take 3 g to maintain.", [DoseRole.LOADING, DoseRole.MAINTENANCE]),
        ("Ozempic's maintenance dose is 0.5 mg or 1 mg once a week.", [DoseRole.MAINTENANCE] * 2),
        ("Start at 12.5 mg of sertraline and go up slowly to 50 mg.", [DoseRole.STARTING, DoseRole.TITRATION]),
        ("Before starting naltrexone 4.5 mg, ask a doctor.", [DoseRole.SINGLE]),
        ("Don't go above 4 g of paracetamol in 24 hours.", [DoseRole.MAXIMUM]),
        ("Stop at 3 g of paracetamol a day, or 2 g if you drink.", [DoseRole.MAXIMUM] * 2),
        ("Investigators say that everybody should limit zinc to no more than 25 mg.", [DoseRole.MAXIMUM]),
        ("Doctors once prescribed 325 mg of aspirin; today 75 mg is usual.", [DoseRole.HISTORICAL, DoseRole.SINGLE]),
        ("Before 2011 it was 50 mcg of vitamin D; since then 100 mcg.", [DoseRole.HISTORICAL, DoseRole.SINGLE]),
        ("Women need 18 mg of iron a day; men only 8 mg.", [DoseRole.TOTAL] * 2),
        ("The RDA for vitamin B12 is 2.4 micrograms.", [DoseRole.TOTAL]),
        ("| Nutrient | RDA | UL |\n|---|---|---|\n| Zinc | 8 mg | 40 mg |", [DoseRole.TOTAL, DoseRole.MAXIMUM]),
        ("Gabapentin was raised from 300 mg to 600 mg three times a day.", [DoseRole.TITRATION] * 2),
        ("- Week 1: 25 mg of lamotrigine once a day\n- From week 5: 50 mg once a day", [DoseRole.TITRATION] * 2),
    ],
)
def test_what_an_amount_is_by_the_words_beside_it(text: str, roles: list[DoseRole]) -> None:
    assert [d.role for d in doses(text)] == roles


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Curcumin: 500mg x 3/day.", ["3"]),
        ("Three daily doses of 250 mg of curcumin.", ["3"]),
        ("Ibuprofen 10 mg/kg/dose (max 400 mg) every 8 hours.", ["3", "3"]),
        ("25 mg of zinc a day, in the morning two 250 mg tablets of vitamin C.", [None, "1"]),
        ("| Supplement | Evening |\n|---|---|\n| Magnesium | 200 mg |", ["1"]),
        ("| Supplement | Twice daily |\n|---|---|\n| Magnesium | 200 mg |", ["2"]),
        ("| Supplement | Daily |\n|---|---|\n| Magnesium | 200 mg |", [None]),
    ],
)
def test_how_often_where_it_stands_beside_or_above(text: str, times: list[str | None]) -> None:
    assert [d.frequency for d in doses(text)] == [Decimal(t) if t else None for t in times]


def test_an_amount_split_into_daily_doses_is_the_day_s() -> None:
    (dose,) = doses("Curcumin, 1,000 mg taken in two daily doses.")
    assert (dose.role, dose.period) == (DoseRole.TOTAL, Period.DAY)


def test_what_a_value_means_for_risk_is_no_dose() -> None:
    assert doses("# Aspirin\n\nIn this test 4 to 6 micrograms means a moderate risk.") == ()


def test_under_the_skin_is_subcutaneous() -> None:
    (dose,) = doses("Inject 0.5 ml of semaglutide under the skin.")
    assert dose.route is Route.SUBCUTANEOUS


@pytest.mark.parametrize(
    "text",
    [
        "Take two weeks off valerian tablets.",
        "Give two people valerian tablets.",
        "In two of the valerian capsules lead was found.",
        "Give 30 nurses valerian tablets.",
        "Fewer than 60 men using valerian tablets fell asleep sooner.",
        "No more than 12 pupils swallowed zinc tablets.",
        "Take ten friends valerian tablets.",
    ],
)
def test_a_number_of_something_else_is_no_number_of_tablets(text: str) -> None:
    assert doses(text) == ()


def test_the_name_within_an_amount_says_what_is_taken() -> None:
    (dose,) = doses("# Zinc\n\nTake two melatonin tablets every night.")
    assert (dose.substance, dose.low, dose.unit) == ("melatonin", Decimal(2), "tablet")


def test_an_amount_per_kilogram_is_read_over_the_name() -> None:
    (dose,) = doses("Give 15 mg of acetaminophen per kilogram every 6 hours.")
    assert (dose.low, dose.unit, dose.per, dose.substance) == (Decimal(15), "mg", "kg", "acetaminophen")


def test_the_most_is_a_maximum() -> None:
    first, second = doses("Chew one vitamin C tablet a day. The most is two tablets a day.")
    assert (first.role, second.role) == (DoseRole.TOTAL, DoseRole.MAXIMUM)
