"""`caveat` as a process: encodings, pipes, interrupts, completion."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CAVEAT = [sys.executable, "-m", "caveat"]


@pytest.fixture(autouse=True)
def _interrupts_reach_programs() -> Iterator[None]:
    """A shell starts what runs in its background deaf to interrupts, and its children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_piped_output_is_utf8_whatever_the_locale() -> None:
    Path("é.md").write_text("Ginger cures “colds” 😀.\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    for format_ in ("terminal", "markdown"):
        command = [*CAVEAT, "check", "é.md", "--format", format_, "--select", "efficacy/"]
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
        assert done.returncode == 1, done.stderr
        assert "é.md" in done.stdout.decode("utf-8")


def test_a_pipe_that_closes_early_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*CAVEAT, "rules", "list"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_an_interrupt_ends_with_130() -> None:
    with subprocess.Popen([*CAVEAT, "check", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(1.0)  # it waits for standard input by then
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b"caveat: interrupted\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Ginger cures colds.\n", encoding="utf-8")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run([*CAVEAT, "check", "-q", str(tmp_path)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"caveat: the report can not be written: no space is left\n")


def children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of more pages than are checked in a moment."""
    for number in range(300):
        (tmp_path / f"{number}.md").write_text("Ginger cures colds.\n\n" * 40, encoding="utf-8")
    return tmp_path


def shared_out(folder: Path, *, wait: float) -> subprocess.Popen[bytes]:
    """A run in a group of processes of its own, whose two workers have started `wait` seconds ago."""
    command = [*CAVEAT, "check", "--jobs", "2", "--no-cache", "--format", "json", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    while len(children(process.pid)) < 2:
        assert process.poll() is None
        time.sleep(0.002)
    time.sleep(wait)
    return process


@pytest.mark.skipif(sys.platform != "linux", reason="tells the processes as Linux does")
@pytest.mark.parametrize("wait", [0.0, 0.3], ids=["as they start", "as they work"])
def test_an_interrupt_of_several_processes_is_told_once_and_leaves_none(many: Path, wait: float) -> None:
    with shared_out(many, wait=wait) as process:
        os.killpg(process.pid, signal.SIGINT)  # a terminal tells every process of the group
        told, why = process.communicate(timeout=60)
    assert (process.returncode, told, why) == (130, b"", b"caveat: interrupted\n")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="tells the processes as Linux does")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_run_leaves_no_process(many: Path, how: signal.Signals) -> None:
    with shared_out(many, wait=0.3) as process:
        process.send_signal(how)
        process.communicate(timeout=20)  # ends when no worker holds the pipes any more, else it raises
        assert process.returncode == -how


def test_the_shell_completes_commands_formats_and_rules() -> None:
    def complete(words: str) -> str:
        environment = {
            **os.environ, "_CAVEAT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))
        }  # fmt: skip
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        return subprocess.run(["caveat"], capture_output=True, text=True, env=environment, check=False).stdout

    assert "plain,check" in complete("caveat ch")
    assert "plain,sarif" in complete("caveat check --format sa")
    assert "dosing/no-space" in complete("caveat check --select dosing/no-s")
