"""A dose above the maximum that the article itself gives in the same sentence or the same row of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from caveat.analysis.doses import plain
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Dose, DoseRole
from caveat.checks.dose.setting import Hit, Setting, dose_text, shown
from caveat.checks.dose.wording import admits_excess, header_words
from caveat.packs.reference import Period
from caveat.regex import regex

_TAKEN: Final = frozenset((DoseRole.SINGLE, DoseRole.TOTAL, DoseRole.MAINTENANCE))
_APART: Final = regex(r";|\b(?:but|while|whereas|unless|if|for|who|without|from)\b")
_MOST: Final = word_set("maximum max most more limit upper level ceiling cap up")
_Place = tuple[str, int, int]


def above_own_maximum(setting: Setting) -> Iterator[Hit]:
    """A day's amount above the day's maximum beside it: "65 mg once a day" where the row says at most 45 mg.

    "Every 4 hours" says how soon the next dose may follow and not how many are taken, so it is not multiplied.
    """
    for doses in _together(setting).values():
        limits = [d for d in doses if d.role is DoseRole.MAXIMUM and d.period is Period.DAY and not d.at_least]
        for dose in doses if limits else ():
            amount = None if admits_excess(setting, dose) else _a_day(setting, dose)
            limit = next((d for d in limits if amount is not None and _passes(setting, dose, amount, d)), None)
            if amount is None or limit is None:
                continue
            stated, most = f"{shown(amount, dose.unit)} a day", f"at most {dose_text(limit)} a day"
            fills = {
                "substance": setting.name(dose.substance), "value": "amount", "first": stated, "second": most,
                "dose": stated, "other": most,
            }  # fmt: skip
            related = (setting.related(limit, "the maximum"),)
            yield Hit(dose.block, dose.span, fills, (dose.text,), related, dose=dose)


def _together(setting: Setting) -> Mapping[_Place, Sequence[Dose]]:
    """The doses by the sentence or the table row that they stand in."""
    found: dict[_Place, list[Dose]] = {}
    for dose in setting.analysis.doses:
        cell = setting.block(dose.block).cell
        place = ("row", cell.table, cell.row) if cell is not None else ("sentence", dose.block, dose.sentence)
        found.setdefault(place, []).append(dose)
    return found


def _a_day(setting: Setting, dose: Dose) -> Decimal | None:
    """The least that the dose comes to in a day; None where that can not be told."""
    if dose.role not in _TAKEN or dose.as_needed or dose.alternate or dose.combined or dose.comparator or dose.per:
        return None
    once = dose.low * (dose.count or Decimal(1))
    if dose.period is Period.DAY:
        return once
    told = (dose.frequency_text, *(block.text for _, block in setting.reader.row_cells(dose.block)))
    hourly = any("hour" in text for text in told)
    if dose.frequency is None or dose.frequency < 1 or (hourly and dose.frequency > 1):
        return None
    return plain(once * dose.frequency)


def _between(setting: Setting, one: Dose, other: Dose) -> str:
    first, second = sorted((one, other), key=lambda d: d.span.start)
    return setting.block(one.block).text[first.span.end : second.span.start].lower()


def _passes(setting: Setting, dose: Dose, amount: Decimal, limit: Dose) -> bool:
    same = dose.substance and dose.substance == limit.substance and dose.per == limit.per
    others = "" not in (dose.population, limit.population) and dose.population != limit.population
    if not same or others or dose.low_unit or limit.low_unit:
        return False
    if dose.block == limit.block and _APART.search(_between(setting, dose, limit)):
        return False
    if dose.block != limit.block and not _MOST & header_words(setting, limit):
        return False  # the maximum of its own cell: "2.5 mg once a day, up to 5 mg" for other people
    value = setting.units.convert(amount, dose.unit, limit.unit)
    return value is not None and value > (limit.high or limit.low) * (limit.count or 1)
