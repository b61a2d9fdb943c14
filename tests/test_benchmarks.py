"""The benchmark runs, and the README's table has the rows that it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PEERS = ("proselint", "write-good", "textlint", "alex")


def rows(text: str) -> dict[str, tuple[str, str]]:
    """The figure and the ratio of each row of the first table with these columns."""
    table = re.search(r"(?m)^\| what \| figure \| ratio \|\n\|.*\n((?:\|.*\n)+)", text)
    assert table is not None
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table[1].splitlines()]
    return {what: (figure, ratio) for what, figure, ratio in cells}


@pytest.mark.skipif(sys.platform == "win32", reason="it counts processor seconds as POSIX does")
def test_the_benchmark_prints_the_rows_that_the_readme_shows() -> None:
    script = [sys.executable, str(ROOT / "benchmarks" / "run.py"), "--small"]
    mute = [part for name in PEERS for part in ("--peer", f"{name}=no-such-program")]
    done = subprocess.run([*script, *mute], capture_output=True, text=True, check=True)
    printed = rows(done.stdout)
    shown = rows((ROOT / "README.md").read_text(encoding="utf-8"))
    assert list(printed) == list(shown)
    assert {ratio for _, ratio in shown.values()} - {""}
    for name in PEERS:
        assert printed[f"corpus beside {name}"] == ("not installed, skipped", "")
    for what, (figure, _) in printed.items():
        assert re.match(r"[\d,.]+( s| MiB|$)", figure) or what.startswith("corpus beside"), what
