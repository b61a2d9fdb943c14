"""A dose above the maximum that the article itself gives: in its sentence, in the row of a table, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from caveat.analysis.doses import plain
from caveat.analysis.doses.surroundings import DENIALS
from caveat.analysis.facts import Comparator, Dose, DoseRole
from caveat.checks.dose.setting import TAKEN, Hit, Setting, dose_text, shown
from caveat.checks.dose.statements import from_label, holds_for_all, told_against, what_is_taken
from caveat.checks.dose.steps import step_of
from caveat.checks.dose.told import Told
from caveat.checks.dose.wording import (
    WORD,
    admits_excess,
    called_usual,
    directed,
    header_words,
    own_words,
    product_of,
    rest_of_sentence,
    text_before,
    words_before,
)
from caveat.document import BlockKind
from caveat.packs.reference import Period
from caveat.regex import regex

_TAKEN: Final = frozenset((DoseRole.SINGLE, DoseRole.TOTAL, DoseRole.MAINTENANCE))
_APART: Final = regex(r";|\b(?:but|while|whereas|unless|if|for|who|without|from)\b")
_OTHERWISE: Final = regex(r";|\b(?:or|but|then|later|while|whereas|if|for|instead|after)\b")
_TAIL: Final = 12  # words behind a limit in which a case is told
_CLAUSE: Final = regex(r"[,;:] |\s[–—]\s")
_AT_LEAST: Final = Decimal(2)  # doses of a day, where the time between two is told
_TIMES: Final = 12  # doses of a sentence that are taken at different times of the day
_Place = tuple[str, int, int]


def above_own_maximum(setting: Setting) -> Iterator[Hit]:
    """A day's amount above the day's maximum beside it: "65 mg once a day" where the row says at most 45 mg.

    "Every 4 hours" says how soon the next dose may follow and not how many are taken: only two are counted.
    """
    for doses in _together(setting).values():
        limits = [d for d in doses if d.role is DoseRole.MAXIMUM and d.period is Period.DAY and not d.at_least]
        for dose in doses if limits else ():
            amount = None if admits_excess(setting, dose) else _with_others(setting, dose, doses)
            limit = next((d for d in limits if amount is not None and _passes(setting, dose, amount, d)), None)
            if amount is not None and limit is not None:
                yield _hit(setting, dose, amount, limit, at=dose)
    yield from _above_elsewhere(setting)


def _hit(setting: Setting, dose: Dose, amount: Decimal, limit: Dose, *, at: Dose) -> Hit:
    often = dose.frequency_text
    at_once = limit.period is None or (dose.period is None and dose.frequency is None)
    told = (_hourly(setting, dose) and often) or at_once
    stated = f"{dose_text(dose)} {often}".rstrip() if told else f"{shown(amount, dose.unit)} a day"
    most = f"at most {dose_text(limit)}{' a day' if limit.period is Period.DAY else ''}"
    first, second = (most, stated) if at is dose and _before(limit, dose) else (stated, most)
    fills = {
        "substance": setting.name(dose.substance), "value": "amount", "first": first, "second": second,
        "dose": stated, "other": most,
    }  # fmt: skip
    other, why = (limit, "the maximum") if at is dose else (dose, "the dose")
    return Hit(at.block, at.span, fills, (at.text,), (setting.related(other, why),), dose=at)


def _before(one: Dose, other: Dose) -> bool:
    return (one.block, one.span.start) < (other.block, other.span.start)


def _together(setting: Setting) -> Mapping[_Place, Sequence[Dose]]:
    """The doses by the sentence or the table row that they stand in."""
    found: dict[_Place, list[Dose]] = {}
    for dose in setting.analysis.doses:
        found.setdefault(_place(setting, dose), []).append(dose)
    return found


def _place(setting: Setting, dose: Dose) -> _Place:
    cell = setting.block(dose.block).cell
    return ("row", cell.table, cell.row) if cell is not None else ("sentence", dose.block, dose.sentence)


def _above_elsewhere(setting: Setting) -> Iterator[Hit]:
    """What everybody is told to take, above the maximum that another sentence gives everybody.

    A day's amount is held against a day's maximum, and what is taken at once against any: "take 6 mg" passes "never
    more than 3 mg a night" and "never more than 3 mg". The hit lies on the later of the two.
    """
    limits: dict[tuple[str, ...], Told] = {}
    for dose in setting.analysis.doses:
        most = plain((dose.high or dose.low) * (dose.count or 1)) if _is_limit(setting, dose) else None
        if most is not None:
            told = limits.setdefault(_bound_by(setting, dose, daily=dose.period is Period.DAY), Told(dose.unit))
            value = setting.units.convert(most, dose.unit, told.unit)
            if value is not None:
                told.add(dose, value, value)
    together = _together(setting) if limits else {}
    for dose in setting.analysis.doses if limits else ():
        once = _at_once(dose)
        a_day = _with_others(setting, dose, together[_place(setting, dose)]) or once
        if once is None and a_day is None:
            continue
        found = [
            (amount, limit)
            for amount, daily in ((a_day, True), (once, False))
            if amount is not None
            for limit in _passed(setting, dose, amount, limits.get(_bound_by(setting, dose, daily=daily)))
        ]
        if found and _is_advice(setting, dose):
            amount, limit = found[0]
            yield _hit(setting, dose, amount, limit, at=max(dose, limit, key=lambda d: (d.block, d.span.start)))


def _bound_by(setting: Setting, dose: Dose, *, daily: bool) -> tuple[str, ...]:
    """What a dose and its limit share: whose it is of what, for what, and whether a day's amounts are told."""
    use = "" if setting.units.is_form(dose.unit) else dose.indication
    return (*what_is_taken(setting, dose), use, "day" if daily else "")


def _passed(setting: Setting, dose: Dose, amount: Decimal, told: Told | None) -> Iterator[Dose]:
    """The limits that an amount of a dose is above and that bound it."""
    value = setting.units.convert(amount, dose.unit, told.unit) if told is not None else None
    if told is None or value is None:
        return
    for limit in told.below(value):
        if _place(setting, dose) == _place(setting, limit) or told_against(setting, dose, limit):
            continue
        if _of_one_product(setting, dose, limit):
            yield limit


def _is_limit(setting: Setting, dose: Dose) -> bool:
    """Whether it is the most that anybody may take in a day, or ever."""
    told = dose.role is DoseRole.MAXIMUM and dose.period in (None, Period.DAY) and "up to" not in dose.cues
    denied = "more than" not in dose.cues or dose.comparator is Comparator.AT_MOST
    if not (told and denied) or dose.at_least or setting.block(dose.block).cell is not None:
        return False
    known = setting.reader.words.advice
    said = f"{text_before(setting, dose)} {rest_of_sentence(setting, dose).lower()}"
    under = " ".join(setting.block(dose.block).section[-1:]).lower()
    at_first = not known.first.isdisjoint(WORD.findall(f"{said} {under}"))
    if at_first or not known.later.isdisjoint(words_before(setting, dose)) or not _bounds_all(setting, dose):
        return False
    return holds_for_all(setting, dose, named=False, unless_advised=True) and step_of(setting, dose) is None


def _bounds_all(setting: Setting, dose: Dose) -> bool:
    """Whether a limit is set to every reader: an order, or of you, of adults, of a dose, and with no case told first.

    "Vegetarians should take no more than" bounds vegetarians, "for beginners, no more than" beginners.
    """
    known = setting.reader.words
    bounds, directives = known.bounds, known.advice.directives
    *cases, last = (WORD.findall(part) for part in _CLAUSE.split(text_before(setting, dose)))
    things = bounds.bounded | own_words(setting, dose.substance) | known.statements.sources
    no_case = bounds.denied | bounds.plain
    general = things | no_case | bounds.heads
    if any(words and words[0] not in directives | bounds.denied and not set(words) <= general for words in cases):
        return False
    for_whom = last[last.index("for") + 1 :] if "for" in last else []
    behind = WORD.findall(rest_of_sentence(setting, dose).lower())[:_TAIL]
    if not set(for_whom) <= general | bounds.readers | bounds.verbs or not bounds.during.isdisjoint((*last, *behind)):
        return False
    end = next((i for i, word in enumerate(last) if word in directives | bounds.verbs), None)
    subject = [word for word in last[: len(last) if end is None else end] if word not in no_case]
    return set(subject) <= bounds.readers or not things.isdisjoint(subject)


def _is_advice(setting: Setting, dose: Dose) -> bool:
    """Whether every reader is told to take the dose: an order, a step of a schedule, a usual dose, a label's word."""
    block, known = setting.block(dose.block), setting.reader.words.advice
    step = step_of(setting, dose) is not None and not _advised(setting, dose)
    if (block.cell is not None and not step) or block.kind.names:
        return False
    before = words_before(setting, dose)
    words = set(before)
    first_days = "first" in words and not known.spans.isdisjoint(words) and not step
    if first_days or not words.isdisjoint(DENIALS | known.avoided) or _asked(setting, dose):
        return False
    ordered = [word for word in before if word not in known.later][:1]
    often = dose.frequency is not None or dose.period is not None
    told = (
        step
        or (often and (not before or before[0] in known.everybody))
        or not known.directives.isdisjoint(ordered)
        or directed(setting, dose, known.directives)
        or (dose.role is DoseRole.MAXIMUM and _climbs(setting, before))
        or (often and (called_usual(setting, dose) or from_label(setting, dose)))
    )
    return told and holds_for_all(setting, dose, named=False)


def _climbs(setting: Setting, before: Sequence[str]) -> bool:
    """Whether the reader is told to go up to a dose: "then move up to", not "you can go up to"."""
    climbing = setting.reader.words.advice.climbing
    return tuple(before[-2:]) == ("up", "to") and not climbing.isdisjoint(before[-3:-2]) and "you" not in before


def _advised(setting: Setting, dose: Dose) -> bool:
    """Whether somebody who may tell the reader otherwise has a word in the schedule."""
    section = " ".join(setting.block(dose.block).section)
    said = WORD.findall(f"{text_before(setting, dose)} {rest_of_sentence(setting, dose)} {section}".lower())
    return not setting.reader.words.restrictions.advisers.isdisjoint(said)


def _asked(setting: Setting, dose: Dose) -> bool:
    return rest_of_sentence(setting, dose).rstrip().endswith("?")


def _of_one_product(setting: Setting, dose: Dose, limit: Dose) -> bool:
    """Whether both count the same tablets: the page tells of one strength only, or one section holds both.

    What has no name may be another product in the next item of a list, or in a paragraph with a label of its own.
    """
    one, other = setting.block(dose.block), setting.block(limit.block)
    if one is other:
        return True
    together = one.section == other.section
    counted = not dose.substance or setting.units.is_form(dose.unit)
    if counted and product_of(setting, dose) != product_of(setting, limit):
        return False
    if not dose.substance:
        return together and not any(b.kind is BlockKind.LIST_ITEM for b in (one, other))
    return (
        together or not setting.units.is_form(dose.unit) or len(setting.strength_amounts.get(dose.substance, ())) <= 1
    )


def _with_others(setting: Setting, dose: Dose, doses: Sequence[Dose]) -> Decimal | None:
    """What the dose comes to in a day with the others of its place: "two each morning and one each night"."""
    amount = _a_day(setting, dose)
    if amount is None or dose.frequency != 1:
        return amount
    often = {dose.frequency_text.lower()}
    for other in doses[:_TIMES]:
        one = _a_day(setting, other) if _also_taken(setting, dose, other) else None
        value = setting.units.convert(one, other.unit, dose.unit) if one is not None else None
        if value is not None and other.frequency_text.lower() not in often:
            often.add(other.frequency_text.lower())
            amount += value
    return amount


def _also_taken(setting: Setting, dose: Dose, other: Dose) -> bool:
    """Whether another dose of the sentence is taken besides, at another time of the day."""
    timed = dose.frequency_text and other.frequency_text and other.frequency == 1 and other.block == dose.block
    alike = what_is_taken(setting, dose) == what_is_taken(setting, other) and other.span.start > dose.span.start
    return bool(timed) and alike and not _OTHERWISE.search(_between(setting, dose, other))


def _a_day(setting: Setting, dose: Dose) -> Decimal | None:
    """The least that the dose comes to in a day; None where that can not be told."""
    if dose.role not in _TAKEN or dose.as_needed or dose.alternate or dose.combined or dose.comparator or dose.per:
        return None
    once = dose.low * (dose.count or Decimal(1))
    if dose.period is Period.DAY:
        return once
    if dose.frequency is None or dose.frequency < 1:
        return None
    return plain(once * (min(dose.frequency, _AT_LEAST) if _hourly(setting, dose) else dose.frequency))


def _at_once(dose: Dose) -> Decimal | None:
    """What is taken at one time; None where only the day's amount is told, which may be split."""
    taken = dose.role in TAKEN or (dose.role is DoseRole.MAXIMUM and "up to" in dose.cues)
    if not taken or dose.alternate or dose.combined or dose.per or dose.at_least or dose.as_needed:
        return None
    rarely = dose.frequency is not None and dose.frequency < 1
    split = dose.period is not None and "night" not in dose.frequency_text
    return None if rarely or split else dose.low * (dose.count or Decimal(1))


def _hourly(setting: Setting, dose: Dose) -> bool:
    """Whether the time between two doses is told, not how many are taken."""
    told = (dose.frequency_text, *(block.text for _, block in setting.reader.row_cells(dose.block)))
    return any("hour" in text for text in told)


def _between(setting: Setting, one: Dose, other: Dose) -> str:
    first, second = sorted((one, other), key=lambda d: d.span.start)
    return setting.block(one.block).text[first.span.end : second.span.start].lower()


def _passes(setting: Setting, dose: Dose, amount: Decimal, limit: Dose) -> bool:
    named = dose.substance or (setting.units.is_form(dose.unit) and dose.block == limit.block)
    same = named and dose.substance == limit.substance and dose.per == limit.per
    others = "" not in (dose.population, limit.population) and dose.population != limit.population
    if not same or others or dose.low_unit or limit.low_unit:
        return False
    if dose.block == limit.block and _APART.search(_between(setting, dose, limit)):
        return False
    if dose.block != limit.block and not setting.reader.words.bounds.columns & header_words(setting, limit):
        return False  # the maximum of its own cell: "2.5 mg once a day, up to 5 mg" for other people
    value = setting.units.convert(amount, dose.unit, limit.unit)
    return value is not None and value > (limit.high or limit.low) * (limit.count or 1)
