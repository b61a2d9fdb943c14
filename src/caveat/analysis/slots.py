"""What the slots of phrase templates can take in a block: what is named there, numbers and links."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from caveat.analysis.pipeline import Tokens
from caveat.values import dataclass

_NUMBER = frozenset({"number"})
_URL = frozenset({"url"})
_NUMBER_WORDS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
     "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "dozen",
     "half"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SlotSpan:
    """Something a slot can take: a token range and every name by which a slot may ask for it."""

    start: int
    end: int
    names: frozenset[str]


class Slots:
    """What slots can take in a block, worked out sentence by sentence when first asked for.

    `spans` are those of the block that have a name, in reading order; a token is a number or a link by its form.
    """

    def __init__(self, tokens: Tokens, spans: Sequence[SlotSpan] = ()) -> None:
        self.tokens = tokens
        self.spans = spans
        self._starts = [span.start for span in spans]
        self._sentences: dict[int, SentenceSlots] = {}

    def of(self, sentence: int) -> SentenceSlots:
        """What slots can take in a sentence, by its number in the block."""
        found = self._sentences.get(sentence)
        if found is None:
            low, high = self.tokens.sentences[sentence]
            here = self.spans[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
            found = self._sentences[sentence] = SentenceSlots(self.tokens, low, high, here)
        return found


class SentenceSlots:
    """What slots can take in one sentence. `names` are those of everything there."""

    __slots__ = ("_places", "_spans", "names")

    def __init__(self, tokens: Tokens, low: int, high: int, spans: Sequence[SlotSpan]) -> None:
        """`low` and `high` are the sentence's tokens, `spans` those that begin in it."""
        self._spans = [(s.start, s.end, s.names) for s in spans if s.end <= high]
        for i, norm in enumerate(tokens.norms[low:high], low):
            if norm in _NUMBER_WORDS:
                self._spans.append((i, i + 1, _NUMBER))
            elif not norm.isalpha():  # most are words, and done
                text = tokens.texts[i]
                if text[0].isdigit():
                    self._spans.append((i, i + 1, _NUMBER))
                elif "://" in text or text.startswith("www."):
                    self._spans.append((i, i + 1, _URL))
        self.names = frozenset[str]().union(*[names for _, _, names in self._spans])
        self._places: dict[frozenset[str], list[tuple[int, int]]] = {}

    def places(self, names: frozenset[str]) -> Sequence[tuple[int, int]]:
        """The token ranges that a slot of these names can take."""
        found = self._places.get(names)
        if found is None:
            found = self._places[names] = [(start, end) for start, end, its in self._spans if not names.isdisjoint(its)]
        return found
