"""The sums that a sentence allows for a figure: single × frequency, count × strength, weight × rate, parts added."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from caveat.analysis.doses import Reading, plain
from caveat.analysis.doses.nature import Nature
from caveat.analysis.doses.quantities import Quantity
from caveat.analysis.doses.tokens import NO_NAME
from caveat.analysis.facts import Dose, DoseRole
from caveat.checks.dose.setting import Setting, shown, shown_range
from caveat.packs.reference import Period
from caveat.regex import regex
from caveat.values import dataclass


class Lead(StrEnum):
    """How the words say that a figure is a sum: "comes to", "in total", in brackets after it, a bare "is"."""

    SAYS = "says"
    TOTAL = "total"
    BRACKET = "bracket"
    IS = "is"
    MEASURE = "measure"  # in brackets after the volume that holds it, or the volume after the amount: "10 mL (320 mg)"
    LIQUID = "liquid"  # the same without brackets, in a sentence that tells the strength: "10 mL contains 320 mg"
    WEIGHT = "weight"  # what somebody of a weight takes at so much per kg: "at 10 mg/kg a 20 kg child takes 200 mg"


@dataclass(frozen=True, slots=True)
class Sum:
    """What a figure should be, lowest and highest in its own unit, and the sum in words."""

    low: Decimal
    high: Decimal
    words: str
    parts: tuple[Dose, ...]
    percent: int = 0
    daily: bool = False  # a dose times how often it is taken in a day


def sums_for(
    setting: Setting, reading: Reading, dose: Dose, before: Sequence[Dose], *, lead: Lead, bounds: tuple[int, int]
) -> Iterator[Sum]:
    """Every sum that the sentence allows for `dose`, the likeliest first; twice of each where both sides are treated.

    `before` are the doses before it in its sentence, `bounds` the characters at which that begins and ends.
    """
    sums = list(_sums(setting, reading, dose, before, lead=lead, bounds=bounds))
    if _BOTH_SIDES.search(reading.line.text, *bounds):
        yield from (replace(s, low=s.low * 2, high=s.high * 2, words=f"{s.words} on 2 sides") for s in sums)
    yield from sums


_BOTH_SIDES: Final = regex(r"\b(?:each|both|every|per) (?:nostrils?|eyes?|ears?|sides?)\b")


def _sums(
    setting: Setting, reading: Reading, dose: Dose, before: Sequence[Dose], *, lead: Lead, bounds: tuple[int, int]
) -> Iterator[Sum]:
    same = [d for d in before if not (d.substance and dose.substance and d.substance != dose.substance)]
    if dose.period is Period.WEEK:
        yield from _weekly(setting, dose, same)
        return
    if lead in (Lead.MEASURE, Lead.LIQUID):
        yield from _measured(setting, dose, same, bounds, in_sentence=lead is Lead.LIQUID)
        return
    if not dose.per:
        yield from _by_weight(setting, reading, dose, same, bounds, bounded=lead is Lead.WEIGHT)
    if lead is Lead.WEIGHT:
        return
    if lead is Lead.IS:
        yield from _counted(setting, dose, same, whole=True)
        yield from _repeated(setting, dose, same)
        return
    plus = len(same) > 1 and _plus(setting, same[-2], same[-1])
    if lead is Lead.TOTAL or plus:
        yield from _added(setting, dose, same)
    often = same[-1].frequency if same and same[-1].count and _told_before(same[-1], dose) else None
    if often is not None and often > 1:
        yield from _repeated(setting, dose, same)
    yield from _counted(setting, dose, same, whole=dose.period is Period.DAY)
    if often is None or often <= 1:
        yield from _repeated(setting, dose, same)
    if lead is Lead.BRACKET:
        yield from _converted(setting, dose, before)
    if lead is not Lead.TOTAL and not plus:
        yield from _added(setting, dose, same, least=3 if lead is Lead.BRACKET else 2)
    yield from _measured(setting, dose, same, bounds)


def is_measure(setting: Setting, dose: Dose, before: Sequence[Dose]) -> bool:
    """Whether a dose right after another says the same in another measure: "10 mL (320 mg)", "320 mg (10 mL)"."""
    if not before or before[-1].per or dose.per or before[-1].block != dose.block:
        return False
    between = setting.block(dose.block).text[before[-1].span.end : dose.span.start].strip().lower()
    adjacent = _SAME_AMOUNT.fullmatch(between) is not None or _MEASURED.fullmatch(between) is not None
    volumes = [setting.units.convert(d.low, d.unit, "mL") is not None for d in (before[-1], dose)]
    return adjacent and volumes.count(True) == 1 and not any(setting.units.is_form(d.unit) for d in (before[-1], dose))


_SAME_AMOUNT: Final = regex(r"\(|(?:doses? )?(?:is|are|=|comes to|needs|means|contains|holds|has)(?: about)?")


_MEASURED: Final = regex(r", (?:you )?(?:measure|give|take|draw up|use|need)(?: out)?")


def _plus(setting: Setting, one: Dose, other: Dose) -> bool:
    """Whether two doses are taken together: "a 3 mg tablet plus half a 1 mg tablet", "one 3 mg and one 1 mg tablet"."""
    between = set(setting.block(one.block).text[one.span.end : other.span.start].split())
    return bool({"plus", "+"} & between) or bool(one.count and other.count and "and" in between)


def _told_before(one: Dose, other: Dose) -> bool:
    """Whether how often `one` is taken stands before `other`, so that `other` may be the day's amount."""
    return one.frequency_span is None or one.frequency_span.end <= other.span.start


def _by_weight(
    setting: Setting, reading: Reading, dose: Dose, before: Sequence[Dose], bounds: tuple[int, int], *, bounded: bool
) -> Iterator[Sum]:
    """Weight × each amount per kg, which may be told in the sentence before, or in brackets behind the dose.

    Where it is `bounded`, the heavy may take less: the adult dose.
    """
    weights = weights_in(reading, bounds[0], dose.span.start)
    for rate in rates_for(setting, dose, before) if weights else ():
        weight = weights[-1]
        for one in of_weight(
            (weight.low.value, weight.top),
            rate,
            divided_into(reading, rate, reading.token_at(dose.span.start)),
            whole=not (dose.frequency and dose.frequency > 1),
        ):
            most = rate.role is DoseRole.MAXIMUM and dose.role is not DoseRole.MAXIMUM
            most |= bounded and weight.top > HEAVY
            yield replace(one, low=Decimal(0)) if most else one


HEAVY: Final = 40  # kg from which the adult dose bounds what is worked out by weight


def divided_into(reading: Reading, rate: Dose, after: int) -> Decimal | None:
    """Into how many doses a day's amount per kg is divided: the first that is told behind a token."""
    if rate.period is not Period.DAY:
        return None
    often = (f.per_day for f in reading.frequencies if f.first > after)
    return next((found[0] for found in often if found is not None and found[0] > 1), None)


def of_weight(
    weight: tuple[Decimal, Decimal], rate: Dose, times: Decimal | None, *, whole: bool = True
) -> Iterator[Sum]:
    """What an amount per kg comes to at a weight, least and most, and the share of it in each of so many doses a day.

    Without `whole`, the undivided amount is none where `times` divides it.
    """
    low, high = weight[0] * rate.low, weight[1] * (rate.high or rate.low)
    words = f"{shown_range(plain(weight[0]), plain(weight[1]), 'kg')} × {rate.text}"
    if times is not None:
        yield Sum(low / times, high / times, f"{words} ÷ {plain(times):f}", (rate,), percent=5)
    if times is None or whole:
        yield Sum(low, high, words, (rate,), percent=5)
    if rate.frequency and rate.frequency > 1:
        most = high * (rate.frequency_high or rate.frequency)
        yield Sum(low * rate.frequency, most, f"{words} × {_times(rate)}", (rate,), percent=5, daily=True)


def weights_in(reading: Reading, start: int, end: int) -> Sequence[Quantity]:
    """The body weights in kg between two characters of a block."""
    return [
        q for q, n in zip(reading.quantities, reading.natures, strict=True)
        if n is Nature.WEIGHT and q.unit.symbol == "kg" and start <= q.start < end
    ]  # fmt: skip


def rates_for(setting: Setting, dose: Dose, before: Sequence[Dose]) -> Sequence[Dose]:
    """The amounts per kg that a dose can be worked out from, the nearest first."""
    here = setting.analysis.doses_by_block[dose.block]
    at = bisect_left(here, dose.span.start, key=lambda d: d.span.start) + 1
    behind = here[at : at + 1] if at < len(here) and _AT_A_RATE.fullmatch(
        setting.block(dose.block).text[dose.span.end : here[at].span.start].lower()
    ) else ()  # fmt: skip
    told = [*before, *behind]
    if not any(d.per == "kg" for d in told):
        told = [d for d in here if d.sentence == dose.sentence - 1 and d.substance == dose.substance]
    return [d for d in reversed(told) if d.per == "kg" and d.unit == dose.unit]


_AT_A_RATE: Final = regex(r"(?: of [\w -]{1,40}?)?,? ?(?:\(|at |at a dose of )")


def _times(dose: Dose) -> str:
    low, high = dose.frequency or Decimal(1), dose.frequency_high or dose.frequency or Decimal(1)
    return f"{plain(low):f}" if low == high else f"{plain(low):f}–{plain(high):f}"


def _repeated(setting: Setting, dose: Dose, before: Sequence[Dose]) -> Iterator[Sum]:
    """Single × times a day; the nearest dose first."""
    for one in reversed(before):
        counted = one.form == dose.unit and one.count and dose.period is Period.DAY and dose.frequency_text
        if counted and one.count and one.frequency and one.frequency > 1 and not one.as_needed:
            counts = (one.count * one.frequency, one.count * (one.frequency_high or one.frequency))
            yield Sum(*counts, f"{plain(one.count):f} × {_times(one)}", (one,), daily=True)
        value = setting.units.convert(one.low, one.unit, dose.unit)
        if value is not None and one.period is Period.WEEK and dose.period is Period.DAY and one.per == dose.per:
            top = setting.units.convert(one.high or one.low, one.unit, dose.unit) or value
            yield Sum(value / _DAYS, top / _DAYS, f"{one.text} ÷ 7", (one,), percent=_ROUNDED)
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
            value * count * one.frequency,
            top * count * times,
            f"{shown_count}{one.text} × {_times(one)}",
            (one,),
            daily=one.frequency > 1,
        )


_DAYS: Final = Decimal(7)


def _weekly(setting: Setting, dose: Dose, before: Sequence[Dose]) -> Iterator[Sum]:
    """Single × times a week; every other day is three or four times, so that either meets the figure."""
    text = setting.block(dose.block).text
    clause = [d for d in before if ";" not in text[d.span.end : dose.span.start]]
    parts = [
        (d, v) for d in clause
        if (v := setting.units.convert(d.low, d.unit, dose.unit)) is not None and d.per == dose.per
        and d.high is None and not d.as_needed and d.role is not DoseRole.STRENGTH
    ]  # fmt: skip
    if len(parts) != 1:
        return
    one, value = parts[0]
    a_day = Decimal(1) if one.period is Period.DAY else one.frequency
    if a_day is None or one.role in (DoseRole.LOADING, DoseRole.OVERDOSE):
        return
    times = (a_day * _DAYS).quantize(Decimal("0.1"))
    amount = value * (one.count or Decimal(1))
    words = f"{plain(one.count):f} × {one.text}" if one.count and one.count != 1 else one.text
    if times == 1 and amount == value:
        return
    words = words if times == 1 else f"{words} × {plain(times):f}"
    yield Sum(amount * times, amount * times, words, (one,))
    low = Decimal(3) if times == Decimal("3.5") else times
    high = ((one.frequency_high or a_day) * _DAYS).quantize(Decimal("0.1")) if low == times else Decimal(4)
    yield Sum(amount * low, amount * high, words, (one,))


def _counted(setting: Setting, dose: Dose, before: Sequence[Dose], *, whole: bool) -> Iterator[Sum]:
    """Count × strength: two 500 mg tablets, 2 tablets of a 325 mg product. `whole` puts a day's sum first."""
    if setting.units.is_form(dose.unit):
        return
    for one in reversed(before):
        if one.count and (value := setting.units.convert(one.low, one.unit, dose.unit)) is not None:
            once = Sum(value * one.count, value * one.count, f"{plain(one.count):f} × {one.text}", (one,))
            yield from _with_times(once, one, dose, whole=whole)
        if not setting.units.is_form(one.unit):
            continue
        said = setting.block(dose.block).text[_said_by(one, dose) : dose.span.start].strip(" ,")
        adjacent = said.removesuffix(" you").removeprefix("which ").removeprefix("that ") in _EQUALS
        strengths = _beside(setting, one, before) or (_strengths(setting, one, dose) if adjacent else ())
        for strength in strengths:
            value = setting.units.convert(strength.low, strength.unit, dose.unit)
            if value is None:
                continue
            count = f"{plain(one.low):f}" if one.high is None else f"{plain(one.low):f}–{plain(one.high):f}"
            once = Sum(value * one.low, value * (one.high or one.low), f"{count} × {strength.text}", (one,))
            if one.period is Period.DAY or one.role is DoseRole.MAXIMUM:
                yield once
            else:
                yield from _with_times(once, one if one.frequency else strength, dose, whole=whole)


def _said_by(one: Dose, other: Dose) -> int:
    """Where a dose with how often it is taken ends before `other`."""
    often = one.frequency_span
    return (
        often.end
        if often is not None and one.span.end <= often.start and often.end <= other.span.start
        else one.span.end
    )


_EQUALS: Final = (
    "(", "=", "or", "is", "are", "make", "makes", "totals", "equals", "give", "gives", "come to", "comes to",
    "provide", "provides", "supply", "supplies", "deliver", "delivers", "add up to", "adds up to",
    "make a dose of", "makes a dose of", "is a dose of", "give a dose of", "gives a dose of",
)  # fmt: skip


def _with_times(once: Sum, often: Dose, dose: Dose, *, whole: bool) -> Iterator[Sum]:
    """The amount at once, and the amount a day where `often` says how many times; that one first if `whole`.

    A figure that is told to be a day's is held against the amount a day only.
    """
    if not often.frequency or often.frequency <= 1:
        yield once
        return
    times = often.frequency_high or often.frequency
    words = f"{once.words} × {_times(often)}"
    a_day = Sum(once.low * often.frequency, once.high * times, words, once.parts, once.percent, daily=True)
    if dose.period is Period.DAY and dose.frequency_text:
        yield a_day
    else:
        yield from (a_day, once) if whole else (once, a_day)


_SOLID: Final = frozenset({"tablet", "caplet", "pill", "capsule"})
_JOINED: Final = frozenset((",", "x", "×", ":", "–", "—", "", ", take", ": take", "-", "(", "strength,"))


def _beside(setting: Setting, count: Dose, before: Sequence[Dose]) -> tuple[Dose, ...]:
    """The strength written right beside a number of tablets: "2.5 mg, six tablets", "1½ tablets of 20 mg"."""
    text = setting.block(count.block).text
    for one in before:
        if setting.units.is_form(one.unit) or one.high is not None or one.count or not _of_one(one, count):
            continue
        if one.span.end <= count.span.start:
            if text[one.span.end : count.span.start].strip().lower() in _JOINED:
                return (one,)
        elif count.span.end <= one.span.start:
            words = text[count.span.end : one.span.start].lower().split()
            if words[:1] == ["of"] and len(words) <= 2 and NO_NAME.isdisjoint(words[1:]):
                return (one,)
    return ()


def _of_one(strength: Dose, count: Dose) -> bool:
    """Whether a strength is of one of what `count` counts: "200 mg" of a tablet, "90 mcg per puff" of a puff."""
    return not strength.per or (strength.per == count.unit and strength.per_amount in (None, Decimal(1)))


def _in_form(strength: Dose, count: Dose) -> bool:
    """Whether a strength is of the form that `count` counts: of tablets, or of what may be called so."""
    return not strength.form or strength.form == count.unit or {strength.form, count.unit} <= _SOLID


def _strengths(setting: Setting, count: Dose, dose: Dose) -> tuple[Dose, ...]:
    """The strengths that a number of tablets can mean: in its row or sentence, its block, else of its product."""

    def fitting(strengths: Iterable[Dose]) -> list[Dose]:
        return [d for d in strengths if _of_one(d, count) and _in_form(d, count)]

    headers = set(setting.reader.mentions.header_blocks(count.block))
    near = fitting(d for header in sorted(headers) for d in setting.strengths.get((dose.substance, header), ()))
    if not near:
        here = setting.strengths.get((dose.substance, count.block), ())
        near = fitting(d for d in here if d.span.start < count.span.start)
        behind = fitting(d for d in here if d.span.start > dose.span.end)
        if not near and len({(d.low, d.unit) for d in behind}) == 1:
            return (behind[0],)  # "take 3 capsules (1,500 mg); each holds 500 mg"
    same = [d for d in near if d.product == count.product] if count.product else near
    if same and (same[-1].sentence == count.sentence or len({(d.low, d.unit) for d in same}) == 1):
        return (same[-1],)
    if near:
        return (near[-1],) if near[-1].block in headers else ()
    if count.product:
        known = setting.product_strengths.get((dose.substance, count.product), ())
        named = {(d.low, d.unit): d for d in fitting(known)}
        return tuple(named.values()) if len(named) == 1 else ()
    return ()


def _converted(setting: Setting, dose: Dose, before: Sequence[Dose]) -> Iterator[Sum]:
    """The same amount in another unit: 0.5 g (500 mg)."""
    one = before[-1] if before else None
    if one is None or one.count or one.per != dose.per or one.unit == dose.unit:
        return
    text = setting.block(dose.block).text
    often = dose.frequency_span
    in_brackets = often is not None and ")" not in text[dose.span.end : often.start]  # "500 mg (1 g a day) twice a day"
    if one.block != dose.block or text[one.span.end : dose.span.start].strip() != "(" or in_brackets:
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
        yield Sum(total, total, " + ".join(_times_text(d) for _, d in chosen), tuple(d for _, d in chosen))
        daily = sum((v * max(d.frequency or Decimal(1), Decimal(1)) for v, d in chosen), Decimal(0))
        if daily != total:
            yield Sum(
                daily, daily, " + ".join(f"{d.text} × {_times(d)}" for _, d in chosen), tuple(d for _, d in chosen)
            )


def _times_text(dose: Dose) -> str:
    return dose.text if dose.count in (None, 1) else f"{plain(dose.count):f} × {dose.text}"


def _measured(
    setting: Setting, dose: Dose, before: Sequence[Dose], bounds: tuple[int, int], *, in_sentence: bool = False
) -> Iterator[Sum]:
    """Volume × concentration: 10 mL of 160 mg/5 mL; or the volume that an amount is in.

    With `in_sentence` the sentence itself must have told the concentration.
    """
    volumes = [(d, v) for d in before if not d.per and (v := setting.units.convert(d.low, d.unit, "mL")) is not None]
    size = setting.units.convert(dose.low, dose.unit, "mL")
    if in_sentence and not any(d.per == "mL" for d in before):
        return
    strength = _concentration(setting, dose, before, bounds, bounded=size is not None)
    if strength is None or dose.per or dose.high is not None:
        return
    if size is not None:
        yield from _volume_of(setting, dose, before, strength)
    elif volumes and volumes[-1][0].high is None:
        volume, size = volumes[-1]
        value = setting.units.convert(strength.low, strength.unit, dose.unit) or strength.low
        total = value * size / (strength.per_amount or Decimal(1))
        once = Sum(total, total, f"{volume.text} × {strength_text(strength)}", (volume, strength), percent=2)
        yield from _with_times(once, volume if volume.frequency else strength, dose, whole=dose.period is Period.DAY)


_ROUNDED: Final = 10  # percent by which a volume is rounded to a mark of the syringe


def _volume_of(setting: Setting, dose: Dose, before: Sequence[Dose], strength: Dose) -> Iterator[Sum]:
    one = before[-1] if before and is_measure(setting, dose, before) else None
    volume = volume_of(setting, one, strength, dose.unit) if one is not None and one.high is None else None
    if one is not None and volume is not None:
        words = f"{one.text} ÷ {strength_text(strength)}"
        yield Sum(volume, volume, words, (one, strength), percent=_ROUNDED)


def volume_of(setting: Setting, dose: Dose, strength: Dose, unit: str) -> Decimal | None:
    """How much of a liquid of some strength holds a dose, in `unit`; None where they do not convert."""
    amount = setting.units.convert(dose.low, dose.unit, strength.unit)
    if amount is None or not strength.low:
        return None
    return setting.units.convert(amount / strength.low * (strength.per_amount or Decimal(1)), "mL", unit)


def strength_text(strength: Dose) -> str:
    """The strength of a liquid for a message, which may be written with its name between: "120 mg of X per 5 mL"."""
    if "l" in strength.text.lower().rpartition("g")[2]:
        return strength.text
    each = strength.per if strength.per_amount in (None, 1) else shown(strength.per_amount, strength.per)
    return f"{strength.text}/{each}"


def _concentration(
    setting: Setting, dose: Dose, before: Sequence[Dose], bounds: tuple[int, int], *, bounded: bool
) -> Dose | None:
    """The strength of the liquid: in the sentence, earlier in the block, in the headers; else the page's only one."""

    def liquid(found: Iterable[Dose]) -> list[Dose]:
        return [d for d in found if d.per == "mL" and not d.combined and d.substance == dose.substance]

    here = setting.analysis.doses_by_block[dose.block]
    at = bisect_left(here, dose.span.start, key=lambda d: d.span.start)
    headers = sorted(setting.reader.mentions.header_blocks(dose.block))
    behind = [d for d in here[at + 1 : at + 2] if d.span.start < bounds[1]]
    for near in (
        [d for d in before if d.per == "mL"],
        liquid(behind),
        liquid(here[max(0, at - _EARLIER) : at]),
        liquid(d for h in headers for d in setting.analysis.doses_by_block.get(h, ())),
    ):
        if near:
            return near[-1]
    known = setting.liquids.get(dose.substance, ())
    return next(iter(known)) if len(known) == 1 and (bounded or is_measure(setting, dose, before)) else None


_EARLIER: Final = 40  # doses of a block before one in which the strength of its liquid is sought
