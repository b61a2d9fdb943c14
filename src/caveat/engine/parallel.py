"""Many files checked, in one process or in several, with the same report in the same order.

What an earlier run has kept, and what is missing, is told first; only the other files are shared out. On Linux the
workers are forked with the rules compiled; elsewhere each compiles (or loads) its own.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from caveat.engine.baseline import Baseline
from caveat.engine.changes import Changes
from caveat.engine.fix import Mended, applicable, mend
from caveat.engine.linter import Linter
from caveat.engine.results import Kept
from caveat.packs.errors import MistakesError
from caveat.result import FileReport
from caveat.values import dataclass

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.synchronize import Event

    from caveat.analysis.vocabulary import Cut

WORTH_SHARING = 200_000
"""Bytes of articles from which several processes are used. Two cost 0.2 to 0.3 s of a processor more than one (their
start, the pages that they copy, the reports that they send back); this much text takes about a second."""

_MOST_AT_ONCE = 8
"""Files handed to a process at once, where there are many: what their reports share, the texts of rules, is sent and
held once for all of them."""
_HANDED = 32  # times at least that a process is handed files: at the end one may wait for the others

_DEBUG = "CAVEAT_DEBUG"


class LostWorkerError(Exception):
    """A worker process ended before its files were done."""


class Mending(StrEnum):
    """Which fixes to apply."""

    SAFE = "safe"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its report as it is, what is said of the rules, and its mended text if there is one."""

    kept: Kept
    mended: Mended | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with each file: it is checked, known findings are set aside, the others are mended.

    `baselines` has those that configurations name, by path; `baseline`, where given, stands in for all of them.
    """

    baseline: Baseline | None = None
    baselines: Mapping[Path, Baseline] = field(default_factory=dict)
    changes: Changes | None = None
    mending: Mending | None = None

    def select(self, linter: Linter, file: FileReport) -> FileReport:
        """The report without the findings that are not asked for."""
        baseline = self.baseline
        if baseline is None and self.baselines:
            named = linter.configs.for_path(file.path).baseline_path()
            baseline = self.baselines.get(named) if named is not None else None
        if baseline is not None:
            file = baseline.hide(file)
        return self.changes.keep(file) if self.changes is not None else file

    def recalled(self, linter: Linter, path: Path) -> Outcome | None:
        """The outcome from what is known of a file without its being checked; None if the rules are needed."""
        kept = linter.recall(path)
        if kept is None:
            return None
        kept = replace(kept, report=self.select(linter, kept.report))
        return None if self._mendable(kept.report) else Outcome(kept)

    def run(self, linter: Linter, path: Path) -> Outcome:
        """Check a file. Whatever goes wrong with it is told in its report."""
        try:
            kept = linter.checked(path)
            return self._finished(linter, kept)
        except MistakesError:
            raise
        except Exception as error:
            if os.environ.get(_DEBUG):
                raise
            what = f"Caveat failed on it ({type(error).__name__}: {error}); {_DEBUG}=1 shows where"
            return Outcome(Kept(FileReport(path.as_posix(), None, error=what), ()))

    def _finished(self, linter: Linter, kept: Kept) -> Outcome:
        kept = replace(kept, report=self.select(linter, kept.report))
        if not self._mendable(kept.report):
            return Outcome(kept)
        mended = mend(
            kept.report, lambda document: self.select(linter, linter.check_document(document)), unsafe=self._unsafe
        )
        rules = dict.fromkeys((*kept.rules, *linter.infos_of(mended.report)))
        return Outcome(replace(kept, rules=tuple(rules)), mended)

    def finish(self, linter: Linter, report: FileReport) -> Outcome:
        """The outcome for a text that has been checked already."""
        return self._finished(linter, Kept(report, linter.infos_of(report)))

    @property
    def _unsafe(self) -> bool:
        return self.mending is Mending.ALL

    def _mendable(self, report: FileReport) -> bool:
        return self.mending is not None and bool(applicable(report.findings, unsafe=self._unsafe))


def run_task(
    task: Task, linter: Linter, paths: Sequence[Path], *, load: Callable[[], Linter], jobs: int | None = None
) -> Iterator[Outcome]:
    """The outcome for each file, in the order given.

    Args:
        task: what is done with each.
        linter: checks in this process, and in forked ones.
        paths: the files.
        load: makes the same linter in another process; must be picklable.
        jobs: how many processes; None chooses.

    Raises:
        MistakesError: with the mistakes in the packs, before any file is checked.
        LostWorkerError: while the outcomes are taken, if a worker process ends before its files are done.
    """
    recalled = [task.recalled(linter, path) for path in paths]
    left = [path for path, outcome in zip(paths, recalled, strict=True) if outcome is None]
    workers = min(jobs or (_processors() if sum(map(_size, left)) >= WORTH_SHARING else 1), len(left))
    if left:
        linter.prepare(left)  # what is wrong with the rules is told here, and forked workers have them
        gc.freeze()  # no cycles in what is compiled: looking for them costs time, and forked workers a copy of it
    stack = ExitStack()
    run = stack.enter_context(_runner(task, linter, workers, load))
    return _in_order(recalled, run(left), stack)  # the workers have started: a caller may now start threads


def _in_order(recalled: Sequence[Outcome | None], checked: Iterator[Outcome], stack: ExitStack) -> Iterator[Outcome]:
    with stack:
        for outcome in recalled:
            yield outcome if outcome is not None else next(checked)


@contextmanager
def _runner(
    task: Task, linter: Linter, workers: int, load: Callable[[], Linter]
) -> Iterator[Callable[[Sequence[Path]], Iterator[Outcome]]]:
    """A function that runs the task on files, in order."""
    if workers <= 1:
        yield lambda paths: (task.run(linter, path) for path in paths)
        return
    import multiprocessing  # noqa: PLC0415 - one process needs none of it
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor  # noqa: PLC0415

    fork = sys.platform == "linux"
    processes = multiprocessing.get_context("fork" if fork else "spawn")
    ended = processes.Event()
    pool = ProcessPoolExecutor(
        workers, mp_context=processes, initializer=_start, initargs=(task, (lambda: linter) if fork else load, ended)
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside the threads of numpy
            yield lambda paths: _learning(linter, _begun(pool, paths, workers))
    except BrokenProcessPool as error:
        raise LostWorkerError from error
    finally:
        ended.set()  # an interrupt waits for the file at hand, not for those that were handed over with it
        pool.shutdown(cancel_futures=True)


def _begun(
    pool: ProcessPoolExecutor, paths: Sequence[Path], workers: int
) -> Iterator[tuple[Outcome, Mapping[int, Cut]]]:
    """The outcomes to come. An interrupt waits until the workers have started: they leave it to this process."""
    at_once = min(max(len(paths) // (workers * _HANDED), 1), _MOST_AT_ONCE)
    if not hasattr(signal, "pthread_sigmask"):
        return pool.map(_check, paths, chunksize=at_once)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.map(_check, paths, chunksize=at_once)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _learning(linter: Linter, results: Iterable[tuple[Outcome, Mapping[int, Cut]]]) -> Iterator[Outcome]:
    """The outcomes, of which the linter learns what the workers have of words."""
    for outcome, cuts in results:
        linter.words.vocabulary.learn(cuts)
        yield outcome


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Worker:
    task: Task
    linter: Linter
    ended: Event


_worker: list[_Worker] = []  # filled once when a worker process starts: a pool has no other way to hand it over


def _start(task: Task, load: Callable[[], Linter], ended: Event) -> None:
    from threading import Thread  # noqa: PLC0415 - see `_runner`

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the run
    Thread(target=_end_with_parent, daemon=True).start()
    linter = load()
    linter.words.vocabulary.learned()  # before the fork: the parent knows it
    _worker.append(_Worker(task, linter, ended))


def _end_with_parent() -> None:
    """End this worker when its parent is gone, which may have been killed: a pool's workers wait for ever then."""
    from multiprocessing import connection, parent_process  # noqa: PLC0415 - see `_runner`

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _check(path: Path) -> tuple[Outcome, Mapping[int, Cut]]:
    worker = _worker[-1]
    if worker.ended.is_set():
        from concurrent.futures import CancelledError  # noqa: PLC0415 - see `_runner`

        raise CancelledError
    return worker.task.run(worker.linter, path), worker.linter.words.vocabulary.learned()
