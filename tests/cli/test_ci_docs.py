"""What docs/ci.md and action.yml tell of the command line is true of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result

from caveat.cli.check import check
from caveat.report import Format

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
OPTIONS = {option for parameter in check.params for option in parameter.opts}


def test_every_option_named_is_one() -> None:
    # In the prose, and on the lines that run caveat; the other lines have other programs' options.
    told = re.findall(r"`(--[a-z-]+)", DOCS)
    for line in DOCS.splitlines():
        if "caveat check" in line:
            told += re.findall(r"(?<=\s)--[a-z-]+", line.partition("|")[0])
    assert len(set(told)) > 8
    assert set(told) <= OPTIONS


def test_every_format_is_named_and_exists() -> None:
    assert set(re.findall(r"--format ([a-z]+)", DOCS)) <= set(Format)
    listed = DOCS.partition("The formats are ")[2].partition(".\n")[0]
    assert set(re.findall(r"`([a-z]+)`", listed)) == set(Format)


@pytest.mark.parametrize("snippet", re.findall(r"```yaml\n(.+?)```", DOCS, re.DOTALL))
def test_snippets_are_yaml(snippet: str) -> None:
    assert yaml.safe_load(snippet)


def test_the_action_has_the_inputs_that_the_docs_give() -> None:
    steps = re.findall(r"uses: OWNER/caveat@.*\n        with:\n((?:          .*\n)+)", DOCS)
    given = {name for step in steps for name in re.findall(r"^ +([\w-]+):", step, re.MULTILINE)}
    assert {"paths", "sarif", "args"} <= given
    assert given <= set(ACTION["inputs"])


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action runs in bash")
def test_the_action_runs_caveat_with_what_it_is_given(caveat: Callable[..., Result], site: Path) -> None:
    step = ACTION["runs"]["steps"][-1]
    (site / "caveat").write_text('#!/bin/sh\nprintf "<%s>" "$@"\n', encoding="utf-8")
    (site / "caveat").chmod(0o755)
    given = {
        "PATHS": "content\na b/$(touch pwned).md\n",
        "ARGS": "--changed-since=origin/main\n--select\ndosing/\n",
        "SARIF": "out file.sarif",
        "PATH": f"{site}:/usr/bin:/bin",
    }
    done = subprocess.run(["bash", "-ec", step["run"]], env=given, capture_output=True, text=True, check=True)
    assert done.stdout == (
        "<check><--no-cache><--format><github><--format><sarif=out file.sarif><--changed-since=origin/main>"
        "<--select><dosing/><--><content><a b/$(touch pwned).md>"
    )
    assert not (site / "pwned").exists()
    (site / "a.md").write_text("Ginger cures colds.\n", encoding="utf-8")
    done_here = caveat("check", "--format", "github", "--format", "sarif=out.sarif", "--", "a.md")
    assert (done_here.exit_code, (site / "out.sarif").exists()) == (1, True)
