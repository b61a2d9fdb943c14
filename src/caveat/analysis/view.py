"""One block on its way through the analysis: tokens with what has been found in them so far."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from caveat.analysis.facts import Cue
from caveat.analysis.mentions import Placed
from caveat.analysis.pipeline import Tokens
from caveat.document import Block
from caveat.values import dataclass


@dataclass(frozen=True)
class BlockView:
    """A block, its tokens, mentions and cues. `first_sentence` is the document-wide index of its first sentence."""

    index: int
    block: Block
    tokens: Tokens
    mentions: tuple[Placed, ...]
    cues: tuple[Cue, ...]
    first_sentence: int

    def mentions_between(self, start: int, end: int) -> tuple[Placed, ...]:
        """The mentions that lie wholly between two token indices."""
        low = bisect_left(self._mention_starts, start)
        high = bisect_left(self._mention_starts, end)
        return tuple(p for p in self.mentions[low:high] if p.end <= end)

    @cached_property
    def _mention_starts(self) -> tuple[int, ...]:
        return tuple(p.start for p in self.mentions)
