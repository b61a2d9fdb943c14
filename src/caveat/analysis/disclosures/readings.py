"""Which way a sentence speaks of something: does it forbid, warn, advise, or permit, reassure, promote?

The words that do so are acts (rules/disclosures/readings.yaml); a negation over an act turns it round, and the
act that stands nearest to a topic decides what is read over it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeGuard

from caveat.analysis.automaton import Forms, PhraseAutomaton
from caveat.analysis.facts import Cue, Role
from caveat.analysis.grammar import BE, DETERMINERS, RELATIVES
from caveat.analysis.pipeline import Tokens
from caveat.analysis.slots import Slots
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Match, Templates
from caveat.packs.disclosures import Act, Reading, ReadingWords

_PAUSE = ","
_STOPS = frozenset({";", "—"})
_NO_BREAKS = frozenset[str]()
_QUESTION_MARKS = frozenset({"?", "??", "?!", "!?"})
_NOTHING = ("no",)  # after a verb of harm: "causes no withdrawal"
_FRAGMENT = 6  # tokens; a shorter sentence without an act goes on in the next one
_SAID_WHO = 4  # tokens between "who" and a verb that says which people are meant
_SAID_OF = 2  # tokens between a topic and the verb of which it is the subject
_REACHES = {Reading.REASSURES: 4}  # … and what calls it nothing: "a stroke from this tea is nonsense"
_GOVERNED = 3  # tokens between a verb of benefit and the harm that it takes away: "lowers the risk"


class Found(NamedTuple):
    """An act in a sentence: token range, what it does there and whether it only names a harm."""

    start: int
    end: int
    reading: Reading
    names: bool = False


class _Hit(NamedTuple):
    """Where an act may stand: token range, its number, whether it holds a negation."""

    start: int
    end: int
    act: int
    denies_itself: bool = False


class ReadingFinder:
    """The compiled acts. Plain data: it can be pickled."""

    def __init__(self, acts: Sequence[Act], words: ReadingWords, reader: TemplateReader) -> None:
        self.words = words
        self.turns = words.contrasts | words.exceptions
        self.stops = words.contrasts | _STOPS
        self.pauses = self.stops | {_PAUSE}
        self._acts = [(act.reading, act.denied, act.names) for act in acts]
        self._templates = Templates()
        patterns: list[tuple[Sequence[Forms], int]] = []
        for number, act in enumerate(acts):
            for template in act.any:
                shapes = reader.positions(template)
                if shapes is None:
                    self._templates.add(str(number), template, reader)
                else:
                    patterns.extend((shape, number) for shape in shapes)
        self._phrases = PhraseAutomaton(patterns)

    def find(self, tokens: Tokens, sentence: int, negations: Sequence[Cue], slots: Slots) -> Sequence[Found]:
        """The acts of a sentence in order of place; `negations` are those of its block."""
        norms = tokens.norms
        scanned = self._phrases.scan(norms, *tokens.sentences[sentence])
        hits = [_Hit(*hit) for hit in scanned]
        for _, key, match in self._templates.find(tokens, slots, sentence=sentence):
            hits.append(_Hit(match.start, match.end, int(key), _denies_itself(tokens, match, self.words)))
        found: list[Found] = []
        for first, last, act, denies_itself in _longest(hits):
            reading, denied, names = self._acts[act]
            if denied is not None or reading is Reading.PROMOTES:
                apart = first > 0 and norms[first - 1] == _PAUSE and reading is Reading.ADVISES  # a clause of its own
                reaching = 0 if apart else _reaching(tokens, (first, last), negations, self.words)
                of_nothing = norms[last : last + 1] == _NOTHING and reading is Reading.WARNS
                if (reaching + denies_itself + of_nothing) % 2:
                    reading = denied
            if reading is not None and not (reading is Reading.PROMOTES and _of_people(tokens, first)):
                found.append(Found(first, last, reading, names))
        return _without_what_is_taken_away(found, tokens)


def _of_people(tokens: Tokens, at: int) -> bool:
    """Whether words only say which people are meant: "not for children who are recovering from flu"."""
    before = tokens.norms[max(0, at - _SAID_WHO) : at]
    return "who" in before and _PAUSE not in before


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Of hits that overlap, the longest, among equals the one whose act stands first in the file; by place."""
    if len(hits) < 2:
        return hits
    taken: set[int] = set()
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.act, h)):
        places = range(hit.start, hit.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    kept.sort()
    return kept


def _denies_itself(tokens: Tokens, match: Match, words: ReadingWords) -> bool:
    """Whether a negation stands in a gap of the template: "should [not] use"."""
    if words.negators.isdisjoint(tokens.norms[match.start : match.end]):
        return False
    own = {i for start, end in match.words for i in range(start, end)}
    return any(tokens.norms[i] in words.negators and i not in own for i in range(match.start, match.end))


def _reaching(tokens: Tokens, place: tuple[int, int], negations: Sequence[Cue], words: ReadingWords) -> int:
    """How many negations lie over the tokens of `place`, those that stand in them or in a clause before left out.

    A comma with "and", "as" or "because" after it opens one.
    """
    if not negations:
        return 0
    start, end = place
    span = tokens.span(start, end)
    reaching = [c for c in negations if c.scope.contains(span) and not c.span.overlaps(span)]
    if not reaching:
        return 0
    opened = next(
        (i for i in range(start - 1, 0, -1) if tokens.norms[i] in words.openers and tokens.norms[i - 1] == _PAUSE), None
    )
    clause = -1 if opened is None else tokens.starts[opened]
    return sum(c.span.start >= clause and not _ends_before(tokens, c, end, words) for c in reaching)


def _ends_before(tokens: Tokens, negation: Cue, end: int, words: ReadingWords) -> bool:
    """Whether a negation stands in a clause on the subject, so that the verb is free of it, up to the token `end`.

    "A cough that will not go away needs a doctor", "bruises without a cause need one".
    """
    at = bisect_left(tokens.starts, negation.span.start)
    if tokens.norms[at] != "without" and RELATIVES.isdisjoint(tokens.norms[max(0, at - _SAID_WHO) : at]):
        return False
    return not words.asks.isdisjoint(tokens.norms[at + 1 : end])


def _without_what_is_taken_away(acts: list[Found], tokens: Tokens) -> list[Found]:
    """A harm that a verb of benefit takes away is none: "lowers the risk of stroke", "damage can be reversed"."""
    if Reading.PROMOTES not in [act.reading for act in acts]:
        return acts
    kept: list[Found] = []
    for i, act in enumerate(acts):
        if act.reading is Reading.WARNS:
            before = kept[-1] if kept else None
            after = next((a for a in acts[i + 1 : i + 3] if a.reading is not Reading.MAY_HAPPEN), None)
            if _takes_away(before, act.start - before.end if before else 0) or (
                _takes_away(after, after.start - act.end if after else 0) and tokens.norms[after.start] in BE
            ):
                act = Found(act.start, act.end, Reading.PROMOTES)  # noqa: PLW2901 - what it does after all
        kept.append(act)
    return kept


def _takes_away(act: Found | None, distance: int) -> TypeGuard[Found]:
    """Whether an act is a verb of benefit near enough, in tokens, to take the harm beside it away."""
    return act is not None and act.reading is Reading.PROMOTES and distance <= _GOVERNED


class Said:
    """What the sentences of one block do, worked out when first asked for; `sentences` is how many there are."""

    def __init__(self, finder: ReadingFinder, tokens: Tokens, cues: Sequence[Cue], slots: Slots) -> None:
        self._finder = finder
        self._words = finder.words
        self._tokens = tokens
        self._cues = cues
        self._slots = slots
        self._acts: dict[int, Sequence[Found]] = {}
        self.sentences = len(tokens.sentences)

    @cached_property
    def _negations(self) -> list[Cue]:
        seldom = self._words.seldom
        return [cue for cue in self._cues if cue.role is Role.NEGATION and cue.text.lower() not in seldom]

    def acts(self, sentence: int) -> Sequence[Found]:
        """The acts of a sentence, in order of place; none where there is no such sentence."""
        found = self._acts.get(sentence)
        if found is None:
            found = ()
            if sentence < self.sentences:
                found = self._finder.find(self._tokens, sentence, self._negations, self._slots)
            self._acts[sentence] = found
        return found

    def readings(self, sentence: int) -> list[Reading]:
        """What a sentence does, in order of place; nothing where there is no such sentence."""
        return [act.reading for act in self.acts(sentence)]

    @cached_property
    def outward(self) -> Sequence[Reading]:
        """What the block does with what stands below or beside it, of which "can" and "common" say nothing."""
        told = chain.from_iterable(map(self.readings, range(self.sentences)))
        return [reading for reading in told if reading is not Reading.MAY_HAPPEN]

    def over(self, sentence: int, start: int, end: int) -> Iterator[Sequence[Reading]]:
        """What a sentence does with its tokens `start` to `end`: part by part, in each the nearest act first.

        A sentence that does nothing itself answers the question before it, and a short one goes on in the next:
        "Who must not take it? People with gout." "Pregnant? Ask first." The first part is what stands around the
        tokens; what may happen counts there alone.
        """
        acts = self.acts(sentence)
        if not acts:
            yield ()
            if sentence and is_question(self._tokens, sentence - 1):
                yield self.readings(sentence - 1)
            low, high = self._tokens.sentences[sentence]
            if high - low <= _FRAGMENT:
                yield self.readings(sentence + 1)
            return
        names = self._names(sentence, acts, start, end)
        left = [act for act in acts if act not in names] if names else acts
        for near, breaks in ((True, self._finder.pauses), (False, self._finder.stops), (False, _NO_BREAKS)):
            first, last = self._part(sentence, start, breaks)
            inside = [act for act in left if first <= act.start < last]
            if inside or near:
                yield [a.reading for a in _nearest(inside, start, end) if near or a.reading is not Reading.MAY_HAPPEN]
            if len(inside) == len(left):
                return
            left = [act for act in left if not first <= act.start < last]

    def _names(self, sentence: int, acts: Sequence[Found], start: int, end: int) -> Sequence[Found]:
        """The words that only name the harm of which a sentence speaks: "failing kidneys …", "the risk of a stroke …".

        As the subject they say nothing of it, what follows does. A phrase of which nothing follows is a warning in
        itself.
        """
        harms = _harms([act for act in acts if act.names], start, end)
        if not harms:
            return ()
        low, high = self._tokens.sentences[sentence]
        norms = self._tokens.norms
        first, last = min([start, *(a.start for a in harms)]), max([end, *(a.end for a in harms)])
        follows = any(word[0].isalnum() for word in norms[last:high])
        return harms if follows and DETERMINERS.issuperset(norms[low:first]) else ()

    def denies(self, start: int, end: int) -> bool:
        """Whether the tokens `start` to `end` are denied: "it is not addictive"."""
        return _reaching(self._tokens, (start, end), self._negations, self._words) % 2 == 1

    def debunks(self, start: int, end: int) -> bool:
        """Whether the tokens `start` to `end` are told as what is not so: "it is a myth that …".

        Words that warn of something, "beware of pills that …", are left out, and so are those that a comma parts from
        what is told instead: "contrary to popular belief, …".
        """
        span = self._tokens.span(start, end)
        over = [cue for cue in self._cues if cue.role is Role.DEBUNK and cue.scope.contains(span)]
        return any(self._warns_not(cue) and not self._parted(cue) for cue in over)

    def _parted(self, cue: Cue) -> bool:
        """Whether a comma follows a cue."""
        after = bisect_left(self._tokens.starts, cue.span.end)
        return self._tokens.norms[after : after + 1] == (_PAUSE,)

    def _warns_not(self, cue: Cue) -> bool:
        """Whether no act of caution lies in a cue."""
        acts = (act for sentence in range(self.sentences) for act in self.acts(sentence))
        return not any(
            cue.span.overlaps(self._tokens.span(act.start, act.end)) and not act.reading.comforts for act in acts
        )

    def contrasts(self, sentence: int, after: int) -> Sequence[Reading]:
        """What follows a "but" or "unless" after the token `after` of a sentence."""
        told = self._tokens.norms[after : self._tokens.sentences[sentence][1]]
        if self._finder.turns.isdisjoint(told):
            return ()
        turn = after + next(i for i, word in enumerate(told) if word in self._finder.turns)
        return [act.reading for act in self.acts(sentence) if act.start >= turn]

    def _part(self, sentence: int, at: int, breaks: AbstractSet[str]) -> tuple[int, int]:
        """The part of a sentence around a token, up to the breaks before and behind it."""
        low, high = self._tokens.sentences[sentence]
        words = self._tokens.words[sentence]
        places = [i for word in breaks & words.keys() for i in words[word]]
        return max([i + 1 for i in places if i < at], default=low), min([i for i in places if i >= at], default=high)


def _nearest(acts: Sequence[Found], start: int, end: int) -> Sequence[Found]:
    """Those that share tokens with the topic, those before it from the nearest on, those after it.

    Where the topic is a harm, what is said of it goes first: "no need to worry about liver damage", "swollen ankles go
    down", "talk of a stroke is nonsense".
    """
    if len(acts) < 2:
        return acts
    ordered: list[Found] = []
    harms = _harms(acts, start, end)
    if harms:
        last = max(end, *(a.end for a in harms))
        after = next((a for a in acts if a.start >= last and a.reading is not Reading.MAY_HAPPEN), None)
        if after is not None and after.reading.comforts and after.start <= last + _REACHES.get(after.reading, _SAID_OF):
            ordered.append(after)
        before = next((a for a in reversed(acts) if a.end <= start and a not in harms), None)
        if before is not None and before.reading is Reading.REASSURES:
            ordered.append(before)
    ordered += [a for a in acts if a.start < end and start < a.end]
    ordered += [a for a in reversed(acts) if a.end <= start]
    ordered += [a for a in acts if a.start >= end]
    return ordered


def _harms(acts: Sequence[Found], start: int, end: int) -> list[Found]:
    """The words of harm in a topic, right before it or right after it."""
    return [a for a in acts if a.start <= end and start - _GOVERNED < a.end and a.reading is Reading.WARNS]


def is_question(tokens: Tokens, sentence: int) -> bool:
    """Whether a sentence ends in a question mark, closing quotation marks aside."""
    start, end = tokens.sentences[sentence]
    return not _QUESTION_MARKS.isdisjoint(tokens.texts[max(start, end - 2) : end])
