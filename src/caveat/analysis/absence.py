"""What a sentence names as left out: not sugar but the going without it is what does good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from caveat.analysis.facts import Concept, Mention
from caveat.analysis.grammar import BE, CONJUNCTIONS, DO, HAVE, MODALS, PREPOSITIONS
from caveat.analysis.mentions import Placed
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Match, Templates
from caveat.analysis.view import BlockView
from caveat.packs.predicates import Frames

DOING_WITHOUT = "doing-without"
_PRACTICE, _LACK = "practice", "lack"
_LIST_GAP = 2  # ", or"
_OTHERS = (PREPOSITIONS - {"of"}) | CONJUNCTIONS | BE | HAVE | DO | MODALS  # "avoid colds with garlic"


class AbsenceFinder:
    """The wordings of doing without a thing, and of what has none of it. Plain data: it can be pickled."""

    def __init__(self, frames: Frames, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._templates = Templates()
        reader = TemplateReader(norms)
        for key, wordings in ((_PRACTICE, frames.absences), (_LACK, frames.lacks)):
            for wording in wordings:
                self._templates.add(key, wording, reader)

    def mark(self, view: BlockView) -> BlockView:
        """The view of a block where doing without a thing takes the thing's place among the interventions.

        "Gluten elimination" and "cutting out coffee, tea and cola" are a therapy each; sugar in "sugar-free gum" is
        nothing that anybody takes.
        """
        found = [
            (key, *_extended(view, match))
            for _, key, match in self._templates.find(view.tokens, view.slots)
            if _plain(view, match)
        ]
        if not found:
            return view
        named = view.interventions.between(0, len(view.tokens.norms))
        kept = [p for p in named if not any(low <= p.start and p.end <= high for _, low, high in found)]
        kept += [
            _practice(view, low, high)
            for low, high in _apart((low, high) for key, low, high in found if key == _PRACTICE)
        ]
        return replace(view, acting=tuple(sorted(kept, key=lambda p: p.start)))


def _practice(view: BlockView, low: int, high: int) -> Placed:
    span = view.tokens.span(low, high)
    return Placed.of(low, high, Mention(view.index, span, span.of(view.block.text), Concept.THERAPY, DOING_WITHOUT))


def _apart(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of ranges that overlap the one that starts first, then the longest."""
    kept: list[tuple[int, int]] = []
    for low, high in sorted(ranges, key=lambda r: (r[0], -r[1])):
        if not kept or low >= kept[-1][1]:
            kept.append((low, high))
    return kept


def _plain(view: BlockView, match: Match) -> bool:
    """Whether the words that a wording leaves open only describe the thing: "cutting out added sugar"."""
    taken = {at for start, end in (*match.words, *match.slots) for at in range(start, end)}
    open_ = [view.tokens.norms[at] for at in range(match.start, match.end) if at not in taken]
    return all(norm[0].isalnum() and norm not in _OTHERS for norm in open_)


def _extended(view: BlockView, match: Match) -> tuple[int, int]:
    """The token range of a match and of the things listed beside its own: "gluten and dairy avoidance"."""
    low, high, norms = match.start, match.end, view.tokens.norms
    if not match.slots:
        return low, high
    named = view.interventions.between(0, len(norms))
    for placed in named if match.slots[-1][1] == high else ():
        if high < placed.start and _joins(norms[high : placed.start]):
            high = placed.end
    for placed in reversed(named) if match.slots[0][0] == low else ():
        if placed.end < low and _joins(norms[placed.end : low]):
            low = placed.start
    return low, high


def _joins(between: tuple[str, ...]) -> bool:
    return len(between) <= _LIST_GAP and all(norm in CONJUNCTIONS for norm in between)
