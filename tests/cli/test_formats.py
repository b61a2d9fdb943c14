"""Several formats at once, to standard output and to files."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from caveat.report import Format

Caveat = Callable[..., Result]


@pytest.fixture(autouse=True)
def article() -> None:
    Path("é bad.md").write_text("Ginger cures “colds” 😀.\n", encoding="utf-8")


def test_files_beside_standard_output(caveat: Caveat) -> None:
    done = caveat("check", "--format", "sarif=out.sarif", "--format", "junit=out.xml", "--format", "terminal")
    assert "efficacy/cure-absolute" in done.stdout
    assert json.loads(Path("out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert ET.fromstring(Path("out.xml").read_bytes()).tag == "testsuites"
    assert sorted(file.name for file in Path().iterdir()) == ["out.sarif", "out.xml", "é bad.md"]


def test_only_files_leave_standard_output_empty(caveat: Caveat) -> None:
    assert caveat("check", "--format", "json=out.json").stdout == ""


@pytest.mark.parametrize("format_", list(Format))
def test_every_format_by_name_and_in_a_file_is_the_same(caveat: Caveat, format_: Format) -> None:
    done = caveat("check", "--format", format_.value)
    caveat("check", "--format", f"{format_.value}=out")
    assert Path("out").read_bytes() == done.stdout_bytes
    done.stdout_bytes.decode("utf-8")


def test_output_is_for_the_format_without_a_file(caveat: Caveat) -> None:
    done = caveat("check", "--format", "json", "--format", "csv=out.csv", "--output", "out.json")
    assert done.stdout == ""
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["version"] == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "sariff"], 'unknown format "sariff" (did you mean "sarif"?)'),
        (["--format", "json", "--format", "csv"], "json and csv would both go to standard output"),
        (["--format", "json=a", "--format", "csv=./a"], "two formats would be written to"),
        (["--format", "json="], "the name of the file is missing"),
        (["--format", "json=."], ". is a folder, not a file"),
        (["--format", "json=no/out.json"], "there is no folder no to write out.json to"),
        (["--format", "json=a", "--output", "b"], "--output is for a --format without a file"),
    ],
)
def test_mistakes_are_refused(caveat: Caveat, arguments: list[str], told: str) -> None:
    done = caveat("check", *arguments)
    assert (done.exit_code, told in done.stderr) == (2, True), done.stderr


def test_a_report_replaces_the_old_one_whole(caveat: Caveat) -> None:
    Path("out.json").write_text("x" * 100_000, encoding="utf-8")
    caveat("check", "--format", "json=out.json")
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["version"] == 1


@pytest.mark.parametrize(
    ("variable", "format_"),
    [("GITHUB_WORKSPACE", "github"), ("GITHUB_WORKSPACE", "sarif"), ("CI_PROJECT_DIR", "gitlab")],
)
def test_paths_are_those_of_the_checkout(
    caveat: Caveat, site: Path, monkeypatch: pytest.MonkeyPatch, variable: str, format_: str
) -> None:
    told = "site/b.md"
    folder = site / "site"
    folder.mkdir()
    (folder / "b.md").write_text("Ginger cures colds.\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert told not in caveat("check", "--format", format_).stdout
    monkeypatch.setenv(variable, str(site))
    for paths in ((), (str(folder / "b.md"),)):
        assert told in caveat("check", "--format", format_, *paths).stdout
    assert "b.md:1:8" in caveat("check", "-q").stdout
    monkeypatch.setenv(variable, str(site / "elsewhere"))
    assert told not in caveat("check", "--format", format_).stdout


def test_the_step_summary_is_added_to(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = Path("summary")
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    caveat("check", "--format", "json")
    assert summary.read_text(encoding="utf-8") == "before\n"
    done = caveat("check", "é bad.md", "--format", "github")
    assert done.stdout.startswith("::error file=é bad.md,line=1")
    assert summary.read_text(encoding="utf-8").startswith("before\n")
    assert "cure-absolute" in summary.read_text(encoding="utf-8")


def test_a_summary_that_can_not_be_written_is_told_and_no_more(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "no/such")
    done = caveat("check", "--format", "github", "--exit-zero")
    assert (done.exit_code, "step summary can not be written" in done.stderr) == (0, True)
