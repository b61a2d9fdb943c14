"""Schedules that rise or fall by week or day: what one place of a page says of a step against another place.

"Weeks 1–4: 0.25 mg" in a table and "in weeks 1–4 you inject 0.5 mg" in the text contradict each other. Two schedules
of a page that agree in no step are two schedules, and nothing is said of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Dose
from caveat.checks.dose.setting import TAKEN, Hit, Setting, conflict_hit, dose_text
from caveat.checks.dose.wording import rest_of_sentence, sentence_words
from caveat.document import BlockKind
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_NUMBERED: Final = regex(
    r"(?:\b(?P<from>from )?\b(?P<unit>week|day|night|month)s? |(?P<start>^))(?P<first>\d{1,3})"
    r"(?: ?(?:–|-|to|and|through|&) ?(?:(?:week|day|night|month)s? )?(?P<last>\d{1,3})\b)?"
    r"(?P<on> ?\+| (?:on|onwards?|and (?:on|after|beyond|up)))?"
)
_ORDINAL: Final = regex(
    r"\b(?P<nth>first|second|third|fourth) (?:(?P<many>two|three|four|\d{1,2}) )?(?P<unit>week|day|night|month)s?\b"
)
_BEHIND: Final = regex(
    r"(?:(?!\b(?:and|then|but|or)\b)[^,;:–—])*?\b(?:in|during|for|from|on) (?:the )?"
    r"(?P<step>(?:weeks?|days?|nights?|months?|first|second|third|fourth)\b.*)"
)
_NUMBERS: Final = regex(r"(week|day|night|month)s?(?: (?:no\.?|number|#))?")
_NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_MANY: Final = {"two": 2, "three": 3, "four": 4}
_FOREVER: Final = 9999
_OTHERWISE: Final = word_set(
    "if unless slow slower slowly faster fast quick rapid alternative alternatively another other sensitive some "
    "instead who not never miss missed elderly older children option"
)
_MOST: Final = 20  # courses of one substance that are held against each other


@dataclass(frozen=True, slots=True)
class Step:
    """Weeks `first` to `last` of a schedule, or its days or months."""

    unit: str
    first: int
    last: int

    def holds(self, other: Step) -> bool:
        """Whether the other step lies within this one."""
        if _FOREVER in (self.last, other.last):
            return self.unit == other.unit and self.first == other.first
        return self.unit == other.unit and self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        """The step as people write it: on day 1, in weeks 1–4, from week 17."""
        if self.last == _FOREVER:
            return f"from {self.unit} {self.first}"
        when = "on" if self.unit in ("day", "night") else "in"
        numbers = f" {self.first}" if self.first == self.last else f"s {self.first}–{self.last}"
        return f"{when} {self.unit}{numbers}"


_Course = tuple[str, object]
_Steps = dict[Step, list[Dose]]


def step_conflicts(setting: Setting) -> Iterator[Hit]:
    """Each dose of a step that another place of the page tells otherwise; the hit lies on the later of the two."""
    for courses in _courses(setting).values():
        told = list(courses.items())[:_MOST]
        for number, (course, steps) in enumerate(told):
            if course[0] == "table":
                yield from _within(setting, steps)
            for _, earlier in told[:number]:
                yield from _between(setting, earlier, steps)


def _courses(setting: Setting) -> Mapping[tuple[str, ...], Mapping[_Course, _Steps]]:
    """The doses of steps: by whom and what they are of, then by the table or section, then by the step."""
    found: dict[tuple[str, ...], dict[_Course, _Steps]] = {}
    for dose in setting.analysis.doses:
        step = step_of(setting, dose) if dose.role in TAKEN and dose.substance and not dose.combined else None
        if step is None:
            continue
        block = setting.block(dose.block)
        course: _Course = ("text", dose.block)
        if block.cell is not None:
            course = ("table", block.cell.table)
        elif block.kind is BlockKind.LIST_ITEM:
            course = ("list", block.section)
        key = (dose.substance, dose.population, dose.product, dose.per, setting.measure(dose))
        found.setdefault(key, {}).setdefault(course, {}).setdefault(step, []).append(dose)
    return found


def step_of(setting: Setting, dose: Dose) -> Step | None:
    """The step that the dose's sentence, its table headers or its heading name for it, if any do."""
    block = setting.block(dose.block)
    if block.cell is not None:
        reader = setting.reader.mentions
        corner = reader.headers.get((block.cell.table, "column", 0))
        unit = _NUMBERS.fullmatch(setting.block(corner).text.lower().strip()) if corner is not None else None
        named = unit.group(1) if unit is not None else ""
        return _read(block.cell.row_header, named) or _read(block.cell.column_header)
    sentence = setting.reader.sentence(dose)
    said = sentence.span if sentence is not None else Span(0, len(block.text))
    if _steps(said.of(block.text)):
        return _in_sentence(setting, dose, said.start)
    return _read(block.section[-1]) if block.section else None


def _in_sentence(setting: Setting, dose: Dose, start: int) -> Step | None:
    """The step right behind the dose or the last one before it that is no other dose's; None if there are both."""
    text = setting.block(dose.block).text
    step, taken = None, False  # whether the dose before took the step behind it
    for each in setting.analysis.doses_by_block[dose.block]:
        if not start <= each.span.start <= dose.span.start:
            continue
        before = _steps(text[start : each.span.start])[taken:]
        phrase = _BEHIND.match(_up_to_next(setting, each).lower())
        behind = _steps(phrase["step"]) if phrase is not None else []
        if before:
            step = before[-1] if not behind else None
        elif behind or taken:
            step = behind[0] if behind else None
        start, taken = each.span.end, bool(behind)
    return step


def _up_to_next(setting: Setting, dose: Dose) -> str:
    """What stands behind the dose, up to the next one or the end of the sentence."""
    rest = rest_of_sentence(setting, dose)
    there = setting.analysis.doses_by_block[dose.block]
    following = bisect_left(there, dose.span.end, key=lambda d: d.span.start)
    return rest[: there[following].span.start - dose.span.end] if following < len(there) else rest


def _read(text: str, unit: str = "") -> Step | None:
    """The last step that `text` names."""
    steps = _steps(text, unit)
    return steps[-1] if steps else None


def _steps(text: str, unit: str = "") -> list[Step]:
    """The steps that `text` names, in order; a number at its start is one of `unit`, if that is given."""
    lower = text.lower()
    steps: list[Step] = []
    for found in _NUMBERED.finditer(lower):
        named = found["unit"] or unit
        first = int(found["first"])
        last = int(found["last"] or first)
        if named and last >= first:
            open_ended = found["on"] or (found["from"] and not found["last"])
            steps.append(Step(named, first, _FOREVER if open_ended else last))
    for ordinal in _ORDINAL.finditer(lower) if not steps else ():
        many, first = ordinal["many"], _NTH[ordinal["nth"]]
        size = int(many) if many and many.isdigit() else _MANY.get(many or "", 1)
        if first == 1 or size == 1:
            steps.append(Step(ordinal["unit"], first, first + size - 1))
    return steps


def _within(setting: Setting, steps: _Steps) -> Iterator[Hit]:
    """Two rows of a table that name one step and, but for the doses, say the same."""
    for step, doses in steps.items():
        first = doses[0]
        for dose in doses[1:]:
            one, other = setting.block(first.block).cell, setting.block(dose.block).cell
            apart = one is not None and other is not None and one.row != other.row and one.column == other.column
            if apart and _beside(setting, first) == _beside(setting, dose) and not _agree(setting, [first], [dose]):
                yield _conflict(setting, first, dose, step, step)


def _beside(setting: Setting, dose: Dose) -> set[str]:
    """What the cells of a dose's row say that hold no dose."""
    return {b.text for i, b in setting.reader.row_cells(dose.block) if i not in setting.analysis.doses_by_block}


def _between(setting: Setting, earlier: _Steps, later: _Steps) -> Iterator[Hit]:
    shared = [
        (one, other) for other in later for one in earlier if one.holds(other) or other.holds(one)
    ]  # fmt: skip
    apart = [(one, other) for one, other in shared if not _agree(setting, earlier[one], later[other])]
    if len(apart) > len(shared) - len(apart) and (len(shared) > 1 or not _plain(setting, earlier, later)):
        return
    for one, other in apart:
        yield _conflict(setting, earlier[one][0], later[other][0], one, other)


def _plain(setting: Setting, *courses: _Steps) -> bool:
    """Whether single statements hold for everybody: no condition and no other way in their sentences and headings."""
    told = [d for steps in courses for doses in steps.values() for d in doses]
    if len({d.indication for d in told}) > 1:
        return False
    for dose in told:
        section = setting.block(dose.block).section
        heading = word_set(section[-1].lower()) if section else frozenset()
        if _OTHERWISE & (sentence_words(setting, dose) | heading):
            return False
    return True


def _agree(setting: Setting, some: Sequence[Dose], others: Sequence[Dose]) -> bool:
    amounts = [a for d in some for a in _amounts(setting, d, some[0].unit)]
    return any(
        low <= b and a <= high for d in others for a, b in _amounts(setting, d, some[0].unit) for low, high in amounts
    )


def _amounts(setting: Setting, dose: Dose, unit: str) -> Iterator[tuple[Decimal, Decimal]]:
    """The dose once, with its count and without (it may be the number of a week), and what it comes to in a day."""
    for count in {Decimal(1), dose.count or Decimal(1)}:
        low = setting.units.convert(dose.low * count, dose.unit, unit)
        high = setting.units.convert((dose.high or dose.low) * count, dose.unit, unit)
        if low is None or high is None:
            return
        yield low, high
        if dose.frequency and dose.frequency > 1:
            yield low * dose.frequency, high * (dose.frequency_high or dose.frequency)


def _conflict(setting: Setting, one: Dose, other: Dose, step: Step, later: Step) -> Hit:
    return conflict_hit(setting, other, [one], "dose", (f"{dose_text(one)} {step}", f"{dose_text(other)} {later}"))
