"""Rows of a table that end in a total: "300 mg | three times a day | 900 mg in all", "500 mg | 1,000 mg | 1,500 mg".

Or that go by weight: "20 kg | 300 mg | 9.4 mL" below "15 mg/kg" and "160 mg/5 mL".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from caveat.analysis.doses import plain
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Dose, DoseRole
from caveat.checks.dose.setting import TAKEN, Hit, Setting, shown, shown_range
from caveat.checks.dose.sums import HEAVY, Sum, divided_into, of_weight, strength_text, volume_of
from caveat.packs.reference import Period
from caveat.packs.units import Dimension
from caveat.regex import regex

_TOTAL: Final = word_set("total totals sum")
_OF_A_DAY: Final = _TOTAL | word_set("daily dose amount a per day in all 24 hours mg g mcg")
_TIMES: Final = word_set(
    "breakfast lunch dinner supper morning noon midday afternoon evening night bedtime am pm a.m. p.m. bed waking"
)
_WORD: Final = regex(r"[^\s()/,:;–—]+")
_TWO: Final = 2


def row_totals(setting: Setting) -> Iterator[Hit]:
    """Totals of a day in tables that the other doses of their row do not come to."""
    rows: dict[tuple[int, int], list[Dose]] = {}
    for dose in setting.analysis.doses:
        cell = setting.block(dose.block).cell
        if cell is not None and not cell.header and cell.column:
            rows.setdefault((cell.table, cell.row), []).append(dose)
    for doses in rows.values():
        totals = [d for d in doses if _TOTAL & _column(setting, d)] if len(doses) > 1 else []
        parts = [d for d in doses if d not in totals]
        if len(totals) == 1 and _column(setting, totals[0]) <= _OF_A_DAY and _countable(totals[0], parts):
            yield from _held_against(setting, totals[0], parts)


def _column(setting: Setting, dose: Dose) -> frozenset[str]:
    cell = setting.block(dose.block).cell
    return frozenset(_WORD.findall(cell.column_header.lower())) if cell is not None else frozenset()


def _countable(total: Dose, parts: Sequence[Dose]) -> bool:
    """Whether each is one figure of the same substance, and of a day."""
    plainly = all(d.high is None and not d.combined and not d.per and not d.comparator for d in (total, *parts))
    of_a_day = total.role is not DoseRole.MAXIMUM and total.period in (None, Period.DAY)
    same = all(d.substance == total.substance and d.role in TAKEN and not d.as_needed for d in parts)
    return bool(parts) and plainly and of_a_day and same


def _held_against(setting: Setting, total: Dose, parts: Sequence[Dose]) -> Iterator[Hit]:
    values = [setting.units.convert(d.low * (d.count or 1), d.unit, total.unit) for d in parts]
    amounts = [v for v in values if v is not None]
    by_time = len(parts) >= _TWO and all(_TIMES & _column(setting, d) for d in parts)
    times = parts[0].frequency
    if len(amounts) != len(parts):
        return
    if by_time:
        expected, words = sum(amounts, Decimal(0)), " + ".join(d.text for d in parts)
    elif len(parts) == 1 and times is not None and times >= 1 and not parts[0].alternate:
        if parts[0].frequency_high not in (None, times):
            return
        expected, words = amounts[0] * times, f"{parts[0].text} × {plain(times):f}"
    else:
        return
    if expected == total.low:
        return
    stated = shown(total.low, total.unit)
    fills = {"expected": f"{shown(plain(expected), total.unit)} a day", "stated": stated, "single": words}
    fills |= {"total": stated, "value": words}
    related = tuple(setting.related(part, "a part of the sum") for part in parts[:3])
    yield Hit(total.block, total.span, fills, (total.text,), related, dose=total)


_ROUNDED: Final = Decimal("0.1")  # by which a chart is rounded to a mark of the syringe


def rows_by_weight(setting: Setting) -> Iterator[Hit]:
    """Amounts of a chart that are not the weight of their row × the rate of their column, and volumes that hold others.

    Rows for a range of weights are rounded as their author likes, and left alone. The heavy may take the adult dose, so
    that theirs may be less than their weight comes to, but not less than what somebody lighter takes.
    """
    lighter: dict[tuple[int, int], Decimal] = {}
    rows: dict[tuple[int, int], list[Dose]] = {}
    for dose in setting.analysis.doses:
        cell = setting.block(dose.block).cell
        if cell is not None and not cell.header and cell.column and dose.high is None and not dose.per:
            rows.setdefault((cell.table, cell.row), []).append(dose)
    for (table, row), doses in rows.items():
        weight = _weight(setting, table, row)
        masses = [d for d in doses if setting.units.units[d.unit].dimension is Dimension.MASS and not d.count]
        for dose in masses if weight is not None else ():
            rate = _of_column(setting, dose, "kg")
            if rate is not None and rate.unit == dose.unit and weight is not None:
                cell = setting.block(dose.block).cell
                column = (table, cell.column if cell is not None else 0)
                least = lighter.get(column, Decimal(0)) if weight > HEAVY else None
                wrong = list(_off(dose, _of_rate(setting, weight, rate), least))
                if not wrong:
                    lighter[column] = max(dose.low, lighter.get(column, Decimal(0)))
                yield from wrong
        for dose in doses if len(masses) == 1 else ():
            strength = _of_column(setting, dose, "mL")
            volume = volume_of(setting, masses[0], strength, dose.unit) if strength is not None else None
            if strength is not None and volume is not None:
                words = f"{masses[0].text} ÷ {strength_text(strength)}"
                yield from _off(dose, [Sum(volume, volume, words, (masses[0], strength))])


def _of_rate(setting: Setting, weight: Decimal, rate: Dose) -> Sequence[Sum]:
    """What a chart may give at a weight: the day's amount or a dose of it, of as many as the head of the column says.

    Where it does not say how many, the doses may be two, three or four.
    """
    reading = setting.reading(rate.block)
    told = divided_into(reading, rate, -1) if reading is not None else None
    either = (None,) if rate.period is not Period.DAY else (told,) if told is not None else _DIVIDED
    return [one for times in either for one in of_weight((weight, weight), rate, times)]


_DIVIDED: Final = (None, Decimal(2), Decimal(3), Decimal(4))


def _weight(setting: Setting, table: int, row: int) -> Decimal | None:
    """The one weight in kg that heads a row."""
    head = setting.reader.mentions.headers.get((table, "row", row))
    reading = setting.reading(head) if head is not None else None
    if reading is None:
        return None
    told = [q for q in reading.quantities if q.unit.symbol == "kg" and not q.per]
    return told[0].low.value if len(told) == 1 and told[0].high is None else None


def _of_column(setting: Setting, dose: Dose, per: str) -> Dose | None:
    """The one amount per kg or mL that the header of a dose's column gives."""
    cell = setting.block(dose.block).cell
    head = setting.reader.mentions.headers.get((cell.table, "column", cell.column)) if cell is not None else None
    told = setting.analysis.doses_by_block.get(head, ()) if head is not None else ()
    return told[0] if len(told) == 1 and told[0].per == per else None


def _off(dose: Dose, sums: Sequence[Sum], least: Decimal | None = None) -> Iterator[Hit]:
    """A hit where a dose meets none of the sums; with `least`, one may be anything from there up to the sum."""
    lows = [one.low * (1 - _ROUNDED) if least is None else least for one in sums]
    if any(low <= dose.low <= one.high * (1 + _ROUNDED) for low, one in zip(lows, sums, strict=True)):
        return
    stated = shown(dose.low, dose.unit)
    expected = shown_range(plain(sums[0].low), plain(sums[0].high), dose.unit)
    fills = {"expected": expected, "stated": stated, "single": sums[0].words, "total": stated, "value": sums[0].words}
    yield Hit(dose.block, dose.span, fills, (dose.text,), dose=dose)
