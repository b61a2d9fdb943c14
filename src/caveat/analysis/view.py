"""One block on its way through the analysis: tokens with what has been found in them so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from caveat.analysis.facts import HEALTH, Concept, Cue, Mention
from caveat.analysis.mentions import Placed
from caveat.analysis.pipeline import Tokens
from caveat.analysis.slots import Slots
from caveat.document import Block
from caveat.values import dataclass

TARGETS = HEALTH | {Concept.BODY_PART, Concept.NUTRIENT_STATE}


class Row:
    """Mentions in reading order."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._placed = placed
        self._starts = [p.start for p in placed]

    def __bool__(self) -> bool:
        return bool(self._starts)

    @property
    def last(self) -> Mention | None:
        """The last mention, if there is one."""
        return self._placed[-1].mention if self._placed else None

    def between(self, start: int, end: int) -> Sequence[Placed]:
        """Those that lie wholly between two token indices."""
        if not self._starts or start >= end:
            return ()
        found = self._placed[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return found if not found or found[-1].end <= end else found[:-1]


@dataclass(frozen=True)
class BlockView:
    """A block, its tokens, mentions and cues.

    `acting` are the interventions where some are named only as left out; None for those among the mentions.
    """

    index: int
    block: Block
    tokens: Tokens
    mentions: tuple[Placed, ...]
    cues: tuple[Cue, ...]
    acting: tuple[Placed, ...] | None = None

    def mentions_between(self, start: int, end: int) -> Sequence[Placed]:
        """The mentions that lie wholly between two token indices."""
        return self._all.between(start, end)

    @cached_property
    def slots(self) -> Slots:
        """What the slots of templates can take."""
        return Slots(self.tokens, self.mentions)

    @cached_property
    def _all(self) -> Row:
        return Row(self.mentions)

    @cached_property
    def interventions(self) -> Row:
        """The drugs, supplements, herbs, therapies… that are taken, used or done."""
        if self.acting is not None:
            return Row(self.acting)
        return Row([p for p in self.mentions if p.mention.concept.intervention])

    @cached_property
    def targets(self) -> Row:
        """The mentions that a claim can be about."""
        return Row([p for p in self.mentions if p.mention.concept in TARGETS])
