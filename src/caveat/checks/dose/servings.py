"""What a serving holds: the panel of Supplement Facts against what the text says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from caveat.analysis.facts import Dose, DoseRole
from caveat.checks.dose.setting import Hit, Setting, dose_text
from caveat.source import Span

_SERVING: Final = re.compile(r"\b(?:each|every|one|a|per|single|the) serving\b")


def on_panel(setting: Setting, dose: Dose) -> bool:
    """Whether the dose is a row of a panel of Supplement Facts: its substance, and how much of it is in a serving."""
    cell = setting.block(dose.block).cell
    if cell is None or cell.header or not cell.column:
        return False
    headers = setting.reader.mentions.headers
    row, corner = headers.get((cell.table, "row", cell.row)), headers.get((cell.table, "column", 0))
    sized = corner is not None and setting.block(corner).text.lower().startswith("serving")
    if not (sized or "serving" in cell.column_header.lower()) or "%" in cell.column_header or row is None:
        return False
    return any(m.id == dose.substance for m in setting.reader.mentions.taken(row))


def serving_conflicts(setting: Setting) -> Iterator[Hit]:
    """A serving that the text gives another amount of a substance than the page's one panel does."""
    panels: dict[str, list[Dose]] = {}
    told: list[Dose] = []
    for dose in setting.analysis.doses:
        if not dose.substance or dose.combined or dose.low_unit:
            continue
        if on_panel(setting, dose):
            panels.setdefault(dose.substance, []).append(dose)
        elif _of_a_serving(setting, dose):
            told.append(dose)
    for dose in told:
        panel = panels.get(dose.substance, [])
        amount = setting.units.convert(dose.low, dose.unit, panel[0].unit) if len(panel) == 1 else None
        if amount is None or amount == panel[0].low:
            continue
        first, second = sorted((panel[0], dose), key=lambda d: (d.block, d.span.start))
        slots = {
            "substance": setting.name(dose.substance), "value": "amount", "first": f"{dose_text(first)} a serving",
            "second": f"{dose_text(second)} a serving", "dose": dose_text(second), "other": dose_text(first),
        }  # fmt: skip
        related = (setting.related(first, "the other figure"),)
        yield Hit(second.block, second.span, slots, (second.text,), related, dose=second)


def _of_a_serving(setting: Setting, dose: Dose) -> bool:
    """Whether the sentence says that it is in each serving: "each serving gives you 240 mg"."""
    if (
        dose.role not in (DoseRole.SINGLE, DoseRole.STRENGTH)
        or dose.high is not None
        or dose.frequency
        or dose.comparator
    ):
        return False
    if setting.units.is_form(dose.unit) or dose.per not in ("", "serving") or dose.count:
        return False
    block = setting.block(dose.block)
    sentence = setting.reader.sentence(dose)
    before = Span(sentence.span.start if sentence is not None else 0, dose.span.start).of(block.text)
    return block.cell is None and (dose.per == "serving" or _SERVING.search(before.lower()) is not None)
