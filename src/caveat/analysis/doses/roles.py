"""Which dose an amount is: single, total, maximum, starting…, from the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from caveat.analysis.doses.comparators import adds_up
from caveat.analysis.doses.frequencies import Frequency, Manner
from caveat.analysis.doses.numbers import number_at
from caveat.analysis.doses.preparations import form_after
from caveat.analysis.doses.surroundings import DENIALS, Surroundings, phrase_at
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import DoseRole
from caveat.packs.doses import RoleWords
from caveat.packs.reference import Period
from caveat.packs.units import Dimension


def role(around: Surroundings, frequency: Frequency | None) -> tuple[DoseRole, tuple[str, ...]]:
    """The role of the quantity and the words that made it so."""
    sentence, doubtful = around.sentence(), _doubtful(around)
    for words, headings, found in _contexts(around.words.roles):
        cue = next((w for w in sentence if w in words and w not in doubtful), None) or _heading_cue(around, headings)
        advised = found is DoseRole.TRIAL and _advised(around.before())
        if cue is not None and not advised:
            return found, (cue,)
    if (cue := _taken_too_much(around)) is not None:
        return DoseRole.OVERDOSE, (cue,)
    if (cue := _history(around, doubtful)) is not None:
        return DoseRole.HISTORICAL, (cue,)
    if _is_strength(around):
        return DoseRole.STRENGTH, ()
    return _local_role(around, frequency)


_ADVICE: Final = 10  # tokens before an amount in which advice on it stands


def _advised(before: Sequence[str]) -> bool:
    """Whether researchers say what to take, not what was taken: "should not take more than"."""
    near = before[-_ADVICE:]
    return "should" in near and "," not in near[near.index("should") :]


_NONE: Final[frozenset[str]] = frozenset()
_DIRECTED: Final = 8  # tokens between the verb of an instruction and its amount
_OPENINGS: Final = word_set("; : , . and then please just simply should must")


def _doubtful(around: Surroundings) -> frozenset[str]:
    """The words that do not tell what an amount is, as the reader is told to take it: "Inject 1 mg into the arm"."""
    words, start = around.words.roles, around.quantity.first
    tokens = around.line.tokens
    for at in range(start - 1, max(around.first, start - _DIRECTED) - 1, -1):
        if tokens[at].word in words.directives:
            opens = at == around.first or tokens[at - 1].word in _OPENINGS
            return words.ambiguous if opens else _NONE
    return _NONE


_TOO_MUCH: Final = word_set("overdose")


def _contexts(words: RoleWords) -> Sequence[tuple[frozenset[str], frozenset[str], DoseRole]]:
    """What a whole sentence is about, the words that say so there and in the heading above, the first first."""
    return (
        (words.animal, _NONE, DoseRole.ANIMAL),
        (words.overdose, _TOO_MUCH, DoseRole.OVERDOSE),
        (words.trial, words.trial_headings, DoseRole.TRIAL),
    )


def _heading_cue(around: Surroundings, words: frozenset[str]) -> str | None:
    return next((w for heading in around.headings[-1:] for w in heading if w in words), None)


_CAN: Final = word_set("can may could will might")
_OF_MORE: Final = DENIALS | word_set("more higher larger over exceeding above beyond but or ;")


def _harmful(after: Sequence[str], harms: frozenset[str]) -> str | None:
    """The word that says what the amount itself does: "10 g in a day can destroy the liver"."""
    for i, word in enumerate(after):
        if word in _OF_MORE:
            return None
        if word in harms:
            return word if (word.endswith(("s", "ed")) or _CAN & set(after[max(0, i - 3) : i])) else None
    return None


def _taken_too_much(around: Surroundings) -> str | None:
    sentence, words = around.sentence(), around.words.roles
    swallowed = next((w for w in sentence if w in words.swallowed), None)
    if swallowed is not None and words.swallowers & set(sentence):
        return swallowed
    harmful = _harmful(around.after(), words.harms)
    if harmful is not None and maximum_cue(around) is None:  # "never exceed 4 g: it can damage the liver"
        return harmful
    above = " ".join(around.headings[-1]) if around.headings else ""
    return "too much" if "too much" in above or "overdose" in above else None


_PURPOSE: Final = word_set("be is are was were been being often commonly widely also sometimes usually")  # "is used to"


def _history(around: Surroundings, doubtful: frozenset[str]) -> str | None:
    sentence, words = _clause(around), around.words.roles
    found = next((w for w in sentence if w in words.historical and w not in doubtful), None)
    if found is not None:
        return found
    for before, one, other, after in zip(("", *sentence), sentence, sentence[1:], (*sentence[2:], ""), strict=False):
        if one in words.earlier and other in words.editions:
            return f"{one} {other}"
        if (one in _DATED or (one == "the" and after == "s")) and _is_year(other):
            return other
        if (one, other) == ("used", "to") and before not in _PURPOSE:
            return "used to"
        if one == "once" and (other in words.advised or (before in _WAS and other[:1].isdigit())):
            return f"once {other}"
    return None


_WAS: Final = word_set("was were")
_DATED: Final = word_set("in since until before during")


def _is_year(word: str) -> bool:
    return word.isdigit() and len(word) == 4 and word[:2] in ("19", "20")


_NOW: Final = word_set("; but today now nowadays currently")


def _clause(around: Surroundings) -> Sequence[str]:
    """What of the sentence tells of the time of the quantity: "once 325 mg; now 75 mg" are two times."""
    tokens, quantity = around.line.tokens, around.quantity
    first = max((i for i in range(around.first, quantity.first) if tokens[i].word in _NOW), default=around.first)
    last = next((i for i in range(quantity.last + 1, around.last) if tokens[i].word in _NOW), around.last)
    return tuple(t.word for t in tokens[first:last])


def _is_strength(around: Surroundings) -> bool:
    quantity, words = around.quantity, around.words.strengths
    if around.packed or quantity.combined or (quantity.per and quantity.per[0] not in ("kg", "m2", "h", "min", "lb")):
        return True
    if quantity.count is not None or quantity.unit.dimension is Dimension.FORM:
        return False
    before = around.before()
    if set(before[-6:]) & words.content or (words.hold & set(before[-3:]) and _is_held(around, before[-8:])):
        return True
    if _is_label(around) or _is_counted(around.after()[:_TITLE], words.counts):
        return True
    if words.sold & set(before) and {"as", "in", "at", ":"} & set(before):
        return True
    column = set(around.column)
    if column & words.product_columns and not column & {"dose", "dosage"}:
        return True
    return form_after(around) != ""


def _is_held(around: Surroundings, before: Sequence[str]) -> bool:
    """Whether something that holds an amount is named: "a capsule has"."""
    return any(w in around.words.strengths.holders or w in around.words.preparations.form_of for w in before)


_TITLE: Final = 10  # tokens between a strength and the number of tablets in a product's title


def _is_counted(after: Sequence[str], counts: frozenset[str]) -> bool:
    """Whether a package's count follows: "500 mg Supplement, 60 Count"."""
    return any(word in counts and after[i - 1].isdigit() for i, word in enumerate(after) if i)


def _is_label(around: Surroundings) -> bool:
    """Whether it stands on a label: "each capsule: 5 mg", "amount per serving: zinc 5 mg", "Zinc tablets 5 mg"."""
    line, start, known = around.line, around.quantity.first, around.words
    forms, holders = known.preparations.form_of, known.strengths.holders
    words = line.words(around.first, start - around.first)
    if around.after()[:1] == ("each",) and any(w in forms for w in words):
        return True
    if words[-1:] and words[-1] in _IS and around.after()[:1] in _CLOSED:
        words = words[:-1]  # "the tablets are 100 mg"
    if words[-1:] and words[-1] in forms and known.lookalikes.taking.isdisjoint(words) and around.left == around.first:
        return number_at(line, max(around.first, start - 2)) is None
    return any(
        one in _EACH and (word in forms or word in holders) and colon == ":"
        for one, word, colon in zip(words, words[1:], words[2:], strict=False)
    )


_IS: Final = frozenset(("is", "are"))
_CLOSED: Final = ((), (".",), (",",), (";",), ("each",))
_EACH: Final = word_set("each per every one")


def _local_role(around: Surroundings, frequency: Frequency | None) -> tuple[DoseRole, tuple[str, ...]]:
    before, after, header, words = around.before(), around.after(), set(around.header), around.words.roles
    if (cue := maximum_cue(around) or _most_a_day(around.column)) is not None:
        return DoseRole.MAXIMUM, (cue,)
    if (named := _named_after(after, words)) is not None:
        return named[0], (named[1],)
    near = set(_own(around)[-10:])
    for stage, found in _stages(words):
        cues = near & stage or header & stage
        if cues:
            return found, (min(cues),)
    if (cue := _titration(around)) is not None:
        return DoseRole.TITRATION, (cue,)
    summed = any(before[-len(phrase) :] == phrase for phrase in words.summed)
    if summed or any(after[: len(phrase)] == phrase for phrase in words.totalled) or "total" in before[-3:]:
        return DoseRole.TOTAL, ("total",)
    if frequency is not None and frequency.manner in (Manner.PERIOD, Manner.DIVIDED):
        return DoseRole.TOTAL, ()
    headed = not words.daily_columns.isdisjoint(around.column) or not _ALLOWANCES.isdisjoint((*before, *around.header))
    by_day = headed or _daily_amount(before, words.daily_amounts)
    if frequency is None and around.quantity.count is None and by_day:
        return DoseRole.TOTAL, ("daily",)
    return DoseRole.SINGLE, ()


_ALLOWANCES: Final = word_set("rda rdi nrv")  # recommended for a day
_FOR_A_DAY: Final = _ALLOWANCES | {"ul"}


def _daily_amount(before: Sequence[str], amounts: frozenset[str]) -> bool:
    """Whether it is what is taken in a day: "the recommended daily intake is", "daily supplementation of"."""
    return any(one == "daily" and {other, third} & amounts for one, other, third in zip(
        before, before[1:], (*before[2:], ""), strict=False
    ))  # fmt: skip


def _stages(words: RoleWords) -> Sequence[tuple[frozenset[str], DoseRole]]:
    """The stages of a treatment with their words."""
    return (
        (words.loading, DoseRole.LOADING),
        (words.starting, DoseRole.STARTING),
        (words.maintenance, DoseRole.MAINTENANCE),
    )


_APART: Final = word_set(", ; ) then followed before and")


def _named_after(words: Sequence[str], known: RoleWords) -> tuple[DoseRole, str, int] | None:
    """The stage that the words after a quantity give it, its word and where: "300 mg as a loading dose, then"."""
    for i, word in enumerate(words[:-1]):
        if word in _APART:
            return None
        if (found := _meant(words[max(0, i - 1) : i + 2], known)) is not None:
            return found, word, i
        if words[i + 1] in ("dose", "phase") and words[i + 2 : i + 3] not in (("of",), (":",), ("is",), ("was",)):
            for stage, found in _stages(known):
                if word in stage:
                    return found, word, i
    return None


def _meant(words: Sequence[str], known: RoleWords) -> DoseRole | None:
    """The stage that the middle one of three words says an amount is for: "as maintenance", "to start with"."""
    if len(words) < 3:
        return None
    before, word, after = words
    if before not in ("as", "for") and not (before == "to" and after in _ALONE):
        return None
    return next((found for stage, found in _stages(known) if word in stage), None)


_ALONE: Final = word_set(". , ; ) with")


def _own(around: Surroundings) -> Sequence[str]:
    """What of the words before a quantity speaks of it rather than of the quantity that it follows."""
    before = around.before()
    if around.left > around.first and (named := _named_after(before, around.words.roles)) is not None:
        before = before[named[2] + 1 :]
    cut = max((i for i, word in enumerate(before) if word in ("then", "followed")), default=-1)
    if "before" in before[cut + 1 :]:
        cut = max(cut, len(before) - before[::-1].index("before"))  # "before starting X 4.5 mg" is not how it starts
    return before[cut + 1 :]


def _titration(around: Surroundings) -> str | None:
    before, words = around.before(), around.words.roles
    changed = (*before[-_CHANGE:], *(w for w in around.after()[:_CHANGE] if w.endswith("ing")))  # "5 mg, increasing to"
    cue = (
        next((w for w in around.sentence() if w in words.titration), None)
        or next((w for w in changed if w in words.changed), None)
        or next((" ".join(p) for p in words.climbing if phrase_at(before[-_CHANGE:], p) is not None), None)
        or _schedule_heading(around)
    )
    if cue is not None:
        return cue
    follows = around.left > around.first  # another amount of the sentence
    near = tuple(pairwise(("", *before)))[-_NEXT:]
    if follows and any(word == "followed" or (word == "then" and one != "since") for one, word in near):
        return "then"
    opening = around.line.words(0, 3)
    opening = opening[1:] if opening[:1] in (("from",), ("after",)) else opening[:2]
    if (
        len(opening) == 2
        and opening[0] in ("week", "weeks", "day", "days", "month", "months", "step", "phase")
        and opening[1].isdigit()
    ):
        return opening[0]
    return next((w for w in around.header if w in words.titration_headings), None)


def _schedule_heading(around: Surroundings) -> str | None:
    """The word of the heading that makes what is below it steps of a schedule: "Taper", "Week 2", "Step 1"."""
    heading, words = around.headings[-1] if around.headings else (), around.words.roles
    numbered = (one for one, other in pairwise(heading) if one in words.titration_headings and other.isdigit())
    return next((word for word in heading if word in words.titration or word == "schedule"), None) or next(
        numbered, None
    )


_NEXT: Final = 4  # tokens before an amount in which "then" says that it is the next
_CHANGE: Final = 6  # tokens between an amount and the word that changes it
_SAID: Final = 7  # tokens after an amount in which "is the maximum" begins


def maximum_cue(around: Surroundings) -> str | None:
    """The word or phrase that makes a quantity a maximum, from the words around it."""
    before, after, words = around.before(), around.after(), around.words.roles
    for word in before:
        if word in words.maximum:
            return word
    for phrase, denied in words.limits:
        at = phrase_at(before, phrase)
        if at is None or len(before) - at > 8 or adds_up(before[: at + len(phrase)], around.words.comparators):
            continue
        if not denied or not DENIALS.isdisjoint(before[max(0, at - 5) : at]):
            return " ".join(phrase)
    said = phrase_at(after[:_SAID], ("is", "the"))  # "4 g a day is the maximum"
    close = tuple(after[said + 2 : said + 4] if said is not None else after[:4])
    for word in words.said_maximum:
        if word in close and not {",", ";", "("} & set(close[: close.index(word)]):
            return word
    told = phrase_at(before, ("the", "most")) is not None and before[-1] in ("is", "are")
    if told and (words.allowed & set(before) or before[-3:-1] == ("the", "most")):
        return "most"
    headed = (" ".join(p) for p, denied in words.limits if not denied and phrase_at(around.header, p) is not None)
    return next((w for w in around.header if w in words.maximum), None) or next(headed, None)


def _most_a_day(column: Sequence[str]) -> str | None:
    """Whether a column is headed "Most in a day" or the like."""
    return "most" if column[:1] == ("most",) and {"day", "daily", "24"} & set(column) else None


def period_named(around: Surroundings) -> Period | None:
    """The period that "daily", "per day", "24 hours" or "weekly" before the quantity or in the headers gives."""
    words = (*around.before(), *around.header)
    if "weekly" in words:
        return Period.WEEK
    phrases = (
        ("24", "hours"),
        ("per", "day"),
        ("a", "day"),
        ("upper", "level"),
        ("upper", "limit"),
        ("upper", "intake"),
    )
    by_day = (*words, *around.after()[:4])
    return (
        Period.DAY
        if "daily" in words
        or not _FOR_A_DAY.isdisjoint(words)
        or any(phrase_at(by_day, p) is not None for p in phrases)
        else None
    )
