"""Sums that a sentence makes of its doses: single × frequency, strength × count, weight × per kg, supply.

A figure is only held against a sum where the words say that it is one ("comes to", "in total", brackets
right after). Every sum that the sentence allows is worked out first; if any of them gives the figure,
nothing is said. Amounts are exact; "about" and rounding by weight get some room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from caveat.analysis.doses import Reading, plain
from caveat.analysis.doses.nature import Nature
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Dose, DoseRole
from caveat.checks.dose.setting import Hit, Setting, shown
from caveat.packs.when.dose import DoseWhen


@dataclass(frozen=True, slots=True)
class Sum:
    """What a figure should be, lowest and highest in its own unit, and the sum in words."""

    low: Decimal
    high: Decimal
    words: str
    parts: tuple[Dose, ...]
    percent: int = 0


_SAYS_SO: Final = (
    ("comes", "to"), ("come", "to"), ("adds", "up", "to"), ("add", "up", "to"), ("works", "out", "to"),
    ("works", "out", "at"), ("work", "out", "at"), ("amounts", "to"), ("total", "of"), ("totals",), ("totalling",),
    ("totaling",), ("equals",),
    ("equal",), ("makes",), ("make",), ("making",), ("=",), ("which", "is"), ("that", "is"), ("that's",), ("that’s",),
    ("which", "means"),
    ("uses", "up"), ("supplies",), ("gives",), ("giving",), ("needs",), ("provides",), ("i.e",), ("ie",),
    ("for", "a", "total", "of"),
    ("delivers",), ("gets",), ("receives",), ("yields",),
    ("the", "full"), ("would", "be"), ("needs", "about"), ("works", "out", "as"),
)  # fmt: skip
_REACH: Final = 80  # tokens on either side of a total where its parts may stand
_MOST: Final = 10  # parts
_SPANS_OF_DAYS: Final = word_set(
    "days weeks weekday weekdays weekend monday tuesday wednesday thursday friday saturday sunday"
)
_LEADS: Final = word_set(
    "a an the about around roughly approximately just only already full up to some exactly nearly almost daily"
)
_TOTAL_AFTER: Final = (("in", "total"), ("total",), ("in", "all"), ("altogether",), ("all", "told"), ("combined",))
_PLAIN_CLOSE: Final = frozenset(
    ("", "a day", "daily", "per day", "total", "in total", "a day in total", "each day", "in all", "total daily")
)


def totals(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """Stated totals that the doses beside them do not add up to."""
    for block, doses in setting.by_block.items():
        reading = setting.reading(block)
        if reading is None:
            continue
        for number in range(len(doses)):
            hit = _total(setting, reading, doses, number)
            if hit is not None:
                yield hit


def _total(setting: Setting, reading: Reading, doses: Sequence[Dose], number: int) -> Hit | None:
    dose = doses[number]
    first, last = _sentence(reading, dose)
    before = [d for d in doses[max(0, number - _MOST) : number] if d.span.start >= first]
    lead = _connector(reading, dose, before, first)
    if (
        lead is None
        or dose.period not in ("", "day")
        or _over_days(setting, dose, before)
        or dose.comparator in ("<", ">", ">=")
        or dose.combined
        or dose.as_needed
    ):
        return None
    sums = list(_sums(setting, reading, dose, before, lead=lead, bounds=(first, last)))
    slack = 10 if dose.comparator == "~" else 0
    if not sums or any(_meets(dose, one, max(slack, one.percent)) for one in sums):
        return None
    if _restates(setting, dose, before) or _iu_pair(dose, before):
        return None
    wrong = sums[0]
    stated = shown(dose.high if dose.high is not None else dose.low, _unit(dose))
    a_day = (
        " a day"
        if dose.period == "day" or " times" in wrong.words or ("× " in wrong.words and wrong.parts[0].frequency)
        else ""
    )
    expected = shown(wrong.high, _unit(dose))
    slots = {
        "expected": expected + a_day,
        "stated": stated,
        "single": wrong.words,
        "total": stated,
        "value": wrong.words,
    }
    start = wrong.parts[0].span if wrong.parts else dose.span
    related = tuple(setting.related(part, f"{wrong.words} = {expected}") for part in wrong.parts[:3])
    span = start.hull(dose.span) if wrong.parts and wrong.parts[0].block == dose.block else dose.span
    return Hit(dose.block, span, slots, (dose.text,), related, dose=dose)


def _sentence(reading: Reading, dose: Dose) -> tuple[int, int]:
    """Start and end of the dose's sentence, in characters of the block."""
    tokens = reading.line.tokens
    at = reading.token_at(dose.span.start)
    first, last = reading.sentence_of(at)
    return tokens[max(first, at - _REACH)].start, tokens[min(last, at + _REACH) - 1].end


def _connector(reading: Reading, dose: Dose, before: Sequence[Dose], first: int) -> str | None:
    """How the words say that `dose` is a sum: "says", "total" or "bracket"; None where they do not."""
    tokens = reading.line.tokens
    start = max([first, *(d.span.end for d in before), *(_frequency_end(d, dose) for d in before)])
    words = [t.word for t in tokens[reading.token_at(start) : reading.token_at(dose.span.start)]]
    end = _dose_end(dose)
    after = [t.word for t in tokens[reading.token_at(end) :][:6] if t.start >= end]
    if (
        dose.frequency_span is not None
        and not dose.period
        and dose.role is not DoseRole.MAXIMUM
        and words[-1:] != ["("]
    ):
        return None
    if any(tuple(after[: len(p)]) == p for p in _TOTAL_AFTER):
        return "total"
    while words and words[-1] in _LEADS and not any(tuple(words[-len(p) :]) == p for p in _SAYS_SO):
        words = words[:-1]
    if any(tuple(words[-len(p) :]) == p for p in _SAYS_SO):
        return "says"
    if words and words[-1] == "(" and ")" in after:
        inside = " ".join(after[: after.index(")")]).replace("/ day", "a day")
        return "bracket" if inside in _PLAIN_CLOSE else None
    return None


def _over_days(setting: Setting, dose: Dose, before: Sequence[Dose]) -> bool:
    """Whether the parts are for different days, so that they do not add up to a day's amount."""
    if not before:
        return False
    words = setting.block(dose.block).text[before[0].span.end : dose.span.start].lower().replace(",", " ").split()
    numbered = any(one in ("day", "week") and other[:1].isdigit() for one, other in pairwise(words))
    return numbered or not _SPANS_OF_DAYS.isdisjoint(words)


def _dose_end(dose: Dose) -> int:
    if dose.frequency_span is not None and dose.period and dose.frequency_span.start >= dose.span.end:
        return dose.frequency_span.end
    return dose.span.end


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


def _iu_pair(dose: Dose, before: Sequence[Dose]) -> bool:
    return bool(before) and {"IU", "unit"} & {dose.unit, before[-1].unit} != set() and dose.unit != before[-1].unit


def _sums(
    setting: Setting, reading: Reading, dose: Dose, before: Sequence[Dose], *, lead: str, bounds: tuple[int, int]
) -> Iterator[Sum]:
    """Every sum that the sentence allows for `dose`, the likeliest first."""
    same = [d for d in before if not (d.substance and dose.substance and d.substance != dose.substance)]
    if not dose.per:
        yield from _by_weight(reading, dose, same, bounds)
    plus = len(same) > 1 and _plus(setting, same[-2], same[-1])
    if lead == "total" or plus:
        yield from _added(setting, dose, same)
    orders = (_counted, _repeated)
    if same and same[-1].count and same[-1].frequency and same[-1].frequency > 1:
        orders = (_repeated, _counted)
    for sums in orders:
        yield from sums(setting, dose, same)
    if lead == "bracket":
        yield from _converted(setting, dose, before)
    if lead != "total":
        yield from _added(setting, dose, same, least=3 if lead == "bracket" else 2)
    yield from _measured(setting, dose, same)


def _plus(setting: Setting, one: Dose, other: Dose) -> bool:
    """Whether two doses are told to be taken together: "a 100 mg tablet plus half a 50 mg tablet"."""
    return bool({"plus", "+"} & set(setting.block(one.block).text[one.span.end : other.span.start].split()))


def _by_weight(reading: Reading, dose: Dose, before: Sequence[Dose], bounds: tuple[int, int]) -> Iterator[Sum]:
    weights = [
        q for q, n in zip(reading.quantities, reading.natures, strict=True)
        if n is Nature.WEIGHT and q.unit.symbol == "kg" and bounds[0] <= q.start < dose.span.start
    ]  # fmt: skip
    rates = [d for d in before if d.per == "kg" and d.unit == dose.unit]
    if not weights or not rates:
        return
    weight, rate = weights[-1], rates[-1]
    low, high = weight.low.value * rate.low, weight.top * (rate.high or rate.low)
    words = f"{plain(weight.low.value):,f} kg × {rate.text}"
    yield Sum(low, high, words, (rate,), percent=5)
    if rate.frequency and rate.frequency > 1:
        yield Sum(
            low * rate.frequency,
            high * (rate.frequency_high or rate.frequency),
            f"{words} × {_times(rate)}",
            (rate,),
            5,
        )


def _times(dose: Dose) -> str:
    low, high = dose.frequency or Decimal(1), dose.frequency_high or dose.frequency or Decimal(1)
    return f"{plain(low):f}" if low == high else f"{plain(low):f}–{plain(high):f}"


def _repeated(setting: Setting, dose: Dose, before: Sequence[Dose]) -> Iterator[Sum]:
    """Single × times a day; the nearest dose first."""
    for one in reversed(before):
        value = setting.units.convert(one.low, one.unit, dose.unit)
        if value is None or not one.frequency or one.per != dose.per or one.frequency < 1 or one.as_needed:
            continue
        if one.role in (DoseRole.LOADING, DoseRole.OVERDOSE):
            continue
        top = setting.units.convert(one.high or one.low, one.unit, dose.unit) or value
        count = one.count or Decimal(1)
        if one.frequency == 1 == (one.frequency_high or 1) and count == 1:
            continue
        times = one.frequency_high or one.frequency
        shown_count = f"{plain(count):f} × " if count != 1 else ""
        yield Sum(
            value * count * one.frequency, top * count * times, f"{shown_count}{one.text} × {_times(one)}", (one,)
        )


def _counted(setting: Setting, dose: Dose, before: Sequence[Dose]) -> Iterator[Sum]:
    """Count × strength: two 500 mg tablets, 2 tablets of a 325 mg product."""
    if setting.units.is_form(dose.unit):
        return
    for one in reversed(before):
        if one.count and (value := setting.units.convert(one.low, one.unit, dose.unit)) is not None:
            yield Sum(value * one.count, value * one.count, f"{plain(one.count):f} × {one.text}", (one,))
        if not setting.units.is_form(one.unit) or one.unit in ("drop", "puff", "spray"):
            continue
        adjacent = setting.block(dose.block).text[one.span.end : dose.span.start].strip(" ,") in (
            "(",
            "=",
            "or",
            "is",
            "makes",
            "totals",
            "equals",
        )
        strengths = _strengths(setting, one, dose) if adjacent else ()
        for strength in strengths:
            value = setting.units.convert(strength.low, strength.unit, dose.unit)
            if value is None:
                continue
            top = value * (one.high or one.low)
            count = f"{plain(one.low):f}" if one.high is None else f"{plain(one.low):f}–{plain(one.high):f}"
            yield Sum(value * one.low, top, f"{count} × {strength.text}", (one,))
            if one.frequency and one.frequency > 1:
                times = one.frequency_high or one.frequency
                yield Sum(
                    value * one.low * one.frequency, top * times, f"{count} × {strength.text} × {_times(one)}", (one,)
                )


def _strengths(setting: Setting, count: Dose, dose: Dose) -> tuple[Dose, ...]:
    """The strengths that a number of tablets can mean: in its row or sentence, its block, else of its product."""
    mine = [
        d for d in setting.analysis.doses
        if d.role is DoseRole.STRENGTH and not d.combined and not d.per and d.substance == dose.substance
        and (not d.form or d.form == count.unit or {d.form, count.unit} <= {"tablet", "caplet", "pill", "capsule"})
    ]  # fmt: skip
    headers = set(setting.reader.mentions.header_blocks(count.block))
    near = [d for d in mine if d.block in headers] or [
        d for d in mine if d.block == count.block and d.span.start < count.span.start
    ]
    if near:
        return (near[-1],)
    if count.product:
        named = {(d.low, d.unit): d for d in mine if d.product == count.product}
        return tuple(named.values()) if len(named) == 1 else ()
    return ()


def _converted(setting: Setting, dose: Dose, before: Sequence[Dose]) -> Iterator[Sum]:
    """The same amount in another unit: 0.5 g (500 mg)."""
    one = before[-1] if before else None
    if one is None or one.frequency or one.count or one.per != dose.per or one.unit == dose.unit:
        return
    between = setting.block(dose.block).text[one.span.end : dose.span.start].strip()
    if one.block != dose.block or between != "(":
        return
    value = setting.units.convert(one.low, one.unit, dose.unit)
    top = setting.units.convert(one.high or one.low, one.unit, dose.unit)
    household = {"teaspoon", "tablespoon"} & {one.unit, dose.unit}
    if value is not None and top is not None:
        yield Sum(value, top, one.text, (one,), percent=10 if household else 1)


def _added(setting: Setting, dose: Dose, before: Sequence[Dose], *, least: int = 2) -> Iterator[Sum]:
    """The doses before, added up."""
    alike: list[tuple[Decimal, Dose]] = []
    for one in before:
        value = setting.units.convert(one.low, one.unit, dose.unit)
        if value is not None and one.per == dose.per and one.high is None and one.role is not DoseRole.STRENGTH:
            alike.append((value * (one.count or 1), one))
    for size in range(len(alike), least - 1, -1):
        chosen = alike[-size:]
        total = sum((v for v, _ in chosen), Decimal(0))
        yield Sum(total, total, " + ".join(d.text for _, d in chosen), tuple(d for _, d in chosen))
        daily = sum((v * max(d.frequency or Decimal(1), Decimal(1)) for v, d in chosen), Decimal(0))
        if daily != total:
            yield Sum(
                daily, daily, " + ".join(f"{d.text} × {_times(d)}" for _, d in chosen), tuple(d for _, d in chosen)
            )


def _measured(setting: Setting, dose: Dose, before: Sequence[Dose]) -> Iterator[Sum]:
    """Volume × concentration: 10 mL of 160 mg/5 mL."""
    strengths = [d for d in before if d.per == "mL" and setting.units.convert(d.low, d.unit, dose.unit) is not None]
    volumes = [(d, v) for d in before if not d.per and (v := setting.units.convert(d.low, d.unit, "mL")) is not None]
    if strengths and volumes and not dose.per:
        strength, (volume, size) = strengths[-1], volumes[-1]
        value = setting.units.convert(strength.low, strength.unit, dose.unit) or strength.low
        total = value * size / (strength.per_amount or Decimal(1))
        yield Sum(total, total, f"{volume.text} × {strength.text}", (volume, strength), percent=2)
