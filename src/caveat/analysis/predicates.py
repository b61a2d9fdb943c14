"""Where a sentence says that something is done: the predicates of claims and the part of speech they play."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from caveat.analysis.inflect import inflections, third_person
from caveat.analysis.pipeline import Tokens
from caveat.analysis.templates import Templates
from caveat.analysis.trie import Trie
from caveat.packs.predicates import Effect, PredicateClass

BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being", "'s", "'re", "get", "gets", "got"})
HAVE = frozenset({"has", "have", "had", "having", "'ve"})
MODALS = frozenset({"can", "could", "may", "might", "will", "would", "shall", "should", "must", "'ll", "'d"})
DETERMINERS = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "its", "their", "your", "our", "his", "her", "my", "any",
     "some", "no", "each", "every", "such", "more", "most", "significant", "greater", "further", "other", "many",
     "several", "great", "added", "potential", "possible", "main", "key", "major", "significantly"}
)  # fmt: skip
PREPOSITIONS = frozenset(
    {"of", "in", "on", "for", "with", "by", "from", "at", "about", "against", "without", "between", "among", "during"}
)
_ADVERBS_ALSO = frozenset({"also", "not", "even", "often", "never", "always", "thus", "then", "still", "either", "both", "well", "help", "helps", "helped"})  # fmt: skip


class Shape(Enum):
    """The grammar of a predicate where it stands."""

    ACTIVE = auto()  # X reduces Y
    PASSIVE = auto()  # Y is reduced by X
    PARTICIPLE = auto()  # reducing Y
    NOUN = auto()  # reduction in Y
    ADJECTIVE = auto()  # effective for Y
    PHRASE = auto()  # say goodbye to Y


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate in a sentence: token range, class, effect and shape."""

    start: int
    end: int
    id: str
    effect: Effect
    shape: Shape


class _Form(Enum):
    BASE = auto()
    THIRD = auto()
    PAST = auto()
    ING = auto()
    NOUN = auto()
    NOUNS = auto()
    ADJECTIVE = auto()


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    form: _Form


class PredicateFinder:
    """The compiled predicate classes. Plain data: it can be pickled."""

    def __init__(self, classes: Mapping[str, PredicateClass], norms: Callable[[str], tuple[str, ...]]) -> None:
        self._classes = tuple(classes.items())
        self._words: Trie[_Entry] = Trie()
        self._phrases = Templates()
        for number, (_, one) in enumerate(self._classes):
            for verb in one.verbs:
                self._add_verb(number, verb, norms)
            for noun in one.nouns:
                self._words.add(norms(noun), _Entry(number, _Form.NOUN))
                self._words.add(norms(third_person(noun)), _Entry(number, _Form.NOUNS))
            for adjective in one.adjectives:
                self._words.add(norms(adjective), _Entry(number, _Form.ADJECTIVE))
            for phrase in one.phrases:
                self._phrases.add(str(number), phrase, norms=norms)

    def _add_verb(self, number: int, verb: str, norms: Callable[[str], tuple[str, ...]]) -> None:
        base, third, *others = inflections(verb)
        self._words.add(norms(base), _Entry(number, _Form.BASE))
        self._words.add(norms(third), _Entry(number, _Form.THIRD))
        for other in others:
            self._words.add(norms(other), _Entry(number, _Form.ING if other.endswith("ing") else _Form.PAST))

    def find(self, tokens: Tokens) -> list[Predicate]:
        """The predicates of a block in reading order; of overlapping ones the longest, then the earlier class."""
        found: list[tuple[int, int, int, Shape]] = []
        for _, key, match in self._phrases.find(tokens):
            found.append((match.start, match.end, int(key), Shape.PHRASE))
        by_place: dict[tuple[int, int], list[_Entry]] = {}
        for start, end, entry in self._words.scan(tokens.norms):
            by_place.setdefault((start, end), []).append(entry)
        for (start, end), entries in by_place.items():
            shape = None
            for entry in entries:
                shape = _shape(tokens, start, end, entry.form, {e.form for e in entries})
                if shape is not None:
                    found.append((start, end, entry.number, shape))
                    break
        kept: list[Predicate] = []
        last = -1
        for start, end, number, shape in sorted(found, key=lambda f: (f[0], -f[1], f[2])):
            if start >= last:
                name, one = self._classes[number]
                kept.append(Predicate(start, end, name, one.effect, shape))
                last = end
        return kept


def before(tokens: Tokens, at: int) -> int:
    """The index of the word before `at`, adverbs skipped; -1 at the start of the sentence."""
    at -= 1
    norms = tokens.norms
    while at >= 0 and ((norms[at].endswith("ly") and len(norms[at]) > 4) or norms[at] in _ADVERBS_ALSO):
        at -= 1
    return at


def _shape(tokens: Tokens, start: int, end: int, form: _Form, forms: set[_Form]) -> Shape | None:
    norms = tokens.norms
    at = before(tokens, start)
    previous = norms[at] if at >= 0 else ""
    following = norms[end] if end < len(norms) else ""
    nominal = previous in DETERMINERS or previous in PREPOSITIONS
    if form in (_Form.NOUN, _Form.NOUNS):
        return Shape.NOUN
    if form is _Form.ADJECTIVE:
        return Shape.ADJECTIVE
    if form is _Form.PAST:
        return _past(tokens, at, previous, following)
    if form is _Form.ING:
        return None if previous in DETERMINERS else Shape.PARTICIPLE
    noun_too = _Form.NOUN in forms or _Form.NOUNS in forms
    if nominal and previous != "that":
        return Shape.NOUN if noun_too else None
    if form is _Form.THIRD:
        if noun_too and following in ("of", "in"):
            return Shape.NOUN
        return None if following in BE or following in HAVE else Shape.ACTIVE
    return _base(previous, following, noun_too=noun_too)


def _base(previous: str, following: str, *, noun_too: bool) -> Shape | None:
    if previous in ("to", "not") or previous in MODALS:
        return Shape.ACTIVE
    if noun_too and (following in ("in", "of") or following in BE):
        return Shape.NOUN
    if following in BE or following in ("of",):
        return None
    return Shape.ACTIVE


def _past(tokens: Tokens, at: int, previous: str, following: str) -> Shape | None:
    if previous in BE:
        return Shape.PASSIVE
    if previous == "been" or (at > 0 and previous == "to" and following == "by"):
        return Shape.PASSIVE
    if previous in DETERMINERS or (previous in PREPOSITIONS and following != "by"):
        return None  # "the reduced dose"
    if following == "by":
        return Shape.PASSIVE
    return Shape.ACTIVE
