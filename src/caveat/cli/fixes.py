"""What `--fix` writes and `--diff` shows."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caveat.cli.streams import plain, standard_output
from caveat.report.visible import visible
from caveat.report.wording import count

if TYPE_CHECKING:
    from caveat.engine.fix import Mended
    from caveat.engine.parallel import Outcome
    from caveat.result import Report

_NO_NEWLINE = "\n\\ No newline at end of file\n"


def write_fixes(outcomes: Sequence[Outcome], *, to_standard_output: bool = False) -> list[Outcome]:
    """Write mended texts to their files; standard input's goes to standard output, mended or not.

    Returns:
        The outcomes; one whose text was not written is as if it had not been mended, which is told.
    """
    from caveat.engine.fix import write  # noqa: PLC0415 - see the session
    from caveat.readers import ReadError  # noqa: PLC0415

    done: list[Outcome] = []
    for outcome in outcomes:
        mended = outcome.mended
        error = None
        if to_standard_output:
            _echo(mended.after if mended is not None else _text(outcome))
        if mended is not None:
            error = mended.error
            if mended.changed and not to_standard_output:
                try:
                    write(mended, Path(mended.path))
                except (OSError, ReadError) as problem:
                    error = getattr(problem, "strerror", None) or str(problem)
            if error is not None:
                click.echo(f"caveat: {mended.path} is left as it was: {error}", err=True)
        done.append(outcome if error is None else replace(outcome, mended=None))
    return done


def unmended(outcomes: Sequence[Outcome], written: Sequence[Outcome]) -> bool:
    """Whether a text that was to be mended was not written."""
    return any(a.mended is not None and b.mended is None for a, b in zip(outcomes, written, strict=True))


def tell_fixes(written: Sequence[Outcome], report: Report, *, unsafe: bool) -> None:
    """Say on standard error what was mended, and what more `--unsafe-fixes` would."""
    mended = [o.mended for o in written if o.mended is not None and o.mended.changed]
    fixed = sum(sum(one.applied.values()) for one in mended)
    left = 0 if unsafe else sum(f.fix is not None and not f.fix.safe for _, _, f in report.findings())
    if fixed:
        click.echo(f"caveat: {count(fixed, 'finding')} fixed in {count(len(mended), 'file')}", err=True)
    if left:
        click.echo(f"caveat: {left} more can be fixed with --unsafe-fixes", err=True)


def show_diffs(outcomes: Sequence[Outcome]) -> bool:
    """Print what mending would change as unified diffs; whether there is anything."""
    stream = standard_output()
    changes = [o.mended for o in outcomes if o.mended is not None and o.mended.changed]
    for mended in changes:
        diff = unified(mended)
        if stream.isatty():
            stream.write(_harmless(diff))
        else:
            plain(stream)
            stream.write(diff)
    stream.flush()
    if changes:
        fixes = sum(sum(one.applied.values()) for one in changes)
        told = f"caveat: {count(fixes, 'finding')} would be fixed in {count(len(changes), 'file')}"
        click.echo(told, err=True)
    return bool(changes)


def unified(mended: Mended) -> str:
    """The change as `patch` and `git apply` read it, line ends kept."""
    name = visible(mended.path.lstrip("/"))
    lines = difflib.unified_diff(list(_lines(mended.before)), list(_lines(mended.after)), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else line + _NO_NEWLINE for line in lines)


def _lines(text: str) -> Iterator[str]:
    """Lines that end in a line feed only: other separators are text to a diff."""
    at = 0
    while (end := text.find("\n", at)) >= 0:
        yield text[at : end + 1]
        at = end + 1
    if at < len(text):
        yield text[at:]


def _harmless(diff: str) -> str:
    """The diff for a terminal: what would steer it is spelt out."""
    return "\n".join(visible(line.removesuffix("\r").expandtabs()) for line in diff.split("\n"))


def _text(outcome: Outcome) -> str:
    source = outcome.kept.report.source
    return source.text if source is not None else ""


def _echo(text: str) -> None:
    stream = standard_output()
    plain(stream)
    stream.write(text)
