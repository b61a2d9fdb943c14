"""`caveat facts`: what the analysis sees."""

from __future__ import annotations

from pathlib import Path

import click

from caveat.cli.common import Exit, load_linter, pack_option, scope_options
from caveat.packs.model import Jurisdiction
from caveat.result import Skipped


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["jsonl", "terminal"]), default="terminal", show_default=True, help="How to write the facts.")  # fmt: skip
@scope_options
@pack_option
@click.pass_context
def facts(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    format_: str,
    profile: str | None,
    jurisdictions: tuple[Jurisdiction, ...] | None,
    packs: tuple[Path, ...],
) -> None:
    """Show the facts on which findings rest: claims, cues, doses, disclosures, citations, mentions."""
    from caveat.engine.discover import articles  # noqa: PLC0415 - see load_linter
    from caveat.readers import ReadError, read_file  # noqa: PLC0415
    from caveat.report import facts as report  # noqa: PLC0415

    linter = load_linter(profile=profile, jurisdictions=jurisdictions, packs=packs)
    failed = False
    for path in articles(paths or (Path(),), linter.configs):
        if isinstance(path, Skipped):
            click.echo(f"caveat: {path.path}: {path.reason}", err=True)
            continue
        try:
            document = read_file(path)
        except ReadError as error:
            click.echo(f"caveat: {path.as_posix()}: {error}", err=True)
            failed = True
            continue
        lines = (
            report.jsonl([linter.analyze(document)]) if format_ == "jsonl" else report.table(linter.analyze(document))
        )
        for line in lines:
            click.echo(line)
    context.exit(Exit.FINDINGS if failed else Exit.CLEAN)
