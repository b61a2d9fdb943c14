"""Which sentences of a page tell of benefit, and which of risk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from caveat.analysis.disclosures.page import is_entry
from caveat.analysis.facts import Analysis, Claim, Concept, Direction, Polarity, Role
from caveat.analysis.grammar import CONTRASTS
from caveat.analysis.view import BlockView
from caveat.document import BlockKind
from caveat.packs.model import Circumstance
from caveat.packs.when.disclosure import DisclosureKind
from caveat.source import Span

_RISK_KINDS = frozenset(
    {DisclosureKind.SIDE_EFFECTS, DisclosureKind.CONTRAINDICATIONS, DisclosureKind.INTERACTIONS,
     DisclosureKind.PREGNANCY, DisclosureKind.EMERGENCY}
)  # fmt: skip
_SHIFTED = frozenset({"increase", "reduce"})
_CAUSED = frozenset({"cause"})
_ANY_WAY = _CAUSED | {"increase", "affect", "associate", "harm"}  # predicates of what may be good or bad
_CONCERNED = frozenset({Concept.CONDITION, Concept.SYMPTOM, Concept.BODY_PART, Concept.POPULATION, Concept.DRUG})
_SET_ASIDE = frozenset({Role.CONTRAST, Role.DEBUNK})
_ANNOUNCING = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION})


def sides(
    analysis: Analysis,
    praise: Iterable[Claim],
    *,
    warnings: Collection[str],
    topical: bool,
    selling: bool,
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The sentences, by index in ascending order, that tell of benefit, and those that tell of risk.

    Of risk tell claims that a treatment harms (the page's, where it is about one), warnings of it, adverse effects and
    who should not take it; a sentence that does both is one of risk. `praise` are the page's own claims of benefit,
    `warnings` the topics of its medicine's key warnings. Where the page is about no treatment (`topical`), adverse
    effects and cautions count only where it sells something (`selling`) and a treatment is what the sentence begins
    with. Neither title, description, boilerplate nor a list of sources counts, and a heading never tells of risk: it
    names what stands below.
    """
    blocks = analysis.document.blocks
    risks = {
        i
        for i in (*_harms(analysis, topical=topical), *_disclosed(analysis, warnings, topical=topical, selling=selling))
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

    owners = analysis.owners
    if owners is None:
        return
    praised: dict[int, list[Claim]] = {}
    for claim in analysis.claims:
        if claim.direction is Direction.BENEFIT and claim.polarity is Polarity.AFFIRMED:
            praised.setdefault(claim.sentence, []).append(claim)
    for claim in analysis.claims:
        view = analysis.views[claim.block]
        if (
            _does_harm(claim)
            and stands(claim.block, claim.span)
            and not any(_means_well(praise, claim, view) for praise in praised.get(claim.sentence, ()))
            and owners.harms(view, claim.span, claim.predicate_span, on_topic=topical)
        ):
            yield claim.sentence
    for cue in analysis.cues if topical else ():
        sentence = analysis.sentence_of(cue.block, cue.span) if cue.role is Role.WARNING else None
        if sentence is not None and stands(cue.block, cue.span):
            named = analysis.mentions_in(sentence.block, sentence.span)
            whom = any(m.concept in _CONCERNED and not cue.span.contains(m.span) for m in named)
            if owners.cautions(analysis.views[cue.block], cue.span, names_whom=whom):
                yield sentence.index


def _does_harm(claim: Claim) -> bool:
    """Whether a claim is of a harm: by its direction, or by words that warn beside what is caused or done to a body.

    That a level of something rises or falls is the aim as often as not, and is a harm only where words warn.
    """
    if claim.polarity is not Polarity.AFFIRMED:
        return False
    warned = Circumstance.WARNING in claim.circumstances
    if claim.direction is Direction.HARM:
        levels = claim.predicate in _SHIFTED and all(t.concept is Concept.BIOMARKER for t in claim.targets)
        return warned or not levels
    return warned and claim.predicate in (_ANY_WAY if claim.direction is Direction.NEUTRAL else _CAUSED)


def _means_well(praise: Claim, harm: Claim, view: BlockView) -> bool:
    """Whether a harm is what a benefit is told by: "A relieves B, which causes C"; not "A relieves B but causes C"."""
    subject = harm.subject
    if subject is not None and subject.span.start == praise.span.end + 1:
        return True
    if Circumstance.WARNING in harm.circumstances or praise.subject != subject:
        return False
    low, high = sorted((praise.predicate_span, harm.predicate_span))
    return CONTRASTS.isdisjoint(view.tokens.norms[slice(*view.tokens.between(low.end, high.start))])


def _disclosed(analysis: Analysis, warnings: Collection[str], *, topical: bool, selling: bool) -> Iterator[int]:
    """The sentences that disclose a risk of the page's treatment, or a key warning of these topics.

    On a page that sells and is about none a risk counts where a treatment is what the sentence begins with.
    """
    owners = analysis.owners
    for disclosure in analysis.disclosures:
        block = disclosure.block
        owed = disclosure.kind is DisclosureKind.KEY_WARNING and disclosure.topic in warnings
        if block is None or not (owed or disclosure.kind in _RISK_KINDS):
            continue
        sold = selling and owners is not None and owners.leads(analysis.views[block], disclosure.span)
        if owed or topical or sold:
            sentence = analysis.sentence_of(block, disclosure.span)
            if sentence is not None:
                yield sentence.index


def _told(analysis: Analysis, sentences: Iterable[int]) -> Iterator[int]:
    """Of some sentences those that the page itself tells: not the title or description, which only announce them."""
    blocks = analysis.document.blocks
    listed = analysis.references.blocks if analysis.references is not None else ()
    entries = frozenset(index for index in listed if is_entry(blocks[index]))
    for index in sentences:
        at = analysis.sentences[index].block
        if blocks[at].kind not in _ANNOUNCING and not blocks[at].region.boilerplate and at not in entries:
            yield index
