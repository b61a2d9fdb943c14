"""What is made, or read out of a pickle, when it is first asked for: one article asks little of what is compiled."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def asleep(value: object) -> bytes:
    """A value, other than bytes, as those that it stays until it is asked for; one that is asleep stays as it is."""
    return value if isinstance(value, bytes) else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def awake(value: Value | bytes) -> Value:
    """A value, other than bytes, that may be asleep."""
    return _loaded(value) if isinstance(value, bytes) else value


def _loaded(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301 - as trusted as what it came from


class Lazily(Mapping[Key, Value]):
    """A mapping of `keys` to what `make` returns for them, never None, asked once for each; out of a pickle, too."""

    def __init__(self, keys: Iterable[Key], make: Callable[[Key], Value]) -> None:
        self._make = make
        self._values: dict[Key, Value | None] = dict.fromkeys(keys)
        self._asleep: Mapping[Key, bytes] = {}

    def __getitem__(self, key: Key) -> Value:
        value = self._values[key]
        if value is None:
            value = self._values[key] = self._make(key)
        return value

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[Key]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getstate__(self) -> dict[Key, bytes]:
        return {key: self._dumped(key, value) for key, value in self._values.items()}

    def _dumped(self, key: Key, value: Value | None) -> bytes:
        if value is None and key in self._asleep:
            return self._asleep[key]
        return pickle.dumps(self[key], pickle.HIGHEST_PROTOCOL)

    def __setstate__(self, state: dict[Key, bytes]) -> None:
        self.__init__(state, lambda key: _loaded(state[key]))  # type: ignore[misc]
        self._asleep = state
