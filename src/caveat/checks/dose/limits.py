"""Doses against the reference: above a limit, outside the label, a thousand times off, IU."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from caveat.analysis.doses import plain
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Comparator, Dose, DoseRole
from caveat.checks.dose.servings import on_panel
from caveat.checks.dose.setting import Hit, Setting, dose_text, shown
from caveat.checks.dose.wording import (
    admits_excess,
    advised,
    called_usual,
    header_words,
    over_one_day,
    sentence_words,
    supposed,
    tells_harm,
    text_before,
    words_before,
)
from caveat.packs.reference import Amount, Band, LimitKind, Per, Period, Population, Route, Source, Status
from caveat.packs.units import Dimension
from caveat.packs.when.dose import DoseWhen
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_PRESCRIBED: Final = word_set(
    "prescribe prescribes prescribed prescription prescriber prescribers doctor's specialist supervised supervision "
    "hospital deficiency deficient "
    "treat treating treatment therapeutic monitored monitoring loading"
)
_SUPPLEMENTS: Final = word_set("supplement supplements supplemental supplementing supplementation")
_LEVEL: Final = word_set("upper ul tolerable")
_EATEN: Final = word_set("rda allowance food foods diet dietary adequate blood serum")
_NOT_USUAL: Final = (DoseRole.STRENGTH, DoseRole.MAXIMUM, DoseRole.LOADING, DoseRole.TITRATION)
_ALLOWANCE: Final = word_set(
    "rda allowance food foods diet dietary intake ul upper level tolerable adequate label maximum blood"
)


def above_limit(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """A recommended dose, or a stated maximum, above the limit of the reference."""
    told: set[tuple[int, int, str]] = set()
    for dose in setting.analysis.doses:
        if (
            dose.role.reported
            or dose.role in (DoseRole.STRENGTH, DoseRole.LOADING)
            or not dose.substance
            or dose.low_unit
            or dose.combined
        ):
            continue
        if (
            dose.comparator is Comparator.ABOVE
            or dose.alternate
            or (dose.as_needed and dose.role is not DoseRole.MAXIMUM)
        ):
            continue
        place = dose.block, dose.sentence, dose.substance
        spared = (
            place in told
            or words_before(setting, dose)[-1:] == ["not"]
            or _averaged(setting, dose)
            or admits_excess(setting, dose)
            or over_one_day(setting, dose)
            or _only_told(setting, dose)
            or supposed(setting, dose)
        )
        hit = None if spared else _above(setting, dose)
        if hit is not None:
            told.add(place)
            yield hit


def _only_told(setting: Setting, dose: Dose) -> bool:
    """Whether a dose is told with the harm that it does, or as the least that does something, and not to be taken."""
    if dose.role is DoseRole.MAXIMUM or dose.comparator is Comparator.AT_MOST or advised(setting, dose):
        return False
    return dose.at_least or (not called_usual(setting, dose) and tells_harm(setting, dose))


def _averaged(setting: Setting, dose: Dose) -> bool:
    """Whether the amount a day is what a rarer dose of the sentence comes to: 50,000 IU a week, or 7,000 a day."""
    if dose.period is not Period.DAY:
        return False
    for other in setting.analysis.doses_by_block[dose.block]:
        days = other.period.days if other.period else 1 / other.frequency if other.frequency else Decimal(1)
        value = setting.units.convert(other.low, other.unit, dose.unit)
        if other.sentence == dose.sentence and days > 2 and value is not None:
            share = value * (other.count or 1) / days
            if abs(share - dose.low) <= dose.low * Decimal("0.15"):
                return True
    return False


def _above(setting: Setting, dose: Dose) -> Hit | None:
    fitting = [b for b in _bands(setting, dose) if b.per == dose.per]
    bands = [b for b in fitting if b.limit or b.single_limit]
    if fitting and not bands:
        return _far_above(setting, dose, fitting)
    if not bands or (dose.unit == "IU" and not setting.reference.iu_factors(dose.substance)):
        return None
    words = sentence_words(setting, dose)
    prescribed = bool(words & _PRESCRIBED)
    otc = [b for b in bands if not b.rx]
    judged = bands if prescribed or not otc else otc
    highest = max(judged, key=lambda b: (b.limit or b.single_limit or _ZERO).high)
    supplement = highest.kind is not None and not highest.kind.binding
    level = _stated_level(dose, words)
    allowed = highest.kind is LimitKind.UL_SUPPLEMENT and _ALLOWANCE & (words | header_words(setting, dose))
    if supplement and (prescribed or (allowed and not level)):
        return None
    found = _over(setting, dose, highest, level=level)
    by_age = supplement and bool(dose.ages) and dose.people is not None and dose.people.young
    if found is None or by_age:
        return None  # levels of intake rise with a child's age, and the reference has the lowest
    rx_covers = any(b.rx and b.limit is not None and found.value <= b.limit.high for b in bands)
    if rx_covers and dose.role is DoseRole.MAXIMUM and _prescribers(setting, dose, bands, found.value):
        return None
    span = dose.span if dose.frequency_span is None else dose.span.hull(dose.frequency_span)
    if len(span) > 120:
        span = dose.span
    reference = _KINDS[highest.kind] if highest.source.verified else "the maximum"
    softer = supplement or rx_covers or not highest.source.verified
    return _excess_hit(
        setting, dose, found, highest.source, span=span, reference=reference,
        limit=_limit_text(setting, dose, found.limit), softer=softer,
    )  # fmt: skip


def _stated_level(dose: Dose, words: frozenset[str]) -> bool:
    """Whether a maximum is told as the upper level itself, in a sentence with these words that is not of food."""
    return dose.role is DoseRole.MAXIMUM and bool(words & _LEVEL) and not words & _EATEN


def _far_above(setting: Setting, dose: Dose, bands: Sequence[Band]) -> Hit | None:
    """An amount `_FAR` times the largest dose of a reference that knows no maximum: a slip of the point, mostly."""
    if dose.role is DoseRole.TOTAL and not dose.period:
        return None  # of a month, it may be
    rare = dose.period not in (None, Period.DAY) or (dose.frequency is not None and dose.frequency < 1)
    timely = [b for b in bands if (b.period is not Period.DAY) == rare]
    known = [(b, amount) for b in timely for amount in (b.single, b.usual) if amount is not None]
    medicine = setting.reference.status(dose.substance) in (Status.RX, Status.OTC) and not _of_its_base(setting, dose)
    if not known or not medicine or dose.alternate or setting.units.units[dose.unit].dimension is not Dimension.MASS:
        return None
    band, most = max(known, key=lambda one: one[1].high)
    value = _as(setting, dose, dose.low * (dose.count or 1), most.unit)
    if value is None or value < most.high * _FAR:
        return None
    found = _Excess(value, most, band.period.each)
    return _excess_hit(
        setting, dose, found, band.source, span=dose.span, reference="the usual dose", limit=str(most), softer=True
    )


def _of_its_base(setting: Setting, dose: Dose) -> bool:
    """Whether it is a strength of what the page's medicine is a low dose of: 50 mg on a page on low-dose naltrexone."""
    base = setting.reference.get(dose.substance.removeprefix(_LOW_DOSE))
    if not dose.substance.startswith(_LOW_DOSE) or base is None:
        return False
    return any(setting.units.convert(dose.low, dose.unit, s.unit) == s.high for s in base.strengths)


_LOW_DOSE: Final = "low-dose-"


def _meant(setting: Setting, dose: Dose) -> str:
    """The substance of the reference: that of the low dose where the words before name it so ("a low dose of X is")."""
    low = f"{_LOW_DOSE}{dose.substance}"
    named = setting.reference.get(low) is not None and _OF_LOW_DOSE.search(text_before(setting, dose)) is not None
    return low if named else dose.substance


_OF_LOW_DOSE: Final = regex(r"\blow[- ]doses? of [\w-]+ (?:is|are|was|lies|starts|ranges?|typically|usually)\b")


def _prescribers(setting: Setting, dose: Dose, bands: Sequence[Band], value: Decimal) -> bool:
    """Whether a stated maximum is the prescriber's: the label's own figure, or told where prescriptions are."""
    if any(b.rx and b.limit is not None and b.limit.high == value for b in bands):
        return "up to" not in dose.cues
    block = setting.block(dose.block)
    headers = (block.cell.row_header, block.cell.column_header) if block.cell is not None else ()
    return bool(_PRESCRIBED & set(" ".join((*block.section, *headers)).lower().split()))


_FAR: Final = 3  # a slip of the point is ten times; what is less than three times may be somebody's practice
_ZERO: Final = Amount(Decimal(0), Decimal(0), "mg")
_KINDS: Final = {
    LimitKind.LABEL_MAX: "the label's maximum", LimitKind.UL: "the tolerable upper intake level",
    LimitKind.UL_SUPPLEMENT: "the upper level for supplements",
    LimitKind.AGENCY_LEVEL: "the level that agencies call safe",
    LimitKind.LEGAL: "the legal limit", LimitKind.GUIDELINE: "the guideline's limit",
    LimitKind.STUDIED: "the highest usual trial dose", None: "the reference",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Excess:
    """What passes a limit: `value` in the limit's unit over `period`, the sum of `times` equal doses."""

    value: Decimal
    limit: Amount
    period: str
    times: Decimal = Decimal(1)


def _excess_hit(
    setting: Setting,
    dose: Dose,
    found: _Excess,
    source: Source,
    *,
    span: Span,
    reference: str,
    limit: str,
    softer: bool,
) -> Hit:
    """A dose that comes to more than `reference` has, which is `limit` in words."""
    total = _written(setting, dose, found.value, found.limit.unit)
    single = _written(setting, dose, found.value / found.times, found.limit.unit)
    fills = {
        "substance": setting.name(dose.substance), "dose": dose_text(dose), "single": single, "value": single,
        "total": total, "stated": total if found.times == 1 else f"{single} × {plain(found.times):f} = {total}",
        "frequency": found.period, "limit": limit, "source": _named(source), "reference": reference,
        "wanted": f"write {limit} if you mean {reference}" if dose.role is DoseRole.MAXIMUM else
            f"keep to {limit} {found.period}",
    }  # fmt: skip
    return Hit(dose.block, span, fills, (dose.text,), dose=dose, softer=softer, source=source)


def _over(setting: Setting, dose: Dose, band: Band, *, level: bool) -> _Excess | None:
    """The amount that passes the band's limit for its period, or for a single dose.

    With `level` it is told as the upper level itself, and nothing above that is ordinary.
    """
    count = dose.count or Decimal(1)
    if band.limit is not None:
        found = _over_period(setting, dose, band, band.limit, count, level=level)
        if found is not None:
            return found
    if band.single_limit is not None and dose.role in (DoseRole.SINGLE, DoseRole.STARTING) and not dose.period:
        at_once = Decimal(1) if words_before(setting, dose)[-2:] == ["doses", "of"] else count
        value = _as(setting, dose, dose.low * at_once, band.single_limit.unit)
        if value is not None and value > band.single_limit.high:
            return _Excess(value, band.single_limit, "at once")
    if band.kind is not None and band.kind.binding and band.limit is not None and _once_taken(setting, dose):
        value = _as(setting, dose, dose.low * count, band.limit.unit)
        if value is not None and value > band.limit.high and not band.per:
            return _Excess(value, band.limit, "at once")
    if band.per is Per.KG and band.limit is not None and not dose.frequency and not dose.period:
        value = _as(setting, dose, dose.low * count, band.limit.unit)
        if value is not None and value > band.limit.high:
            return _Excess(value, band.limit, "at once")
    return None


_AT_ONCE: Final = (DoseRole.SINGLE, DoseRole.STARTING, DoseRole.TITRATION)


def _once_taken(setting: Setting, dose: Dose) -> bool:
    """Whether the reader is told to take so much at once, however often: more than a day's limit is too much so too."""
    if dose.role not in _AT_ONCE or dose.frequency or dose.period or dose.per:
        return False
    ordered = words_before(setting, dose)[-1:]
    return advised(setting, dose) or not setting.reader.words.advice.orders.isdisjoint(ordered)


def _over_period(
    setting: Setting, dose: Dose, band: Band, limit: Amount, count: Decimal, *, level: bool
) -> _Excess | None:
    """The amount that passes the limit for the band's period.

    A limit that binds nobody is not held against what is ordinarily sold or recommended above it, unless it is one
    for supplements and the sentence speaks of a supplement, or it is told as that `level`.
    """
    bound = limit.high
    panel = on_panel(setting, dose)
    of_supplements = band.kind is LimitKind.UL_SUPPLEMENT and (panel or _SUPPLEMENTS & sentence_words(setting, dose))
    if band.kind is not None and not band.kind.binding and band.usual is not None and not (level or of_supplements):
        bound = max(bound, band.usual.high)
    if panel and not dose.period and not dose.frequency and band.period is Period.DAY:
        value = _as(setting, dose, dose.low, limit.unit)
        if value is not None and value > bound:
            return _Excess(value, limit, "a serving")
    if dose.period == band.period:
        amount = dose.low if dose.role is not DoseRole.MAXIMUM else dose.high or dose.low
        value = _as(setting, dose, amount * count, limit.unit)
        if value is not None and value > bound:
            return _Excess(value, limit, band.period.each)
    elif dose.frequency and not dose.period and dose.role is not DoseRole.MAXIMUM:
        value = _as(setting, dose, dose.low * count, limit.unit)
        times = dose.frequency * band.period.days
        if value is not None and times >= Decimal("0.99") and (value * times).quantize(Decimal("0.01")) > bound:
            even = times == times.to_integral_value()
            return _Excess(value * times, limit, band.period.each, times if even else Decimal(1))
    return None


def _written(setting: Setting, dose: Dose, value: Decimal, unit: str) -> str:
    """An amount in the writer's own unit: 6,000 IU where the dose is in IU and `value` is 150 mcg."""
    one = _as(setting, dose, Decimal(1), unit)
    return _of_weight(dose, shown(value / one, dose.unit) if one else shown(value, unit))


def _of_weight(dose: Dose, amount: str) -> str:
    """An amount by body weight says so: 75 mg/kg."""
    return f"{amount}/{dose.per}" if dose.per else amount


def _limit_text(setting: Setting, dose: Dose, limit: Amount) -> str:
    """A limit in the writer's unit, with the reference's own after it where that is another: 4,000 IU (100 mcg)."""
    if dose.unit == limit.unit or limit.low != limit.high:
        return _of_weight(dose, str(limit))
    return f"{_written(setting, dose, limit.high, limit.unit)} ({_of_weight(dose, str(limit))})"


def _named(source: Source) -> str:
    """The source as a message names it; a figure that nobody has checked against it says so."""
    return source.title if source.verified else f"{source.title}; figure not verified"


def _as(setting: Setting, dose: Dose, value: Decimal, unit: str) -> Decimal | None:
    """The amount in `unit`; IU through the substance's smallest factor, so that doubt never counts as excess."""
    found = setting.units.convert(value, dose.unit, unit)
    if found is not None or dose.unit not in ("IU", "unit"):
        return found
    factors = [setting.units.convert(f.high, f.unit, unit) for f in setting.reference.iu_factors(dose.substance)]
    known = [f for f in factors if f is not None]
    return value * min(known) if known else None


def _bands(setting: Setting, dose: Dose) -> tuple[Band, ...]:
    """The bands that a dose can be held against: its population, product and route; by mouth if it says none."""
    by_weight = dose.per == Per.KG  # mostly of children
    population = dose.people.group if dose.people is not None else None if by_weight else Population.ADULT
    meant = _meant(setting, dose)
    bands = setting.reference.bands(meant, population=population, product=dose.product, route=dose.route)
    if dose.period and any(b.period == dose.period for b in bands):
        return tuple(b for b in bands if b.period == dose.period)
    if not dose.product and not all(b.product for b in bands):
        bands = tuple(b for b in bands if not b.product)  # a brand's own dose is nobody else's
    if not dose.route and not setting.reference.weekly(dose.substance) and any(b.route is Route.ORAL for b in bands):
        return tuple(b for b in bands if b.route is Route.ORAL)
    return bands


def within_reference(setting: Setting, dose: Dose, substance: str = "") -> bool:
    """Whether the reference has doses as small and doses as large of the dose's substance, or of another."""
    bands = setting.reference.bands(substance or dose.substance)
    amounts = [a for b in bands if not b.per for a in (b.single, b.usual, b.limit) if a is not None]
    lows = [v for a in amounts if (v := setting.units.convert(a.low, a.unit, dose.unit)) is not None]
    highs = [v for a in amounts if (v := setting.units.convert(a.high, a.unit, dose.unit)) is not None]
    return bool(lows) and min(lows) <= dose.low <= max(highs)


def _of_another(setting: Setting, dose: Dose) -> bool:
    """Whether the dose may be of another substance of the page: its own is not named beside it, and that one fits."""
    reader = setting.reader
    sentence = reader.sentence(dose)
    beside = [
        *(m for m in reader.mentions.taken(dose.block) if sentence is None or sentence.span.contains(m.span)),
        *(m for header in reader.mentions.header_blocks(dose.block) for m in reader.mentions.taken(header)),
    ]
    if any(m.id == dose.substance for m in beside):
        return False
    return any(within_reference(setting, dose, other) for other in setting.substances - {dose.substance})


def outside_label(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """A dose called standard or usual that lies outside every band of the reference."""
    for dose in setting.analysis.doses:
        if dose.role.reported or dose.role in _NOT_USUAL:
            continue
        if dose.alternate or dose.per or dose.low_unit or dose.combined or not called_usual(setting, dose):
            continue
        rare = dose.period is Period.WEEK or (dose.frequency and dose.frequency < Decimal("0.2"))
        period = Period.WEEK if rare else Period.DAY
        bands = [b for b in _bands(setting, dose) if b.period is period and not b.per]
        found = setting.reference.get(_meant(setting, dose))
        if found is not None and dose.indication in found.indications:
            bands = [b for b in bands if not b.off_label]
        amounts = [a for b in bands for a in (b.single, b.usual, b.limit) if a is not None]
        if not amounts or found is None or (found.status is not Status.RX and dose.unit == "IU"):
            continue
        unit = amounts[0].unit
        low, high = _as(setting, dose, dose.low, unit), _as(setting, dose, dose.high or dose.low, unit)
        if low is None or high is None:
            continue
        least, most = min(a.low for a in amounts), max(a.high for a in amounts)
        if low < least or high > most:
            usual = next((b.usual or b.single for b in bands if (b.usual or b.single) and not b.off_label), None)
            fills = {
                "substance": setting.name(dose.substance), "dose": dose_text(dose),
                "limit": str(usual or amounts[0]),
                "reference": str(usual or amounts[0]), "source": _named(bands[0].source), "stated": dose_text(dose),
            }  # fmt: skip
            softer = found.status is not Status.RX or not bands[0].source.verified
            yield Hit(
                dose.block, dose.span, fills, (dose.text,), dose=dose, softer=softer, source=bands[0].source
            )  # fmt: skip


def thousandfold(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """Milligrams for micrograms, grams for milligrams: about a thousand times what the reference has."""
    for dose in setting.analysis.doses:
        if not dose.substance or dose.per or dose.role is DoseRole.ANIMAL or dose.low_unit:
            continue
        if setting.units.units[dose.unit].dimension is not Dimension.MASS:
            continue
        population = dose.people.group if dose.people is not None else Population.ADULT
        bands = [
            b for b in setting.reference.bands(dose.substance, population=population)
            if not b.per and (not b.rx or b.period == dose.period) and (not dose.period or b.period == dose.period)
        ]  # fmt: skip
        verified = any(b.source.verified for b in bands)
        amounts = [a for b in bands for a in (b.single, b.usual, b.limit) if a is not None]
        amounts = [a for a in amounts if setting.units.convert(a.high, a.unit, dose.unit) is not None]
        wanted = _thousand(setting, dose, amounts) if amounts else None
        warns = dose.role is not DoseRole.OVERDOSE and _only_told(setting, dose)
        if wanted is not None and not warns and not _of_another(setting, dose):
            fills = {
                "substance": setting.name(dose.substance), "dose": dose_text(dose), "wanted": wanted,
                "expected": wanted,
                "reference": str(amounts[0]) + ("" if verified else ", a figure not verified"),
                "limit": str(amounts[0]),
            }  # fmt: skip
            yield Hit(dose.block, dose.span, fills, (dose.text,), dose=dose, softer=not verified)


_STEP_DOWN: Final = {"g": "mg", "mg": "mcg"}
_STEP_UP: Final = {"mcg": "mg", "mg": "g"}


def _thousand(setting: Setting, dose: Dose, amounts: list[Amount]) -> str | None:
    """The dose in the unit that was probably meant, or None."""
    low = min(setting.units.convert(a.low, a.unit, dose.unit) or Decimal(0) for a in amounts)
    high = max(setting.units.convert(a.high, a.unit, dose.unit) or Decimal(0) for a in amounts)
    top = dose.high or dose.low
    if dose.role is DoseRole.OVERDOSE:
        small = dose.unit in _STEP_UP and top * 20 < low and top * 1000 > high
        return shown(dose.low, _STEP_UP[dose.unit]) if small else None
    if dose.unit in _STEP_DOWN and dose.low == low * 1000 and _is_need(setting, dose):
        return shown(dose.low, _STEP_DOWN[dose.unit])
    if top > high * 40 and dose.unit in _STEP_DOWN and low / 2 <= dose.low / 1000 <= high * 2:
        return shown(dose.low, _STEP_DOWN[dose.unit])
    if top * 40 < low and dose.unit in _STEP_UP and low / 2 <= dose.low * 1000 <= high * 2:
        return shown(dose.low, _STEP_UP[dose.unit])
    return None


def _is_need(setting: Setting, dose: Dose) -> bool:
    """Whether it is told as what people need: a thousand times the least of the reference is then its other unit."""
    return not _NEEDS.isdisjoint(words_before(setting, dose))


_NEEDS: Final = word_set("need needs rda allowance requirement requires require")


def iu_pairs(setting: Setting, when: DoseWhen) -> Iterator[Hit]:
    """1,000 IU (50 mcg) of vitamin D: two figures for one amount that do not agree."""
    room = Decimal(when.percent) / 100
    for doses in setting.analysis.doses_by_block.values():
        for one, other in pairwise(doses):
            iu, mass = (one, other) if one.unit == "IU" else (other, one)
            if iu.unit != "IU" or mass.unit == "IU" or not _paired(setting, one, other):
                continue
            substance = iu.substance or mass.substance
            factors = setting.reference.iu_factors(substance)
            values = [v for f in factors if (v := setting.units.convert(f.high, f.unit, mass.unit)) is not None]
            if not values or any(abs(iu.low * v - mass.low) <= mass.low * room for v in values):
                continue
            expected = shown(iu.low * values[0], mass.unit)
            fills = {
                "substance": setting.name(substance), "dose": iu.text, "stated": mass.text, "expected": expected,
                "factor": f"1 IU = {factors[0]}",
            }  # fmt: skip
            related = (setting.related(iu, f"{iu.text} is {expected}"),)
            yield Hit(one.block, one.span.hull(other.span), fills, (mass.text,), related, dose=mass)


_EQUATES: Final = frozenset(
    ("(", "=", "or", "/", ", or", "[", "(or", "(about", "(=", "(equal to", ", equal to", ", which is")
)


def _paired(setting: Setting, one: Dose, other: Dose) -> bool:
    between = setting.block(one.block).text[one.span.end : other.span.start].strip().lower()
    words = between.split()
    holds = 0 < len(words) <= 3 and words[-1] in ("holds", "contains", "has", "is", "equals", "provides", "means")
    same = not one.substance or not other.substance or one.substance == other.substance
    return same and (holds or between in _EQUATES)
