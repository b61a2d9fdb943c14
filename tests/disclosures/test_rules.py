"""The disclosure and metadata rules at the linter's door."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caveat import Linter
from caveat.analysis.profile import PLAIN
from caveat.finding import Scope
from caveat.packs.when.disclosure import DisclosureKind, DisclosureWhen, Fault, Trigger

from .pages import FILL, findings

_SHOP = "# Zinc\n\nOur zinc supports the immune system{mark} Add to cart. Free shipping.\n\n{note}\n"
_CANONICAL = (
    "This statement has not been evaluated by the Food and Drug Administration. "
    "This product is not intended to diagnose, treat, cure, or prevent any disease."
)


def _profile(linter: Linter, text: str) -> tuple[str, str]:
    (file,) = linter.check_text(text).files
    return file.profile, file.profile_reason


def test_a_finding_says_why_here_and_what_to_paste(linter: Linter) -> None:
    text = _SHOP.format(mark=".", note="Store it in a dry place.")
    finding = findings(linter, text)["disclosure/dshea-missing"]
    assert finding.scope is Scope.DOCUMENT
    assert finding.span.of(text) == "Zinc"
    assert any("supports the immune system" in cue for cue in finding.cues)
    assert any("supports the immune system" in related.span.of(text) for related in finding.related)
    assert _CANONICAL in finding.suggestion
    assert finding.authority


def test_a_message_names_the_subject_as_the_page_does_inside_a_sentence(linter: Linter) -> None:
    text = "# Ginger: uses\n\nGinger relieves nausea, and ginger is a root. " + "It grows where it is warm. " * 20
    assert " benefits of ginger (" in findings(linter, text)["disclosure/side-effects-missing"].message


@pytest.mark.parametrize(("heading", "owes"), [("What ashwagandha does", True), ("Ashwagandha-free bars", False)])
def test_a_later_heading_names_the_subject_unless_its_name_begins_a_compound(
    linter: Linter, heading: str, *, owes: bool
) -> None:
    text = (
        f"# What to know\n\n## {heading}\n\nAshwagandha reduces stress. Ashwagandha is a root. "
        + "It grows where it is warm. " * 25
    )
    assert ("disclosure/informational-disclaimer" in findings(linter, text)) is owes


def test_what_a_laboratory_checks_for_purity_is_no_study(linter: Linter) -> None:
    text = "# Propolis\n\nOur propolis is {}. Add to cart. " + "It grows where it is warm. " * 20
    assert "disclosure/citations-missing" not in findings(linter, text.format("lab-tested, batch by batch"))
    assert "disclosure/citations-missing" in findings(linter, text.format("clinically tested"))


def test_the_note_answers_where_it_stands(linter: Linter) -> None:
    found = findings(linter, _SHOP.format(mark=".*", note="*" + _CANONICAL))
    assert not {r for r in found if r.startswith("disclosure/dshea")}


@pytest.mark.parametrize(
    "claim",
    [
        "Zinc contributes to normal immune function.",
        "Zinc contributes to the maintenance of normal nails.",
        "Zinc contributes to normal fertility.",
    ],
)
def test_a_wording_that_europe_authorises_owes_the_american_note(claim: str, linter: Linter) -> None:
    """The list of one jurisdiction lifts no duty of another."""
    found = findings(linter, f"# Zinc\n\n{claim} Our zinc comes in a glass jar. Add to cart. Free shipping.\n")
    assert "disclosure/dshea-missing" in found


def test_an_altered_note_is_no_missing_one(linter: Linter) -> None:
    found = findings(linter, _SHOP.format(mark=".*", note="*Not evaluated by the FDA."))
    assert "disclosure/dshea-altered" in found
    assert "disclosure/dshea-missing" not in found


def test_key_warnings_are_named_one_by_one(linter: Linter) -> None:
    text = """# Naltrexone: uses and benefits

Naltrexone is a prescription medicine that treats alcohol dependence. The usual dose is 50 mg once a day. It can harm
the liver. Watch for depression and suicidal thoughts, and get help at once. {more}

It is taken with food, in the morning or in the evening, and it should be taken at the same hour every day. Treatment
goes together with counselling. Most programmes run for three to six months, and some people stay on the tablets for
a year. The tablets are yellow or beige and are scored. They can be split with a cutter, and the halves keep well.
"""
    message = findings(linter, text.format(more=""))["disclosure/key-warning-missing"].message
    assert "opioid" in message
    assert "liver" not in message
    more = (
        "Be free of opioids for 7 to 10 days before the first tablet. "
        "After treatment ends, a dose that you once tolerated can be fatal."
    )
    assert "disclosure/key-warning-missing" not in findings(linter, text.format(more=more))


@pytest.mark.parametrize(("day", "stale"), [("2026-01-10", False), ("2023-06-01", False), ("2022-01-10", True)])
def test_a_page_grows_stale_after_three_years(day: str, stale: bool) -> None:
    linter = Linter.load(cache=False, today=date(2026, 6, 1))
    body = "Zinc lozenges shorten colds. Zinc helps wounds to heal. " + "The taste of it is metallic. " * 30
    text = f"---\ntitle: Zinc\nauthor: Ana Silva\nreviewer: Tom Okafor\ndate: {day}\n---\n\n{body}\n"
    assert ("disclosure/date-missing-or-stale" in findings(linter, text)) is stale


def test_the_commission_comes_before_the_link(linter: Linter) -> None:
    link = "We like [this one](https://www.amazon.com/dp/B00?tag=site-20) for its price.\n"
    told = "We earn a commission when you buy through our links.\n"
    assert "disclosure/affiliate-missing" in findings(linter, f"# Zinc\n\n{link}")
    assert "disclosure/affiliate-late" in findings(linter, f"# Zinc\n\n{link}\n{told}")
    assert not {r for r in findings(linter, f"# Zinc\n\n{told}\n{link}") if "affiliate" in r}


@pytest.mark.parametrize(
    "said",
    [
        "Each softgel holds 90 mg of magnesium.",
        "Every evening we took one. Each scoop contains two grams.",
        "It is our favourite magnesium supplement this year.",
    ],
)
def test_a_review_that_says_what_is_in_a_capsule_still_owes_word_on_its_paid_links(linter: Linter, said: str) -> None:
    text = f"We slept well on [Drowse](https://www.amazon.com/dp/B00DROWSE0?tag=bedsite-20), from $19. {said}\n"
    found = findings(linter, text)
    assert "disclosure/affiliate-missing" in found
    assert "disclosure/dshea-missing" not in found
    assert _profile(linter, text) == ("article", PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "# Lentil soup\n\nFry an onion. Add lentils, water and 5 g of salt. Simmer for half an hour.\n",
        "# Opening hours\n\nThe pharmacy is closed on Monday.\n",
        "# Measles in the county\n\nThree cases of measles were reported last week. Check your vaccination record. "
        + "Measles spreads through the air and is very contagious. " * 20
        + "\n",
    ],
)
def test_pages_that_owe_nothing(linter: Linter, text: str) -> None:
    assert not {r for r in findings(linter, text) if r.startswith("disclosure/")}


_SHOP_PAGE = "# Zinc\n\nOur zinc capsules are made in Ohio. Add to cart. Free shipping."
_CLINIC_PAGE = "# Semaglutide online\n\nSee if you qualify. Start your consultation with our prescribers."
_LEAFLET = "# Metformin\n\n## How to take it\n\nWith food.\n\n## If you miss a dose\n\nSkip it.\n\n## Storage\n\nDry.\n"


@pytest.mark.parametrize(
    ("text", "profile", "words"),
    [
        (_SHOP_PAGE, "supplement-marketing", "Add to cart"),
        (_CLINIC_PAGE, "drug-marketing", "See if you qualify"),
        (_LEAFLET, "patient-guide", "How to take"),
        ("# Zinc\n\nZinc is a metal that the body needs in small amounts.", "article", ""),
    ],
)
def test_profile_shows_itself(linter: Linter, text: str, profile: str, words: str) -> None:
    found, reason = _profile(linter, text)
    assert found == profile
    assert words.lower() in reason.lower()


@pytest.mark.parametrize(
    ("text", "off_label"),
    [
        ("# Propranolol\n\nPropranolol eases stage fright before a talk.", True),
        ("# Sertraline\n\nSertraline eases stage fright before a talk.", False),  # of the family of what it is for
        ("# Wegovy\n\nIn rats semaglutide has caused thyroid C-cell tumours.", False),
    ],
)
def test_what_is_off_label_is_a_use_of_its_own(linter: Linter, text: str, off_label: bool) -> None:
    assert ("disclosure/off-label-missing" in findings(linter, text)) is off_label


@pytest.mark.parametrize(
    ("title", "text", "owed"),
    [
        ("LDN", "The FDA approved naltrexone in 1984, at 50 mg, for people who depend on opioids.", False),
        ("LDN", "Naltrexone was approved for opioid addiction; LDN is a small dose of it.", False),
        ("LDN", "Naltrexone was approved in 1984. Some with psoriasis ask for LDN.", True),
        ("LDN", "Naltrexone was approved in 1984. As LDN it relieves pain.", True),
        ("LDN", "Naltrexone was approved in 1984. Of LDN, take 3 mg at night.", True),
        ("Gabapentin", "1993: gabapentin cleared for seizures. 2004: gabapentin approved to relieve asthma.", False),
        ("Gabapentin", "In 1993, regulators cleared gabapentin to treat asthma.", False),
        ("Gabapentin", "In 1993, regulators cleared gabapentin. It treats asthma.", True),
    ],
)
def test_what_was_approved_when_suggests_no_other_use(linter: Linter, title: str, text: str, owed: bool) -> None:
    assert ("disclosure/off-label-missing" in findings(linter, f"# {title}\n\n{text}\n")) is owed


@pytest.mark.parametrize("place", ["us", "eu", "uk", "au", "ca"])
def test_one_page_in_each_country(place: str) -> None:
    linter = Linter.load(cache=False, jurisdictions=[place], profile="supplement-marketing")
    text = "# Turmeric capsules\n\nOur turmeric capsules treat arthritis and cure cancer. They are completely safe.\n"
    text += "\nTake them instead of metformin.\n"
    prefixes = {r.partition("/")[0] for r in findings(linter, text)} & {"us", "eu", "uk", "au", "ca"}
    assert place in prefixes or (place == "uk" and "eu" in prefixes)
    assert prefixes <= {place, "eu" if place == "uk" else place}


_CLINIC = "<title>Weight loss injections online</title><h1>{}</h1><p>Start your consultation today.</p><p>{}</p>"


@pytest.mark.parametrize(
    ("heading", "text", "advertised"),
    [
        ("Wegovy and Mounjaro", "The pen arrives in two days.", "Wegovy"),  # the title names only the class
        ("Our clinic", "Order Ozempic online from £99.", "Ozempic"),
        ("Our clinic", "Tell us if you take warfarin.", ""),
    ],
)
@pytest.mark.parametrize("place", ["eu", "uk", "au"])
def test_no_medicine_on_prescription_is_offered_to_the_public(
    heading: str, text: str, advertised: str, place: str
) -> None:
    linter = Linter.load(cache=False, jurisdictions=[place], profile="drug-marketing")
    report = linter.check_text(_CLINIC.format(heading, text), path="clinic.html")
    rules = {"eu/prescription-medicine-to-public", "uk/pom-to-public", "au/scheduled-medicine-to-public"}
    found = [f.message for _, _, f in report.findings() if f.rule in rules]
    assert [message.split()[0] for message in found] == ([advertised] if advertised else [])


def test_a_medicine_that_a_product_is_set_beside_is_not_offered() -> None:
    linter = Linter.load(cache=False, jurisdictions=["uk"], profile="supplement-marketing")
    text = "# Berberine capsules\n\nAdd to cart.\n\n## Berberine or metformin?\n\nBerberine is a plant compound.\n"
    assert "uk/pom-to-public" not in findings(linter, text)


@pytest.mark.parametrize(
    ("text", "owed"),
    [
        ("# Oat clusters\n\nOur oats soothe a sore throat. Add to cart.", set()),
        (
            "# Ginger drops\n\nOur ginger drops ease nausea. Add to cart.",
            {"regional-statement", "symptoms-statement-missing"},
        ),
        ("# Ginseng\n\nOur ginseng capsules prevent diabetes. Add to cart.", {"regional-statement"}),
    ],
)
def test_what_an_australian_advertisement_owes(text: str, owed: set[str]) -> None:
    linter = Linter.load(cache=False, jurisdictions=["au"], profile="supplement-marketing")
    found = {rule.partition("/")[2] for rule in findings(linter, text)}
    assert found & {"regional-statement", "symptoms-statement-missing"} == owed


@pytest.mark.parametrize(
    ("text", "owed"),
    [
        ("# Beetroot capsules\n\nOur beetroot supports a healthy heart. Add to cart.", True),
        ("# Beetroot juice\n\nOur beetroot supports a healthy heart. Add to cart.", False),
        ("# Green Coffee\n\nOur green coffee supports a healthy metabolism. Add to cart.", True),
    ],
)
def test_a_food_in_capsules_is_a_supplement(text: str, owed: bool) -> None:
    linter = Linter.load(cache=False, jurisdictions=["us"], profile="supplement-marketing")
    assert ("disclosure/dshea-missing" in findings(linter, text)) is owed


def test_a_listed_wording_on_cholesterol_stands_for_itself() -> None:
    linter = Linter.load(cache=False, jurisdictions=["eu"], profile="supplement-marketing")
    text = (
        "# Oats\n\nOur oats are good for you. Oat beta-glucan has been shown to lower blood cholesterol. Add to cart."
    )
    assert not {"efficacy/agentless-evidence", "eu/general-wellbeing"} & set(findings(linter, text))


@pytest.mark.parametrize(
    "claim",
    [
        "Zinc contributes to the maintenance of normal vision.",
        "Iron contributes to the reduction of tiredness.",
        "Protein contributes to the maintenance of muscle mass and normal bones.",
    ],
)
def test_authorised_wordings_are_no_unauthorised_claims(claim: str) -> None:
    linter = Linter.load(cache=False, jurisdictions=["eu", "uk"], profile="supplement-marketing")
    found = findings(linter, f"# Capsules\n\n{claim}\n")
    assert not {"eu/unauthorised-function-claim", "eu/disease-claim-food", "eu/general-wellbeing"} & set(found)


_MEDICINE = "# Naltrexone tablets\n\nNaltrexone can damage the liver. The usual dose is 50 mg once a day.\n"


def _ticked(linter: Linter, text: str) -> set[str]:
    (file,) = linter.check_text(text, path="page.md").files
    return {item.label for item in file.checklist if item.present}


def test_the_checklist_says_which_key_warning_is_there(linter: Linter) -> None:
    assert [label for label in _ticked(linter, _MEDICINE) if "Key warning" in label] == ["Key warning: liver"]


def test_a_statement_of_another_country_is_not_ticked() -> None:
    text = "# Zinc\n\nOur zinc supports immunity. Add to cart. A varied and balanced diet is important.\n"
    label = "Statement: balanced diet"
    assert label not in _ticked(Linter.load(cache=False, jurisdictions=["us"]), text)
    assert label in _ticked(Linter.load(cache=False, jurisdictions=["eu"], profile="supplement-marketing"), text)


def test_what_a_finding_calls_faulty_is_not_ticked(linter: Linter) -> None:
    altered = _SHOP.format(mark=".*", note="*Not evaluated by the FDA.")
    assert "disclosure/dshea-altered" in findings(linter, altered)
    assert "Supplement note (DSHEA)" not in _ticked(linter, altered)
    right = _SHOP.format(mark=".*", note="*" + _CANONICAL)
    assert "Supplement note (DSHEA)" in _ticked(linter, right)
    vary = "---\ncaveat: {profile: supplement-marketing}\n---\n\n"
    vary += "# Slim Tea\n\n“I lost 30 pounds in a month!” – Kim\n\nAdd to cart. Results may vary.\n"
    assert "disclosure/results-vary-only" in findings(linter, vary)
    assert not {label for label in _ticked(linter, vary) if "vary" in label}


@pytest.mark.parametrize(
    ("fault", "kinds", "right"),
    [
        (Fault.FORBIDDEN, (), True),
        (Fault.MISSING, (DisclosureKind.DSHEA,), True),
        (Fault.FORBIDDEN, (DisclosureKind.DSHEA,), False),
        (Fault.MISSING, (), False),
    ],
)
def test_something_is_owed_or_something_is_forbidden(
    fault: Fault, kinds: tuple[DisclosureKind, ...], right: bool
) -> None:
    if right:
        assert DisclosureWhen(kinds=kinds, fault=fault, any=(Trigger.SHOP,)).fault is fault
    else:
        with pytest.raises(ValueError, match="kinds"):
            DisclosureWhen(kinds=kinds, fault=fault, any=(Trigger.SHOP,))


def _as(profile: str, text: str, jurisdiction: str = "us") -> str:
    return f"---\ncaveat: {{profile: {profile}, jurisdictions: [{jurisdiction}]}}\n---\n{text}"


@pytest.mark.parametrize(
    ("rule", "text", "fires"),
    [
        ("author-reviewer-missing", f"# Turmeric\n\nOur turmeric eases stiff joints. {FILL}{FILL}", False),
        ("date-missing-or-stale", f"# Turmeric\n\nOur turmeric eases stiff joints. {FILL}{FILL}", False),
        ("pregnancy-missing", f"# Turmeric\n\nOur turmeric eases stiff joints. {FILL}{FILL}", True),
    ],
)
def test_who_sells_owes_no_byline_and_no_date(linter: Linter, rule: str, text: str, fires: bool) -> None:
    assert (f"disclosure/{rule}" in findings(linter, _as("supplement-marketing", text))) is fires


@pytest.mark.parametrize(
    ("dose", "fires"),
    [
        ("An overdose destroys the liver.", True),
        ("If you take too much of it, the liver fails.", True),
        ("It is hard to overdose on it.", False),
        ("Do not take more than 3,000 mg in a day.", False),
        ("It is sold for life-threatening illnesses too.", False),
    ],
)
def test_help_is_owed_where_an_emergency_is_spoken_of(linter: Linter, dose: str, fires: bool) -> None:
    text = f"# Acetaminophen dosage\n\nAdults take 500 mg of acetaminophen every six hours. {dose}\n\n{FILL}"
    assert ("disclosure/emergency-missing" in findings(linter, text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("The usual dose of losartan is 50 mg once a day.", True),
        ("Order losartan today, free shipping.", True),
        ("Losartan lowers blood pressure, a trial has found.", False),
    ],
)
def test_a_medicine_is_called_prescription_only_where_it_is_dosed_or_sold(
    linter: Linter, text: str, fires: bool
) -> None:
    found = findings(linter, f"# Losartan and the heart\n\n{text} {FILL}")
    assert ("disclosure/rx-only-missing" in found) is fires


def test_every_benefit_calls_for_the_australian_statement(linter: Linter) -> None:
    text = "# Valerian tablets\n\nValerian tablets relieve insomnia.\n"
    assert "disclosure/regional-statement" in findings(linter, _as("supplement-marketing", text, "au"))
    assert "disclosure/regional-statement" not in findings(linter, _as("supplement-marketing", text))


@pytest.mark.parametrize(("mark", "loose"), [("†", False), ("*", True)])
def test_a_dagger_leads_to_its_note(linter: Linter, mark: str, loose: bool) -> None:
    text = f"# Saffron\n\nOur saffron supports mood.{mark}\n\nPicked by hand.\n\nDried in the shade.\n\n†{_CANONICAL}\n"
    assert ("disclosure/dshea-unlinked" in findings(linter, _as("supplement-marketing", text))) is loose


def test_the_words_shown_are_those_of_the_text_before_a_heading(linter: Linter) -> None:
    text = f"# Berberine for cholesterol\n\nBerberine lowers LDL cholesterol.\n\n{FILL}{FILL}"
    assert "“lowers LDL cholesterol”" in findings(linter, text)["disclosure/evidence-limits-alternatives"].message


_HOUSE = """pack: house
title: House rules
rules:
  - id: nurse-line
    title: The nurse line is missing
    kind: disclosure
    severity: error
    when: {all: [treatment-topic], wording: ['(call|ring) ..2 nurse line ..4']}
    message: "The page is about {substance} and does not give the nurse line"
    why: Every page on a treatment gives it.
    suggestion: 'Add: "Call our nurse line on 0800 555 0100."'
    authority: []
    examples:
      bad: ["# Zinc\\n\\nZinc shortens colds."]
      good: ["# Zinc\\n\\nZinc shortens colds. Call our nurse line on 0800 555 0100."]
"""


def test_a_disclosure_of_ones_own_is_ticked_where_it_stands(tmp_path: Path) -> None:
    pack = tmp_path / "house.yaml"
    pack.write_text(_HOUSE, encoding="utf-8")
    own = Linter.load(cache=False, packs=[pack])
    text = "# Zinc\n\nZinc shortens colds.{}\n"
    (with_it,), (without,) = own.check_text(text.format(" Ring our nurse line.")).files, own.check_text(text).files
    told = {item.kind: item for item in with_it.checklist}["nurse-line"]
    assert (told.present, told.label) == (True, "“Ring our nurse line”")
    assert told.place is not None
    assert told.place.of(text.format(" Ring our nurse line.")) == "Ring our nurse line"
    assert {item.kind: item.present for item in without.checklist}["nurse-line"] is False


def _provided(folder: Path, names: str) -> Linter:
    config = folder / ".caveat.yaml"
    config.write_text(f"provided-by-template: [{names}]\n", encoding="utf-8")
    return Linter.load(cache=False, config=config)


@pytest.mark.parametrize("names", ["dshea", "dshea-missing"])
def test_what_the_template_provides_is_ticked_as_such(tmp_path: Path, names: str) -> None:
    linter = _provided(tmp_path, names)
    (file,) = linter.check_text(_SHOP.format(mark=".", note="Store it in a dry place."), path="page.md").files
    assert "disclosure/dshea-missing" not in {finding.rule for finding in file.findings}
    (item,) = [item for item in file.checklist if item.kind == "dshea"]
    assert (item.label, item.present, item.place) == ("Supplement note (DSHEA)", True, None)


@pytest.mark.parametrize(
    ("names", "mark", "loose"),
    [("dshea", ".", True), ("dshea", ".*", False), ("dshea", ".†", False), ("dshea, dshea-unlinked", ".", False)],
)
def test_a_note_in_the_template_leads_no_claim_to_it(tmp_path: Path, names: str, mark: str, loose: bool) -> None:
    found = findings(_provided(tmp_path, names), _SHOP.format(mark=mark, note="Store it in a dry place."))
    assert ("disclosure/dshea-unlinked" in found) is loose


def test_author_and_reviewer_of_the_template_are_ticked(tmp_path: Path) -> None:
    linter = _provided(tmp_path, "author-reviewer-missing")
    assert {"Author", "Reviewer"} <= _ticked(linter, f"# Berberine dosage\n\nTake 500 mg of berberine. {FILL}{FILL}")


@pytest.mark.parametrize(
    ("heading", "fires"), [("Why our customers love it", False), ("“I lost 14 pounds in three weeks” – Dana", True)]
)
def test_a_heading_that_announces_customers_is_no_testimonial(linter: Linter, heading: str, fires: bool) -> None:
    text = f"# Zinc\n\nOur zinc supports the immune system. Add to cart.\n\n## {heading}\n\nSixty capsules a jar.\n"
    assert ("disclosure/results-vary-only" in findings(linter, text)) is fires


def test_loose_claims_are_named_with_their_lines(linter: Linter) -> None:
    claims = ("supports digestion", "promotes sleep", "supports joints", "supports energy")
    text = "# Blend\n\n" + "".join(f"Our zinc {claim}.\n\nIt grows.\n\nWe dry it.\n\n" for claim in claims)
    found = findings(linter, _as("supplement-marketing", f"{text}{_CANONICAL}\n"))
    message = found["disclosure/dshea-unlinked"].message
    assert "(4)" in message
    for line, claim in ((6, claims[0]), (12, claims[1]), (18, claims[2])):
        assert f"line {line} (“{claim}”)" in message
    assert message.endswith("(“supports joints”) and 1 more")


def test_a_loose_claim_is_one_that_the_note_can_cover(linter: Linter) -> None:
    text = _SHOP.format(
        mark=".", note="Our zinc lowers cholesterol and relieves arthritis pain.\n\nA.\n\nB.\n\n" + _CANONICAL
    )
    finding = findings(linter, text)["disclosure/dshea-unlinked"]
    assert finding.cues == ("supports the immune system",)
