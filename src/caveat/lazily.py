"""What is made, or read out of a pickle, when it is first asked for: one article asks little of what is compiled."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def asleep(value: Any) -> bytes:
    """A value as the bytes that it stays until it is asked for; one that is asleep already stays as it is."""
    return value if isinstance(value, bytes) else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def awake(value: Any) -> Any:
    """A value that may be asleep."""
    return pickle.loads(value) if isinstance(value, bytes) else value  # noqa: S301 - as trusted as what it came from


class Lazily(Mapping[Key, Value]):
    """A mapping of `keys` to what `make` returns for them, never None, asked once for each; out of a pickle, too."""

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
        return {key: asleep(value) for key, value in self.items()}

    def __setstate__(self, state: dict[Key, bytes]) -> None:
        self.__init__(state, lambda key: awake(state[key]))  # type: ignore[misc]
