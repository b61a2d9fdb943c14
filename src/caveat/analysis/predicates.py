"""Where a sentence says that something is done: the predicates of claims and the part of speech they play."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    after,
    before,
    is_adverb,
)
from caveat.analysis.inflect import inflections, third_person
from caveat.analysis.pipeline import LETTERED, Tokens
from caveat.analysis.template_language import TemplateReader
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
_STATES = frozenset(
    {"poorly", "well", "badly", "inadequately", "adequately", "previously", "newly", "medically", "surgically",
     "conservatively"}
)  # fmt: skip
_TRIED = frozenset({"randomised", "randomized", "blind", "blinded", "placebo", "small", "large"})  # … controlled trial
_FINITE = BE | HAVE | MODALS
_ASKING = MODALS | DO
_SUBJECT_REACH = 6
_PERIODS = frozenset({"day", "night", "week", "month"})
_SUBJECT_ENDS = _FINITE | DO | DETERMINERS | frozenset({"to", "which", "that", "who", "but", "than"})
_SUBJECT_WORDS = 4
_PHRASE_WORDS = PREPOSITIONS | CONJUNCTIONS | SUBJECT_PRONOUNS | frozenset({"but", "when", "while", "because"})
_NO_GERUNDS = frozenset({"bring", "during", "promising"})
_TELLING = frozenset(
    {"had", "including", "face", "faces", "warrant", "warrants", "experience", "experiences", "develop", "develops",
     "show", "shows", "showed", "find", "found", "confirm", "confirmed", "demonstrate", "demonstrated", "reveal",
     "revealed", "indicate", "indicates", "indicated", "suggest", "suggests", "suggested", "observed", "reported",
     "exhibit", "exhibited", "displayed", "experienced"}
)  # fmt: skip
_ARTICLES = POSSESSIVES | frozenset({"a", "an", "the", "every", "each", "any", "no", "such"})
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
_DEEDS = frozenset({Effect.LESS, Effect.MORE, Effect.BETTER})
_UP_AND = ("up", "and")  # down
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


_ALWAYS = {
    _Form.NOUN: Shape.NOUN,
    _Form.NOUNS: Shape.NOUN,
    _Form.ADJECTIVE: Shape.ADJECTIVE,
}  # forms of one shape, whatever stands beside them


@dataclass(frozen=True, slots=True)
class _Entry:
    """A form of a word of the class with that number; `narrow` as in a predicate."""

    number: int
    form: _Form
    narrow: bool


_Found = tuple[int, int, tuple[_Entry, ...]]


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
        reader = TemplateReader(norms)
        self._homographs = frozenset(homographs)
        words: dict[tuple[str, ...], dict[tuple[int, _Form], None]] = {}
        narrow: set[tuple[int, str]] = set()

        def add(word: str, number: int, form: _Form) -> None:
            words.setdefault(norms(word), {})[number, form] = None

        for number, (name, one) in enumerate(self._classes):
            for verb in (*one.verbs, *one.narrow):
                base, third, *others = inflections(verb)
                add(base, number, _Form.BASE)
                add(third, number, _Form.THIRD)
                for other in others:
                    add(other, number, _Form.ING if other.endswith("ing") else _Form.PAST)
            narrow.update((number, norms(word)[0]) for verb in one.narrow for word in inflections(verb))
            for noun in one.nouns:
                add(noun, number, _Form.NOUN)
                add(third_person(noun), number, _Form.NOUNS)
            for adjective in one.adjectives:
                add(adjective, number, _Form.ADJECTIVE)
            for phrase in one.phrases:
                self._phrases.add(str(number), phrase, reader)
            for outcome in outcomes.get(name, ()):
                add(outcome, number, _Form.OUTCOME)
        for sequence, entries in words.items():
            self._words.add(sequence, tuple(_Entry(n, form, (n, sequence[0]) in narrow) for n, form in entries))

    def find(self, tokens: Tokens, text: str) -> dict[int, list[Predicate]]:
        """The predicates of a block with this text, by the number of the sentence.

        Of overlapping ones the longest, then the earlier class.
        """
        phrases: dict[int, list[Predicate]] = {}
        for sentence, key, match in self._phrases.find(tokens):
            gap = _gap(match)
            if _joins_another_verb(tokens.norms, match.start, gap):
                continue
            name, one = self._classes[int(key)]
            shape = _phrase_shape(tokens.norms, match.start, tokens.sentences[sentence][0])
            predicate = Predicate(match.start, match.end, name, one.effect, shape, phrase=True, gap=gap)
            phrases.setdefault(sentence, []).append(predicate)
        found: dict[int, list[Predicate]] = {}
        words = self._words.by_sentence(tokens)
        for number in words.keys() | phrases.keys():
            here = self._in_words(tokens, text, number, words[number]) if number in words else []
            if number in phrases:
                here = [*_beside_deeds(phrases[number], here), *here]
            if len(here) > 1:
                here = _longest(here)
            if here := _with_shared_objects(here, tokens.norms):
                found[number] = here
        return found

    def _in_words(self, tokens: Tokens, text: str, number: int, words: Iterable[_Found]) -> list[Predicate]:
        first = tokens.sentences[number][0]
        found: list[Predicate] = []
        for word in words:
            adjective = tokens.norms[word[0]] in self._homographs
            governed = bool(found) and found[-1].end == word[0] and found[-1].shape in _VERBS
            one = self._word(_Place(tokens, text, word, first, adjective=adjective, governed=governed))
            if one is not None:
                found.append(one)
        return found

    def _word(self, place: _Place) -> Predicate | None:
        """A word as a predicate, by the first of its forms that fits where it stands."""
        for entry in place.entries:
            name, one = self._classes[entry.number]
            if one.effect is Effect.LINK:
                shape = place.link(entry.form, transitive=one.transitive)
                shares = False
            else:
                shape = _ALWAYS.get(entry.form) or place.shape(entry.form)
                shares = shape in _VERBS and place.following in CONJUNCTIONS
            if shape is not None:
                return Predicate(place.start, place.end, name, one.effect, shape, shares=shares, narrow=entry.narrow)
        return None


def _gap(match: Match) -> tuple[int, int]:
    """The longest run of tokens between the literal words of a match; empty if there is none."""
    runs = [(one[1], other[0]) for one, other in pairwise(sorted(match.words))]
    return max(runs, key=lambda run: run[1] - run[0], default=(match.start, match.start))


def _joins_another_verb(norms: Sequence[str], start: int, gap: tuple[int, int]) -> bool:
    """Whether a wording that begins with its subject takes the object of the verb before for it.

    "… your hormones and melts away belly fat" says nothing of hormones that melt, "keeps blood sugar up and down" of
    none that is kept down.
    """
    if norms[start] not in POSSESSIVES:
        return gap[1] - gap[0] >= len(_UP_AND) and norms[gap[1] - len(_UP_AND) : gap[1]] == _UP_AND
    return gap[0] < gap[1] and norms[gap[1] - 1] in CONJUNCTIONS


def _beside_deeds(phrases: Sequence[Predicate], words: Sequence[Predicate]) -> list[Predicate]:
    """The phrases but those that compare where a verb tells a deed: "X increased mortality" compares nothing."""
    deeds = {w.start for w in words if w.shape is Shape.ACTIVE and w.effect in _DEEDS and not w.shares}
    return [one for one in phrases if one.effect is not Effect.LINK or one.start not in deeds]


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
        if not predicate.shares or (
            kept and kept[-1].shape in _VERBS and _lists(norms[predicate.end : kept[-1].start])
        ):
            kept.append(predicate)
    return kept[::-1]


def _lists(between: Sequence[str]) -> bool:
    """Whether words join two verbs of a list."""
    return len(between) <= _LIST_GAP and all(norm in CONJUNCTIONS or is_adverb(norm) for norm in between)


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
    """A word that may be a predicate in so many forms, and what stands beside it in its sentence, from `first` on.

    `adjective` tells that it looks like one, too, `governed` that a verb stands right before it, `previous` is the word
    before it, adverbs skipped; "" for none.
    """

    def __init__(
        self, tokens: Tokens, text: str, found: _Found, first: int, *, adjective: bool, governed: bool
    ) -> None:
        self.norms = tokens.norms
        self.start, self.end, self.entries = found
        self.first = first
        self.adjective = adjective
        self.governed = governed
        at = before(self.norms, self.start, first)
        self.previous = self.norms[at] if at >= first else ""
        if self.previous == "a" and at > first and self.norms[at - 1] in LETTERED:
            self.previous = self.norms[at - 1]
        elif self.previous == "one" and at > first and self.norms[at - 1] in DETERMINERS:
            self.previous = "it"  # "this one"
        self.following = self.norms[self.end] if self.end < len(self.norms) else ""
        self._tokens = tokens
        self._text = text

    @property
    def nominal(self) -> bool:
        """Whether it looks like an adjective or a noun, too."""
        return self.adjective or any(entry.form in _NOUN_FORMS for entry in self.entries)

    @property
    def joined(self) -> bool:
        """Whether a hyphen joins it to the word before it or after it."""
        return _joined(self._tokens, self._text, self.start, self.end)

    @property
    def has_object(self) -> bool:
        """Whether it can have an object: no preposition or auxiliary follows. After a conjunction it may share one."""
        at = after(self.norms, self.end, len(self.norms))
        return at < len(self.norms) and self.norms[at] not in _NO_OBJECT

    def link(self, form: _Form, *, transitive: bool) -> Shape | None:
        """The shape of a word of association, which asks for "with", "to" or "between" more than for an object."""
        if form in _NOUN_FORMS or form is _Form.ADJECTIVE:
            return Shape.NOUN
        if self.following in _LINKS or is_adverb(self.following):
            return Shape.ACTIVE
        forms = (_Form.BASE, _Form.THIRD, _Form.PAST) if transitive else (_Form.BASE, _Form.THIRD)
        governed = self.previous in DETERMINERS or (form is _Form.PAST and self.previous in PREPOSITIONS)
        return Shape.ACTIVE if self.has_object and form in forms and not governed else None

    def shape(self, form: _Form) -> Shape | None:
        """The shape that a form of a verb has here, or None where it is no predicate."""
        match form:
            case _Form.BASE:
                return self._base()
            case _Form.THIRD:
                return self._third()
            case _Form.ING:
                return None if self.previous in DETERMINERS or not self.has_object else Shape.GERUND
            case _Form.OUTCOME:
                return None if self.joined else Shape.ATTRIBUTE  # "reduced-fat"
            case _:
                return self._past()

    def _third(self) -> Shape | None:
        previous = self.previous
        nominal = previous in DETERMINERS and previous not in SUBJECT_PRONOUNS
        if nominal or previous in PREPOSITIONS:
            return None
        if not self.has_object:
            return None
        return Shape.COORDINATE if previous in CONJUNCTIONS else Shape.ACTIVE

    def _base(self) -> Shape | None:
        if self.joined:
            return None  # "triple-negative"
        previous = self.previous
        if previous == "to":
            return Shape.INFINITIVE
        if previous in _BEFORE_BASE or self._asked():
            return Shape.ACTIVE
        if not self.has_object:
            return None
        if previous in _PLURAL_PRONOUNS and not self.adjective:
            return Shape.ACTIVE
        if previous in _NO_SUBJECTS:
            return None
        if previous in CONJUNCTIONS:
            return Shape.IMPERATIVE if self.norms[self.first] in _BIDDEN else Shape.COORDINATE
        return self._base_after_noun(previous)

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
        near = self.first + 1 < self.start <= self.first + _QUESTION_REACH
        return near and self.norms[self.first] in _ASKING and self.has_object

    def _base_after_noun(self, previous: str) -> Shape | None:
        if not previous or not previous[0].isalnum():
            definite = self.following in _DEFINITE
            return Shape.IMPERATIVE if definite or not self.nominal else None
        if self.start > self.first and is_adverb(self.norms[self.start - 1]):
            return Shape.ACTIVE
        if self.nominal:
            if self.following in _DEFINITE:
                return Shape.ACTIVE
            if previous in _PERIODS and self.norms[self.start - 2] == "a" and self.start - 3 >= self.first:
                previous = self.norms[self.start - 3]  # "two drops a day"
            return Shape.ACTIVE if _plural(previous) or self._plural_subject(joined=not self.adjective) else None
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
        if self.joined or previous in _ARTICLES or previous in _TRIED:
            return None  # "tamoxifen-treated women", "a controlled response"; "a reduced dose" is an outcome
        if self.governed or (self.start > self.first and self.norms[self.start - 1] in _STATES and previous not in BE):
            return Shape.ATTRIBUTE  # "repairs damaged skin", "have poorly controlled diabetes"
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
            return Shape.ATTRIBUTE  # "some reduced doses"
        return Shape.ACTIVE
