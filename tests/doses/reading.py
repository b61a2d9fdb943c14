"""A document read from a string, with the mentions of a few substances, for tests of the dose room alone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from caveat.analysis.doses import find_doses
from caveat.analysis.facts import Analysis, Concept, Dose, Mention, Sentence
from caveat.document import Document
from caveat.packs.scope import Profile
from caveat.packs.units import UnitTable, load_units
from caveat.readers import read_text
from caveat.source import Span

ROOT = Path(__file__).parents[2]
DRUGS = (
    "acetaminophen", "ibuprofen", "naltrexone", "metformin", "methotrexate", "levothyroxine", "semaglutide",
    "sertraline", "amoxicillin", "prednisone", "prednisolone", "loperamide", "diphenhydramine", "salbutamol",
    "metoclopramide", "naproxen", "aspirin", "warfarin", "sitagliptin", "hydrocodone", "acetylcysteine",
    "atorvastatin", "tirzepatide", "liraglutide", "omeprazole", "cetirizine", "lisinopril", "amlodipine",
    "morphine", "furosemide", "alendronate", "cyanocobalamin", "oxygen",
)  # fmt: skip
NAMES: dict[str, tuple[str, Concept]] = {
    **{name: (name, Concept.DRUG) for name in DRUGS},
    "paracetamol": ("acetaminophen", Concept.DRUG),
    "tylenol": ("acetaminophen", Concept.DRUG),
    "rybelsus": ("semaglutide", Concept.DRUG),
    "ozempic": ("semaglutide", Concept.DRUG),
    "vitamin d3": ("vitamin-d", Concept.SUPPLEMENT),
    "vitamin d": ("vitamin-d", Concept.SUPPLEMENT),
    "vitamin b12": ("vitamin-b12", Concept.SUPPLEMENT),
    "b12": ("vitamin-b12", Concept.SUPPLEMENT),
    "vitamin a": ("vitamin-a", Concept.SUPPLEMENT),
    "vitamin e": ("vitamin-e", Concept.SUPPLEMENT),
    "vitamin c": ("vitamin-c", Concept.SUPPLEMENT),
    "magnesium": ("magnesium", Concept.SUPPLEMENT),
    "zinc": ("zinc", Concept.SUPPLEMENT),
    "iron": ("iron", Concept.SUPPLEMENT),
    "melatonin": ("melatonin", Concept.SUPPLEMENT),
    "creatine": ("creatine", Concept.SUPPLEMENT),
    "folic acid": ("folic-acid", Concept.SUPPLEMENT),
    "caffeine": ("caffeine", Concept.SUPPLEMENT),
    "ashwagandha": ("ashwagandha", Concept.HERB),
    "turmeric": ("turmeric", Concept.HERB),
    "alcohol use disorder": ("alcohol-use-disorder", Concept.CONDITION),
    "fibromyalgia": ("fibromyalgia", Concept.CONDITION),
    "rheumatoid arthritis": ("rheumatoid-arthritis", Concept.CONDITION),
    "headache": ("headache", Concept.SYMPTOM),
}
_NAME = re.compile(r"(?<!\w)(" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"0-9])")


@cache
def units() -> UnitTable:
    return load_units(ROOT / "rules" / "units.yaml")


def analyse(text: str, path: str = "page.md", profile: Profile = Profile.ARTICLE) -> Analysis:
    """The document of `text` with sentences, mentions and doses."""
    document = read_text(text, path=path)
    mentions, sentences = _mentions(document), _sentences(document)
    return Analysis(
        document=document,
        profile=profile,
        sentences=sentences,
        mentions=mentions,
        doses=find_doses(document, mentions, sentences, units()),
    )


def doses(text: str, path: str = "page.md") -> tuple[Dose, ...]:
    """The doses of `text`."""
    return analyse(text, path).doses


def _mentions(document: Document) -> tuple[Mention, ...]:
    found = []
    for index, block in enumerate(document.blocks):
        for match in _NAME.finditer(block.text):
            name, concept = NAMES[match.group().lower()]
            found.append(Mention(index, Span(*match.span()), match.group(), concept, name))
    return tuple(found)


def _sentences(document: Document) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for index, block in enumerate(document.blocks):
        start = 0
        for match in (*_END.finditer(block.text), None):
            end = match.start() if match else len(block.text)
            if end > start:
                found.append(Sentence(len(found), index, Span(start, end)))
            start = match.end() if match else end
    return tuple(found)
