"""A dose above the maximum that the article itself gives: in its sentence, in the row of a table, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from caveat.analysis.doses import plain
from caveat.analysis.doses.surroundings import DENIALS
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Comparator, Dose, DoseRole
from caveat.checks.dose.setting import Hit, Setting, dose_text, shown
from caveat.checks.dose.statements import COMPARED, from_label, holds_for_all, told_against, what_is_taken
from caveat.checks.dose.wording import (
    DIRECTIVES,
    STANDARD,
    admits_excess,
    directed,
    header_words,
    rest_of_sentence,
    says,
    text_before,
    words_before,
)
from caveat.document import Block, BlockKind
from caveat.packs.reference import Period
from caveat.regex import regex

_TAKEN: Final = frozenset((DoseRole.SINGLE, DoseRole.TOTAL, DoseRole.MAINTENANCE))
_APART: Final = regex(r";|\b(?:but|while|whereas|unless|if|for|who|without|from)\b")
_OTHERWISE: Final = regex(r";|\b(?:or|but|then|later|while|whereas|if|for|instead|after)\b")
_MOST: Final = word_set("maximum max most more limit upper level ceiling cap up")
_LATER: Final = word_set("then after afterwards thereafter later until")
_SPANS: Final = word_set("day days week weeks month months")
_AVOIDED: Final = word_set("avoid unsafe dangerous wrong mistake instead some many i he she they who")
_EVERYBODY: Final = word_set("adults adult everyone everybody dose dosage")
_ORDERS: Final = DIRECTIVES | word_set("insert suck chew dissolve place put spray drink apply stir mix")
_FIRST: Final = word_set(
    "first start starting starts begin beginning initial initially beginner beginners newcomers new"
)
_READERS: Final = word_set("you adult adults everyone everybody anyone anybody nobody people")
_BOUNDED: Final = word_set("dose doses dosage intake maximum max limit ceiling total cap upper safe")
_DENIED: Final = word_set("do don't don’t never no not at")
_NO_CASE: Final = _DENIED | word_set(
    "a an the and or than more over above most all any healthy please always also ever best results to be safe so in "
    "24 one day days hours each every per your of"
)  # words that tell no case and no reader
_VERBS: Final = word_set(
    "should must may can could need needs exceed exceeds have has is are get gets takes uses wants want stick keep"
)
_HEADS: Final = word_set("directions direction use how warning warnings safety caution important note notes remember")
_WHILE: Final = word_set("when while whilst during")
_TAIL: Final = 12  # words behind a limit in which a case is told
_WORD: Final = regex(r"[\w'’-]+")
_CLAUSE: Final = regex(r"[,;:] |\s[–—]\s")
_LABEL: Final = regex(r"((?:[\w'’-]+ ?){1,3})(?:[.:]| [–—-]) ")
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
    hourly = _hourly(setting, dose) and dose.frequency_text
    stated = f"{dose_text(dose)} {dose.frequency_text}" if hourly else f"{shown(amount, dose.unit)} a day"
    most = f"at most {dose_text(limit)} a day"
    first, second = (most, stated) if at is dose and limit.block < dose.block else (stated, most)
    fills = {
        "substance": setting.name(dose.substance), "value": "amount", "first": first, "second": second,
        "dose": stated, "other": most,
    }  # fmt: skip
    other, why = (limit, "the maximum") if at is dose else (dose, "the dose")
    return Hit(at.block, at.span, fills, (at.text,), (setting.related(other, why),), dose=at)


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
    """What everybody is told to take in a day, above the day's maximum that another sentence gives everybody.

    The hit lies on the later of the two.
    """
    limits: dict[tuple[str, ...], list[Dose]] = {}
    for dose in setting.analysis.doses:
        if _is_limit(setting, dose):
            limits.setdefault(what_is_taken(setting, dose), []).append(dose)
    together = _together(setting) if limits else {}
    for dose in setting.analysis.doses if limits else ():
        amount = _with_others(setting, dose, together[_place(setting, dose)])
        if amount is None or not _is_advice(setting, dose):
            continue
        for limit in limits.get(what_is_taken(setting, dose), ())[:COMPARED]:
            if _exceeded(setting, dose, amount, limit):
                yield _hit(setting, dose, amount, limit, at=max(dose, limit, key=lambda d: (d.block, d.span.start)))
                break


def _is_limit(setting: Setting, dose: Dose) -> bool:
    """Whether it is the most that anybody may take in a day."""
    told = dose.role is DoseRole.MAXIMUM and dose.period is Period.DAY and "up to" not in dose.cues
    denied = "more than" not in dose.cues or dose.comparator is Comparator.AT_MOST
    if not (told and denied) or setting.block(dose.block).cell is not None:
        return False
    said = f"{text_before(setting, dose)} {rest_of_sentence(setting, dose).lower()}"
    under = " ".join(setting.block(dose.block).section[-1:]).lower()
    at_first = not _FIRST.isdisjoint(_WORD.findall(f"{said} {under}"))
    if at_first or not _LATER.isdisjoint(words_before(setting, dose)) or not _bounds_all(setting, dose):
        return False
    return holds_for_all(setting, dose, named=False, unless_advised=True)


def _bounds_all(setting: Setting, dose: Dose) -> bool:
    """Whether a limit is set to every reader: an order, or of you, of adults, of a dose, and with no case told first.

    "Vegetarians should take no more than" bounds vegetarians, "for beginners, no more than" beginners.
    """
    *cases, last = (_WORD.findall(part) for part in _CLAUSE.split(text_before(setting, dose)))
    own = {*setting.name(dose.substance).lower().split(), *dose.substance.split("-")} if dose.substance else set()
    things = _BOUNDED | own | setting.reader.words.statements.sources
    general = things | _NO_CASE | _HEADS
    if any(words and words[0] not in _ORDERS | _DENIED and not set(words) <= general for words in cases):
        return False
    for_whom = last[last.index("for") + 1 :] if "for" in last else []
    behind = _WORD.findall(rest_of_sentence(setting, dose).lower())[:_TAIL]
    if not set(for_whom) <= general | _READERS | _VERBS or not _WHILE.isdisjoint((*last, *behind)):
        return False
    end = next((i for i, word in enumerate(last) if word in _ORDERS | _VERBS), None)
    subject = [word for word in last[: len(last) if end is None else end] if word not in _NO_CASE]
    return set(subject) <= _READERS or not things.isdisjoint(subject)


def _is_advice(setting: Setting, dose: Dose) -> bool:
    """Whether every reader is told to take the dose, day by day: an order, a usual dose, the word of a label."""
    if setting.block(dose.block).cell is not None or setting.block(dose.block).kind.names:
        return False
    before = words_before(setting, dose)
    words = set(before)
    first_days = "first" in words and not _SPANS.isdisjoint(words)
    if first_days or not words.isdisjoint(_LATER | DENIALS | _AVOIDED) or _asked(setting, dose):
        return False
    told = (
        not before
        or before[0] in _EVERYBODY
        or directed(setting, dose, _ORDERS)
        or says(setting, dose, STANDARD)
        or from_label(setting, dose)
    )
    return told and holds_for_all(setting, dose, named=False)


def _asked(setting: Setting, dose: Dose) -> bool:
    return rest_of_sentence(setting, dose).rstrip().endswith("?")


def _exceeded(setting: Setting, dose: Dose, amount: Decimal, limit: Dose) -> bool:
    value = setting.units.convert(amount, dose.unit, limit.unit)
    if value is None or value <= (limit.high or limit.low) * (limit.count or 1):
        return False
    if _place(setting, dose) == _place(setting, limit) or told_against(setting, dose, limit):
        return False
    if dose.indication != limit.indication and not setting.units.is_form(dose.unit):
        return False
    return _of_one_product(setting, dose, limit)


def _of_one_product(setting: Setting, dose: Dose, limit: Dose) -> bool:
    """Whether both count the same tablets: the page tells of one strength only, or one section holds both.

    What has no name may be another product in the next item of a list, or in a paragraph with a label of its own.
    """
    one, other = setting.block(dose.block), setting.block(limit.block)
    if one is other:
        return True
    together = one.section == other.section
    if not dose.substance:
        return together and not any(b.kind is BlockKind.LIST_ITEM or _labelled(b) for b in (one, other))
    return together or not setting.units.is_form(dose.unit) or len(_strengths(setting, dose)) <= 1


def _labelled(block: Block) -> bool:
    """Whether a block begins with the name of what it is on: "Calm. Take two", "Focus: no more than two"."""
    label = _LABEL.match(block.text.lower())
    words = set(_WORD.findall(label[1])) if label is not None else set()
    return bool(words) and words.isdisjoint(_BOUNDED | _ORDERS | _DENIED | _HEADS)


def _strengths(setting: Setting, dose: Dose) -> set[tuple[Decimal, str]]:
    return {(d.low, d.unit) for (name, _), found in setting.strengths.items() if name == dose.substance for d in found}


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
    if dose.block != limit.block and not _MOST & header_words(setting, limit):
        return False  # the maximum of its own cell: "2.5 mg once a day, up to 5 mg" for other people
    value = setting.units.convert(amount, dose.unit, limit.unit)
    return value is not None and value > (limit.high or limit.low) * (limit.count or 1)
