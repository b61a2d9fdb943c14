"""Studies that a text calls by name: "the Framingham Heart Study", "the SELECT trial", "a 2018 Cochrane review".

A name lets readers find the study, though nothing links to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caveat.packs.hosts import StudyWords
from caveat.regex import regex
from caveat.source import Span

_WORD = r"[A-Z][\w’'-]+"
_JOINED = r"(?:(?:of|in|the|and|to|for|on|&) ){0,2}"
_STUDIES = ("Study", "Trial", "Cohort", "Registry")
_PROGRAMMES = ("Survey", "Initiative", "Program", "Programme", "Project", "Collaboration")  # that may be no studies
_HEADS = _STUDIES + _PROGRAMMES
_HEAD = regex(rf"\b(?:{'|'.join(_STUDIES)}|({'|'.join(_PROGRAMMES)}))\b")
_REPORTS = regex(
    r" (?:\([A-Z-]{2,9}\) )?(?:study|trial|researchers|found|showed|reported|enrolled|followed|concluded)\b"
)
_OF = regex(rf" (?:of|to|in|on|for|with) (?:the |an? )?{_WORD}(?: {_JOINED}{_WORD}){{1,6}}")
_WORD_BEFORE = regex(r"([\w’'-]+),? \Z")
_CODED_HEADS = ("trial", "study", "cohort", "Trial", "Study", "Cohort")
_CODED = regex(rf"\b[Tt]he ([A-Z]{{2,12}}(?:[- ][A-Z0-9]{{1,6}})?) (?:{'|'.join(_CODED_HEADS)})\b")
_SHORTEST = 4  # letters and digits of an acronym that is a study's own; shorter ones are mostly methods and bodies
_COCHRANE = regex(r"\bCochrane (?:[Ss]ystematic )?(?:[Rr]eview|meta-analysis)\b")
_JOURNALS = ("Journal", "JAMA", "BMJ", "Lancet", "Annals", "Archives", "PLoS", "PLOS")
_IN_JOURNAL = regex(
    rf"\b(?:in|by) (?:[Tt]he )?((?:{_WORD} {_JOINED}){{0,6}}(?:{'|'.join(_JOURNALS)})\b(?: {_JOINED}{_WORD}){{0,6}})"
)
_YEAR = regex(r"\b(?:19|20)\d\d\b")
_YEAR_REACH = 80  # characters between a journal or review and its year
_NAME_WORDS = 8
_WORD_REACH = 40  # characters; no word of a name is longer
_JOINING = frozenset({"of", "and", "in", "for", "on", "the", "to"})


def named_studies(text: str, mentions: Sequence[Span], words: StudyWords) -> Iterator[tuple[Span, str]]:
    """The studies that a text names, as spans of it, with their names; what `mentions` lists is no name of a study."""
    for match in _HEAD.finditer(text) if _holds(text, _HEADS) else ():
        start = _name_start(text, match.start(), mentions, words)
        if match[1] and not _told_of(text, start, match.end()):
            continue
        of = _OF.match(text, match.end())
        if start < match.start() or of is not None:
            span = Span(start, of.end() if of is not None else match.end())
            yield span, span.of(text)
    for match in _CODED.finditer(text) if _holds(text, _CODED_HEADS) else ():
        name = Span(match.start(1), match.end(1))
        own = len(match[1]) >= _SHORTEST or match[1] in words.short
        if own and match[1] not in words.no_names and not any(name.overlaps(other) for other in mentions):
            yield Span(match.start(1), match.end()), match[1]
    for match in _COCHRANE.finditer(text) if "Cochrane" in text else ():
        if _dated(text, match):
            yield Span(match.start(), match.end()), match[0]
    for match in _IN_JOURNAL.finditer(text) if _holds(text, _JOURNALS) else ():
        if _dated(text, match):
            yield Span(match.start(1), match.end(1)), match[1]


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(map(text.__contains__, words))


def _dated(text: str, match: re.Match[str]) -> bool:
    return _YEAR.search(text, max(0, match.start() - _YEAR_REACH), match.end() + _YEAR_REACH) is not None


def _told_of(text: str, start: int, end: int) -> bool:
    """Whether a programme is told of as a study: "in the … Program", "the … Initiative found"."""
    return text[max(0, start - 7) : start].lower() == "in the " or _REPORTS.match(text, end) is not None


def _name_start(text: str, head: int, mentions: Sequence[Span], words: StudyWords) -> int:
    """Where the capitalised name begins that ends in a head noun; `head` if it has no name worth the word.

    Two words make a name, one of which at least is no product, condition, method or institution.
    """
    at = start = head
    named = 0
    own = False
    for _ in range(_NAME_WORDS):
        found = _WORD_BEFORE.search(text[max(0, at - _WORD_REACH) : at])
        if found is None:
            break
        word = found[1]
        at -= len(found[0])
        if word[0].isupper() and word not in words.generic:
            named += 1
            start = at
            known = word in words.no_names or any(at < other.end and other.start < at + len(word) for other in mentions)
            own = own or not known
        elif word not in _JOINING or not named:
            break
    return start if own and (named > 1 or text[start:head].strip() in words.short) else head
