"""The pre-commit hook on a real repository: `pre-commit try-repo` installs Caveat and runs it.

Installing takes a minute and a package registry, so the test runs where `CAVEAT_TRY_REPO` is set, as in `.ci/run`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from identify.identify import ALL_TAGS

ROOT = Path(__file__).resolve().parents[1]
GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "init.defaultBranch=main")


def test_hooks_are_commands_that_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks][:1] == ["caveat"]
    for hook in hooks:
        assert hook["entry"].startswith("caveat check")
        assert hook["language"] == "python"
        assert set(hook["types_or"]) <= ALL_TAGS
        assert re.search(hook["exclude"], "site/requirements-dev.txt")


@pytest.mark.skipif(not os.environ.get("CAVEAT_TRY_REPO"), reason="CAVEAT_TRY_REPO is not set: takes a minute")
def test_try_repo(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(ROOT / "examples" / "low-dose-naltrexone-guide.md", site / "article.md")
    (site / "notes.py").write_text("CLAIM = 'cures diabetes'\n", encoding="utf-8")
    for command in ("init -q", "add -A", "commit -q -m Articles"):
        subprocess.run([*GIT, *command.split(" ")], cwd=site, check=True)

    bad = _try_repo(site)
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "article.md" in bad.stdout
    assert "efficacy/misattributed-dose-indication" in bad.stdout
    assert "notes.py" not in bad.stdout

    shutil.copy(ROOT / "examples" / "good-article.md", site / "article.md")
    subprocess.run([*GIT, "commit", "-q", "-am", "Mend the article"], cwd=site, check=True)
    good = _try_repo(site)
    assert good.returncode == 0, good.stdout + good.stderr


def _try_repo(site: Path) -> subprocess.CompletedProcess[str]:
    command = ["pre-commit", "try-repo", str(ROOT), "caveat", "--all-files", "--color", "never"]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, timeout=900, check=False)
