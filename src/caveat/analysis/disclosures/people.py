"""Names and dates in bylines and metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from caveat.packs.disclosures import MetadataKeys
from caveat.regex import regex

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"((?:19|20)\d\d)"
_ANY_YEAR = regex(_YEAR)
_ISO = regex(rf"\b{_YEAR}[-/.](\d\d?)(?:[-/.](\d\d?))?(?=\D|$)")
_WORDED = regex(
    rf"\b(?:(\d\d?)(?:st|nd|rd|th)?(?: of)?[ -])?{_MONTH}[ -](?:(\d\d?)(?:st|nd|rd|th)?,? )?{_YEAR}\b", re.IGNORECASE
)
_NUMERIC = regex(rf"\b(\d\d?)[/.-](\d\d?)[/.-]{_YEAR}\b")
_MONTH_AND_YEAR = regex(rf"(?<![\d/.-])(\d\d?)/{_YEAR}\b")
_WORD = regex(r"[^\W\d_][\w’'-]*\.?|\d+", re.UNICODE)
_AROUND = ".,;()|"  # marks around a credential
_LEADING = 4  # words before a name for what somebody is
_LONGEST_NAME = 60  # characters of a byline that are looked at


def find_date(text: str) -> date | None:
    """The first date in `text`: 2024-03-31, 31 March 2024, March 31, 2024, 3/2024 (the first day), 3/31/2024.

    Where day and month could be either, the month is taken first unless it can not be one.
    """
    if not _ANY_YEAR.search(text):
        return None
    for pattern, read in (
        (_ISO, _iso),
        (_WORDED, _worded),
        (_NUMERIC, _numeric),
        (_MONTH_AND_YEAR, _month_and_year),
    ):
        for match in pattern.finditer(text[:2_000]):
            found = read(match)
            if found is not None:
                return found
    return None


def _iso(match: re.Match[str]) -> date | None:
    return _date(int(match[1]), int(match[2]), int(match[3] or 1))


def _worded(match: re.Match[str]) -> date | None:
    return _date(int(match[4]), _MONTHS.index(match[2][:3].lower()) + 1, int(match[1] or match[3] or 1))


def _numeric(match: re.Match[str]) -> date | None:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    return _date(year, first, second) if first <= 12 else _date(year, second, first)


def _month_and_year(match: re.Match[str]) -> date | None:
    return _date(int(match[2]), int(match[1]), 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_person(text: str, keys: MetadataKeys) -> bool:
    """Whether `text` opens with a person's name: two capitalised words or one with credentials, no team's word.

    Lower-case words for what the person is may lead to it: "our pharmacist Ana Silva".
    """
    told = text[:_LONGEST_NAME]
    name, _, _ = told.partition(",")
    return _names_person(told, keys) or _names_person(name, keys)


def _names_person(text: str, keys: MetadataKeys) -> bool:
    words = _WORD.findall(text)
    leading = next((i for i, word in enumerate(words) if word not in keys.articles | keys.credentials), len(words))
    name: list[str] = []
    for word in words[min(leading, _LEADING) :]:
        bare = word.strip(".").lower()
        if bare in keys.organisations:
            return False
        if bare in keys.particles and name:
            continue
        if not word[0].isupper():
            break
        name.append(bare)
    titled = any(word in keys.credentials for word in name)
    plain = [word for word in name if word not in keys.credentials]
    return len(plain) >= 2 or (titled and len(plain) >= 1)


def is_titled(text: str, keys: MetadataKeys) -> bool:
    """Whether a word of `text` is a credential: "Ana Silva, MD", "our pharmacist Ana Silva"."""
    return any(word.strip(_AROUND).lower() in keys.credentials for word in text.split())


def first_person(values: Sequence[str], keys: MetadataKeys) -> str:
    """The first of `values` that names a person, else an empty text."""
    return next((value for value in values if is_person(value, keys)), "")
