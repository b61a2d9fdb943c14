"""Who a dose is for: the people and ages that the sentence, the headers or the headings name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from caveat.analysis.doses.numbers import number_at, whole_number
from caveat.analysis.doses.quantities import RANGE_SIGNS
from caveat.analysis.doses.surroundings import LISTING, Surroundings, phrase_at
from caveat.analysis.doses.tokens import Line, Token, TokenKind, read_line, word_set
from caveat.analysis.facts import People
from caveat.packs.doses import PeopleWords


def population(around: Surroundings) -> tuple[People | None, str]:
    """Who takes it and their ages: `People.CHILD`, "6-12 years"; the nearest word wins, then headers, then headings."""
    tokens, known = around.line.tokens, around.words.people
    first = _others(tokens, around.first, around.quantity.first)
    end = _end(around, known)
    ages = _age(around.line, first, end, around.quantity.first, known)
    own = _age(around.line, first, min(end, around.right), around.quantity.first, known)
    before = tuple(t.word for t in tokens[first : around.quantity.first])
    if phrase_at(before, ("adults", "and", "children")) is not None:
        return People.ADULT, ""
    after = around.after()[: end - around.quantity.last - 1]
    sentence = tuple(t.word for t in tokens[around.first : end])
    whom = _people(_whom(after, known), known)
    if whom:
        start = around.quantity.last + 1
        theirs = _age(around.line, start, min(end, around.right), start, known)
        return _age_group(theirs) if whom[0] is People.ADULT and theirs else whom[0], theirs
    for words in (before, after, sentence, around.header, *reversed(around.headings)):
        if {"adults", "and", "children"} <= set(words) and phrase_at(words, ("adults", "and", "children")) is not None:
            return People.ADULT, ""
        if words is around.header and not ages:
            line = read_line(" ".join(words))
            ages = _age(line, 0, len(line.tokens), len(line.tokens), known)
        aged = own if words is before or words is after else ages
        found = _people(words, known)
        if found:
            people = found[-1 if words is before else 0]
            return _age_group(aged) if people is People.ADULT and aged else people, aged
        if aged and not (words is before and _people(after, known)):
            return _age_group(aged), aged
    return None, ""


_NEXT: Final = 8  # tokens from the next amount in which it is told whom that is for
_FEW: Final = 3  # words that name people before an amount
_RESTATED: Final = LISTING | {"("}  # between amounts that the same people take


def _end(around: Surroundings, known: PeopleWords) -> int:
    """Where the words end that can say who takes the amount: "25 mg; elderly 12.5 mg", "2 mg, 1 mg for children"."""
    if around.right >= around.last:
        return around.last
    after = around.after()
    cut = max((i for i, word in enumerate(after) if word in (",", ";")), default=len(after))
    if len(after) - cut - 1 <= _FEW and _people(after[cut:], known):
        return around.quantity.last + 1 + cut
    following = [t.word for t in around.line.tokens[around.right : min(around.last, around.right + _NEXT)]]
    told = "for" in following and _people(following[following.index("for") :], known)
    return around.right if told and not _RESTATED.issuperset(after) else around.last


_WHOM: Final = 4  # tokens after an amount in which "for …" begins


def _whom(after: Sequence[str], known: PeopleWords) -> Sequence[str]:
    """The words behind an amount that say whom it is for: "1,500 mg a day for teenagers"."""
    if "for" not in after[:_WHOM]:
        return ()
    at = after.index("for")
    end = next(
        (
            i
            for i in range(at, len(after))
            if after[i] in (",", ";", "(", "but")
            or (after[i] in _AND and after[i + 1 : i + 2] and after[i + 1] not in known.of_name)
        ),
        len(after),
    )
    return () if {",", ";", "("} & set(after[:at]) else after[at:end]


def _others(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the words begin that say who takes it: after "others", who are not those named before."""
    return max((i for i in range(first, last) if tokens[i].word in ("others", "else")), default=first)


def _people(words: Sequence[str], known: PeopleWords) -> Sequence[People]:
    """The populations that `words` name, in order; an organ names people only where it ails."""
    found = []
    borne = not known.mothers.isdisjoint(words)
    ailing = not known.ailing.isdisjoint(words)
    for i, word in enumerate(words):
        people = known.of_name.get(word) or (known.of_organ.get(word) if ailing else None)
        if people is None or (word == "older" and words[i + 1 : i + 2] != ("adults",)):
            continue
        if (word == "adults" and i and words[i - 1] == "older") or (
            word == "baby" and "aspirin" in words[i + 1 : i + 2]
        ):
            continue
        if people in (People.INFANT, People.CHILD) and borne and not known.bearing.isdisjoint(words[max(0, i - 3) : i]):
            continue  # "women who have had a baby"
        if people is People.PREGNANCY and i and words[i - 1] in known.becoming:
            continue
        if people in _SEXES and _both(words, i, known):
            people = People.ADULT
        found.append(people)
    return [p for p in found if p is not People.WOMEN] if People.PREGNANCY in found else found


_SEXES: Final = (People.MEN, People.WOMEN)


def _both(words: Sequence[str], i: int, known: PeopleWords) -> bool:
    """Whether one sex is named beside the other: "men and women"."""
    own = known.of_name.get(words[i])
    others = [words[j] for j, join in ((i + 2, i + 1), (i - 2, i - 1)) if 0 <= j < len(words) and words[join] in _AND]
    return any(known.of_name.get(word) in _SEXES and known.of_name.get(word) is not own for word in others)


_AND: Final = ("and", "or", "&")


def _age_group(ages: str) -> People:
    """Whose age a range such as "6-12 years" is, by its upper end."""
    last = re.split(r"[-\s]", ages.lstrip("<>"))
    numbers = [number for one in last if (number := whole_number(one)) is not None]
    young = not ages.endswith("years") or (bool(numbers) and numbers[-1] < 18 and not ages.startswith(">"))
    old = bool(numbers) and numbers[0] >= 60 and not ages.startswith("<")
    return People.CHILD if young else People.OLDER_ADULT if old else People.ADULT


_AGE_UNITS: Final = {
    "years": "years",
    "year": "years",
    "yrs": "years",
    "yr": "years",
    "y": "years",
    "months": "months",
    "month": "months",
    "weeks": "weeks",
}


def _age(line: Line, first: int, last: int, near: int, known: PeopleWords) -> str:
    """The age range nearest before token `near` in the sentence, else the first after it: "6-12 years"."""
    found = list(_ages(line, first, last, known))
    before = [text for at, text in found if at < near]
    return before[-1] if before else found[0][1] if found else ""


def _ages(line: Line, first: int, last: int, known: PeopleWords) -> Sequence[tuple[int, str]]:
    tokens = line.tokens
    out = []
    i = first
    while i < last:
        number = number_at(line, i) if tokens[i].kind in (TokenKind.NUMBER, TokenKind.WORD) else None
        if number is None:
            i += 1
            continue
        j = number.last + 1
        shown = number.text
        if j + 1 < last and (tokens[j].text in RANGE_SIGNS or tokens[j].word in ("to", "through", "and")):
            other = number_at(line, j + 1)
            if other is not None:
                shown, j = f"{number.text}-{other.text}", other.last + 1
        j += j < last and tokens[j].text == "-"
        lead = tokens[i - 1].word if i > first else ""
        named = i - 2 if lead == "of" and i > first + 1 and tokens[i - 2].word in _AGE else i - 1  # "the age of 60"
        lead = tokens[named].word if named >= first else lead
        over = named - 1 - (named > first and tokens[named - 1].word == "the")
        bounds = tokens[over].word if lead in _AGE and over >= first else lead  # "over the age of 60", "over age 55"
        unit = _AGE_UNITS.get(tokens[j].word) if j < last else None
        aged = lead in _AGE or (unit is None and _bounds_people(line, i, known.anybody))
        if aged or (unit and _says_age(line, i, j, known)):
            older = line.words(j + 1 if unit else j, 2) in _OLDER
            bound = ">" if older else {"under": "<", "below": "<", "over": ">", "above": ">"}.get(bounds, "")
            out.append((i, f"{bound}{shown} {unit or 'years'}"))
        i = max(j, number.last + 1)
    return out


_AGE: Final = ("age", "ages", "aged")
_OLDER: Final = frozenset((("and", "older"), ("or", "older"), ("and", "over"), ("or", "over"), ("or", "more")))
_MEASURES: Final = word_set("% kg kilograms lb lbs pounds mg cm")


def _bounds_people(line: Line, first: int, anybody: frozenset[str]) -> bool:
    """Whether a number without a unit is an age: "adults over 65", "people 65 and older"."""
    before = line.words(first - 2, 2)
    if len(before) == 2 and before[1] in ("over", "above", "under", "below"):
        return before[0] in anybody and _MEASURES.isdisjoint(line.words(first + 1, 1))
    return before[-1:] != () and before[-1] in anybody and line.words(first + 1, 2) in _OLDER


def _says_age(line: Line, first: int, unit: int, known: PeopleWords) -> bool:
    """Whether "6 years" is an age and no duration."""
    before = line.words(first - 3, 3)
    after = line.words(unit + 1, 3)
    if set(after) & {"old", "olds", "age", "older", "younger"} or set(before) & {"age", "aged", "ages"}:
        return True
    people = {known.of_name[w] for w in (*before, *after) if w in known.of_name}
    aged = any(p.young or p in (People.ADULT, People.MEN, People.WOMEN) for p in people)
    named = before[-1:] != () and before[-1] in known.of_name  # "for children 3 to 18 years"
    return aged and (named or not set(before) & {"for", "within", "after", "every"})
