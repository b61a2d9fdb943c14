"""Schema.org data in a page's JSON-LD, flattened to keys and values with their place."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from caveat.readers.html_elements import BLOCK
from caveat.readers.html_tokens import TokenKind, tokenize
from caveat.regex import regex
from caveat.source import Span

_STRING = regex(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)
_MAX_DEPTH = 60
_BREAKS: Final = BLOCK | {"br"}
_CONTENT_TYPES: Final = frozenset(
    {"product", "productgroup", "productmodel", "individualproduct", "recipe", "drug", "dietarysupplement",
     "medicalwebpage"}
)  # fmt: skip


class Entry(NamedTuple):
    """A value with its key and place, and the types (`@type`, as written) of the object in which it stands."""

    key: str
    value: str
    place: Span
    types: tuple[str, ...] = ()


def read_json_ld(text: str, start: int, end: int) -> Iterator[Entry]:
    """Every value of the JSON-LD at `start` to `end` of `text`.

    Nested keys are joined with `.`, list items share their key. An object with a `name` also stands for
    itself: `author: {name: X}` gives `author` and `author.name`. Objects of a graph are read as if each stood
    alone. JSON that does not parse, or is nested deeper than any page needs, gives nothing.
    """
    raw = text[start:end]
    strings = list(_STRING.finditer(raw))
    if _depth(_STRING.sub("", raw)) > _MAX_DEPTH:
        return
    try:
        data = json.loads(raw, object_pairs_hook=_Pairs, strict=False)
    except ValueError:
        return
    # Keys and strings occur in the parsed data in the order in which they stand in the text.
    places = iter([Span(start + m.start(1), start + m.end(1)) for m in strings])
    yield from _flatten("", data, places, Span(start, start))


def is_content_type(name: str) -> bool:
    """Whether a schema.org type, as written (`Product`, `https://schema.org/Product`), is of what a page is about.

    A site, an organization or a person is not: their descriptions stand on every page.
    """
    name = re.split(r"[/:#]", name)[-1].lower()
    return name in _CONTENT_TYPES or name.endswith(("article", "blogposting"))


def paragraphs(value: str) -> Iterator[str]:
    """The paragraphs of a value that may hold HTML, without its tags, comments and scripts."""
    words: list[str] = []
    for token in tokenize(value):
        if token.kind is TokenKind.TEXT:
            words.append(value[token.start : token.end])
        elif token.name.lower() in _BREAKS:
            yield from filter(str.strip, ["".join(words)])
            words.clear()
    yield from filter(str.strip, ["".join(words)])


class _Pairs(list[tuple[str, Any]]):
    """An object with its keys as they stand, repeated ones included."""


def _depth(raw: str) -> int:
    depth = deepest = 0
    for bracket in re.finditer(r"[\[\]{}]", raw):
        depth += 1 if bracket.group() in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _types(pairs: _Pairs) -> Iterator[str]:
    for name, value in pairs:
        if name == "@type":
            values = value if isinstance(value, list) else [value]
            yield from (one for one in values if isinstance(one, str))


def _flatten(
    key: str, value: object, places: Iterator[Span], place: Span, types: tuple[str, ...] = ()
) -> Iterator[Entry]:
    if isinstance(value, _Pairs):
        types = tuple(_types(value))
        for name, inner in value:
            at = next(places, place)
            joined = key if name == "@graph" else f"{key}.{name}" if key else name
            for entry in _flatten(joined, inner, places, at, types):
                yield entry
                if name == "name" and key and entry.key == joined:
                    yield entry._replace(key=key)
    elif isinstance(value, list):
        for inner in value:
            yield from _flatten(key, inner, places, place, types)
    elif isinstance(value, str):
        yield Entry(key, html.unescape(value), next(places, place), types)
    elif value is not None:
        yield Entry(key, str(value), place, types)
