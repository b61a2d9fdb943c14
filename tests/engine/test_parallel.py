"""Several processes give what one gives; what goes wrong with a file is told of the file."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from caveat.engine.linter import Linter
from caveat.engine.parallel import Mending, Outcome, Task, run_task
from caveat.engine.results import Kept


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    pages = [tmp_path / f"{number:02}.md" for number in range(12)]
    for number, page in enumerate(pages):
        page.write_text(f"# Ginger\n\nGinger cures colds. Take {number}.0 mg twice a day.\n", encoding="utf-8")
    pages[5].write_bytes(b"\xff\x00")
    return [*pages, tmp_path / "missing.md"]


def run(task: Task, linter: Linter, pages: list[Path], jobs: int | None) -> list[Outcome]:
    load: Callable[[], Linter] = partial(Linter.load, cache=False)
    return list(run_task(task, linter, pages, load=load, jobs=jobs))


@pytest.mark.parametrize("task", [Task(), Task(mending=Mending.SAFE)])
def test_two_processes_give_what_one_gives(linter: Linter, pages: list[Path], task: Task) -> None:
    alone = run(task, linter, pages, None)
    assert [o.kept.report.path for o in alone] == [p.as_posix() for p in pages]
    assert [bool(o.kept.report.error) for o in alone] == [p.name in {"05.md", "missing.md"} for p in pages]
    assert run(task, linter, pages, 2) == alone
    assert not multiprocessing.active_children()


def test_a_missing_file_is_told_without_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linter = Linter.load(cache=False)
    monkeypatch.setattr(Linter, "prepare", lambda *_: pytest.fail("the rules are compiled"))
    missing = [tmp_path / "missing.md", tmp_path]
    assert [o.kept.report.error for o in run(Task(), linter, missing, None)] == [
        "no such file",
        "this is a folder, not a file",
    ]


def test_an_interrupted_run_leaves_no_process(linter: Linter, pages: list[Path]) -> None:
    outcomes = run_task(Task(), linter, pages, load=partial(Linter.load, cache=False), jobs=2)
    next(outcomes)
    with pytest.raises(KeyboardInterrupt):
        outcomes.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    for child in multiprocessing.active_children():
        child.join(timeout=5)
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked with what is patched here")
def test_an_interrupt_waits_for_the_files_at_hand_and_not_for_those_handed_over_with_them(
    linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [tmp_path / f"{number}.md" for number in range(400)]  # enough for each worker to be handed several at once
    for page in pages:
        page.write_text("# A\n", encoding="utf-8")
    done, checked, shutdown = tmp_path / "done", Linter.checked, ProcessPoolExecutor.shutdown
    done.touch()
    first = frozenset(pages[:8])  # with the one whose outcome is taken no more are handed over
    interrupted = multiprocessing.get_context("fork").Event()

    def waiting(self: Linter, path: Path) -> Kept:
        if path not in first:
            interrupted.wait(60)
            with done.open("ab") as file:
                file.write(b".")
        return checked(self, path)

    def told(self: ProcessPoolExecutor, **how: bool) -> None:
        interrupted.set()
        shutdown(self, **how)

    monkeypatch.setattr(Linter, "checked", waiting)
    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", told)
    outcomes = run_task(Task(), linter, pages, load=partial(Linter.load, cache=False), jobs=2)
    next(outcomes)
    with pytest.raises(KeyboardInterrupt):
        outcomes.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    assert done.stat().st_size <= 2  # one for each worker


def test_a_check_that_fails_is_told_of_its_file(
    linter: Linter, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(Linter, "check_document", fail)
    (first, *_) = run(Task(), linter, pages[:1], 1)
    assert "ZeroDivisionError: by nought" in (first.kept.report.error or "")
    monkeypatch.setenv("CAVEAT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(Task(), linter, pages[:1], 1)
