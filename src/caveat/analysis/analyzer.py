"""The analysis as a whole: a document in, its facts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from caveat.analysis.brands import brand_names, with_brands
from caveat.analysis.circumstances import Surroundings
from caveat.analysis.claims import Carried, ClaimFinder
from caveat.analysis.context import ContextFinder
from caveat.analysis.disclosures import DisclosureFinder
from caveat.analysis.doses import DoseReader
from caveat.analysis.evidence import References, find_citations
from caveat.analysis.facts import Analysis, Claim, Cue, Mention, Role, Sentence, Topic
from caveat.analysis.mentions import MentionFinder
from caveat.analysis.offlabel import mark_off_label
from caveat.analysis.pipeline import Pipeline, Tokens
from caveat.analysis.predicates import Predicate
from caveat.analysis.profile import detect_profile
from caveat.analysis.slots import Slots
from caveat.analysis.taken import mark_taken_foods
from caveat.analysis.topic import find_topic
from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind, Document
from caveat.packs.doses import DoseWords
from caveat.packs.hosts import Hosts
from caveat.packs.labels import Labels
from caveat.packs.scope import MARKETING, Profile
from caveat.packs.units import UnitTable
from caveat.source import Span


class Analyzer:
    """Finds the facts of documents. Built once a run; every part of it is compiled data but the tokenizer."""

    def __init__(
        self,
        *,
        pipeline: Pipeline,
        mentions: MentionFinder,
        context: ContextFinder,
        claims: ClaimFinder,
        disclosures: DisclosureFinder,
        hosts: Hosts,
        units: UnitTable,
        doses: DoseWords,
        labels: Labels,
    ) -> None:
        self._pipeline = pipeline
        self._mentions = mentions
        self._context = context
        self._claims = claims
        self._disclosures = disclosures
        self._hosts = hosts
        self._units = units
        self._doses = doses
        self._labels = labels

    def analyze(self, document: Document, profile: Profile | None = None) -> Analysis:
        """All facts of a document. Without a profile the document shows which it has, and the facts say why."""
        views = mark_taken_foods(self._views(document, selling=profile in MARKETING), self._doses.preparations.oral)
        sentences = tuple(
            Sentence(view.tokens.first_sentence + number, view.index, view.tokens.span(start, end))
            for view in views
            for number, (start, end) in enumerate(view.tokens.sentences)
        )
        mentions = tuple(placed.mention for view in views for placed in view.mentions)
        reader = DoseReader(document, self._units, self._doses, mentions, sentences)
        doses = reader.doses()
        views = mark_off_label(views, doses, self._labels)
        mentions = tuple(placed.mention for view in views for placed in view.mentions)
        references = References(document)
        topic = find_topic(document, mentions, doses)
        found = self._disclosures.find(document, views, references, self._read, topic)
        analysis = Analysis(
            document=document,
            profile=profile or Profile.ARTICLE,
            sentences=sentences,
            mentions=mentions,
            cues=tuple(cue for view in views for cue in view.cues),
            citations=find_citations(views, references, self._hosts),
            doses=doses,
            disclosures=found.disclosures,
            signals=found.signals,
            topic=topic,
            views=views,
            dose_reader=reader,
            references=references,
            owners=found.owners,
        )
        analysis = replace(analysis, claims=tuple(self._claims_of(analysis)))
        if profile is not None:
            return analysis
        detected = detect_profile(analysis)
        return replace(analysis, profile=detected.profile, profile_reason=detected.reason)

    def _read(self, texts: Iterable[str]) -> list[tuple[Tokens, tuple[Cue, ...]]]:
        """The tokens and cues of texts that are no blocks of the document."""
        texts = list(texts)
        tokens = self._pipeline.tokenize(texts)
        return [(one, self._context.find(0, text, one)) for text, one in zip(texts, tokens, strict=True)]

    def _views(self, document: Document, *, selling: bool) -> tuple[BlockView, ...]:
        views: list[BlockView] = []
        headings: dict[tuple[str, ...], frozenset[str]] = {}
        brands = brand_names(document.blocks, selling=selling, others=self._hosts.no_products)
        all_tokens = self._pipeline.tokenize(block.text for block in document.blocks)
        for index, (block, tokens) in enumerate(zip(document.blocks, all_tokens, strict=True)):
            context = headings.get(block.section)
            if context is None:
                context = headings[block.section] = _heading_words(block.section)
            if block.cell is not None:
                context |= _beside(document.blocks, index)
            placed = self._mentions.find(index, block.text, tokens, context)
            if brands:
                placed = with_brands(index, block.text, tokens, placed, brands)
            cues = self._context.find(index, block.text, tokens, Slots(tokens, placed))
            views.append(BlockView(index, block, tokens, tuple(placed), cues))
        return tuple(views)

    def _claims_of(self, analysis: Analysis) -> list[Claim]:
        claims: list[Claim] = []
        surroundings = Surroundings(analysis)
        last: Mention | None = None
        leads: dict[int, tuple[Predicate, Mention | None, bool] | None] = {}
        headings: dict[str, Mention | None] = {}
        views = [self._claims.acting(view) for view in analysis.views]
        columns = _column_headers(views)
        advice = self._advice(views)
        for view in views:
            if view.block.region.boilerplate:
                continue
            named = view.interventions.last
            if view.block.kind is BlockKind.HEADING:
                last = named or last
                headings[view.block.text] = named
            section = _of_section(view.block, headings) or _topic_mention(analysis.topic, view.index)
            leading = view.block.lead if view.block.kind is BlockKind.LIST_ITEM else columns.get(view.index)
            lead = self._lead(views[leading], leads) if leading is not None else None
            carried = Carried(last, analysis.topic, section, lead, advice=view.index in advice)
            claims.extend(self._claims.find(view, carried, surroundings))
            last = named or last
        return claims

    def _advice(self, views: Sequence[BlockView]) -> frozenset[int]:
        """The items of lists in which one instructs the reader, by the block's index."""
        found: set[int] = set()
        for is_item, run in groupby(views, key=lambda view: view.block.kind is BlockKind.LIST_ITEM):
            items = list(run) if is_item else []
            if any(map(self._claims.instructs, items)):
                found.update(view.index for view in items)
        return frozenset(found)

    def _lead(
        self, leading: BlockView, leads: dict[int, tuple[Predicate, Mention | None, bool] | None]
    ) -> tuple[Predicate, Mention | None, bool] | None:
        """What the line before a list, or the head of a column, claims of each item."""
        index = leading.index
        if index not in leads:
            predicate = self._claims.lead(leading)
            if predicate is None or _under(leading.cues, Role.WARNING):
                leads[index] = None
            else:
                leads[index] = (predicate, leading.interventions.last, _under(leading.cues, Role.NEGATION))
        return leads[index]


def _heading_words(section: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(section).lower().replace("?", "").split())


def _beside(blocks: Sequence[Block], index: int) -> frozenset[str]:
    """The words of the next cell of the row, from which the name of the row is understood: "Iron | 65 mg"."""
    cell = blocks[index].cell
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if cell is None or after is None or after.cell is None:
        return frozenset()
    same = (after.cell.table, after.cell.row) == (cell.table, cell.row)
    return frozenset(after.text.lower().split()) if same else frozenset()


def _column_headers(views: Sequence[BlockView]) -> Mapping[int, int]:
    """For each table cell under a header, by the block's index, the cell that heads its column."""
    found: dict[int, int] = {}
    heads: dict[int, int] = {}  # of the table at hand, by column
    table: int | None = None
    for view in views:
        cell = view.block.cell
        here = cell.table if cell is not None else None
        if here != table:
            table, heads = here, {}
        if cell is None:
            continue
        if not cell.header and cell.column_header and cell.column in heads:
            found[view.index] = heads[cell.column]
        if cell.header and not cell.row_header:
            heads[cell.column] = view.index
    return found


def _of_section(block: Block, headings: Mapping[str, Mention | None]) -> Mention | None:
    for heading in reversed(block.section):
        if (named := headings.get(heading)) is not None:
            return named
    return None


def _topic_mention(topic: Topic, block: int) -> Mention | None:
    if topic.concept is None:
        return None
    return Mention(block, Span(0, 0), topic.text, topic.concept, topic.id, tags=topic.tags)


def _under(cues: Sequence[Cue], role: Role) -> bool:
    return any(cue.role is role for cue in cues)
