r"""Phrase templates: the small language in which packs write down wordings.

    word            the word, in any case; curly and straight apostrophes, "isn't" and "is not",
                    "low-dose" and "low dose" are the same
    (a|b c|)        alternatives, nestable; an empty one makes the group optional
    {treat|heal}    any form of these words: treat, treats, treated, treating, heal…
    ...             a gap of up to six words, inside the sentence;  ..3  a gap of up to three
    <condition>     a mention of that concept class, tag or id;  <drug|supplement>  of one of them
    <number>        a number in figures or words;  <url>  a link
    ^  $            the start, the end of the sentence: before, behind all else
    @name           one of the templates of a named list
    \$               the sign itself, as in "\$40"; so for the other signs

A template needs at least one literal word: that word is what finds it (see `templates`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto

from caveat.analysis.inflect import inflections
from caveat.values import dataclass

_GAP = 6
_MAX_SHAPES = 400  # shapes that one template may expand to

Norms = Callable[[str], tuple[str, ...]]
Lists = Mapping[str, Sequence[str]]


class TemplateError(ValueError):
    """A template that can not be read. The message says what and where in the template."""

    def __init__(self, message: str, template: str) -> None:
        super().__init__(message)
        self.template = template


class Anchor(Enum):
    """A place in the sentence that a template may ask for."""

    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A mention, number or link that goes by one of these names."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """One word position: any of these norm sequences, of which one may be empty."""

    forms: tuple[tuple[str, ...], ...]


Item = Anchor | Gap | Slot | Word
Shape = tuple[Item, ...]


def check_shapes(template: str, count: int) -> None:
    """Refuse a template that has come to more shapes than one may have.

    Raises:
        TemplateError: if it has.
    """
    if count > _MAX_SHAPES:
        raise TemplateError(f"template {template!r} has more than {_MAX_SHAPES} shapes", template)


class TemplateReader:
    """Reads templates: `norms` gives a phrase's token norms, `lists` the named lists. Each is read once."""

    def __init__(self, norms: Norms, lists: Lists | None = None) -> None:
        self.norms = norms
        self._lists = lists or {}
        self._read: dict[str, list[Shape]] = {}
        self._named: dict[str, list[Shape]] = {}

    def shapes(self, template: str) -> list[Shape]:
        """The shapes of a template.

        Raises:
            TemplateError: if it can not be read or has more than 400 shapes.
        """
        if template not in self._read:
            self._read[template] = _Parser(template, self).shapes()
        return self._read[template]

    def positions(self, template: str) -> tuple[tuple[tuple[tuple[str, ...], ...], ...], ...] | None:
        """A template of literal words as its shapes, each a sequence of positions, each the norms it may take.

        None if the template holds anything but words. An optional group may take the empty sequence.

        Raises:
            TemplateError: if the template can not be read.
        """
        shapes = []
        for shape in self.shapes(template):
            if not all(isinstance(item, Word) for item in shape):
                return None
            shapes.append(tuple(item.forms for item in shape if isinstance(item, Word)))
        return tuple(shapes)

    def named(self, name: str, outer: tuple[str, ...]) -> list[Shape] | None:
        """The shapes that a named list stands for inside those that are `outer` to it; None if there is no such list.

        Raises:
            TemplateError: if a template of it can not be read.
        """
        if name not in self._named:
            if name not in self._lists:
                return None
            within = (*outer, name)
            self._named[name] = _merge([s for one in self._lists[name] for s in _Parser(one, self, within).shapes()])
        return self._named[name]


class _Parser:
    """Recursive descent over a template; every way through its alternatives that changes its shape is one shape."""

    def __init__(self, template: str, reader: TemplateReader, outer: tuple[str, ...] = ()):
        self._template = template
        self._reader = reader
        self._norms = reader.norms
        self._outer = outer
        self._at = 0

    def shapes(self) -> list[Shape]:
        shapes = self._sequence(depth=0)
        if self._at < len(self._template):
            raise self._error("unexpected ')' or '|'")
        return [s for s in shapes if s] or [()]

    def _error(self, what: str) -> TemplateError:
        return TemplateError(f"{what} at character {self._at + 1} of template {self._template!r}", self._template)

    def _sequence(self, *, depth: int) -> list[Shape]:
        shapes: list[Shape] = [()]
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
                check_shapes(self._template, len(shapes))
        return shapes

    def _item(self, depth: int) -> list[Shape]:
        char = self._template[self._at]
        if char == "(":
            return self._group(depth)
        if char == "{":
            words = [word.strip() for word in self._until("}").split("|")]
            return [(Word(tuple(dict.fromkeys(self._norms(form) for word in words for form in inflections(word)))),)]
        if char == "<":
            return [(Slot(frozenset(name.strip() for name in self._until(">").split("|"))),)]
        if char == "@":
            return self._list()
        if char in "^$":
            self._at += 1
            return [(Anchor.START if char == "^" else Anchor.END,)]
        if char == "\\":
            self._at += 1  # the sign itself: \\$ is a dollar
        word = self._word()
        if word == "...":
            return [(Gap(_GAP),)]
        if word.startswith("..") and word[2:].isdigit():
            return [(Gap(int(word[2:])),)]
        forms = self._norms(word)
        if not forms:
            raise self._error(f"no word in {word!r}")
        return [(Word((forms,)),)]

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

    def _group(self, depth: int) -> list[Shape]:
        opened = self._at
        self._at += 1
        choices: list[Shape] = []
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

    def _list(self) -> list[Shape]:
        self._at += 1
        name = self._word()
        if name in self._outer:
            raise self._error(f"list {name!r} contains itself")
        shapes = self._reader.named(name, self._outer)
        if shapes is None:
            raise self._error(f"no list named {name!r}")
        return shapes


def _merge(choices: Sequence[Shape]) -> list[Shape]:
    """Alternatives that are only words become one word position; the others stay shapes of their own."""
    words: dict[tuple[str, ...], None] = {}
    others: dict[Shape, None] = {}
    for choice in choices:
        if all(isinstance(item, Word) for item in choice):
            sequences: list[tuple[str, ...]] = [()]
            for item in choice:
                if isinstance(item, Word):
                    sequences = [s + form for s in sequences for form in item.forms]
            words.update(dict.fromkeys(sequences))
        else:
            others[choice] = None
    merged: list[Shape] = [(Word(tuple(words)),)] if words else []
    return merged + list(others)
