"""How doses are written: the notation rules, their safe fixes, and where nothing may be fixed."""

from __future__ import annotations

import pytest
from checking import findings, fired

from caveat.engine.linter import Linter
from caveat.finding import Severity


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
        ("Melatonin 1,0mg.", "Melatonin 1 mg."),
        ("Melatonin 1,50 mg.", "Melatonin 1,5 mg."),
        ("Vitamin B12 1,250 mcg and 1,000 mcg.", "Vitamin B12 1,250 mcg and 1,000 mcg."),
        ("Insulin glargine 1 U.", "Insulin glargine 1 unit."),
        ("Give 5 cc of the ibuprofen syrup.", "Give 5 mL of the ibuprofen syrup."),
        ("Prednisone 10 mg QOD.", "Prednisone 10 mg every other day."),
        ("Sertraline 50mg/day.", "Sertraline 50 mg/day."),
        ("Diazepam 5 mg HS.", "Diazepam 5 mg HS."),
        ("Creatine 1020 mg daily.", "Creatine 1020 mg daily."),
        ("Melatonin 1 .5 mg.", "Melatonin 1 .5 mg."),
        ("Vitamin D 1.000 mcg.", "Vitamin D 1.000 mcg."),
        ("Take 650 mg. every day.", "Take 650 mg every day."),
        ("Take zinc 5 mg q.d. Then rest.", "Take zinc 5 mg daily. Then rest."),
        ("Take zinc 5 mg t.i.d.", "Take zinc 5 mg three times daily."),
        ("Take zinc 5 mg b.i.d. with food.", "Take zinc 5 mg twice daily with food."),
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


def test_a_point_between_thousands_is_no_trailing_zero_where_commas_are_decimal() -> None:
    assert fired("Vitamin D 1.000 IU and 2,5 mcg of vitamin B12.", ["trailing-zero-whole"]) == []
    assert fired("Vitamin D 1.000 mcg and 2.5 mcg of vitamin B12.", ["trailing-zero-whole"]) == ["trailing-zero-whole"]


@pytest.mark.parametrize(
    ("text", "message", "fixed"),
    [
        ("Take 2550 mg of metformin a day.", "Write 2,550 mg:", True),
        ("Take 1020 mg of methimazole a day.", "Write 1,020 mg, or 10–20 mg if a dash was lost:", False),
        ("Enoxaparin 4000 units a day.", "Write 4,000 units:", True),
    ],
)
def test_a_separator_that_is_not_written_says_why(text: str, message: str, *, fixed: bool) -> None:
    (found,) = findings(text, ["thousands-comma"])
    assert found.message.startswith(message)
    assert (found.fix is not None) == fixed


def test_a_unit_that_a_list_shares_is_marked_once() -> None:
    assert fired("Levothyroxine 50, 75 or 100 µg each morning.", ["micro-or-cc"]) == ["micro-or-cc"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("If that is not enough, go up to 5-3 mg of melatonin.", "3–5 mg is probably meant"),
        ("Raise your melatonin by 1–0.5 mg a week.", "0.5–1 mg is probably meant"),
        ("Take 20–10 mg of citalopram.", "“20–10 mg” runs backwards: 10–20 mg is probably meant."),
        ("Take 500 mcg–1 mg of it, vitamin B12.", "“500 mcg–1 mg” changes its unit on the way: 500–1,000 mcg"),
        ("Take 250 mg to 1 g of vitamin C.", "250–1,000 mg is probably meant."),
        ("Take 1 g to 2,000 mg of vitamin C.", "1,000–2,000 mg is probably meant."),
    ],
)
def test_a_range_is_told_as_it_should_be(text: str, message: str) -> None:
    (found,) = findings(text, ["range-reversed-or-mixed"])
    assert message in found.message


@pytest.mark.parametrize(
    ("text", "slug", "told"),
    [
        ("| Drug | Dose | When |\n|---|---|---|\n| Furosemide | 40 mg | QD |", "latin-frequency", True),
        ("| Word | Meaning |\n|---|---|\n| QD | daily |", "latin-frequency", False),
        ("The BID process took 50 mg tablets off the list.", "latin-frequency", False),
        ("Give 10 mg of MS by mouth.", "drug-abbrev", True),
        ("In MS, 10 mg of baclofen eases the spasms.", "drug-abbrev", False),
    ],
)
def test_an_abbreviation_counts_where_it_stands_by_its_dose(text: str, slug: str, *, told: bool) -> None:
    assert fired(text, [slug]) == [slug] * told
