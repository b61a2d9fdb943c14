"""Imports run one way, every module has its layer, and what needs no spaCy never imports it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import caveat
from caveat.engine.linter import Linter

ROOT = Path(__file__).resolve().parents[1]


def test_import_contracts(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert outcome == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    "program",
    [
        "import caveat; caveat.__version__",
        "from caveat.cli.app import app; app(['--help'], standalone_mode=False)",
        "from caveat.cli.app import app; app(['rules', 'list'], standalone_mode=False)",
        "from caveat.cli.app import app; app(['schema'], standalone_mode=False)",
        "from caveat.cli.app import app; app(['explain', 'efficacy/detox'], standalone_mode=False)",
    ],
)
def test_does_without_spacy(program: str) -> None:
    script = f"import sys\n{program}\nsys.exit('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_linter_is_exported() -> None:
    assert caveat.Linter is Linter
    with pytest.raises(AttributeError, match="Lintr"):
        caveat.Lintr  # noqa: B018
