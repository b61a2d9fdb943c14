"""The commands and their options. A command's module is imported when the command is asked for."""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, cast

import click

from caveat import __version__
from caveat.cli.common import Commands, Exit
from caveat.cli.streams import discard_output, standard_output, utf8_unless_terminal

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "check": "check",
        "baseline": "baseline",
        "facts": "facts",
        "rules": "rules",
        "explain": "rules",
        "config": "config",
        "init": "init",
        "schema": "rules",
    }
)
"""The module of this package that has each command, under the command's name; in the order of the help."""


class _App(Commands):
    """The group of commands; what is the same for all of them happens here."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        return cast("click.Command", getattr(import_module(f"caveat.cli.{COMMANDS[cmd_name]}"), cmd_name))

    def hint(self, ctx: click.Context, name: str) -> str:
        """What was meant: another command, or to check what has been named."""
        if os.path.exists(name):  # noqa: PTH110 - a name too long for a path is none, and Path says so by an error
            return f"did you mean caveat check {shlex.quote(name)}?"
        return super().hint(ctx, name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command with standard output set up; Ctrl-C ends it with 130, as shells count, a full disk with 2."""
        utf8_unless_terminal(standard_output())
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("caveat: interrupted", err=True)
            raise click.exceptions.Exit(Exit.INTERRUPTED) from None
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            discard_output()
            click.echo("caveat: the report can not be written: no space is left", err=True)
            raise click.exceptions.Exit(Exit.MISTAKE) from None


@click.group(
    cls=_App,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Completion: eval "$(_CAVEAT_COMPLETE=bash_source caveat)" in ~/.bashrc; zsh_source and fish_source too.'
    "\n\nKept from run to run: reports in .caveat_cache/ at the top of the project, compiled rules in your cache folder"
    " (~/.cache/caveat on Linux). CAVEAT_CACHE_DIR names one folder for both.",
)
@click.version_option(__version__, prog_name="caveat")
def app() -> None:
    """Find unsupported health claims, missing disclosures and contradictory doses in articles."""
