"""Where a sentence says that something is done: the predicates of claims and the part of speech they play."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum, auto
from itertools import pairwise

from caveat.analysis.grammar import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    DO,
    HAVE,
    HELP,
    MODALS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    after,
    before,
    is_adverb,
)
from caveat.analysis.inflect import inflections, third_person
from caveat.analysis.pipeline import Tokens
from caveat.analysis.templates import Match, Templates
from caveat.analysis.trie import Trie
from caveat.packs.predicates import Effect, PredicateClass
from caveat.values import dataclass

_NO_OBJECT = (
    (PREPOSITIONS - {"into"}) | BE | HAVE | MODALS
    | {".", ";", ":", ")", "?", "!", "but", "when", "while", "because"}
)  # fmt: skip
_BEFORE_BASE = MODALS | DO | HELP | frozenset({"not", "let"})
_PLURAL_PRONOUNS = SUBJECT_PRONOUNS - {"this", "it"}
_NO_SUBJECTS = DETERMINERS | PREPOSITIONS | BE | HAVE
_HYPHENS = ("-", "‐", "‑")
_LINKS = frozenset({"with", "to", "from", "by", "between", "among", "in", "according", "across", "of", "for", "on"})
_STATES = frozenset({"poorly", "well", "badly", "inadequately", "adequately", "previously", "newly"})
_FINITE = BE | HAVE | MODALS
_SUBJECT_REACH = 6
_SUBJECT_ENDS = _FINITE | DO | DETERMINERS | frozenset({"to", "which", "that", "who", "but", "than"})
_SUBJECT_WORDS = 4
_PHRASE_WORDS = PREPOSITIONS | CONJUNCTIONS | SUBJECT_PRONOUNS | frozenset({"but", "when", "while", "because"})
_NO_GERUNDS = frozenset({"bring", "during", "promising"})
_TELLING = frozenset(
    {"had", "show", "shows", "showed", "find", "found", "confirm", "confirmed", "demonstrate", "demonstrated", "reveal",
     "revealed", "indicate", "indicates", "indicated", "suggest", "suggests", "suggested", "observed", "reported",
     "exhibit", "exhibited", "displayed", "experienced"}
)  # fmt: skip
_LEAD = frozenset({"lead", "leads", "led", "leading"})  # to something, not to do something
_DEFINITE = frozenset({"your", "the", "my", "their", "our", "away", "any", "all"})


class Shape(StrEnum):  # text has a hash that costs nothing; members of a plain Enum are hashed in Python
    """The grammar of a predicate where it stands."""

    ACTIVE = auto()  # X reduces Y, X may reduce Y
    INFINITIVE = auto()  # to reduce Y
    IMPERATIVE = auto()  # Reduce Y
    COORDINATE = auto()  # … and reduce Y, as the verb before it
    PASSIVE = auto()  # Y is reduced by X
    GERUND = auto()  # reducing Y
    NOUN = auto()  # reduction in Y
    ADJECTIVE = auto()  # effective for Y
    ATTRIBUTE = auto()  # reduced Y: says something only as what another verb brings about


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate in a sentence: token range, class, effect and shape.

    `phrase` marks a wording of several words, `gap` the tokens in it that it leaves open ("keeps … at bay").
    `shares` marks a verb without an object of its own, as the first in "cures, reverses or slows arthritis", `narrow`
    one that claims something only of health.
    """

    start: int
    end: int
    id: str
    effect: Effect
    shape: Shape
    phrase: bool = False
    shares: bool = False
    gap: tuple[int, int] = (0, 0)
    narrow: bool = False


_BIDDEN = frozenset(
    {
        "add",
        "buy",
        "order",
        "shop",
        "get",
        "grab",
        "try",
        "join",
        "subscribe",
        "claim",
        "take",
        "drink",
        "yes",
        "please",
    }
)  # verbs with which sellers bid, and promise after "and": "Order today and end joint pain"
_VERBS = frozenset({Shape.ACTIVE, Shape.COORDINATE, Shape.INFINITIVE, Shape.IMPERATIVE})
_QUESTION_REACH = 6
_DEEDS = frozenset({Effect.LESS, Effect.MORE, Effect.BETTER})  # "X increased mortality" compares nothing
_LIST_GAP = 2  # ", or"


class _Form(StrEnum):  # for its hash, as above
    BASE = auto()
    THIRD = auto()
    PAST = auto()
    ING = auto()
    NOUN = auto()
    NOUNS = auto()
    ADJECTIVE = auto()
    OUTCOME = auto()


_NOUN_FORMS = frozenset({_Form.NOUN, _Form.NOUNS})


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    form: _Form


class PredicateFinder:
    """The compiled predicate classes. Plain data: it can be pickled."""

    def __init__(
        self,
        classes: Mapping[str, PredicateClass],
        norms: Callable[[str], tuple[str, ...]],
        *,
        outcomes: Mapping[str, Sequence[str]],
        homographs: Collection[str],
    ) -> None:
        self._classes = tuple(classes.items())
        self._words: Trie[tuple[_Entry, ...]] = Trie()
        self._phrases = Templates()
        self._homographs = frozenset(homographs)
        self._narrow: set[tuple[int, str]] = set()
        words: dict[tuple[str, ...], dict[_Entry, None]] = {}

        def add(word: str, number: int, form: _Form) -> None:
            words.setdefault(norms(word), {})[_Entry(number, form)] = None

        for number, (name, one) in enumerate(self._classes):
            for verb in (*one.verbs, *one.narrow):
                base, third, *others = inflections(verb)
                add(base, number, _Form.BASE)
                add(third, number, _Form.THIRD)
                for other in others:
                    add(other, number, _Form.ING if other.endswith("ing") else _Form.PAST)
            narrow = (norms(word)[0] for verb in one.narrow for word in inflections(verb))
            self._narrow.update((number, word) for word in narrow)
            for noun in one.nouns:
                add(noun, number, _Form.NOUN)
                add(third_person(noun), number, _Form.NOUNS)
            for adjective in one.adjectives:
                add(adjective, number, _Form.ADJECTIVE)
            for phrase in one.phrases:
                self._phrases.add(str(number), phrase, norms=norms)
            for outcome in outcomes.get(name, ()):
                add(outcome, number, _Form.OUTCOME)
        for sequence, entries in words.items():
            self._words.add(sequence, tuple(entries))

    def find(self, tokens: Tokens, text: str) -> list[Predicate]:
        """The predicates of a block with this text; of overlapping ones the longest, then the earlier class."""
        found: list[Predicate] = []
        for sentence, key, match in self._phrases.find(tokens):
            name, one = self._classes[int(key)]
            shape = _phrase_shape(tokens.norms, match.start, tokens.sentences[sentence][0])
            found.append(Predicate(match.start, match.end, name, one.effect, shape, phrase=True, gap=_gap(match)))
        words = self._in_words(tokens, text)
        if found:
            deeds = {w.start for w in words if w.shape is Shape.ACTIVE and w.effect in _DEEDS and not w.shares}
            found = [one for one in found if one.effect is not Effect.LINK or one.start not in deeds]
        found += words
        return _with_shared_objects(_longest(found), tokens.norms) if found else found

    def _in_words(self, tokens: Tokens, text: str) -> list[Predicate]:
        found: list[Predicate] = []
        sentence = 0
        for start, end, entries in self._words.scan(tokens.norms):
            while start >= tokens.sentences[sentence][1]:
                sentence += 1
            one = self._word(_Place(tokens, text, (start, end), tokens.sentences[sentence][0], entries))
            if one is not None:
                found.append(one)
        return found

    def _word(self, place: _Place) -> Predicate | None:
        """A word as a predicate, by the first of its forms that fits where it stands."""
        adjective = place.norms[place.start] in self._homographs
        for entry in place.entries:
            name, one = self._classes[entry.number]
            link = one.effect is Effect.LINK
            shape = (
                place.link(entry.form, transitive=one.transitive)
                if link
                else place.shape(entry.form, adjective=adjective)
            )
            if shape is not None:
                shares = shape in _VERBS and not link and place.shares
                narrow = (entry.number, place.norms[place.start]) in self._narrow
                return Predicate(place.start, place.end, name, one.effect, shape, shares=shares, narrow=narrow)
        return None


def _gap(match: Match) -> tuple[int, int]:
    """The longest run of tokens between the literal words of a match; empty if there is none."""
    runs = [(one[1], other[0]) for one, other in pairwise(sorted(match.words))]
    return max(runs, key=lambda run: run[1] - run[0], default=(match.start, match.start))


def _longest(found: Sequence[Predicate]) -> list[Predicate]:
    """Of predicates that overlap the one that starts first, then the longest, then the earlier class."""
    kept: list[Predicate] = []
    last = -1
    for predicate in sorted(found, key=lambda p: (p.start, -p.end)):
        if predicate.start >= last:
            kept.append(predicate)
            last = predicate.end
    return kept


def _with_shared_objects(predicates: Sequence[Predicate], norms: Sequence[str]) -> list[Predicate]:
    """Without the verbs that lack an object, but for those in a list whose last verb has one."""
    kept: list[Predicate] = []
    for predicate in reversed(predicates):
        between = norms[predicate.end : kept[-1].start] if kept else ()
        joined = len(between) <= _LIST_GAP and all(norm in CONJUNCTIONS or is_adverb(norm) for norm in between)
        listed = kept and kept[-1].shape in _VERBS and joined
        if listed or not predicate.shares:
            kept.append(predicate)
    return kept[::-1]


def _joined(tokens: Tokens, text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins a word to the one before or after it; hyphens are no tokens."""
    before_it = text[tokens.ends[start - 1] : tokens.starts[start]] if start else ""
    behind_it = text[tokens.ends[end - 1] : tokens.starts[end]] if end < len(tokens.norms) else ""
    return before_it in _HYPHENS or behind_it in _HYPHENS


def _phrase_shape(norms: Sequence[str], start: int, first: int) -> Shape:
    at = before(norms, start, first)
    previous = norms[at] if at >= first else ""
    if norms[start].endswith("ing") and norms[start] not in _NO_GERUNDS:
        return Shape.GERUND
    if previous == "to" and norms[at - 1] not in _LEAD:
        return Shape.INFINITIVE
    return Shape.ACTIVE


def _plural(norm: str) -> bool:
    return norm.endswith("s") and not norm.endswith(("ss", "us", "is", "ous", "'s", "diabetes"))


class _Place:
    """A word that may be a predicate in so many forms, and what stands beside it in its sentence, from `first` on."""

    def __init__(
        self, tokens: Tokens, text: str, words: tuple[int, int], first: int, entries: Sequence[_Entry]
    ) -> None:
        self.norms = tokens.norms
        self.start, self.end = words
        self.first = first
        self.entries = entries
        self._tokens = tokens
        self._text = text

    @property
    def noun_too(self) -> bool:
        return any(entry.form in _NOUN_FORMS for entry in self.entries)

    @property
    def joined(self) -> bool:
        """Whether a hyphen joins it to the word before it or after it."""
        return _joined(self._tokens, self._text, self.start, self.end)

    @property
    def previous(self) -> str:
        at = before(self.norms, self.start, self.first)
        return self.norms[at] if at >= self.first else ""

    @property
    def following(self) -> str:
        return self.norms[self.end] if self.end < len(self.norms) else ""

    @property
    def has_object(self) -> bool:
        """Whether it can have an object: no preposition or auxiliary follows. After a conjunction it may share one."""
        at = after(self.norms, self.end, len(self.norms))
        return at < len(self.norms) and self.norms[at] not in _NO_OBJECT

    @property
    def shares(self) -> bool:
        """Whether it has no object of its own, but may share that of a verb after the conjunction."""
        return self.following in CONJUNCTIONS

    def link(self, form: _Form, *, transitive: bool) -> Shape | None:
        """The shape of a word of association, which asks for "with", "to" or "between" more than for an object."""
        if form in _NOUN_FORMS or form is _Form.ADJECTIVE:
            return Shape.NOUN
        if self.following in _LINKS or is_adverb(self.following):
            return Shape.ACTIVE
        forms = (_Form.BASE, _Form.THIRD, _Form.PAST) if transitive else (_Form.BASE, _Form.THIRD)
        governed = self.previous in DETERMINERS or (form is _Form.PAST and self.previous in PREPOSITIONS)
        return Shape.ACTIVE if self.has_object and form in forms and not governed else None

    def shape(self, form: _Form, *, adjective: bool) -> Shape | None:
        """The shape a form has here, or None where it is no predicate. `adjective`: it looks like one too."""
        match form:
            case _Form.NOUN | _Form.NOUNS:
                return Shape.NOUN
            case _Form.ADJECTIVE:
                return Shape.ADJECTIVE
            case _Form.OUTCOME:
                return Shape.ATTRIBUTE
            case _Form.PAST:
                return self._past()
            case _Form.ING:
                return None if self.previous in DETERMINERS or not self.has_object else Shape.GERUND
            case _Form.THIRD:
                return self._third()
            case _Form.BASE:
                return self._base(adjective=adjective)

    def _third(self) -> Shape | None:
        previous = self.previous
        nominal = previous in DETERMINERS and previous not in SUBJECT_PRONOUNS
        if nominal or previous in PREPOSITIONS:
            return None
        if not self.has_object:
            return None
        return Shape.COORDINATE if previous in CONJUNCTIONS else Shape.ACTIVE

    def _base(self, *, adjective: bool) -> Shape | None:
        if self.joined:
            return None  # "triple-negative"
        previous = self.previous
        if previous == "to":
            return Shape.INFINITIVE
        if previous in _BEFORE_BASE or self._asked():
            return Shape.ACTIVE
        if not self.has_object:
            return None
        if previous in _PLURAL_PRONOUNS and not adjective:
            return Shape.ACTIVE
        if previous in _NO_SUBJECTS:
            return None
        if previous in CONJUNCTIONS:
            return Shape.IMPERATIVE if self.norms[self.first] in _BIDDEN else Shape.COORDINATE
        return self._base_after_noun(previous, adjective=adjective)

    def _before_subject(self) -> bool:
        """Whether an auxiliary soon follows, so that a past form only describes its subject."""
        for norm in self.norms[self.end : self.end + _SUBJECT_WORDS]:
            if norm in _FINITE:
                return True
            if not norm.isalpha() or norm in _PHRASE_WORDS:
                return False
        return False

    def _asked(self) -> bool:
        """Whether the sentence begins with an auxiliary: "does garlic lower …"."""
        near = self.start - self.first <= _QUESTION_REACH
        return near and self.norms[self.first] in MODALS | DO and self.start > self.first + 1 and self.has_object

    def _base_after_noun(self, previous: str, *, adjective: bool) -> Shape | None:
        if not previous or not previous[0].isalnum():
            definite = self.following in _DEFINITE
            return Shape.IMPERATIVE if definite or not (adjective or self.noun_too) else None
        if self.start > self.first and is_adverb(self.norms[self.start - 1]):
            return Shape.ACTIVE
        if adjective or self.noun_too:
            if self.following in _DEFINITE:
                return Shape.ACTIVE
            return Shape.ACTIVE if _plural(previous) or self._plural_subject(joined=not adjective) else None
        return Shape.ACTIVE

    def _plural_subject(self, *, joined: bool) -> bool:
        """Whether the subject before is a plural with what belongs to it: "mutations in BRCA1", "stress and noise"."""
        for at in range(self.start - 1, max(self.first, self.start - _SUBJECT_REACH) - 1, -1):
            norm = self.norms[at]
            if norm == "and" and joined:
                return True
            if norm in PREPOSITIONS and at > self.first and _plural(self.norms[at - 1]):
                return True
            if norm in _SUBJECT_ENDS or not norm[:1].isalnum():
                return False
        return False

    def _past(self) -> Shape | None:
        previous, following = self.previous, self.following
        if self.joined:
            return None  # "tamoxifen-treated women"
        if self.start > self.first and self.norms[self.start - 1] in _STATES and previous not in BE:
            return Shape.ATTRIBUTE  # "have poorly controlled diabetes"
        if self._before_subject():
            return Shape.ATTRIBUTE  # "activity restricted children were …", "a controlled trial"
        if previous in BE or following == "by":
            return Shape.PASSIVE
        if not self.has_object:
            return None
        if previous in CONJUNCTIONS:
            return Shape.COORDINATE
        if not previous or previous in _TELLING or not (previous[0].isalnum() or previous in (")", "]", "%")):
            return Shape.ATTRIBUTE
        nominal = previous in DETERMINERS and previous not in ("this", "these", "that", "those")
        if nominal or previous in PREPOSITIONS:
            return Shape.ATTRIBUTE  # "the reduced dose"
        return Shape.ACTIVE
