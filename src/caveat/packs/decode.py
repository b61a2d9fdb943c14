"""Plain values into the dataclasses that describe a file, every error told at its place.

Validation is pydantic's, over dataclasses that know nothing of it: unknown keys are refused and YAML keys
are field names with hyphens for underscores.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_type_hints

from caveat.packs.errors import Mistake, did_you_mean
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
        from pydantic import ValidationError  # noqa: PLC0415 - see `adapter`

        try:
            decoded: tuple[_T] = adapter(cast("Hashable", shape)).validate_python((value,))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._translate(detail, shape, value, loc)
            return None
        return decoded[0]

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
        path = detail["loc"][1:]
        at = (*loc, *path)
        kind = detail["type"]
        given = detail.get("input")
        if given is None and kind not in {"missing", "missing_argument"}:
            self.complain(at, "no value", "remove the key or give it one")
        elif kind in {"unexpected_keyword_argument", "extra_forbidden"}:
            hint = did_you_mean(str(at[-1]), _keys_beside(shape, value, path))
            self.complain(at, f'unknown key "{at[-1]}"', hint, key=True)
        elif kind in {"missing", "missing_argument"}:
            self.complain(at[:-1], f'"{at[-1]}" is missing')
        elif kind == "enum" and isinstance(given, list | tuple | Mapping):
            self.complain(at, f"one word is wanted here, not {_describe(given)}", did_you_mean("", _choices(detail)))
        elif kind == "enum":
            word = _describe(given).strip('"')
            self.complain(at, f'unknown value "{word}"', did_you_mean(word, _choices(detail)))
        else:
            self.complain(at, *_plain(kind, given, detail))


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
        value = _part(value, step)
    shapes = [option for option in (here, *get_args(here)) if is_dataclass(option)]
    known = [hyphenated(field.name) for option in shapes for field in fields(option)]
    return [k for k in known if not (isinstance(value, Mapping) and k in value)] or known


def _part(value: Any, step: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) else None


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
