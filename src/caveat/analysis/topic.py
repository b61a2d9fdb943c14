"""What an article is about: the substance or therapy of its title, first heading, or most of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from caveat.analysis.facts import Concept, Dose, Mention, Tag, Topic
from caveat.document import BlockKind, Document

_MAIN = frozenset({Concept.DRUG, Concept.SUPPLEMENT, Concept.HERB, Concept.FOOD, Concept.DEVICE, Concept.THERAPY})
ENOUGH = 3
"""Mentions that make a substance, or an illness, the topic where no title names one."""


def find_topic(document: Document, mentions: Sequence[Mention], doses: Sequence[Dose] = ()) -> Topic:
    """The main intervention of the document, or an empty topic.

    The title decides, then the first heading, then frequency, unless a condition is spoken of more often: then
    the document is about the condition. A dose in the title is the topic's dose.
    """
    main = [m for m in mentions if m.concept in _MAIN]
    counted = Counter([m.id for m in main])
    for kinds in ((BlockKind.TITLE,), (BlockKind.HEADING,)):
        block = next((i for i, b in enumerate(document.blocks) if b.kind in kinds and not b.region.boilerplate), None)
        named = [m for m in main if m.block == block]
        if named:
            best = max(named, key=lambda m: (counted[m.id], -m.span.start))
            if Tag.CLASS in best.tags and (member := _member(document, mentions, best)) is not None:
                best = member
            dose = next((d for d in doses if d.block == block and d.substance in ("", best.id)), None)
            return Topic(best.id, best.text, best.concept, dose, best.tags)
    if counted:
        name, count = counted.most_common(1)[0]
        conditions = Counter(m.id for m in mentions if m.concept is Concept.CONDITION)
        if count >= max(ENOUGH, *conditions.values(), 0):
            found = next(m for m in main if m.id == name)
            return Topic(name, found.text, found.concept, tags=found.tags)
    return Topic()


def _member(document: Document, mentions: Sequence[Mention], of: Mention) -> Mention | None:
    """What the first heading names where the title names only its class: "Weight loss injections", "Wegovy online"."""
    block = next((i for i, b in enumerate(document.blocks) if b.kind is BlockKind.HEADING), None)
    if block == of.block:
        return None
    named = (m for m in mentions if m.block == block and m.concept is of.concept)
    return next((m for m in named if Tag.CLASS not in m.tags), None)
