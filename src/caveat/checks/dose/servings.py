"""What a serving holds: the panel of Supplement Facts against what the text says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from caveat.analysis.facts import Dose, DoseRole
from caveat.checks.dose.setting import Hit, Setting, conflict_hit, dose_text
from caveat.checks.dose.wording import text_before
from caveat.regex import regex

_PART: Final = r"half|halves|thirds?|quarters?|two|three|four|double|twice|triple|times|than|[\d½¼¾⅓⅔]+"
_SERVING: Final = regex(
    rf"(?<![\w½¼¾⅓⅔])(?:(?P<part>{_PART}) (?:of )?)?(?:each|every|one|a|per)(?: single)? serving\b(?P<then>.*)",
    re.DOTALL,
)
_NOT_ONE: Final = regex(
    rf"\b(?:{_PART}|capsules?|caps|tablets?|caplets?|pills?|scoops?|softgels?|gumm(?:y|ies)|lozenges?|chews?|drops?|"
    r"droppers?|sachets?|packets?|sticks?|sprays?|(?:tea|table)spoons?|tsp|tbsp)\b"
)


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
        amount = None
        if len(panel) == 1 and _plain(setting, panel[0]):
            amount = setting.units.convert(dose.low, dose.unit, panel[0].unit)
        if amount is None or amount == panel[0].low:
            continue
        first, second = sorted((panel[0], dose), key=lambda d: (d.block, d.span.start))
        said = f"{dose_text(first)} a serving", f"{dose_text(second)} a serving"
        yield conflict_hit(setting, second, [first], "amount", said)


def _of_a_serving(setting: Setting, dose: Dose) -> bool:
    """Whether the sentence says that it is in each serving: "each serving gives you 240 mg"."""
    if not _plain(setting, dose):
        return False
    in_table = setting.block(dose.block).cell is not None
    if in_table or dose.per == "serving":
        return not in_table
    serving = _SERVING.search(text_before(setting, dose))
    return serving is not None and not serving["part"] and _NOT_ONE.search(serving["then"]) is None


def _plain(setting: Setting, dose: Dose) -> bool:
    """Whether it is one exact amount: no range, no bound, nothing by the day, and no number of capsules."""
    exact = dose.high is None and not dose.comparator and not dose.frequency and not dose.count
    amount = dose.per in ("", "serving") and not setting.units.is_form(dose.unit)
    return exact and amount and dose.role in (DoseRole.SINGLE, DoseRole.STRENGTH)
