"""Sentences with marks in place of offsets: {subject} <predicate> [target]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from caveat.source import Span

_OPENING = {"{": "subject", "<": "predicate", "[": "target"}
_CLOSING = {"}": "subject", ">": "predicate", "]": "target"}


@dataclass(frozen=True)
class Marked:
    """A sentence without its marks, and the spans that they enclosed."""

    text: str
    subject: Span | None = None
    predicate: Span | None = None
    targets: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Row:
    """What one claim of a sentence is expected to be."""

    predicate: str
    strength: str
    polarity: str
    direction: str
    form: str
    marked: Marked = field(repr=False)


def read_marks(marked: str) -> Marked:
    """The sentence and its marked spans."""
    plain: list[str] = []
    opened: dict[str, int] = {}
    spans: dict[str, list[Span]] = {"subject": [], "predicate": [], "target": []}
    for letter in marked:
        if letter in _OPENING:
            opened[_OPENING[letter]] = len(plain)
        elif letter in _CLOSING:
            spans[_CLOSING[letter]].append(Span(opened[_CLOSING[letter]], len(plain)))
        else:
            plain.append(letter)
    return Marked(
        "".join(plain),
        next(iter(spans["subject"]), None),
        next(iter(spans["predicate"]), None),
        tuple(spans["target"]),
    )


def lines(name: str) -> Iterator[str]:
    """The lines of a file beside this one, without notes and blank lines."""
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def rows() -> list[Row]:
    """The rows of claims.txt."""
    found = []
    for line in lines("claims.txt"):
        expected, _, sentence = line.partition(" | ")
        predicate, strength, polarity, direction, form = expected.split()
        found.append(Row(predicate, strength, polarity, direction, form, read_marks(sentence)))
    return found
