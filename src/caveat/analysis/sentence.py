"""One sentence on its way to claims: its words, mentions and predicates, and where its clauses lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from caveat.analysis.circumstances import Surroundings
from caveat.analysis.clauses import boundaries
from caveat.analysis.facts import Mention, Topic
from caveat.analysis.grammar import is_open
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.view import BlockView
from caveat.source import Span
from caveat.values import dataclass

_VERBS = frozenset({Shape.ACTIVE, Shape.IMPERATIVE, Shape.COORDINATE})
_MEDICINES = frozenset({"drug", "drugs", "medicine", "medicines", "medication", "medications", "tablets", "pills"})
_CLAUSE_REACH = 60  # tokens; no clause that anybody reads is longer


@dataclass(frozen=True, slots=True)
class Carried:
    """What a block inherits: the last intervention named, the topic, the section's subject, the list's lead.

    `advice` tells that the block is an item of a list that instructs the reader.
    """

    last: Mention | None
    topic: Topic
    section: Mention | None
    lead: tuple[Predicate, Mention | None, bool] | None  # predicate that introduces a list, its subject, negated
    advice: bool = False

    @property
    def antecedent(self) -> Mention | None:
        """What a pronoun at the start of the block most likely stands for."""
        return self.section or self.last


class SentenceView:
    """A sentence of a block: `start` and `end` are token indices, as everywhere in this room.

    `norms` are those of the whole block, `words` the places in them of each word of the sentence, `index` is the
    document-wide number of the sentence, `surroundings` answer for what stands around its words, `actions` are the
    tokens of words that are claims in themselves.
    """

    def __init__(
        self,
        view: BlockView,
        number: int,
        predicates: Sequence[Predicate],
        carried: Carried,
        surroundings: Surroundings,
        *,
        actions: frozenset[int] = frozenset(),
    ) -> None:
        self.view = view
        self.number = number
        self.start, self.end = view.tokens.sentences[number]
        self.norms = view.tokens.norms
        self.words = view.tokens.words[number]
        self.index = view.tokens.first_sentence + number
        self.predicates = predicates
        self.carried = carried
        self.surroundings = surroundings
        self.actions = actions

    def claiming(self, actions: Iterable[int]) -> SentenceView:
        """The same sentence where words at some tokens are claims in themselves."""
        found = frozenset(actions)
        return SentenceView(self.view, self.number, self.predicates, self.carried, self.surroundings, actions=found)

    @cached_property
    def _boundaries(self) -> Sequence[int]:
        verbs = [p.start for p in self.predicates if p.shape in _VERBS]
        return boundaries(self.norms, self.words, verbs, self.end)

    def norm(self, at: int) -> str:
        """The word at a token index, or "" outside the sentence."""
        return self.norms[at] if self.start <= at < self.end else ""

    def left(self, at: int) -> int:
        """Where the clause begins that holds the word before `at`."""
        behind = bisect_left(self._boundaries, at)
        begins = self._boundaries[behind - 1] + 1 if behind else self.start
        return max(begins, self.start, at - _CLAUSE_REACH)

    def right(self, at: int, most: int) -> int:
        """Where the clause ends that holds the word at `at`, but at most `most` tokens on."""
        ahead = bisect_right(self._boundaries, at)
        stop = min(self.end, at + most)
        return min(stop, self._boundaries[ahead]) if ahead < len(self._boundaries) else stop

    def after_that(self, low: int, high: int) -> int:
        """Where the last clause of a stretch begins that "that" opens and whose words mean something; else `low`."""
        if "that" in self.words and "that" in self.norms[low + 1 : high]:
            for at in range(high - 1, low, -1):
                if self.norms[at] == "that" and any(map(is_open, self.norms[at + 1 : high])):
                    return at + 1
        return low

    def span(self, start: int, end: int) -> Span:
        """The text span of some tokens."""
        return self.view.tokens.span(start, end)

    def text(self, start: int, end: int) -> str:
        """The words of some tokens as written."""
        tokens = self.view.tokens
        return self.view.block.text[tokens.starts[start] : tokens.ends[end - 1]] if end > start else ""

    def interventions(self, low: int, high: int) -> Sequence[Placed]:
        """The drugs, supplements, herbs, therapies… named between two tokens."""
        named = self.view.interventions.between(low, high)
        return [p for p in named if p.start not in self.actions] if self.actions else named

    def targets(self, low: int, high: int) -> list[Placed]:
        """What a claim can be about, between two tokens.

        Not what has gone before, "pain after shingles", nor what only names a medicine: "osteoporosis drugs".
        """
        named = self.view.targets.between(low, high)
        return [
            p for p in named
            if (p.start <= low or self.norms[p.start - 1] != "after") and self.norm(p.end) not in _MEDICINES
        ]  # fmt: skip
