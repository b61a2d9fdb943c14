"""Two places of one page that state different doses for the same substance, product, people and role."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from caveat.analysis.doses import plain
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Comparator, Dose, DoseRole
from caveat.checks.dose.orders import cadence, is_order, of_two_cases
from caveat.checks.dose.setting import Hit, Setting, conflict_hit, dose_text, shown
from caveat.checks.dose.statements import from_label, holds_for_all, people_of, subject_of, told_against
from caveat.checks.dose.told import Told
from caveat.checks.dose.wording import called_usual, sentence_words
from caveat.document import BlockKind
from caveat.packs.reference import Period
from caveat.packs.when.dose import DoseWhen

_MAY: Final = word_set("can may could")
_OTHERWISE: Final = word_set("not never cannot can't don't food foods diet eat doctor doctors short-term")
_NO_LIMIT_WORD: Final = frozenset(("up to", "more than"))


def conflicts(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """Each statement that contradicts an earlier one; the hit lies on the later and points at the earlier."""
    doses = setting.analysis.doses
    yield from _pairs(setting, [d for d in doses if _is_maximum(setting, d)], "maximum")
    yield from _permissions(setting)
    yield from _pairs(setting, [d for d in doses if _is_standard(setting, d)], "usual dose")
    yield from _pairs(setting, [d for d in doses if _is_start(setting, d)], "starting dose")
    yield from _orders(setting)
    yield from _title(setting)


def _orders(setting: Setting) -> Iterator[Hit]:
    """Plain orders that differ, of those that are told alike: so often a day, every so many hours, at one time."""
    alike: dict[str, list[Dose]] = {}
    for dose in setting.analysis.doses:
        if is_order(setting, dose):
            alike.setdefault(cadence(setting, dose), []).append(dose)
    for doses in alike.values():
        yield from _pairs(setting, doses, "dose", two_cases=of_two_cases)


_Apart = Callable[[Setting, Dose, Dose], bool]


def _never(_setting: Setting, _one: Dose, _other: Dose) -> bool:
    return False


def _pairs(setting: Setting, doses: Sequence[Dose], what: str, *, two_cases: _Apart = _never) -> Iterator[Hit]:
    """Each dose that one before it contradicts; `two_cases` tells of two of them whether both may hold."""
    seen: dict[tuple[str, ...], Told] = {}
    for dose in doses:
        told = seen.setdefault(subject_of(setting, dose), Told(dose.unit))
        amounts = _amounts(setting, dose, told.unit)
        if amounts is None:
            continue
        other = next(
            (
                d
                for d in told.apart(*amounts)
                if _of_one_product(setting, d, dose)
                and not told_against(setting, d, dose)
                and not two_cases(setting, d, dose)
            ),
            None,
        )
        if other is not None:
            yield conflict_hit(setting, dose, [other], what, (_stated(other), _stated(dose)))
        else:
            told.add(dose, *amounts)


def _stated(dose: Dose) -> str:
    """A dose with how often it is taken, or what it is the maximum of: "300 mg twice a day", "4,000 mg a day"."""
    often = dose.frequency_text.lstrip("/") or (dose.period.each if dose.period is not None else "")
    if not often and dose.frequency is not None:
        often = f"× {plain(dose.frequency):f} a day"
    return f"{dose_text(dose)} {often}".strip()


def _permissions(setting: Setting) -> Iterator[Hit]:
    """What the reader is told to go up to, above a day's maximum told elsewhere; less than it is no conflict."""
    allowed = [d for d in setting.analysis.doses if _is_permission(setting, d)]
    limits: dict[tuple[str, ...], Told] = {}
    for dose in setting.analysis.doses if allowed else ():
        if dose.period is Period.DAY and _is_maximum(setting, dose):
            told = limits.setdefault(subject_of(setting, dose), Told(dose.unit))
            most = setting.amount(dose, told.unit)
            if most is not None:
                told.add(dose, most, most)
    for dose in allowed:
        found = limits.get(subject_of(setting, dose))
        amount = setting.units.convert(dose.low, dose.unit, found.unit) if found is not None else None
        for limit in found.below(amount) if found is not None and amount is not None else ():
            together = limit.block == dose.block and limit.sentence == dose.sentence
            if together or told_against(setting, limit, dose):
                continue
            first, second = dose_text(limit), f"up to {dose_text(dose)}"
            fills = {
                "first": first, "second": second, "dose": second, "other": first,
                "substance": setting.name(dose.substance), "value": "maximum",
            }  # fmt: skip
            related = (setting.related(limit, "the maximum"),)
            yield Hit(dose.block, dose.span, fills, (dose.text,), related, dose=dose)
            break


def _is_permission(setting: Setting, dose: Dose) -> bool:
    """Whether the sentence lets the reader take so much in a day: "you can go up to 450 mg"."""
    if dose.role is not DoseRole.MAXIMUM or "up to" not in dose.cues or dose.period not in (None, Period.DAY):
        return False
    said = sentence_words(setting, dose)
    return "you" in said and bool(_MAY & said) and not _OTHERWISE & said and holds_for_all(setting, dose)


def _is_maximum(setting: Setting, dose: Dose) -> bool:
    daily = dose.period in (Period.DAY, Period.WEEK) or (
        setting.units.is_form(dose.unit) and not dose.frequency and _with_daily(setting, dose)
    )
    return (
        (dose.role is DoseRole.MAXIMUM and daily and not set(dose.cues) & _NO_LIMIT_WORD) or _denied(dose, daily=daily)
    ) and holds_for_all(setting, dose)


def _with_daily(setting: Setting, dose: Dose) -> bool:
    text = setting.block(dose.block).text
    sentence = text[dose.span.start : dose.span.start + 80].lower()
    cell = setting.block(dose.block).cell
    headed = cell is not None and ("24" in cell.column_header or "da" in cell.column_header.lower())
    return headed or "day" in sentence or "24 hours" in sentence


def _denied(dose: Dose, *, daily: bool) -> bool:
    """Whether "more than 4 g" stands under a "not": then it is a maximum."""
    return (
        dose.role is DoseRole.MAXIMUM and daily and dose.comparator is Comparator.AT_MOST and "more than" in dose.cues
    )


def _is_standard(setting: Setting, dose: Dose) -> bool:
    if dose.role not in (DoseRole.SINGLE, DoseRole.TOTAL, DoseRole.MAINTENANCE) or _daily(dose) is None:
        return False
    if setting.units.is_form(dose.unit) or dose.low_unit:
        return False
    return (called_usual(setting, dose) or from_label(setting, dose)) and holds_for_all(setting, dose)


def _is_start(setting: Setting, dose: Dose) -> bool:
    explicit = dose.role is DoseRole.STARTING and "starting" in dose.cues
    return explicit and (dose.frequency is not None or bool(dose.period)) and holds_for_all(setting, dose)


def _daily(dose: Dose) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest amount a day."""
    top = dose.high if dose.high is not None else dose.low
    count = dose.count or Decimal(1)
    if dose.period is Period.DAY:
        return dose.low * count, top * count
    if dose.frequency:
        return dose.low * count * dose.frequency, top * count * (dose.frequency_high or dose.frequency)
    return None


def _amounts(setting: Setting, dose: Dose, unit: str) -> tuple[Decimal, Decimal] | None:
    found = (dose.low, dose.high or dose.low) if dose.role is DoseRole.MAXIMUM else _daily(dose)
    if found is None:
        return None
    low, high = (setting.units.convert(v, dose.unit, unit) for v in found)
    return (low, high) if low is not None and high is not None else None


def _differ(setting: Setting, one: Dose, other: Dose) -> bool:
    first, second = _amounts(setting, one, one.unit), _amounts(setting, other, one.unit)
    if first is None or second is None or not _of_one_product(setting, one, other):
        return False
    return first[1] < second[0] or second[1] < first[0]


def _of_one_product(setting: Setting, one: Dose, other: Dose) -> bool:
    """Whether two sentences tell the two doses, and not each of a strength of its own."""
    together = one.block == other.block and one.sentence == other.sentence
    return not together and not _of_strengths(setting, one, other)


def _of_strengths(setting: Setting, one: Dose, other: Dose) -> bool:
    """Whether each statement names its own strength: "325 mg tablets …, at most 10", "650 mg tablets …, at most 6"."""
    first, second = (setting.sentence_strengths.get((d.block, d.sentence), ()) for d in (one, other))
    return bool(first and second) and set(first).isdisjoint(second)


def _title(setting: Setting) -> Iterator[Hit]:
    """A title whose dose the page never mentions, while it keeps to a tenth or ten times of it."""
    title = setting.analysis.document.title
    stated = setting.analysis.doses_by_block.get(title, ()) if title is not None else ()
    doses = [d for d in stated if d.substance and not d.per]
    if len(doses) != 1:
        return
    dose = doses[0]
    body = [
        d for d in setting.analysis.doses
        if d.block != title and _kin(d.substance, dose.substance) and d.unit == dose.unit and not d.per
        and setting.block(d.block).kind not in (BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.ALT)
    ]  # fmt: skip
    if any(d.low <= dose.low <= (d.high or d.low) for d in body):
        return
    for factor in (Decimal(10), Decimal("0.1"), Decimal(1000), Decimal("0.001")):
        there = [d for d in body if d.low == dose.low * factor or d.high == dose.low * factor]
        if len(there) >= 2:
            fills = {
                "first": dose_text(dose), "second": shown(dose.low * factor, dose.unit),
                "substance": setting.name(dose.substance),
                "dose": dose_text(dose), "other": shown(dose.low * factor, dose.unit), "value": "dose",
            }  # fmt: skip
            yield Hit(
                dose.block,
                dose.span,
                fills,
                (dose.text,),
                tuple(setting.related(d, "the other figure") for d in there[:2]),
                dose=dose,
            )
            return
    yield from _title_a_day(setting, dose, body)


def _kin(one: str, other: str) -> bool:
    """Whether two substances are one under a longer name: low-dose-naltrexone and naltrexone."""
    return one == other or f"-{one}".endswith(f"-{other}") or f"-{other}".endswith(f"-{one}")


def _title_a_day(setting: Setting, dose: Dose, body: Sequence[Dose]) -> Iterator[Hit]:
    """A title's amount a day against the one amount a day that the page keeps telling everybody to take."""
    if _daily(dose) is None or dose.role not in (DoseRole.SINGLE, DoseRole.TOTAL):
        return
    told = [
        d for d in body
        if d.role in (DoseRole.SINGLE, DoseRole.TOTAL) and _daily(d) is not None and not d.low_unit
        and not (d.alternate or d.as_needed or people_of(d)) and (d.frequency is None or d.frequency >= 1)
    ]  # fmt: skip
    amounts = {_daily(d) for d in told}
    if len(told) < 2 or len(amounts) != 1 or not _differ(setting, dose, told[0]):
        return
    yield conflict_hit(setting, dose, told[:2], "dose", (dose_text(dose), dose_text(told[0])))
