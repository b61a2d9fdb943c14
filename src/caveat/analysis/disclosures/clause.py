"""The clause around words of harm or of use: who does what it speaks of, the page's medicine or something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from caveat.analysis.disclosures.heads import NAME, TAKEN
from caveat.analysis.facts import ILLNESS, Concept, Mention, Tag
from caveat.analysis.grammar import AUXILIARIES, BE, DETERMINERS, MODALS, PREPOSITIONS, RELATIVES, is_open
from caveat.analysis.mentions import Placed
from caveat.analysis.templates import Match
from caveat.analysis.view import BlockView
from caveat.packs.when.disclosure import DisclosureKind
from caveat.values import dataclass

if TYPE_CHECKING:
    from caveat.analysis.disclosures.owners import Owners

_EXPECTING = "pregnancy"  # the group of illnesses in rules/lexicon/conditions that is none
_OF_PEOPLE = frozenset({DisclosureKind.AGE_LIMIT, DisclosureKind.PREGNANCY})
_OF_REFUSAL = _OF_PEOPLE | {DisclosureKind.CONTRAINDICATIONS}
_FELT = frozenset({Concept.BODY_PART, Concept.SYMPTOM, Concept.FUNCTION})
_LIVED = frozenset({Concept.CONDITION, Concept.THERAPY})
_BEFORE_PARTICIPLE = DETERMINERS | PREPOSITIONS  # "an inflamed pancreas"
_PERSONAL = frozenset({"it", "they"})
_BEFORE_NOUN = frozenset({"a", "an", "no", "any"})
_PASSIVE = 6  # tokens from the first verb on in which "be given" stands
TOLD_AFTER = "that"  # opens a clause behind "says"
_DENIALS = frozenset({"not", "never"})
_TOLD = MODALS | {"not", "never"}
_ON = 3  # … and "patients on …"
_TAKEN_BY = 5  # tokens in which "who take …" names what is taken
_WHO = 8  # tokens from "who" on that may hold the verb of taking and what is taken
_JOINED = (("and",), ("or",), (",",))  # "the old and people on morphine": others too
_OBJECT = 3  # tokens between a verb and the end of what it takes
_OPENING = 3  # tokens before the head of a subject: "the older …"
_REACH = 60  # tokens; no clause that anybody reads is longer
_BEFORE = 4  # tokens before a harm that is the subject: "a rare but serious …"


@dataclass(frozen=True, slots=True)
class Harm:
    """The words of a sentence that name a harm.

    `causes` are the sentence's verbs of harm and `origins` its words that lead a harm back to what it comes of;
    `partners` are words for what takes part in the danger, so that it may be what does the harm. `named` tells that
    the match is a harm by itself ("bleeding"), not only what may be harmed ("the liver").
    """

    match: Match
    causes: Sequence[Match] = ()
    origins: Sequence[Match] = ()
    partners: frozenset[str] = frozenset()
    named: bool = False


def is_alone(mention: Mention) -> bool:
    """Whether a mention is a class in the singular: "painkiller"."""
    return Tag.CLASS in mention.tags and not mention.text.endswith("s")


class Clause:
    """The clause around some words of a block, as far as it tells who does what it speaks of."""

    def __init__(
        self, owners: Owners, view: BlockView, sentence: int, at: int, partners: frozenset[str] = frozenset()
    ) -> None:
        self._partners = partners
        self._owners = owners
        self._words = owners.words
        self._view = view
        self._norms = view.tokens.norms
        self._sentence = sentence
        self._at = at
        low, high = view.tokens.sentences[sentence]
        self._low, self._high = max(low, at - _REACH), min(high, at + _REACH)
        near = range(self._low, self._high)
        opened = [i + 1 for i in near if self._norms[i] in owners.openers and self._opens(i + 1)]
        self.start = max([i for i in opened if i <= at], default=self._low)
        self.end = min([i for i in opened if i > at], default=self._high)

    def _opens(self, at: int) -> bool:
        """Whether a clause begins at a token: its conjunction, or what stands behind a break."""
        norms, words = self._norms, self._words
        if at <= self._low or at >= self._high:
            return False
        if norms[at - 1] in words.breaks:
            return True
        if at - 2 < self._low:
            return False
        if norms[at - 1] == TOLD_AFTER and norms[at - 2] in words.says:
            return True
        return norms[at - 1] in words.after_comma and norms[at - 2] == "," and norms[at] not in AUXILIARIES

    def of_another(self, harm: Harm) -> bool:
        """See `Owners.of_another`."""
        if self.lacking:
            return True
        if self.strong or (self._takes_it and self._follows_another()):
            return not self.strong
        named = [p for p in self.foreign if not self._is_partner(p, harm)]
        subject = self.subject(harm.causes)
        words = self._norms[subject.start : subject.stop]
        label = self._label()
        labelled = label is not None and not self._is_partner(label, harm)
        headed = labelled or any(self.heads(p, subject) for p in named)
        if headed or self._takes_another(subject, harm.partners):
            return self._words.besides.isdisjoint(self._norms[self.start : self.end])
        if self._adds_to_another() or self._comes_of_another(harm, named) or any(map(self._handled, named)):
            return True
        if self._points_back(words):
            return self._carried_on(words)
        if not self._words.people.isdisjoint(words) or not harm.partners.isdisjoint(words):
            ill = (
                "with" in words
                and self._is_ill(subject)
                and self._words.likelier.isdisjoint(self._norms[subject.stop : self.end])
            )
            return ill or self._is_elsewhere or self._runs_partner(words, harm.partners)
        if self._others(words):
            return True
        does = any(subject.stop <= c.start < self.end and self._does(c, harm.match) for c in harm.causes)
        itself = subject.start < harm.match.end and harm.match.start <= min(subject.stop - 1, subject.start + _BEFORE)
        if (itself and not (does and not harm.named)) or self._means_ours(subject):
            return self._is_elsewhere or (itself and self._told_of_another())
        told = self._norms[subject.stop : self.end]  # "sprinters know …", but "great thirst may show …"
        sign = told[1:2] == ("be",)  # "a pain in the heel may be …"
        felt = any(p.mention.concept in _FELT for p in self._view.mentions_between(subject.start, subject.stop))
        felt = felt and not self._is_thing(words)
        reported = not self._words.signs.isdisjoint((*words, *told))
        return does or not (felt or sign or not told or reported)

    @property
    def _is_elsewhere(self) -> bool:
        return self._owners.heads.is_elsewhere(self._view.block, self._partners)

    @cached_property
    def strong(self) -> bool:
        """Whether the clause names what the page is about, or has "it" as what is taken."""
        return self.names_ours or (self._takes_it and not self._follows_another())

    @cached_property
    def names_ours(self) -> bool:
        """Whether the clause names what the page is about."""
        norms, words = self._norms, self._words
        for placed in self._view.mentions_between(self.start, self.end):
            shown = Tag.CLASS in placed.mention.tags and self._shows(placed)
            ours = shown or self._owners.ours(placed.mention)
            if ours and (words.apart | words.others).isdisjoint(
                norms[max(self.start, placed.start - 2) : placed.start]
            ):
                return True
        return False

    @property
    def _is_shown(self) -> bool:
        """Whether the clause points to medicines as the page's: "these tablets"."""
        told = pairwise(self._norms[self.start : self.end])
        return any(one in self._words.shown and two in self._words.medicines for one, two in told)

    def _shows(self, placed: Placed) -> bool:
        """Whether a class is pointed to as what the page is about: "these painkillers", "the painkiller can …"."""
        before = self._norms[max(self._low, placed.start - 1) : placed.start]
        if not self._words.shown.isdisjoint(before):
            return True
        alone = self._norms[placed.end : placed.end + 1]
        one = is_alone(placed.mention)
        return before == ("the",) and one and not AUXILIARIES.isdisjoint(alone) and self._owners.alone(placed.mention)

    @property
    def low(self) -> int:
        """The first token that is looked at."""
        return self._low

    @property
    def is_continued(self) -> bool:
        """Whether another clause of the sentence stands before this one."""
        return self.start > self._low

    @cached_property
    def lacking(self) -> bool:
        """Whether too little of what a page is about, no drug, is told of before the words: "low iron can …"."""
        if self._owners.on_drug:
            return False
        norms, lacks = self._norms, self._words.lacks
        told = norms[self._low : self._at]
        if not lacks.isdisjoint(told) or not lacks.isdisjoint(map(" ".join, pairwise(told))):
            return True
        named = self._view.mentions_between(self._low, self._at)
        return any(p.mention.concept is Concept.NUTRIENT_STATE and norms[p.start] in self._words.little for p in named)

    @property
    def _takes_it(self) -> bool:
        """Whether the clause has "it" as what is taken; not ", for it …"."""
        norms = self._norms
        return any(
            norms[i] in ("it", "them") and norms[i - 1] in self._words.objects and not self._opens_with(i)
            for i in range(self.start + 1, self.end)
        )

    def _opens_with(self, pronoun: int) -> bool:
        """Whether a pronoun opens a clause behind what could be a preposition: "…, for it …", "after it damaged …"."""
        norms = self._norms
        if norms[max(self._low, pronoun - 2) : pronoun] == (",", "for"):
            return True
        after = norms[pronoun + 1] if pronoun + 1 < self.end else ""
        return norms[pronoun - 1] in self._words.times and (after in AUXILIARIES or after.endswith("ed"))

    def _follows_another(self) -> bool:
        """Whether a clause before tells of another medicine, so that "it" is that one: "Warfarin …, and on it …"."""
        for before in self.before():
            if before.names_ours:
                return False
            if before.leads_with_another(before.subject(())):
                return True
        return False

    @cached_property
    def foreign(self) -> list[Placed]:
        """What the clause names that is taken and is not the page's."""
        return [p for p in self._view.mentions_between(self.start, self.end) if self._owners.foreign(p)]

    def cautions(self) -> bool:
        """Whether words of caution are said of the page's medicine: it is named, what is taken, or the subject."""
        if self.lacking or self._is_elsewhere:
            return False
        if self.strong or self._is_shown:
            return True
        subject = self.subject(())
        words = self._norms[subject.start : subject.stop]
        if not words:
            return not self.foreign
        return not self._carried_on(words) if self._points_back(words) else self._means_ours(subject)

    def subject(self, causes: Sequence[Match]) -> range:
        """The words before the first verb of the clause, a fronted phrase left out; none of what tells to do."""
        norms, start = self._norms, self.start
        if norms[start] in self._words.orders:
            return range(start, start)
        while start < self.end and norms[start] in self._words.fronts:
            comma = next((i for i in range(start, self.end) if norms[i] == ","), None)
            if comma is None:
                return range(start, start)
            if not (RELATIVES - self._words.pronouns).isdisjoint(
                norms[comma + 1 : comma + 2]
            ):  # "unlike insulin, which …"
                return range(start + 1, comma)
            start = comma + 1
        verbs = {c.start for c in causes}
        end = next(
            (i for i in range(start, self.end)
             if norms[i] in AUXILIARIES or norms[i] in RELATIVES - self._words.pronouns
             or (i > start and (i in verbs or norms[i] in RELATIVES or norms[i] in self._words.suffers))),
            self.end,
        )  # fmt: skip
        return range(start, end)

    def on_another(self, harm: Harm, kind: DisclosureKind) -> bool:
        """See `Owners.on_another`. Interactions are had with a second medicine, and side effects by people."""
        felt, interacts = kind is DisclosureKind.SIDE_EFFECTS, kind is DisclosureKind.INTERACTIONS
        if felt and (self.lacking or (not self._owners.on_drug and self._owners.heads.tell_of_lack(self._view.block))):
            return True
        match, subject = harm.match, self.subject(())
        if interacts and self._owners.names_only_ours(self._view, (match.start, match.end)):
            return True
        foreign = [p for p in self.foreign if p.end <= match.start or match.end <= p.start]
        headed = [p for p in foreign if self.heads(p, subject)]
        about = bool(headed) and not interacts and not self.names_ours and self._is_used(subject.stop)
        adds = not felt and not self._words.besides.isdisjoint(self._norms[self.start : self.end])
        if (self.strong and not about) or adds:
            return about
        if interacts:
            first = next((p for p in self.foreign if self.heads(p, subject)), None)
            if first is not None:
                return self._has_to_do_with_another(first.end)
        if headed or self._adds_to_another() or any(map(self._handled, foreign)):
            return True
        return self._of_something_else(harm, kind, subject)

    def _of_something_else(self, harm: Harm, kind: DisclosureKind, subject: range) -> bool:
        """The rest of `on_another`, where no other medicine heads the clause and it does not name the page's."""
        words = self._norms[subject.start : subject.stop]
        foreign = [p for p in self.foreign if p.end <= harm.match.start or harm.match.end <= p.start]
        if kind is not DisclosureKind.INTERACTIONS:
            alien = words and words[0] in self._words.habits
            thing = harm.match.start >= subject.stop and self._is_thing(words)
            if self._label() is not None or alien or thing or any(map(self._forbidden, foreign)):
                return True
        if kind in _OF_REFUSAL and not self._is_shown and self._bids_otherwise(harm.match):
            return True
        if kind in _OF_PEOPLE and self._words.people.isdisjoint(words) and not self._is_shown:
            ill = self._view.mentions_between(subject.start, min(subject.stop, subject.start + _OBJECT))
            if any(p.mention.concept in ILLNESS and p.mention.group != _EXPECTING for p in ill):
                return True
        felt = kind is DisclosureKind.SIDE_EFFECTS
        if felt and (self._takes_another(subject, frozenset()) or any(map(self._is_alien, harm.origins))):
            return True
        if self._points_back(words):
            return self._carried_on(words)
        return (
            self._others(words)
            or self._is_elsewhere
            or (felt and self.of_another(Harm(harm.match, harm.causes, named=harm.named)))
        )

    def _bids_otherwise(self, match: Match) -> bool:
        """Whether the clause tells to leave out or not to do something that is neither a medicine nor the match.

        "Avoid heavy meals if you …", "people with diabetes should not skip meals".
        """
        norms, words = self._norms, self._words
        bids = next((i for i in range(self.start, self.end) if norms[i] in words.leaves or norms[i] in _DENIALS), None)
        if bids is None:
            return False
        end = next((i for i in range(bids + 1, self.end) if norms[i] in words.fronts or norms[i] == ","), self.end)
        told = norms[bids + 1 : end]
        if match.start < end and bids < match.end:
            return False
        ours = words.own | words.medicines | words.others | words.pronouns | words.uses | words.handles | words.objects
        named = [word for word, after in pairwise((*told, "")) if is_open(word) and after != "up"]
        taken = any(p.mention.concept in TAKEN for p in self._view.mentions_between(bids, end))
        return bool(named) and ours.isdisjoint(named) and not taken

    def _points_back(self, words: Sequence[str]) -> bool:
        """Whether a subject names nothing itself: none, a pronoun, "this medicine"."""
        return (
            not any(map(is_open, words))
            or "it" in words
            or words[0] in self._words.pointing
            or self._words.pronouns.issuperset(words)
        )

    def _is_used(self, after: int) -> bool:
        """Whether a subject is what is taken, by itself: "allopurinol should not be given to …"."""
        told = self._norms[after : min(after + _PASSIVE, self.end)]
        taken = any(first in BE and second in self._words.uses for first, second in pairwise(told))
        return taken and self._words.beside.isdisjoint(self._norms[after : self.end])

    def _has_to_do_with_another(self, after: int) -> bool:
        """Whether a medicine is told to clash with something that is not the page's: "warfarin clashes with kale"."""
        other = next((i for i in range(after, self.end) if self._norms[i] == "with"), None)
        if other is None:
            return False
        named = any(other < p.start <= other + _OBJECT for p in self.foreign)
        return named or self._words.own.isdisjoint(self._norms[other + 1 : other + _OBJECT])

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
        if not self._words.against.isdisjoint(self._norms[placed.end : min(placed.end + 1, subject.stop)]):
            return False
        return PREPOSITIONS.isdisjoint(before) and "," not in before and not self._deals(before)

    def leads_with_another(self, subject: range) -> bool:
        """Whether another medicine heads a subject whose end is not sure; not "it blocks opioids"."""
        ours = self._words.own | _PERSONAL
        headed = (p for p in self.foreign if self.heads(p, subject))
        return any(ours.isdisjoint(self._norms[subject.start : max(subject.start, p.start - 1)]) for p in headed)

    def _takes_another(self, subject: range, partners: frozenset[str]) -> bool:
        """Whether a subject is people who take something else: "patients on warfarin", "those who inject insulin"."""
        words = self._norms[subject.start : subject.stop]
        if self._norms[subject.stop : subject.stop + 1] == ("who",):
            words += self._norms[subject.stop : min(subject.stop + _WHO, self.end)]
        ours = self._words.own | self._words.pronouns | partners
        for i in range(1, len(words) - 1):
            if words[i] in self._words.takes and (
                words[i - 1] in self._words.people or words[i - 1] in self._words.put
            ):
                reach = _TAKEN_BY if "who" in words[:i] else _ON
                if ours.isdisjoint(words[i + 1 : i + reach]) and words[i - 2 : i - 1] not in _JOINED:
                    return True
        return False

    def _runs_partner(self, words: Sequence[str], partners: frozenset[str]) -> bool:
        """Whether a subject is those who give or take a partner as a treatment of its own: "methadone clinics"."""
        return any(word in partners and after in self._words.programmes for word, after in pairwise(words))

    def _deals(self, words: Sequence[str]) -> bool:
        """Whether a subject is what a reader does: "taking two", "skipping a meal"."""
        if not words or not words[0].endswith("ing") or words[0] in self._words.habits:
            return False
        return words[0] not in self._words.handles or self._words.habits.isdisjoint(words)

    def _handled(self, placed: Placed) -> bool:
        """Whether a mention is what somebody begins or leaves: "before you start disulfiram", "who stop diazepam"."""
        before = self._norms[max(self.start, placed.start - _OBJECT) : placed.start]
        dose = len(before) > 1 and before[-1] == "of" and before[-2] in self._words.own  # "the first dose of isoniazid"
        return dose or not self._words.handles.isdisjoint(before)

    def _forbidden(self, placed: Placed) -> bool:
        """Whether a mention is what people are told to take or not to take: "you must not take ibuprofen …"."""
        norms, low = self._norms, max(self.start, placed.start - _OBJECT)
        verb = next((i for i in range(placed.start - 1, low - 1, -1) if norms[i] in self._words.uses), None)
        return verb is not None and not _TOLD.isdisjoint(norms[max(self.start, verb - _OBJECT) : verb])

    def _label(self) -> Placed | None:
        """The other medicine of which the clause is told, named before a colon or a dash: "Acamprosate: can harm …"."""
        norms, low = self._norms, self._low
        mark = next((i for i in range(low + 1, min(low + NAME + 1, self.start)) if norms[i] in self._words.marks), None)
        if (
            mark is None
            or not self._words.with_it.isdisjoint(norms[low:mark])
            or self._owners.heads.combines(self._view.block)
        ):
            return None
        named = [p for p in self._view.mentions_between(low, mark) if p.mention.concept in TAKEN]
        return named[0] if named and all(map(self._owners.foreign, named)) else None

    def _adds_to_another(self) -> bool:
        """Whether a clause with "which" tells more of the other medicine named before it: "promethazine, which …"."""
        opener = self.start - 1
        if opener - 1 <= self._low or self._norms[opener] not in RELATIVES:
            return False
        named = self._view.mentions_between(self._low, opener)
        return any(p.end == opener - 1 and self._owners.foreign(p) for p in named)

    def _means_ours(self, subject: range) -> bool:
        """Whether a subject is what the page is about, under whatever name, or a dealing with it: "the compound"."""
        words = self._norms[subject.start : subject.stop]
        taking = words[-1] in self._words.taking and self._words.how.issuperset(words[:-1])
        if taking or self._speaks_of_ours(subject) or self._deals(words):
            return True
        return words[0] in self._words.named and not self._is_ill(subject) and self._words.things.isdisjoint(words)

    def _speaks_of_ours(self, subject: range) -> bool:
        """Whether a subject is what the page is about or a dealing with it; not "years of drinking"."""
        words = self._norms[subject.start : subject.stop]
        at = next((i for i, word in enumerate(words) if word in self._words.own), None)
        if at is None:
            return False
        dealt = at == 0 and words[at] in self._words.handles  # "stopping drinking"
        if not dealt and words[at + 1 : at + 2] != ("of",):
            return True
        rest = words[at + 1 :]
        if not self._words.own.isdisjoint(rest) or not self._words.joins.isdisjoint(words):
            return True
        first = subject.start + at
        named = any(first < p.start < subject.stop for p in self.foreign) or self._is_ill(range(first, subject.stop))
        return self._words.habits.isdisjoint(rest) and not named

    def _is_ill(self, words: range) -> bool:
        """Whether some words name an illness or a habit."""
        between = self._view.mentions_between(words.start, words.stop)
        return any(p.mention.concept in _LIVED for p in between)

    def _is_thing(self, words: Sequence[str]) -> bool:
        """Whether a subject names nothing but what is no medicine: "stress and worry can cause nausea"."""
        named = [word for word in words if is_open(word)]
        return bool(named) and self._words.things.issuperset(named)

    def _others(self, words: Sequence[str]) -> bool:
        """Whether a subject is another's medicine: "older tablets"."""
        first = next((i for i, word in enumerate(words) if word in self._words.others), None)
        return first is not None and not self._words.own.isdisjoint(words[first:])

    def _does(self, cause: Match, match: Match) -> bool:
        """Whether a verb of harm takes the match, and does not only say how it is: "is hurt", "an inflamed gut"."""
        before = self._norms[cause.start - 1] if cause.start > self._low else ""
        participle = before in BE or (self._norms[cause.start].endswith("ed") and before in _BEFORE_PARTICIPLE)
        noun = before in _BEFORE_NOUN  # "bruises without a cause"
        held = match.start < cause.start < match.end and self._norms[match.start] not in AUXILIARIES
        return not participle and not noun and not held

    def _comes_of_another(self, harm: Harm, named: Sequence[Placed]) -> bool:
        """Whether a harm is led back to something else: "a risk of aspirin", "mostly caused by a germ"."""
        last = harm.match.end
        if any(p.start >= last and self._comes_with(p, last) for p in named):
            return True
        own = self._words.own | harm.partners
        return any(
            last <= origin.start < self.end and own.isdisjoint(self._norms[origin.end : self.end])
            for origin in harm.origins
        )

    def _is_alien(self, origin: Match) -> bool:
        """Whether an effect is led back to something else than a medicine: "… is caused by stress"."""
        end = min(origin.end + _OBJECT, self.end)
        named = self._view.mentions_between(origin.end, end)
        return not self._words.things.isdisjoint(self._norms[origin.end : end]) or any(map(self._owners.foreign, named))

    def _comes_with(self, placed: Placed, last: int) -> bool:
        """Whether a harm that ends before `last` is told of a mention: "… of aspirin", "… was seen with aspirin"."""
        before = self._norms[max(last, placed.start - 1) : placed.start]
        if not self._words.of.isdisjoint(before):
            return True
        told = self._norms[last : placed.start]
        seen = not self._words.seen.isdisjoint(told) and self._words.besides.isdisjoint(told)
        return seen and not (self._words.takes | self._words.beside | self._words.times).isdisjoint(before)

    def _carried_on(self, words: Sequence[str]) -> bool:
        """Whether a pronoun, or no subject at all, goes on with something else than the page's medicine."""
        if self._is_elsewhere:
            return True
        if not words or (self._sentence == 0 and self.start == self._low):
            return False
        named = False
        for before in self.before():
            if before.strong:
                return False
            subject = before.subject(())
            if before.leads_with_another(subject):
                return True
            named = named or (words == ("it",) and bool(before.foreign))
            spoken = self._norms[subject.start : subject.stop]
            if before.in_sentence(self._sentence) and not self._words.pronouns.issuperset(spoken):
                return named
        return named

    def in_sentence(self, sentence: int) -> bool:
        """Whether the clause is one of a sentence."""
        return self._sentence == sentence

    def _told_of_another(self) -> bool:
        """Whether the clause is the reason given for what is told of something else: "phenformin was banned as …"."""
        if self.start - 2 < self._low or self._norms[self.start - 1] not in self._words.reasons:
            return False
        main = Clause(self._owners, self._view, self._sentence, self.start - 2)
        return not main.strong and main.leads_with_another(main.subject(()))

    def before(self) -> Iterator[Clause]:
        """The clauses before this one, the nearest first: one of its sentence, and those of the sentence before."""
        if self.start - 2 >= self._low:
            yield Clause(self._owners, self._view, self._sentence, self.start - 2)
        if self._sentence:
            low, high = self._view.tokens.sentences[self._sentence - 1]
            at = high - 1
            while at >= low:
                clause = Clause(self._owners, self._view, self._sentence - 1, at)
                yield clause
                at = clause.start - 2
