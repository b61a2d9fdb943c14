"""Foods that a page has in capsules, tablets or gummies: taken as supplements, and named as what they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from caveat.analysis.facts import Concept
from caveat.analysis.mentions import Placed
from caveat.analysis.view import BlockView
from caveat.document import BlockKind

_HEADS = (BlockKind.TITLE, BlockKind.HEADING)


def mark_taken_foods(views: Sequence[BlockView], forms: Collection[str]) -> tuple[BlockView, ...]:
    """The views with the foods as supplements that the title or the first heading has in one of these forms.

    `forms` are the words for what is swallowed: "beetroot capsules". Other foods of the page stay foods.
    """
    heads = [
        next((v for v in views if v.block.kind is kind and not v.block.region.boilerplate), None) for kind in _HEADS
    ]
    taken = {
        placed.mention.id
        for view in heads
        if view is not None
        for placed in view.mentions
        if placed.mention.concept is Concept.FOOD and _form_follows(view, placed, forms)
    }
    return tuple(_marked(view, taken) for view in views) if taken else tuple(views)


def _form_follows(view: BlockView, placed: Placed, forms: Collection[str]) -> bool:
    """Whether a mention ends in a form in which something is swallowed, or one stands right behind it."""
    return any(norm in forms for norm in view.tokens.norms[placed.end - 1 : placed.end + 1])


def _marked(view: BlockView, taken: Collection[str]) -> BlockView:
    if not any(placed.mention.id in taken for placed in view.mentions):
        return view
    return replace(
        view,
        mentions=tuple(
            Placed.of(p.start, p.end, replace(p.mention, concept=Concept.SUPPLEMENT)) if p.mention.id in taken else p
            for p in view.mentions
        ),
    )
