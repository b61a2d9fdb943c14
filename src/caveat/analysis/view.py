"""One block on its way through the analysis: tokens with what has been found in them so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from caveat.analysis.facts import Cue
from caveat.analysis.mentions import Placed
from caveat.analysis.pipeline import Tokens
from caveat.document import Block
from caveat.source import Span


@dataclass(frozen=True)
class BlockView:
    """A block, its tokens, mentions and cues. `first_sentence` is the document-wide index of its first sentence."""

    index: int
    block: Block
    tokens: Tokens
    mentions: tuple[Placed, ...]
    cues: tuple[Cue, ...]
    first_sentence: int

    def sentence_at(self, token: int) -> int:
        """The number, within the block, of the sentence that holds a token."""
        starts = [start for start, _ in self.tokens.sentences]
        return max(0, bisect_right(starts, token) - 1)

    def mentions_between(self, start: int, end: int) -> tuple[Placed, ...]:
        """The mentions that lie wholly between two token indices."""
        low = bisect_left(self._mention_starts, start)
        high = bisect_left(self._mention_starts, end)
        return tuple(p for p in self.mentions[low:high] if p.end <= end)

    @cached_property
    def _mention_starts(self) -> tuple[int, ...]:
        return tuple(p.start for p in self.mentions)

    def token_range(self, span: Span) -> tuple[int, int]:
        """The tokens that a text span covers, as a half-open range."""
        return bisect_left(self.tokens.ends, span.start + 1), bisect_left(self.tokens.starts, span.end)
