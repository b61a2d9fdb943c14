"""What each country asks: its instruments sentence by sentence, and one page under all five at once.

`CAVEAT_UPDATE_GOLDEN=1 pytest tests/test_jurisdictions.py` rewrites the golden report.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from caveat.config import Layer
from caveat.engine.linter import Linter
from caveat.finding import Scope, Severity
from caveat.packs.library import load_rules
from caveat.packs.scope import Jurisdiction, Profile
from caveat.report import Format, TerminalOptions, render
from caveat.result import Report

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).parent / "golden_jurisdictions"


def _everywhere(linter: Linter, page: str) -> Report:
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        return replace(linter, command_line=Layer(jurisdictions=tuple(Jurisdiction))).check_paths([f"examples/{page}"])
    finally:
        os.chdir(before)


@pytest.mark.parametrize("page", ["supplement-shop.html", "online-clinic.md"])
def test_a_page_under_all_jurisdictions(linter: Linter, page: str) -> None:
    out = render(_everywhere(linter, page), Format.TERMINAL, options=TerminalOptions(width=80))
    golden = GOLDEN / f"{page.partition('.')[0]}.txt"
    if os.environ.get("CAVEAT_UPDATE_GOLDEN"):
        golden.write_text(out, encoding="utf-8", newline="\n")
    assert out == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "own"),
    [
        ("supplement-shop.html", {"us": "us/", "eu": "eu/", "uk": "uk/", "au": "au/", "ca": "ca/"}),
        ("online-clinic.md", {"eu": "eu/", "uk": "uk/", "au": "au/", "ca": "ca/"}),
    ],
)
def test_each_country_stops_the_page_by_rules_of_its_own(linter: Linter, page: str, own: dict[str, str]) -> None:
    verdicts = _everywhere(linter, page).files[0].verdicts
    assert [v.jurisdiction for v in verdicts] == [j.value for j in Jurisdiction]
    for verdict in verdicts:
        prefix = own.get(verdict.jurisdiction, "none")
        assert any(rule.startswith(prefix) for rule in verdict.stops) is (prefix != "none")
        kin = {"uk"} if verdict.jurisdiction == "eu" else set()
        for other in verdicts:
            if other.jurisdiction not in {verdict.jurisdiction, *kin}:
                assert not any(rule.startswith(prefix) for rule in other.stops)


SHOP, CLINIC = Profile.SUPPLEMENT_MARKETING, Profile.DRUG_MARKETING


def _rules(linter: Linter, text: str, place: str, profile: Profile = SHOP) -> set[str]:
    """The rules that find something in a text, whether they or another rule speak for it."""
    layer = Layer(profile=profile, jurisdictions=(Jurisdiction(place),))
    report = replace(linter, command_line=layer).check_text(text).files[0]
    return {f.rule for f in (*report.findings, *(f for rivals in report.rivals for f in rivals.findings))}


@pytest.mark.parametrize(
    ("criterion", "text", "rule"),
    [
        (1, "Our turmeric capsules improve arthritis.", "us/disease-claim-supplement"),
        (2, "Our nettle capsules relieve swelling of the joints.", "efficacy/implied-disease"),
        (2, "Our cinnamon capsules lower high blood sugar.", "us/disease-claim-supplement"),
        (3, "Our capsules improve severe cystic acne.", "us/disease-claim-supplement"),
        (4, "# Arthritis Relief\n\nSixty capsules.", "us/disease-cue-in-name"),
        (4, "Each capsule contains 20 mg of tadalafil.", "us/drug-ingredient"),
        (5, "Meet our natural antidepressant.", "us/drug-class-product"),
        (6, "Take our berberine in place of metformin.", "us/substitute-or-augment-therapy"),
        (7, "Take our ginger alongside chemotherapy.", "us/substitute-or-augment-therapy"),
        (8, "Our elderberry helps your body resist flu.", "us/response-to-disease"),
        (9, "Our probiotic eases the side effects of antibiotics.", "us/substitute-or-augment-therapy"),
    ],
)
def test_the_criteria_of_a_disease_claim(linter: Linter, criterion: int, text: str, rule: str) -> None:
    """21 CFR 101.93(g)(2); the pack tells why the tenth, and a cited title, need a person."""
    found = _rules(linter, text, "us")
    assert rule in found, (criterion, found)


@pytest.mark.parametrize(
    "text",
    [
        "Our capsules help maintain cardiovascular function.",
        "Our capsules promote urinary tract health.",
        "Our capsules relieve hot flashes.",
        "Our capsules ease menstrual cramps.",
        "Our capsules reduce mild memory loss associated with aging.",
        "Our elderberry supports the immune system.",
        "Do not take our ginger instead of your medicine.",
    ],
)
def test_structure_and_function_are_no_disease(linter: Linter, text: str) -> None:
    found = _rules(linter, text, "us")
    assert not {rule for rule in found if rule.startswith("us/") or rule == "efficacy/disease-treatment"}


@pytest.mark.parametrize(
    ("place", "text", "profile", "rule"),
    [
        # Regulation 1169/2011, Art. 7; 1924/2006, Art. 10 and 12; Directive 2001/83, Art. 88 and 90
        ("eu", "Our turmeric treats arthritis.", SHOP, "eu/disease-claim-food"),
        ("eu", "Our turmeric supports your joints.", SHOP, "eu/unauthorised-function-claim"),
        ("eu", "Vitamin E contributes to normal bones.", SHOP, "eu/unlisted-function"),
        ("eu", "Our green powder is good for you.", SHOP, "eu/general-wellbeing"),
        ("eu", "Lose 4 kg in a month with our tea.", SHOP, "eu/weight-loss-rate"),
        ("eu", "Our probiotic is recommended by doctors.", SHOP, "eu/doctor-recommendation"),
        ("eu", "Without our omega-3 capsules your heart will suffer.", SHOP, "eu/health-at-risk"),
        ("eu", "# Zinc\n\nOur zinc supports immunity.", SHOP, "eu/balanced-diet-missing"),
        ("eu", "# Zinc\n\nOur zinc supports immunity.", SHOP, "eu/quantity-missing"),
        ("eu", "# Zinc\n\nOur zinc supports immunity.", SHOP, "eu/avoid-statement-missing"),
        ("eu", "# Zinc\n\nOur zinc supports immunity.", SHOP, "eu/excess-warning-missing"),
        ("eu", "# Sertraline\n\nSee if you qualify for sertraline.", CLINIC, "eu/prescription-medicine-to-public"),
        ("eu", "Our hay fever tablets work without side effects.", CLINIC, "eu/medicine-promise"),
        # CAP Code, section 12; Human Medicines Regulations 2012
        ("uk", "# Sertraline\n\nSee if you qualify for sertraline.", CLINIC, "uk/pom-to-public"),
        ("uk", "Our bracelet treats multiple sclerosis.", SHOP, "uk/serious-condition"),
        ("uk", "Our bracelet kills cancer cells.", SHOP, "uk/serious-condition"),
        ("uk", "Our drops are absolutely safe.", SHOP, "uk/guaranteed-or-free-of-harm"),
        ("uk", "Our tablets are trusted by celebrities.", CLINIC, "uk/celebrity-or-professional-endorsement"),
        ("uk", "Our turmeric supports your joints.", SHOP, "eu/unauthorised-function-claim"),
        # Therapeutic Goods Act 1989; Advertising Code 2021
        ("au", "Our fish oil prevents heart failure.", SHOP, "au/restricted-representation"),
        ("au", "Our saffron treats schizophrenia.", SHOP, "au/prohibited-representation"),
        ("au", "Our extract kills cancer cells.", SHOP, "au/prohibited-representation"),
        ("au", "This miracle cream works for everyone.", SHOP, "au/forbidden-promise"),
        ("au", "Our magnesium is recommended by pharmacists.", SHOP, "au/professional-endorsement"),
        ("au", "# Sertraline\n\nSee if you qualify for sertraline.", CLINIC, "au/scheduled-medicine-to-public"),
        ("au", "# Ginger\n\nOur ginger drops relieve nausea.", SHOP, "au/symptoms-statement-missing"),
        ("au", "# Ginger\n\nOur ginger drops support digestion.", SHOP, "disclosure/regional-statement"),
        # Food and Drugs Act; its regulations, C.01.044
        ("ca", "Our ginseng treats diabetes.", SHOP, "ca/schedule-a-claim"),
        ("ca", "Our ginseng prevents diabetes.", SHOP, "ca/schedule-a-prevention"),
        ("ca", "# Sertraline\n\nSertraline treats depression. Order now.", CLINIC, "ca/prescription-drug-to-public"),
        ("ca", "Our drops are completely safe.", SHOP, "ca/erroneous-impression"),
    ],
)
def test_what_an_instrument_forbids_or_asks(linter: Linter, place: str, text: str, profile: Profile, rule: str) -> None:
    assert rule in _rules(linter, text, place, profile)
    others = {other.value for other in Jurisdiction} - {place}
    if rule.startswith(f"{place}/"):
        kin = {"eu", "uk"} if place == "eu" else {place}
        assert all(rule not in _rules(linter, text, other, profile) for other in others - kin)


def test_one_claim_under_five_laws_is_told_once(linter: Linter) -> None:
    everywhere = replace(linter, command_line=Layer(profile=SHOP, jurisdictions=tuple(Jurisdiction)))
    report = everywhere.check_text("Our turmeric capsules treat diabetes.").files[0]
    (finding,) = [f for f in report.findings if f.scope is Scope.TEXT]
    assert finding.severity is Severity.ERROR
    assert finding.message.endswith("(also against the rules of AU, CA and US)")
    assert {one.jurisdiction for one in finding.authority} >= {"eu", "uk", "au", "ca", "us"}
    assert not any(verdict.publishable for verdict in report.verdicts)


@pytest.mark.parametrize("place", ["au", "uk"])
def test_a_study_told_with_its_limits_weighs_less_than_a_promise(linter: Linter, place: str) -> None:
    layer = Layer(profile=SHOP, jurisdictions=(Jurisdiction(place),))
    here = replace(linter, command_line=layer)

    def stops(text: str) -> bool:
        (verdict,) = here.check_text(text).files[0].verdicts
        return any(rule.startswith(f"{place}/") for rule in verdict.stops)

    assert stops("Our turmeric kills cancer cells.")
    assert not stops("In mice turmeric slowed breast cancer, but nothing is known about people.")
    assert not stops("Turmeric reduced breast cancer in mice; this has not been shown in people.")


def test_an_authorised_claim_nearby_carries_a_general_one(linter: Linter) -> None:
    rule, claim = "eu/general-wellbeing", "Zinc contributes to normal fertility."
    for text in (f"Good for you: {claim}", f"Our powder is good for you. {claim}", f"## Good for you\n\n{claim}"):
        assert rule not in _rules(linter, text, "eu")
    assert rule in _rules(linter, f"Our powder is good for you. It tastes of lemon. {claim}", "eu")


def test_the_report_says_why_rules_of_the_eu_stop_a_page_in_the_united_kingdom(linter: Linter) -> None:
    def told(*places: Jurisdiction) -> str:
        there = replace(linter, command_line=Layer(profile=SHOP, jurisdictions=places))
        report = there.check_text("Our probiotic is recommended by doctors.\n")
        return render(report, Format.TERMINAL, options=TerminalOptions(width=200))

    assert "eu/ is law of Great Britain too" in told(Jurisdiction.US, Jurisdiction.UK)
    assert "eu/ is law of Great Britain too" not in told(Jurisdiction.US, Jurisdiction.AU)
    assert "CAP Code, section 15, rule 15.6.3 (UK)" in told(Jurisdiction.UK)
    assert "Article 12(c)" not in told(Jurisdiction.UK)


def test_no_rule_rests_on_the_law_of_countries_that_it_is_not_of() -> None:
    for pack in load_rules():
        for rule in pack.rules:
            asked = {place.value for place in rule.jurisdictions} or {"us"}
            cited = {one.jurisdiction for one in rule.authority}
            assert not cited or cited & {"", "international"} or asked <= cited, rule.id


def test_every_rule_of_a_country_cites_its_instrument() -> None:
    for pack in load_rules():
        if pack.name in tuple(Jurisdiction):
            for rule in pack.rules:
                assert rule.authority, rule.id
                places = {place.value for place in rule.jurisdictions}
                assert places & {one.jurisdiction for one in rule.authority}, rule.id


@pytest.mark.parametrize("format_", [f for f in Format if f in (Format.TERMINAL, Format.MARKDOWN, Format.SARIF)])
def test_no_unverified_citation_is_printed_as_fact(linter: Linter, format_: Format) -> None:
    everywhere = replace(linter, command_line=Layer(profile=SHOP, jurisdictions=tuple(Jurisdiction)))
    text = (
        "Our tea is completely safe. Lose 5 kg in two weeks. Instead of metformin take our tea, nature's antibiotic.\n"
    )
    report = everywhere.check_text(text)
    out = render(report, format_, options=TerminalOptions(width=10_000)).replace("\\", "").replace("[", "")
    out = " ".join(out.split())
    mark = "Unverified, check before relying on it: "
    found = report.files[0].findings
    unread = {finding.rule for finding in found if not any(one.verified for one in finding.authority)}
    assert unread >= {"us/substitute-or-augment-therapy"}
    for finding in found:
        assert (mark + finding.why in out) is (finding.rule in unread), finding.rule
    beside_read = {one for finding in found if finding.rule not in unread for one in finding.authority}
    unsure = {one for one in beside_read if not one.verified}
    assert len(unsure) > 1
    for one in unsure:
        assert f"{mark}{one.title}, {one.section}" in out
    for one in beside_read - unsure:
        assert f"{mark}{one.title}, {one.section} (" not in out


def test_json_says_of_each_citation_whether_it_was_read(linter: Linter) -> None:
    text = "Our magnesium capsules improve sleep.\n"
    report = replace(linter, command_line=Layer(profile=SHOP, jurisdictions=(Jurisdiction.EU,))).check_text(text)
    (file,) = json.loads(render(report, Format.JSON))["files"]
    said = {one["section"]: one["verified"] for f in file["findings"] for one in f["authority"] if "section" in one}
    assert said["Annex"] is False
