"""`caveat init`."""

from __future__ import annotations

from pathlib import Path

import click

from caveat.cli.output import Failure

_CONFIGURATION = """\
# What Caveat checks here, and how. Every key is optional; `caveat config PATH` shows what holds for a file.
# All paths and globs are relative to this folder; globs are written as in .gitignore.

# Whose rules to ask: us, eu, uk, au, ca. Several at once: [us, uk].
jurisdictions: [us]

# What the pages are: article, supplement-marketing, drug-marketing, patient-guide.
# Without it each page shows for itself.
# profile: article

# The severity from which findings fail a run: error, warning, note, never.
fail-on: error

# Files that are not checked, also when a hook names them.
# exclude: [drafts/, "*.generated.md"]

# Files that do not look like articles and are.
# include: ["*.mdoc"]

# Rules that are not asked; `caveat rules list` has their names. A name with a slash at its end is a whole pack.
# ignore: [editorial/]

# Other severities: error, warning, note, off. An asterisk stands for any words.
# severity:
#   dosing/*: note

# Disclosures that the site's template adds to every page.
# provided-by-template: [informational-disclaimer]

# Metadata keys of your site that name author, reviewer and date.
# front-matter: {author: [byline], reviewer: [reviewed_by], date: [last_updated]}

# Rule packs of your own, beside the shipped ones.
# packs: [rules/ours.yaml]

# Findings that were there before: `caveat baseline` writes the file.
# baseline: .caveat-baseline.json

# Sentences that your editors stand by, each with the reason.
# accepted:
#   - rule: efficacy/cure-absolute
#     text: the words of the sentence
#     reason: Quoted from the approved label.
#     expires: 2030-01-31

# Other values for some files.
# overrides:
#   - files: [shop/**]
#     profile: supplement-marketing
#     fail-on: warning
"""

_HOOK = """\
  - repo: local
    hooks:
      - id: caveat
        name: caveat
        entry: caveat check
        language: system # the caveat that is installed
        types_or: [markdown, mdx, html, plain-text]
        exclude: (^|/)(requirements|constraints)[^/]*[.]txt$
"""
_HOOKS_FILE = ".pre-commit-config.yaml"


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False, exists=True))
def init(*, folder: Path) -> None:
    """Write a commented configuration and a pre-commit hook into FOLDER. What is there already is left alone."""
    _configure(folder)
    _hook(folder)


def _configure(folder: Path) -> None:
    existing = _configured(folder)
    if existing is not None:
        click.echo(f"{existing.as_posix()} is there already and left alone.")
    elif _create(folder / ".caveat.yaml", _CONFIGURATION):
        click.echo(f"{(folder / '.caveat.yaml').as_posix()} written.")


def _configured(folder: Path) -> Path | None:
    """The file that configures the folder already."""
    for name in (".caveat.yaml", ".caveat.yml"):
        if (folder / name).exists():
            return folder / name
    project = folder / "pyproject.toml"
    return project if project.is_file() and "[tool.caveat" in _read(project) else None


def _hook(folder: Path) -> None:
    file = folder / _HOOKS_FILE
    if not file.exists():
        if (folder / ".git").exists() and _create(file, "repos:\n" + _HOOK):
            click.echo(f"{file.as_posix()} written; pre-commit install turns it on.")
        elif not file.exists():
            click.echo(f"Not the top of a Git repository. To check before every commit, put into its {_HOOKS_FILE}:")
            click.echo("repos:\n" + _HOOK, nl=False)
    elif "caveat" in _read(file):
        click.echo(f"{file.as_posix()} names caveat already and is left alone.")
    else:
        click.echo(
            f"{file.as_posix()} is there already and left alone. To check before every commit, add to its repos:"
        )
        click.echo(_HOOK, nl=False)


def _create(file: Path, text: str) -> bool:
    """Write a file that must not be there; whether it was not."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        click.echo(f"{file.as_posix()} is there already and left alone.")
        return False
    except OSError as error:
        raise Failure(f"{file.as_posix()} can not be written: {error.strerror or error}") from None
    return True


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise Failure(f"{file.as_posix()} can not be read: {error.strerror or error}") from None
