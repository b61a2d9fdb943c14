"""Sums that a sentence makes of its doses: single × frequency, strength × count, weight × per kg, supply.

A figure is only held against a sum where the words say that it is one ("comes to", "in total", brackets
right after). Every sum that the sentence allows is worked out first; if any of them gives the figure,
nothing is said. Amounts are exact; "about" and rounding by weight get some room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from caveat.analysis.doses import Reading, plain
from caveat.analysis.doses.tokens import Token, word_set
from caveat.analysis.facts import Comparator, Dose, DoseRole
from caveat.checks.dose.setting import Hit, Setting, shown, shown_range
from caveat.checks.dose.sums import HEAVY, Lead, Sum, is_measure, rates_for, sums_for, weights_in
from caveat.packs.reference import Period
from caveat.packs.when.dose import DoseWhen

_SAYS_SO: Final = (
    ("comes", "to"), ("come", "to"), ("adds", "up", "to"), ("add", "up", "to"), ("works", "out", "to"),
    ("works", "out", "at"), ("work", "out", "at"), ("amounts", "to"), ("total", "of"), ("totals",), ("totalling",),
    ("totaling",), ("equals",),
    ("equal",), ("makes",), ("make",), ("making",), ("=",), ("which", "is"), ("that", "is"), ("that's",), ("that’s",),
    ("which", "means"),
    ("uses", "up"), ("supplies",), ("gives",), ("giving",), ("needs",), ("provides",), ("i.e",), ("ie",),
    ("for", "a", "total", "of"), ("make", "a", "dose", "of"), ("makes", "a", "dose", "of"), ("is", "a", "dose", "of"),
    ("give", "a", "dose", "of"), ("gives", "a", "dose", "of"),
    ("give",), ("holds",), ("hold",), ("provide",), ("supply",), ("deliver",),
    ("delivers",), ("gets",), ("receives",), ("yields",),
    ("the", "full"), ("would", "be"), ("needs", "about"), ("works", "out", "as"),
)  # fmt: skip
_REACH: Final = 80  # tokens on either side of a total where its parts may stand
_MOST: Final = 10  # parts
_SPANS_OF_DAYS: Final = word_set(
    "days weeks weekday weekdays weekend monday tuesday wednesday thursday friday saturday sunday"
)
_LEADS: Final = word_set(
    "a an the about around roughly approximately just only already full up to some exactly nearly almost daily you"
)
_TOTAL_AFTER: Final = (("in", "total"), ("total",), ("in", "all"), ("altogether",), ("all", "told"), ("combined",))
_PLAIN_CLOSE: Final = frozenset(
    ("", "a day", "daily", "per day", "total", "in total", "a day in total", "each day", "in all", "total daily")
)


def totals(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """Stated totals that the doses beside them do not add up to."""
    for block, doses in setting.analysis.doses_by_block.items():
        reading = setting.reading(block)
        if reading is None:
            continue
        for number in range(len(doses)):
            hit = _total(setting, reading, doses, number) or _split(setting, doses, number)
            if hit is not None:
                yield hit


def _total(setting: Setting, reading: Reading, doses: Sequence[Dose], number: int) -> Hit | None:
    dose = doses[number]
    first, last = _sentence(reading, dose)
    earlier = doses[max(0, number - _MOST) : number]
    before = [d for d in earlier if d.span.start >= first]
    if not before and dose.period is not None and _goes_back(reading, first):
        first = _sentence_before(reading, first)
        before = [d for d in earlier if d.span.start >= first]
    lead = _connector(setting, reading, dose, before, first)
    if (
        lead is None
        or dose.period not in (None, Period.DAY, Period.WEEK)
        or (dose.period is not Period.WEEK and _over_days(setting, dose, before))
        or dose.comparator in (Comparator.BELOW, Comparator.ABOVE, Comparator.AT_LEAST)
        or dose.combined
        or dose.as_needed
    ):
        return None
    sums = list(sums_for(setting, reading, dose, before, lead=lead, bounds=(first, last)))
    slack = 10 if dose.comparator is Comparator.ABOUT else 0
    if not sums or any(_meets(dose, one, max(slack, one.percent)) for one in sums):
        return None
    if (lead is not Lead.MEASURE and _restates(setting, dose, before)) or _iu_pair(setting, dose, before, lead):
        return None
    wrong = _likeliest(setting, sums, before, dose)
    stated = shown_range(dose.low, dose.high if dose.high is not None else dose.low, _unit(dose))
    a_day = _over(dose, wrong)
    expected = shown_range(wrong.low, wrong.high, _unit(dose))
    fills = {
        "expected": expected + a_day,
        "stated": stated,
        "single": wrong.words,
        "total": stated,
        "value": wrong.words,
    }
    start = wrong.parts[0].span if wrong.parts else dose.span
    related = tuple(setting.related(part, "a part of the sum") for part in wrong.parts[:3])
    span = start.hull(dose.span) if wrong.parts and wrong.parts[0].block == dose.block else dose.span
    return Hit(dose.block, span, fills, (dose.text,), related, dose=dose)


def _likeliest(setting: Setting, sums: Sequence[Sum], before: Sequence[Dose], dose: Dose) -> Sum:
    """The sum that the figure is meant to be: the first that the sentence has not stated already."""
    known = {setting.units.convert(d.low, d.unit, dose.unit) for d in before if d.per == dose.per}
    return next((one for one in sums if one.low not in known), sums[0])


def _split(setting: Setting, doses: Sequence[Dose], number: int) -> Hit | None:
    """A day's amount that is told to be taken in parts which come to another: "20 g a day, as four doses of 4 g"."""
    if not number:
        return None
    whole, part = doses[number - 1], doses[number]
    if (
        whole.substance != part.substance
        or not part.count
        or whole.count
        or whole.high
        or part.high
        or whole.sentence != part.sentence
    ):
        return None
    words = setting.block(whole.block).text[whole.span.end : part.span.start].replace(",", " ").split()
    if ("as", "well") in pairwise(words):
        return None
    value = setting.units.convert(part.low * part.count, part.unit, whole.unit)
    if (
        value is None
        or whole.period is not Period.DAY
        or whole.per != part.per
        or len(words) > _NEAR
        or not _SPLIT & set(words)
    ):
        return None
    if whole.low in (value, value * (part.frequency or 1)) or whole.comparator:
        return None
    sum_of = f"{plain(part.count):f} × {part.text}"
    expected, stated = shown(value, _unit(whole)), shown(whole.low, _unit(whole))
    fills = {"expected": expected, "stated": stated, "single": sum_of, "total": stated, "value": sum_of}
    related = (setting.related(part, "a part of the sum"),)
    return Hit(whole.block, whole.span.hull(part.span), fills, (whole.text,), related, dose=whole)


_SPLIT: Final = word_set("as into in")


def _over(dose: Dose, wrong: Sum) -> str:
    """Over which time the sum runs, as the message says it: " a day", " a week" or ""."""
    weekly = any(part.period is Period.WEEK or (part.frequency or 1) < Decimal("0.5") for part in wrong.parts)
    if dose.period is Period.WEEK or (weekly and dose.period is not Period.DAY):
        return " a week"
    return " a day" if dose.period is Period.DAY or wrong.daily else ""


def _sentence(reading: Reading, dose: Dose) -> tuple[int, int]:
    """Start and end of the dose's sentence, in characters of the block."""
    tokens = reading.line.tokens
    at = reading.token_at(dose.span.start)
    first, last = reading.sentence_of(at)
    return tokens[max(first, at - _REACH)].start, tokens[min(last, at + _REACH) - 1].end


def _goes_back(reading: Reading, start: int) -> bool:
    """Whether a sentence sums up the one before: "Altogether that makes", "That is 3 g a day"; no "1 g less than"."""
    first, last = reading.sentence_of(reading.token_at(start))
    words = [t.word for t in reading.line.tokens[first:last]]
    return words[:1] != [] and words[0] in _SUMS_UP and (_COMPARED - _JOINING).isdisjoint(words)


def _sentence_before(reading: Reading, start: int) -> int:
    """The character at which the sentence before the one at `start` begins."""
    token = max(reading.sentence_of(reading.token_at(start))[0] - 1, 0)
    return reading.line.tokens[reading.sentence_of(token)[0]].start


_SUMS_UP: Final = word_set("altogether that this together which")


def _connector(setting: Setting, reading: Reading, dose: Dose, before: Sequence[Dose], first: int) -> Lead | None:
    """How the words say that `dose` is a sum; None where they do not."""
    tokens = reading.line.tokens
    start = max([first, *(d.span.end for d in before), *(_frequency_end(d, dose) for d in before)])
    words = [t.word for t in tokens[reading.token_at(start) : reading.token_at(dose.span.start)]]
    end = _dose_end(setting, dose)
    after = [t.word for t in tokens[reading.token_at(end) :][:6] if t.start >= end]
    worked_out = _worked_out(setting, reading, dose, before, words)
    if worked_out is not None:
        return worked_out
    if (
        dose.frequency_span is not None
        and not dose.period
        and dose.role is not DoseRole.MAXIMUM
        and words not in (["("], ["="])
        and words[-1:] != ["("]
        and not any(d.per == "kg" for d in before)
    ):
        return None
    if any(tuple(after[: len(p)]) == p for p in _TOTAL_AFTER):
        return Lead.TOTAL
    while words and words[-1] in _LEADS and not any(tuple(words[-len(p) :]) == p for p in _SAYS_SO):
        words = words[:-1]
    if any(tuple(words[-len(p) :]) == p for p in _SAYS_SO):
        return None if _of_a_part(setting, reading, dose) else Lead.SAYS
    if words == [","] and _closes(setting, dose, before, after):
        return Lead.TOTAL
    if words and words[-1] == "(" and ")" in after:
        inside = " ".join(after[: after.index(")")]).replace("/ day", "a day")
        if inside in _PLAIN_CLOSE:
            return Lead.MEASURE if is_measure(setting, dose, before) else Lead.BRACKET
        return None
    if after[:1] and after[0] in _COMPARED:
        return None
    return Lead.IS if _is(words, tokens[reading.token_at(first) : reading.token_at(start)]) else None


def _worked_out(
    setting: Setting, reading: Reading, dose: Dose, before: Sequence[Dose], words: Sequence[str]
) -> Lead | None:
    """Whether the figure is worked out by weight, or by the strength of a liquid, though nothing says "comes to"."""
    if _at_a_weight(setting, reading, dose, before, words):
        return Lead.WEIGHT
    if words[:1] == ["("] or not is_measure(setting, dose, before):
        return None
    return Lead.MEASURE if words[:1] == [","] else Lead.LIQUID  # "for 150 mg, measure 7.5 mL"


def _at_a_weight(setting: Setting, reading: Reading, dose: Dose, before: Sequence[Dose], words: Sequence[str]) -> bool:
    """Whether it is what somebody of a weight takes: "at 10 mg/kg a 20 kg child takes 200 mg", "300 mg (15 mg/kg)".

    Who is heavy takes no more than the weight comes to, and may take the adult dose.
    """
    weights = weights_in(reading, _sentence(reading, dose)[0], dose.span.start)
    if not weights or dose.per:
        return False
    taken = [word for word in words if word not in _LEADS and word not in _AT_MOST][-1:]
    rates = rates_for(setting, dose, before)
    if rates and weights[-1].top > HEAVY and rates[0].period is not dose.period:
        return False
    return bool(rates) and (rates[0].span.start > dose.span.start or bool(taken and taken[0] in _TAKES))


_TAKES: Final = word_set("take takes have has given get gets needs need receives")
_AT_MOST: Final = word_set("at most no more than")


def _closes(setting: Setting, dose: Dose, before: Sequence[Dose], after: Sequence[str]) -> bool:
    """Whether a day's amount closes the sentence as the sum of what is taken in it: "…, 25 units a day."."""
    same = [d for d in before if d.substance == dose.substance and not setting.units.is_form(d.unit)]
    often = sum((d.frequency or Decimal(0)) for d in same)
    return (
        dose.role is DoseRole.TOTAL
        and dose.period is Period.DAY
        and dose.frequency_span is not None
        and after[:1] in ([], ["."], [")"])
        and often > 1
        and all(d.role is DoseRole.SINGLE and d.frequency for d in same)
    )


def _of_a_part(setting: Setting, reading: Reading, dose: Dose) -> bool:
    """Whether the figure is for what the dose only holds: "gives 95 mg of curcuminoids", "100 mg elemental zinc"."""
    told = [t.word for t in reading.line.tokens[reading.token_at(dose.span.end) :][:4] if t.start >= dose.span.end]
    if told[:1] == ["elemental"]:
        return True
    named = f"{setting.block(dose.block).text[: dose.span.start]} {setting.name(dose.substance)}".lower()
    return len(told) > 1 and told[0] == "of" and told[1] not in named


def _is(words: Sequence[str], sentence: Sequence[Token]) -> bool:
    """Whether a bare "is" makes the figure a sum: "six tablets once a week, is 20 mg"."""
    said = {t.word for t in sentence}
    near = len(words) <= _NEAR and not _OTHERWISE & set(words)
    return near and words[-1:] in (["is"], ["are"]) and not said & _OTHERWISE


_NEAR: Final = 8
_JOINING: Final = word_set("of or per plus")
_COMPARED: Final = word_set("less lower more higher fewer greater short below above under over too plus of or per")
_OTHERWISE: Final = word_set(
    "maximum max limit most dose doses usual usually recommended allowance need needs level ceiling highest lowest "
    "next than until instead not never but starting strength product label rda equivalent"
)


def _over_days(setting: Setting, dose: Dose, before: Sequence[Dose]) -> bool:
    """Whether the parts are for different days, so that they do not add up to a day's amount."""
    if not before:
        return False
    words = setting.block(dose.block).text[before[0].span.end : dose.span.start].lower().replace(",", " ").split()
    numbered = any(one in ("day", "week") and other[:1].isdigit() for one, other in pairwise(words))
    return numbered or not _SPANS_OF_DAYS.isdisjoint(words)


def _dose_end(setting: Setting, dose: Dose) -> int:
    """Where the dose with the period that it is for ends, but no further than its brackets."""
    often = dose.frequency_span
    if often is None or not dose.period or often.start < dose.span.end:
        return dose.span.end
    return dose.span.end if ")" in setting.block(dose.block).text[dose.span.end : often.start] else often.end


def _frequency_end(dose: Dose, other: Dose) -> int:
    span = dose.frequency_span
    return span.end if span is not None and span.end <= other.span.start else dose.span.end


def _unit(dose: Dose) -> str:
    return dose.unit + "".join(f"/{p}" for p in dose.per.split("/") if p)


def _meets(dose: Dose, one: Sum, percent: int) -> bool:
    room = Decimal(percent) / 100
    low, high = one.low * (1 - room), one.high * (1 + room)
    if dose.high is None:
        return low <= dose.low <= high
    return low <= dose.low and dose.high <= high


def _restates(setting: Setting, dose: Dose, before: Sequence[Dose]) -> bool:
    return any(
        (setting.units.convert(other.low, other.unit, dose.unit) == dose.low and other.per == dose.per)
        or (other.high is not None and setting.units.convert(other.high, other.unit, dose.unit) == dose.low)
        for other in before
    )  # fmt: skip


def _iu_pair(setting: Setting, dose: Dose, before: Sequence[Dose], lead: Lead) -> bool:
    """Whether the dose tells the one before it in units or by weight, which is for the IU test to hold together."""
    if not before or setting.units.is_form(before[-1].unit):
        return False
    if lead is Lead.SAYS and dose.period and any(d.unit == dose.unit for d in before):
        return False  # "5,000 IU (125 mcg) twice a week comes to 10,000 IU a week"
    return bool({"IU", "unit"} & {dose.unit, before[-1].unit}) and dose.unit != before[-1].unit
