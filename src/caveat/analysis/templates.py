"""A set of phrase templates (see `template_language`), found where they stand in a block.

A sentence is looked at only for the templates of which it holds a word or two of every stretch of words (see `sieve`):
what a sentence costs depends on its words, not on how many templates there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from sys import intern
from typing import NamedTuple

from caveat.analysis.grammar import (
    BE,
    BOUNDARIES,
    CONJUNCTIONS,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from caveat.analysis.pipeline import Tokens
from caveat.analysis.sieve import Sieve
from caveat.analysis.slots import Slots
from caveat.analysis.template_language import (
    Anchor,
    Gap,
    Slot,
    TemplateError,
    TemplateReader,
    Word,
    check_shapes,
)
from caveat.analysis.trie import PhraseSet
from caveat.values import dataclass

_RUN = 250  # word sequences that one run stands for before it is cut in two
_STEPS = 2_000  # a template that needs more in one sentence has no match there
_LONG = 12  # letters; words of that length are about equally rare
_COMMON = 100  # how much more often a word of a closed class is met than a long word
_APART = 200  # how much more rarely two words are met together than the one times the other
_CLOSED = (
    DETERMINERS | MODALS | BE | HAVE | DO | PREPOSITIONS | BOUNDARIES | CONJUNCTIONS | SUBJECT_PRONOUNS
    | {"not", "there", "what", "how", "all", "also", "only", "me", "us", "them", "him"}
)  # fmt: skip


_Element = Anchor | Gap | Slot | int
"""A stretch of literal words is the number of its phrases, its run."""
_Phrases = tuple[tuple[str, ...], ...]


class _Template(NamedTuple):  # a start reads hundreds, and tuples at a tenth of what other values cost
    """A shape of a template: its elements and the keys it is found under.

    `needed` are the elements' runs, the rarest first, `slots` the names that each slot takes.
    """

    elements: tuple[_Element, ...]
    keys: list[str]
    needed: tuple[int, ...]
    slots: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A template found in a sentence: token range, the literal words' ranges, and the slots' ranges."""

    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    slots: tuple[tuple[int, int], ...]


def template_problem(template: str, reader: TemplateReader) -> str | None:
    """What is wrong with a template, for the person who wrote it; None if nothing is."""
    try:
        for _ in _variants(template, reader):
            pass
    except TemplateError as error:
        return str(error)
    return None


class Templates:
    """A set of compiled templates, each under the owner's key. Plain data: it can be pickled."""

    def __init__(self) -> None:
        self._numbers: dict[_Phrases, int] = {}
        self._known: dict[tuple[_Element, ...], _Template] = {}
        self._tells: dict[int, frozenset[str]] = {}  # of each run, what no phrase of it can be without
        self._runs: list[PhraseSet] = []
        self._sieve = Sieve()
        self._compiled: list[_Template] = []
        self._rates = _Rates()
        self._shared: dict[_Element, _Element] = {}  # so that equal ones are pickled once

    def __getstate__(self) -> dict[str, object]:  # what only adding asks for is most of the whole
        return {**vars(self), "_numbers": {}, "_known": {}, "_tells": {}, "_rates": _Rates(), "_shared": {}}

    def add(self, key: str, template: str, reader: TemplateReader) -> None:
        """Compile `template` under `key`.

        Raises:
            TemplateError: if the template can not be read, has no literal word or stands for too many phrases.
        """
        for variant in _variants(template, reader):
            self._add_elements(key, [self._run(e) if isinstance(e, tuple) else e for e in variant])

    def _add_elements(self, key: str, elements: Sequence[_Element]) -> None:
        known = self._known.get(tuple(elements))
        if known is not None:
            if key not in known.keys:
                known.keys.append(key)
            return
        runs = sorted({e for e in elements if isinstance(e, int)})
        rarest, *others = sorted(runs, key=lambda run: sum(map(self._rates.__getitem__, self._tells[run])))
        self._sieve.add(self._tells[rarest], map(self._tells.__getitem__, others))
        shape = tuple([self._shared.setdefault(element, element) for element in elements])
        slots = tuple(element.names for element in shape if isinstance(element, Slot))
        made = _Template(shape, [key], (rarest, *others), slots)
        self._compiled.append(made)
        self._known[made.elements] = made

    def _run(self, sequences: _Phrases) -> int:
        identity = tuple(sorted(sequences))
        number = self._numbers.get(identity)
        if number is None:
            number = self._numbers[identity] = len(self._runs)
            self._runs.append(PhraseSet(identity))
            rates = self._rates.__getitem__
            self._tells[number] = frozenset(intern(min(_tells_of(phrase), key=rates)) for phrase in identity)
        return number

    def find(
        self,
        tokens: Tokens,
        slots: Slots | None = None,
        *,
        sentence: int | None = None,
        wanted: AbstractSet[str] | None = None,
    ) -> Sequence[tuple[int, str, Match]]:
        """Every template that matches, as (sentence number within the block, key, match); once a key and place.

        Sentence by sentence, in each in the order in which the templates were added; what several keys ask for is
        looked for once. `slots` are those of these tokens. Only what has a key of `wanted` is looked for; None wants
        all.
        """
        possible = tokens.index.sifted(self._sieve)
        found: list[tuple[int, str, Match]] = []
        if not possible:
            return found
        for number in range(len(tokens.sentences)) if sentence is None else (sentence,):
            here = possible.get(tokens.first_sentence + number)
            if here and wanted is not None:
                here = [template for template in here if not wanted.isdisjoint(self._compiled[template].keys)]
            if here:
                if slots is None:
                    slots = Slots(tokens)
                for key, match in self._find_in(_Sentence(tokens, number, slots, self._runs), here):
                    if wanted is None or key in wanted:
                        found.append((number, key, match))
        return found

    def _find_in(self, sentence: _Sentence, possible: Iterable[int]) -> Iterator[tuple[str, Match]]:
        seen: set[tuple[str, int, int]] = set()
        for template in possible:
            one = self._compiled[template]
            match = sentence.match(one)
            if match is None:
                continue
            for key in one.keys:
                if (key, match.start, match.end) not in seen:
                    seen.add((key, match.start, match.end))
                    yield key, match


def _variants(template: str, reader: TemplateReader) -> Iterator[list[Anchor | Gap | Slot | _Phrases]]:
    """The sequences of elements for which a template stands, its runs as the phrases that each may be.

    Raises:
        TemplateError: if the template can not be read, has no literal word or stands for too many phrases.
    """
    for shape in reader.shapes(template):
        variants: list[list[Anchor | Gap | Slot | _Phrases]] = [[]]
        words: list[Word] = []
        for item in (*shape, None):
            if isinstance(item, Word):
                words.append(item)
                continue
            for run in _runs(words):
                filled = tuple(sequence for sequence in run if sequence)
                without = [list(v) for v in variants] if len(filled) < len(run) else []
                for variant in variants:
                    variant.append(filled)
                variants += without
            words = []
            if item is not None:
                for variant in variants:
                    variant.append(item)
        check_shapes(template, len(variants))
        if not all(any(isinstance(element, tuple) for element in variant) for variant in variants):
            raise TemplateError(f"template {template!r} needs at least one literal word", template)
        if any(Anchor.START in variant[1:] or Anchor.END in variant[:-1] for variant in variants):
            message = f"template {template!r} has '^' behind something or '$' before it, and matches nothing"
            raise TemplateError(message, template)
        yield from variants


def _tells_of(phrase: Sequence[str]) -> Iterator[str]:
    """What tells that a phrase may stand in a sentence: each of its words and each two that follow each other."""
    yield from phrase
    yield from map(" ".join, pairwise(phrase))


class _Rates(dict[str, float]):
    """How often words and pairs are met, roughly: those of closed classes and punctuation most, then the short ones."""

    def __missing__(self, tell: str) -> float:
        first, *second = [
            _COMMON if word in _CLOSED or not word[0].isalnum() else max(_LONG - len(word), 1) for word in tell.split()
        ]
        rate = self[tell] = first * second[0] / _APART if second else first
        return rate


def _runs(words: Sequence[Word]) -> list[set[tuple[str, ...]]]:
    """The word sequences of a stretch of literal words, in one run or, where they are many, several."""
    runs: list[set[tuple[str, ...]]] = []
    run: set[tuple[str, ...]] = {()}
    for word in words:
        if len(run) > 1 and len(run) * len(word.forms) > _RUN:
            runs.append(run)
            run = {()}
        run = {sequence + form for sequence in run for form in word.forms}
    return [*runs, run] if words else runs


class _Sentence:
    """Finds templates in one sentence, each where it stands first; works out what they ask for once."""

    def __init__(self, tokens: Tokens, number: int, slots: Slots, runs: Sequence[PhraseSet]) -> None:
        self._norms = tokens.norms
        self._words = tokens.words[number]
        self._bounds = tokens.sentences[number]
        self._number = number
        self._slots = slots
        self._runs = runs
        self._places: dict[int, list[tuple[int, int]]] = {}
        self._budget = 0

    def match(self, template: _Template) -> Match | None:
        """The leftmost place where the elements follow each other; None if there is none in so many steps."""
        for names in template.slots:
            if self._slots.of(self._number).names.isdisjoint(names):
                return None
        for run in template.needed:
            if not self._run(run):
                return None
        if len(template.elements) == 1:
            start, end = self._run(template.needed[0])[0]
            return Match(start, end, ((start, end),), ())
        self._budget = _STEPS
        taken: list[tuple[bool, int, int]] = []
        if not self._step(template.elements, 0, self._bounds[0], self._bounds[1], taken):
            return None
        words = tuple([(a, b) for literal, a, b in taken if literal])
        slots = tuple([(a, b) for literal, a, b in taken if not literal])
        return Match(min([a for _, a, _ in taken]), max([b for _, _, b in taken]), words, slots)

    def _step(
        self, elements: tuple[_Element, ...], index: int, low: int, high: int, taken: list[tuple[bool, int, int]]
    ) -> bool:
        """Match the elements from `index` where the next one may start from `low` to `high`."""
        self._budget -= 1
        if self._budget < 0:
            return False
        if index == len(elements):
            return True
        element = elements[index]
        if isinstance(element, Gap):
            return self._step(elements, index + 1, low, min(high + element.most, self._bounds[1]), taken)
        if isinstance(element, Anchor):
            if element is Anchor.START:
                return low == self._bounds[0] and self._step(elements, index + 1, low, low, taken)
            return high >= self._bounds[1] - 1 and self._step(elements, index + 1, low, high, taken)
        literal = isinstance(element, int)
        for start, end in self._run(element) if isinstance(element, int) else self._filling(element):
            if low <= start <= high:
                taken.append((literal, start, end))
                if self._step(elements, index + 1, end, end, taken):
                    return True
                taken.pop()
        return False

    def _run(self, number: int) -> Sequence[tuple[int, int]]:
        """Where a run stands."""
        places = self._places.get(number)
        if places is None:
            places = self._runs[number].places(self._norms, self._words, self._bounds[1])
            self._places[number] = places
        return places

    def _filling(self, slot: Slot) -> Sequence[tuple[int, int]]:
        """Where something stands that a slot can take."""
        return self._slots.of(self._number).places(slot.names)
