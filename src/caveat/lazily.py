"""Mappings whose values are made when they are first asked for."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Lazily(Mapping[Key, Value]):
    """A mapping of `keys` to what `make` returns for them, never None, asked once for each.

    Out of a pickle come the keys alone, and each value when it is first asked for: of what is compiled, one article
    asks little.
    """

    def __init__(self, keys: Iterable[Key], make: Callable[[Key], Value]) -> None:
        self._make = make
        self._values: dict[Key, Value | None] = dict.fromkeys(keys)

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
        return {key: pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for key, value in self.items()}

    def __setstate__(self, state: dict[Key, bytes]) -> None:
        self.__init__(state, lambda key: pickle.loads(state[key]))  # type: ignore[misc]  # noqa: S301 - as trusted as what it was loaded from
