"""Which substance and indication a dose belongs to: the nearest mention that governs it, else what stands above."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Concept, Mention, Tag, by_block
from caveat.document import BlockKind, Document
from caveat.packs.model import INGESTIBLE
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_ANY = "disease"  # the lexicon's id for any condition
_COLLECTIVE = frozenset((Tag.CLASS, Tag.COLLECTIVE))
_ENDS = (". ", "! ", "? ")
_OPENING = 30  # code points from the start of a sentence in which its subject is named
_ASIDE = 1  # sentences without a substance between a subject and what is said of it
_NESTED = 3  # mentions that may hold one place
_EARLIER = 30  # mentions before the sentence that can name what it speaks of
_PHRASE = regex(r"(?:(?P<lead>[\w\s-]*?)\bof\b(?P<rest>[\w\s-]*))?")
_LEADING = word_set(
    "dose doses worth each a day daily per week oral chewable extended release enteric coated effervescent soft "
    "strength"
)  # between an amount and "of", beside the forms: "two 250 mg chewable tablets of", "25 mg a day of"
_ELSE = word_set("with in for from and or than to by as at on which that plus per if when is are was while but")
_NEAR = 3  # words that may stand between "of" and the name
_ANOTHER = ("on", "with", "than", "taking", "to", "unlike", "like", "and not", "without")


@dataclass(frozen=True)
class Attribution:
    """The mentions of a document, ready to be asked for what governs a place in it."""

    document: Document
    by_block: Mapping[int, tuple[Mention, ...]]
    sections: tuple[tuple[int, ...], ...]
    headers: Mapping[tuple[int, str, int], int]
    topic: Mention | None
    forms: frozenset[str]

    def substance(self, block: int, span: Span, sentence: Span) -> Mention | None:
        """The substance that the quantity at `span` of block `block` is a quantity of."""
        all_here = self.by_block.get(block, ())
        first = bisect_left(all_here, sentence.start, key=_start)
        last = bisect_left(all_here, sentence.end, key=_start)
        inside = [m for m in all_here[first:last] if m.concept in INGESTIBLE and not _is_class(m)]
        mentions = [m for m in all_here[max(0, first - _EARLIER) : first] if m.concept in INGESTIBLE]
        text = self.document.blocks[block].text
        found = (
            next((m for m in inside if span.contains(m.span)), None)  # "two melatonin tablets"
            or self._named_after(inside, span, text)
            or self._nearest(inside, span, text)
            or self._from_headers(block)
            or self._from_table(block)
            or self._before(mentions, sentence, text)
            or self._from_section(block)
        )
        return found or self.topic

    def object_words(self, block: int, span: Span, sentence: Span) -> frozenset[str]:
        """The words of the name right after the quantity at `span`: "fish" and "oil" in "1 g of fish oil"."""
        all_here = self.by_block.get(block, ())
        first = bisect_left(all_here, span.end, key=_start)
        last = bisect_left(all_here, min(sentence.end, span.end + _OPENING), key=_start)
        inside = [m for m in all_here[first:last] if m.concept in INGESTIBLE]
        found = self._named_after(inside, span, self.document.blocks[block].text)
        return frozenset(found.text.lower().split()) if found is not None else frozenset()

    def taken(self, block: int) -> tuple[Mention, ...]:
        """The substances that a block names, in order."""
        return tuple(m for m in self.by_block.get(block, ()) if m.concept in INGESTIBLE)

    def names_taken(self, block: int, offset: int) -> bool:
        """Whether the name of a substance stands at a place of a block."""
        here = self.by_block.get(block, ())
        at = bisect_right(here, offset, key=_start)
        return any(offset < m.span.end and m.concept in INGESTIBLE for m in here[max(0, at - _NESTED) : at])

    def indication(self, block: int, span: Span, sentence: Span) -> str:
        """The id of the condition that the sentence, else the nearest heading, speaks of; or ""."""
        all_here = self.by_block.get(block, ())
        first = bisect_left(all_here, sentence.start, key=_start)
        last = bisect_left(all_here, sentence.end, key=_start)
        near = [m for m in all_here[first:last] if m.concept is Concept.CONDITION and m.id != _ANY]
        if near:
            return min(near, key=lambda m: abs(m.span.start - span.start)).id
        for heading in reversed(self.sections[block]):
            for mention in self.by_block.get(heading, ()):
                if mention.concept is Concept.CONDITION and mention.id != _ANY:
                    return mention.id
        return ""

    def header_blocks(self, block: int) -> Iterator[int]:
        """The blocks of the row's and the column's header of a table cell."""
        cell = self.document.blocks[block].cell
        if cell is None:
            return
        for axis, number in (("row", cell.row), ("column", cell.column)):
            found = self.headers.get((cell.table, axis, number))
            if found is not None and found != block:
                yield found

    def _named_after(self, mentions: Sequence[Mention], span: Span, text: str) -> Mention | None:
        for mention in mentions:
            if mention.span.start >= span.end:
                return mention if _leads_to(text[span.end : mention.span.start], self.forms) else None
        return None

    @staticmethod
    def _nearest(mentions: Sequence[Mention], span: Span, text: str) -> Mention | None:
        before = [m for m in mentions if m.span.end <= span.start and not _besides(m, text, span)]
        if before:
            return before[-1]
        after = [m for m in mentions if m.span.start >= span.end and not _besides(m, text, span)]
        return after[0] if after else None

    def _before(self, mentions: Sequence[Mention], sentence: Span, text: str) -> Mention | None:
        """The one substance that the block names before the sentence; of several, that of the sentence before.

        A page about one of the several is about that one.
        """
        earlier = [
            m for m in mentions if m.span.end <= sentence.start and not _besides(m, text, sentence) and not _is_class(m)
        ]
        kinds = {_kind(m) for m in earlier}
        if len(kinds) > 1:
            begun = max(text.rfind(end, 0, earlier[-1].span.start) for end in _ENDS)
            apart = sum(text[earlier[-1].span.end : sentence.start - 2].count(end) for end in _ENDS)
            topical = self.topic is not None and _kind(self.topic) in kinds
            near = [m for m in earlier if m.span.start > begun]
            subject = near[0].span.start - begun <= _OPENING and len({_kind(m) for m in near}) == 1
            earlier = near if (subject and apart <= _ASIDE) or not (apart or topical) else []
        return earlier[-1] if earlier and len({_kind(m) for m in earlier}) == 1 else None

    def _from_headers(self, block: int) -> Mention | None:
        for header in self.header_blocks(block):
            found = [m for m in self.by_block.get(header, ()) if m.concept in INGESTIBLE]
            if found:
                return found[0]
        return None

    def _from_table(self, block: int) -> Mention | None:
        """The substance of the table's corner, else of the paragraph that leads to the table or list."""
        there = self.document.blocks[block]
        corner = self.headers.get((there.cell.table, "column", 0)) if there.cell is not None else None
        for place in (corner, there.lead):
            found = [m for m in self.taken(place) if not _is_class(m)] if place is not None and place != block else []
            if found and len({_kind(m) for m in found}) == 1:
                return found[0]
        return None

    def _from_section(self, block: int) -> Mention | None:
        for heading in reversed(self.sections[block]):
            found = [m for m in self.by_block.get(heading, ()) if m.concept in INGESTIBLE and not _is_class(m)]
            if found:
                return found[0]
        return None


def attribution(document: Document, mentions: Sequence[Mention], forms: frozenset[str]) -> Attribution:
    """Groups `mentions`, which are in reading order, by block; works out headings, table headers and the topic once.

    `forms` are the words for tablets and the like, which may stand between an amount and "of".
    """
    found = by_block(mentions)
    return Attribution(document, found, _sections(document), _headers(document), _topic(document, found), forms)


def _leads_to(gap: str, forms: frozenset[str]) -> bool:
    """Whether the words between an amount and a name make the one an amount of the other.

    Nothing stands there ("500 mg ibuprofen"), or "of" after the tablets that hold it and before a word or three.
    """
    found = _PHRASE.fullmatch(gap.lower().strip(" -\u00a0"))
    if found is None:
        return False
    lead, rest = (word_set((found[part] or "").replace("-", " ")) for part in ("lead", "rest"))
    return lead <= _LEADING | forms and len(rest) <= _NEAR and _ELSE.isdisjoint(rest)


def _start(mention: Mention) -> int:
    return mention.span.start


def _kind(mention: Mention) -> str:
    """The substance of a mention: a nutrient is one, eaten or swallowed as a tablet."""
    return mention.id.removeprefix("dietary-")


def _is_class(mention: Mention) -> bool:
    return not _COLLECTIVE.isdisjoint(mention.tags)


def _besides(mention: Mention, text: str, span: Span) -> bool:
    """Whether a mention only stands beside the dose: "for people on lithium, 400 mg a day", "more than aspirin"."""
    before = text[max(0, mention.span.start - 12) : mention.span.start].lower().rstrip()
    if not before.endswith(tuple(" " + word for word in _ANOTHER)) and before not in _ANOTHER:
        return False
    between = text[mention.span.end : span.start].strip() if mention.span.end <= span.start else "x"
    return len(between) > 0 and between not in ("at", "-", "–", ":")


def _sections(document: Document) -> tuple[tuple[int, ...], ...]:
    """For each block, the heading blocks above it, outermost first."""
    open_headings: list[tuple[int, int]] = []
    out: list[tuple[int, ...]] = []
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            open_headings = [(level, at) for level, at in open_headings if level < block.level]
            out.append(tuple(at for _, at in open_headings))
            open_headings.append((block.level, index))
        else:
            out.append(tuple(at for _, at in open_headings))
    return tuple(out)


def _headers(document: Document) -> Mapping[tuple[int, str, int], int]:
    """The header block of each row and column of each table; a row is named by its first cell."""
    found: dict[tuple[int, str, int], int] = {}
    for index, block in enumerate(document.blocks):
        cell = block.cell
        if cell is None:
            continue
        if cell.header and cell.row == 0:
            found.setdefault((cell.table, "column", cell.column), index)
        if cell.column == 0:
            found.setdefault((cell.table, "row", cell.row), index)
    return found


def _topic(document: Document, by_block: Mapping[int, tuple[Mention, ...]]) -> Mention | None:
    """The substance of the title, else of the first heading, else the one mentioned most, if one stands out."""
    for kind in (BlockKind.TITLE, BlockKind.HEADING):
        block = next((i for i, b in enumerate(document.blocks) if b.kind is kind and not b.region.boilerplate), None)
        named = [m for m in by_block.get(block, ()) if m.concept in INGESTIBLE] if block is not None else []
        single = [m for m in named if not _is_class(m)]
        if single:
            return single[0]
        if any(Tag.COLLECTIVE in m.tags for m in named):
            return None  # "Vitamins by the numbers" is about many
    counted: Counter[str] = Counter()
    first: dict[str, Mention] = {}
    for mentions in by_block.values():
        for mention in mentions:
            if mention.concept in INGESTIBLE and not _is_class(mention):
                counted[mention.id] += 1
                first.setdefault(mention.id, mention)
    ranked = counted.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] <= ranked[1][1]):
        return None
    return first[ranked[0][0]]
