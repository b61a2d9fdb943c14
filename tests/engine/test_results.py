"""Kept reports come back as they were, or not at all, and leave nothing behind that Git or a walk would meet."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from caveat.engine import results
from caveat.engine.discover import articles
from caveat.engine.linter import Linter
from caveat.engine.results import FOLDER, Kept, ResultStore, project_folder

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TEXT = "# Ginger\n\nGinger cures colds. Take 5.0 mg twice a day, 20 mg in total.\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose top is told by its configuration, and no cache folder of the user's own choice."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CAVEAT_CACHE_DIR")
    site = tmp_path / "site"
    (site / "blog").mkdir(parents=True)
    (site / ".caveat.yaml").write_text("jurisdictions: [us]\n", encoding="utf-8")
    (site / "blog" / "a.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(site)
    return site


def kept_by(linter: Linter, store: ResultStore, path: Path) -> Kept:
    return replace(linter, store=store).checked(path)


def opened(site: Path) -> ResultStore:
    return ResultStore.open(["rules"], project_folder(site))


def found(linter: Linter, store: ResultStore, path: Path) -> Kept | None:
    return replace(linter, store=store).recall(path)


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_a_report_comes_back_as_it_was(linter: Linter, tmp_path: Path, example: Path) -> None:
    store = ResultStore("scope", tmp_path / FOLDER)
    made = kept_by(linter, store, example)
    assert made.report.checklist
    assert found(linter, store, example) == made
    assert found(linter, ResultStore("scope", tmp_path / FOLDER), example) == made


def test_the_top_of_the_project_is_where_git_or_a_configuration_is(site: Path) -> None:
    assert project_folder(site / "blog" / "a.md") == site
    (site / "blog" / ".caveat.yaml").write_text("{}\n", encoding="utf-8")
    assert project_folder(site / "blog") == site / "blog"
    (site / ".git").mkdir()
    assert project_folder(site / "blog") == site
    assert opened(site).folder == site / FOLDER


def test_without_a_project_it_is_the_working_folder_or_the_users(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    assert project_folder(plain) is None
    assert not opened(plain).folder.is_relative_to(plain)
    monkeypatch.chdir(plain)
    assert project_folder(plain / "a.md") == plain
    monkeypatch.setenv("CAVEAT_CACHE_DIR", str(tmp_path / "own"))
    assert opened(site).folder == tmp_path / "own" / "reports"


def test_the_folder_is_seen_neither_by_git_nor_by_a_walk(linter: Linter, site: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=site, check=True)
    kept_by(linter, opened(site), site / "blog" / "a.md")
    assert (site / FOLDER / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    status = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=site, capture_output=True, text=True, check=True
    )
    assert sorted(line[3:] for line in status.stdout.splitlines()) == [".caveat.yaml", "blog/a.md"]
    (site / FOLDER / "b.md").write_text(TEXT, encoding="utf-8")
    assert list(articles([site], linter.configs)) == [site / "blog" / "a.md"]


def test_a_report_answers_for_what_it_depends_on_alone(linter: Linter, site: Path) -> None:
    article = site / "blog" / "a.md"
    store = opened(site)
    kept_by(linter, store, article)
    assert found(linter, store, article) is not None
    assert found(linter, replace(store, scope="other rules"), article) is None
    assert found(replace(linter, today=date(2027, 1, 1)), store, article) is None
    article.write_text(TEXT + "\nMore.\n", encoding="utf-8")
    assert found(linter, store, article) is None


def test_one_file_for_an_article_however_often_it_changes(linter: Linter, site: Path) -> None:
    article = site / "blog" / "a.md"
    for number in range(4):
        article.write_text(f"{TEXT}\nEdit {number}.\n", encoding="utf-8")
        kept_by(linter, opened(site), article)
    assert len(list((site / FOLDER).glob("*.report"))) == 1


def test_the_oldest_are_removed(linter: Linter, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_MOST", 3)
    for number in range(6):
        article = site / f"{number}.md"
        article.write_text(TEXT, encoding="utf-8")
        store = opened(site)
        kept_by(linter, store, article)
        (newest,) = (f for f in (site / FOLDER).glob("*.report") if f.stat().st_mtime > 1000)
        os.utime(newest, (number + 1, number + 1))
    assert {f.stat().st_mtime for f in (site / FOLDER).glob("*.report")} == {3, 4, 5, 6}


def report_in(site: Path) -> Path:
    (file,) = (site / FOLDER).glob("*.report")
    return file


@pytest.mark.parametrize("length", [0, 10, 64, 74, 200])
def test_a_file_cut_short_is_none(linter: Linter, site: Path, length: int) -> None:
    article = site / "blog" / "a.md"
    made = kept_by(linter, opened(site), article)
    file = report_in(site)
    file.write_bytes(file.read_bytes()[:length])
    assert found(linter, opened(site), article) is None
    assert kept_by(linter, opened(site), article) == made
    assert found(linter, opened(site), article) == made


@pytest.mark.parametrize("place", [0, 63, 65, 80, -1])
def test_a_flipped_bit_is_noticed(linter: Linter, site: Path, place: int) -> None:
    article = site / "blog" / "a.md"
    kept_by(linter, opened(site), article)
    file = report_in(site)
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    assert found(linter, opened(site), article) is None


@pytest.mark.parametrize(
    "forged",
    [
        b"[]", b"{}", b"null", b"[[], []]", b"[1, 2]", b"[" * 100_000, b"not json", b"\xff\xfe",
        b'[["a.md", null, "", "", "", ["us"], [["a/b", "grave", "m", [0, 1]]], [], [], [], [], [[], []], []], []]',
        b'[["a.md", null, "", "", "", [7], [], [], [], [], [], [[], []], []], []]',
    ],
    ids=range(10),
)  # fmt: skip
def test_what_somebody_else_laid_there_is_read_as_a_report_or_not_at_all(
    linter: Linter, site: Path, forged: bytes
) -> None:
    article = site / "blog" / "a.md"
    kept_by(linter, opened(site), article)
    file = report_in(site)
    depends = file.read_bytes()[:64]
    body = zlib.compress(forged)
    file.write_bytes(depends + f" {zlib.crc32(body):08x}\n".encode() + body)
    assert found(linter, opened(site), article) is None


def test_what_is_unpacked_is_bounded(linter: Linter, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = site / "blog" / "a.md"
    kept_by(linter, opened(site), article)
    monkeypatch.setattr(results, "_LARGEST", 100)
    assert found(linter, opened(site), article) is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_not_followed(linter: Linter, site: Path, tmp_path: Path) -> None:
    article = site / "blog" / "a.md"
    kept_by(linter, opened(site), article)
    file = report_in(site)
    mine = tmp_path / "mine"
    mine.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(mine)
    (site / FOLDER / ".gitignore").unlink()
    (site / FOLDER / ".gitignore").symlink_to(tmp_path / "new")
    assert found(linter, opened(site), article) is None
    before = mine.read_bytes()
    article.write_text(TEXT + "\nMore.\n", encoding="utf-8")
    kept_by(linter, opened(site), article)
    assert mine.read_bytes() == before
    assert not (tmp_path / "new").exists()
    assert not file.is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_folder_that_is_a_link_is_not_used(linter: Linter, site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site / FOLDER).symlink_to(elsewhere)
    kept_by(linter, opened(site), site / "blog" / "a.md")
    assert not list(elsewhere.iterdir())


def test_a_folder_that_can_not_be_made_is_worked_without(linter: Linter, site: Path) -> None:
    (site / FOLDER).write_text("a file\n", encoding="utf-8")
    article = site / "blog" / "a.md"
    assert kept_by(linter, opened(site), article).report.findings
    assert found(linter, opened(site), article) is None


def test_a_read_only_folder_is_worked_without(linter: Linter, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert kept_by(linter, opened(site), site / "blog" / "a.md").report.findings
    assert not (site / FOLDER).exists()


def test_a_full_disk_is_worked_without(linter: Linter, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = site / "blog" / "a.md"
    store = opened(site)
    store.folder.mkdir()
    open_file = Path.open

    def full(self: Path, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        stream = open_file(self, mode, *arguments, **named)
        if "x" in mode:
            stream.close()
            raise OSError(errno.ENOSPC, "No space left on device")
        return stream

    monkeypatch.setattr(Path, "open", full)
    assert kept_by(linter, store, article).report.findings
    assert list(store.folder.iterdir()) == []


def test_runs_at_once_leave_sound_reports(linter: Linter, site: Path) -> None:
    article = site / "blog" / "a.md"
    made = kept_by(linter, opened(site), article)
    program = (
        "import sys; from pathlib import Path; from caveat.engine.results import ResultStore\n"
        "store = ResultStore('scope', Path(sys.argv[1]), Path.cwd())\n"
        "article = Path(sys.argv[2]); content = article.read_bytes()\n"
        "kept = ResultStore(sys.argv[3], Path(sys.argv[1]), Path.cwd()).find(article, content, *eval(sys.argv[4]))\n"
        "for _ in range(100):\n"
        "    store.add(article, content, 'asked', 'options', kept)\n"
        "    assert store.find(article, content, 'asked', 'options') == kept is not None\n"
    )
    store = replace(opened(site), scope="scope")
    store.add(article, article.read_bytes(), "first", "first", made)
    arguments = [str(store.folder), "blog/a.md", "scope", "('first', 'first')"]
    running = [subprocess.Popen([sys.executable, "-c", program, *arguments], cwd=site) for _ in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0] * 3
    assert not [file.name for file in store.folder.iterdir() if file.suffix == ".tmp"]


def test_what_is_kept_is_json_alone(linter: Linter, site: Path) -> None:
    kept_by(linter, opened(site), site / "blog" / "a.md")
    body = report_in(site).read_bytes().partition(b"\n")[2]
    report, rules = json.loads(zlib.decompress(body))
    assert "20 mg" in json.dumps(report)
    assert rules
