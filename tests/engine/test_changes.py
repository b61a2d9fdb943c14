"""What has changed since a revision, on real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.engine.changes import Changes, ChangesError, changed_since, parse_diff
from caveat.finding import Finding, Related, Scope, Severity
from caveat.result import FileReport
from caveat.source import Source, Span

IDENTITY = {
    **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=IDENTITY)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    for name in ("a.md", "b c.md", "é😀.md", "old.md", "gone.md"):
        (tmp_path / name).write_text("".join(f"{name} line {i}\n" for i in range(1, 9)), encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def edit(file: Path, line: int, text: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line - 1] = text
    file.write_text("".join(lines), encoding="utf-8")


def test_changed_lines_by_file(repository: Path) -> None:
    edit(repository / "a.md", 2, "++ b/other.md\n@@ -1 +1 @@\n")
    edit(repository / "b c.md", 8, "no line feed")
    edit(repository / "é😀.md", 5, "")
    git(repository, "mv", "old.md", "new.md")
    edit(repository / "new.md", 3, "changed\n")
    (repository / "gone.md").unlink()
    (repository / "fresh.md").write_text("x\n", encoding="utf-8")
    (repository / "staged.md").write_text("x\ny\n", encoding="utf-8")
    git(repository, "add", "staged.md")
    changes = changed_since("HEAD", repository)
    assert changes.lines == {
        "a.md": (range(2, 4),),
        "b c.md": (range(8, 9),),
        "é😀.md": (),
        "new.md": (range(3, 4),),
        "fresh.md": None,
        "staged.md": (range(1, 3),),
    }
    assert changes.touches(repository / "é😀.md")
    assert not changes.touches(repository / "old.md")


def test_settings_of_the_user_do_not_matter(repository: Path) -> None:
    for key, value in (
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("color.diff", "always"),
        ("diff.external", "false"),
        ("diff.context", "9"),
        ("core.quotePath", "true"),
    ):
        git(repository, "config", key, value)
    edit(repository / "é😀.md", 4, "x\n")
    assert changed_since("HEAD", repository).lines == {"é😀.md": (range(4, 5),)}


def test_what_the_other_branch_changed_meanwhile_does_not_count(repository: Path) -> None:
    git(repository, "branch", "ours")
    edit(repository / "b c.md", 1, "theirs\n")
    git(repository, "commit", "-qam", "theirs")
    git(repository, "tag", "theirs")
    git(repository, "checkout", "-q", "ours")
    edit(repository / "a.md", 2, "ours\n")
    git(repository, "commit", "-qam", "ours")
    assert changed_since("theirs", repository).lines == {"a.md": (range(2, 3),)}


def test_without_a_common_ancestor_the_revision_itself_counts(repository: Path) -> None:
    git(repository, "tag", "theirs")
    git(repository, "checkout", "-q", "--orphan", "ours")
    edit(repository / "a.md", 2, "ours\n")
    git(repository, "commit", "-qam", "ours")
    assert changed_since("theirs", repository).lines == {"a.md": (range(2, 3),)}


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "HEAD~9", ""])
def test_an_unknown_revision_is_told(repository: Path, revision: str) -> None:
    with pytest.raises(ChangesError, match="has no revision"):
        changed_since(revision, repository)
    assert not (repository / "x").exists()


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ChangesError, match="is not in a Git repository"):
        changed_since("HEAD", tmp_path)


def test_a_file_elsewhere_is_told(repository: Path) -> None:
    with pytest.raises(ChangesError, match="outside the Git repository"):
        changed_since("HEAD", repository).touches("/elsewhere/a.md")


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ChangesError, match="can not be run"):
        changed_since("HEAD", tmp_path)


def test_findings_on_changed_lines_are_kept(tmp_path: Path) -> None:
    text = "one\ntwo\nthree\nfour\n"
    source = Source((tmp_path / "a.md").as_posix(), text)

    def on(words: str, *related: str, scope: Scope = Scope.TEXT) -> Finding:
        start = text.index(words)
        places = tuple(Related("see", Span(text.index(r), text.index(r) + len(r))) for r in related)
        return Finding("x/y", Severity.NOTE, words, Span(start, start + len(words)), scope, related=places)

    findings = (on("one", scope=Scope.DOCUMENT), on("one"), on("one\ntwo"), on("two\n"), on("three"), on("four", "two"))
    changes = Changes(tmp_path.resolve(), {"a.md": (range(2, 3),)})
    kept = changes.keep(FileReport(source.path, source, findings=findings))
    assert [f.message for f in kept.findings] == ["one", "one\ntwo", "two\n", "four"]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    assert isinstance(parse_diff(data), dict)
