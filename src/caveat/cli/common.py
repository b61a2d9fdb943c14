"""What the commands share: options, the linter, mistakes told and the exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caveat.packs.scope import Jurisdiction, Profile

if TYPE_CHECKING:
    from caveat.engine.linter import Linter

    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # not generic before click 8.2


class Exit(IntEnum):
    """The exit codes."""

    CLEAN = 0
    FINDINGS = 1
    MISTAKE = 2
    INTERRUPTED = 130


class Words(_Choice):
    """One word of a closed set, in capitals or not; another is refused with the nearest."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__([str(word) for word in words], case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is spelt in the set.

        Raises:
            click.BadParameter: for another word.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from caveat.packs.errors import did_you_mean  # noqa: PLC0415

            self.fail(f'unknown value "{value}" ({did_you_mean(str(value), self.choices)})', param, ctx)


class Commands(click.Group):
    """Commands, of which the nearest is told where one is misspelt."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names.

        Raises:
            click.UsageError: if it names none.
        """
        name = args[0]
        if not ctx.resilient_parsing and self.get_command(ctx, name) is None:
            ctx.fail(f'unknown command "{name}" ({self.hint(ctx, name)})')
        return super().resolve_command(ctx, args)

    def hint(self, ctx: click.Context, name: str) -> str:
        """What was most likely meant by a command that there is not."""
        from caveat.packs.errors import did_you_mean  # noqa: PLC0415

        return did_you_mean(name, self.list_commands(ctx))


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--profile` and `--jurisdiction`."""
    command = click.option(
        "--jurisdiction",
        "jurisdictions",
        metavar="LIST",
        callback=_jurisdictions,
        help=f"Whose rules to ask, separated by commas: {', '.join(j.value for j in Jurisdiction)}; us by default.",
    )(command)
    return click.option(
        "--profile",
        type=Words(Profile),
        help="What kind of page the articles are; without it each page shows for itself.",
    )(command)


def _jurisdictions(_: click.Context, __: click.Parameter, value: str | None) -> tuple[Jurisdiction, ...] | None:
    if value is None:
        return None
    from caveat.packs.errors import did_you_mean  # noqa: PLC0415

    chosen: list[Jurisdiction] = []
    for name in (part.strip().lower() for part in value.split(",")):
        try:
            chosen.append(Jurisdiction(name))
        except ValueError:
            hint = did_you_mean(name, [j.value for j in Jurisdiction])
            raise click.BadParameter(f'unknown jurisdiction "{name}" ({hint})') from None
    return tuple(dict.fromkeys(chosen))


def stdin_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--stdin-filename NAME`."""
    return click.option(
        "--stdin-filename",
        default="<stdin>",
        show_default=True,
        metavar="NAME",
        help="The name that standard input (-) goes by; its suffix tells the format, Markdown without one.",
    )(command)


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--pack FILE`, repeatable."""
    return click.option(
        "--pack",
        "packs",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A rule pack of your own, beside the shipped ones. May be given several times.",
    )(command)


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--config FILE`."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="The configuration to use, instead of the nearest .caveat.yaml or pyproject.toml above each file.",
    )(command)


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--select` and `--ignore`."""
    for name, what in (("--ignore", "No rules"), ("--select", "Only rules")):
        command = click.option(
            name,
            multiple=True,
            metavar="RULES",
            shell_complete=complete_rules,
            help=f"{what} whose id starts so: dosing/, efficacy/cure. Several with commas, or several times.",
        )(command)
    return command


def complete_rules(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """The ids of the shipped rules that start so, for the shell."""
    from caveat.packs.library import load_rules  # noqa: PLC0415

    lead, comma, last = incomplete.rpartition(",")
    ids = [rule.id for pack in load_rules() for rule in pack.rules]
    return [lead + comma + rule for rule in ids if rule.startswith(last)]


@contextmanager
def mistakes_told() -> Iterator[None]:
    """Ends the run with exit code 2 and every mistake on standard error, if packs or configuration hold any."""
    from caveat.packs.errors import MistakesError  # noqa: PLC0415

    try:
        yield
    except MistakesError as error:
        for mistake in error.mistakes:
            click.echo(f"caveat: {mistake}", err=True)
        raise click.exceptions.Exit(Exit.MISTAKE) from None


def load_linter(
    *,
    profile: str | None = None,
    jurisdictions: Sequence[Jurisdiction] | None = None,
    packs: Sequence[Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    config: Path | None = None,
    start: Path | None = None,
    cache: bool = False,
) -> Linter:
    """A linter for these options; mistakes in packs or configuration end the run."""
    from caveat.engine.linter import Linter  # noqa: PLC0415 - imports spaCy

    with mistakes_told():
        linter = Linter.load(
            profile=profile,
            jurisdictions=jurisdictions,
            packs=packs,
            select=select,
            ignore=ignore,
            config=config,
            start=start,
            cache=cache,
        )
        return remembering(linter)


def remembering(linter: Linter) -> Linter:
    """The linter, which is to keep what it learns of words when the command ends."""
    click.get_current_context().call_on_close(linter.remember)
    return linter
