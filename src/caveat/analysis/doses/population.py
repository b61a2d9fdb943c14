"""Who a dose is for: the people and ages that the sentence, the headers or the headings name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from caveat.analysis.doses.context import Surroundings, phrase_at
from caveat.analysis.doses.numbers import number_at
from caveat.analysis.doses.quantities import RANGE_SIGNS
from caveat.analysis.doses.tokens import Line, Token, TokenKind, read_line, word_set
from caveat.analysis.facts import People

_POPULATIONS: Final[Mapping[str, People]] = {
    **dict.fromkeys(("adult", "adults", "grown-ups"), People.ADULT),
    **dict.fromkeys(("men", "man", "male", "males"), People.MEN),
    **dict.fromkeys(("women", "woman", "female", "females"), People.WOMEN),
    **dict.fromkeys(("child", "children", "children's", "children’s", "kid", "kids"), People.CHILD),
    **dict.fromkeys(("kids'", "paediatric", "pediatric"), People.CHILD),
    **dict.fromkeys(("toddler", "toddlers"), People.TODDLER),
    **dict.fromkeys(("infant", "infants", "baby", "babies", "newborn", "newborns", "neonates"), People.INFANT),
    **dict.fromkeys(("teen", "teens", "teenager", "teenagers", "adolescent", "adolescents"), People.ADOLESCENT),
    **dict.fromkeys(("pregnant", "pregnancy", "breastfeeding", "lactation", "lactating", "conceive"), People.PREGNANCY),
    **dict.fromkeys(("elderly", "seniors", "older"), People.OLDER_ADULT),
    **dict.fromkeys(("egfr", "dialysis"), People.RENAL),
    "cirrhosis": People.HEPATIC,
}  # fmt: skip
_ORGANS: Final[Mapping[str, People]] = {
    **dict.fromkeys(("kidney", "renal"), People.RENAL),
    **dict.fromkeys(("liver", "hepatic"), People.HEPATIC),
}
_AILING: Final = word_set(
    "disease diseases problem problems impairment failure function insufficiency disorder disorders trouble transplant "
    "condition conditions"
)
_MOTHERS: Final = word_set("women woman mother mothers pregnant pregnancy birth conceive")
_BECOMING: Final = word_set("get gets getting become becomes becoming got")
_BEARING: Final = word_set(
    "plan plans planning want wants trying had have has having expecting carrying unborn harm harms growing developing"
)


def population(around: Surroundings) -> tuple[People | None, str]:
    """Who takes it and their ages: `People.CHILD`, "6-12 years"; the nearest word wins, then headers, then headings."""
    tokens = around.line.tokens
    first = _others(tokens, around.first, around.quantity.first)
    ages = _age(around.line, first, around.last, around.quantity.first)
    own = _age(around.line, first, around.right, around.quantity.first)
    before = [t.word for t in tokens[first : around.quantity.first]]
    if phrase_at(before, ("adults", "and", "children")) is not None:
        return People.ADULT, ""
    after = around.after()
    whom = _people(_whom(after))
    if whom:
        return _age_group(own) if whom[0] is People.ADULT and own else whom[0], own
    for words in (before, after, around.sentence(), around.header, *reversed(around.headings)):
        if {"adults", "and", "children"} <= set(words) and phrase_at(words, ("adults", "and", "children")) is not None:
            return People.ADULT, ""
        if words is around.header and not ages:
            line = read_line(" ".join(words))
            ages = _age(line, 0, len(line.tokens), len(line.tokens))
        aged = own if words is before or words is after else ages
        found = _people(words)
        if found:
            people = found[-1 if words is before else 0]
            return _age_group(aged) if people is People.ADULT and aged else people, aged
        if aged:
            return _age_group(aged), aged
    return None, ""


_WHOM: Final = 4  # tokens after an amount in which "for …" begins


def _whom(after: Sequence[str]) -> Sequence[str]:
    """The words behind an amount that say whom it is for: "1,500 mg a day for teenagers"."""
    if "for" not in after[:_WHOM]:
        return ()
    at = after.index("for")
    end = next((i for i in range(at, len(after)) if after[i] in (",", ";", "(", "and", "or", "but")), len(after))
    return () if {",", ";", "("} & set(after[:at]) else after[at:end]


def _others(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the words begin that say who takes it: after "others", who are not those named before."""
    return max((i for i in range(first, last) if tokens[i].word in ("others", "else")), default=first)


def _people(words: Sequence[str]) -> Sequence[People]:
    """The populations that `words` name, in order; an organ names people only where it ails."""
    found = []
    borne = not _MOTHERS.isdisjoint(words)
    ailing = not _AILING.isdisjoint(words)
    for i, word in enumerate(words):
        people = _POPULATIONS.get(word) or (_ORGANS.get(word) if ailing else None)
        if people is None or (word == "older" and words[i + 1 : i + 2] != ("adults",)):
            continue
        if (word == "adults" and i and words[i - 1] == "older") or (
            word == "baby" and "aspirin" in words[i + 1 : i + 2]
        ):
            continue
        if people in (People.INFANT, People.CHILD) and borne and not _BEARING.isdisjoint(words[max(0, i - 3) : i]):
            continue  # "women who have had a baby"
        if people is People.PREGNANCY and i and words[i - 1] in _BECOMING:
            continue
        found.append(people)
    return found


def _age_group(ages: str) -> People:
    """Whose age a range such as "6-12 years" is, by its upper end."""
    last = re.split(r"[-\s]", ages.lstrip("<>"))
    numbers = [int(n) for n in last if n.isdigit()]
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


def _age(line: Line, first: int, last: int, near: int) -> str:
    """The age range nearest before token `near` in the sentence, else the first after it: "6-12 years"."""
    found = list(_ages(line, first, last))
    before = [text for at, text in found if at < near]
    return before[-1] if before else found[0][1] if found else ""


def _ages(line: Line, first: int, last: int) -> Sequence[tuple[int, str]]:
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
        unit = _AGE_UNITS.get(tokens[j].word) if j < last else None
        aged = lead in ("age", "ages", "aged") or (unit is None and _bounds_people(line, i))
        if aged or (unit and _says_age(line, i, j)):
            older = line.words(j + 1 if unit else j, 2) in _OLDER
            bound = ">" if older else {"under": "<", "below": "<", "over": ">", "above": ">"}.get(lead, "")
            out.append((i, f"{bound}{shown} {unit or 'years'}"))
        i = max(j, number.last + 1)
    return out


_OLDER: Final = frozenset((("and", "older"), ("or", "older"), ("and", "over"), ("or", "over"), ("or", "more")))
_MEASURES: Final = word_set("% kg kilograms lb lbs pounds mg cm")
_ANYBODY: Final = word_set("people person anyone those patients adults men women children")


def _bounds_people(line: Line, first: int) -> bool:
    """Whether a number without a unit is an age: "adults over 65", "people 65 and older"."""
    before = line.words(first - 2, 2)
    if len(before) == 2 and before[1] in ("over", "above", "under", "below"):
        return before[0] in _ANYBODY and _MEASURES.isdisjoint(line.words(first + 1, 1))
    return before[-1:] != () and before[-1] in _ANYBODY and line.words(first + 1, 2) in _OLDER


def _says_age(line: Line, first: int, unit: int) -> bool:
    """Whether "6 years" is an age and no duration."""
    before = line.words(first - 3, 3)
    after = line.words(unit + 1, 3)
    if set(after) & {"old", "olds", "age", "older", "younger"} or set(before) & {"age", "aged", "ages"}:
        return True
    people = {_POPULATIONS[w] for w in (*before, *after) if w in _POPULATIONS}
    aged = any(p.young or p in (People.ADULT, People.MEN, People.WOMEN) for p in people)
    return aged and not set(before) & {"for", "within", "after", "every"}
