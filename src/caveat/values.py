"""Data classes that cost a start next to nothing: their methods are written when they are first called.

`dataclass` here is the standard library's in all that Caveat uses of it (`frozen`, `slots`, `order`, `kw_only`,
defaults, `__post_init__`, `fields`, `replace`, pickling), and type checkers take it for that. The standard library
compiles up to ten methods for each class when its module is imported, half a millisecond a class with Python 3.11,
and a run uses few of them: with some 180 classes that was a fifth of a run on one article.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

_COMPARISONS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_OWN = "self"  # no field may be called so


def _dataclass(cls: type | None = None, /, **options: bool) -> Any:
    """A class with the methods that `dataclasses.dataclass` would give it under the same options."""
    if cls is None:
        return lambda decorated: _completed(decorated, **options)
    return _completed(cls, **options)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass

__all__ = ["dataclass"]


def _completed(
    cls: type, *, frozen: bool = False, slots: bool = False, order: bool = False, kw_only: bool = False
) -> type:
    unhashable = cls.__dict__.get("__hash__", cls) is None
    cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    for field in dataclasses.fields(cls):
        if not (field.init and field.compare) or field.hash is not None:
            raise TypeError(f"{cls.__name__}.{field.name}: only a default can be said of a field")
    _provide(cls, "__init__", _lazily(cls, "__init__", partial(_initialiser, cls, frozen=frozen, slots=slots)))
    _provide(cls, "__repr__", _shown)
    _provide(cls, "__eq__", _lazily(cls, "__eq__", partial(_comparison, cls, "__eq__", "==")))
    if frozen:
        if unhashable or "__hash__" not in cls.__dict__:
            cls.__hash__ = _lazily(cls, "__hash__", partial(_hash, cls))  # type: ignore[method-assign]
        cls.__setattr__ = cls.__delattr__ = _refuse  # type: ignore[method-assign, assignment]
    elif "__hash__" not in cls.__dict__:
        cls.__hash__ = None  # type: ignore[assignment]
    for name, sign in _COMPARISONS.items() if order else ():
        _provide(cls, name, _lazily(cls, name, partial(_comparison, cls, name, sign)))
    if frozen and (slots or hasattr(cls, "__setstate__")):
        _provide(cls, "__getstate__", _state)
        _provide(cls, "__setstate__", _lazily(cls, "__setstate__", partial(_restorer, cls, slots=slots)))
    return cls


def _provide(cls: type, name: str, method: Callable[..., Any]) -> None:
    if name not in cls.__dict__:
        setattr(cls, name, method)


def _lazily(cls: type, name: str, write: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    """A method that puts what `write` returns in its own place when it is first called."""

    def method(*arguments: Any, **named: Any) -> Any:
        written = write()
        type.__setattr__(cls, name, written)
        return written(*arguments, **named)

    return method


def _initialiser(cls: type, *, frozen: bool, slots: bool) -> Callable[..., None]:
    given: list[str] = []
    named: list[str] = []
    body: list[str] = []
    scope: dict[str, Any] = {"_left_out": object()}
    for field in dataclasses.fields(cls):
        name = value = field.name
        default = ""
        if field.default_factory is not dataclasses.MISSING:
            scope[f"_make_{name}"] = field.default_factory
            value, default = f"_make_{name}() if {name} is _left_out else {name}", "=_left_out"
        elif field.default is not dataclasses.MISSING:
            scope[f"_default_{name}"] = field.default
            default = f"=_default_{name}"
        (named if field.kw_only else given).append(name + default)
        body.append(_set(cls, name, value, scope, slots=slots) if frozen else f"{_OWN}.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append(f"{_OWN}.__post_init__()")
    signature = ", ".join([_OWN, *given, *(["*", *named] if named else [])])
    return _function(cls, "__init__", signature, body or ["pass"], scope)


def _comparison(cls: type, name: str, sign: str) -> Callable[..., Any]:
    body = [
        f"if other.__class__ is {_OWN}.__class__: return {_values(cls, _OWN)} {sign} {_values(cls, 'other')}",
        "return NotImplemented",
    ]
    return _function(cls, name, f"{_OWN}, other", body, {})


def _hash(cls: type) -> Callable[..., int]:
    return _function(cls, "__hash__", _OWN, [f"return hash({_values(cls, _OWN)})"], {})


def _values(cls: type, instance: str) -> str:
    return "(" + "".join(f"{instance}.{field.name}, " for field in dataclasses.fields(cls)) + ")"


def _function(cls: type, name: str, signature: str, body: list[str], scope: dict[str, Any]) -> Callable[..., Any]:
    """A function compiled from text that is made of the names of fields alone."""
    lines = "".join(f"\n    {line}" for line in body)
    exec(f"def {name}({signature}):{lines}", scope)  # noqa: S102
    made: Callable[..., Any] = scope[name]
    made.__qualname__ = f"{cls.__qualname__}.{name}"
    made.__module__ = cls.__module__
    return made


def _shown(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: Any, name: str, _: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__qualname__}.{name} can not be changed")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restorer(cls: type, *, slots: bool) -> Callable[..., None]:
    """What sets the fields: not compiled, which for most classes would take longer than all values of a run do."""
    names = [field.name for field in dataclasses.fields(cls)]
    setters = [getattr(cls, name).__set__ if slots else partial(_assign, name) for name in names]

    def restore(self: Any, state: list[Any]) -> None:
        for assign, value in zip(setters, state):  # noqa: B905 - what pickling wrote; to be strict costs as much again
            assign(self, value)

    return restore


def _assign(name: str, to: Any, value: Any) -> None:
    object.__setattr__(to, name, value)


def _set(cls: type, name: str, value: str, scope: dict[str, Any], *, slots: bool) -> str:
    """The line that sets a field of a frozen value; what it calls is put in `scope`."""
    if slots or isinstance(getattr(cls, name, None), MemberDescriptorType):  # a base may have slots of its own
        scope[f"_set_{name}"] = getattr(cls, name).__set__
        return f"_set_{name}({_OWN}, {value})"
    return f"{_OWN}.__dict__[{name!r}] = {value}"  # half of what object.__setattr__ costs
