"""Which words name a study so that readers can find it, and what becomes of the claims that it backs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat import Linter
from caveat.analysis.facts import CitationKind
from caveat.analysis.studies import named_studies
from caveat.packs.datafile import load_file
from caveat.packs.files import rules_dir
from caveat.packs.hosts import Hosts
from caveat.packs.scope import Profile
from caveat.source import Span

WORDS = load_file(rules_dir() / "lexicon" / "hosts.yaml", Hosts).studies
_HEADS = (
    "Study",
    "Trial",
    "Cohort",
    "Registry",
    "Survey",
    "Initiative",
    "Program",
    "Programme",
    "Project",
    "Collaboration",
)
_CODED_HEADS = ("trial", "study", "cohort", "Trial", "Study", "Cohort")
_JOURNALS = ("Journal", "JAMA", "BMJ", "Lancet", "Annals", "Archives", "PLoS", "PLOS")


def names(text: str, *mentions: str) -> list[str]:
    known = [Span(text.index(mention), text.index(mention) + len(mention)) for mention in mentions]
    return [name for _, name in named_studies(text, known, WORDS)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Framingham Heart Study followed a whole town.", "Framingham Heart Study"),
        ("In the Nurses’ Health Study, tea made no difference.", "Nurses’ Health Study"),
        ("The Whitehall Study found the same.", "Whitehall Study"),
        ("The WHI trial showed it.", "WHI"),
        ("The Study of Sleep in Bakers took six years.", "Study of Sleep in Bakers"),
        ("The Trial to Assess Ginger Lozenges was small.", "Trial to Assess Ginger Lozenges"),
        ("The Women's Health Initiative showed it.", "Women's Health Initiative"),
        ("In the Diabetes Prevention Program, people walked.", "Diabetes Prevention Program"),
        ("The SELECT trial showed it.", "SELECT"),
        ("It was seen in the GINKO-2 study.", "GINKO-2"),
        ("A 2018 Cochrane review concluded it.", "Cochrane review"),
        ("A trial in the Journal of Sleep Research (2016) found it.", "Journal of Sleep Research"),
        *[(f"In the Lakeside Bakers’ {head}, tea made no difference.", f"Lakeside Bakers’ {head}") for head in _HEADS],
        *[(f"The GINKO {head} showed it.", "GINKO") for head in _CODED_HEADS],
        *[(f"It was shown in 2016 in the {name} of Sleep.", f"{name} of Sleep") for name in _JOURNALS],
    ],
)
def test_names_are_found(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "A Recent Study found it.",
        "A New Clinical Trial found it.",
        "This Study shows it.",
        "A study in Oslo found it.",
        "A Harvard study found it.",
        "The FDA study found it.",
        "The MRI study found it.",
        "The NYU study found it.",
        "The SlimFast study found it.",
        "The SlimFast Study found it.",
        "The Lakeside Study found it.",
        "The Johns Hopkins Study found it.",
        "A Cochrane review concluded it.",
        "Our Total Gut Reset Program works.",
        "It was in the journal.",
        "A paper in the Journal of Sleep Research found it.",
        "Study hard.",
    ],
)
def test_what_anybody_could_have_done_has_no_name(text: str) -> None:
    assert names(text) == []


def test_a_study_called_by_what_it_tests_has_no_name() -> None:
    assert names("The VitaGlow Garlic Study found it.", "VitaGlow", "Garlic") == []
    assert names("The Women's Health Initiative showed it.", "Women") == ["Women's Health Initiative"]


def test_a_trial_of_a_disease_has_no_name() -> None:
    assert names("The HIV trial found it.", "HIV") == []


@given(st.text(alphabet="AaBb Studyof in the.'’", max_size=80))
def test_names_lie_in_the_text_and_hold_a_capital(text: str) -> None:
    for span, name in named_studies(text, [], WORDS):
        assert span.of(text).startswith(name[:1])
        assert any(c.isupper() for c in name)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.load(profile=Profile.ARTICLE, jurisdictions=["us"])


def rules(linter: Linter, text: str) -> set[str]:
    return {finding.rule for finding in linter.check_text(text).files[0].findings}


UNNAMED = "efficacy/uncited-establishment"


@pytest.mark.parametrize(
    "text",
    [
        "The Lakeside Garlic Study found that garlic lowers blood pressure.",
        "The Lakeside Garlic Study followed 900 bakers. They ate as they liked. This study found that garlic helps.",
        "Bakers were asked again after a year (doi: 10.1000/example.2). These researchers found that garlic helps.",
    ],
)
def test_a_named_study_is_a_source(linter: Linter, text: str) -> None:
    assert UNNAMED not in rules(linter, text)


@pytest.mark.parametrize(
    "text",
    [
        "The Lakeside Garlic Study followed 900 bakers. Another study found that garlic lowers blood pressure.",
        "The MRI study found that garlic lowers blood pressure.",
        "The SlimFast study found that garlic lowers blood pressure.",
        "We asked 900 bakers. This study found that garlic lowers blood pressure.",
        "# The Lakeside Garlic Study\n\nStudies show that garlic lowers blood pressure.",
    ],
)
def test_the_name_of_another_study_is_none(linter: Linter, text: str) -> None:
    assert UNNAMED in rules(linter, text)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("doi: 10.1000/x", CitationKind.DOI),
        ("PMID 12345", CitationKind.PMID),
        ("PMCID: PMC12345", CitationKind.PMID),
        ("NCT01234567", CitationKind.NCT),
        ("2011;3:4", CitationKind.JOURNAL),
        ("Baker 2011", CitationKind.AUTHOR_YEAR),
    ],
)
def test_the_shortest_of_a_kind_is_a_citation(linter: Linter, written: str, kind: CitationKind) -> None:
    """By its own digits: the text has no others."""
    assert [c.kind for c in linter.facts(f"Bakers who ate garlic slept well ({written}).").citations] == [kind]


@pytest.mark.parametrize("written", ["BMJ 2011;343:4040", "Gut 2007;56(4):501-7", "Thorax 1999; 54: e12"])
def test_year_volume_and_page_are_a_source(linter: Linter, written: str) -> None:
    facts = linter.facts(f"A trial of 90 bakers ({written}) found that garlic lowers blood pressure.")
    assert [c.kind for c in facts.citations] == [CitationKind.JOURNAL]
    assert all(c.resolved for claim in facts.claims for c in claim.evidence)
