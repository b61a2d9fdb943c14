"""Where reports go: standard output and files, several formats at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO

import click

from caveat.cli.common import Exit
from caveat.cli.streams import plain
from caveat.cli.workspace import from_top
from caveat.packs.errors import did_you_mean
from caveat.report import Format, TerminalOptions, render
from caveat.values import dataclass

if TYPE_CHECKING:
    from caveat.result import Report

_STANDARD_OUTPUT = "-"
_STEP_SUMMARY = "GITHUB_STEP_SUMMARY"


@dataclass(frozen=True, slots=True)
class Target:
    """One report to write: to a file, or to standard output where `path` is None."""

    format: Format
    path: Path | None = None


class Failure(click.ClickException):
    """Something outside the articles went wrong; told on standard error, exit code 2."""

    exit_code = Exit.MISTAKE

    def show(self, file: IO[Any] | None = None) -> None:
        """Tell it as all other mistakes are told."""
        click.echo(f"caveat: {self.format_message()}", file=file, err=file is None)


def targets(given: Sequence[str], output: Path | None) -> tuple[Target, ...]:
    """Read `--format` values, `FORMAT` or `FORMAT=FILE`; `output` is the file for the one without its own.

    Raises:
        click.UsageError: for an unknown format, two for standard output, or a file that can not be one.
    """
    found = [_target(value) for value in given]
    if not found:
        found = [Target(Format.TERMINAL)]
    bare = [target for target in found if target.path is None]
    if len(bare) > 1:
        names = " and ".join(target.format.value for target in bare)
        raise click.UsageError(
            f"{names} would both go to standard output: name files, such as --format {bare[0].format.value}=FILE"
        )
    if output is not None:
        if not bare:
            raise click.UsageError("--output is for a --format without a file, and all have one")
        found[found.index(bare[0])] = Target(bare[0].format, output)
    files = [target.path for target in found if target.path is not None]
    for path in files:
        _refuse(path, files)
    return tuple(found)


def _target(value: str) -> Target:
    name, equals, file = value.partition("=")
    try:
        format_ = Format(name.strip().lower())
    except ValueError:
        hint = did_you_mean(name, [f.value for f in Format])
        raise click.UsageError(f'unknown format "{name}" ({hint})') from None
    if equals and not file:
        raise click.UsageError(f"--format {value}: the name of the file is missing")
    return Target(format_, Path(file) if equals and file != _STANDARD_OUTPUT else None)


def _refuse(path: Path, files: Sequence[Path]) -> None:
    if sum(other.absolute() == path.absolute() for other in files) > 1:
        raise click.UsageError(f"two formats would be written to {path.as_posix()}")
    if path.is_dir():
        raise click.UsageError(f"{path.as_posix()} is a folder, not a file")
    if not path.absolute().parent.is_dir():
        raise click.UsageError(f"there is no folder {path.parent.as_posix()} to write {path.name} to")


def write_reports(report: Report, wanted: Sequence[Target], options: TerminalOptions, *, stream: TextIO) -> None:
    """Write a report to every target, files first; `stream` stands for standard output.

    Files are UTF-8 and written whole or not at all. In a step of GitHub Actions the `github` format also adds to
    the summary of the step.

    Raises:
        Failure: if a file can not be written.
    """
    for target in sorted(wanted, key=lambda t: t.path is None):
        if target.path is not None:
            write_file(target.path, render(from_top(report, target.format), target.format, options=options))
        elif target.format is Format.TERMINAL:
            from caveat.report.terminal import print_report  # noqa: PLC0415 - rich is dear

            print_report(report, options, stream)
        else:
            plain(stream)
            stream.write(render(from_top(report, target.format), target.format, options=options))
        if target.format is Format.GITHUB:
            _add_step_summary(report)
    stream.flush()


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all, as UTF-8.

    Raises:
        Failure: if it can not be written.
    """
    from caveat.engine.files import write_atomically  # noqa: PLC0415 - see the other commands

    try:
        write_atomically(path, text.encode("utf-8"))
    except OSError as error:
        raise Failure(f"{path.as_posix()} can not be written: {error.strerror or error}") from None


def _add_step_summary(report: Report) -> None:
    file = os.environ.get(_STEP_SUMMARY)
    if not file:
        return
    from caveat.report.github import step_summary  # noqa: PLC0415

    try:
        with Path(file).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(step_summary(report))
    except OSError as error:
        click.echo(f"caveat: the step summary can not be written: {error.strerror or error}", err=True)
