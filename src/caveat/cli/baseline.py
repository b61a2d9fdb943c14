"""`caveat baseline`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from caveat.cli.common import Exit, mistakes_told
from caveat.cli.output import write_file
from caveat.cli.run import STDIN, RunOptions, Session, run_options
from caveat.report.wording import count


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; the configuration's baseline, or .caveat-baseline.json.",
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
    from caveat.packs.files import shown  # noqa: PLC0415

    if STDIN in paths:
        raise click.UsageError("a baseline is of files, not of standard input")
    with mistakes_told():
        session = Session.start(RunOptions(**run), paths or (Path(),))
        file = output or session.main.baseline_path() or Path(baselines.NAME)
        old = baselines.load(file) if file.exists() else baselines.Baseline(file.absolute().parent, (), shown(file))
        report = session.report(session.run(Task()))
    update = baselines.record(report.files, old)
    write_file(file, baselines.dump(update.baseline))
    entries = update.baseline.entries
    files = count(len({entry.path for entry in entries}), "file")
    click.echo(
        f"{shown(file)}: {count(len(entries), 'finding')} in {files} recorded"
        f" ({update.new} new, {update.known} as before, {update.stale} stale and dropped)."
    )
    if update.behind:
        click.echo(f"{update.behind} of them are not in reports: another finding speaks for the same words.")
    for failed in (one for one in report.files if one.error is not None):
        click.echo(f"caveat: {failed.path}: {failed.error}", err=True)
    if file != session.main.baseline_path():
        click.echo(f"Use it with --baseline {shown(file)}, or with baseline: {file.name} in the configuration.")
    context.exit(Exit.FINDINGS if report.summary.failed else Exit.CLEAN)
