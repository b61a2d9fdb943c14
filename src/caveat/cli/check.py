"""`caveat check`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caveat.cli.common import Exit, Words, mistakes_told, stdin_option
from caveat.cli.output import Failure, targets, write_reports
from caveat.cli.run import STDIN, RunOptions, Session, run_options
from caveat.cli.streams import standard_output
from caveat.config import FailOn
from caveat.finding import Severity
from caveat.report import Color, Format, TerminalOptions, Verbosity

if TYPE_CHECKING:
    from caveat.engine.parallel import Task
    from caveat.result import FileReport, Report

_FORMATS = ", ".join(f.value for f in Format)


def _complete_format(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [f.value for f in Format if f.value.startswith(incomplete)]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False, allow_dash=True))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=_complete_format,
    help=f"How to write the report, to standard output or to a file: {_FORMATS}. May be given several times;"
    " terminal by default.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file for the --format without one."
)
@run_options
@click.option(
    "--fail-on",
    type=Words(FailOn),
    help="The severity from which findings make the run fail; error, or what the configuration says.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes; the report is on what remains.")
@click.option("--diff", is_flag=True, help="Show what --fix would change instead of a report, and write nothing.")
@click.option(
    "--unsafe-fixes", is_flag=True, help="With --fix or --diff: also the fixes that can change what a sentence means."
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Hide the findings recorded in this file; see caveat baseline.",
)
@click.option("--no-baseline", is_flag=True, help="Hide no recorded findings, whatever the configuration says.")
@click.option(
    "--changed-since",
    metavar="REV",
    help="Only findings on lines changed since the branch left a Git revision, and what changed articles lack.",
)
@stdin_option
@click.option(
    "--color",
    type=Words(Color),
    default="auto",
    show_default=True,
    help="When to use colour.",
)
@click.option("--width", type=click.IntRange(40, 400), help="The width of the report in columns.")
@click.option("-q", "--quiet", is_flag=True, help="One line a finding.")
@click.option("-v", "--verbose", is_flag=True, help="Also the files without findings, and all rows of the tables.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
@click.option(
    "--show-suppressed",
    is_flag=True,
    help="List what comments, the configuration, the baseline and a graver finding on the same sentence hide.",
)
@click.pass_context
def check(
    context: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path | None,
    fail_on: str | None,
    exit_zero: bool,
    fix: bool,
    diff: bool,
    unsafe_fixes: bool,
    baseline: Path | None,
    no_baseline: bool,
    changed_since: str | None,
    stdin_filename: str,
    color: str,
    width: int | None,
    quiet: bool,
    verbose: bool,
    statistics: bool,
    show_suppressed: bool,
    **run: Any,
) -> None:
    """Check articles: files, folders (the current one by default), or - for standard input.

    Exits with 0 when nothing reaches --fail-on, 1 when something does or a file can not be read (a missing one
    too), 2 for a mistake in the options, the configuration or a pack, and 130 when it is interrupted.
    """
    stdin = STDIN in paths
    wanted = targets(formats, output)
    _refuse_contradictions(
        {
            "--fix and --diff": fix and diff,
            "--baseline and --no-baseline": baseline is not None and no_baseline,
            "--quiet and --verbose": quiet and verbose,
            "--diff and a format for standard output": diff
            and bool(formats)
            and any(target.path is None for target in wanted),
            "--changed-since and standard input": stdin and changed_since is not None,
            "standard input and other paths": stdin and len(paths) > 1,
        }
    )
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes says which fixes: give --fix or --diff with it")
    with mistakes_told():
        name = Path(stdin_filename).as_posix() if stdin else None
        reports = tuple(target.path for target in wanted if target.path is not None)
        session = Session.start(RunOptions(**run), paths or (Path(),), stdin_filename=name, outputs=reports)
        task = _task(
            session,
            mending=("all" if unsafe_fixes else "safe") if fix or diff else None,
            baseline=baseline,
            configured=not no_baseline,
            revision=changed_since,
            start=paths[0] if paths else Path(),
        )
        if name is not None:
            outcomes = session.run_stdin(task, name=name, data=sys.stdin.buffer.read())
        else:
            outcomes = session.run(task)
    options = TerminalOptions(
        width=width,
        color=Color(color),
        verbosity=Verbosity.QUIET if quiet else Verbosity.VERBOSE if verbose else Verbosity.NORMAL,
        statistics=statistics,
        show_suppressed=show_suppressed,
    )
    if diff:
        from caveat.cli.fixes import show_diffs  # noqa: PLC0415 - most runs mend nothing

        report = session.report(outcomes)
        files = [target for target in wanted if target.path is not None]
        write_reports(report, files, options, stream=standard_output())
        outcome = Exit.FINDINGS if show_diffs(outcomes) or report.summary.failed else Exit.CLEAN
    elif fix:
        from caveat.cli.fixes import tell_fixes, unmended, write_fixes  # noqa: PLC0415

        written = write_fixes(outcomes, to_standard_output=stdin)
        report = session.report(written, mended=True)
        write_reports(report, wanted, options, stream=sys.stderr if stdin else standard_output())
        tell_fixes(written, report, unsafe=unsafe_fixes)
        outcome = Exit.FINDINGS if unmended(outcomes, written) else _outcome(report, session, fail_on)
    else:
        report = session.report(outcomes)
        write_reports(report, wanted, options, stream=standard_output())
        outcome = _outcome(report, session, fail_on)
        for mistake in session.unused(report.files) if changed_since is None else ():
            click.echo(f"caveat: {mistake}", err=True)
    context.exit(Exit.CLEAN if exit_zero else outcome)


def _refuse_contradictions(given: Mapping[str, bool]) -> None:
    for what, both in given.items():
        if both:
            raise click.UsageError(f"{what} can not be combined")


def _task(
    session: Session,
    *,
    mending: str | None,
    baseline: Path | None,
    configured: bool,
    revision: str | None,
    start: Path,
) -> Task:
    """What is done with each file. `configured` asks for the baselines of configurations where none is given.

    Raises:
        MistakesError: for a baseline that can not be used.
        Failure: if Git can not tell what has changed.
    """
    from caveat.engine.baseline import load  # noqa: PLC0415 - see the session
    from caveat.engine.changes import ChangesError, changed_since  # noqa: PLC0415
    from caveat.engine.parallel import Mending, Task  # noqa: PLC0415

    given = load(baseline) if baseline is not None else None
    named = {path: load(path) for path in session.baselines} if configured and given is None else {}
    changes = None
    if revision is not None:
        place = start.absolute()
        try:
            changes = changed_since(revision, next(p for p in (place, *place.parents) if p.is_dir()))
            for path in session.files:
                changes.touches(path)
        except ChangesError as error:
            raise Failure(f"--changed-since {revision}: {error}") from None
    kind = Mending(mending) if mending is not None else None
    return Task(given, named, changes, kind)


def _outcome(report: Report, session: Session, fail_on: str | None) -> Exit:
    """Whether something reaches the severity that fails the run: the option's, or the one set for the file."""
    failed = any(file.error is not None or _fails(file, session, fail_on) for file in report.files)
    return Exit.FINDINGS if failed else Exit.CLEAN


def _fails(file: FileReport, session: Session, fail_on: str | None) -> bool:
    if not file.findings:
        return False
    configured = session.linter.configs.for_path(file.path).resolve(file.path).fail_on
    least = fail_on or configured.value
    return least != FailOn.NEVER and any(f.severity.rank >= Severity(least).rank for f in file.findings)
