"""The `balance` kind: benefit against risk, counted by sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from caveat.analysis.facts import Analysis, Cue, Direction, Polarity, Role
from caveat.checks.base import active, document_finding
from caveat.checks.page import Page, Place, triggered
from caveat.document import BlockKind
from caveat.finding import Finding
from caveat.packs.model import Rule
from caveat.packs.when import BalanceWhen
from caveat.packs.when.disclosure import DisclosureKind
from caveat.source import Span

_RISK_KINDS = frozenset(
    {DisclosureKind.SIDE_EFFECTS, DisclosureKind.CONTRAINDICATIONS, DisclosureKind.INTERACTIONS,
     DisclosureKind.KEY_WARNING, DisclosureKind.PREGNANCY, DisclosureKind.EMERGENCY}
)  # fmt: skip


_SET_ASIDE = frozenset({Role.CONTRAST, Role.DEBUNK})
_ANNOUNCING = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION})


class BalanceCheck:
    """All balance rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules

    def run(self, page: Page) -> Iterator[Finding]:
        """At most one finding a rule, about the document as a whole."""
        analysis = page.analysis
        risks = risk_sentences(analysis)
        benefits = sorted(told(analysis, {c.sentence for c in page.benefits}) - risks)
        for rule in active(self._rules, analysis.profile):
            when = rule.when
            if not isinstance(when, BalanceWhen):
                raise TypeError(rule.id)
            if page.words < when.words or len(benefits) < when.benefits or triggered(page, any_of=when.any) is None:
                continue
            if len(benefits) > when.ratio * len(risks) or (when.risk_last and _last(analysis, risks)):
                slots = {"benefits": str(len(benefits)), "risks": str(len(risks)), "ratio": str(when.ratio)}
                places = [_place(analysis, sentence) for sentence in benefits[:3]]
                yield document_finding(rule, analysis, places=places, note="a benefit", slots=slots)


def harm_sentences(analysis: Analysis) -> frozenset[int]:
    """The sentences, by index, that claim harm or warn.

    Not those that set it aside: "unlike drugs that harm the liver", "these warnings are nonsense".
    """
    aside: dict[int, list[Cue]] = defaultdict(list)
    for cue in analysis.cues:
        if cue.role in _SET_ASIDE:
            aside[cue.block].append(cue)

    def stands(block: int, span: Span) -> bool:
        return not any(c.scope.contains(span) and not c.span.overlaps(span) for c in aside[block])

    found = {
        c.sentence
        for c in analysis.claims
        if c.direction is Direction.HARM and c.polarity is Polarity.AFFIRMED and stands(c.block, c.span)
    }
    warned = (
        analysis.sentence_of(cue.block, cue.span)
        for cue in analysis.cues
        if cue.role is Role.WARNING and stands(cue.block, cue.span)
    )
    named = frozenset(sentence.index for sentence in warned if sentence is not None)
    return told(analysis, found) | frozenset(i for i in told(analysis, named) if not _heads(analysis, i))


def told(analysis: Analysis, sentences: Iterable[int]) -> frozenset[int]:
    """Of some sentences those that the page itself tells: its title and description only repeat or announce them."""
    blocks = analysis.document.blocks
    return frozenset(i for i in sentences if blocks[analysis.sentences[i].block].kind not in _ANNOUNCING)


def _heads(analysis: Analysis, sentence: int) -> bool:
    """Whether a sentence is a heading: "Side effects" names what stands below and tells nothing."""
    return analysis.document.blocks[analysis.sentences[sentence].block].kind is BlockKind.HEADING


def risk_sentences(analysis: Analysis) -> frozenset[int]:
    """The sentences, by index, that tell of harm: claims of harm, warnings, adverse effects, who should not take it."""
    told = (
        analysis.sentence_of(d.block, d.span)
        for d in analysis.disclosures
        if d.kind in _RISK_KINDS and d.block is not None
    )
    return harm_sentences(analysis) | {sentence.index for sentence in told if sentence is not None}


def _last(analysis: Analysis, risks: frozenset[int]) -> bool:
    """Whether every sentence of risk stands in the last quarter of the page."""
    return bool(risks) and min(risks) >= 3 * len(analysis.sentences) // 4


def _place(analysis: Analysis, sentence: int) -> Place:
    there = analysis.sentences[sentence]
    return Place(there.block, there.span, there.span.of(analysis.document.blocks[there.block].text))
