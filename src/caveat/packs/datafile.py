"""One YAML file that is one dataclass: read, checked, every mistake told at its place."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from caveat.packs.decode import Decoder
from caveat.packs.errors import PackError
from caveat.packs.yaml import parse_file

_T = TypeVar("_T")


def load_file(
    path: Path,
    shape: type[_T],
    name: str | None = None,
    *,
    things: Collection[str] = (),
    check: Callable[[Decoder, _T], None] | None = None,
) -> _T:
    """The file at `path` as a `shape`; `name` is what mistakes call it.

    `things` are the names that the slots of templates in it may ask for, if they are checked; `check` complains to the
    decoder of what else is wrong.

    Raises:
        PackError: with every mistake and its place.
    """
    parsed = parse_file(path, name)
    decoder = Decoder(parsed)
    data = decoder.decode_as_meant(shape, parsed.value) if not decoder.mistakes else None
    if data is not None:
        decoder.refuse_empty(parsed.value)
        decoder.refuse_unknown_slots(parsed.value, things)
        if check is not None:
            check(decoder, data)
    if data is None or decoder.mistakes:
        raise PackError(decoder.mistakes)
    return data
