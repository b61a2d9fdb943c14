"""The commands and their options."""

from __future__ import annotations

import click

from caveat import __version__
from caveat.cli.check import check
from caveat.cli.facts import facts
from caveat.cli.rules import explain, rules, schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="caveat")
def app() -> None:
    """Find unsupported health claims, missing disclosures and contradictory doses in articles."""


for command in (check, facts, rules, explain, schema):
    app.add_command(command)
