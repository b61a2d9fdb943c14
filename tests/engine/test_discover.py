"""Which files of a folder are articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.configfile import ConfigFinder
from caveat.engine.discover import articles
from caveat.packs.errors import ConfigError
from caveat.result import Skipped


def site(folder: Path, *names: str, **contents: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(contents.get(name, ""), encoding="utf-8")
    return folder


def found(folder: Path, *paths: Path) -> list[str]:
    return [
        f"skipped {Path(one.path).relative_to(folder).as_posix()}: {one.reason}"
        if isinstance(one, Skipped)
        else one.relative_to(folder).as_posix()
        for one in articles(paths or (folder,), ConfigFinder())
    ]


def test_articles_in_order_and_nothing_else(tmp_path: Path) -> None:
    site(
        tmp_path, "b.md", "a.HTML", "c/d.mdx", "c/a.txt", "e.py", "f", ".hidden.md", ".git/x.md", "node_modules/x.md",
        "public/x.html", "requirements-dev.txt", "robots.txt", "LICENSE.md", "x.egg-info/SOURCES.md",
    )  # fmt: skip
    assert found(tmp_path) == ["a.HTML", "b.md", "c/a.txt", "c/d.mdx"]


def test_gitignore_is_honoured_at_its_level(tmp_path: Path) -> None:
    site(tmp_path, "a.md", "draft-b.md", "x/draft-c.md", "x/keep.md", "y/z.md")
    (tmp_path / ".gitignore").write_text("draft-*\n/y/\n", encoding="utf-8")
    (tmp_path / "x/.gitignore").write_text("!draft-c.md\nkeep.md\n", encoding="utf-8")
    assert found(tmp_path) == ["a.md", "x/draft-c.md"]


def test_gitignore_above_holds_within_the_repository(tmp_path: Path) -> None:
    site(tmp_path, "x/a.md", "x/draft.md", "x/y/draft.md", "ignored/a.md")
    (tmp_path / ".gitignore").write_text("draft.md\nignored/\n", encoding="utf-8")
    assert found(tmp_path, tmp_path / "x") == ["x/a.md", "x/draft.md", "x/y/draft.md"]
    (tmp_path / ".git").mkdir()
    assert found(tmp_path, tmp_path / "x") == ["x/a.md"]
    assert found(tmp_path, tmp_path / "ignored") == ["ignored/a.md"]  # it was named


def test_named_files_are_taken_as_they_are(tmp_path: Path) -> None:
    site(tmp_path, "robots.txt", "f.rst", ".hidden.md")
    named = [tmp_path / n for n in ("robots.txt", "f.rst", ".hidden.md", "missing.md")]
    assert found(tmp_path, *named) == ["robots.txt", "f.rst", ".hidden.md", "missing.md"]


def test_excluded_files_stay_out_and_say_so_when_named(tmp_path: Path) -> None:
    site(tmp_path, "a.md", "drafts/b.md")
    (tmp_path / ".caveat.yaml").write_text("exclude: [drafts/]\n", encoding="utf-8")
    assert found(tmp_path) == ["a.md"]
    assert found(tmp_path, tmp_path / "drafts/b.md", tmp_path / "a.md") == [
        "skipped drafts/b.md: excluded by drafts/ (.caveat.yaml:1)",
        "a.md",
    ]


def test_a_folder_that_was_named_and_holds_no_article_says_so(tmp_path: Path) -> None:
    site(tmp_path, "a.md", "drafts/b.md", "code/c.py")
    (tmp_path / "empty").mkdir()
    (tmp_path / ".caveat.yaml").write_text("exclude: [drafts/]\n", encoding="utf-8")
    assert found(tmp_path, *(tmp_path / name for name in ("empty", "code", "drafts", "a.md", "."))) == [
        "skipped empty: no articles in it",
        "skipped code: no articles in it",
        "skipped drafts: its articles are excluded by drafts/ (.caveat.yaml:1)",
        "a.md",
    ]


def test_included_files_are_articles(tmp_path: Path) -> None:
    site(tmp_path, "a.mdoc", "b.other")
    (tmp_path / ".caveat.yaml").write_text('include: ["*.mdoc"]\n', encoding="utf-8")
    assert found(tmp_path) == ["a.mdoc"]


def test_each_file_once(tmp_path: Path) -> None:
    site(tmp_path, "a.md", "b.md")
    assert found(tmp_path, tmp_path / "b.md", tmp_path, tmp_path / "a.md") == ["b.md", "a.md"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    site(tmp_path, "x/a.md")
    (tmp_path / "x/back").symlink_to(tmp_path, target_is_directory=True)
    assert found(tmp_path) == ["x/a.md"]


def test_every_configuration_that_can_not_be_used_is_told_at_once(tmp_path: Path) -> None:
    site(tmp_path, "a/1.md", "a/2.md", "b/1.md", "c/1.md")
    (tmp_path / "a/.caveat.yaml").write_text("profil: article\n", encoding="utf-8")
    (tmp_path / "b/.caveat.yaml").write_text("fail-on: eror\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        found(tmp_path)
    assert len(caught.value.mistakes) == 2
