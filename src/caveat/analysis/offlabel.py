"""Medicines at a dose that no approval covers: the mention says so, and every rule can ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from caveat.analysis.facts import Concept, Dose, Mention, Tag
from caveat.analysis.mentions import Placed
from caveat.analysis.view import BlockView
from caveat.document import BlockKind
from caveat.packs.labels import Labels

_NEAR = 40  # characters between a medicine and its dose


def mark_off_label(views: Sequence[BlockView], doses: Sequence[Dose], labels: Labels) -> tuple[BlockView, ...]:
    """The views with the tag on medicines that stand by such a dose, or under a heading with one."""
    foreign = [d for d in doses if d.substance and labels.is_off_label_dose(d.substance, d)]
    if not foreign:
        return tuple(views)
    by_block: dict[int, list[Dose]] = {}
    by_heading: dict[str, list[Dose]] = {}
    for dose in foreign:
        by_block.setdefault(dose.block, []).append(dose)
        block = views[dose.block].block
        if block.kind is BlockKind.HEADING:
            by_heading.setdefault(block.text, []).append(dose)
    return tuple(_marked(view, by_block.get(view.index, ()), by_heading) for view in views)


def _marked(view: BlockView, here: Sequence[Dose], by_heading: Mapping[str, Sequence[Dose]]) -> BlockView:
    above = [dose for heading in view.block.section for dose in by_heading.get(heading, ())]
    if not here and not above:
        return view
    return replace(view, mentions=tuple(_tagged(placed, here, above) for placed in view.mentions))


def _tagged(placed: Placed, here: Sequence[Dose], above: Sequence[Dose]) -> Placed:
    mention = placed.mention
    if mention.concept is not Concept.DRUG or Tag.OFF_LABEL in mention.tags:
        return placed
    if any(d.substance == mention.id and _beside(mention, d) for d in here) or any(
        d.substance == mention.id for d in above
    ):
        return Placed.of(placed.start, placed.end, replace(mention, tags=mention.tags | {Tag.OFF_LABEL}))
    return placed


def _beside(mention: Mention, dose: Dose) -> bool:
    return min(abs(dose.span.start - mention.span.end), abs(mention.span.start - dose.span.end)) <= _NEAR
