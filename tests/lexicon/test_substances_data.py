"""The vocabulary of what claims are made for: its size, its form, and what its endings take and leave."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from caveat.analysis.mentions import MentionFinder
from caveat.analysis.pipeline import Pipeline
from caveat.packs.lexicon import Entry, Lexicon, load_lexicon
from caveat.packs.model import Concept

LEXICON = Path(__file__).parents[2] / "rules" / "lexicon"
FILES = [
    LEXICON / "substances",
    LEXICON / "devices.yaml",
    LEXICON / "therapies.yaml",
    LEXICON / "products.yaml",
    LEXICON / "stems.yaml",
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(FILES)  # refuses repeated ids, names of two owners, an `of` without its entry


@pytest.fixture(scope="module")
def by_id(lexicon: Lexicon) -> dict[str, Entry]:
    return {entry.id: entry for entry in lexicon.entries}


@pytest.mark.parametrize(
    ("concept", "least"),
    [
        (Concept.DRUG, 400),
        (Concept.SUPPLEMENT, 200),
        (Concept.HERB, 200),
        (Concept.FOOD, 100),
        (Concept.DEVICE, 50),
        (Concept.THERAPY, 100),
        (Concept.PRODUCT, 10),
    ],
)
def test_each_concept_has_its_number_of_things(lexicon: Lexicon, concept: Concept, least: int) -> None:
    assert Counter(entry.concept for entry in lexicon.entries)[concept] >= least


def test_no_name_is_a_single_letter_or_padded(lexicon: Lexicon) -> None:
    wrong = [n for e in lexicon.entries for n in (*e.names, *e.abbr) if len(n) < 2 or n != " ".join(n.split())]
    assert wrong == []


def test_deciding_words_are_single_words(lexicon: Lexicon) -> None:
    """A block is asked for words, so a phrase under `needs` could never be met."""
    assert [(e.id, w) for e in lexicon.entries for w in e.needs if " " in w] == []


def test_a_phrase_that_excludes_holds_one_of_the_names(lexicon: Lexicon) -> None:
    """Otherwise it would exclude nothing."""
    dead = [
        (entry.id, phrase)
        for entry in lexicon.entries
        for phrase in entry.not_in
        if not any(f" {_plain(form)} " in f" {_plain(phrase)} " for form in (*entry.forms, *entry.abbr))
    ]
    assert dead == []


def _plain(phrase: str) -> str:
    return phrase.casefold().replace("-", " ")


@pytest.mark.parametrize(
    ("entry", "group", "tag"),
    [
        ("naltrexone", "opioid-antagonist", "rx"),
        ("low-dose-naltrexone", "opioid-antagonist", "compounded"),
        ("semaglutide", "glp-1-agonist", "rx"),
        ("oxycodone", "opioid", "controlled"),
        ("alendronate", "bone", "weekly"),
        ("ibuprofen", "nsaid", "otc"),
        ("mmr-vaccine", "vaccine", "vaccine"),
        ("chelation", "infusion", "unproven-promoted"),
        ("stem-cell-therapy", "regenerative", "unproven-promoted"),
    ],
)
def test_well_known_things_carry_group_and_tag(by_id: dict[str, Entry], entry: str, group: str, tag: str) -> None:
    assert by_id[entry].group == group
    assert tag in by_id[entry].tags


def test_prescription_and_over_the_counter_exclude_each_other(lexicon: Lexicon) -> None:
    assert [e.id for e in lexicon.entries if {"rx", "otc"} <= set(e.tags)] == []


def test_a_regimen_names_its_substance(by_id: dict[str, Entry]) -> None:
    assert by_id["low-dose-naltrexone"].of == "naltrexone"
    assert by_id["low-dose-naltrexone"].abbr[0] == "LDN"


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("zelurimab", Concept.DRUG),
        ("pravolutinib", Concept.DRUG),
        ("belostatin", Concept.DRUG),
        ("norvaxaban", Concept.DRUG),
        ("telmoprazole", Concept.DRUG),
        ("sialadenitis", Concept.CONDITION),
        ("lipomatosis", Concept.CONDITION),
        ("hypophosphataemia", Concept.CONDITION),
        ("brachialgia", Concept.CONDITION),
        ("ganglioneuroma", Concept.CONDITION),
    ],
)
def test_an_ending_tells_what_an_unlisted_word_is(lexicon: Lexicon, word: str, concept: Concept) -> None:
    stem = lexicon.stems.of(word)
    assert stem is not None
    assert stem.concept is concept


@pytest.mark.parametrize(
    "word",
    [
        "nystatin", "somatostatin", "april", "cholesterol", "cocaine", "concept", "precipitant", "cyclone",
        "diagnosis", "hypnosis", "apoptosis", "aroma", "diploma", "sympathy", "homeopathy", "nostalgia", "academia",
        "hybridoma", "xenophobia", "doses", "purposes", "thomas",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(lexicon: Lexicon, word: str) -> None:
    assert lexicon.stems.of(word) is None


def test_every_exception_ends_as_its_stem_does(lexicon: Lexicon) -> None:
    stems = lexicon.stems.by_ending.values()
    assert [(s.ending, w) for s in stems for w in s.except_ if not w.endswith(s.ending) or w == s.ending] == []


@pytest.mark.parametrize(
    ("text", "swallowed"),
    [
        ("The supplement to mammography found two more tumours.", False),
        ("Supplements to screening are offered at the clinic.", False),
        ("The supplement goes into your tea.", True),
        ("Supplements to take at noon stand on the shelf.", True),
    ],
)
def test_what_supplements_an_examination_is_nothing_to_swallow(lexicon: Lexicon, text: str, swallowed: bool) -> None:
    pipeline = Pipeline()
    (tokens,) = pipeline.tokenize([text])
    found = MentionFinder(lexicon, pipeline.norms_of).find(0, text, tokens)
    assert any("supplement" in placed.mention.id for placed in found) is swallowed


@pytest.mark.parametrize(
    "form",
    [
        "gabapentin enacarbil",
        "olanzapine pamoate",
        "aripiprazole lauroxil",
        "tenofovir alafenamide",
        "haloperidol decanoate",
    ],
)
def test_a_form_that_replaces_no_other_is_a_drug_of_its_own(by_id: dict[str, Entry], form: str) -> None:
    entry = by_id[form.replace(" ", "-")]
    assert form in entry.names
    assert entry.of == ""
