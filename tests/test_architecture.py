"""Imports run one way, every module has its layer, and what needs no spaCy never imports it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from secrets import token_hex

import pytest
from importlinter.cli import lint_imports

import caveat
from caveat.engine.linter import Linter

ROOT = Path(__file__).resolve().parents[1]


def test_import_contracts(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert outcome == 0, capsys.readouterr().out


DEAR = ("spacy", "thinc", "numpy", "pydantic", "rich", "pathspec", "multiprocessing")
"""What the commands that check nothing do without."""

RULES = frozenset({"caveat.analysis", "caveat.checks", "caveat.engine.checker", "caveat.engine.ruleset"})


def imported(arguments: list[str], folder: Path) -> set[str]:
    """The modules that a run of `caveat` with these arguments has imported at its end."""
    program = (
        "import sys, io\n"
        "from caveat.cli.app import app\n"
        "stdout, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO())\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "print(*sys.modules, file=stdout)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("command", "may"),
    [
        ("--version", ()),
        ("--help", ()),
        ("check --help", ()),
        ("rules list", ("pydantic",)),
        ("explain efficacy/detox", ("pydantic",)),
        ("schema", ("pydantic",)),
        ("init", ("pydantic", "pathspec")),
        ("check empty", ("rich",)),  # for the report
        ("config", ("pydantic", "pathspec")),
    ],
)
def test_does_without_what_is_dear(command: str, may: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    modules = imported(command.split(), tmp_path)
    assert not [name for name in DEAR if name in modules and name not in may]
    assert not RULES & modules


CHECK = ["check", ".", "--exit-zero", "--format", "json"]


def test_an_unchanged_site_is_checked_without_rules_and_without_spacy(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name in ("a.md", "b.html", "c.txt"):
        (site / name).write_text("Ginger cures colds.\n", encoding="utf-8")
    assert imported(CHECK, site) >= RULES
    modules = imported(CHECK, site)
    assert not [name for name in (*DEAR, "yaml") if name in modules]
    assert not RULES & modules


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_words_that_were_never_met_need_spacy(jobs: int, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    odd = [f"({token_hex(8)}-1.5/mL)" for _ in range(2)]

    def check(claim: str) -> set[str]:
        for number, word in enumerate(odd):
            (site / f"{number}.md").write_text(f"Ginger {claim} {word}, isn't it?\n", encoding="utf-8")
        return imported([*CHECK, "--jobs", str(jobs)], site)

    if jobs == 1:  # the first process learns nothing of it where workers check
        assert "spacy" in check("cures colds")
    else:
        check("cures colds")
    modules = check("ends coughs")
    assert modules >= RULES
    assert not [name for name in ("spacy", "thinc", "numpy") if name in modules]
    odd.pop()
    assert "spacy" not in check("cures gout")


def test_the_source_distribution_holds_the_whole_checkout() -> None:
    """A test that reads a file at the top, and the workflow of this repository, can be run from it too."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a Git checkout")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    held = {*project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"], "pyproject.toml", ".gitignore"}
    assert {name.partition("/")[0] for name in listed.stdout.splitlines()} == held


def test_linter_is_exported() -> None:
    assert caveat.Linter is Linter
    with pytest.raises(AttributeError, match="Lintr"):
        caveat.Lintr  # noqa: B018
