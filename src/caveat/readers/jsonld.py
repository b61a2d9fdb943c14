"""Schema.org data in a page's JSON-LD, flattened to keys and values with their place."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from caveat.source import Span

_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)
_MAX_DEPTH = 60

Entry = tuple[str, str, Span]


def read_json_ld(text: str, start: int, end: int) -> Iterator[Entry]:
    """Key, value and place of every value of the JSON-LD at `start` to `end` of `text`.

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


class _Pairs(list[tuple[str, Any]]):
    """An object with its keys as they stand, repeated ones included."""


def _depth(raw: str) -> int:
    depth = deepest = 0
    for bracket in re.finditer(r"[\[\]{}]", raw):
        depth += 1 if bracket.group() in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _flatten(key: str, value: object, places: Iterator[Span], place: Span) -> Iterator[Entry]:
    if isinstance(value, _Pairs):
        for name, inner in value:
            at = next(places, place)
            joined = key if name == "@graph" else f"{key}.{name}" if key else name
            for entry in _flatten(joined, inner, places, at):
                yield entry
                if name == "name" and key and entry[0] == joined:
                    yield key, entry[1], entry[2]
    elif isinstance(value, list):
        for inner in value:
            yield from _flatten(key, inner, places, place)
    elif isinstance(value, str):
        yield key, html.unescape(value), next(places, place)
    elif value is not None:
        yield key, str(value), place
