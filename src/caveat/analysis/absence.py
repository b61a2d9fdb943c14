"""What a sentence names as left out: not sugar but the going without it is what does good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from caveat.analysis.facts import Concept, Mention
from caveat.analysis.grammar import AUXILIARIES, CONJUNCTIONS, PREPOSITIONS
from caveat.analysis.mentions import Placed
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Match, Templates
from caveat.analysis.view import BlockView
from caveat.packs.predicates import Frames

DOING_WITHOUT, DIET = "doing-without", "diet"  # id and group in rules/lexicon/therapies.yaml, for foods left out
_PRACTICE, _FAST, _LACK = "practice", "fast", "lack"
_LIST_GAP = 2  # ", or"
_OTHERS = (PREPOSITIONS - {"of"}) | CONJUNCTIONS | AUXILIARIES  # "avoid colds with garlic"


class AbsenceFinder:
    """The wordings of doing without a thing, and of what has none of it. Plain data: it can be pickled."""

    def __init__(self, frames: Frames, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._templates = Templates()
        reader = TemplateReader(norms)
        for key, wordings in ((_PRACTICE, frames.absences), (_FAST, frames.fasts), (_LACK, frames.lacks)):
            for wording in wordings:
                self._templates.add(key, wording, reader)

    def mark(self, view: BlockView) -> BlockView:
        """The view of a block where doing without a thing takes the thing's place among the interventions.

        "Gluten elimination" and "cutting out coffee, tea and cola" are a therapy each; sugar in "sugar-free gum" is
        nothing that anybody takes. What is listed beside them and is no food stays what it is, and what is claimed is
        held against it: "turmeric and gluten elimination".
        """
        matches = [(key, match) for _, key, match in self._templates.find(view.tokens, view.slots)]
        found = [(key, *_extended(view, key, match)) for key, match in matches if _plain(view, match)]
        if not found:
            return view
        named = view.interventions.between(0, len(view.tokens.norms))
        kept = [p for p in named if not any(low <= p.start and p.end <= high for _, low, high in found)]
        kept += [
            _practice(view, key, low, high)
            for key, low, high in _apart(found)
            if not any(p.end < low and _joins(view.tokens.norms[p.end : low]) for p in kept)
        ]
        return replace(view, acting=tuple(sorted(kept, key=lambda p: p.start)))


def _practice(view: BlockView, key: str, low: int, high: int) -> Placed:
    """The mention of a practice: the lexicon's where foods alone are left out, else one that no lexicon lists."""
    span = view.tokens.span(low, high)
    text = span.of(view.block.text)
    left_out = view.interventions.between(low, high)
    foods = key == _FAST or (left_out and all(p.mention.concept is Concept.FOOD for p in left_out))
    name, group = (DOING_WITHOUT, DIET) if foods else (text.lower(), "")
    return Placed.of(low, high, Mention(view.index, span, text, Concept.THERAPY, name, group))


def _apart(found: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Of practices that overlap the one that starts first, then the longest, then the one that names foods."""
    kept: list[tuple[str, int, int]] = []
    for key, low, high in sorted(found, key=lambda f: (f[1], -f[2], f[0] != _FAST)):
        if key != _LACK and (not kept or low >= kept[-1][2]):
            kept.append((key, low, high))
    return kept


def _plain(view: BlockView, match: Match) -> bool:
    """Whether the words that a wording leaves open only describe the thing: "cutting out added sugar"."""
    taken = {at for start, end in (*match.words, *match.slots) for at in range(start, end)}
    open_ = [view.tokens.norms[at] for at in range(match.start, match.end) if at not in taken]
    return all(norm[0].isalnum() and norm not in _OTHERS for norm in open_)


def _extended(view: BlockView, key: str, match: Match) -> tuple[int, int]:
    """The token range of a match and of the foods listed beside its own: "gluten and dairy avoidance"."""
    low, high, norms = match.start, match.end, view.tokens.norms
    if not match.slots and key != _FAST:
        return low, high
    foods = [p for p in view.interventions.between(0, len(norms)) if p.mention.concept is Concept.FOOD]
    for placed in foods if not match.slots or match.slots[-1][1] == high else ():
        if high < placed.start and _joins(norms[high : placed.start]):
            high = placed.end
    for placed in reversed(foods) if not match.slots or match.slots[0][0] == low else ():
        if placed.end < low and _joins(norms[placed.end : low]):
            low = placed.start
    return low, high


def _joins(between: tuple[str, ...]) -> bool:
    return 0 < len(between) <= _LIST_GAP and all(norm in CONJUNCTIONS for norm in between)
