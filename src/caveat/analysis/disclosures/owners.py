"""Whose harm a sentence tells of: that of the medicine which the page is about, or of something else.

"Acetaminophen can damage the liver" is no warning on a page on another medicine, and neither is "smoking damages the
lungs". The words that tell are those of rules/disclosures/owners.yaml; the clause is read from its closed words.
"""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.disclosures.clause import TOLD_AFTER, Clause, Harm, is_alone
from caveat.analysis.disclosures.heads import TAKEN, Heads
from caveat.analysis.disclosures.treatments import Treatments
from caveat.analysis.facts import Concept, Mention, Tag, Topic
from caveat.analysis.mentions import Placed
from caveat.analysis.templates import Match
from caveat.analysis.topic import ENOUGH
from caveat.analysis.view import BlockView
from caveat.packs.disclosures import OwnerWords
from caveat.packs.when.disclosure import DisclosureKind

_OWN_SHARE = 4  # where fewer than one in so many names are of its own medicine, a page is on many


class Owners:
    """The medicine that one document is about, and the headings that were read so far and name another."""

    def __init__(self, words: OwnerWords, topic: Topic, views: Sequence[BlockView]) -> None:
        self.words = words
        self.openers = words.breaks | words.after_comma | {TOLD_AFTER}
        self._topic = topic
        self._parts = frozenset(topic.id.split("-"))
        named = [p.mention for view in views for p in view.mentions]
        self._groups = frozenset([m.group for m in named if m.id == topic.id])
        self.heads = Heads(words, topic, self.ours)
        ill = sum(mention.concept is Concept.CONDITION for mention in named)
        self._treatments = Treatments(words) if ill >= ENOUGH and not topic.id else None
        taken = [m for m in named if m.concept in TAKEN]
        others = [m for m in taken if not self.ours(m)]
        self._other_groups = frozenset(m.group for m in others if not is_alone(m))
        self._many = _OWN_SHARE * (len(taken) - len(others)) < len(taken)

    def note(self, view: BlockView) -> None:
        """A block has been read."""
        heads = self.heads.note(view)
        if self._treatments is not None:
            self._treatments.note(view, heads=heads)

    def names_ours(self, view: BlockView, words: tuple[int, int]) -> bool:
        """Whether some tokens of a block name what the page is about."""
        return any(self.ours(p.mention) for p in view.mentions_between(*words))

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
        if self._treatments is not None:
            return not self._treatments.spoken_of(view, sentence)
        return bool(self._topic.id) and Clause(self, view, sentence, harm.match.start, harm.partners).of_another(harm)

    def on_another(self, view: BlockView, sentence: int, match: Match, kind: DisclosureKind) -> bool:
        """Whether what some words say of a medicine in use is said of another than the page's.

        A page on many medicines says such things of each, and one on an illness of whatever treatment it names.
        """
        if self._treatments is not None:
            return not self._treatments.spoken_of(view, sentence)
        if not self._topic.id or self._many:
            return False
        return Clause(self, view, sentence, match.start).on_another(match, kind)
