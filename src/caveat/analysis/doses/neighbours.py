"""What the dose right before it makes of a dose: the same amount again, a sum, an item of its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from caveat.analysis.doses.surroundings import LISTING, Surroundings
from caveat.analysis.facts import Dose, DoseRole
from caveat.packs.reference import Period
from caveat.packs.units import UnitTable

_LIST_GAP: Final = 2  # tokens between two amounts of a list
_PEOPLE_GAP: Final = 6  # tokens between two amounts that say whom the first is for


def beside(dose: Dose, before: Dose, around: Surroundings, units: UnitTable) -> Dose:
    """`dose` as the dose right `before` it makes it: the same amount in brackets, or the strength of tablets."""
    between = around.before()
    if between == ("(",):
        return _restated(dose, before)
    if between[-1:] == ("(",) and around.after()[:1] == (")",):
        return _summed(dose, before)
    if between == ("of",) and units.is_form(before.unit):
        return _counted(dose, before)
    listed = before.role is DoseRole.STRENGTH and 0 < len(between) <= _LIST_GAP and LISTING.issuperset(between)
    alike = dose.role is DoseRole.SINGLE and dose.unit == before.unit and before.per == dose.per
    if alike and (listed or (before.role is DoseRole.STRENGTH and dose.frequency is None and _inside(between))):
        return replace(dose, role=DoseRole.STRENGTH)
    if alike and (between, before.role) in _SHARED:
        return replace(dose, role=before.role, cues=before.cues)
    others = dose.frequency is None and _likewise(between, dose, before)
    excepted = between[-2:] == (",", "or") and around.after()[:1] == ("if",) and before.role in _BOUNDS
    if alike and (others or excepted):
        return replace(dose, role=before.role, period=before.period, cues=before.cues)
    if alike and dose.frequency is None and (LISTING.issuperset(between) or _of_others(between)):
        return _listed_with(dose, before)
    return dose


_SHARED: Final = frozenset((
    (("or",), DoseRole.STARTING), (("or",), DoseRole.LOADING), (("or",), DoseRole.MAINTENANCE),
    (("to",), DoseRole.TITRATION),
))  # fmt: skip
"""What stands between amounts that have their role in common: "the maintenance dose is 0.5 mg or 1 mg"."""
_BOUNDS: Final = (DoseRole.MAXIMUM, DoseRole.TOTAL)
_CONTENT_GAP: Final = 5  # tokens between a content and a part of it


def _inside(between: Sequence[str]) -> bool:
    """Whether a part of a content stands in brackets after it: "1,000 mg of fish oil (EPA 180 mg, DHA 120 mg)"."""
    return len(between) <= _CONTENT_GAP and ("(" in between or between[:1] == (",",)) and ")" not in between


def _restated(dose: Dose, other: Dose) -> Dose:
    """`dose` in brackets after `other` says the same amount in another way: "6 caplets (3,000 mg)"."""
    own = dose.frequency_span is not None and dose.frequency_span != other.frequency_span
    if own or other.role is DoseRole.STRENGTH or other.unit == dose.unit:
        return dose
    return replace(
        dose,
        role=other.role,
        comparator=other.comparator,
        frequency=other.frequency,
        frequency_high=other.frequency_high,
        frequency_text=other.frequency_text,
        frequency_span=other.frequency_span,
        period=other.period,
        alternate=other.alternate,
        cues=other.cues,
    )


def _summed(dose: Dose, other: Dose) -> Dose:
    """`dose` in brackets after how often `other` is taken is the day's: "600 mg three times a day (1,800 mg)"."""
    span = other.frequency_span
    often = span is not None and span.end <= dose.span.start and other.frequency is not None and other.frequency > 1
    if not often or dose.unit != other.unit or dose.role is not DoseRole.SINGLE:
        return dose
    return replace(dose, role=DoseRole.TOTAL, period=Period.DAY)


def _counted(dose: Dose, other: Dose) -> Dose:
    """`dose` is what each of the tablets of `other` holds: "no more than 4 tablets of 20 mg"."""
    if other.high is not None or dose.role not in (DoseRole.SINGLE, DoseRole.TOTAL):
        return dose
    return replace(dose, count=other.low, role=other.role, comparator=other.comparator, cues=other.cues)


def _of_others(between: Sequence[str]) -> bool:
    """Whether only who takes the amount before stands between: "4,000 mg for adults, 1,500 mg for teenagers"."""
    return between[:1] == ("for",) and between[-1] in (",", "and", ";") and len(between) <= _PEOPLE_GAP


_PARTING: Final = frozenset((";", ",", "and", "but", "while"))
_FEW: Final = 3  # words that name other people


def _likewise(between: Sequence[str], dose: Dose, other: Dose) -> bool:
    """Whether other people take the amount as often: "women need 18 mg a day, men only 8 mg"."""
    if other.role is not DoseRole.TOTAL or other.people is None or dose.people in (None, other.people):
        return False
    whom = len(between) - 1 - max((i for i, word in enumerate(between) if word in _PARTING), default=-1)
    return 0 < whom <= _FEW and whom < len(between)


def _listed_with(dose: Dose, other: Dose) -> Dose:
    """`dose` is what `other`, the first of a list, is: a day's amount, or the maximum for other people."""
    if other.role not in (DoseRole.MAXIMUM, DoseRole.TOTAL) or other.frequency_span is not None:
        return dose
    if other.role is DoseRole.MAXIMUM and (not dose.population or dose.population == other.population):
        return dose  # "the maximum is 4,000 mg, or 1,000 mg at a time"
    return replace(dose, role=other.role, comparator=other.comparator, period=other.period, cues=other.cues)
