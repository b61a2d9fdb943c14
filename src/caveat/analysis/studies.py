"""Studies that a text calls by name: "the Framingham Heart Study", "the SELECT trial", "a 2018 Cochrane review".

A name lets readers find the study, though nothing links to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caveat.source import Span

_WORD = r"[A-Z][\w’'-]+"
_JOINED = r"(?:(?:of|in|the|and|to|for|on|&) ){0,2}"
_HEAD = re.compile(r"\b(?:Study|Trial|Cohort|Registry|(Survey|Initiative|Program(?:me)?|Project|Collaboration))\b")
_REPORTS = re.compile(
    r" (?:\([A-Z-]{2,9}\) )?(?:study|trial|researchers|found|showed|reported|enrolled|followed|concluded)\b"
)
_OF = re.compile(rf" (?:of|to|in|on|for|with) (?:the |an? )?{_WORD}(?: {_JOINED}{_WORD}){{1,6}}")
_WORD_BEFORE = re.compile(r"([\w’'-]+),? \Z")
_CODED = re.compile(
    r"\b[Tt]he ([A-Z][A-Za-z]{0,12}[A-Z][A-Za-z]{0,12}(?:-?\d{1,3})?|[A-Z]{2,12}(?:[- ][A-Z0-9]{1,6})?)"
    r" (?:[Tt]rial|[Ss]tudy|[Cc]ohort)\b"
)
_COCHRANE = re.compile(r"\bCochrane (?:[Ss]ystematic )?(?:[Rr]eview|meta-analysis)\b")
_JOURNALS = ("Journal", "JAMA", "BMJ", "Lancet", "Annals", "Archives", "PLoS", "PLOS")
_IN_JOURNAL = re.compile(
    rf"\b(?:in|by) (?:[Tt]he )?((?:{_WORD} {_JOINED}){{0,6}}(?:{'|'.join(_JOURNALS)})\b(?: {_JOINED}{_WORD}){{0,6}})"
)
_ANCHORS = (
    "Study", "Trial", "Cohort", "Registry", "Survey", "Initiative", "Program", "Project", "Collaboration", "Cochrane",
    " study", " trial", " cohort", *_JOURNALS,
)  # fmt: skip
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_REACH = 80  # characters between a journal and its year
_NAME_WORDS = 8
_WORD_REACH = 40  # characters; no word of a name is longer
_JOINING = frozenset({"of", "and", "in", "for", "on", "the", "to"})
_GENERIC = frozenset(
    {"A", "An", "The", "This", "That", "Our", "One", "Two", "New", "Recent", "Latest", "Clinical", "Scientific",
     "Human", "Animal", "Pilot", "Controlled", "Randomized", "Randomised", "Double-Blind", "Placebo-Controlled",
     "Phase", "Independent", "Landmark", "Major", "Medical", "Research", "Observational", "In", "And", "Another",
     "Each", "Free", "Small", "Large", "Own", "My", "Your", "Case", "User", "Customer", "Consumer", "University",
     "School", "College"}
)  # fmt: skip
_NO_NAMES = frozenset({"FDA", "NIH", "CDC", "WHO", "NHS", "USDA", "FTC", "EU", "UK", "US", "USA", "UCLA", "MIT"})


def named_studies(text: str, mentions: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """The studies that a text names, as spans of it, with their names; what `mentions` lists is no name of a study."""
    if not any(anchor in text for anchor in _ANCHORS):
        return
    for match in _HEAD.finditer(text):
        start = _name_start(text, match.start())
        if match[1] and not _told_of(text, start, match.end()):
            continue
        of = _OF.match(text, match.end())
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
        if _YEAR.search(text[max(0, match.start() - _YEAR_REACH) : match.end() + _YEAR_REACH]):
            yield Span(match.start(1), match.end(1)), match[1]


def _told_of(text: str, start: int, end: int) -> bool:
    """Whether a programme is told of as a study: "in the … Program", "the … Initiative found"."""
    return text[max(0, start - 7) : start].lower() == "in the " or _REPORTS.match(text, end) is not None


def _name_start(text: str, head: int) -> int:
    """Where the capitalised name begins that ends in a head noun; `head` if it has no name worth the word."""
    at = start = head
    named = 0
    for _ in range(_NAME_WORDS):
        found = _WORD_BEFORE.search(text[max(0, at - _WORD_REACH) : at])
        if found is None:
            break
        word = found[1]
        at -= len(found[0])
        if word[0].isupper() and word not in _GENERIC:
            named += 1
            start = at
        elif word not in _JOINING or not named:
            break
    articled = text[max(0, start - 4) : start].lower() == "the "
    return start if named > 1 or (named and articled) else head
