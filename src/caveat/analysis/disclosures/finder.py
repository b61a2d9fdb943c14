"""Finds the disclosures and signals of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from caveat.analysis.disclosures.dshea import Dshea
from caveat.analysis.disclosures.links import Links, linked_disclosure
from caveat.analysis.disclosures.owners import Owners
from caveat.analysis.disclosures.page import (
    byline_below,
    byline_disclosure,
    dated_line,
    is_entry,
    is_source,
    metadata_disclosures,
    named_line,
    opens_byline,
)
from caveat.analysis.disclosures.readings import ReadingFinder, Said
from caveat.analysis.disclosures.surroundings import Labels, Surroundings
from caveat.analysis.disclosures.wordings import NOTHING, Around, Hit, Read, Wordings, cue_words, decides, sentence_span
from caveat.analysis.evidence import References
from caveat.analysis.facts import Cue, Disclosure, Signal, Topic
from caveat.analysis.pipeline import Tokens
from caveat.analysis.slots import Slots
from caveat.analysis.template_language import Norms, TemplateReader
from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind, Document
from caveat.packs.disclosures import Byline, DisclosureData, Recogniser, SignalWords
from caveat.packs.when.disclosure import DisclosureKind, SignalKind
from caveat.source import Span
from caveat.values import dataclass

Tokenize = Callable[[Iterable[str]], Sequence[tuple[Tokens, Sequence[Cue]]]]

_NO_TOPIC = Topic()
_UNTOLD = frozenset({BlockKind.BUTTON, BlockKind.TITLE, BlockKind.DESCRIPTION})  # name things and tell nothing
_HEADING_WORDS = 30  # a longer heading holds the text that should stand below it
_OWNERS = frozenset({"our", "ours", "we", "us"})
_BYLINE_WORDS = 40  # a longer block is prose, not a byline


@dataclass(frozen=True, slots=True)
class Found:
    """The disclosures and the signals of a document, in reading order, those of the metadata last.

    `owners` tells of later questions whose harm a sentence speaks of.
    """

    disclosures: tuple[Disclosure, ...]
    signals: tuple[Signal, ...]
    owners: Owners


class DisclosureFinder:
    """The compiled data of rules/disclosures. Plain data: it can be pickled."""

    def __init__(self, data: DisclosureData, norms: Norms) -> None:
        self._data = data
        reader = TemplateReader(norms, data.lists)
        self._wordings = Wordings(data, reader)
        self._readings = ReadingFinder(data.acts, data.reading_words, reader)
        self._dshea = Dshea(data.dshea, norms)

    def find(
        self,
        document: Document,
        views: Sequence[BlockView],
        references: References,
        tokenize: Tokenize,
        topic: Topic = _NO_TOPIC,
    ) -> Found:
        """All disclosures and signals.

        `tokenize` is asked for the tokens and cues of metadata values; of the harms that sentences tell of, those
        count that are the topic's, those of any treatment where there is none.
        """
        disclosures: list[Disclosure] = []
        signals: list[Signal] = []
        spoken_of = False
        above: Block | None = None
        around, labels = Surroundings(), Labels()
        owners = Owners(self._data.owners, topic, views)
        entries = frozenset(i for i in references.blocks if is_entry(document.blocks[i]))
        for view in views:
            said = Said(self._readings, view.tokens, view.cues, view.slots)
            told = not view.block.region.boilerplate
            read = self._read(view, said, around, owners) if told and view.index not in entries else NOTHING
            for hit in read.hits:
                if isinstance(hit.source, SignalWords):
                    signals.append(_signal(view, hit))
                elif not spoken_of:
                    disclosures.extend(self._disclosure(view, hit, read.hits))
            if around.waits and not owners.heads.is_elsewhere(view.block):
                disclosures.extend(_answered(view, said, around))
            around.note(view, said, read.open)
            owners.note(view)
            spoken_of = read.introduces
            if told:
                lines = (dated_line(view), named_line(view, above, self._data.keys))
                disclosures.extend(line for line in lines if line is not None)
                above = view.block
                for byline in labels.over(view):
                    disclosures.extend(byline_below(view, byline, self._data.keys))
            if read.hits:
                bylines = [h.source for h in read.hits if isinstance(h.source, Byline) and opens_byline(view, h)]
                labels.note(view, bylines)
        disclosures.extend(_first_source(document, (*references.blocks, *references.footnotes.values())))
        disclosures.extend(self._in_metadata(document, tokenize))
        links = Links(document, self._data.shops)
        signals.extend(links.signals())
        if any(d.kind is DisclosureKind.DSHEA for d in disclosures):
            exact = self._dshea.exact_blocks(views)
            disclosures = [self._dshea.graded(d, exact) for d in disclosures]
        return Found(
            tuple(_once(disclosures)),
            tuple(sorted(_without_borrowed(signals, elsewhere=links.lead_to_shop()), key=lambda s: (s.block, s.span))),
            owners,
        )

    def _read(self, view: BlockView, said: Said, around: Surroundings, owners: Owners) -> Read:
        block = view.block
        if block.kind is BlockKind.ALT:
            return NOTHING
        beside = partial(_beside, view, around, owners)
        read = self._wordings.find(block.text, view.tokens, said, view.slots, beside)
        if block.kind in _UNTOLD:  # it shows what the page is, and tells its readers nothing
            return Read([hit for hit in read.hits if isinstance(hit.source, SignalWords)])
        if not read.hits:
            return read
        labels = [one.span for one in block.links if linked_disclosure(one.span.of(block.text), self._data.shops)]
        hits = [hit for hit in read.hits if _stands_right(hit, view) and not _only_linked(hit, view, labels)]
        return Read(hits, read.open, read.introduces)

    def _disclosure(self, view: BlockView, hit: Hit, hits: Sequence[Hit]) -> Iterator[Disclosure]:
        if isinstance(hit.source, Byline):
            if len(view.tokens.norms) <= _BYLINE_WORDS or hit.sentence == 0:
                bylines = [one for one in hits if isinstance(one.source, Byline)]
                yield from byline_disclosure(view, hit, bylines, self._data.keys)
            return
        assert isinstance(hit.source, Recogniser)  # noqa: S101 - signals are taken out before
        text = view.block.text
        span = sentence_span(view.tokens, hit.sentence)
        cues = tuple(cue_words(text, view.tokens, hit.match))
        yield Disclosure(view.index, span, span.of(text), hit.source.kind, hit.source.topic, cues=cues)

    def _in_metadata(self, document: Document, tokenize: Tokenize) -> Iterator[Disclosure]:
        yield from metadata_disclosures(document, self._data.keys)
        values = [
            value
            for key, values in document.metadata.items()
            if not self._data.keys.text.isdisjoint(_key_words(key))
            for value in values
        ]
        for value, (tokens, cues_of) in zip(values, tokenize(v.value for v in values), strict=True):
            slots = Slots(tokens)
            said = Said(self._readings, tokens, cues_of, slots)
            for hit in self._wordings.find(value.value, tokens, said, slots).hits:
                if isinstance(hit.source, Recogniser):
                    cues = tuple(cue_words(value.value, tokens, hit.match))
                    exact = self._dshea.is_exact(tokens)
                    kind, topic = hit.source.kind, hit.source.topic
                    yield Disclosure(None, value.source, value.value, kind, topic, exact=exact, cues=cues)


def _beside(view: BlockView, around: Surroundings, owners: Owners) -> Around:
    """What stands around a block."""
    block = view.block
    return Around(
        lead=partial(around.lead, block),
        above=partial(around.above, block),
        of_another=partial(owners.of_another, view),
        on_another=partial(owners.on_another, view),
        names_ours=partial(owners.names_ours, view),
        answers=block.cell is not None or block.kind is BlockKind.HEADING,
    )


def _first_source(document: Document, listed: Iterable[int]) -> Iterator[Disclosure]:
    """The first entry of the list of sources that points to something."""
    sources = ((index, document.blocks[index]) for index in listed if is_source(document.blocks[index]))
    for index, block in islice(sources, 1):
        yield Disclosure(index, Span(0, len(block.text)), block.text, DisclosureKind.REFERENCES)


def _without_borrowed(signals: Sequence[Signal], *, elsewhere: bool) -> Iterator[Signal]:
    """The signals without words of a product of its own where the page speaks of other people's.

    It does where it sends readers to sellers and never says "our" or "we" of what they sell: "each capsule contains"
    describes anybody's.
    """
    own = [s for s in signals if s.kind is SignalKind.OWN_PRODUCT]
    mine = any(not _OWNERS.isdisjoint(s.text.lower().split()) for s in own)
    if mine or not (elsewhere or any(s.kind is SignalKind.AFFILIATE_LINK for s in signals)):
        return iter(signals)
    return (s for s in signals if s.kind is not SignalKind.OWN_PRODUCT)


def _key_words(key: str) -> frozenset[str]:
    return frozenset(key.lower().replace("_", " ").replace("-", " ").replace(".", " ").replace(":", " ").split())


def _stands_right(hit: Hit, view: BlockView) -> bool:
    heading = view.block.kind is BlockKind.HEADING and len(view.tokens.norms) <= _HEADING_WORDS
    if isinstance(hit.source, SignalWords):
        return not hit.source.headings or heading
    if isinstance(hit.source, Recogniser):
        return hit.source.headings or not heading
    return True


def _only_linked(hit: Hit, view: BlockView, labels: Sequence[Span]) -> bool:
    """Whether a disclosure is no more than the label of a link that leads to it."""
    if not labels or not isinstance(hit.source, Recogniser):
        return False
    span = view.tokens.span(hit.match.start, hit.match.end)
    return any(label.overlaps(span) for label in labels)


def _answered(view: BlockView, said: Said, around: Surroundings) -> Iterator[Disclosure]:
    """What a block says of the topic that its heading or the cell beside it names."""
    for waiting in around.waiting(view.block):
        for sentence in range(len(view.tokens.sentences)):
            verdict = decides(waiting.source, [said.readings(sentence)])
            if verdict is None:
                continue
            around.settle(waiting)
            if verdict:
                span = sentence_span(view.tokens, sentence)
                text = span.of(view.block.text)
                yield Disclosure(
                    view.index, span, text, waiting.source.kind, waiting.source.topic, cues=(waiting.words,)
                )
            break


def _signal(view: BlockView, hit: Hit) -> Signal:
    assert isinstance(hit.source, SignalWords)  # noqa: S101 - the caller has looked
    span = view.tokens.span(hit.match.start, hit.match.end)
    return Signal(view.index, span, span.of(view.block.text), hit.source.kind, hit.source.topic)


def _once(disclosures: Iterable[Disclosure]) -> Iterable[Disclosure]:
    """One disclosure a kind, topic and place, the first."""
    first: dict[tuple[object, ...], Disclosure] = {}
    for one in disclosures:
        first.setdefault((one.kind, one.topic, one.block, one.span.start, one.span.end), one)
    return first.values()
