"""Whether a sentence asserts a predicate it contains, or only aims at it, asks for it or names it in passing.

"Further trials are needed to reduce …", "we assessed the improvement in …" and "limited evidence" have the
words of claims and claim nothing. What makes an infinitive, a gerund or a noun a claim is the word that
governs it; which words do is data (see `Frames`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from caveat.analysis.grammar import (
    BE,
    CONJUNCTIONS,
    COPULAS,
    DETERMINERS,
    HAVE,
    MODALS,
    PEOPLE,
    PREPOSITIONS,
    before,
    is_adverb,
    is_open,
    last_open,
)
from caveat.analysis.mentions import Placed
from caveat.analysis.pipeline import Tokens
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.sentence import SentenceView
from caveat.analysis.subjects import ALONE, SOLD
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Templates
from caveat.document import BlockKind
from caveat.packs.predicates import Effect, Frames
from caveat.values import dataclass

SHORT_KINDS = frozenset(
    {BlockKind.HEADING, BlockKind.TITLE, BlockKind.LIST_ITEM, BlockKind.BUTTON, BlockKind.ALT, BlockKind.TABLE_CELL,
     BlockKind.CAPTION, BlockKind.TERM}
)  # fmt: skip
_FRAME_ENDS = frozenset({";", "but", "however", "although", "though", "because", "since", "as", "whereas", "that"})
_SUBORDINATORS = frozenset(
    {"although", "though", "while", "whereas", "because", "since", "as", "given", "if", "despite", "when",
     "considering"}
)  # fmt: skip
_INTRODUCING = _SUBORDINATORS | PREPOSITIONS
_NP_STOPS = frozenset({",", ";", ":", "(", ")", "that", "which", "who", "and", "or", "but"})
_OBSERVED = frozenset(
    {"observed", "seen", "noted", "found", "shown", "demonstrated", "achieved", "reported", "noticed", "obtained"}
)  # fmt: skip
_OCCUR = frozenset({"occur", "occurred", "occurs"})
_SEEN = _OBSERVED | _OCCUR
_LINKS = frozenset({"with", "between", "of", "to", "among", "for"})
_BESIDE = frozenset({"and", ",", "or", "as", "cost", "simple", "safe", "less"})
_AGENTS = frozenset({"by", "with", "through", "using", "via", "thanks"})
_VERB_SIGNS = BE | HAVE | MODALS | {"not"}  # words beside which there is a verb
_AFTER_ADJECTIVE = frozenset(
    {"and", "or", "in", "for", "when", "as", "than", "after", "but", "at", "against", "with", "to", "if", "without",
     "on", "over", "even"}
)  # fmt: skip
_MEANS_REACH = 6
_THAT_REACH = 6
_SAID_OF_ORIGIN = frozenset({Effect.CAUSE, Effect.CHANGE, Effect.CHANGE_GOOD})
_FOR = frozenset({"for", "in", "on", "against"})
_GOVERNOR_REACH = 4
_NP_REACH = 7
_ADVICE_REACH = 12

_FINITE = frozenset({"is", "are", "was", "were", "can", "could", "may", "might", "will", "would", "has", "have", "had"})
_FRAME_ENDS_AHEAD = _FRAME_ENDS | _FINITE
_OUTCOME_EFFECTS = {"reduce": Effect.LESS, "increase": Effect.MORE, "improve": Effect.BETTER}
_OPENING = 1  # words before the thing with which a sentence opens: "the"
_EXAMPLES = frozenset({"including", "such"})
_AHEAD, _CLAUSE = "ahead", "clause"


@dataclass(frozen=True, slots=True)
class Region:
    """Words that are not asserted, and the phrase in them that says so, as token ranges."""

    low: int
    high: int
    start: int
    end: int


class AssertionFinder:
    """The compiled frames. Plain data: it can be pickled."""

    def __init__(self, frames: Frames, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._unasserted = Templates()
        reader = TemplateReader(norms)
        for key, templates in ((_AHEAD, frames.unasserted), (_CLAUSE, frames.unasserted_clause)):
            for template in templates:
                self._unasserted.add(key, template, reader)
        self.governors = frozenset(frames.governors)
        self.gerund_governors = frozenset(frames.gerund_governors)
        self.strong_carriers = frozenset(frames.carriers)
        reporters = frozenset(frames.reporters)
        self.tellers = reporters - HAVE
        self.carriers = self.strong_carriers | reporters
        self.evidence = frozenset(frames.evidence)
        self.purposes = frozenset(frames.purposes)
        self.means = frozenset(frames.means)
        self.preparations = frozenset(frames.preparations)
        self.introducers = frozenset(frames.introducers)
        self.outcomes = {
            word: (name, _OUTCOME_EFFECTS[name])
            for name, words in frames.outcomes.items()
            for word in words
            if name in _OUTCOME_EFFECTS
        }

    def regions(self, tokens: Tokens) -> Mapping[int, list[Region]]:
        """For each sentence of a block, by its number, what the unasserting phrases in it take back."""
        found: dict[int, list[Region]] = {}
        for number, key, match in self._unasserted.find(tokens):
            start, end = tokens.sentences[number]
            low, high = match.start, match.end
            if key == _CLAUSE:
                low = _clause_back(tokens.norms, low, start)
            asked = tokens.norms[match.start] in ("whether", "how")
            ends = _FRAME_ENDS if key == _CLAUSE or asked else _FRAME_ENDS_AHEAD
            while high < end and (tokens.norms[high] not in ends or _as_role(tokens.norms, high)):
                high += 1
            found.setdefault(number, []).append(Region(low, high, match.start, match.end))
        return found


def _clause_back(norms: Sequence[str], at: int, start: int) -> int:
    """Where the clause begins in which a need is told: not before "and" or the comma of a leading "although …,"."""
    if norms[max(start, at - 1)] == "and":
        return at
    first = start
    while first < at and not norms[first].isalnum():
        first += 1
    subordinate = norms[first] in _SUBORDINATORS
    while at > start and norms[at - 1] not in _FRAME_ENDS and not (subordinate and norms[at - 1] == ","):
        at -= 1
    return at


def _as_role(norms: Sequence[str], at: int) -> bool:
    """Whether "as" names what something is taken for, and begins no clause: "as a marker"."""
    return norms[at] == "as" and at + 1 < len(norms) and norms[at + 1] in ("a", "an", "well")


class Assertions:
    """Which predicates of one sentence are asserted."""

    def __init__(self, finder: AssertionFinder, sentence: SentenceView, regions: Sequence[Region]) -> None:
        self._finder = finder
        self._sentence = sentence
        self._norms = sentence.norms
        self._regions = regions
        self._causes = [predicate for predicate in sentence.predicates if predicate.effect is Effect.CAUSE]

    def judge(self, predicates: Sequence[Predicate]) -> list[bool]:
        """A verdict for each predicate; a coordinated one shares that of the verb before it."""
        verdicts: list[bool] = []
        for predicate in predicates:
            verdicts.append(self._asserted(predicate, predicates, verdicts))
        return verdicts

    def _asserted(self, predicate: Predicate, predicates: Sequence[Predicate], verdicts: Sequence[bool]) -> bool:
        if (self._regions and self._framed(predicate)) or self._numeric(predicate):
            return False
        match predicate.shape:
            case Shape.ACTIVE:
                return not self._of_evidence(predicate) and not self._restrictive(predicate)
            case Shape.NOUN | Shape.ATTRIBUTE:
                return self._noun(predicate)
            case Shape.IMPERATIVE:
                return True
            case Shape.PASSIVE:
                return self._passive(predicate)
            case Shape.COORDINATE:
                return self._coordinate(predicate, predicates[: len(verdicts)], verdicts)
            case Shape.INFINITIVE:
                return self._infinitive(predicate)
            case Shape.GERUND:
                return self._gerund(predicate, predicates[: len(verdicts)], verdicts)
            case Shape.ADJECTIVE:
                return self._adjective(predicate)

    # -- frames -------------------------------------------------------------

    def _framed(self, predicate: Predicate) -> bool:
        for region in self._regions:
            inside = region.low <= predicate.start < region.high
            part = predicate.phrase and predicate.start < region.end and region.start < predicate.end
            if inside and not part and not self._recommended(predicate):
                return True
        return False

    def _recommended(self, predicate: Predicate) -> bool:
        """Whether it is a prediction about a named thing: "garlic should lower your cholesterol"."""
        at = before(self._norms, predicate.start, self._sentence.start)
        named = self._sentence.interventions(self._sentence.left(predicate.start), predicate.start)
        return self._sentence.norm(at) in ("should", "must", "help") and bool(named) and predicate.shape is Shape.ACTIVE

    # -- grammar ------------------------------------------------------------

    def _of_evidence(self, predicate: Predicate) -> bool:
        """Whether it speaks of proof, not of bodies: "our findings support …", "we provide …"."""
        if "we" not in self._sentence.words and self._finder.evidence.isdisjoint(self._sentence.words):
            return False
        tells = predicate.phrase and self._norms[predicate.start] in self._finder.tellers
        if predicate.effect is Effect.LINK or tells:
            return False
        low = self._sentence.after_that(self._sentence.left(predicate.start), predicate.start)
        words = self._norms[low : predicate.start]
        return "we" in words or (last_open(words) in self._finder.evidence and not self._inner(words))

    def _inner(self, words: Sequence[str]) -> bool:
        """Whether the words of a subject have their noun of proof after another noun: "a diet based on guidelines"."""
        last = max((at for at, word in enumerate(words) if word == ","), default=-1)
        first = next((at for at, word in enumerate(words) if at > last and word in PREPOSITIONS), 0)
        head = words[last + 1 : first]
        return any(map(is_open, head)) and self._finder.evidence.isdisjoint(head)

    def _numeric(self, predicate: Predicate) -> bool:
        """Whether a comparison is with a number: "greater than 25"."""
        if predicate.effect is not Effect.LINK or self._norms[predicate.end - 1] != "than":
            return False
        return self._sentence.norm(predicate.end)[:1].isdigit()

    def _restrictive(self, predicate: Predicate) -> bool:
        """Whether the clause only tells which things are meant: "factors that increase uptake".

        Of what a thing contains or somebody invents it tells more: "it contains compounds that increase uptake".
        """
        if "that" not in self._sentence.words and "who" not in self._sentence.words:
            return False
        at = before(self._norms, predicate.start, self._sentence.start)
        if self._sentence.norm(at) in MODALS:
            at = before(self._norms, at, self._sentence.start)
        if self._sentence.norm(at) not in ("that", "who"):
            return False
        low = max(self._sentence.start, at - _THAT_REACH)
        if self._sentence.interventions(low, at) or self._says_what_it_is(at):
            return False
        if not self._finder.introducers.isdisjoint(self._norms[low:at]):
            return False
        return SOLD.isdisjoint(self._norms[low:at]) and self._sentence.norm(at - 1) not in self._finder.preparations

    def _says_what_it_is(self, at: int) -> bool:
        """Whether the noun before `at` is what a named thing is said to be: "kava is an evening drink that calms"."""
        for place in range(at - 1, max(self._sentence.start, at - _NP_REACH - 3), -1):
            norm = self._norms[place]
            if norm in BE:
                return any(p.end == place for p in self._sentence.interventions(self._sentence.start, place))
            if norm in _NP_STOPS and norm != ",":
                return False
        return False

    def _passive(self, predicate: Predicate) -> bool:
        if predicate.effect is Effect.LINK or (predicate.effect is Effect.USE and predicate.phrase):
            return True
        return self._by_something(predicate) and not self._of_people(predicate)

    def _by_something(self, predicate: Predicate) -> bool:
        """Whether a passive names what does it, and no proof: "relieved by", "eased with", not "supported by data"."""
        agent = next((a for a in range(predicate.end, predicate.end + 4) if self._sentence.norm(a) in _AGENTS), None)
        if agent is None or not self._finder.evidence.isdisjoint(self._norms[agent : agent + 4]):
            return False
        return predicate.effect not in _SAID_OF_ORIGIN or self._finite_passive(predicate)

    def _of_people(self, predicate: Predicate) -> bool:
        """Whether it tells how people were cared for: "most patients were treated with statins"."""
        if predicate.id != "treat":
            return False
        return last_open(self._norms[self._sentence.left(predicate.start) : predicate.start]) in PEOPLE

    def _finite_passive(self, predicate: Predicate) -> bool:
        """Whether a passive is the verb of its clause: "was caused or worsened by", not "pain caused by"."""
        low = max(self._sentence.start, predicate.start - _NP_REACH)
        beside = before(self._norms, predicate.start, self._sentence.start)
        listed = self._sentence.norm(beside) in CONJUNCTIONS and not BE.isdisjoint(self._norms[low : predicate.start])
        return self._sentence.norm(beside) in BE or listed or self._verbless(self._sentence.start, predicate.start)

    def _coordinate(self, predicate: Predicate, earlier: Sequence[Predicate], verdicts: Sequence[bool]) -> bool:
        verbs = (Shape.ACTIVE, Shape.INFINITIVE, Shape.COORDINATE, Shape.IMPERATIVE)
        for other, verdict in zip(reversed(earlier), reversed(verdicts), strict=True):
            if other.shape in verbs:
                return verdict
        if self.after_insertion(predicate):
            return True
        if not _EXAMPLES.isdisjoint(self._norms[self._sentence.left(predicate.start) : predicate.start]):
            return False  # "found in many cells, including treated ones and activated ones"
        finite = not _VERB_SIGNS.isdisjoint(self._norms[self._sentence.start : predicate.start])
        named = self._sentence.interventions(self._sentence.start, predicate.start)
        ending = next((e for e in ("s", "ed") if self._norms[predicate.start].endswith(e)), "")
        if ending:
            low = self._sentence.left(predicate.start)
            beside = bool(named) and named[0].start >= low
            return finite or self._norms[low] in ALONE or (beside and self._verb_behind(named[0], ending))
        return not finite and bool(named) and named[0].start - self._sentence.start <= 1  # "magnets … and heal …"

    def _verb_behind(self, named: Placed, ending: str) -> bool:
        """Whether a sentence opens with a thing and a verb of some ending: "Kava coats the tongue and stops …"."""
        verb = self._sentence.norm(named.end)
        opens = named.start - self._sentence.start <= _OPENING
        return opens and verb.endswith(ending) and len(verb) > len(ending) + 1 and is_open(verb)

    def after_insertion(self, predicate: Predicate) -> bool:
        """Whether a verb goes on with the subject before two commas: "garlic, taken raw, lowers …"."""
        at = predicate.start - 1
        if self._sentence.norm(at) != ",":
            return False
        words = self._norms[self._sentence.start : at]
        return "," in words and words[0] not in _INTRODUCING and "and" not in words and "or" not in words

    def _infinitive(self, predicate: Predicate) -> bool:
        at = before(self._norms, predicate.start, self._sentence.start)  # the "to"
        if self._sentence.norm(at - 1) == "order":
            at -= 2  # "in order to"
        if self._near(at, self._finder.governors, _GOVERNOR_REACH):
            return True
        if at == self._sentence.start:
            return self._advice_follows(predicate)
        named = self._sentence.interventions(self._sentence.start, at)
        if not named:
            return False
        if not self._finder.purposes.isdisjoint(self._norms[self._sentence.start : at]):
            return True
        return self._verbless(self._sentence.start, at)

    def _advice_follows(self, predicate: Predicate) -> bool:
        """Whether a purpose stands before what to take for it: "To prevent gout, drink cherry juice"."""
        for at in range(predicate.end, min(predicate.end + _ADVICE_REACH, self._sentence.end) - 1):
            if self._norms[at] == ",":
                stop = min(at + _NP_REACH, self._sentence.end)
                return self._norms[at + 1] in self._finder.purposes and bool(self._sentence.interventions(at, stop))
        return False

    def _near(self, at: int, words: frozenset[str], most: int) -> bool:
        """Whether one of `words` stands within `most` words before `at`, in the clause."""
        seen = 0
        place = at - 1
        while place >= self._sentence.start and seen < most:
            norm = self._norms[place]
            if norm in words:
                return True
            if norm in _NP_STOPS:
                return False
            seen += not is_adverb(norm)
            place -= 1
        return False

    def _verbless(self, low: int, high: int) -> bool:
        return _VERB_SIGNS.isdisjoint(self._norms[low:high]) and not any(
            p.shape in (Shape.ACTIVE, Shape.PASSIVE) and low <= p.start < high for p in self._sentence.predicates
        )

    def _gerund(self, predicate: Predicate, earlier: Sequence[Predicate], verdicts: Sequence[bool]) -> bool:
        at = before(self._norms, predicate.start, self._sentence.start)
        previous = self._sentence.norm(at)
        if previous in BE or previous in ("by", "thereby", "thus", "—"):
            return True
        if previous == ",":
            return not any(p.shape is Shape.GERUND and not v for p, v in zip(earlier, verdicts, strict=True))
        if previous in ("and", "or"):
            for other, verdict in zip(reversed(earlier), reversed(verdicts), strict=True):
                if other.shape is Shape.GERUND:
                    return verdict
            return False
        if previous == "for" and self._thing_before(at):
            return True
        if previous in ("in", "for", "at", "of", "with", "to", "from"):
            return self._near(at, self._finder.gerund_governors, 3)
        if any(p.end == at + 1 for p in self._sentence.interventions(self._sentence.start, at + 1)):
            return True
        return not previous and self._sentence.view.block.kind in SHORT_KINDS

    def _thing_before(self, at: int) -> bool:
        """Whether a thing to take stands right before `at`: "our thyme drops for shifting coughs"."""
        named = self._sentence.interventions(self._sentence.start, at)
        last = at - 1 if self._sentence.norm(at - 1) in self._finder.preparations else at
        return any(p.end in (at, last) for p in named)

    def _adjective(self, predicate: Predicate) -> bool:
        norms, first = self._norms, self._sentence.start
        if self._sentence.norm(predicate.end) in ("for", "in", "against", "at", "on"):
            return True
        at = predicate.start - 1
        for _ in range(6):
            norm = self._sentence.norm(at)
            if norm in COPULAS:
                return not self._attributive(predicate)
            listed = self._sentence.norm(at + 1) in ("and", ",", "or")
            if not norm or not (is_adverb(norm) or listed or norm in _BESIDE or norm in DETERMINERS):
                return False
            at -= 1
        return at >= first and norms[at] in COPULAS

    def _attributive(self, predicate: Predicate) -> bool:
        """Whether it only describes a thing that is no means of anything: "is a useful summary"."""
        following = self._sentence.norm(predicate.end)
        if not following.isalpha() or following in _AFTER_ADJECTIVE or is_adverb(following):
            return False
        for at in range(predicate.end, min(predicate.end + _MEANS_REACH, self._sentence.end)):
            norm = self._norms[at]
            if norm in self._finder.means:
                return False
            if norm in PREPOSITIONS or (norm in _NP_STOPS and norm not in ("and", ",", ")")):
                return True
        return True

    # -- nouns --------------------------------------------------------------

    def _noun(self, predicate: Predicate) -> bool:
        following = self._sentence.norm(predicate.end)
        if predicate.effect is Effect.LINK and following in _LINKS:
            return True
        if predicate.effect is Effect.CHANGE and following == "of":  # the effect of X on Y
            stop = self._sentence.right(predicate.end, _NP_REACH + 3)
            return any(self._norms[at] == "on" for at in range(predicate.end, stop))
        if following == "of" and predicate.effect in (Effect.BETTER, Effect.WORKS) and self._of_what_for(predicate):
            return True
        return self.carrier(predicate) is not None

    def _of_what_for(self, predicate: Predicate) -> bool:
        """Whether a noun names a thing and what it is good for: "the benefits of X for sleep"."""
        stop = self._sentence.right(predicate.end, _NP_REACH + 3)
        named = self._sentence.interventions(predicate.end, stop)
        return bool(named) and not _FOR.isdisjoint(self._norms[named[0].end : stop])

    def carrier(self, predicate: Predicate) -> int | None:
        """What makes a noun ("showed a reduction") or an outcome ("lead to better sleep") a claim (its token)."""
        strong = predicate.shape is Shape.ATTRIBUTE
        first = max(self._sentence.start, predicate.start - _NP_REACH)
        for at in range(predicate.start - 1, first - 1, -1):
            norm = self._norms[at]
            if norm in _NP_STOPS and not (norm == "and" and self._carried_before(at, strong=strong)):
                break
            if norm == "for" and any(p.end == at for p in self._sentence.interventions(self._sentence.start, at)):
                return at
            if self._carries(at, strong=strong):
                return at
            if norm in PREPOSITIONS:
                break
        if not strong and self._observed(predicate):
            return predicate.start
        return None

    def caused_outcome(self, predicate: Predicate) -> tuple[str, Effect] | None:
        """The class and effect of a comparison that a verb of causing governs, if one does."""
        outcome = self._finder.outcomes.get(self._norms[predicate.start])
        if outcome is None or self.carrier(replace(predicate, shape=Shape.ATTRIBUTE)) is None:
            return None
        return outcome

    def is_state(self, predicate: Predicate) -> bool:
        """Whether a predicate is a word that names a state as often as a deed: "lower", "reduced", "impaired"."""
        norm = self._norms[predicate.start]
        return norm in self._finder.outcomes or norm.endswith("ed")

    def _carried_before(self, at: int, *, strong: bool) -> bool:
        return any(self._carries(i, strong=strong) for i in range(max(self._sentence.start, at - 6), at))

    def _carries(self, at: int, *, strong: bool) -> bool:
        for predicate in self._causes:
            if predicate.start <= at < predicate.end:
                return predicate.shape not in (Shape.NOUN, Shape.ATTRIBUTE)
        norm = self._norms[at]
        return norm in (self._finder.strong_carriers if strong else self._finder.carriers)

    def _observed(self, predicate: Predicate) -> bool:
        """Whether the noun's clause ends in a verb of seeing: "an improvement in sleep was observed"."""
        if _SEEN.isdisjoint(self._sentence.words):
            return False
        stop = min(self._sentence.end, predicate.end + 14)
        for at in range(predicate.end, stop - 1):
            if self._norms[at] in (";", "that", "which", "but"):
                return False
            if self._norms[at] in BE and self._norms[at + 1] in _OBSERVED:
                return True
            if self._norms[at + 1] in _OCCUR and predicate.effect is not Effect.LINK:
                return True
        return False
