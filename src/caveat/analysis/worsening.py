"""Where more of what a claim is about is bad: "boosts inflammation", "feeds the growth of tumours"."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.facts import ILLNESS, Concept, Mention, Tag
from caveat.analysis.grammar import BOUNDARIES, CONJUNCTIONS, DETERMINERS, is_open
from caveat.analysis.inflect import inflections, third_person
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.sentence import SentenceView
from caveat.packs.predicates import Effect, Frames

_GOOD = frozenset({"better", "good", "new", "natural", "no"})  # determiners that say of more what it is, or how much
_BETWEEN = (DETERMINERS - _GOOD) | {"of", "in"}
_GOES_ON = BOUNDARIES | CONJUNCTIONS  # behind an object that is complete


class Worsening:
    """Tells of a benefit whether it is none, since more of its target is meant. Plain data."""

    def __init__(self, frames: Frames) -> None:
        self._raising = frozenset(form for word in frames.raising for form in (*inflections(word), third_person(word)))
        self._growth = frozenset(frames.growth)
        self._beside = _BETWEEN | self._growth | frozenset(frames.graveness)

    def does(self, sentence: SentenceView, predicate: Predicate, targets: Sequence[Placed]) -> bool:
        """Whether a predicate of benefit makes more of something bad.

        Its first target but for parts of the body is bad, and is itself its object: not "promotes recovery from
        arthritis", "boosts pain tolerance" or "enhances a healthy blood pressure". A verb that as often means care
        does so only of what grows: "supports the growth of tumours".
        """
        if predicate.effect is not Effect.BETTER:
            return False
        first = next((t for t in targets if t.mention.concept is not Concept.BODY_PART), None)
        if first is None or not _is_bad(first.mention):
            return False
        norms = sentence.norms
        if predicate.shape is Shape.PASSIVE:
            return norms[predicate.start] in self._raising and not any(map(is_open, norms[first.end : predicate.start]))
        between = _last_of_list(norms[predicate.end : first.start])
        if first.start < predicate.end or not self._beside.issuperset(between):
            return False
        if norms[predicate.start] not in self._raising and self._growth.isdisjoint((*between, norms[first.start])):
            return False  # "supports arthritis patients"
        following = sentence.norm(first.end)
        return not is_open(following) or following in self._growth or following in _GOES_ON


def _last_of_list(norms: Sequence[str]) -> Sequence[str]:
    """The words behind the last conjunction: of "blood levels and the risk of" those that belong to what follows."""
    last = max((at for at, norm in enumerate(norms) if norm in CONJUNCTIONS), default=-1)
    return norms[last + 1 :]


def _is_bad(mention: Mention) -> bool:
    if mention.concept in ILLNESS:
        return Tag.NATURAL_STATE not in mention.tags
    return Tag.LOWER_BETTER in mention.tags
