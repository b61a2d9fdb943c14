"""`caveat check`."""

from __future__ import annotations

import sys

from pathlib import Path
from typing import TYPE_CHECKING

import click

from caveat.cli.common import Exit, config_option, load_linter, mistakes_told, pack_option, scope_options
from caveat.finding import Severity
from caveat.packs.model import Jurisdiction
from caveat.report import Color, Format, TerminalOptions, Verbosity, render

if TYPE_CHECKING:
    from caveat.result import Report

_NEVER = "never"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice([f.value for f in Format]), default="terminal", show_default=True, help="How to write the report.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to a file.")
@scope_options
@pack_option
@config_option
@click.option("--select", multiple=True, metavar="RULE", help="Only rules whose id starts so: dosing/, efficacy/detox.")
@click.option("--ignore", multiple=True, metavar="RULE", help="No rules whose id starts so.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "note", _NEVER]), default="error", show_default=True, help="The severity from which findings make the run fail.")  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--stdin-filename", default="article.md", metavar="NAME", help="The name that standard input (-) goes by."
)
@click.option("--color", type=click.Choice([c.value for c in Color]), default="auto", show_default=True, help="When to use colour.")  # fmt: skip
@click.option("--width", type=click.IntRange(40, 400), help="The width of the report in columns.")
@click.option("-q", "--quiet", is_flag=True, help="One line a finding.")
@click.option("-v", "--verbose", is_flag=True, help="Also the files without findings, and all rows of the tables.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
@click.option("--no-cache", is_flag=True, help="Check every article anew, also those that have not changed.")
@click.pass_context
def check(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    format_: str,
    output: Path | None,
    profile: str | None,
    jurisdictions: tuple[Jurisdiction, ...] | None,
    packs: tuple[Path, ...],
    config: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,
    stdin_filename: str,
    color: str,
    width: int | None,
    quiet: bool,
    verbose: bool,
    statistics: bool,
    no_cache: bool,
) -> None:
    """Check articles: files, folders (the current one by default), or - for standard input.

    Exits with 0 when nothing reaches --fail-on, 1 when something does or a file can not be read, and 2 for a
    mistake in the options, the configuration or a pack.
    """
    linter = load_linter(
        profile=profile,
        jurisdictions=jurisdictions,
        packs=packs,
        select=select,
        ignore=ignore,
        config=config,
        start=paths[0] if paths else None,
        cache=not no_cache,
    )
    with mistakes_told():
        if paths == (Path("-"),):
            report = linter.check_text(_stdin(), path=stdin_filename)
        else:
            report = linter.check_paths(paths or (Path(),))
    options = TerminalOptions(
        width=width,
        color=Color(color),
        verbosity=Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL,
        statistics=statistics,
    )
    _write(report, Format(format_), options, output)
    context.exit(Exit.CLEAN if exit_zero else _outcome(report, fail_on))


def _stdin() -> str:
    from caveat.readers.decode import ReadError, decode  # noqa: PLC0415

    try:
        return decode(sys.stdin.buffer.read())
    except ReadError as error:
        raise click.ClickException(f"standard input: {error}") from error


def _write(report: Report, format_: Format, options: TerminalOptions, output: Path | None) -> None:
    if output is not None:
        output.write_text(render(report, format_, options=options), encoding="utf-8")
    elif format_ is Format.TERMINAL:
        from caveat.report.terminal import print_report  # noqa: PLC0415

        print_report(report, options, sys.stdout)
    else:
        click.echo(render(report, format_, options=options), nl=False)


def _outcome(report: Report, fail_on: str) -> Exit:
    if any(file.error is not None for file in report.files):
        return Exit.FINDINGS
    if fail_on == _NEVER:
        return Exit.CLEAN
    least = Severity(fail_on).rank
    return Exit.FINDINGS if any(f.severity.rank >= least for _, _, f in report.findings()) else Exit.CLEAN
