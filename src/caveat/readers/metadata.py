"""Front matter: YAML between `---` and TOML between `+++`, with the place of every value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caveat.document import BlockKind
from caveat.readers.builder import BlockBuilder
from caveat.readers.flow import Flow
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_OPEN = regex(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_CLOSE = {
    "---": regex(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE),
    "+++": regex(r"^\+\+\+[ \t]*\r?$", re.MULTILINE),
}
_MAX_LENGTH = 200_000  # characters; real front matter has some hundreds
_MAX_VALUES = 5_000  # YAML aliases can multiply without end
_MAX_DEPTH = 50
_TITLES = {"title": BlockKind.TITLE, "description": BlockKind.DESCRIPTION}
_TOML_LINE = regex(
    r"[ \t]*(?:\[\[?([^\]\n]+)\]\]?|((?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*[\w-]+)*)[ \t]*=[ \t]*)"
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where the front matter stands: with its fences (`whole`) and without (`inner`); TOML or YAML."""

    whole: Span
    inner: Span
    toml: bool


Entry = tuple[str, str, Span]


def find_front_matter(text: str) -> FrontMatter | None:
    """The front matter at the start of `text`, if there is any that is closed and looks like keys and values."""
    opened = _OPEN.match(text)
    if opened is None:
        return None
    closed = _CLOSE[opened.group(1)].search(text, opened.end(), opened.end() + _MAX_LENGTH)
    if closed is None:
        return None
    inner = Span(opened.end(), closed.start())
    lines = inner.of(text).splitlines()
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    if first and not first.startswith("[") and not re.match(r"[\"']?[\w@][^:=]{0,80}[:=]", first):
        return None
    return FrontMatter(Span(opened.start(1), closed.end()), inner, opened.group(1) == "+++")


def read_front_matter(flow: Flow, matter: FrontMatter, text: str) -> None:
    """Add the values to the flow's metadata, title and description as blocks too.

    Front matter that does not parse gives no metadata; the body is read all the same.
    """
    entries = _toml(text, matter.inner) if matter.toml else _yaml(text, matter.inner)
    for count, (key, value, place) in enumerate(entries):
        if count >= _MAX_VALUES:
            break
        flow.add_metadata(key, value, place)
        if (kind := _TITLES.get(key.lower())) is not None:
            _add_block(flow, kind, value, place, text)


def _add_block(flow: Flow, kind: BlockKind, value: str, place: Span, text: str) -> None:
    builder = BlockBuilder(text)
    if place.of(text).split() == value.split():
        builder.exact(place.start, place.end)
    else:
        builder.inexact(value, place.start, place.end)
    flow.add(flow.context._replace(kind=kind), builder)


def _yaml(text: str, inner: Span) -> Iterator[Entry]:
    import yaml  # noqa: PLC0415 - most files have no front matter

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = inner.of(text)
    if _nesting(raw) > _MAX_DEPTH:
        return
    try:
        root = yaml.compose(raw, Loader=loader)
    except (yaml.YAMLError, RecursionError, UnicodeError):
        return
    if isinstance(root, yaml.MappingNode):
        yield from _yaml_values("", root, text, inner.start, 0)


def _nesting(raw: str) -> int:
    """An upper bound of how deep the YAML is nested: flow brackets and block indicators on one line, and indents."""
    brackets = raw.count("[") + raw.count("{")
    if brackets > _MAX_DEPTH:
        depth = brackets = 0
        for char in raw:
            if char in "[{":
                depth += 1
                brackets = max(brackets, depth)
            elif char in "]}":
                depth -= 1
    dashes = max((len(m.group()) // 2 for m in re.finditer(r"(?:[-?] )+", raw)), default=0)
    indents = len({len(m.group()) for m in re.finditer(r"^ +", raw, re.MULTILINE)})
    return max(brackets, dashes, indents)


def _yaml_values(key: str, node: object, text: str, base: int, depth: int) -> Iterator[Entry]:
    import yaml  # noqa: PLC0415

    if depth > _MAX_DEPTH:
        return
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index + base, node.end_mark.index + base
        if node.style in ("'", '"'):
            start, end = start + 1, end - 1
        elif node.style in ("|", ">"):
            start = min(end, text.find("\n", start, end) + 1 or end)
        while end > start and text[end - 1].isspace():
            end -= 1
        yield key, node.value.strip() if node.style in ("|", ">") else node.value, Span(start, max(start, end))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _yaml_values(key, item, text, base, depth + 1)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode):
                yield from _yaml_values(f"{key}.{name.value}" if key else name.value, value, text, base, depth + 1)


def _toml(text: str, inner: Span) -> Iterator[Entry]:
    import tomllib  # noqa: PLC0415

    try:
        data = tomllib.loads(inner.of(text).replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    places = _toml_places(text, inner)
    cursors: dict[str, int] = {}
    for key, value in _toml_values("", data, 0):
        place = places.get(key, inner)
        cursor = cursors.get(key, place.start)
        at = text.find(value, cursor, place.end) if value else -1
        if at >= 0:
            cursors[key] = at + len(value)
            place = Span(at, at + len(value))
        yield key, value, place


def _toml_places(text: str, inner: Span) -> dict[str, Span]:
    """For each dotted key the extent of its value, from the equals sign to the next key."""
    places: dict[str, Span] = {}
    table = key = ""
    start = at = inner.start
    while at < inner.end:
        line_end = text.find("\n", at, inner.end) + 1 or inner.end
        found = _TOML_LINE.match(text, at, line_end)
        if found is not None:
            if key:
                places.setdefault(key, Span(start, at))
            if found.group(1) is not None:
                table, key = _plain_key(found.group(1)), ""
            else:
                name = _plain_key(found.group(2))
                key, start = f"{table}.{name}" if table else name, found.end()
        at = line_end
    if key:
        places.setdefault(key, Span(start, inner.end))
    return places


def _plain_key(written: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in written.split("."))


def _toml_values(key: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _toml_values(f"{key}.{name}" if key else name, item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _toml_values(key, item, depth + 1)
    elif isinstance(value, bool):
        yield key, str(value).lower()
    else:
        yield key, str(value)
