"""One sentence on its way to claims: its words, mentions and predicates, and where its clauses lie."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.facts import Concept, Mention, Topic
from caveat.analysis.grammar import clause_start, is_boundary
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import Predicate
from caveat.analysis.view import BlockView
from caveat.source import Span
from caveat.values import dataclass

HEALTH = frozenset({Concept.CONDITION, Concept.SYMPTOM, Concept.BIOMARKER, Concept.FUNCTION})
TARGETS = HEALTH | {Concept.BODY_PART, Concept.NUTRIENT_STATE}


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


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a block: `start` and `end` are token indices, as everywhere in this room."""

    view: BlockView
    number: int
    start: int
    end: int
    predicates: Sequence[Predicate]
    carried: Carried
    actions: frozenset[int] = frozenset()  # tokens of words that are claims in themselves

    @property
    def norms(self) -> Sequence[str]:
        """The norms of the whole block."""
        return self.view.tokens.norms

    @property
    def index(self) -> int:
        """The document-wide number of the sentence."""
        return self.view.first_sentence + self.number

    def norm(self, at: int) -> str:
        """The word at a token index, or "" outside the sentence."""
        return self.norms[at] if self.start <= at < self.end else ""

    def left(self, at: int) -> int:
        """Where the clause begins that holds the word before `at`."""
        return clause_start(self.norms, at, self.start)

    def right(self, at: int, most: int) -> int:
        """Where the clause ends that holds the word at `at`, but at most `most` tokens on."""
        stop = min(self.end, at + most)
        for place in range(at, stop):
            if place > at and is_boundary(self.norms, place):
                return place
        return stop

    def span(self, start: int, end: int) -> Span:
        """The text span of some tokens."""
        return self.view.tokens.span(start, end)

    def text(self, start: int, end: int) -> str:
        """The words of some tokens as written."""
        return self.span(start, end).of(self.view.block.text) if end > start else ""

    def interventions(self, low: int, high: int) -> list[Placed]:
        """The drugs, supplements, herbs, therapies… named between two tokens."""
        return [
            p
            for p in self.view.mentions_between(low, high)
            if p.mention.concept.intervention and p.start not in self.actions
        ]

    def targets(self, low: int, high: int) -> list[Placed]:
        """What a claim can be about, between two tokens; not what has gone before: "pain after shingles"."""
        placed = self.view.mentions_between(low, high)
        return [
            p for p in placed if p.mention.concept in TARGETS and (p.start <= low or self.norms[p.start - 1] != "after")
        ]
