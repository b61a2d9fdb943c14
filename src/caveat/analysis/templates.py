"""A set of phrase templates (see `template_language`), found where they stand in a block.

A sentence is looked at only for the templates of which it holds an anchor, a word or two that the rarest stretch of
words of the template can not be without: what a sentence costs depends on its words, not on how many templates there
are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

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
from caveat.analysis.template_language import (
    Anchor,
    Gap,
    Lists,
    Norms,
    Slot,
    TemplateError,
    Word,
    check_shapes,
    read_template,
)
from caveat.analysis.trie import PhraseSet
from caveat.values import dataclass

_NUMBER = frozenset({"number"})
_URL = frozenset({"url"})
_NUMBER_WORDS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
     "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "dozen",
     "half"}
)  # fmt: skip
_RUN = 250  # word sequences that one run stands for before it is cut in two
_STEPS = 2_000  # a template that needs more in one sentence has no match there
_LONG = 12  # letters; words of that length are about equally rare
_COMMON = 100  # how much more often a word of a closed class is met than a long word
_APART = 200  # how much more rarely two words are met together than the one times the other
_CLOSED = (
    DETERMINERS | MODALS | BE | HAVE | DO | PREPOSITIONS | BOUNDARIES | CONJUNCTIONS | SUBJECT_PRONOUNS
    | {"not", "there", "what", "how", "all", "also", "only", "me", "us", "them", "him"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of literal words, by the number of its phrases."""

    number: int


_Element = Anchor | Gap | Slot | _Run
_Phrases = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Template:
    """A shape of a template: its elements and the keys it is found under.

    `needed` are the elements' runs, `others` those without the rarest, `slots` the names that each slot takes,
    `shaped` whether one of them takes a number or a link.
    """

    elements: tuple[_Element, ...]
    keys: list[str]
    needed: frozenset[int]
    others: tuple[int, ...]
    slots: tuple[frozenset[str], ...]
    shaped: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A template found in a sentence: token range, the literal words' ranges, and the slots' ranges."""

    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    slots: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SlotSpan:
    """Something a slot can take: a token range and every name by which a slot may ask for it."""

    start: int
    end: int
    names: frozenset[str]


def template_problem(template: str, *, norms: Norms, lists: Lists) -> str | None:
    """What is wrong with a template, for the person who wrote it; None if nothing is."""
    try:
        for _ in _variants(template, norms, lists):
            pass
    except TemplateError as error:
        return str(error)
    return None


class Templates:
    """A set of compiled templates, each under the owner's key. Plain data: it can be pickled."""

    def __init__(self) -> None:
        self._numbers: dict[_Phrases, int] = {}
        self._known: dict[tuple[_Element, ...], _Template] = {}
        self._runs: list[PhraseSet] = []
        self._tells: list[frozenset[str]] = []  # of each run, what no phrase of it can be without
        self._anchored: dict[str, list[int]] = {}  # the templates whose rarest run has this tell
        self._compiled: list[_Template] = []
        self._rates: dict[str, float] = {}

    def __getstate__(self) -> dict[str, object]:  # what only adding asks for is most of the whole
        return {**vars(self), "_numbers": {}, "_known": {}, "_rates": {}}

    def add(self, key: str, template: str, *, norms: Norms, lists: Lists | None = None) -> None:
        """Compile `template` under `key`; `norms` gives a phrase's token norms, `lists` the named lists.

        Raises:
            TemplateError: if the template can not be read, has no literal word or stands for too many phrases.
        """
        for variant in _variants(template, norms, lists or {}):
            self._add_elements(key, [self._run(e) if isinstance(e, tuple) else e for e in variant])

    def _add_elements(self, key: str, elements: Sequence[_Element]) -> None:
        known = self._known.get(tuple(elements))
        if known is not None:
            if key not in known.keys:
                known.keys.append(key)
            return
        needed = frozenset(e.number for e in elements if isinstance(e, _Run))
        rarest = min(sorted(needed), key=lambda run: sum(map(self._rate, self._tells[run])))
        for tell in self._tells[rarest]:
            self._anchored.setdefault(tell, []).append(len(self._compiled))
        slots = tuple(element.names for element in elements if isinstance(element, Slot))
        shaped = not (_NUMBER | _URL).isdisjoint(frozenset[str]().union(*slots))
        made = _Template(tuple(elements), [key], needed, tuple(needed - {rarest}), slots, shaped)
        self._compiled.append(made)
        self._known[made.elements] = made

    def _run(self, sequences: _Phrases) -> _Run:
        identity = tuple(sorted(sequences))
        number = self._numbers.get(identity)
        if number is None:
            number = self._numbers[identity] = len(self._runs)
            self._runs.append(PhraseSet(identity))
            self._tells.append(frozenset(min(_tells_of(phrase), key=self._rate) for phrase in identity))
        return _Run(number)

    def _rate(self, tell: str) -> float:
        rate = self._rates.get(tell)
        if rate is None:
            rate = self._rates[tell] = _rate(tell)
        return rate

    def find(
        self, tokens: Tokens, slots: Sequence[SlotSpan] = (), *, sentence: int | None = None
    ) -> Iterator[tuple[int, str, Match]]:
        """Every template that matches, as (sentence number within the block, key, match); once a key and place.

        Sentence by sentence, in each in the order in which the templates were added; what several keys ask for is
        looked for once.
        """
        anchors = self._anchored.keys()
        for number in range(len(tokens.sentences)) if sentence is None else (sentence,):
            tells = tokens.tells[number]
            met = anchors & tells
            if met:
                possible = self._possible(met, tells)
                if possible:
                    yield from self._find_in(number, tokens, possible, slots)

    def _possible(self, met: set[str], tells: frozenset[str]) -> list[_Template]:
        """The templates anchored in what is met that have a tell of every run, in the order of adding."""
        every = self._tells
        found: list[_Template] = []
        for index in sorted({index for tell in met for index in self._anchored[tell]}):
            one = self._compiled[index]
            for run in one.others:
                if tells.isdisjoint(every[run]):
                    break
            else:
                found.append(one)
        return found

    def _find_in(
        self, number: int, tokens: Tokens, possible: Sequence[_Template], slots: Sequence[SlotSpan]
    ) -> Iterator[tuple[int, str, Match]]:
        words, (low, high) = tokens.words[number], tokens.sentences[number]
        inside: list[SlotSpan] = []
        if any(one.slots for one in possible):
            inside += (s for s in slots if low <= s.start and s.end <= high)
            if any(one.shaped for one in possible):
                inside += _shaped(tokens, (low, high))
        named = frozenset[str]().union(*(slot.names for slot in inside))
        places: dict[int, list[tuple[int, int]]] = {}
        matcher = _Matcher((low, high), places, inside)
        seen: set[tuple[str, int, int]] = set()
        for one in possible:
            if any(map(named.isdisjoint, one.slots)):
                continue
            for run in one.needed:
                if run not in places:
                    places[run] = self._runs[run].places(tokens.norms, words, high)
            match = matcher.match(one.elements) if all(map(places.__getitem__, one.needed)) else None
            if match is None:
                continue
            for key in one.keys:
                if (key, match.start, match.end) not in seen:
                    seen.add((key, match.start, match.end))
                    yield number, key, match


def _variants(template: str, norms: Norms, lists: Lists) -> Iterator[list[Anchor | Gap | Slot | _Phrases]]:
    """The sequences of elements for which a template stands, its runs as the phrases that each may be.

    Raises:
        TemplateError: if the template can not be read, has no literal word or stands for too many phrases.
    """
    for shape in read_template(template, norms, lists):
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
            raise TemplateError(f"template {template!r} needs at least one literal word")
        yield from variants


def _tells_of(phrase: Sequence[str]) -> Iterator[str]:
    """What tells that a phrase may stand in a sentence: each of its words and each two that follow each other."""
    yield from phrase
    yield from map(" ".join, pairwise(phrase))


def _rate(tell: str) -> float:
    """How often a word or pair is met, roughly: words of closed classes and punctuation most, then the short ones."""
    rates = [
        _COMMON if word in _CLOSED or not word[0].isalnum() else max(_LONG - len(word), 1) for word in tell.split()
    ]
    return rates[0] if len(rates) == 1 else rates[0] * rates[1] / _APART


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


def _shaped(tokens: Tokens, bounds: tuple[int, int]) -> Iterator[SlotSpan]:
    """The numbers and links of a sentence, which any `<number>` or `<url>` can take."""
    for i in range(*bounds):
        text = tokens.texts[i]
        if text[0].isdigit() or tokens.norms[i] in _NUMBER_WORDS:
            yield SlotSpan(i, i + 1, _NUMBER)
        elif "://" in text or text.startswith("www."):
            yield SlotSpan(i, i + 1, _URL)


class _Matcher:
    """Finds sequences of elements in one sentence, leftmost first."""

    def __init__(
        self,
        bounds: tuple[int, int],
        runs: Mapping[int, Sequence[tuple[int, int]]],
        slots: Sequence[SlotSpan],
    ) -> None:
        self._bounds = bounds
        self._runs = runs
        self._slots = slots
        self._named: dict[frozenset[str], list[tuple[int, int]]] = {}
        self._budget = 0

    def match(self, elements: tuple[_Element, ...]) -> Match | None:
        """The leftmost place where the elements follow each other; None if there is none in so many steps."""
        self._budget = _STEPS
        taken: list[tuple[bool, int, int]] = []
        if not self._step(elements, 0, self._bounds[0], self._bounds[1], taken):
            return None
        words = tuple((a, b) for literal, a, b in taken if literal)
        slots = tuple((a, b) for literal, a, b in taken if not literal)
        return Match(min(a for _, a, _ in taken), max(b for _, _, b in taken), words, slots)

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
        if element is Anchor.START:
            return low == self._bounds[0] and self._step(elements, index + 1, low, low, taken)
        if element is Anchor.END:
            return high >= self._bounds[1] - 1 and self._step(elements, index + 1, low, high, taken)
        if isinstance(element, Gap):
            return self._step(elements, index + 1, low, min(high + element.most, self._bounds[1]), taken)
        if isinstance(element, Anchor):
            return False
        for start, end in self._places(element):
            if low <= start <= high:
                taken.append((isinstance(element, _Run), start, end))
                if self._step(elements, index + 1, end, end, taken):
                    return True
                taken.pop()
        return False

    def _places(self, element: _Run | Slot) -> Sequence[tuple[int, int]]:
        if isinstance(element, _Run):
            return self._runs[element.number]
        places = self._named.get(element.names)
        if places is None:
            places = [(s.start, s.end) for s in self._slots if not element.names.isdisjoint(s.names)]
            self._named[element.names] = places
        return places
