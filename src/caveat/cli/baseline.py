"""`caveat baseline`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caveat.cli.common import Exit, mistakes_told
from caveat.cli.output import write_file
from caveat.cli.run import STDIN, RunOptions, Session, run_options
from caveat.packs.files import shown
from caveat.report.wording import count

if TYPE_CHECKING:
    from caveat.engine.baseline import Baseline, Update


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write for all; else the one that each file's configuration names, or .caveat-baseline.json.",
)
@run_options
@click.pass_context
def baseline(context: click.Context, /, *, paths: tuple[Path, ...], output: Path | None, **run: Any) -> None:
    """Record today's findings, so that caveat check --baseline shows only those that come after.

    A recorded finding stays hidden when its line moves or its neighbours are edited, and is shown again when its
    own sentence changes; a file that is renamed keeps its record. Where PATHS are only a part of what was recorded,
    the rest stays recorded.
    """
    from caveat.engine import baseline as baselines  # noqa: PLC0415 - see the session
    from caveat.engine.parallel import Task  # noqa: PLC0415

    if STDIN in paths:
        raise click.UsageError("a baseline is of files, not of standard input")
    with mistakes_told():
        session = Session.start(RunOptions(**run), paths or (Path(),))
        configs = session.linter.configs

        def target(path: Path | str) -> Path:
            return configs.for_path(path).baseline_path() or Path.cwd() / baselines.NAME

        files = (output,) if output else tuple(dict.fromkeys(map(target, session.files or (Path(),))))
        old = {file: _load(file) for file in files}
        report = session.report(session.run(Task()))
    for file in files:
        update = baselines.record([one for one in report.files if output or target(one.path) == file], old[file])
        write_file(file, baselines.dump(update.baseline))
        _tell(file, update)
        if file not in session.baselines:
            click.echo(f"Use it with --baseline {shown(file)}, or with baseline: {file.name} in the configuration.")
    for failed in (one for one in report.files if one.error is not None):
        click.echo(f"caveat: {failed.path}: {failed.error}", err=True)
    context.exit(Exit.FINDINGS if report.summary.failed else Exit.CLEAN)


def _load(file: Path) -> Baseline:
    """What has been recorded in a file; nothing if there is none."""
    from caveat.engine import baseline as baselines  # noqa: PLC0415

    return baselines.load(file) if file.exists() else baselines.Baseline(file.absolute().parent, (), shown(file))


def _tell(file: Path, update: Update) -> None:
    entries = update.baseline.entries
    files = count(len({entry.path for entry in entries}), "file")
    click.echo(
        f"{shown(file)}: {count(len(entries), 'finding')} in {files} recorded"
        f" ({update.new} new, {update.known} as before, {update.stale} stale and dropped)."
    )
    if update.behind:
        click.echo(f"{update.behind} of them are not in reports: another finding speaks for the same words.")
