"""Whose harm a sentence tells of: that of the medicine which the page is about, or of something else.

"Acetaminophen can damage the liver" is no warning on a page on another medicine, and neither is "smoking damages the
lungs". The words that tell are those of rules/disclosures/owners.yaml; the clause is read from its closed words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from caveat.analysis.facts import Concept, Mention, Tag, Topic
from caveat.analysis.grammar import BE, DETERMINERS, DO, HAVE, MODALS, PREPOSITIONS, RELATIVES, open_words
from caveat.analysis.mentions import Placed
from caveat.analysis.templates import Match
from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind
from caveat.packs.disclosures import OwnerWords
from caveat.values import dataclass

_FINITE = BE | HAVE | MODALS | DO
_PRONOUNS = frozenset({"it", "they", "this", "these", "that", "those", "them"})
_TAKEN = frozenset({Concept.DRUG, Concept.SUPPLEMENT, Concept.HERB, Concept.FOOD})
_BEFORE_PARTICIPLE = DETERMINERS | PREPOSITIONS  # "an inflamed pancreas"
_APART = frozenset({"not", "than", "unlike", "versus", "vs", "nor"})  # "acetaminophen, not naltrexone, …"
_SHOWN = frozenset({"this", "these"})  # "these painkillers"
_OF = frozenset({"of", "from", "by"})  # "a risk of aspirin"
_OPENING = 3  # tokens before the head of a subject: "the older …"
_REACH = 60  # tokens; no clause that anybody reads is longer
_BEFORE = 4  # tokens before a harm that is the subject: "a rare but serious …"
_NAME = 5  # tokens of a heading that is a name and no more


@dataclass(frozen=True, slots=True)
class Harm:
    """The words of a sentence that name a harm.

    `causes` are the sentence's verbs of harm and `origins` its words that lead a harm back to what it comes of;
    `partners` are words for what takes part in the danger, so that it may be what does the harm.
    """

    match: Match
    causes: Sequence[Match] = ()
    origins: Sequence[Match] = ()
    partners: frozenset[str] = frozenset()


class Owners:
    """The medicine that one document is about, and the headings that were read so far and name another."""

    def __init__(self, words: OwnerWords, topic: Topic, views: Sequence[BlockView]) -> None:
        self.words = words
        self._topic = topic
        self._parts = frozenset(topic.id.split("-"))
        self._groups = frozenset(
            p.mention.group for view in views for p in view.mentions if p.mention.id == topic.id
        )  # fmt: skip
        self._elsewhere: set[str] = set()

    def note(self, view: BlockView) -> None:
        """A heading or a head of a table has been read."""
        block = view.block
        heads = block.kind is BlockKind.HEADING or (block.cell is not None and block.cell.header)
        if heads and self._topic.id and len(view.tokens.norms) <= _NAME:
            named = [p for p in view.mentions if p.mention.concept in _TAKEN]
            joined = not {"and", "with", "or"}.isdisjoint(view.tokens.norms)
            if named and not joined and all(map(self.foreign, named)):
                self._elsewhere.add(block.text)

    def is_elsewhere(self, block: Block) -> bool:
        """Whether the block stands under the name of another medicine, as its section, its row or its column."""
        heads = [*block.section[-1:]]
        if block.cell is not None:
            heads += [block.cell.column_header or "", block.cell.row_header or ""]
        return not self._elsewhere.isdisjoint(heads)

    def foreign(self, placed: Placed) -> bool:
        """Whether a mention is something taken or done that is not what the page is about, nor a class of it."""
        return placed.mention.concept in _TAKEN and not self.ours(placed.mention)

    def ours(self, mention: Mention) -> bool:
        """Whether a mention is what the page is about, a form of it, or a class to which it belongs."""
        parts = frozenset(mention.id.split("-"))
        if parts <= self._parts or self._parts <= parts:
            return True
        return Tag.CLASS in mention.tags and (mention.id in self._groups or mention.group in self._groups)

    def of_another(self, view: BlockView, sentence: int, harm: Harm) -> bool:
        """Whether the harm that some words of a sentence name is another's. None is where the page has no topic."""
        return bool(self._topic.id) and Clause(self, view, sentence, harm.match.start).of_another(harm)


class Clause:
    """The clause around some words of a block, as far as it tells who does what it speaks of."""

    def __init__(self, owners: Owners, view: BlockView, sentence: int, at: int) -> None:
        self._owners = owners
        self._words = owners.words
        self._view = view
        self._norms = view.tokens.norms
        self._sentence = sentence
        low, high = view.tokens.sentences[sentence]
        self._low, self._high = max(low, at - _REACH), min(high, at + _REACH)
        self.start = next((i for i in range(at - 1, self._low - 1, -1) if self._opens(i + 1)), self._low - 1) + 1
        self.end = next((i for i in range(at + 1, self._high) if self._opens(i)), self._high)

    def _opens(self, at: int) -> bool:
        """Whether a clause begins at a token: its conjunction, or what stands behind a break."""
        norms, words = self._norms, self._words
        if at <= self._low or at >= self._high:
            return False
        if norms[at - 1] in words.breaks:
            return True
        if norms[at - 1] == "that" and norms[at - 2] in words.says:
            return True
        joined = norms[at - 1] in words.after_comma and at - 2 >= self._low and norms[at - 2] == ","
        return joined and norms[at] not in _FINITE

    def of_another(self, harm: Harm) -> bool:
        """See `Owners.of_another`."""
        if self.strong:
            return False
        named = [p for p in self.foreign if not self._is_partner(p, harm)]
        subject = self.subject(harm.causes)
        words = self._norms[subject.start : subject.stop]
        if any(self.heads(p, subject) for p in named) or self._takes_another(words, harm.partners):
            return self._words.besides.isdisjoint(self._norms[self.start : self.end])
        if self._comes_of_another(harm, named):
            return True
        if not open_words(words) or "it" in words or _PRONOUNS.issuperset(words):
            return self._carried_on(words)
        if not self._words.people.isdisjoint(words) or not harm.partners.isdisjoint(words):
            return self._owners.is_elsewhere(self._view.block)
        if self._others(words):
            return True
        itself = subject.start < harm.match.end and harm.match.start <= min(subject.stop - 1, subject.start + _BEFORE)
        if itself or not self._words.own.isdisjoint(words) or self._deals(words):
            return self._owners.is_elsewhere(self._view.block)
        if any(subject.stop <= c.start < self.end and self._does(c, harm.match) for c in harm.causes):
            return True
        told = self._norms[subject.stop : self.end]  # "sprinters know …", but "great thirst may show …"
        return bool(told) and MODALS.isdisjoint(told) and self._words.signs.isdisjoint(told)

    @cached_property
    def strong(self) -> bool:
        """Whether the clause names what the page is about, or has "it" as what is taken."""
        norms, words = self._norms, self._words
        for placed in self._view.mentions_between(self.start, self.end):
            shown = Tag.CLASS in placed.mention.tags and norms[placed.start - 1] in _SHOWN
            ours = shown or self._owners.ours(placed.mention)
            if ours and (_APART | words.others).isdisjoint(norms[max(self.start, placed.start - 2) : placed.start]):
                return True
        return any(
            norms[i] in ("it", "them") and norms[i - 1] in words.objects for i in range(self.start + 1, self.end)
        )

    @cached_property
    def foreign(self) -> list[Placed]:
        """What the clause names that is taken and is not the page's."""
        return [p for p in self._view.mentions_between(self.start, self.end) if self._owners.foreign(p)]

    def subject(self, causes: Sequence[Match]) -> range:
        """The words before the first verb of the clause, a fronted phrase left out; none of what tells to do."""
        norms, start = self._norms, self.start
        if norms[start] in self._words.orders:
            return range(start, start)
        while start < self.end and norms[start] in self._words.fronts:
            comma = next((i for i in range(start, self.end) if norms[i] == ","), None)
            if comma is None:
                return range(start, start)
            start = comma + 1
        verbs = {c.start for c in causes}
        end = next(
            (i for i in range(start, self.end) if norms[i] in _FINITE or norms[i] in RELATIVES - _PRONOUNS
             or (i > start and (i in verbs or norms[i] in RELATIVES))),
            self.end,
        )  # fmt: skip
        return range(start, end)

    def _is_partner(self, placed: Placed, harm: Harm) -> bool:
        """Whether a mention takes part in the danger itself, and is no word for its own patients."""
        part = not harm.partners.isdisjoint(self._norms[placed.start : placed.end])
        named = any(first < placed.end and placed.start < last for first, last in harm.match.words)
        after = self._norms[placed.end : placed.end + 1]
        return (part or named) and self._words.people.isdisjoint(after)

    def heads(self, placed: Placed, subject: range) -> bool:
        """Whether a mention heads a subject: "the older statins", "warfarin patients"; not "adding warfarin"."""
        before = self._norms[subject.start : placed.start]
        if not (subject.start <= placed.start < subject.stop and len(before) <= _OPENING):
            return False
        return PREPOSITIONS.isdisjoint(before) and "," not in before and not self._deals(before)

    def _takes_another(self, words: Sequence[str], partners: frozenset[str]) -> bool:
        """Whether a subject is people who take something else: "patients on warfarin"."""
        people, ours = self._words.people, self._words.own | _PRONOUNS | partners
        return any(
            words[i] in self._words.takes and words[i - 1] in people and ours.isdisjoint(words[i + 1 : i + 3])
            for i in range(1, len(words) - 1)
        )  # fmt: skip

    def _deals(self, words: Sequence[str]) -> bool:
        """Whether a subject is what a reader does: "taking two", "skipping a meal"."""
        return bool(words) and words[0].endswith("ing") and words[0] not in self._words.habits

    def _others(self, words: Sequence[str]) -> bool:
        """Whether a subject is another's medicine: "older tablets"."""
        first = next((i for i, word in enumerate(words) if word in self._words.others), None)
        return first is not None and not self._words.own.isdisjoint(words[first:])

    def _does(self, cause: Match, match: Match) -> bool:
        """Whether a verb of harm takes the match, and does not only say how it is: "is hurt", "an inflamed gut"."""
        before = self._norms[cause.start - 1]
        participle = before in BE or (self._norms[cause.start].endswith("ed") and before in _BEFORE_PARTICIPLE)
        return not participle and not match.start < cause.start < match.end

    def _comes_of_another(self, harm: Harm, named: Sequence[Placed]) -> bool:
        """Whether a harm is led back to something else: "a risk of aspirin", "mostly caused by a germ"."""
        last = harm.match.end
        if any(p.start >= last and self._norms[p.start - 1] in _OF for p in named):
            return True
        own = self._words.own | harm.partners
        return any(
            last <= origin.start < self.end and own.isdisjoint(self._norms[origin.end : self.end])
            for origin in harm.origins
        )

    def _carried_on(self, words: Sequence[str]) -> bool:
        """Whether a pronoun, or no subject at all, goes on with something else than the page's medicine."""
        if self._owners.is_elsewhere(self._view.block):
            return True
        if not words or (self._sentence == 0 and self.start == self._low):
            return False
        for before in self._before():
            if before.strong:
                return False
            subject = before.subject(())
            if any(words == ("it",) or before.heads(p, subject) for p in before.foreign):
                return True
            if subject.stop > subject.start and not _PRONOUNS.issuperset(self._norms[subject.start : subject.stop]):
                return False
        return False

    def _before(self) -> Iterator[Clause]:
        """The clauses before this one: of its sentence, and the last of the sentence before."""
        if self.start > self._low:
            yield Clause(self._owners, self._view, self._sentence, self.start - 2)
        if self._sentence:
            low, _ = self._view.tokens.sentences[self._sentence - 1]
            yield Clause(self._owners, self._view, self._sentence - 1, low)
