"""The dosing pack on planted mistakes, on look-alikes, and its fixes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from checking import CONSISTENCY, findings, fired, reference, reported, rules
from reading import ROOT, units

from caveat.engine.linter import Linter
from caveat.finding import Severity
from caveat.packs.errors import PackError
from caveat.packs.reference import Reference, Status
from caveat.packs.referencefile import load_reference
from caveat.packs.scope import Profile
from caveat.packs.units import load_units

LOOKALIKES = (ROOT / "tests" / "doses" / "lookalikes.md").read_text(encoding="utf-8")


def test_the_page_of_look_alikes_has_no_inconsistency() -> None:
    paragraphs = [p for p in LOOKALIKES.split("\n\n") if not p.startswith("#")]
    assert len(paragraphs) >= 80
    assert [f"{f.rule}: {f.text} ({f.message})" for f in reported(LOOKALIKES)] == []


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


def test_a_sum_after_a_reference_mark_belongs_to_its_own_sentence() -> None:
    page = "350 mg is the upper limit.[^1] Take 100 mg of magnesium three times a day, 400 mg in total.\n\n[^1]: DRI."
    (found,) = findings(page, ["total-mismatch"])
    assert "100 mg × 3 = 300 mg a day, not 400 mg" in found.message


def test_a_column_of_maxima_is_no_column_of_doses() -> None:
    page = (
        "| Medicine | Adults | How often | Most in a day |\n|---|---|---|---|\n"
        "| Ibuprofen | 200–400 mg | every 6 hours | 1,200 mg |\n"
    )
    assert fired(page, ["exceeds-limit"]) == []


def test_a_product_of_the_sentence_is_no_dose_at_once() -> None:
    text = "Two tablets of 200 mg of ibuprofen four times a day is 1,600 mg, which needs a prescription."
    assert fired(text, CONSISTENCY) == []


def test_a_remembered_limit_is_told_as_such_and_is_no_error() -> None:
    (remembered,) = findings("Take 400 mg of sertraline once daily.", ["exceeds-limit"])
    assert remembered.severity is Severity.WARNING
    assert "figure not verified" in remembered.message
    (checked,) = findings("Take 1,500 mg of acetaminophen every 6 hours.", ["exceeds-limit"])
    assert checked.severity is Severity.ERROR
    assert "not verified" not in checked.message


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Take 6,000 IU of vitamin D a day.", ("6,000 IU of vitamin D a day is above", "4,000 IU (100 mcg)")),
        ("Take 3,000 IU of vitamin D twice a day.", ("3,000 IU × 2 = 6,000 IU of vitamin D a day is above",)),
        ("Take 0.2 mg of vitamin D a day.", ("0.2 mg of vitamin D a day is above", "level of 0.1 mg (100 mcg)")),
        ("Take 2 g of acetaminophen every 6 hours.", ("2 g × 4 = 8 g of acetaminophen a day is above",)),
        ("Take 400 mg of sertraline once daily.", ("400 mg of sertraline a day is above", "maximum of 200 mg (")),
    ],
)
def test_a_limit_is_told_in_the_unit_of_the_writer(text: str, parts: tuple[str, ...]) -> None:
    (found,) = findings(text, ["exceeds-limit"])
    assert all(part in found.message for part in parts)


def test_adults_and_children_over_an_age_need_no_weight() -> None:
    text = "For pain, adults and children over 12 take 200 mg of ibuprofen every 4 to 6 hours."
    assert fired(text, ["pediatric-weight"]) == []


@pytest.mark.parametrize(("written", "offered"), [("1020", False), ("50100", False), ("5000", True), ("1200", True)])
def test_thousands_are_not_separated_where_a_dash_may_be_lost(written: str, *, offered: bool) -> None:
    (found,) = findings(f"Creatine {written} mg daily.", ["thousands-comma"])
    assert (found.fix is not None) is offered


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Naltrexone 4.50mg.", "Naltrexone 4.5 mg."),
        ("Melatonin .5 mg.", "Melatonin 0.5 mg."),
        ("Levothyroxine 100 µg.", "Levothyroxine 100 mcg."),
        ("Heparin 100000 units.", "Heparin 100,000 units."),
        ("Sertraline 50 mg QD.", "Sertraline 50 mg daily."),
        ("Insulin glargine 10U.", "Insulin glargine 10 units."),
        ("Zolpidem 5.0 mg.", "Zolpidem 5 mg."),
        ("Insulin glargine 1 U.", "Insulin glargine 1 unit."),
        ("Give 5 cc of the ibuprofen syrup.", "Give 5 mL of the ibuprofen syrup."),
        ("Prednisone 10 mg QOD.", "Prednisone 10 mg every other day."),
        ("Sertraline 50mg/day.", "Sertraline 50 mg/day."),
        ("Diazepam 5 mg HS.", "Diazepam 5 mg HS."),
        ("Creatine 1020 mg daily.", "Creatine 1020 mg daily."),
        ("Melatonin 1 .5 mg.", "Melatonin 1 .5 mg."),
        ("Vitamin D 1.000 mcg.", "Vitamin D 1.000 mcg."),
        ("Take 650 mg. every day.", "Take 650 mg every day."),
    ],
)
def test_safe_fixes(text: str, mended: str) -> None:
    edits = sorted(
        {e for f in findings(text) if f.fix and f.fix.safe for e in f.fix.edits},
        key=lambda e: (-e.span.start, -e.span.end),
    )
    for edit in edits:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == mended


@pytest.mark.parametrize(
    "text",
    [
        "The label says “naltrexone 4.50mg” on the front.",
        "> Naltrexone 4.50mg, she wrote.",
        "See [naltrexone 4.50mg](https://example.org/).",
        "Naltrexone **4.5**0 mg is split by markup.",
    ],
)
def test_no_fix_where_the_source_must_stay(text: str) -> None:
    assert [f.fix for f in findings(text) if f.fix is not None] == []


def test_code_is_not_read() -> None:
    assert findings("`dose = 4.50mg`") == []


def test_the_pack_has_its_rules_and_each_its_examples() -> None:
    assert len(rules()) == 23
    assert all(len(r.examples.bad) >= 4 and len(r.examples.good) >= 4 for r in rules())


def test_naltrexone_in_the_reference() -> None:
    known = reference()
    assert "alcohol-use-disorder" in known.indications("naltrexone", Decimal(50), "mg")
    assert known.indications("naltrexone", Decimal("4.5"), "mg") == frozenset()
    assert known.off_label_dose("naltrexone", Decimal("4.5"), "mg")
    assert known.is_marketed_strength("naltrexone", Decimal("4.5"), "mg") is False
    assert known.is_marketed_strength("naltrexone", Decimal(50), "mg") is True
    assert known.status("naltrexone") is Status.RX
    assert "opioid-free-interval" in known.key_warnings("naltrexone")


def test_the_reference_is_wide_and_sourced() -> None:
    distinct = {id(s): s for s in reference().substances.values()}.values()
    bands = [b for s in distinct for b in s.bands]
    assert len(bands) >= 150
    assert all(b.source.title and b.source.checked for b in bands)
    assert all(b.kind is not None for b in bands if b.limit)


def test_an_unknown_substance_is_answered_with_nothing() -> None:
    known: Reference = reference()
    assert known.limits("unheard-of") == ()
    assert known.status("unheard-of") is None
    assert known.is_marketed_strength("unheard-of", Decimal(1), "mg") is None


def test_mistakes_in_the_reference_are_told_with_their_place(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "x.yaml").write_text(
        "sources: {a: {title: A, checked: '2025-01-01'}}\n"
        "substances:\n"
        "  zinc:\n"
        "    status: supplement\n"
        "    source: b\n"
        "    doses:\n"
        "      - {usual: 8 grains, limit: 40 mg}\n"
    )
    with pytest.raises(PackError) as raised:
        load_reference(tmp_path, units())
    text = str(raised.value)
    assert 'x.yaml:5:13: unknown source "b"' in text
    assert "8 grains" in text
    assert 'a limit without its "kind"' in text


def test_units_refuse_a_name_twice(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "units.yaml"
    path.write_text("mass:\n  mg: {factor: '1', names: [em]}\n  g: {factor: '1000', names: [em]}\n")
    with pytest.raises(PackError, match="also names"):
        load_units(path)


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
    right, wrong, words = shown
    assert fired(text.format(right), ["total-mismatch"]) == []
    (found,) = findings(text.format(wrong), ["total-mismatch"])
    assert words in found.message


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
    "text",
    [
        "She swallowed 12 g of acetaminophen in a day.",
        "Taking 10 g of acetaminophen in a day can destroy the liver.",
        "Vitamin D 50,000 IU once a week is about 7,000 IU a day.",
        "Vitamin D 50,000 IU a week, or about 7,100 IU a day, is used for eight weeks.",
    ],
)
def test_what_poisons_and_what_a_weekly_dose_averages_is_held_against_no_limit(text: str) -> None:
    assert fired(text, ["exceeds-limit"]) == []


def test_a_seller_boasts_of_an_excess_where_others_admit_it() -> None:
    text = "Our drops give 12,000 IU of vitamin D a day, well above the recommended level."
    for profile, told in ((Profile.ARTICLE, 0), (Profile.SUPPLEMENT_MARKETING, 1)):
        found = Linter.load(profile=profile, select=["dosing/exceeds-limit"]).check_text(text).files[0].findings
        assert len(found) == told


def test_a_dose_that_only_more_than_it_harms_is_held_against_the_limit() -> None:
    text = "Take 2 g of acetaminophen every 6 hours; more can damage the liver."
    assert fired(text, ["exceeds-limit"]) == ["exceeds-limit"]


def test_a_thousandfold_of_an_unverified_figure_is_a_warning() -> None:
    (found,) = findings("Turmeric 500 mcg a day.", ["unit-factor-1000"])
    assert found.severity is Severity.WARNING
    assert "not verified" in found.message
    (checked,) = findings("Vitamin D 25 mg a day.", ["unit-factor-1000"])
    assert checked.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take alendronate 70 mg daily.", ["weekly-as-daily"]),
        ("Take alendronate 70 mg once a week.", []),
        ("Take alendronate 10 mg daily.", []),
    ],
)
def test_an_amount_for_the_week_written_daily(text: str, expected: list[str]) -> None:
    assert fired(text, ["weekly-as-daily"]) == expected


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
    right, wrong, words = shown
    assert fired(text.format(right), ["total-mismatch"]) == []
    (found,) = findings(text.format(wrong), ["total-mismatch"])
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Take methotrexate 15 mg on Monday, Wednesday and Friday.", "on Monday, Wednesday and Friday"),
        ("Methotrexate 10 mg three times a week helps.", "three times a week"),
        ("Inject semaglutide every morning.", "every morning"),
        ("Take methotrexate daily with food.", "daily"),
        ("Inject tirzepatide twice a week.", "twice a week"),
        ("Put on a new fentanyl patch every day.", "fentanyl patches are changed every 3 days"),
        ("Fentanyl 25 mcg/h patches are changed daily.", "fentanyl patches are changed every 3 days"),
        ("Take methotrexate 15 mg on Mondays.", None),
        ("Methotrexate 2.5 mg every 12 hours for three doses once a week is another way.", None),
        ("Some people took methotrexate daily by mistake.", None),
        ("Semaglutide tablets are taken daily.", None),
        ("Rybelsus is taken daily, Ozempic once a week.", None),
        ("Take methotrexate once a week and folic acid daily.", None),
        ("Fentanyl 25 mcg/h patches are changed every 72 hours.", None),
    ],
)
def test_what_is_taken_weekly_or_worn_for_days_is_not_taken_more_often(text: str, told: str | None) -> None:
    found = findings(text, ["weekly-as-daily"])
    assert len(found) == (told is not None)
    assert told is None or told in found[0].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Give 250 mg/kg of acetaminophen.",
            "250 mg/kg of acetaminophen at once is above the guideline's limit of 75 mg/kg",
        ),
        ("Give 50 mg/kg of acetaminophen every 6 hours.", "50 mg/kg × 4 = 200 mg/kg of acetaminophen a day"),
        ("The maximum of ibuprofen is 1,600 mg a day.", "1,600 mg of ibuprofen a day is above"),
        ("Take no more than 12 tablets of 500 mg of acetaminophen in 24 hours.", "6,000 mg of acetaminophen a day"),
        ("The most ibuprofen that you may take is 1,500 mg a day.", "1,500 mg of ibuprofen a day"),
        ("People over 65 take 1,500 mg of acetaminophen every 6 hours.", "1,500 mg × 4 = 6,000 mg"),
        ("The prescription maximum of ibuprofen is 2,400 mg a day.", None),
        ("Doctors prescribe more: ibuprofen 600 mg three times a day (1,800 mg) after surgery.", None),
        ("Some take 25,000 IU of vitamin A a day, two and a half times the upper level.", None),
        ("Take two doses of 15 mg of methotrexate 12 hours apart once a week.", None),
        ("Inject two doses of 12 mg of semaglutide each week, on day 1 and 12.", "24 mg of semaglutide a week"),
        ("Older editions of this page told adults to take 800 mg of ibuprofen every four hours.", None),
        ("Take acetaminophen four times a day, and 4,000 mg is the limit.", None),
        ("Naltrexone 380 mg is injected into a muscle every 4 weeks.", None),
        ("Give 15 mg/kg of acetaminophen every 6 hours.", None),
    ],
)
def test_what_is_and_is_not_above_the_limit(text: str, told: str | None) -> None:
    found = findings(text, ["exceeds-limit"])
    assert len(found) == (told is not None)
    assert told is None or told in found[0].message


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


def test_a_mother_is_no_child() -> None:
    text = "Women who have had a baby are prescribed 4 mg of folic acid daily."
    assert fired(text, ["pediatric-weight"]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her leaflet says “take 5.0 mg of zolpidem at night”.", [Severity.WARNING]),
        ("A note that says “5.0 mg of zolpidem” is easily misread.", []),
        ("The label says “naltrexone 4.50 mg”.", []),
        ("The old order read “give 500mg of metformin”.", []),
    ],
)
def test_a_quoted_dose_is_marked_lightly_where_it_may_harm(text: str, expected: list[Severity]) -> None:
    analysed = Linter.load(select=["dosing"]).check_text(text).files[0].findings
    found = [f for f in analysed if f.rule.removeprefix("dosing/").startswith(("trailing", "no-space"))]
    assert [f.severity for f in found] == expected
    assert all(f.fix is None for f in found)


def test_the_dose_table_names_substances_as_the_article_does() -> None:
    text = "# Vitamin D\n\nTake vitamin D3 1,000 IU a day.\n\nIron 65 mg and Tylenol 500 mg are others."
    rows = Linter.load().check_text(text).files[0].doses
    assert [(r.name, r.text) for r in rows] == [("vitamin D3", "1,000 IU"), ("iron", "65 mg"), ("Tylenol", "500 mg")]


def test_a_point_between_thousands_is_no_trailing_zero_where_commas_are_decimal() -> None:
    assert fired("Vitamin D 1.000 IU and 2,5 mcg of vitamin B12.", ["trailing-zero-whole"]) == []
    assert fired("Vitamin D 1.000 mcg and 2.5 mcg of vitamin B12.", ["trailing-zero-whole"]) == ["trailing-zero-whole"]


def test_a_dose_that_only_lacks_something_is_in_question_and_one_that_is_only_written_badly_is_not() -> None:
    text = "Give your child 5 mL of ibuprofen.\n\nTake 5mg of zinc a day."
    report = Linter.load().check_text(text).files[0]
    assert {f.rule for f in report.findings} >= {"dosing/pediatric-weight", "dosing/no-space"}
    assert [(row.questioned, bool(row.note)) for row in report.doses] == [(True, True), (False, False)]
