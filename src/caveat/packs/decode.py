"""Plain values into the dataclasses that describe a file, every error told at its place.

Validation is pydantic's, over dataclasses that know nothing of it: unknown keys are refused and YAML keys
are field names with hyphens for underscores.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_type_hints

from caveat.packs.errors import Mistake, did_you_mean, nearest
from caveat.packs.yaml import Loc, Parsed
from caveat.regex import regex

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

_T = TypeVar("_T")

SLOT_FORMS = frozenset({"number", "url"})
"""What the slot of a phrase template may ask for beside the names of things, told by its form."""

_SLOT = regex(r"(?<!\\)<([^<>]*)>")


def hyphenated(name: str) -> str:
    """The YAML key of a field; a trailing underscore only keeps it from being a keyword."""
    return name.rstrip("_").replace("_", "-")


@lru_cache(maxsize=64)
def adapter(shape: Hashable) -> TypeAdapter[Any]:
    """A validator for a one-element list of `shape` (the list carries the settings down to dataclasses)."""
    from pydantic import ConfigDict, TypeAdapter  # noqa: PLC0415 - costs 40 ms, and a cached library needs none

    config = ConfigDict(extra="forbid", alias_generator=hyphenated)
    return TypeAdapter(tuple[shape], config=config)  # type: ignore[valid-type]


class Decoder:
    """Decodes the parts of one parsed file and gathers their mistakes."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.mistakes: list[Mistake] = list(parsed.mistakes)

    def complain(self, loc: Loc, message: str, hint: str = "", *, key: bool = False) -> None:
        """Note a mistake at `loc`; with `key`, at its key."""
        self.mistakes.append(self.parsed.mistake(loc, message, hint, key=key))

    def decode(self, shape: type[_T], value: Any, loc: Loc = ()) -> _T | None:
        """The value as a `shape`, or None after noting why it is not one. `loc` is where the value stands."""
        decoded, _ = self._decode(shape, value, loc)
        return decoded

    def decode_as_meant(self, shape: type[_T], value: Any, loc: Loc = ()) -> _T | None:
        """The same, but what is misspelt is noted and read as the nearest right word, so that the rest can be checked.

        None where nothing of that shape is meant for sure: what else is wrong then shows once this is mended.
        """
        decoded, details = self._decode(shape, value, loc)
        if details:
            meant = self._as_meant(shape, value, details, loc)
            decoded, _ = (None, ()) if meant is None else _validated(shape, meant)
        return decoded

    def right_keys(
        self, shape: type, value: Mapping[str, Any], loc: Loc, *, but: Collection[str] = ()
    ) -> dict[str, Any]:
        """A mapping with each key that a `shape` does not have noted, and called as was meant or left out.

        `but` are the keys of the shape that may not be written.
        """
        known = [key for key in map(hyphenated, (field.name for field in fields(shape))) if key not in but]
        right = {key: part for key, part in value.items() if key in known}
        for key in (one for one in value if one not in known):
            free = [one for one in known if one not in right]
            self.complain((*loc, key), f'unknown key "{key}"', did_you_mean(key, free or known), key=True)
            near = nearest(key, free)
            if near is not None:
                right[near] = value[key]
                self.parsed.read_as(loc, key, near)
        return right

    def _decode(self, shape: type[_T], value: Any, loc: Loc) -> tuple[_T | None, Sequence[ErrorDetails]]:
        """The value and what is wrong with it, which is noted; a key that is only misspelt is not also missing."""
        decoded, details = _validated(shape, value)
        meant = {(*path[:-1], _nearest_key(shape, value, path)) for path in map(_path, filter(_unknown_key, details))}
        for detail in details:
            if not (_missing(detail) and _path(detail) in meant):
                self._translate(detail, shape, value, loc)
        return decoded, details

    def _as_meant(self, shape: type, value: Any, details: Sequence[ErrorDetails], loc: Loc) -> Any:
        """A copy of a value with its misspelt words put right, the last first; None where one is beyond guessing."""
        copy = deepcopy(value)
        for detail in reversed(details):
            path = _path(detail)
            if not path:
                return None
            if path[-1] == _KEY:
                _rename_key(_part_at(copy, path[:-2]), str(path[-2]), detail)
                continue
            holder: Any = _part_at(copy, path[:-1])
            last: Any = path[-1]
            given = detail.get("input")
            if not _holds(holder, last):
                return None
            if _missing(detail):
                if last not in holder:
                    return None
            elif _unknown_key(detail):
                near = _nearest_key(shape, value, path)
                part = holder.pop(last)
                if near is not None and near not in holder:
                    holder[near] = part
                    self.parsed.read_as((*loc, *path[:-1]), str(last), near)
            elif detail["type"] == "enum" and isinstance(given, str) and (near := nearest(given, _choices(detail))):
                holder[last] = near
            elif _WANTED.get(detail["type"]) == "a list" and isinstance(given, str):
                holder[last] = [given]
            elif isinstance(holder, list) or given is None:
                del holder[last]
            else:
                return None
        return copy

    def refuse_empty(self, value: Any, loc: Loc = ()) -> None:
        """Note every text that is empty or blank and every key without a value, however deep."""
        for one, at in leaves(value, loc):
            if isinstance(one, str) and not one.strip():
                self.complain(at, "empty text")
            elif one is None and at != loc:
                self.complain(at, "no value", "remove the key or give it one")

    def refuse_unknown_slots(self, value: Any, known: Collection[str], loc: Loc = ()) -> None:
        """Note every slot of the phrase templates in a value that asks for what nothing is called.

        `known` are the names of things; without any, slots are taken on trust.
        """
        for one, at in leaves(value, loc) if known else ():
            for slot in _SLOT.findall(one) if isinstance(one, str) else ():
                for name in map(str.strip, slot.split("|")):
                    if name not in known and name not in SLOT_FORMS:
                        hint = did_you_mean(name, (*known, *SLOT_FORMS))
                        self.complain(at, f'no class, tag, group or id is named "{name}"', hint)

    def _translate(self, detail: ErrorDetails, shape: Any, value: Any, loc: Loc) -> None:
        path = _path(detail)
        at = (*loc, *path)
        kind = detail["type"]
        given = detail.get("input")
        if given is None and not _missing(detail):
            self.complain(at, "no value", "remove the key or give it one")
        elif _unknown_key(detail):
            hint = did_you_mean(str(at[-1]), _keys_beside(shape, value, path))
            self.complain(at, f'unknown key "{at[-1]}"', hint, key=True)
        elif _missing(detail):
            self.complain(at[:-1], f'"{at[-1]}" is missing')
        elif kind == "enum" and isinstance(given, list | tuple | Mapping):
            self.complain(at, f"one word is wanted here, not {_describe(given)}", did_you_mean("", _choices(detail)))
        elif kind == "enum":
            word = _describe(given).strip('"')
            self.complain(at, f'unknown value "{word}"', did_you_mean(word, _choices(detail)))
        else:
            self.complain(at, *_plain(kind, given, detail))


def _validated(shape: type[_T], value: Any) -> tuple[_T | None, Sequence[ErrorDetails]]:
    """The value as a `shape`, and what keeps it from being one."""
    from pydantic import ValidationError  # noqa: PLC0415 - see `adapter`

    try:
        decoded: tuple[_T] = adapter(cast("Hashable", shape)).validate_python((value,))
    except ValidationError as error:
        return None, error.errors(include_url=False)
    return decoded[0], ()


_KEY = "[key]"  # what pydantic puts behind a key of a mapping that is none of its words


def _rename_key(mapping: Any, key: str, detail: ErrorDetails) -> None:
    """Puts the key of a mapping right that is none of its words, or takes it out where no word is near."""
    part = mapping.pop(key)
    near = nearest(key, _choices(detail))
    if near is not None and near not in mapping:
        mapping[near] = part


def _path(detail: ErrorDetails) -> Loc:
    """Where in the value an error is."""
    return detail["loc"][1:]


def _unknown_key(detail: ErrorDetails) -> bool:
    return detail["type"] in {"unexpected_keyword_argument", "extra_forbidden"}


def _missing(detail: ErrorDetails) -> bool:
    return detail["type"] in {"missing", "missing_argument"}


def _nearest_key(shape: Any, value: Any, path: Loc) -> str | None:
    """The key that was most likely meant by the one at the end of `path`."""
    return nearest(str(path[-1]), _keys_beside(shape, value, path))


def leaves(value: Any, loc: Loc = ()) -> Iterator[tuple[Any, Loc]]:
    """Everything in a value that holds nothing else, with its place."""
    pending: list[tuple[Any, Loc]] = [(value, loc)]
    while pending:
        one, at = pending.pop()
        if isinstance(one, Mapping):
            pending.extend((part, (*at, key)) for key, part in one.items())
        elif isinstance(one, list):
            pending.extend((part, (*at, i)) for i, part in enumerate(one))
        else:
            yield one, at


_WANTED: Mapping[str, str] = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "a mapping of keys to values",
    "mapping_type": "a mapping of keys to values",
    "dataclass_type": "a mapping of keys to values",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "date_type": "a date such as 2026-03-31",
    "date_parsing": "a date such as 2026-03-31",
    "date_from_datetime_parsing": "a date such as 2026-03-31",
}


def _plain(kind: str, given: Any, detail: ErrorDetails) -> tuple[str, str]:
    """Message and hint for an error of type or value."""
    wanted = _WANTED.get(kind)
    if wanted is None:
        return detail["msg"].removeprefix("Value error, "), ""
    hint = ""
    if wanted == "text" and not isinstance(given, list | Mapping):
        hint = "put it in quotes"
    elif wanted == "a list" and isinstance(given, str):
        hint = "put it in [ ]"
    return f"{wanted} is wanted here, not {_describe(given)}", hint


def _describe(given: Any) -> str:
    if isinstance(given, Mapping):
        return "a mapping"
    if isinstance(given, list | tuple):
        return "a list"
    if isinstance(given, bool):
        return "true" if given else "false"
    return f'"{given}"' if isinstance(given, str) else str(given)


def _choices(detail: ErrorDetails) -> list[str]:
    expected = str(detail.get("ctx", {}).get("expected", ""))
    return re.findall(r"'([^']*)'", expected)


def _keys_beside(shape: Any, value: Any, path: Loc) -> list[str]:
    """The keys that the mapping holding the last step of `path` may have and has not."""
    here: Any = shape
    for step in path[:-1]:
        here = _step_into(here, step)
    value = _part_at(value, path[:-1])
    shapes = [option for option in (here, *get_args(here)) if is_dataclass(option)]
    known = [hyphenated(field.name) for option in shapes for field in fields(option)]
    return [k for k in known if not (isinstance(value, Mapping) and k in value)] or known


def _holds(value: Any, step: Any) -> bool:
    """Whether a value can have a part `step`. What is wrong with a key of a mapping is at a step that it has not."""
    return isinstance(value, dict) or (isinstance(value, list) and isinstance(step, int))


def _part_at(value: Any, path: Loc) -> Any:
    """The part of a value at a place; None where there is none."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        else:
            value = value[step] if isinstance(value, list) and isinstance(step, int) else None
    return value


def _step_into(shape: Any, step: str | int) -> Any:
    """The type of a part of `shape`: a field of a dataclass, an element of a collection."""
    for option in (shape, *get_args(shape)):
        if isinstance(step, str) and is_dataclass(option) and isinstance(option, type):
            hints = get_type_hints(option)
            name = step.replace("-", "_")
            if name in hints:
                return hints[name]
    inner = [a for a in get_args(shape) if a not in (type(None), ...) and not _is_scalar(a)]
    return inner[-1] if inner else shape


def _is_scalar(shape: Any) -> bool:
    return isinstance(shape, type) and (shape in (str, int, bool) or issubclass(shape, Enum))
