"""Compiled rules are kept, found again, and never stale."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest

from caveat.engine import cache, files
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
    before = digest([str(file)])
    assert digest([str(file)]) == before
    os.utime(file, ns=(1, 1))
    assert digest([str(file)]) != before


@pytest.mark.parametrize("place", [0, 3, 4, 20, -1])
def test_a_flipped_bit_is_noticed_wherever_it_lies(tmp_path: Path, place: int) -> None:
    kept("name", lambda: ["efficacy/cure", "the words of a finding"], folder=tmp_path)
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    assert kept("name", lambda: "built again", folder=tmp_path) == "built again"


@pytest.mark.parametrize("length", [0, 2, 4, 30])
def test_a_file_cut_short_is_built_again(tmp_path: Path, length: int) -> None:
    kept("name", lambda: list(range(100)), folder=tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:length])
    assert kept("name", lambda: "built again", folder=tmp_path) == "built again"


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_file = os.fdopen

    def full(*arguments: object, **named: object) -> object:
        stream = open_file(*arguments, **named)  # type: ignore[call-overload]

        class Full:
            def __enter__(self) -> Self:
                return self

            def __exit__(self, *_: object) -> None:
                stream.close()

            def write(self, data: bytes) -> None:
                stream.write(data[: len(data) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")

        return Full()

    monkeypatch.setattr(files.os, "fdopen", full)
    assert kept("name", lambda: [1, 2, 3], folder=tmp_path) == [1, 2, 3]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes there")
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write_atomically(pipe, b"report")
    assert os.read(reading, 100) == b"report"
    os.close(reading)
    assert pipe.is_fifo()


def test_processes_that_write_at_once_leave_one_sound_file(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from caveat.engine.cache import keep, load\n"
        "file = Path(sys.argv[1])\n"
        "for _ in range(60):\n"
        "    keep(file, [int(sys.argv[2])] * 50_000, suffix='.rules', most=4)\n"
        "    assert len(set(load(file))) == 1\n"
    )
    file = tmp_path / "name.rules"
    running = [subprocess.Popen([sys.executable, "-c", program, str(file), str(n)]) for n in range(4)]
    assert [process.wait(timeout=60) for process in running] == [0] * 4
    assert cache.load(file)[0] in range(4)
    assert [one.name for one in tmp_path.iterdir()] == [file.name]
