"""Rows of a table that end in a total: "300 mg | three times a day | 900 mg in all", "500 mg | 1,000 mg | 1,500 mg"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from caveat.analysis.doses import plain
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Dose, DoseRole
from caveat.checks.dose.setting import TAKEN, Hit, Setting, shown
from caveat.packs.reference import Period
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
