"""Whose harm a sentence tells of: that of the medicine which the page is about, or of something else.

"Acetaminophen can damage the liver" is no warning on a page on another medicine, and neither is "smoking damages the
lungs". The words that tell are those of rules/disclosures/owners.yaml; the clause is read from its closed words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from caveat.analysis.disclosures.clause import TOLD_AFTER, Clause, Harm, is_alone
from caveat.analysis.disclosures.heads import TAKEN, Heads
from caveat.analysis.disclosures.treatments import Treatments
from caveat.analysis.facts import Concept, Mention, Tag, Topic
from caveat.analysis.grammar import antecedent as antecedent_of
from caveat.analysis.mentions import Placed
from caveat.analysis.templates import Match
from caveat.analysis.topic import ENOUGH
from caveat.analysis.view import BlockView
from caveat.packs.disclosures import OwnerWords
from caveat.packs.when.disclosure import DisclosureKind
from caveat.source import Span

_NAME = 6  # tokens of the longest name before "which"
_OWN_SHARE = 4  # where fewer than one in so many names are of its own medicine, a page is on many


class Owners:
    """The medicine that one document is about, and the headings that were read so far and name another."""

    def __init__(self, words: OwnerWords, topic: Topic, views: Sequence[BlockView]) -> None:
        self.words = words
        self.openers = words.breaks | words.after_comma | {TOLD_AFTER}
        self._topic = topic
        self.on_drug = topic.concept is Concept.DRUG
        self._parts = frozenset(topic.id.split("-"))
        named = [p.mention for view in views for p in view.mentions]
        self._groups = frozenset([m.group for m in named if m.id == topic.id])
        self.heads = Heads(words, topic, self.ours)
        ill = sum(mention.concept is Concept.CONDITION for mention in named)
        self._ill = ill >= ENOUGH and not topic.id
        self._treatments = Treatments(words)
        taken = [m for m in named if m.concept in TAKEN]
        others = [m for m in taken if not self.ours(m)]
        self._other_groups = frozenset(m.group for m in others if not is_alone(m))
        self._many = _OWN_SHARE * (len(taken) - len(others)) < len(taken)

    def note(self, view: BlockView) -> None:
        """A block has been read."""
        heads = self.heads.note(view)
        if self._ill:
            self._treatments.note(view, heads=heads)

    def names_ours(self, view: BlockView, words: tuple[int, int]) -> bool:
        """Whether some tokens of a block name what the page is about."""
        return any(self.ours(p.mention) for p in view.mentions_between(*words))

    def names_only_ours(self, view: BlockView, words: tuple[int, int]) -> bool:
        """Whether some tokens of a block name something taken, and nothing but what the page is about."""
        named = [p for p in view.mentions_between(*words) if p.mention.concept in TAKEN]
        return bool(named) and not any(map(self.foreign, named))

    def foreign(self, placed: Placed) -> bool:
        """Whether a mention is something taken or done that is not what the page is about, nor a class of it."""
        return placed.mention.concept in TAKEN and not self.ours(placed.mention)

    def ours(self, mention: Mention) -> bool:
        """Whether a mention is what the page is about, a form of it, or a class to which it belongs."""
        parts = frozenset(mention.id.split("-"))
        if parts <= self._parts or self._parts <= parts:
            return True
        return Tag.CLASS in mention.tags and (mention.id in self._groups or mention.group in self._groups)

    def alone(self, mention: Mention) -> bool:
        """Whether a class is of the same kind as what the page is about, and the page names no other of the class."""
        return mention.concept is self._topic.concept and mention.group not in self._other_groups

    def of_another(self, view: BlockView, sentence: int, harm: Harm) -> bool:
        """Whether the harm that some words of a sentence name is another's: that of an illness, a habit, a medicine.

        On a page about an illness a harm of any medicine counts, and so does each where a page is about nothing.
        """
        if self._ill:
            return not self._treatments.spoken_of(view, sentence)
        return bool(self._topic.id) and Clause(self, view, sentence, harm.match.start, harm.partners).of_another(harm)

    def harms(self, view: BlockView, words: Span, cause: Span, *, on_topic: bool) -> bool:
        """Whether it is a treatment that does the harm told of in some words of a block by a verb.

        `on_topic` asks for that of the page's topic.
        """
        sentence, start, end = _tokens(view, words)
        _, verb, last = _tokens(view, cause)
        by = last - 1 if view.tokens.norms[last - 1] == "by" else last
        origins = (_match(verb, by + 1),) if view.tokens.norms[by : by + 1] == ("by",) else ()
        if origins:
            harm = Harm(_match(start, max(start + 1, min(end, verb))), origins=origins)
        else:
            harm = Harm(_match(start, end), causes=(_match(verb, last),))
        clause = Clause(self, view, sentence, verb)
        if not on_topic:
            return self._treatments.do(view, clause, harm)
        antecedent = 0 if origins else antecedent_of(view.tokens.norms, verb, clause.low)
        named = view.mentions_between(max(0, antecedent - _NAME), antecedent)
        if named and named[-1].end == antecedent:
            return self.ours(named[-1].mention)
        return not clause.of_another(harm)

    def leads(self, view: BlockView, words: Span) -> bool:
        """Whether a treatment heads the clause with which some words of a block begin."""
        sentence, start, _ = _tokens(view, words)
        return self._treatments.lead(view, Clause(self, view, sentence, start))

    def cautions(self, view: BlockView, words: Span, *, names_whom: bool) -> bool:
        """Whether words of caution in a block are said of the page's medicine.

        Words that bid to ask first are so only where the sentence names somebody or something that has to:
        `names_whom`.
        """
        sentence, start, _ = _tokens(view, words)
        if not self._topic.id or (not names_whom and view.tokens.norms[start] in self.words.asks):
            return False
        return Clause(self, view, sentence, start).cautions()

    def on_another(self, view: BlockView, sentence: int, harm: Harm, kind: DisclosureKind) -> bool:
        """Whether what some words say of a medicine in use, or of its effects, is said of another than the page's.

        A page on many medicines says such things of each, and one on an illness of whatever treatment it names.
        """
        if self._ill:
            return not self._treatments.spoken_of(view, sentence)
        if not self._topic.id or self._many:
            return False
        return Clause(self, view, sentence, harm.match.start).on_another(harm, kind)


def _match(start: int, end: int) -> Match:
    return Match(start, end, ((start, end),), ())


def _tokens(view: BlockView, words: Span) -> tuple[int, int, int]:
    """The number in its block of the sentence of some words, and their tokens."""
    tokens = view.tokens
    start, end = tokens.between(words.start, words.end)
    return bisect_right(tokens.sentences, (start, len(tokens.norms))) - 1, start, max(end, start + 1)
