"""The command line as people call it, in this process, with rules that are compiled once."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caveat.analysis.vocabulary import Vocabulary
from caveat.cli.app import app
from caveat.engine import ruleset as rulesets
from caveat.engine.linter import Linter

Caveat = Callable[..., Result]


@pytest.fixture(autouse=True)
def _compiled_once(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    load, shipped = rulesets.load_ruleset, linter.ruleset

    def load_ruleset(packs: Sequence[Path] = (), vocabulary: Vocabulary | None = None) -> rulesets.Ruleset:
        return load(packs, vocabulary) if packs else shipped

    monkeypatch.setattr(rulesets, "load_ruleset", load_ruleset)


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the run starts in, the top of nothing."""
    monkeypatch.chdir(tmp_path)
    for name in set(os.environ) - {"CAVEAT_CACHE_DIR"}:
        if name.startswith(("GIT_", "GITHUB_", "CAVEAT_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return tmp_path


@pytest.fixture
def caveat() -> Caveat:
    """Runs `caveat` with these arguments; exceptions other than an exit are raised."""

    def run(*arguments: str, stdin: bytes | str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=stdin, catch_exceptions=False, prog_name="caveat")

    return run


@pytest.fixture
def git(site: Path) -> Callable[..., None]:
    """Runs git in the site."""

    def run(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=site, check=True, capture_output=True)

    return run
