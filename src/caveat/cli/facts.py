"""`caveat facts`: what the analysis sees."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caveat.cli.common import Exit, Words, load_linter, mistakes_told, pack_option, scope_options, stdin_option
from caveat.cli.run import STDIN
from caveat.packs.scope import Jurisdiction
from caveat.result import Skipped

if TYPE_CHECKING:
    from caveat.document import Document


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False, allow_dash=True))
@click.option(
    "--format",
    "format_",
    type=Words(["jsonl", "terminal"]),
    default="terminal",
    show_default=True,
    help="How to write the facts.",
)
@scope_options
@pack_option
@stdin_option
@click.pass_context
def facts(
    context: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    format_: str,
    profile: str | None,
    jurisdictions: tuple[Jurisdiction, ...] | None,
    packs: tuple[Path, ...],
    stdin_filename: str,
) -> None:
    """Show the facts on which findings rest: claims, cues, doses, disclosures, citations, mentions."""
    from caveat.engine.discover import articles  # noqa: PLC0415 - see load_linter
    from caveat.report import facts as report  # noqa: PLC0415

    linter = load_linter(profile=profile, jurisdictions=jurisdictions, packs=packs)
    failed = False
    with mistakes_told():
        found = [STDIN] if STDIN in paths else list(articles(paths or (Path(),), linter.configs))
        for path in found:
            if isinstance(path, Skipped):
                click.echo(f"caveat: {path.path}: {path.reason}", err=True)
                continue
            document = _document(path, stdin_filename)
            if document is None:
                failed = True
                continue
            analysis = linter.analyze(document)
            for line in report.jsonl([analysis]) if format_ == "jsonl" else report.table(analysis):
                click.echo(line)
    context.exit(Exit.FINDINGS if failed else Exit.CLEAN)


def _document(path: Path, stdin_filename: str) -> Document | None:
    """The article at a path, or on standard input; None if it can not be read, which is told."""
    from caveat.readers import ReadError, read_file, read_text  # noqa: PLC0415
    from caveat.readers.decode import decode  # noqa: PLC0415

    try:
        if path == STDIN:
            return read_text(decode(sys.stdin.buffer.read()), path=Path(stdin_filename).as_posix())
        return read_file(path)
    except ReadError as error:
        click.echo(f"caveat: {path.as_posix()}: {error}", err=True)
        return None
