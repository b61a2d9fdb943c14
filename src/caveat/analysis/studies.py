"""Studies that a text calls by name: "the Framingham Heart Study", "the SELECT trial", "a 2018 Cochrane review".

A name lets readers find the study, though nothing links to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caveat.source import Span

_HEAD = re.compile(r"\b(?:Study|Trial|Cohort|Registry|(Survey|Initiative|Program(?:me)?|Project|Collaboration))\b")
_REPORTS = re.compile(r" (?:\([A-Z-]{2,9}\) )?(?:study|trial|researchers|found|showed|reported|enrolled|followed|concluded)\b")
_OF = re.compile(r" (?:of|to|in|on|for|with) (?:the |an? )?[A-Z][\w’'-]+(?: (?:(?:of|in|the|and|to|for) ){0,2}[A-Z][\w’'-]+)")
_WORD_BEFORE = re.compile(r"([\w’'-]+),? \Z")
_CODED = re.compile(
    r"\b[Tt]he ([A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-?\d{1,3})?|[A-Z]{2,}(?:[- ][A-Z0-9]+)?) (?:trial|study|cohort|Trial|Study|Cohort)\b"
)
_COCHRANE = re.compile(r"\bCochrane (?:systematic |Systematic )?(?:review|Review|meta-analysis)\b")
_IN_JOURNAL = re.compile(
    r"\b(?:in|by) (?:the |The )?((?:[A-Z][\w’'-]+ (?:(?:of|in|and|the|for|&) ){0,2}){0,6}(?:Journal|JAMA|BMJ|Lancet|Annals|Archives|PLoS|PLOS|"
    r"Nature|Circulation|Gut|Pediatrics|Neurology|Nutrients)\b(?: (?:(?:of|in|and|the|for|&) ){0,2}[A-Z][\w’'-]+){0,6})"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_REACH = 80  # characters between a journal and its year
_NAME_WORDS = 8
_JOINING = frozenset({"of", "and", "in", "for", "on", "the", "to"})
_GENERIC = frozenset(
    {"A", "An", "The", "This", "That", "Our", "One", "Two", "New", "Recent", "Latest", "Clinical", "Scientific", "Human",
     "Animal", "Pilot", "Controlled", "Randomized", "Randomised", "Double-Blind", "Placebo-Controlled", "Phase",
     "Independent", "Landmark", "Major", "Medical", "Research", "Observational", "In", "And", "Another", "Each", "Free",
     "Small", "Large", "Own", "My", "Your", "Case", "User", "Customer", "Consumer", "University", "School", "College"}
)  # fmt: skip
_NO_NAMES = frozenset({"FDA", "NIH", "CDC", "WHO", "NHS", "USDA", "FTC", "EU", "UK", "US", "USA", "UCLA", "MIT"})


def named_studies(text: str, mentions: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """The studies that a text names, as spans of it, with their names; `mentions` are what is no name of a study."""
    for match in _HEAD.finditer(text):
        start = _name_start(text, match.start())
        of = _OF.match(text, match.end())
        if match[1] and not (text[max(0, start - 7) : start].endswith(("in the ", "In the ")) or _REPORTS.match(text, match.end())):
            continue  # "our Gut Reset Program" is no study
        if start < match.start() or of is not None:
            span = Span(start, of.end() if of is not None else match.end())
            yield span, span.of(text)
    for match in _CODED.finditer(text):
        name = Span(match.start(1), match.end(1))
        if match[1] not in _NO_NAMES and not any(name.overlaps(other) for other in mentions):
            yield Span(match.start(1), match.end()), match[1]
    for match in _COCHRANE.finditer(text):
        yield Span(match.start(), match.end()), match[0]
    for match in _IN_JOURNAL.finditer(text):
        around = text[max(0, match.start() - _YEAR_REACH) : match.end() + _YEAR_REACH]
        if _YEAR.search(around):
            yield Span(match.start(1), match.end(1)), match[1]


def _name_start(text: str, head: int) -> int:
    """Where the capitalised name begins that ends in a head noun; `head` if it has no name worth the word."""
    at = head
    start = head
    named = 0
    for _ in range(_NAME_WORDS):
        found = _WORD_BEFORE.search(text[max(0, at - 40) : at])
        if found is None:
            break
        word = found[1]
        if word[0].isupper() and word not in _GENERIC:
            named += 1
            start = at - len(found[0])
        elif word not in _JOINING or not named:
            break
        at -= len(found[0])
    articled = text[max(0, start - 4) : start].lower() == "the "
    return start if named > 1 or (named and articled) else head
