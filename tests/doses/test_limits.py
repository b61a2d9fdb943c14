"""Doses against the reference: limits, usual doses, thousandfold, weekly medicines."""

from __future__ import annotations

import pytest
from checking import CONSISTENCY, findings, fired, reference

from caveat.engine.linter import Linter
from caveat.finding import Severity
from caveat.packs.reference import Route
from caveat.packs.scope import Profile


def test_a_column_of_maxima_is_no_column_of_doses() -> None:
    page = (
        "| Medicine | Adults | How often | Most in a day |\n|---|---|---|---|\n"
        "| Ibuprofen | 200–400 mg | every 6 hours | 1,200 mg |\n"
    )
    assert fired(page, ["exceeds-limit"]) == []


@pytest.mark.parametrize("grams", [300, 500, 1_000])
def test_grams_for_milligrams_are_told_however_many(grams: int) -> None:
    assert fired(f"Take {grams:,} g of metformin a day.", ["unit-factor-1000", "exceeds-limit"])


def test_what_a_jar_weighs_is_no_dose() -> None:
    assert fired("The jar holds 500 g of creatine. Take 5 g of creatine a day.", ["dosing/"]) == []


def test_a_product_of_the_sentence_is_no_dose_at_once() -> None:
    text = "Two tablets of 200 mg of ibuprofen four times a day is 1,600 mg, which needs a prescription."
    assert fired(text, CONSISTENCY) == []


def test_a_remembered_limit_is_told_as_such_and_is_no_error() -> None:
    text = "Take 60 mg of citalopram once daily."
    (remembered,) = findings(text, ["exceeds-limit"], unread_of=["citalopram"])
    assert remembered.severity is Severity.WARNING
    assert "figure not verified" in remembered.message
    (read,) = findings(text, ["exceeds-limit"])
    assert read.severity is Severity.ERROR
    assert "not verified" not in read.message
    (checked,) = findings("Take 1,500 mg of acetaminophen every 6 hours.", ["exceeds-limit"])
    assert checked.severity is Severity.ERROR
    assert "not verified" not in checked.message


def test_no_limit_that_nobody_has_checked_is_told_as_a_fact() -> None:
    """Every limit of the reference, three times over: what is remembered says so and is no error."""
    limits = {s.id: b for s in reference().substances.values() for b in s.bands if b.limit and b.route is Route.ORAL}
    page = "\n\n".join(
        f"Take {b.limit.high * 3:,f} {b.limit.unit} of {name.replace('-', ' ')} a {b.period}."
        for name, b in limits.items()
        if b.limit is not None
    )
    told = findings(page, ["exceeds-limit", "reference-mismatch", "unit-factor-1000"], unread_of=sorted(limits)[::2])
    unsure = [f for f in told if "not verified" in f.message]
    assert len(unsure) >= 40
    assert len(told) - len(unsure) >= 20
    assert {f.severity for f in unsure} <= {Severity.WARNING, Severity.NOTE}
    assert all(not a.verified for f in unsure for a in f.authority if f.rule != "dosing/unit-factor-1000")
    assert all(a.verified for f in told if f not in unsure for a in f.authority)


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


@pytest.mark.parametrize(
    "text",
    [
        "She swallowed 12 g of acetaminophen in a day.",
        "Taking 10 g of acetaminophen in a day can destroy the liver.",
        "Vitamin D 50,000 IU once a week is about 7,000 IU a day.",
        "Vitamin D 50,000 IU a week, or about 7,100 IU a day, is used for eight weeks.",
        "People who take 10,000 mg of acetaminophen a day risk fatal liver failure.",
        "If you take 10,000 mg of acetaminophen a day, it is toxic.",
        "In one arm, adults took 100 mg of zinc a day.",
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
        ("Alendronate 70 mg is swallowed once a day.", ["weekly-as-daily"]),
        ("Take alendronate 70 mg once a week.", []),
        ("Take alendronate 10 mg daily.", []),
    ],
)
def test_an_amount_for_the_week_written_daily(text: str, expected: list[str]) -> None:
    assert fired(text, ["weekly-as-daily"]) == expected


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
        ("Inject 20 mg of semaglutide into the upper arm once a week.", "20 mg of semaglutide a week"),
        ("Our lab-tested formula: take 60 mg of zinc a day.", "60 mg of zinc a day"),
        ("Take 60 mg of zinc a day; it is not toxic.", "60 mg of zinc a day"),
        ("Take 60 mg of zinc a day, formerly sold as ZinX.", "60 mg of zinc a day"),
        ("Take 5,000 mg of acetaminophen a day; your cells need it.", "5,000 mg of acetaminophen a day"),
        ("Taking 5,000 mg of acetaminophen a day can't harm you.", "5,000 mg of acetaminophen a day"),
        ("Take the 2000 mg of zinc once a day.", "2,000 mg of zinc a day"),
        ("Take 25 mg of letrozole once daily.", "25 mg of letrozole a day is above the usual dose of 2.5 mg"),
        ("Take 700 mg of alendronate once a week.", "700 mg of alendronate a week is above the usual dose"),
        ("Take 5 mg of letrozole once daily.", None),
        ("The prescription maximum of ibuprofen is 2,400 mg a day.", None),
        ("Doctors prescribe more: ibuprofen 600 mg three times a day (1,800 mg) after surgery.", None),
        ("Some take 25,000 IU of vitamin A a day, two and a half times the upper level.", None),
        ("The upper limit for magnesium is 600 mg.", "600 mg of magnesium a day is above"),
        ("The tolerable upper level of iron is 60 mg a day.", "60 mg of iron a day is above"),
        ("The upper limit for magnesium is 350 mg, for zinc 40 mg.", None),
        ("The upper level of magnesium from food and supplements is 900 mg.", None),
        ("The upper limit for zinc was once 60 mg.", None),
        ("The upper limit for zinc is not 60 mg but 40 mg.", None),
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


def test_a_law_is_told_only_where_it_binds() -> None:
    text = "Take 10 mg of monacolin K a day."
    for jurisdictions, limits in ((["us"], 0), (["uk"], 0), (["eu"], 1), (["us", "eu"], 1)):
        linter = Linter.load(jurisdictions=jurisdictions, select=["dosing/exceeds-limit"])
        assert len(linter.check_text(text).files[0].findings) == limits


def test_the_source_of_a_finding_is_that_of_the_figure() -> None:
    (drug,) = findings("Take 1,500 mg of acetaminophen every 6 hours.", ["exceeds-limit"])
    (vitamin,) = findings("Take 6,000 IU of vitamin D a day.", ["exceeds-limit"])
    assert [a.title for a in drug.authority] == ["Health Canada, Acetaminophen poster"]
    assert [a.title.partition(",")[0] for a in vitamin.authority] == ["Dietary Reference Intakes"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 400 mg of magnesium a day as a supplement.", ["exceeds-limit"]),
        ("Take 350 mg of magnesium a day as a supplement.", []),
        ("Men need 400 mg of magnesium a day from food and supplements.", []),
        ("Men need 400 mg of magnesium a day.", []),
    ],
)
def test_an_upper_level_for_supplements_is_held_against_supplements(text: str, expected: list[str]) -> None:
    assert fired(text, ["exceeds-limit"]) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "| Supplement Facts | Amount per serving |\n|---|---|\n| Magnesium | 400 mg |",
            "400 mg of magnesium a serving",
        ),
        ("| Supplement Facts | Amount per serving |\n|---|---|\n| Magnesium | 300 mg |", None),
        ("| Supplement | Daily dose |\n|---|---|\n| Vitamin B6 | 200 mg |", "200 mg of vitamin B6 a day"),
        ("| Vitamin D for | Upper level |\n|---|---|\n| Children 4–8 years | 75 mcg |", None),
        ("Taking 60 mg of zinc a day is too much.", None),
        ("Take 60 mg of zinc a day, since too little is unsafe.", "60 mg of zinc a day"),
    ],
)
def test_what_a_panel_or_a_column_gives_is_held_against_the_upper_level(text: str, told: str | None) -> None:
    found = findings(text, ["exceeds-limit"])
    assert len(found) == (told is not None)
    assert told is None or told in found[0].message


def test_a_dose_that_fits_another_substance_of_the_page_is_not_a_thousand_times_off() -> None:
    page = (
        "# Metformin\n\nMetformin comes as 850 mg.\n\n## Vitamin B12\n\n{}Of people on 850 mg a day 4% had a low level."
    )
    assert fired(page.format(""), ["unit-factor-1000"]) == []
    named = page.format("Vitamin B12 850 mg corrects it. ")
    assert fired(named, ["unit-factor-1000"]) == ["unit-factor-1000"]


def test_a_weekly_medicine_is_daily_by_another_cell_of_its_row() -> None:
    page = "| Drug | Dose | How often |\n|---|---|---|\n| Methotrexate | 15 mg | {} |"
    (found,) = findings(page.format("once a day"), ["weekly-as-daily"])
    assert "this says once a day" in found.message
    assert fired(page.format("once a week"), ["weekly-as-daily"]) == []


def test_an_approved_use_is_held_to_the_approved_doses() -> None:
    text = "The recommended dose of naltrexone for {} is 4.5 mg once a day."
    assert fired(text.format("alcohol use disorder"), ["reference-mismatch"]) == ["reference-mismatch"]
    assert fired(text.format("pain"), ["reference-mismatch"]) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("For best results, take 600 mg of ashwagandha.", "say how often."),
        ("You should take 14 units of insulin glargine.", "say how often"),
        ("Give 2 mg of haloperidol.", "say how often"),
        ("Take 1 mg of copper for every 15 mg of zinc.", None),
        ("People who take 600 mg of ashwagandha sleep better.", None),
        ("If you took 600 mg of ashwagandha, wait.", None),
    ],
)
def test_an_order_says_how_often(text: str, wanted: str | None) -> None:
    found = findings(text, ["frequency-route-missing"])
    assert len(found) == (wanted is not None)
    assert wanted is None or wanted in found[0].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A 25 mcg/h fentanyl patch is 60 MME a day.", None),
        ("Apply one fentanyl patch of 25 mcg/h every day.", "fentanyl patches are changed every 3 days"),
    ],
)
def test_the_day_of_another_figure_is_not_how_often_a_patch_is_changed(text: str, told: str | None) -> None:
    found = findings("# Fentanyl patches\n\n" + text, ["weekly-as-daily"])
    assert [told in f.message.lower() for f in found if told] == [True] * (told is not None)
    assert len(found) == (told is not None)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (
            "The tolerable upper intake level of iron is 65 mg a day.",
            "write 45 mg if you mean the tolerable upper intake",
        ),
        ("The maximum of loratadine is 30 mg a day.", "write 10 mg if you mean the label's maximum"),
        ("Take 30 mg of loratadine once daily.", "keep to 10 mg a day"),
    ],
)
def test_the_way_out_fits_what_is_stated(text: str, advice: str) -> None:
    (found,) = findings(text, ["exceeds-limit"])
    assert advice in found.suggestion


def test_a_low_dose_is_held_to_that_of_the_low_dose() -> None:
    page = "# Low-dose naltrexone\n\n{}"
    low = "The usual low dose of naltrexone is {} once a night."
    assert fired(page.format(low.format("30 mg")), ["exceeds-limit"]) == ["exceeds-limit"]
    assert fired(page.format(low.format("3 mg")), ["exceeds-limit"]) == []
    month = "A month on 4.5 mg a night adds up to 135 mg."
    assert fired(page.format(month), ["exceeds-limit"]) == []
    base = "Low-dose naltrexone is an unlabelled use of a medicine that is approved at 50 mg once daily."
    assert fired(page.format(base), ["exceeds-limit"]) == []


@pytest.mark.parametrize(
    ("text", "advises"),
    [
        ("Try at least 25,000 units of vitamin D3 each morning.", True),
        ("You need a minimum of 20,000 IU of vitamin D every day.", True),
        ("Aim for at least 900 mg of supplemental magnesium a day.", True),
        ("Take 3,000 mg of vitamin C a day, which may cause loose stools.", True),
        ("Poisoning was seen with at least 60,000 IU of vitamin D a day.", False),
        ("Never take at least 10 g of acetaminophen a day.", False),
        ("More than 4,000 IU of vitamin D a day is for specialists.", False),
        ("Side effects are common at doses of 2,500 mg of vitamin C a day.", False),
        ("3,000 mg of vitamin C a day leads to diarrhea.", False),
        ("The maximum of acetaminophen is 6 g a day; more can damage the liver.", True),
        ("Never exceed 6 g of acetaminophen a day: it can damage the liver.", True),
        ("The label allows up to 6 g of acetaminophen a day, but it can cause liver failure.", True),
        ("The usual dose of acetaminophen is 6 g a day and can cause nausea.", True),
        ("Liver failure can begin with at least 10 g of acetaminophen a day.", False),
        ("People who use at least 10 g of acetaminophen a day risk liver failure.", False),
        ("Kidney damage may start at intakes of at least 60,000 IU of vitamin D a day.", False),
    ],
)
def test_a_dose_above_the_limit_is_told_where_it_is_advised(text: str, advises: bool) -> None:
    assert bool(fired(text, ["exceeds-limit"])) is advises


def test_a_harm_of_a_thousandfold_dose_is_no_slip_of_its_unit() -> None:
    page = "# Low-dose naltrexone\n\n{}"
    assert fired(page.format("Doses of 300 mg a day caused liver injury."), ["unit-factor-1000"]) == []
    assert fired(page.format("Take 300 mg a day; it can cause liver injury."), ["unit-factor-1000"]) != []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Take 20 mg of loperamide.", True),
        ("Begin with 4 mg of loperamide, then take 20 mg after each loose stool.", True),
        ("A tin of 20 mg of loperamide costs little.", False),
        ("If you take 20 mg of loperamide a day, tell your doctor.", False),
        ("Take 4 mg of loperamide.", False),
    ],
)
def test_what_is_taken_at_once_is_held_against_the_limit_of_a_day(text: str, *, told: bool) -> None:
    assert fired(text, ["exceeds-limit"]) == ["exceeds-limit"] * told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Most adults need 2.4 mg of vitamin B12 a day.", True),
        ("Most adults need 2.4 mcg of vitamin B12 a day.", False),
        ("For anaemia, take 2 mg of vitamin B12 a day.", False),
    ],
)
def test_a_need_a_thousand_times_the_least_of_the_reference_is_of_another_unit(text: str, *, told: bool) -> None:
    assert fired(text, ["unit-factor-1000"]) == ["unit-factor-1000"] * told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("If you have pain you can take 6 g of paracetamol a day.", True),
        ("Once you take it regularly you may increase to 6 g of paracetamol a day.", True),
        ("When you take 6 g of paracetamol a day, your liver is safe.", True),
        ("If you take it for your back go to 6 g of paracetamol a day.", True),
        ("If you use a patch take 6 g of paracetamol a day.", True),
        ("If you're already taking 6 g of paracetamol a day, ring the surgery.", False),
        ("Once you are already taking as much as 6 g of paracetamol a day, ring the surgery.", False),
        ("If you use tablets with 6 g of paracetamol a day, ring the surgery.", False),
    ],
)
def test_only_what_a_reader_may_take_already_is_supposed(text: str, *, told: bool) -> None:
    assert fired(text, ["exceeds-limit"]) == ["exceeds-limit"] * told


@pytest.mark.parametrize(
    ("pause", "told"),
    [
        ("while you have a fever", True),
        ("while you recover", True),
        ("while awake", False),
        ("while you are awake", False),
        ("when you’re awake", False),
    ],
)
def test_only_who_is_awake_leaves_the_night_out(pause: str, *, told: bool) -> None:
    assert fired(f"Take 1 g of paracetamol every 4 hours {pause}.", ["exceeds-limit"]) == ["exceeds-limit"] * told
