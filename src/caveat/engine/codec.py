"""Plain data as JSON and back, by the types of its fields: nothing in it can run, and nothing else comes out.

A data class is the list of its fields' values in their order, a mapping an object, a set a sorted list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from sys import intern
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_Reader = Callable[[Any], Any]


class CodecError(ValueError):
    """JSON that is not what was to be read."""


def to_json(value: object) -> Any:
    """What `json` can write, from data classes, tuples, mappings, sets, enumerations and scalars."""
    if value is None or isinstance(value, str | int):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, Mapping):
        return {key: to_json(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(to_json(one) for one in value)
    if is_dataclass(value):
        return [to_json(getattr(value, name)) for name in value.__dataclass_fields__]
    raise TypeError(f"{type(value).__name__} is no plain data")


class Reader:
    """Reads what `to_json` wrote. What each class is made of is looked up once."""

    def __init__(self) -> None:
        self._readers: dict[Any, _Reader] = {}

    def read(self, shape: type[_T], value: Any) -> _T:
        """A value of this type.

        Raises:
            CodecError: for JSON that is none.
        """
        try:
            return cast("_T", self._reader(shape)(value))
        except (TypeError, ValueError, AttributeError) as error:
            raise CodecError(str(error)) from None

    def _reader(self, shape: Any) -> _Reader:
        if shape not in self._readers:
            self._readers[shape] = self._made(shape)
        return self._readers[shape]

    def _made(self, shape: Any) -> _Reader:
        origin, inside = get_origin(shape), get_args(shape)
        if origin is UnionType:
            (present,) = (self._reader(one) for one in inside if one is not NoneType)
            return lambda value: None if value is None else present(value)
        if origin in (tuple, frozenset):
            member = self._reader(inside[0])
            return lambda value: origin(member(one) for one in _checked(list, value))
        if origin is Mapping:
            member = self._reader(inside[1])
            return lambda value: {key: member(one) for key, one in _checked(dict, value).items()}
        if is_dataclass(shape):
            return self._of_fields(shape)
        if isinstance(shape, type) and issubclass(shape, Enum):
            return shape
        if shape is str:
            return lambda value: intern(_checked(str, value))  # what a rule says stands in many reports
        return lambda value: _checked(shape, value)

    def _of_fields(self, shape: Any) -> _Reader:
        hints = get_type_hints(shape)
        readers = [self._reader(hints[field.name]) for field in fields(shape)]

        def read(value: Any) -> Any:
            return shape(*(reader(one) for reader, one in zip(readers, _checked(list, value), strict=True)))

        return read


def _checked(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise CodecError(f"{value!r:.40} is no {kind.__name__}")
    return value
