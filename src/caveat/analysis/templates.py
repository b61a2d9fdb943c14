"""Phrase templates: the small language in which packs write down wordings.

    word            the word, in any case; curly and straight apostrophes, "isn't" and "is not",
                    "low-dose" and "low dose" are the same
    (a|b c|)        alternatives, nestable; an empty one makes the group optional
    {treat|heal}    any form of these words: treat, treats, treated, treating, heal…
    ...             a gap of up to six words, inside the sentence;  ..3  a gap of up to three
    <condition>     a mention of that concept class, tag or id;  <drug|supplement>  of one of them
    <number>        a number in figures or words;  <url>  a link
    ^  $            the start, the end of the sentence
    @name           one of the templates of a named list

A template needs at least one literal word: that word is what finds it. Every run of literal words goes
into one trie; the rest of a template is tried only in sentences where all of its runs occur.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto

from caveat.analysis.inflect import inflections
from caveat.analysis.pipeline import Tokens
from caveat.analysis.trie import Trie
from caveat.values import dataclass

_GAP = 6
_NUMBER = frozenset({"number"})
_URL = frozenset({"url"})
_NUMBER_WORDS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
     "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "dozen",
     "half"}
)  # fmt: skip
_RUN = 250  # word sequences that one run stands for before it is cut in two
_MAX_SHAPES = 400  # shapes that one template may expand to

Norms = Callable[[str], tuple[str, ...]]


class TemplateError(ValueError):
    """A template that can not be read. The message says what and where in the template."""


class _Anchor(Enum):
    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class _Gap:
    most: int


@dataclass(frozen=True, slots=True)
class _Slot:
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Word:
    """One word position: any of these norm sequences."""

    forms: tuple[tuple[str, ...], ...]


_Item = _Anchor | _Gap | _Slot | _Word
_Shape = tuple[_Item, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of literal words, by its number in the trie."""

    number: int


_Element = _Anchor | _Gap | _Slot | _Run
_Template = tuple[str, tuple[_Element, ...], frozenset[int], bool]  # key, elements, needed runs, without a slot


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


def _shaped(tokens: Tokens, bounds: tuple[int, int]) -> Iterator[SlotSpan]:
    """The numbers and links of a sentence, which any `<number>` or `<url>` can take."""
    for i in range(*bounds):
        text = tokens.texts[i]
        if text[0].isdigit() or tokens.norms[i] in _NUMBER_WORDS:
            yield SlotSpan(i, i + 1, _NUMBER)
        elif "://" in text or text.startswith("www."):
            yield SlotSpan(i, i + 1, _URL)


def template_problem(template: str, *, norms: Norms, lists: Mapping[str, Sequence[str]]) -> str | None:
    """What is wrong with a template, for the person who wrote it; None if nothing is."""
    try:
        Templates().add("", template, norms=norms, lists=lists)
    except TemplateError as error:
        return str(error)
    return None


class Templates:
    """A set of compiled templates, each under the owner's key. Plain data: it can be pickled."""

    def __init__(self) -> None:
        self._trie: Trie[int] = Trie()
        self._numbers: dict[tuple[tuple[str, ...], ...], int] = {}
        self._runs = 0
        self._by_run: dict[int, list[int]] = {}
        self._compiled: list[_Template] = []

    def __getstate__(self) -> dict[str, object]:
        return {**vars(self), "_numbers": {}}  # most of the whole, and only what adds templates asks for it

    def add(self, key: str, template: str, *, norms: Norms, lists: Mapping[str, Sequence[str]] | None = None) -> None:
        """Compile `template` under `key`; `norms` gives a phrase's token norms, `lists` the named lists.

        Raises:
            TemplateError: if the template can not be read, has no literal word or stands for too many phrases.
        """
        for shape in _Parser(template, norms, lists or {}).shapes():
            self._add_shape(key, template, shape)

    def _add_shape(self, key: str, template: str, shape: _Shape) -> None:
        variants: list[list[_Element]] = [[]]
        words: list[_Word] = []
        for item in (*shape, None):
            if isinstance(item, _Word):
                words.append(item)
                continue
            for run in _runs(words):
                filled = tuple(sequence for sequence in run if sequence)
                without = [list(v) for v in variants] if len(filled) < len(run) else []
                for variant in variants:
                    variant.append(_Run(self._run(filled)))
                variants += without
            words = []
            if item is not None:
                for variant in variants:
                    variant.append(item)
        if len(variants) > _MAX_SHAPES:
            raise TemplateError(f"template {template!r} has more than {_MAX_SHAPES} shapes")
        for variant in variants:
            self._add_elements(key, template, variant)

    def _add_elements(self, key: str, template: str, elements: Sequence[_Element]) -> None:
        needed = frozenset(e.number for e in elements if isinstance(e, _Run))
        if not needed:
            raise TemplateError(f"template {template!r} needs at least one literal word")
        number = len(self._compiled)
        plain = not any(isinstance(element, _Slot) for element in elements)
        self._compiled.append((key, tuple(elements), needed, plain))
        self._by_run.setdefault(min(needed, key=lambda n: len(self._by_run.get(n, ()))), []).append(number)

    def _run(self, sequences: tuple[tuple[str, ...], ...]) -> int:
        identity = tuple(sorted(sequences))
        number = self._numbers.get(identity)
        if number is None:
            number = self._numbers[identity] = self._runs
            self._runs += 1
            for sequence in identity:
                self._trie.add(sequence, number)
        return number

    def find(
        self, tokens: Tokens, slots: Sequence[SlotSpan] = (), *, sentence: int | None = None
    ) -> Iterator[tuple[int, str, Match]]:
        """Every template that matches, as (sentence number within the block, key, match); once a key and place."""
        if not self._compiled:
            return
        hits: dict[int, dict[int, list[tuple[int, int]]]] = {}
        bounds = tokens.sentences
        at = 0
        for start, end, run in self._trie.scan(tokens.norms):
            while at < len(bounds) and start >= bounds[at][1]:
                at += 1
            if at < len(bounds) and end <= bounds[at][1] and (sentence is None or sentence == at):
                hits.setdefault(at, {}).setdefault(run, []).append((start, end))
        for number, runs in hits.items():
            whole = [one for one in self._candidates(runs) if one[2] <= runs.keys()]
            if whole:
                low, high = bounds[number]
                inside: list[SlotSpan] = []
                if not all(one[3] for one in whole):
                    inside = [s for s in slots if low <= s.start and s.end <= high]
                    inside.extend(_shaped(tokens, bounds[number]))
                yield from _matched(number, whole, bounds[number], runs, inside)

    def _candidates(self, runs: Iterable[int]) -> Iterator[_Template]:
        """The templates that one of these runs stands for."""
        return (self._compiled[index] for run in runs for index in self._by_run.get(run, ()))


def _matched(
    number: int,
    templates: Iterable[_Template],
    bounds: tuple[int, int],
    runs: Mapping[int, Sequence[tuple[int, int]]],
    slots: Sequence[SlotSpan],
) -> Iterator[tuple[int, str, Match]]:
    """Those of the templates that match in one sentence, once a key and place."""
    seen: set[tuple[str, int, int]] = set()
    for key, elements, _, _ in templates:
        match = _Matcher(bounds, runs, slots).match(elements)
        if match and (key, match.start, match.end) not in seen:
            seen.add((key, match.start, match.end))
            yield number, key, match


class _Matcher:
    """Finds a sequence of elements in one sentence, leftmost first."""

    def __init__(
        self,
        bounds: tuple[int, int],
        runs: Mapping[int, Sequence[tuple[int, int]]],
        slots: Sequence[SlotSpan],
    ) -> None:
        self._bounds = bounds
        self._runs = runs
        self._slots = slots
        self._budget = 2_000  # steps; a sentence that needs more has no match

    def match(self, elements: tuple[_Element, ...]) -> Match | None:
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
        if element is _Anchor.START:
            return low == self._bounds[0] and self._step(elements, index + 1, low, low, taken)
        if element is _Anchor.END:
            return high >= self._bounds[1] - 1 and self._step(elements, index + 1, low, high, taken)
        if isinstance(element, _Gap):
            return self._step(elements, index + 1, low, min(high + element.most, self._bounds[1]), taken)
        for start, end in self._places(element):
            if low <= start <= high:
                taken.append((isinstance(element, _Run), start, end))
                if self._step(elements, index + 1, end, end, taken):
                    return True
                taken.pop()
        return False

    def _places(self, element: _Element) -> Sequence[tuple[int, int]]:
        if isinstance(element, _Run):
            return self._runs[element.number]
        if isinstance(element, _Slot):
            return [(s.start, s.end) for s in self._slots if not element.names.isdisjoint(s.names)]
        return ()


class _Parser:
    """Recursive descent over a template; every way through its alternatives that changes its shape is one shape."""

    def __init__(self, template: str, norms: Norms, lists: Mapping[str, Sequence[str]], outer: tuple[str, ...] = ()):
        self._template = template
        self._norms = norms
        self._lists = lists
        self._outer = outer
        self._at = 0

    def shapes(self) -> list[_Shape]:
        shapes = self._sequence(depth=0)
        if self._at < len(self._template):
            raise self._error("unexpected ')' or '|'")
        return [s for s in shapes if s] or [()]

    def _error(self, what: str) -> TemplateError:
        return TemplateError(f"{what} at character {self._at + 1} of template {self._template!r}")

    def _sequence(self, *, depth: int) -> list[_Shape]:
        shapes: list[_Shape] = [()]
        while self._at < len(self._template):
            char = self._template[self._at]
            if char == " ":
                self._at += 1
            elif char in "|)":
                if depth == 0:
                    raise self._error(f"unexpected {char!r}")
                break
            else:
                choices = self._item(depth)
                shapes = [s + c for s in shapes for c in choices]
                if len(shapes) > _MAX_SHAPES:
                    raise TemplateError(f"template {self._template!r} has more than {_MAX_SHAPES} shapes")
        return shapes

    def _item(self, depth: int) -> list[_Shape]:
        char = self._template[self._at]
        if char == "(":
            return self._group(depth)
        if char == "{":
            words = [word.strip() for word in self._until("}").split("|")]
            return [(_Word(tuple(dict.fromkeys(self._norms(form) for word in words for form in inflections(word)))),)]
        if char == "<":
            return [(_Slot(frozenset(self._until(">").split("|"))),)]
        if char == "@":
            return self._list()
        if char in "^$":
            self._at += 1
            return [(_Anchor.START if char == "^" else _Anchor.END,)]
        if char == "\\":
            self._at += 1  # the sign itself: \\$ is a dollar
        word = self._word()
        if word == "...":
            return [(_Gap(_GAP),)]
        if word.startswith("..") and word[2:].isdigit():
            return [(_Gap(int(word[2:])),)]
        forms = self._norms(word)
        if not forms:
            raise self._error(f"no word in {word!r}")
        return [(_Word((forms,)),)]

    def _word(self) -> str:
        start = self._at
        while self._at < len(self._template) and self._template[self._at] not in " |(){}<>@":
            self._at += 1
        if start == self._at:
            raise self._error(f"unexpected {self._template[start]!r}")
        return self._template[start : self._at]

    def _until(self, closing: str) -> str:
        end = self._template.find(closing, self._at)
        if end < 0:
            raise self._error(f"missing {closing!r}")
        inside = self._template[self._at + 1 : end].strip()
        self._at = end + 1
        if not inside:
            raise self._error(f"nothing before {closing!r}")
        return inside

    def _group(self, depth: int) -> list[_Shape]:
        opened = self._at
        self._at += 1
        choices: list[_Shape] = []
        while True:
            choices.extend(self._sequence(depth=depth + 1))
            if self._at >= len(self._template):
                self._at = opened
                raise self._error("unclosed '('")
            closing = self._template[self._at]
            self._at += 1
            if closing == ")":
                if self._template[self._at : self._at + 1] == "?":
                    raise self._error("an option is written (a|), not (a)?")
                return _merge(choices)

    def _list(self) -> list[_Shape]:
        self._at += 1
        name = self._word()
        if name not in self._lists:
            raise self._error(f"no list named {name!r}")
        if name in self._outer:
            raise self._error(f"list {name!r} contains itself")
        choices: list[_Shape] = []
        for template in self._lists[name]:
            choices.extend(_Parser(template, self._norms, self._lists, (*self._outer, name)).shapes())
        return _merge(choices)


def literal_positions(
    template: str, *, norms: Norms, lists: Mapping[str, Sequence[str]] | None = None
) -> tuple[tuple[tuple[tuple[str, ...], ...], ...], ...] | None:
    """A template of literal words as its shapes, each a sequence of positions, each the norm sequences it may take.

    None if the template holds anything but words. An optional group may take the empty sequence.

    Raises:
        TemplateError: if the template can not be read.
    """
    shapes = []
    for shape in _Parser(template, norms, lists or {}).shapes():
        if not all(isinstance(item, _Word) for item in shape):
            return None
        shapes.append(tuple(item.forms for item in shape if isinstance(item, _Word)))
    return tuple(shapes)


def _runs(words: Sequence[_Word]) -> list[set[tuple[str, ...]]]:
    """The word sequences of a stretch of literal words, in one run or, where they are many, several."""
    runs: list[set[tuple[str, ...]]] = []
    run: set[tuple[str, ...]] = {()}
    for word in words:
        if len(run) > 1 and len(run) * len(word.forms) > _RUN:
            runs.append(run)
            run = {()}
        run = {sequence + form for sequence in run for form in word.forms}
    return [*runs, run] if words else runs


def _merge(choices: Sequence[_Shape]) -> list[_Shape]:
    """Alternatives that are only words become one word position; the others stay shapes of their own."""
    words: dict[tuple[str, ...], None] = {}
    others: dict[_Shape, None] = {}
    for choice in choices:
        if all(isinstance(item, _Word) for item in choice):
            sequences: list[tuple[str, ...]] = [()]
            for item in choice:
                if isinstance(item, _Word):
                    sequences = [s + form for s in sequences for form in item.forms]
            words.update(dict.fromkeys(sequences))
        else:
            others[choice] = None
    merged: list[_Shape] = [(_Word(tuple(words)),)] if words else []
    return merged + list(others)
