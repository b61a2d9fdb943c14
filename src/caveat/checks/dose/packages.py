"""What a bottle holds by the strength of its liquid, and how many tablets a course takes by its days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from caveat.analysis.doses import Reading, plain
from caveat.analysis.doses.numbers import number_at
from caveat.analysis.doses.quantities import Quantity
from caveat.analysis.doses.tokens import read_line
from caveat.analysis.facts import Comparator, Dose
from caveat.checks.dose.setting import Hit, Setting, shown
from caveat.checks.dose.sums import strength_text
from caveat.checks.dose.supply import DAYS
from caveat.packs.reference import Period
from caveat.packs.units import Dimension

_ROOM: Final = Decimal("0.05")  # by which what a bottle holds is rounded
_ABOUT: Final = Decimal("0.15")
_NEAR: Final = 6  # words between a bottle and what it holds
_EXACT: Final = (None, Comparator.ABOUT)


def package_totals(setting: Setting) -> Iterator[Hit]:
    """Bottles that do not hold what their strength and size come to, and courses of another number of tablets."""
    for index, doses in setting.analysis.doses_by_block.items():
        reading = setting.reading(index)
        if reading is not None:
            yield from _bottles(setting, reading, doses)
            yield from _courses(setting, doses)


def _bottles(setting: Setting, reading: Reading, doses: Sequence[Dose]) -> Iterator[Hit]:
    """A bottle of 100 mL, at 50 mg in 5 mL, that is said to hold 500 mg."""
    for bottle in reading.quantities:
        if (
            bottle.unit.dimension is not Dimension.VOLUME
            or bottle.per
            or bottle.high
            or not _packs(setting, reading, bottle)
        ):
            continue
        dose = _held(setting, reading, bottle, doses)
        strength = _strength(setting, dose, doses) if dose is not None else None
        size = setting.units.convert(bottle.low.value, bottle.unit.symbol, "mL")
        if dose is None or strength is None or size is None:
            continue
        each = setting.units.convert(strength.low, strength.unit, dose.unit)
        if each is None:
            continue
        total = each * size / (strength.per_amount or 1)
        room = _ABOUT if dose.comparator is Comparator.ABOUT else _ROOM
        if total * (1 - room) <= dose.low <= total * (1 + room):
            continue
        size_text = shown(bottle.low.value, bottle.unit.symbol)
        yield _hit(setting, dose, total, f"{size_text} × {strength_text(strength)}", strength)


def _packs(setting: Setting, reading: Reading, volume: Quantity) -> bool:
    """Whether it is the size of a bottle: "a 100 mL bottle", "a bottle of 100 mL", "a bottle (100 mL)"."""
    packages = setting.reader.words.lookalikes.packages
    behind = reading.line.words(volume.last + 1, 1)
    before = reading.line.words(max(0, volume.first - 2), min(2, volume.first))
    return not packages.isdisjoint(behind) or (
        len(before) == 2 and before[0] in packages and before[1] in ("of", "(", "has", "holds", "contains")
    )


def _held(setting: Setting, reading: Reading, bottle: Quantity, doses: Sequence[Dose]) -> Dose | None:
    """The exact amount that the words behind a bottle say it holds."""
    at = bisect_left(doses, bottle.end, key=lambda d: d.span.start)
    dose = doses[at] if at < len(doses) else None
    if dose is None or dose.high is not None or dose.per or dose.count or dose.comparator not in _EXACT:
        return None
    if setting.units.is_form(dose.unit) or setting.units.convert(Decimal(1), dose.unit, "mL") is not None:
        return None
    first = bottle.last + 1
    words = reading.line.words(first, reading.token_at(dose.span.start) - first)
    known = setting.reader.words.strengths
    told = not (known.content | known.hold).isdisjoint(words)
    return dose if told and len(words) <= _NEAR and "." not in words else None


def _strength(setting: Setting, dose: Dose, doses: Sequence[Dose]) -> Dose | None:
    """The one strength of the liquid that the block tells before the dose, else the page's only one."""

    def of_liquid(one: Dose) -> bool:
        return one.per == "mL" and one.high is None and not one.combined and one.substance == dose.substance

    here = [d for d in doses if d.span.end <= dose.span.start and of_liquid(d)]
    found = here or [d for d in setting.liquids.get(dose.substance, ()) if of_liquid(d)]
    amounts = {d.low / (d.per_amount or 1) for d in found}
    return found[-1] if len(amounts) == 1 else None


def _courses(setting: Setting, doses: Sequence[Dose]) -> Iterator[Hit]:
    """A capsule twice a day for 10 days, and "10 capsules for the whole course"."""
    for one, stated in pairwise(doses):
        days = _days(one.duration)
        each = one.low if setting.units.is_form(one.unit) else (one.count or Decimal(1))
        form = one.unit if setting.units.is_form(one.unit) else one.form
        times = Decimal(1) if one.period is Period.DAY else one.frequency
        vague = one.high or one.as_needed or one.alternate or one.frequency_high not in (None, one.frequency)
        if days is None or times is None or vague or stated.unit != form or not form:
            continue
        if stated.high or stated.comparator not in _EXACT or stated.frequency or not _whole(setting, one, stated):
            continue
        total = plain(each * times * days)
        if total != stated.low:
            course = f"{shown(plain(each), form)} × {plain(times):f} a day × {plain(days):f} day{'s' * (days != 1)}"
            yield _hit(setting, stated, total, course, one)


def _days(duration: str) -> Decimal | None:
    """The days that "for 10 days" or "for a week" tells exactly."""
    line = read_line(duration)
    words = line.words(1, len(line.tokens))
    if words[:1] in (("a",), ("one",)) and len(words) == 2:
        return Decimal(DAYS[words[1]]) if words[1] in DAYS else None
    number = number_at(line, 1) if len(line.tokens) > 1 else None
    if number is None or line.words(0, 1) != ("for",):
        return None
    unit = line.words(number.last + 1, 2)
    return number.value * DAYS[unit[0]] if len(unit) == 1 and unit[0] in DAYS else None


def _whole(setting: Setting, one: Dose, stated: Dose) -> bool:
    """Whether the number of tablets is that of the whole course, in the same sentence or the next.

    What a package has in it, or comes in, is no course.
    """
    if stated.sentence - one.sentence not in (0, 1):
        return False
    sentence = setting.reader.sentence(stated)
    text = setting.block(stated.block).text
    behind = text[stated.span.end : sentence.span.end] if sentence is not None else ""
    before = text[one.span.end : stated.span.start]
    said = [t.word for t in read_line(f"{before} {behind}").tokens]
    known = setting.reader.words.strengths
    packed = setting.reader.words.lookalikes.packages | known.content | known.hold | known.sold
    if not packed.isdisjoint(said):
        return False
    words = f" {' '.join(said)} ".replace(" of course ", " ")
    return any(f" {told} " in words for told in (*setting.reader.words.roles.totals, "course"))


def _hit(setting: Setting, dose: Dose, total: Decimal, words: str, part: Dose) -> Hit:
    stated, expected = shown(dose.low, dose.unit), shown(plain(total), dose.unit)
    fills = {"expected": expected, "stated": stated, "single": words, "total": stated, "value": words}
    return Hit(dose.block, dose.span, fills, (dose.text,), (setting.related(part, "a part of the sum"),), dose=dose)
