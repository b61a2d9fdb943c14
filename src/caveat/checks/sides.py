"""Which sentences of a page tell of benefit, and which of risk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from caveat.analysis.facts import Analysis, Claim, Direction, Polarity, Role
from caveat.document import BlockKind
from caveat.packs.model import Circumstance
from caveat.packs.when.disclosure import DisclosureKind
from caveat.source import Span

_RISK_KINDS = frozenset(
    {DisclosureKind.SIDE_EFFECTS, DisclosureKind.CONTRAINDICATIONS, DisclosureKind.INTERACTIONS,
     DisclosureKind.PREGNANCY, DisclosureKind.EMERGENCY}
)  # fmt: skip
_CAUTIONED = frozenset({Circumstance.WARNING, Circumstance.CAUTIONS})
_SET_ASIDE = frozenset({Role.CONTRAST, Role.DEBUNK})
_ANNOUNCING = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION})


def sides(
    analysis: Analysis,
    praise: Iterable[Claim],
    *,
    warnings: Collection[str],
    topical: bool,
    selling: bool,
    on_illness: bool,
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The sentences, by index in ascending order, that tell of benefit, and those that tell of risk.

    Of risk tell claims that a treatment harms, warnings, adverse effects and who should not take it; a sentence that
    does both is one of risk. `praise` are the page's own claims of benefit, `warnings` the topics of its medicine's key
    warnings. Where the page is about no treatment (`topical`), what names none may be the illness's doing and does not
    count, and adverse effects and cautions only where it sells something (`selling`); where it is about an illness
    (`on_illness`), adverse effects do not. Neither title, description nor
    boilerplate counts, and a heading never tells of risk: it names what stands below.
    """
    blocks = analysis.document.blocks
    kinds = _RISK_KINDS if topical or selling else frozenset[DisclosureKind]()
    if on_illness:
        kinds -= {DisclosureKind.SIDE_EFFECTS}
    risks = {
        i
        for i in (*_harms(analysis, topical=topical), *_disclosed(analysis, kinds, warnings))
        if blocks[analysis.sentences[i].block].kind is not BlockKind.HEADING
    }
    benefits = {claim.sentence for claim in praise} - risks
    return tuple(sorted(_told(analysis, benefits))), tuple(sorted(_told(analysis, risks)))


def _harms(analysis: Analysis, *, topical: bool) -> Iterator[int]:
    """The sentences that claim harm or warn.

    Not those that set it aside: "unlike drugs that harm the liver", "a safe alternative to pills that cause
    addiction", "these warnings are nonsense".
    """

    def stands(block: int, span: Span) -> bool:
        return not any(
            cue.role in _SET_ASIDE and cue.scope.contains(span) and not cue.span.overlaps(span)
            for cue in analysis.cues_by_block.get(block, ())
        )

    bettered = {(c.block, c.span.end + 1) for c in analysis.claims if c.direction is Direction.BENEFIT}
    for claim in analysis.claims:
        if claim.subject is not None and (claim.block, claim.subject.span.start) in bettered:
            continue
        caused = topical if claim.subject is None else claim.subject.concept.intervention
        harmful = claim.direction is Direction.HARM and claim.polarity is Polarity.AFFIRMED
        if caused and (harmful or not _CAUTIONED.isdisjoint(claim.circumstances)) and stands(claim.block, claim.span):
            yield claim.sentence
    if not topical:
        return
    for cue in analysis.cues:
        sentence = analysis.sentence_of(cue.block, cue.span) if cue.role is Role.WARNING else None
        if sentence is not None and stands(cue.block, cue.span):
            yield sentence.index


def _disclosed(analysis: Analysis, kinds: Collection[DisclosureKind], warnings: Collection[str]) -> Iterator[int]:
    """The sentences that disclose a risk of these kinds, or a key warning of these topics."""
    for disclosure in analysis.disclosures:
        owed = disclosure.kind is DisclosureKind.KEY_WARNING and disclosure.topic in warnings
        if disclosure.block is not None and (owed or disclosure.kind in kinds):
            sentence = analysis.sentence_of(disclosure.block, disclosure.span)
            if sentence is not None:
                yield sentence.index


def _told(analysis: Analysis, sentences: Iterable[int]) -> Iterator[int]:
    """Of some sentences those that the page itself tells: its title and description only repeat or announce them."""
    blocks = analysis.document.blocks
    for index in sentences:
        block = blocks[analysis.sentences[index].block]
        if block.kind not in _ANNOUNCING and not block.region.boilerplate:
            yield index
