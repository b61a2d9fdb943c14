"""Progress of a long run, for a person who waits at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO, TypeVar

T = TypeVar("T")

_FROM = 20
"""Shorter runs are over before a bar could tell anything."""


def track(items: Iterable[T], *, total: int, stream: TextIO) -> Iterator[T]:
    """The items unchanged, with a bar on `stream` while they are consumed.

    Nothing is drawn (and rich is not imported) unless `stream` is a terminal and `total` is worth it. The
    bar is removed at the end, so that only the report stays on the screen.
    """
    with advancing(total=total, stream=stream) as advance:
        for item in items:
            yield item
            advance()


@contextmanager
def advancing(*, total: int, stream: TextIO) -> Iterator[Callable[[], None]]:
    """A function to call after each of `total` files; see `track`."""
    if total < _FROM or not stream.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415 - only long runs at a terminal need it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        task = progress.add_task("Checking", total=total)
        yield lambda: progress.advance(task)
