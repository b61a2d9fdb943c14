"""Medicines that are taken once a week, or patches that last for days, written as if they were taken daily."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from caveat.analysis.doses.frequencies import Frequency, Manner, frequencies
from caveat.analysis.doses.tokens import Line, read_line, word_set
from caveat.analysis.facts import Dose, DoseRole, Mention
from caveat.checks.dose.setting import Hit, Setting, dose_text
from caveat.checks.dose.wording import over_one_day, sentence_words
from caveat.packs.reference import Amount, Period, Route
from caveat.packs.when.dose import DoseWhen
from caveat.source import Span

_DENIED: Final = word_set("not never without rather instead nor than weekly")
_MISTAKEN: Final = word_set(
    "mistake mistakes mistakenly mistaken error errors wrongly accidentally accident confuse confused confusing died "
    "deaths killed fatal"
)
_TAKING: Final = word_set(
    "take takes taken taking inject injects injected use uses used apply applied put swallow give given change changed "
    "replace replaced"
)
_BY_MOUTH: Final = word_set("tablet tablets pill pills oral orally mouth rybelsus")
_DAILY: Final = Decimal("0.9")  # times a day
_OFTEN: Final = Decimal("1.5")  # times as often as the medicine is taken
_REACH: Final = 60  # code points between a medicine and how often it is said to be taken
_PATCH: Final = word_set("patch patches")
_DAYS_OF_WEEK: Final = 7
_NOTHING: Final = Amount(Decimal(0), Decimal(0), "mg")


def weekly_as_daily(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """A medicine that is taken weekly, or changed every few days, and is told to be taken more often."""
    told: set[tuple[int, int]] = set()
    for dose in setting.analysis.doses:
        told.add((dose.block, dose.sentence))
        wanted = "" if dose.role.reported else _rarer(setting, dose)
        often = dose.frequency_text or _in_row(setting, dose)
        if not wanted or not often or _denied(setting, dose) or _taken_daily(setting, dose):
            continue
        span = dose.span.hull(dose.frequency_span) if dose.frequency_span is not None else dose.span
        fills = _fills(setting.name(dose.substance), dose_text(dose), often, wanted)
        yield Hit(dose.block, span, fills, (often,), dose=dose)
    yield from _without_amount(setting, told)


def _in_row(setting: Setting, dose: Dose) -> str:
    """How often, as another cell of the dose's table row says it."""
    if dose.frequency is None:
        return ""
    cells = (block.text for _, block in setting.reader.row_cells(dose.block))
    return next((text for text in cells if frequencies(read_line(text))), "")


def _fills(substance: str, dose: str, frequency: str, wanted: str) -> dict[str, str]:
    return {
        "substance": substance.removesuffix(" patch").removesuffix(" patches"),
        "dose": dose,
        "frequency": frequency,
        "wanted": wanted,
    }


def _rarer(setting: Setting, dose: Dose) -> str:
    """How often the dose is taken where it is told to be taken more often, by its medicine or by its amount."""
    if not dose.substance:
        return ""
    often = Decimal(1) if dose.period is Period.DAY else dose.frequency or Decimal(0)
    if setting.reference.weekly(dose.substance):
        return "is taken once a week" if often * _DAYS_OF_WEEK >= _OFTEN and not over_one_day(setting, dose) else ""
    days = _lasts(setting, dose.substance, patch=dose.route is Route.TRANSDERMAL or dose.form == "patch")
    if days > 1:
        return f"patches are changed every {days} days" if often * days >= _OFTEN else ""
    if often < _DAILY or dose.alternate or dose.role is DoseRole.MAXIMUM:
        return ""
    bands = [b for b in setting.reference.bands(dose.substance, route=dose.route) if not b.per]
    daily = [a.high for b in bands if b.period is Period.DAY for a in (b.single, b.usual, b.limit) if a is not None]
    held = [b for b in bands if b.period is not Period.DAY and b.holds(dose.low, dose.unit, setting.units)]
    if not daily or not held:
        return ""
    amount = setting.units.convert(dose.low, dose.unit, (held[0].single or held[0].usual or _NOTHING).unit)
    return f"is taken once {held[0].period.each} in this amount" if amount is not None and amount > max(daily) else ""


def _lasts(setting: Setting, substance: str, *, patch: bool) -> int:
    """For how many days a patch of the substance is worn; 1 for anything else."""
    bands = setting.reference.bands(substance, route=Route.TRANSDERMAL) if patch else ()
    return max((b.every for b in bands if b.route is Route.TRANSDERMAL), default=1)


def _denied(setting: Setting, dose: Dose) -> bool:
    if dose.frequency_span is None:
        return False
    text = setting.block(dose.block).text
    between = text[dose.span.end : dose.frequency_span.start]
    if any(sign.isdigit() for sign in between):
        return True  # of another amount: "a 25 mcg/h patch is 60 MME a day"
    before = text[max(0, dose.frequency_span.start - 24) : dose.frequency_span.start].lower()
    return bool(_DENIED & set(before.replace(",", " ").split())) or bool(_MISTAKEN & sentence_words(setting, dose))


def _taken_daily(setting: Setting, dose: Dose) -> bool:
    """Whether a preparation of the substance is taken daily in this dose or by this product."""
    known = setting.reference.bands(dose.substance)
    bands = [b for b in known if b.period is Period.DAY and b.every == 1]
    rarely = any(b.route is Route.ORAL and b.period is not Period.DAY for b in known)  # by mouth, but not daily
    named = [b for b in bands if b.product and b.product == dose.product]
    oral = [b for b in bands if b.route is Route.ORAL and dose.route is Route.ORAL]
    return bool(named or (oral and not rarely)) or any(b.holds(dose.low, dose.unit, setting.units) for b in bands)


def _without_amount(setting: Setting, told: set[tuple[int, int]]) -> Iterator[Hit]:
    """A medicine that is told to be taken daily in a sentence without a dose: "inject dulaglutide every morning"."""
    lines: dict[int, tuple[Line, tuple[Frequency, ...]]] = {}
    of_week = setting.substances & setting.reference.of_week
    rare = of_week | (setting.substances & setting.reference.of_days)
    for mention in setting.analysis.mentions if rare else ():
        if mention.id not in rare:
            continue
        weekly, block = mention.id in of_week, setting.block(mention.block)
        if block.region.boilerplate or not (weekly or "patch" in block.text):
            continue
        sentence = setting.analysis.sentence_of(mention.block, mention.span)
        if sentence is None or (mention.block, sentence.index) in told:
            continue
        if mention.block not in lines:
            line = read_line(block.text)
            lines[mention.block] = line, frequencies(line)
        line, found = lines[mention.block]
        words = word_set(sentence.span.of(block.text).lower().replace(".", " ").replace(",", " "))
        if not words & _TAKING or words & (_DENIED | _MISTAKEN) or not (weekly or words & _PATCH):
            continue
        if weekly and _oral(setting, mention, words):
            continue
        days = _DAYS_OF_WEEK if weekly else _lasts(setting, mention.id, patch=True)
        often = _daily_after(line, found, mention, sentence.span, days)
        if often is not None:
            wanted = "is taken once a week" if weekly else f"patches are changed every {days} days"
            told.add((mention.block, sentence.index))
            fills = _fills(mention.text, mention.text, often.of(block.text), wanted)
            yield Hit(mention.block, mention.span.hull(often), fills, (often.of(block.text),))


def _oral(setting: Setting, mention: Mention, words: frozenset[str]) -> bool:
    """Whether the substance is also taken daily by mouth, and the sentence or the brand may mean that."""
    bands = [b for b in setting.reference.bands(mention.id) if b.period is Period.DAY]
    return bool(bands) and bool(
        words & _BY_MOUTH or any(b.product and b.product == mention.text.lower() for b in bands)
    )


def _daily_after(line: Line, found: tuple[Frequency, ...], mention: Mention, sentence: Span, days: int) -> Span | None:
    """Where "daily" or the like stands after a mention in its sentence, with no other clause between."""
    if any(_rare(f) and sentence.start <= line.tokens[f.first].start < sentence.end for f in found):
        return None
    for frequency in found:
        start, end = line.tokens[frequency.first].start, line.tokens[frequency.last].end
        times = frequency.per_day
        if not mention.span.end <= start < min(sentence.end, mention.span.end + _REACH):
            continue
        if frequency.manner in (Manner.TIMING, Manner.AS_NEEDED) or times is None or times[0] * days < _OFTEN:
            continue
        between = line.text[mention.span.end : start]
        return None if {",", ";"} & set(between) or " and " in between else Span(start, end)
    return None


def _rare(frequency: Frequency) -> bool:
    """Whether it is once a week or less."""
    times = frequency.per_day
    return times is not None and times[1] * _DAYS_OF_WEEK < _OFTEN
