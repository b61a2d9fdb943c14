"""Compiled rules are kept, found again, and never stale."""

from __future__ import annotations

import os
from pathlib import Path

from caveat.engine.cache import digest, kept


def test_builds_once(tmp_path: Path) -> None:
    built: list[int] = []

    def build() -> list[int]:
        built.append(1)
        return [1, 2, 3]

    assert kept("name", build, folder=tmp_path) == [1, 2, 3]
    assert kept("name", build, folder=tmp_path) == [1, 2, 3]
    assert built == [1]


def test_a_damaged_file_is_built_again(tmp_path: Path) -> None:
    kept("name", lambda: "old", folder=tmp_path)
    next(tmp_path.iterdir()).write_bytes(b"\x80broken")
    assert kept("name", lambda: "new", folder=tmp_path) == "new"
    assert kept("name", lambda: "never", folder=tmp_path) == "new"


def test_a_folder_that_can_not_be_made_is_no_reason_to_fail(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert kept("name", lambda: "built", folder=file / "below") == "built"


def test_old_files_are_removed(tmp_path: Path) -> None:
    for i in range(8):
        kept(f"name{i}", lambda: "x", folder=tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


def test_the_digest_follows_the_files(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("one", encoding="utf-8")
    before = digest([file])
    assert digest([file]) == before
    os.utime(file, ns=(1, 1))
    assert digest([file]) != before
