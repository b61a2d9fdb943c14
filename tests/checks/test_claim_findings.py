"""Which claim a rule reports, and what silences it."""

from __future__ import annotations

import pytest

from caveat.engine.linter import Linter
from caveat.finding import Finding
from caveat.packs.scope import Profile


@pytest.fixture(scope="module")
def linter() -> Linter:
    """The built-in packs, without a cache."""
    return Linter.load(profile=Profile.SUPPLEMENT_MARKETING, cache=False)


def _findings(linter: Linter, text: str, rule: str) -> list[Finding]:
    return [finding for finding in linter.check_text(text).files[0].findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Turmeric cures cancer and reverses diabetes.", ["cures cancer", "reverses diabetes"]),
        ("Turmeric cures cancer, and ginger cures gout.", ["cures cancer", "cures gout"]),
        ("Turmeric cures cancer, gout and asthma.", ["cures cancer, gout and asthma"]),
        ("Turmeric treats and even cures cancer.", ["cures cancer"]),
        ("Turmeric cures cancer, and ginger cures cancer too.", ["cures cancer"]),
    ],
)
def test_each_claim_of_a_sentence_is_marked_once(linter: Linter, text: str, marked: list[str]) -> None:
    """A list that one verb governs is one claim; what is promised again says nothing new."""
    assert [finding.text for finding in _findings(linter, text, "efficacy/cure-absolute")] == marked


@pytest.mark.parametrize(
    "text",
    ["Our balm relieves chapped lips and prevents cancer.", "Our balm prevents cancer and relieves chapped lips."],
)
def test_serious_disease_before_the_rest(linter: Linter, text: str) -> None:
    """Wherever it stands, and whatever else the sentence promises."""
    assert any("cancer" in finding.message for finding in _findings(linter, text, "efficacy/disease-treatment"))


@pytest.mark.parametrize(
    "text",
    [
        "Some say that our garlic capsules cure cancer; they do not.",
        "Avoiding coffee, tea or cola helps your bladder.",
        "Egg avoidance is essential for eczema.",
        "Ultrasound and tea tree oil dots help find breast cancer early.",
        "Two trials doubted the ability of kava to ease anxiety.",
        "Sellers often speak of the anti-inflammatory effects of kava.",
        "# Kava\n\n- Cortisol; reduce stress\n- Insulin; eat less often",
        "Iodine plays an important role in our health.",
        "Sugar-free gum is sold everywhere and sugar-free tea relieves nothing.",
        "Those who gave up butter lowered their cholesterol.",
        "Maple syrup keeps you out of ketosis and keeps your blood sugar up and down.",
        "Vitamin A is important for vision, and iodine helps the thyroid do its work.",
        "Our immune systems fight infection.",
        "Tyrosine kinase inhibitors treat leukaemia.",
        "# Kava\n\nThe toxicity of kava harms the liver and may in the end destroy it.",
        "# Kava\n\nGuests who have anxiety are treated with talks.",
        "# Kava\n\nDrink kava at night.\n\n- Wear warm clothes\n- **Manage stress**: it shows in the blood",
        "Although many believe that drinking kava offers heart health benefits, the trials were small.",
    ],
)
def test_no_claim_of_a_product(text: str) -> None:
    """Denied, told of what is left out, of the body or of somebody else, meant as harm, as advice or as a belief."""
    article = Linter.load(profile=Profile.ARTICLE, cache=False)
    rules = {finding.rule for finding in article.check_text(text).files[0].findings if finding.scope == "text"}
    assert not {rule for rule in rules if rule.startswith("efficacy/")}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("# Kava: uses and risks\n\nKava relieves anxiety.\n", True),
        ("# Kava: what are the risks?\n\nKava relieves anxiety.\n", True),
        ("# Kava\n\n## Benefits and risks\n\nKava relieves anxiety.\n", True),
        ("# Kava\n\n## Risks\n\nKava relieves anxiety.\n", False),
        ("# Kava: myths and facts\n\nKava relieves anxiety.\n", True),
        ("# Five myths about kava\n\n## Kava relieves anxiety\n\nNobody has shown it.\n", False),
        ("# Kava\n\n## Myths\n\nKava relieves anxiety.\n", False),
    ],
)
def test_only_a_section_on_harm_or_myths_silences(page: str, found: bool) -> None:
    """A page whose title names risks or myths goes on making claims."""
    rules = {
        finding.rule for finding in Linter.load(profile=Profile.ARTICLE, cache=False).check_text(page).files[0].findings
    }
    assert ("efficacy/implied-disease" in rules or "efficacy/disease-treatment" in rules) is found


@pytest.mark.parametrize(
    "text",
    [
        "Twenty minutes after the cup your heartburn ebbs away.",
        "Mouth ulcers again? Our gel stops them before they start.",
        "Parents reach for our thyme drops for dispelling a tight cough.",
        "Our ginger shot sends nausea into retreat.",
        "People with colitis may find relief through slippery elm.",
        "The anti-cancer effects of chaga make it a must for anyone going through chemotherapy.",
        "Horsetail evens out blood sugar.",
        "8 out of 10 sufferers slept through on our hops.",
    ],
)
def test_a_claim_is_found_however_it_is_built(linter: Linter, text: str) -> None:
    """What goes of itself, a pronoun for what was asked about, a purpose behind a product, a means behind an effect."""
    assert {f.rule for f in linter.check_text(text).files[0].findings if f.rule.startswith("efficacy/")}


@pytest.mark.parametrize(
    "text",
    [
        "The rash usually fades within a week.",
        "Ciprofloxacin and other antimicrobial agents are resisted by some strains.",
        "Melatonin contributes to the reduction of the time needed to fall asleep.",
        "Bile carries toxins out of the liver.",
    ],
)
def test_what_happens_of_itself_is_no_claim(text: str) -> None:
    article = Linter.load(profile=Profile.ARTICLE, cache=False)
    assert not {f.rule for f in article.check_text(text).files[0].findings if f.rule.startswith("efficacy/")}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Our chaga tea is anti-cancer.", "for cancer"),
        ("Our chaga tea has anti-diabetic effects.", "for diabetes"),
        ("Our chaga tea kills cancer cells.", "for cancer"),
        ("Our chaga tea relieves arthritis.", "for arthritis"),
    ],
)
def test_a_message_names_the_illness(linter: Linter, text: str, named: str) -> None:
    """By its own name, where the text has an adjective, its cells or a word that is a claim in itself."""
    (finding,) = _findings(linter, text, "efficacy/disease-treatment")
    assert finding.message.endswith(named)


def test_a_message_does_not_name_as_the_remedy_what_is_to_go(linter: Linter) -> None:
    (finding,) = _findings(linter, "Order our tea today. Belly fat melts away.", "efficacy/unhedged-benefit")
    assert "of Belly fat" not in finding.message
    assert "of belly fat" not in finding.message


@pytest.mark.parametrize(("profile", "found"), [(Profile.ARTICLE, False), (Profile.SUPPLEMENT_MARKETING, True)])
def test_what_a_nutrient_does_in_the_body_is_a_claim_of_sellers(profile: Profile, found: bool) -> None:
    """What textbooks say of a vitamin is no finding in an article; a seller who says it owes support."""
    linter = Linter.load(profile=profile, cache=False)
    assert bool(_findings(linter, "Vitamin A is important for vision.", "efficacy/unhedged-benefit")) is found


def test_a_heading_that_runs_into_a_question_is_told() -> None:
    article = Linter.load(profile=Profile.ARTICLE, cache=False)
    text = "# Corns: the #1 remedy Have you had enough of sore feet?\n\nSoak them.\n"
    assert _findings(article, text, "efficacy/miracle-hype")
    assert not _findings(
        article, "# Have you heard of the #1 remedy for corns?\n\nSoak them.\n", "efficacy/miracle-hype"
    )


def test_a_plain_name_in_the_title_is_the_product_s() -> None:
    """Where the page sells it in a form, goes on calling it so and never writes it small."""
    article = Linter.load(profile=Profile.ARTICLE, cache=False)
    page = "# {} Night Drops\n\n{} tastes of mint. {} relieves eczema.\n"
    assert _findings(article, page.format("Zenvia", "Zenvia", "Zenvia"), "efficacy/disease-treatment")
    assert not _findings(article, page.format("Winter", "A winter drink", "Winter"), "efficacy/disease-treatment")
