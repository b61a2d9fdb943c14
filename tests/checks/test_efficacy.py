"""Efficacy findings at the checks' door: who yields to whom, what softens, what exempts, which places are shown.

`[[...]]` marks the words that a finding must cover.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from caveat.analysis.facts import Analysis
from caveat.checks.reasoning import Reasoner
from caveat.engine.linter import Linter
from caveat.finding import Finding, Scope, Severity
from caveat.packs.library import load_language, load_rules
from caveat.packs.scope import Profile


@pytest.fixture(scope="module")
def linters() -> dict[Profile, Linter]:
    return {profile: Linter.load(profile=profile, jurisdictions=["us"], select=["efficacy/*"]) for profile in Profile}


class Page:
    """A text, checked under a profile."""

    def __init__(self, linters: dict[Profile, Linter], text: str, profile: Profile = Profile.ARTICLE) -> None:
        self.marked = text
        self.text = text.replace("[[", "").replace("]]", "")
        report = linters[profile].check_text(self.text)
        self.findings: list[Finding] = [f for f in report.files[0].findings if f.scope is Scope.TEXT]

    @property
    def rules(self) -> list[str]:
        return [f.rule.removeprefix("efficacy/") for f in self.findings]

    def one(self, slug: str) -> Finding:
        found = [f for f in self.findings if f.rule == f"efficacy/{slug}"]
        assert len(found) == 1, (slug, self.rules)
        return found[0]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Our turmeric [[cures arthritis]].", "cure-absolute"),
        ("Black seed oil [[relieves asthma]].", "disease-treatment"),
        ("Cinnamon [[lowers blood sugar]].", "implied-disease"),
        ("Reishi [[boosts the immune system]].", "unhedged-benefit"),
        ("Naltrexone 4.5 mg [[reduces alcohol cravings]].", "misattributed-dose-indication"),
        ("Our syrup is made in [[an FDA-approved facility]].", "fda-approved-misuse"),
    ],
)
def test_finding_stands_at_the_words_that_claim(linters: dict[Profile, Linter], text: str, slug: str) -> None:
    page = Page(linters, text)
    start = page.marked.index("[[")
    finding = page.one(slug)
    assert finding.span.start <= page.marked.index("]]") - 2
    assert finding.span.end >= start
    assert set(finding.text.split()) & set(page.marked[start + 2 : page.marked.index("]]")].split())


@pytest.mark.parametrize(
    ("text", "winner", "losers"),
    [
        ("Turmeric cures arthritis.", "cure-absolute", {"disease-treatment", "unhedged-benefit"}),
        (
            "Naltrexone 4.5 mg is used to treat alcohol dependence.",
            "misattributed-dose-indication",
            {"disease-treatment", "off-label-as-indication", "cure-all-list"},
        ),
        (
            "Studies show that ginger relieves migraine.",
            "disease-treatment",
            {"uncited-establishment", "vague-research"},
        ),
        ("Lose weight for good without dieting.", "wl-permanent", {"wl-no-effort"}),
    ],
)
def test_most_specific_finding_of_a_sentence_stays(
    linters: dict[Profile, Linter], text: str, winner: str, losers: set[str]
) -> None:
    rules = Page(linters, text).rules
    assert winner in rules
    assert not losers & set(rules)


def test_no_two_precedence_lists_contradict_each_other() -> None:
    before: set[tuple[str, str]] = set()
    for pack in load_rules():
        for chain in pack.precedence:
            names = [name if "/" in name else f"{pack.name}/{name}" for name in chain]
            before |= {(first, second) for at, first in enumerate(names) for second in names[at + 1 :]}
    assert [pair for pair in before if pair[::-1] in before] == []


def test_sentences_do_not_yield_to_each_other(linters: dict[Profile, Linter]) -> None:
    page = Page(linters, "Turmeric cures arthritis. Studies show that turmeric lowers cholesterol.")
    assert len(page.rules) == 2


def test_hedge_lowers_severity_and_exempts_nothing(linters: dict[Profile, Linter]) -> None:
    plain = Page(linters, "Our magnesium relieves migraine.", Profile.SUPPLEMENT_MARKETING).one("disease-treatment")
    hedged = Page(linters, "Our magnesium may relieve migraine.", Profile.SUPPLEMENT_MARKETING).one("disease-treatment")
    assert (plain.severity, plain.softened) == (Severity.ERROR, False)
    assert (hedged.severity, hedged.softened) == (Severity.WARNING, True)


@pytest.mark.parametrize(
    "text",
    [
        "Garlic does not cure cancer.",
        "Does garlic cure cancer?",
        "It is a myth that garlic cures cancer.",
        "There is no evidence that garlic cures cancer.",
        "Garlic has been studied in people with cancer.",
        "Ginger relieves nausea, but the trials were small and poorly controlled.",
        "In a trial of 90 adults, ginger relieved nausea (doi: 10.1000/example.21).",
        "In mice, berberine lowered blood sugar.",
    ],
)
def test_denied_asked_debunked_limited_and_cited_claims_are_silent(linters: dict[Profile, Linter], text: str) -> None:
    assert Page(linters, text).rules == []


@pytest.mark.parametrize(
    "text",
    [
        "Lisinopril lowers blood pressure.",
        "Metformin is used to treat type 2 diabetes.",
        "Antibiotics can cure strep throat.",
        "Sertraline relieves depression and anxiety.",
        "Exercise improves sleep and mood.",
        "Cognitive behavioural therapy is effective for insomnia.",
        "A pacemaker controls a slow heart rate.",
        "The flu vaccine prevents influenza.",
    ],
)
def test_established_treatment_is_no_finding_in_an_article(linters: dict[Profile, Linter], text: str) -> None:
    assert Page(linters, text).rules == []


def test_quotation_exempts_an_article_but_not_the_seller(linters: dict[Profile, Linter]) -> None:
    text = "“This oil cured my arthritis,” says Maria."
    assert "cure-absolute" not in Page(linters, text).rules
    seller = Page(linters, text, Profile.SUPPLEMENT_MARKETING)
    assert any(f.severity is Severity.ERROR for f in seller.findings)


@pytest.mark.parametrize("text", ["Relieves migraine and joint pain.", "Effective painkillers to treat arthritis."])
def test_claim_about_nothing_is_about_the_goods_of_a_page_that_sells(linters: dict[Profile, Linter], text: str) -> None:
    assert Page(linters, text).rules == []
    assert Page(linters, text, Profile.SUPPLEMENT_MARKETING).rules


def test_name_from_another_paragraph_is_not_the_subject(linters: dict[Profile, Linter]) -> None:
    text = "# Caring for the heart\n\nLimit alcohol and salt.\n\nA cardiologist is a doctor who treats heart disease."
    assert Page(linters, text).rules == []


def test_name_in_the_heading_is_the_subject_of_its_list(linters: dict[Profile, Linter]) -> None:
    text = "# Aloe vera\n\n## Benefits of aloe vera\n\n- Relieves arthritis\n- Reduces inflammation"
    assert len(Page(linters, text).rules) >= 2


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("It has no side effects.", True),
        ("It is not true that it has no side effects.", False),
        ("A patch does not make you lose weight.", False),
        ("The slimming patch makes you lose weight.", True),
        ("It is not clinically proven.", False),
    ],
)
def test_negation_speaks_of_a_phrase_only_from_outside_its_words(
    linters: dict[Profile, Linter], text: str, marked: bool
) -> None:
    assert bool(Page(linters, text).rules) is marked


def test_borrowed_indication_shows_both_doses(linters: dict[Profile, Linter]) -> None:
    text = (
        "# Naltrexone 4.5 mg\n\nFor alcohol dependence, the usual dose of naltrexone is 50 mg a day.\n\n"
        "Naltrexone 4.5 mg reduces alcohol cravings."
    )
    finding = Page(linters, text).one("misattributed-dose-indication")
    assert finding.severity is Severity.ERROR
    assert "4.5 mg" in finding.message
    assert "50 mg" in finding.message
    assert "this" not in finding.message.split()
    for place in finding.related:
        assert text[place.span.start : place.span.end]


def test_drift_shows_where_the_hedge_stood(linters: dict[Profile, Linter]) -> None:
    text = "Physiotherapy might reduce stiffness.\n\nPhysiotherapy reduces stiffness."
    finding = Page(linters, text).one("certainty-drift")
    (place,) = finding.related
    assert place.span.end <= text.index("\n")
    assert "might" in place.message


def test_message_names_three_targets_at_most(linters: dict[Profile, Linter]) -> None:
    page = Page(
        linters, "Noni juice treats diabetes, asthma, gout, eczema and depression.", Profile.SUPPLEMENT_MARKETING
    )
    (message,) = [
        f.message for f in page.findings if f.rule in ("efficacy/disease-treatment", "efficacy/cure-all-list")
    ]
    assert message.endswith("for diabetes, asthma, gout and others")


@pytest.mark.parametrize("profile", list(Profile))
def test_messages_have_no_empty_or_open_placeholder(linters: dict[Profile, Linter], profile: Profile) -> None:
    text = (
        "It relieves pain. This helps with migraine. Our tea detoxes your liver. Its ability to lower blood pressure "
        "makes garlic a treasure. Garlic is anti-inflammatory. Garlic for asthma. Garlic may prevent colds."
    )
    for finding in Page(linters, f"# Garlic\n\n{text}", profile).findings:
        assert "{" not in finding.message
        assert "““" not in finding.message
        assert "“”" not in finding.message


def test_the_dose_of_the_heading_is_the_dose_of_a_claim_below_it(linters: dict[Profile, Linter]) -> None:
    page = Page(linters, "# Guide\n\n## Naltrexone 4.5 mg\n\nNaltrexone reduces alcohol cravings.")
    found = page.one("misattributed-dose-indication")
    assert "4.5 mg" in found.message
    nearer = Page(
        linters, "# Guide\n\n## Naltrexone 4.5 mg\n\n### Naltrexone 50 mg\n\nNaltrexone reduces alcohol cravings."
    )
    assert "misattributed-dose-indication" not in nearer.rules


def test_claims_under_many_headings_with_doses_take_linear_time(
    linters: dict[Profile, Linter], linear: Callable[..., bool]
) -> None:
    page = "## Vitamin C 5 mg\n\nNaltrexone reduces alcohol cravings.\n\n"
    language = load_language()
    reasoner = Reasoner(language.labels, language.register)

    def all_of(analysis: Analysis) -> object:
        fresh = replace(analysis)  # nothing kept from the run before
        return [reasoner.circumstances(fresh, claim) for claim in fresh.claims]

    def make(count: int) -> Callable[[], object]:
        return partial(all_of, linters[Profile.ARTICLE].facts(page * count))

    assert linear(make, 100)


def test_a_heading_too_long_for_one_block_is_read_like_any_other(linters: dict[Profile, Linter]) -> None:
    claim = "Naltrexone reduces alcohol cravings. It is generally well tolerated."
    page = Page(linters, "# Guide\n\n## " + "Vitamin C 5 mg, " * 600 + f"\n\n{claim}")
    assert "misattributed-dose-indication" not in page.rules


@pytest.mark.parametrize(
    ("text", "profile", "slug"),
    [
        ("VitaGlow is FDA approved.", Profile.SUPPLEMENT_MARKETING, "fda-approved-misuse"),
        ("# VitaGlow turmeric capsules\n\nVitaGlow is FDA approved.", Profile.ARTICLE, "fda-approved-misuse"),
        ("Try VitaGlow. VitaGlow cures arthritis.", Profile.ARTICLE, "cure-absolute"),
        ("Velosan™ is here. Velosan relieves asthma.", Profile.ARTICLE, "disease-treatment"),
        ("Doctors recommend VitaGlow for arthritis.", Profile.SUPPLEMENT_MARKETING, "expert-endorsement"),
        ("# Ginger\n\n## Helps with\n\n- arthritis\n- gout", Profile.ARTICLE, "disease-treatment"),
        ("# Benefits of ginger\n\n- Asthma\n- Gout", Profile.ARTICLE, "disease-treatment"),
        ("| Herb | Good for |\n|---|---|\n| Ginger | gout |\n", Profile.ARTICLE, "disease-treatment"),
        ("# Notes\n\nTurmeric cures cancer.", Profile.ARTICLE, "cure-absolute"),
        ("# Turmeric\n\n## Myths and facts\n\nTurmeric cures cancer.", Profile.ARTICLE, "cure-absolute"),
    ],
)
def test_what_a_page_names_and_heads_is_read(
    linters: dict[Profile, Linter], text: str, profile: Profile, slug: str
) -> None:
    assert slug in Page(linters, text, profile).rules


@pytest.mark.parametrize(
    "text",
    [
        "VitaGlow helps people with arthritis find each other.",
        "A search of PubMed found 12 trials. PubMed helps doctors treat asthma.",
        "Anna McNeil treats arthritis in her clinic.",
        "# Ginger\n\n## Does not help with\n\n- arthritis\n- gout",
        "# Turmeric\n\n## Myths\n\nTurmeric cures cancer.",
        "# Turmeric\n\nText.\n\n## Notes\n\nTurmeric cures cancer. 2019.",
        "Cortisol and DHEA testing helps evaluate the stress response.",
        "Beyond its part in the cycle, estrogen helps regulate body temperature.",
        "Vitamin D prevents rickets.",
        "Folic acid lowers the risk of neural tube defects.",
        "Stop taking ginger a week before surgery.",
    ],
)
def test_what_is_near_to_that_passes(linters: dict[Profile, Linter], text: str) -> None:
    weighty = [f.rule for f in Page(linters, text).findings if f.severity is not Severity.NOTE]
    assert weighty == []


def test_a_raised_number_is_a_citation_where_the_page_lists_sources(linters: dict[Profile, Linter]) -> None:
    sources = "\n\n## References\n\n1. A trial. 2019."
    assert Page(linters, f"Cinnamon lowers blood sugar.<sup>1</sup>{sources}").rules == []
    assert Page(linters, "Cinnamon lowers blood sugar.<sup>1</sup>").rules == ["implied-disease"]


def test_a_footnote_on_the_own_survey_supports_nothing(linters: dict[Profile, Linter]) -> None:
    claim = "Cinnamon lowers blood sugar.[^a]\n\n[^a]: "
    assert Page(linters, claim + "A trial in 80 adults. 2019.").rules == []
    assert Page(linters, claim + "Our own customer survey, 2019.").rules == ["implied-disease"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Permanent weight loss with our tea, and it is not magic.", "wl-permanent"),
        ("It is not magic: our tea brings permanent weight loss.", "wl-permanent"),
        ("# Raise a glass: I cured my asthma", "headline-cure"),
        ("# Research explains how I reversed my diabetes", "headline-cure"),
        ("# No surgery, no pills: how I reversed my arthritis", "headline-cure"),
        ("The cure doctors don't want you to tell your family about.", "conspiracy"),
        ("Nobody believed it, yet berberine worked in mice with diabetes.", "animal-to-human"),
        ("Order today and lose 10 pounds in one week.", "wl-rate"),
        ("Our tea took 10 pounds off my waist.", "wl-rate"),
        ("Every day without our greens powder costs your heart a beat.", "fear-of-omission"),
    ],
)
def test_other_words_in_the_sentence_do_not_silence_a_claim(
    linters: dict[Profile, Linter], text: str, slug: str
) -> None:
    assert slug in Page(linters, text).rules


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Get 10 pounds off your first order of green tea.", "wl-rate"),
        ("Green tea: 5 pounds off in our spring sale.", "wl-rate"),
        ("# Money to find a cure for asthma", "headline-cure"),
        ("# Vaccines may end chronic hepatitis B", "headline-cure"),
        ("In the trial of reishi, side effects were mild.", "safety-minimisation"),
        ("Every day without reishi she felt worse.", "fear-of-omission"),
    ],
)
def test_prices_reports_and_hopes_are_no_claims(linters: dict[Profile, Linter], text: str, slug: str) -> None:
    assert slug not in Page(linters, text).rules
    assert slug not in Page(linters, text, Profile.SUPPLEMENT_MARKETING).rules


def test_a_suggestion_without_a_product_speaks_of_the_product(linters: dict[Profile, Linter]) -> None:
    suggestion = Page(linters, "Lose 10 pounds in one week.").one("wl-rate").suggestion
    assert "average loss with the product" in suggestion


def test_a_dangling_reference_is_shown_where_it_stands(linters: dict[Profile, Linter]) -> None:
    text = "# Tea\n\nIt calms [7]. It is old [1]. It warms [9].\n\n## References\n\n1. A survey. 2019.\n"
    findings = Page(linters, text).findings
    assert [(f.rule, f.text) for f in findings] == [
        ("efficacy/dangling-citation", "[7]"),
        ("efficacy/dangling-citation", "[9]"),
    ]


@pytest.mark.parametrize("heading", ["Safety", "Side effects", "When to see a doctor"])
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Selenium cures gout.", "cure-absolute"),
        ("Ditch your medication and try our tea.", "discourage-treatment"),
        ("Our detox tea flushes toxins.", "detox"),
    ],
)
def test_no_heading_of_cautions_covers_a_promise(
    linters: dict[Profile, Linter], heading: str, text: str, rule: str
) -> None:
    assert rule in Page(linters, f"# Selenium\n\n## {heading}\n\n{text}").rules


def test_a_heading_of_cautions_covers_what_is_no_promise_there(linters: dict[Profile, Linter]) -> None:
    page = Page(linters, "# Selenium\n\n## Interactions\n\nSelenium may lower blood sugar.")
    assert not page.rules
