"""YAML read into plain values that remember where they stood.

A subset that means the same to every reader: one document, string keys, no tags, no merge keys. Scalars
are resolved as YAML 1.2 does (only `true` and `false` are booleans, so that `off`, `no` and `yes` stay
words); decimals become `Decimal`. Values are built from the parser's events without recursion, so that no
nesting can exhaust the stack, and aliases are bounded, so that none can exhaust the memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import Any

from caveat.packs.errors import Mistake, did_you_mean
from caveat.regex import regex
from caveat.values import dataclass

Loc = tuple[str | int, ...]
"""The path to a value: keys of mappings and indices of sequences, outermost first."""

MAX_DEPTH = 40
MAX_ALIASED_VALUES = 10_000

_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"

_INT = regex(r"[-+]?[0-9]+\Z")
_FLOAT = regex(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?\Z|[-+]?[0-9]+[eE][-+]?[0-9]+\Z")
_WORDS: Mapping[str, bool | None] = {
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """Where one value stands (line and column from 1), and for a mapping or sequence its parts."""

    line: int
    column: int
    parts: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str | int, tuple[int, int]] = field(default_factory=dict)
    size: int = 1


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's values, the place of each, and what was wrong with its YAML. `value` is None if it is empty."""

    path: str
    value: Any
    root: Node | None = None
    mistakes: tuple[Mistake, ...] = ()

    def place(self, loc: Loc = (), *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at `loc` (with `key`, of its key), else of the nearest part above."""
        node = self.root
        if node is None:
            return 1, 1
        for i, step in enumerate(loc):
            part = node.parts.get(step)
            if part is None:
                break
            if key and i == len(loc) - 1:
                return node.keys.get(step, (part.line, part.column))
            node = part
        return node.line, node.column

    def read_as(self, loc: Loc, key: str, meant: str) -> None:
        """Let what the mapping at `loc` has under a misspelt key be found under the key that was meant."""
        node = self.root
        for step in (*loc, key):
            holder, node = node, node.parts.get(step) if node is not None else None
        if holder is not None and node is not None:
            holder.parts[meant] = node
            holder.keys[meant] = holder.keys.get(key, (node.line, node.column))

    def mistake(self, loc: Loc, message: str, hint: str = "", *, key: bool = False) -> Mistake:
        """A mistake at `loc`."""
        line, column = self.place(loc, key=key)
        return Mistake(self.path, line, column, message, hint)


def parse_file(path: Path, name: str | None = None) -> Parsed:
    """Read and parse a file; what can not be read or decoded is a mistake, not an exception."""
    shown = name if name is not None else path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        return Parsed(shown, None, None, (Mistake(shown, 0, 0, f"can not be read: {error.strerror or error}"),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Parsed(shown, None, None, (Mistake(shown, line, 1, "not UTF-8 text"),))
    return parse(text, shown)


def parse(text: str, path: str) -> Parsed:
    """Parse one YAML document. `path` is only the name that mistakes give."""
    import yaml  # noqa: PLC0415 - a run whose rules are compiled and whose site configures nothing reads none

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.feed(event)
    except _StopError:
        pass
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        line = text.count("\n", 0, position) + 1
        builder.mistakes.append(Mistake(path, line, 1, "a character that YAML does not allow"))
    except yaml.MarkedYAMLError as error:
        builder.mistakes.append(_syntax_mistake(error, text, path))
    if builder.mistakes and not builder.done:
        return Parsed(path, None, None, tuple(builder.mistakes))
    return Parsed(path, builder.value, builder.root, tuple(builder.mistakes))


def _syntax_mistake(error: Any, text: str, path: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    if line <= len(lines) and "\t" in lines[line - 1][: column + 1] and "token" in str(error.problem):
        return Mistake(path, line, column, "a tab where YAML wants spaces", "indent with spaces")
    message = str(error.problem or error.context or "not YAML")
    if "maximum nesting depth" in message:  # newer parsers have a limit of their own, and read ahead up to it
        return Mistake(path, line, column, _TOO_DEEP)
    message, hint = _in_plain_words(message)
    opened = error.context_mark
    if error.context and opened is not None and opened.line + 1 != line:
        what = "this list" if "sequence" in error.context else "the part it belongs to"
        what = "the text in quotes" if "quoted" in error.context else what
        message += f"; {what} starts on line {opened.line + 1}"
    return Mistake(path, line, column, message, hint)


_TOLD: Mapping[str, tuple[str, str]] = {
    "mapping values are not allowed": (
        'a second ": " in one line, where one value is wanted',
        'put text that holds ": " in quotes',
    ),
    "found unexpected end of stream": ("a quotation mark is opened and never closed", "close it"),
    "did not find expected ',' or ']'": ("a list in [ ] is not closed, or a comma is missing", 'close it with "]"'),
    "did not find expected ',' or '}'": ("a mapping in { } is not closed, or a comma is missing", 'close it with "}"'),
    "did not find expected node content": (
        "a value is wanted here: a list or mapping is opened and not closed",
        'close it with "]" or "}"',
    ),
    "did not find expected '-' indicator": (
        'an entry of the list is wanted here, beginning with "- "',
        "line it up with the entries above",
    ),
    "did not find expected key": ("a key is wanted here", "line it up with the keys above, and close quotes"),
    "could not find expected ':'": ('":" is wanted after the key', 'write "key: value"'),
    "found character that cannot start any token": ("a value can not begin so", "put it in quotes"),
    "found a tab character": ("a tab where YAML wants spaces", "indent with spaces"),
    "found unknown escape character": ("a backslash in double quotes begins no known sign", "use single quotes"),
    "did not find expected alphabetic or numeric character": (
        'a value that begins with "*" or "&" has to stand in quotes',
        "put it in quotes",
    ),
}  # what the parser says, in words for whoever wrote the file, with what to do


def _in_plain_words(problem: str) -> tuple[str, str]:
    return next((told for begins, told in _TOLD.items() if problem.startswith(begins)), (problem, ""))


class _StopError(Exception):
    """The rest of the file can not be read with any sense."""


@dataclass(slots=True)
class _Frame:
    """A mapping or sequence that is being built."""

    value: Any
    node: Node
    anchor: str | None
    key: str | None = None
    key_place: tuple[int, int] = (0, 0)
    skip: bool = False  # the pending key was refused: its value is read and dropped


class _Builder:
    """Builds the value and its places from parser events."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.value: Any = None
        self.root: Node | None = None
        self.mistakes: list[Mistake] = []
        self.done = False
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, Node] | None] = {}
        self._aliased = 0
        self._documents = 0

    def feed(self, event: Any) -> None:
        handler = self._HANDLERS.get(type(event).__name__)
        if handler is not None:
            handler(self, event)

    def _complain(self, event: Any, message: str, hint: str = "") -> None:
        mark = event.start_mark
        self.mistakes.append(Mistake(self.path, mark.line + 1, mark.column + 1, message, hint))

    def _stop(self, event: Any, message: str, hint: str = "") -> None:
        self._complain(event, message, hint)
        raise _StopError

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(event, "a second document in the file", 'remove the "---"')

    def _scalar(self, event: Any) -> None:
        if self._expects_key():
            self._take_key(event)
            return
        self._refuse_tag(event)
        text: str = event.value
        value: Any = text
        if not event.style and (not text or text[0] in "tTfFnN~+-.0123456789"):
            value = _resolve(text)
        node = Node(event.start_mark.line + 1, event.start_mark.column + 1)
        if event.anchor:
            self._anchors[event.anchor] = (value, node)
        self._put(value, node)

    def _open(self, event: Any) -> None:
        if self._expects_key():
            self._stop(event, "a key must be a plain word, not a list or mapping")
        self._refuse_tag(event)
        if len(self._stack) >= MAX_DEPTH:
            self._stop(event, _TOO_DEEP)
        value: Any = {} if type(event).__name__ == "MappingStartEvent" else []
        node = Node(event.start_mark.line + 1, event.start_mark.column + 1)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._stack.append(_Frame(value, node, event.anchor))

    def _close(self, _event: Any) -> None:
        frame = self._stack.pop()
        if frame.anchor:
            self._anchors[frame.anchor] = (frame.value, frame.node)
        self._put(frame.value, frame.node)

    def _alias(self, event: Any) -> None:
        if self._expects_key():
            self._stop(event, "a key must be a plain word, not an alias")
        name = event.anchor
        if name not in self._anchors:
            hint = did_you_mean(name, self._anchors) or f'text that begins with "*" has to stand in quotes: "*{name}"'
            self._stop(event, f'"*{name}" repeats a value that is nowhere marked "&{name}"', hint)
        target = self._anchors[name]
        if target is None:
            self._stop(event, f'alias "*{name}" inside the value that it names')
            return
        value, node = target
        self._aliased += node.size
        if self._aliased > MAX_ALIASED_VALUES:
            self._stop(event, f"aliases repeat more than {MAX_ALIASED_VALUES:,} values")
        self._put(value, Node(event.start_mark.line + 1, event.start_mark.column + 1, size=node.size))

    def _expects_key(self) -> bool:
        return bool(self._stack) and self._stack[-1].key is None and isinstance(self._stack[-1].value, dict)

    def _take_key(self, event: Any) -> None:
        self._refuse_tag(event)
        frame = self._stack[-1]
        key: str = event.value
        frame.key = key
        frame.key_place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if key == "<<" and not event.style:
            self._complain(event, "merge keys are not supported", "write the keys out")
            frame.skip = True
        elif not event.style and not isinstance(_resolve(key), str):
            self._complain(event, f'key "{key}" is not text', "put it in quotes")
            frame.skip = True
        elif key in frame.value:
            first = frame.node.keys[key][0]
            self._complain(event, f'key "{key}" is given twice', f"first on line {first}")
            frame.skip = True

    def _put(self, value: Any, node: Node) -> None:
        if not self._stack:
            self.value, self.root, self.done = value, node, True
            return
        frame = self._stack[-1]
        frame.node.size += node.size
        if isinstance(frame.value, list):
            frame.node.parts[len(frame.value)] = node
            frame.value.append(value)
            return
        key, frame.key = frame.key, None
        if frame.skip or key is None:
            frame.skip = False
            return
        frame.value[key] = value
        frame.node.parts[key] = node
        frame.node.keys[key] = frame.key_place

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self._complain(event, f'tag "{event.tag}" is not allowed', "values are plain text, numbers and lists")

    _HANDLERS: Mapping[str, Any] = {
        "DocumentStartEvent": _document,
        "ScalarEvent": _scalar,
        "AliasEvent": _alias,
        "MappingStartEvent": _open,
        "SequenceStartEvent": _open,
        "MappingEndEvent": _close,
        "SequenceEndEvent": _close,
    }


def _resolve(text: str) -> str | int | bool | Decimal | None:
    """A plain scalar by the core schema of YAML 1.2, without its octal, hexadecimal and infinite numbers."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text) if len(text) < 400 else text
    if _FLOAT.match(text):
        return Decimal(text) if len(text) < 400 else text
    return text
