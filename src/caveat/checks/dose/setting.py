"""What the dose tests share: a document's facts at hand, and what a test hands back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Final

from caveat.analysis.doses import DoseReader, Reading, plain
from caveat.analysis.doses.tokens import Token, token_texts, tokenise
from caveat.analysis.facts import Analysis, Dose, DoseRole
from caveat.checks.dose.openings import opening_names
from caveat.document import Block, LinkKind
from caveat.finding import Edit, Fix, Related
from caveat.packs.reference import Reference, Source
from caveat.packs.units import UnitTable
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_DIGIT: Final = regex(r"\d")
TAKEN: Final = frozenset((DoseRole.SINGLE, DoseRole.TOTAL, DoseRole.TITRATION, DoseRole.STARTING, DoseRole.MAINTENANCE))
"""The roles of what is taken at a time or in a day, and is no bound, strength or report."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that fail a test: `span` of block text, what fills the message, other places, and a way to mend it."""

    block: int
    span: Span
    fills: Mapping[str, str]
    cues: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    dose: Dose | None = None
    light: bool = False  # deserves a note only
    softer: bool = False  # one level lower
    source: Source | None = None  # of the reference's figure that the dose was held against


@dataclass(frozen=True, slots=True)
class Stance:
    """Whether a sentence hands on what a label says, and whether a word of it sets one statement against another."""

    label: bool
    contrast: bool


@dataclass(frozen=True)
class Setting:
    """One document under the dose tests; `stances` keeps those of sentences, by block and number."""

    analysis: Analysis
    reference: Reference
    units: UnitTable
    stances: dict[tuple[int, int], Stance] = field(default_factory=dict, repr=False)

    @property
    def reader(self) -> DoseReader:
        """The dose reader of the document, for what is measured but no dose.

        Raises:
            ValueError: for an analysis that has not read doses.
        """
        if self.analysis.dose_reader is None:
            raise ValueError("the analysis has read no doses")
        return self.analysis.dose_reader

    @cached_property
    def figured(self) -> Sequence[tuple[int, Block]]:
        """The blocks with a digit or a dose and the cells of tables, boilerplate aside."""
        return [
            (index, block)
            for index, block in enumerate(self.analysis.document.blocks)
            if (_DIGIT.search(block.text) or block.cell is not None or index in self.analysis.doses_by_block)
            and not block.region.boilerplate
        ]

    @cached_property
    def _figured_text(self) -> str:
        return "\n".join([block.text for _, block in self.figured])

    def showing(self, words: Iterable[str]) -> Iterator[tuple[int, Block]]:
        """Of the blocks with figures those in which one of these words is a token."""
        written = [word for word in words if word in self._figured_text]
        for index, block in self.figured if written else ():
            here = [word for word in written if word in block.text]
            if here and not token_texts(block.text).isdisjoint(here):
                yield index, block

    @cached_property
    def numerals(self) -> Sequence[tuple[Dose, Span, str]]:
        """Every number of every dose as it is written; a listed number that shares a unit counts once."""
        found: dict[tuple[int, Span], Dose] = {}
        for dose in self.analysis.doses:
            for numeral in dose.numerals:
                found.setdefault((dose.block, numeral), dose)
        return [(dose, numeral, numeral.of(self.block(index).text)) for (index, numeral), dose in found.items()]

    @cached_property
    def strengths(self) -> Mapping[tuple[str, int], Sequence[Dose]]:
        """The strengths of single substances, by substance and block."""
        found: dict[tuple[str, int], list[Dose]] = {}
        for dose in self.analysis.doses:
            if dose.role is DoseRole.STRENGTH and not dose.combined:
                found.setdefault((dose.substance, dose.block), []).append(dose)
        return found

    @cached_property
    def strength_amounts(self) -> Mapping[str, Collection[tuple[Decimal, str]]]:
        """The different strengths of single substances, by substance."""
        found: dict[str, set[tuple[Decimal, str]]] = {}
        for (substance, _), doses in self.strengths.items():
            found.setdefault(substance, set()).update((d.low, d.unit) for d in doses)
        return found

    @cached_property
    def sentence_strengths(self) -> Mapping[tuple[int, int], Collection[tuple[Decimal, str]]]:
        """The strengths that a sentence names, by its block and number."""
        found: dict[tuple[int, int], set[tuple[Decimal, str]]] = {}
        for dose in self.analysis.doses:
            if dose.role is DoseRole.STRENGTH:
                found.setdefault((dose.block, dose.sentence), set()).add((dose.low, dose.unit))
        return found

    @cached_property
    def liquids(self) -> Mapping[str, Collection[Dose]]:
        """The strengths of liquids by mL, one of those that state the same, by substance."""
        found: dict[str, dict[tuple[object, ...], Dose]] = {}
        for dose in self.analysis.doses:
            if dose.per == "mL" and dose.role is DoseRole.STRENGTH and not dose.combined:
                found.setdefault(dose.substance, {})[dose.low / (dose.per_amount or 1), dose.unit] = dose
        return {substance: doses.values() for substance, doses in found.items()}

    @cached_property
    def substances(self) -> frozenset[str]:
        """The ids of what the page names."""
        return frozenset([mention.id for mention in self.analysis.mentions])

    @cached_property
    def product_strengths(self) -> Mapping[tuple[str, str], Collection[Dose]]:
        """The strengths of single substances by substance and product, of those that state the same the last."""
        found: dict[tuple[str, str], dict[tuple[object, ...], Dose]] = {}
        for dose in chain.from_iterable(self.strengths.values()):
            if dose.product:
                found.setdefault((dose.substance, dose.product), {})[
                    dose.low, dose.unit, dose.form, dose.per, dose.per_amount
                ] = dose
        return {key: doses.values() for key, doses in found.items()}

    @cached_property
    def names(self) -> Sequence[str]:
        """The name that each block opens with or stands under; "" where it is none of a product or case."""
        words = self.reader.words
        plain = words.bounds.bounded | words.bounds.denied | words.bounds.heads | words.bounds.readers
        return opening_names(self.analysis.document, plain | words.advice.directives | words.advice.everybody)

    def block(self, index: int) -> Block:
        """Block `index` of the document."""
        return self.analysis.document.blocks[index]

    def reading(self, index: int) -> Reading | None:
        """Block `index` as the dose reader sees it."""
        return self.reader.read(index)

    def tokens(self, index: int) -> Sequence[Token]:
        """The tokens of block `index`."""
        reading = self.reading(index)
        return reading.line.tokens if reading is not None else tokenise(self.block(index).text)

    def name(self, substance: str) -> str:
        """What the article calls a substance."""
        return self.analysis.names.get(substance) or substance.replace("-", " ")

    def related(self, dose: Dose, message: str) -> Related:
        """A place to point at from elsewhere."""
        where = self.block(dose.block).to_source(dose.span)
        return Related(message, where, where.of(self.analysis.document.source.text))

    def amount(self, dose: Dose, unit: str) -> Decimal | None:
        """The top of a dose in another unit; None where the two do not convert."""
        return self.units.convert(dose.high if dose.high is not None else dose.low, dose.unit, unit)

    def measure(self, dose: Dose) -> str:
        """What the amounts that can be held against a dose's have in common: the dimension, or the unit itself."""
        unit = self.units.units[dose.unit]
        return unit.symbol if unit.factor is None else unit.dimension.value

    def editable(self, block: int, span: Span) -> bool:
        """Whether a fix may touch the span: literal text of the source, outside quotations and links."""
        there = self.block(block)
        if there.kind.value == "quote" or not there.is_literal(span):
            return False
        if any(link.span.overlaps(span) for link in there.links if link.kind is not LinkKind.NOTE):
            return False
        return not _quoted(there.text, span)

    def quoted(self, dose: Dose) -> bool:
        """Whether a dose stands in a quotation."""
        there = self.block(dose.block)
        return there.kind.value == "quote" or _quoted(there.text, dose.span)

    def fix(self, title: str, block: int, span: Span, text: str) -> Fix | None:
        """A safe fix that puts `text` for `span` of a block, or None where the source can not be edited."""
        if not self.editable(block, span):
            return None
        return Fix(title, (Edit(self.block(block).to_source(span), text),), safe=True)

    def insertion(self, title: str, block: int, before: Span, text: str) -> Fix | None:
        """A safe fix that puts `text` before a span of a block."""
        if not self.editable(block, before):
            return None
        start = self.block(block).to_source(before).start
        return Fix(title, (Edit(Span(start, start), text),), safe=True)


def conflict_hit(setting: Setting, dose: Dose, others: Sequence[Dose], what: str, said: tuple[str, str]) -> Hit:
    """A dose that other places of the page contradict; `said` are the two statements in words, the first one first.

    `what` says what each states: "maximum", "starting dose".
    """
    fills = {
        "first": said[0], "second": said[1], "dose": dose_text(dose), "other": dose_text(others[0]),
        "substance": setting.name(dose.substance), "value": what,
    }  # fmt: skip
    related = tuple(setting.related(other, "the other figure") for other in others)
    return Hit(dose.block, dose.span, fills, (dose.text,), related, dose=dose)


def _quoted(text: str, span: Span) -> bool:
    before = text[: span.start]
    if before.rfind("“") > before.rfind("”") or before.rfind("«") > before.rfind("»"):
        return True
    return before.count('"') % 2 == 1 and '"' in text[span.end :]


def shown(value: Decimal, unit: str) -> str:
    """An amount for a message: 2,600 mg, 4 tablets; at most two decimals of what does not come out even."""
    number = plain(value if value == value.quantize(Decimal("0.0001")) else value.quantize(Decimal("0.01")))
    counted = len(unit) > 3 and number != 1 and unit.islower() and unit.isalpha() and not unit.endswith("s")
    return f"{number:,f} {_plural(unit) if counted else unit}"


def shown_range(low: Decimal, high: Decimal, unit: str) -> str:
    """Two amounts for a message, one where they are the same or the lower is none: 200–300 mg."""
    top = shown(high, unit)
    return top if low in (0, high) else f"{shown(low, '').strip()}–{top}"


def _plural(unit: str) -> str:
    if unit.endswith("y") and unit[-2] not in "aeiou":
        return f"{unit[:-1]}ies"
    return f"{unit}{'es' if unit.endswith('ch') else 's'}"


def dose_text(dose: Dose) -> str:
    """A dose for a message, in canonical units: 325–1,000 mg/kg."""
    unit = dose.unit + "".join(f"/{p}" for p in dose.per.split("/") if p)
    low = plain(dose.low)
    if dose.high is None:
        return shown(low, unit)
    return f"{low:,f}–{plain(dose.high):,f} {unit}"
