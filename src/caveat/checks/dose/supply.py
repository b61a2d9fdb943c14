"""Packages and how long they are said to last: 60 capsules, two a day, are 30 days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from caveat.analysis.doses import Reading, plain
from caveat.analysis.doses.nature import Nature
from caveat.analysis.doses.numbers import number_at
from caveat.analysis.doses.quantities import Quantity
from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Dose
from caveat.checks.dose.setting import Hit, Setting
from caveat.packs.reference import Period
from caveat.source import Span

DAYS: Final = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30}
_LASTS: Final = word_set("last lasts lasting lasted supply covers cover")


def supplies(setting: Setting) -> Iterator[Hit]:
    """Packages that do not last as long as the text says."""
    for index, block in enumerate(setting.analysis.document.blocks):
        if "last" in block.text or "supply" in block.text or "cover" in block.text:
            reading = setting.reading(index)
            if reading is not None:
                yield from _supplies(setting, reading, setting.analysis.doses_by_block.get(index, ()))


def _supplies(setting: Setting, reading: Reading, doses: Sequence[Dose]) -> Iterator[Hit]:
    """A package of 60, two a day, that is said to last 60 days."""
    tokens = reading.line.tokens
    before = 0
    for first, last in reading.sentences:
        begun, before = before, first
        if not any(t.word in _LASTS for t in tokens[first:last]):
            continue
        packs = _packs(setting, reading, first, last) or _packs(setting, reading, begun, first)
        stated = _stated_days(reading, first, last)
        rate = _rate(setting, reading, doses, (first, last), packs)
        if not packs or stated is None or rate is None:
            continue
        days, where, loose = stated
        low, high, words, span = rate
        room = Decimal("0.1") if loose else Decimal("0.02")
        least, most = packs[0].low.value / high, packs[0].low.value / low
        if least * (1 - room) - 1 < days < most * (1 + room) + 1:
            continue
        start = min(packs[0].start, span.start)
        expected = plain((packs[0].low.value / low).quantize(Decimal(1)))
        fills = {
            "expected": f"{expected:f} days",
            "stated": f"{plain(days):f} days",
            "single": f"{plain(packs[0].low.value):f} ÷ {words}",
        }
        fills |= {"value": fills["single"], "total": fills["stated"]}
        yield Hit(reading.index, Span(start, max(where, span.end)), fills, (reading.line.text[span.start : span.end],))


def _packs(setting: Setting, reading: Reading, first: int, last: int) -> list[Quantity]:
    return [
        q for q, n in zip(reading.quantities, reading.natures, strict=True)
        if first <= q.first < last and _is_pack(setting, q, n)
    ]  # fmt: skip


def _is_pack(setting: Setting, quantity: Quantity, nature: Nature) -> bool:
    return (
        setting.units.is_form(quantity.unit.symbol)
        and quantity.high is None
        and (nature is Nature.SUPPLY or quantity.low.value >= 10)
    )


def _stated_days(reading: Reading, first: int, last: int) -> tuple[Decimal, int, bool] | None:
    """The days that a package is said to last: "lasts about 25 days", "a 30-day supply"; with the end of it."""
    tokens = reading.line.tokens
    for i in range(first, last):
        number = number_at(reading.line, i)
        if number is None:
            continue
        j = number.last + 1
        j += j < last and tokens[j].text in "-‐‑"
        if (
            j < last
            and tokens[j].word in DAYS
            and any(t.word in _LASTS for t in (*tokens[max(first, i - 5) : i], *tokens[j : j + 2]))
        ):
            loose = any(
                t.word in ("about", "around", "roughly", "nearly", "almost") for t in tokens[max(first, i - 2) : i]
            )
            return number.value * DAYS[tokens[j].word], tokens[j].end, loose or tokens[j].word.startswith("month")
    return None


def _rate(
    setting: Setting, reading: Reading, doses: Sequence[Dose], bounds: tuple[int, int], packs: Sequence[Quantity]
) -> tuple[Decimal, Decimal, str, Span] | None:
    """How many a day, lowest and highest, in words, and where: "two caplets three times a day", "four a day"."""
    tokens = reading.line.tokens
    first, last = tokens[bounds[0]].start, tokens[bounds[1] - 1].end
    taken = {q.start for q in packs}
    for dose in doses:
        if not first <= dose.span.start < last or dose.span.start in taken or not setting.units.is_form(dose.unit):
            continue
        times = Decimal(1) if dose.period is Period.DAY else dose.frequency
        if times:
            top = (dose.high or dose.low) * (dose.frequency_high or times)
            span = dose.span if dose.frequency_span is None else dose.span.hull(dose.frequency_span)
            return dose.low * times, top, f"({plain(dose.low):f} × {plain(times):f} a day)", span
    for frequency in reading.frequencies:
        if not bounds[0] < frequency.first < bounds[1] or frequency.hours != 24:
            continue
        number = next(
            (
                n
                for back in (1, 2)
                if (n := number_at(reading.line, frequency.first - back)) is not None and n.last == frequency.first - 1
            ),
            None,
        )
        if number is not None:
            low = number.value * frequency.low
            if tokens[number.first - 1].word in ("or", "to", "-", "–") and number.first >= 2:
                lower = number_at(reading.line, number.first - 2)
                low = lower.value * frequency.low if lower is not None and lower.value else low
            return (
                low,
                number.value * frequency.high,
                f"{plain(low):f} a day",
                Span(number.start, tokens[frequency.last].end),
            )
    return None
