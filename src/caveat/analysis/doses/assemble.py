"""Quantities, frequencies and what stands around them, put together as doses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property, partial
from operator import itemgetter
from typing import Final

from caveat.analysis.doses.attribution import Attribution, attribution
from caveat.analysis.doses.comparators import comparator
from caveat.analysis.doses.frequencies import Frequency, Manner, duration, frequencies, of_column
from caveat.analysis.doses.governing import frequency_for
from caveat.analysis.doses.nature import Nature, Natures
from caveat.analysis.doses.neighbours import beside
from caveat.analysis.doses.numbers import ARTICLES, NUMBER_WORDS, writes_decimal_comma
from caveat.analysis.doses.population import population
from caveat.analysis.doses.preparations import form_after, product, route
from caveat.analysis.doses.quantities import TAKING, Quantity, scan
from caveat.analysis.doses.reading import REACH, Reading
from caveat.analysis.doses.roles import period_named, role
from caveat.analysis.doses.surroundings import Surroundings
from caveat.analysis.doses.tokens import Line, Token, read_line, word_set
from caveat.analysis.facts import Concept, Dose, DoseRole, Mention, Sentence, by_block
from caveat.document import Block, Document
from caveat.packs.doses import DoseWords
from caveat.packs.reference import Period
from caveat.packs.units import UnitTable
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_NUMBER: Final = regex(r"[\d¼-¾⅐-⅞]")
_LETTERS: Final = regex(r"[^\W\d_]+")
_COUNTED_ROWS: Final = word_set("age week weeks")  # a table's corner, of which its rows give the numbers
_ROW_SHARED: Final = word_set("maximum max limit ceiling most strength product total")
_PERIODS: Final = {period.days * 24: period for period in Period}


@dataclass(frozen=True)
class DoseReader:
    """Reads the blocks of one document, each once. `named` and `told` are its mentions and sentences, in reading order.

    Without sentences a block is one. What only a block with a dose asks for is worked out where there is one.
    """

    document: Document
    units: UnitTable
    words: DoseWords
    named: Sequence[Mention]
    told: Sequence[Sentence]
    _readings: dict[int, Reading | None] = field(default_factory=dict, repr=False)
    _shared: dict[tuple[int, int], list[tuple[int, Frequency]]] = field(default_factory=dict, repr=False)

    @cached_property
    def mentions(self) -> Attribution:
        """The mentions, ready to be asked for what governs a place."""
        return attribution(self.document, self.named, frozenset(self.words.preparations.form_of))

    @cached_property
    def sentences(self) -> Mapping[int, tuple[Sentence, ...]]:
        """The sentences of each block, by the block's index."""
        return by_block(self.told)

    @cached_property
    def decimal_comma(self) -> bool:
        """Whether the document writes 1,5 for one and a half."""
        return writes_decimal_comma(block.text for block in self.document.blocks)

    def read(self, index: int) -> Reading | None:
        """Block `index` as tokens, quantities and frequencies; None where it can hold no dose."""
        if index not in self._readings:
            self._readings[index] = self._read(index)
        return self._readings[index]

    def _read(self, index: int) -> Reading | None:
        block = self.document.blocks[index]
        if block.region.boilerplate or not self._may_hold_a_dose(block.text):
            return None
        line = read_line(block.text, decimal_comma=self.decimal_comma)
        quantities = scan(line, self.units, partial(self._named, index))
        sentences = self._token_sentences(index, line)
        reading = Reading(index, line, quantities, (), sentences)
        if not quantities:
            return reading
        header = () if self._of_a_condition(index) else self._header_words(index)
        natures: list[Nature] = []
        natures_of = Natures(self.words.lookalikes)
        for number, quantity in enumerate(quantities):
            first, last = reading.window(quantity)
            sentence = Span(line.tokens[first].start, line.tokens[last - 1].end)
            named = self.mentions.substance(index, sentence, sentence) is not None
            told = any(sentence.contains(m.span) for m in self.mentions.taken(index))
            own = self.mentions.object_words(index, Span(quantity.start, quantity.end), sentence)
            found_nature = natures_of.nature(
                line, quantity, first, last, named=named, told=told, own=own, header=header
            )
            if found_nature is Nature.DOSE and not told and number and natures[-1] is Nature.LAB:
                found_nature = natures_of.goes_on(line, quantity, quantities[number - 1], first, last)
            natures.append(found_nature)
        return Reading(index, line, quantities, tuple(natures), sentences)

    def _named(self, index: int, token: Token) -> bool:
        """Whether a token of block `index` names what is taken, or the part or make of it: "willow", "bark"."""
        if token.word in self.words.preparations.form_of:
            return True
        return self.mentions.names_taken(index, token.start)

    def _may_hold_a_dose(self, text: str) -> bool:
        """Whether a number and the name of a unit stand in the text, wherever: a quick look before reading."""
        words = _LETTERS.findall(text.lower())
        if self.units.first_words.isdisjoint(words):
            return False
        if _NUMBER.search(text) is not None or not NUMBER_WORDS.isdisjoint(words):
            return True
        return not (ARTICLES.isdisjoint(words) or TAKING.isdisjoint(words))

    def doses(self) -> tuple[Dose, ...]:
        """Every dose of the document in reading order.

        A dose belongs to the substance whose mention governs it: named right after ("500 mg of X"), nearest
        before in the sentence, then after, then in the headers of its table cell, earlier in the block, in the
        headings above, and last the document's topic. Blocks of navigation and other furniture are not read.
        """
        return tuple(dose for index in range(len(self.document.blocks)) for dose in self._doses(index))

    def _doses(self, index: int) -> Iterator[Dose]:
        reading = self.read(index)
        if reading is None:
            return
        kept = [q for q, n in zip(reading.quantities, reading.natures, strict=True) if n is Nature.DOSE]
        if not kept:
            return
        header = self._header_words(index)
        cell = self.document.blocks[index].cell
        column = _words(cell.column_header) if cell else ()
        headings = tuple(_words(self.document.blocks[h].text) for h in self.mentions.sections[index])
        before: Dose | None = None
        for number, quantity in enumerate(kept):
            first, last = reading.window(quantity)
            left = max(first, kept[number - 1].last + 1 if number else 0)
            right = min(last, kept[number + 1].first if number + 1 < len(kept) else last)
            packed = quantity.first in reading.packed
            around = Surroundings(
                self.words, reading.line, quantity, first, last, left, right, packed, header, column, headings
            )
            frequency = frequency_for(reading, kept, number, first, last) or self._table_frequency(index, column)
            dose = self._dose(reading, around, frequency)
            if before is not None:
                dose = beside(dose, before, around, self.units)
            before = dose
            yield dose

    def _dose(self, reading: Reading, around: Surroundings, frequency: Frequency | None) -> Dose:
        line, quantity = around.line, around.quantity
        block = self.document.blocks[reading.index]
        span = Span(quantity.start, quantity.end)
        sentence = Span(line.tokens[around.first].start, line.tokens[around.last - 1].end)
        mention = self._combined(reading, quantity) or self.mentions.substance(reading.index, span, sentence)
        found, cues = role(around, frequency)
        people, ages = population(around)
        per_day = frequency.per_day if frequency and frequency.manner is not Manner.DIVIDED else None
        times = frequency is not None and frequency.manner in (Manner.TIMES, Manner.TIMING, Manner.ALTERNATE)
        numbers = (quantity.low,) if quantity.high is None else (quantity.low, quantity.high)
        own = frequency is not None and frequency.first >= 0
        stands = self._sentence_at(reading.index, span.start)
        return Dose(
            block=reading.index,
            span=span,
            text=block.text[span.start : span.end],
            low=plain(quantity.low.value),
            high=plain(quantity.high.value) if quantity.high else None,
            unit=quantity.unit.symbol,
            role=found,
            comparator=comparator(around),
            count=plain(quantity.count.value) if quantity.count else None,
            per="/".join(quantity.per),
            frequency=plain(per_day[0]) if per_day and times else None,
            frequency_text=_frequency_text(line, frequency) if own and frequency else "",
            duration=duration(line, quantity.last + 1, around.right),
            route=route(around),
            form=form_after(around),
            people=people,
            ages=ages,
            substance=mention.id if mention else "",
            indication=self.mentions.indication(reading.index, span, sentence),
            sentence=stands.index if stands is not None else -1,
            cues=cues,
            numerals=tuple(Span(n.start, n.end) for n in numbers),
            unit_span=Span(quantity.unit_start, quantity.unit_end),
            low_unit=quantity.low_unit.symbol if quantity.low_unit and quantity.low_unit is not quantity.unit else "",
            per_amount=plain(quantity.per_amount) if quantity.per_amount is not None else None,
            frequency_high=plain(per_day[1]) if per_day and times else None,
            frequency_span=_frequency_span(line, frequency) if own and frequency else None,
            period=_period(frequency) or _daily(around, found, frequency),
            as_needed=_as_needed(reading, around),
            alternate=_alternate(reading, around, frequency),
            combined=quantity.combined,
            product=self._product(reading.index, around, mention),
        )

    def _combined(self, reading: Reading, quantity: Quantity) -> Mention | None:
        """The partner of a strength in "sitagliptin/metformin 50/1,000 mg": as many names before as strengths."""
        if not quantity.combined:
            return None
        parts = [q for q in reading.quantities if q.combined and abs(q.first - quantity.first) <= REACH]
        start = parts[0].start
        names = [m for m in self.mentions.taken(reading.index) if m.span.end <= start]
        if len(names) < len(parts) or len(parts) < 2 or reading.line.text[names[-1].span.end : start].strip():
            return None
        return names[len(names) - len(parts) + parts.index(quantity)]

    def _product(self, index: int, around: Surroundings, mention: Mention | None) -> str:
        tokens = around.line.tokens
        near = [t.word for t in tokens[around.left : min(around.right, around.quantity.last + 6)]]
        for words in (
            list(around.before()),
            near,
            list(around.sentence()),
            list(around.header),
            *(list(h) for h in reversed(around.headings)),
        ):
            if found := product(words, self.words.preparations):
                return found
        if mention is not None and mention.block == index and mention.concept is Concept.DRUG:
            spoken = mention.text.lower().replace(" ", "-")
            return "" if spoken in mention.id or mention.id in spoken else spoken
        return ""

    def _header_words(self, index: int) -> tuple[str, ...]:
        cell = self.document.blocks[index].cell
        if cell is None or cell.header:
            return ()
        blocks = [self.document.blocks[b].text for b in self.mentions.header_blocks(index)]
        corner = self.mentions.headers.get((cell.table, "column", 0))
        named = _words(self.document.blocks[corner].text) if corner is not None else ()
        texts = dict.fromkeys(
            (*(word for word in named if word in _COUNTED_ROWS), *blocks, cell.column_header, cell.row_header)
        )
        return tuple(word for text in texts for word in _words(text))

    def _of_a_condition(self, index: int) -> bool:
        """Whether a table header says what a dose is for: "high cholesterol", "alcohol use disorder"."""
        headers = self.mentions.header_blocks(index)
        return any(m.concept is Concept.CONDITION for h in headers for m in self.mentions.by_block.get(h, ()))

    def _table_frequency(self, index: int, column: Sequence[str]) -> Frequency | None:
        """The frequency that the header of the column gives, or another cell of the row in which it stands alone."""
        cell = self.document.blocks[index].cell
        if cell is None or cell.header or not _ROW_SHARED.isdisjoint(column):
            return None
        if (headed := of_column(read_line(cell.column_header))) is not None:
            return headed
        told = self._row_frequencies(index, (cell.table, cell.row))
        left = next((one for at, one in reversed(told) if at < index), None)
        return left or next((one for at, one in told if at > index), None)

    def _row_frequencies(self, index: int, row: tuple[int, int]) -> Sequence[tuple[int, Frequency]]:
        """The frequencies that stand alone in cells of a row, that of block `index`, with the indexes of the cells."""
        if row not in self._shared:
            told = self._shared[row] = []
            for at, block in sorted(((index, self.document.blocks[index]), *self.row_cells(index)), key=itemgetter(0)):
                line = read_line(block.text)
                found = frequencies(line)
                if len(found) == 1 and found[0].low and not scan(line, self.units):
                    only = found[0]
                    told.append((at, Frequency(only.manner, only.low, only.high, only.hours, -1, -1)))
        return self._shared[row]

    def row_cells(self, index: int) -> Iterator[tuple[int, Block]]:
        """The other cells of the table row that block `index` stands in, with their indexes."""
        blocks = self.document.blocks
        own = blocks[index].cell
        if own is None:
            return
        for step in (-1, 1):
            at = index + step
            while (
                0 <= at < len(blocks)
                and (cell := blocks[at].cell) is not None
                and (cell.table, cell.row) == (own.table, own.row)
            ):
                yield at, blocks[at]
                at += step

    def sentence(self, dose: Dose) -> Sentence | None:
        """The sentence of a dose."""
        return self._sentence_at(dose.block, dose.span.start)

    def _sentence_at(self, index: int, offset: int) -> Sentence | None:
        found = self.sentences.get(index, ())
        at = bisect_right(found, offset, key=lambda s: s.span.start) - 1
        return found[at] if at >= 0 and offset < found[at].span.end else None

    def _token_sentences(self, index: int, line: Line) -> tuple[tuple[int, int], ...]:
        """The sentences of a block in tokens; "650 mg. every six hours" is not cut at its full stop."""
        starts = [s.span.start for s in self.sentences.get(index, ())] or [0]
        if "[" in line.text:
            starts = sorted({*starts, *_after_references(line.tokens)})
        cuts = [0]
        for start in starts[1:]:
            at = bisect_left(line.tokens, start, cuts[-1], key=lambda token: token.start)
            broken = at < len(line.tokens) and line.tokens[at].text[:1].islower() and at >= 2 and (
                line.tokens[at - 1].text == "." and self.units.unit(line.tokens[at - 2].word) is not None
            )  # fmt: skip
            if cuts[-1] < at < len(line.tokens) and not broken:
                cuts.append(at)
        return tuple(zip(cuts, [*cuts[1:], len(line.tokens)], strict=True))


def plain(value: Decimal) -> Decimal:
    """`value` without trailing zeros and without an exponent: 4.50 → 4.5, 1E+3 → 1000."""
    if not value:
        return Decimal(0)
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def _after_references(tokens: Sequence[Token]) -> Iterator[int]:
    """Where a sentence begins that a reference sets apart from the full stop before it: "10 mg.[2] The"."""
    for i, token in enumerate(tokens[:-1]):
        if token.text != "." or tokens[i + 1].text != "[" or tokens[i + 1].start != token.end:
            continue
        close = next((j for j in range(i + 2, min(i + 6, len(tokens))) if tokens[j].text == "]"), None)
        if close is not None and close + 1 < len(tokens) and tokens[close + 1].text[:1].isupper():
            yield tokens[close + 1].start


def _words(text: str) -> tuple[str, ...]:
    return tuple(t.word for t in read_line(text).tokens)


def _frequency_text(line: Line, frequency: Frequency) -> str:
    span = _frequency_span(line, frequency)
    return line.text[span.start : span.end]


def _frequency_span(line: Line, frequency: Frequency) -> Span:
    return Span(line.tokens[frequency.first].start, line.tokens[frequency.last].end)


def _period(frequency: Frequency | None) -> Period | None:
    if frequency is not None and frequency.manner is Manner.PERIOD:
        return _PERIODS.get(int(frequency.hours))
    return Period.DAY if frequency is not None and frequency.manner is Manner.DIVIDED else None


def _daily(around: Surroundings, role: DoseRole, frequency: Frequency | None) -> Period | None:
    if frequency is not None or role not in (DoseRole.MAXIMUM, DoseRole.TOTAL):
        return None
    return period_named(around)


def _as_needed(reading: Reading, around: Surroundings) -> bool:
    return any(f.manner is Manner.AS_NEEDED for f in reading.frequencies_in(around.first, around.last))


def _alternate(reading: Reading, around: Surroundings, frequency: Frequency | None) -> bool:
    if frequency is not None and frequency.manner is Manner.ALTERNATE:
        return True
    after = reading.frequencies_in(around.quantity.last + 1, around.right)
    return any(f.manner is Manner.ALTERNATE for f in after)
