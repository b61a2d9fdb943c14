"""The commands and their options."""

from __future__ import annotations

from typing import Any

import click

from caveat import __version__
from caveat.cli.baseline import baseline
from caveat.cli.check import check
from caveat.cli.common import Exit
from caveat.cli.config import config
from caveat.cli.facts import facts
from caveat.cli.init import init
from caveat.cli.output import standard_output, utf8_unless_terminal
from caveat.cli.rules import explain, rules, schema


class _App(click.Group):
    """The group of commands; what is the same for all of them happens here."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command with standard output set up; Ctrl-C ends it with 130, as shells count."""
        utf8_unless_terminal(standard_output())
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("caveat: interrupted", err=True)
            raise click.exceptions.Exit(Exit.INTERRUPTED) from None


@click.group(
    cls=_App,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Completion: eval "$(_CAVEAT_COMPLETE=bash_source caveat)" in ~/.bashrc; zsh_source and fish_source too.',
)
@click.version_option(__version__, prog_name="caveat")
def app() -> None:
    """Find unsupported health claims, missing disclosures and contradictory doses in articles."""


for command in (check, baseline, facts, rules, explain, config, init, schema):
    app.add_command(command)
