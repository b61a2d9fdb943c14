"""What the commands share: options, the linter, mistakes told and the exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caveat.packs.model import Jurisdiction, Profile

if TYPE_CHECKING:
    from caveat.engine.linter import Linter


class Exit(IntEnum):
    """The exit codes."""

    CLEAN = 0
    FINDINGS = 1
    MISTAKE = 2


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--profile` and `--jurisdiction`."""
    command = click.option(
        "--jurisdiction",
        "jurisdictions",
        metavar="LIST",
        default="us",
        show_default=True,
        callback=_jurisdictions,
        help=f"Whose rules to ask, separated by commas: {', '.join(j.value for j in Jurisdiction)}.",
    )(command)
    return click.option(
        "--profile",
        type=click.Choice([p.value for p in Profile]),
        help="What kind of page the articles are; without it each page shows for itself.",
    )(command)


def _jurisdictions(_: click.Context, __: click.Parameter, value: str) -> tuple[Jurisdiction, ...]:
    from caveat.packs.errors import did_you_mean  # noqa: PLC0415

    chosen: list[Jurisdiction] = []
    for name in (part.strip().lower() for part in value.split(",")):
        try:
            chosen.append(Jurisdiction(name))
        except ValueError:
            hint = did_you_mean(name, [j.value for j in Jurisdiction])
            raise click.BadParameter(f'unknown jurisdiction "{name}" ({hint})') from None
    return tuple(dict.fromkeys(chosen))


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--pack FILE`, repeatable."""
    return click.option(
        "--pack",
        "packs",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A rule pack of your own, beside the shipped ones. May be given several times.",
    )(command)


@contextmanager
def mistakes_told() -> Iterator[None]:
    """Ends the run with exit code 2 and every mistake on standard error, if packs or configuration hold any."""
    from caveat.packs.errors import MistakesError  # noqa: PLC0415

    try:
        yield
    except MistakesError as error:
        for mistake in error.mistakes:
            click.echo(f"caveat: {mistake}", err=True)
        sys.exit(Exit.MISTAKE)


def load_linter(
    *, profile: str | None, jurisdictions: Sequence[Jurisdiction], packs: Sequence[Path] = ()
) -> Linter:
    """A linter for these options; packs with mistakes end the run."""
    from caveat.engine.linter import Linter  # noqa: PLC0415 - imports spaCy

    with mistakes_told():
        return Linter.load(profile=profile, jurisdictions=jurisdictions, packs=packs)
