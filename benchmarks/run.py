"""Time Caveat as it is run, in one go, and print a Markdown table of medians and ratios.

    python benchmarks/run.py [--runs 5] [--files 120] [--small] [--peer NAME=COMMAND ...]

Run it with the interpreter that Caveat is installed in, on Linux or macOS. The text is made from the articles in
`examples/`. Where two commands are compared they run in turn (A B A B …), so that a change in the machine's speed
falls on both; seconds are processor seconds (user and system, children included) unless they are called elapsed.
Other linters are timed where they are on the PATH, or as `--peer` says; the files are appended to their command. They
look for other things: their times say what a writer is used to wait, not who is better.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from caveat import Linter, __version__
from caveat.cli import COLLECT_AFTER
from caveat.engine.cache import Compiled, cache_folder
from caveat.packs.files import builtin_packs

ROOT = Path(__file__).resolve().parents[1]
PEERS = {
    "proselint": "proselint check",
    "write-good": "write-good",
    "textlint": "textlint --rule write-good",
    "alex": "alex --quiet",
}
CAVEAT = [sys.executable, "-m", "caveat"]
CHECK = [*CAVEAT, "check", "--exit-zero", "--format", "json"]
SPACY = [sys.executable, "-c", "import spacy; spacy.blank('en')"]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: elapsed and processor seconds, and the peak memory of its largest process in MiB."""

    elapsed: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    figure: str
    ratio: str = ""


class FailedError(Exception):
    """A command did not do its work, so its time says nothing."""


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command and wait for it.

    Raises:
        FailedError: if it can not be started, is killed, or prints a traceback.
    """
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(  # noqa: S603 - what the caller asks to be timed
                command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors
            )
        except OSError as error:
            raise FailedError(str(error)) from None
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        told = errors.read()
    if process.returncode < 0 or b"Traceback" in told or (command[: len(CAVEAT)] == CAVEAT and process.returncode):
        raise FailedError(f"exit status {process.returncode}: {told[-300:].decode(errors='replace')}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def paired(
    first: Sequence[str], second: Sequence[str], folder: Path, runs: int, *, before: Callable[[], None] = lambda: None
) -> tuple[list[Run], list[Run]]:
    """Both commands in turn, `runs` times; where there is more than one, after one of each that is not counted.

    `before` is called each time that the first is to run.
    """
    if runs > 1:
        run(first, folder)
        run(second, folder)
    pairs: list[tuple[Run, Run]] = []
    for _ in range(runs):
        before()
        pairs.append((run(first, folder), run(second, folder)))
    return [one for one, _ in pairs], [other for _, other in pairs]


def _few(runs: int) -> int:
    """How often the corpus is read: half as often as one article, and twice or more unless once is asked."""
    return min(runs, max(2, (runs + 1) // 2))


def elapsed(runs: Sequence[Run]) -> float:
    """The median of the elapsed seconds."""
    return statistics.median(one.elapsed for one in runs)


def cpu(runs: Sequence[Run]) -> float:
    """The median of the processor seconds."""
    return statistics.median(one.cpu for one in runs)


def ratio(first: Sequence[Run], second: Sequence[Run]) -> str:
    """The median of the ratios of elapsed time, pair by pair."""
    return f"{statistics.median(a.elapsed / b.elapsed for a, b in zip(first, second, strict=True)):.2f} ×"


def spent(call: Callable[[], object], runs: int) -> float:
    """The processor seconds that a call takes in this process: the least of some runs."""
    times = []
    for _ in range(runs):
        before = time.process_time()
        call()
        times.append(time.process_time() - before)
    return min(times)


def article() -> str:
    """The text of the Markdown examples, one after the other."""
    return "\n\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.md")))


def corpus() -> Iterator[str]:
    """Articles without end: the sections of the examples, joined in ever other orders."""
    sections = ["## " + part.strip() for part in article().split("\n## ")[1:]]
    count = len(sections)
    number = 0
    while True:
        step = 1 + number % (count - 1)
        chosen = [sections[(number + step * i) % count] for i in range(6)]
        yield f"# Article {number}\n\n" + "\n\n".join(chosen) + "\n"
        number += 1


def rule_copies(folder: Path, copies: int, packs: Sequence[Path]) -> list[Path]:
    """The packs again under other names, so that every rule is there, and fires, `copies` times more."""
    made: list[Path] = []
    for number in range(copies):
        for pack in packs:
            lines = pack.read_text(encoding="utf-8").splitlines(keepends=True)
            named = [f"{line.rstrip()}-copy{number}\n" if line.startswith("pack:") else line for line in lines]
            made.append(folder / f"{number}-{pack.name}")
            made[-1].write_text("".join(named), encoding="utf-8")
    return made


def whole_runs(folder: Path, texts: Sequence[str], runs: int) -> Iterator[Row]:
    """Cold, cached and corpus, as commands."""
    one, many = folder / "one", folder / "many"
    for place, content in ((one, [(ROOT / "examples/good-article.md").read_text(encoding="utf-8")]), (many, texts)):
        place.mkdir()
        for number, text in enumerate(content):
            (place / f"{number:04}.md").write_text(text, encoding="utf-8")
    cold, base = paired([*CHECK, "--no-cache", "."], SPACY, one, runs, before=forget_words)
    yield Row("one article, words never met", f"{elapsed(cold):.2f} s", f"{ratio(cold, base)} importing spaCy")
    cold, base = paired([*CHECK, "--no-cache", "."], SPACY, one, runs)
    yield Row("one article, words met before", f"{elapsed(cold):.2f} s", f"{ratio(cold, base)} importing spaCy")
    cached, base = paired([*CHECK, "."], SPACY, one, runs)
    yield Row("one article, unchanged", f"{elapsed(cached):.2f} s", f"{ratio(cached, base)} importing spaCy")
    named, bare = paired([*CAVEAT, "--version"], [sys.executable, "-c", "pass"], one, runs)
    yield Row("--version", f"{elapsed(named):.2f} s", f"{elapsed(named) - elapsed(bare):.2f} s over the interpreter")
    words = sum(len(text.split()) for text in texts)
    few = _few(runs)
    fresh, kept = paired([*CHECK, "--no-cache", "."], [*CHECK, "."], many, few)
    yield Row("corpus, words met before", f"{elapsed(fresh):.2f} s ({len(texts)} articles, {words:,} words)")
    yield Row("corpus, unchanged", f"{elapsed(kept):.2f} s", f"{ratio(kept, fresh)} checking it")
    new, fresh = paired([*CHECK, "--no-cache", "."], [*CHECK, "--no-cache", "."], many, few, before=forget_words)
    yield Row("corpus, words never met", f"{elapsed(new):.2f} s", f"{ratio(new, fresh)} words met before")
    alone, shared = paired([*CHECK, "--no-cache", "--jobs", "1", "."], [*CHECK, "--no-cache", "."], many, few)
    yield Row("corpus, one process", f"{elapsed(alone):.2f} s", f"{ratio(alone, shared)} all processors")
    yield Row("corpus, peak memory", f"{max(one.peak for one in alone):.0f} MiB")


def forget_words() -> None:
    """Remove what earlier runs have kept of words, so that the next one has to ask spaCy."""
    for kept in cache_folder().glob("*" + Compiled.WORDS):
        kept.unlink()


def _check_all(linter: Linter, texts: Sequence[str]) -> None:
    for text in texts:
        linter.check_text(text)


def inside(folder: Path, texts: Sequence[str], *, small: bool) -> Iterator[Row]:
    """Words a second, rules and length, in this process, after start-up."""
    runs = 1 if small else 3
    shipped = builtin_packs()[:1] if small else builtin_packs()
    gc.set_threshold(COLLECT_AFTER)  # as the command does
    configuration = folder / "empty.yaml"
    configuration.write_text("{}\n", encoding="utf-8")

    def load(packs: Sequence[Path] = ()) -> Linter:
        linter = Linter.load(config=configuration, packs=packs, cache=False)
        linter.check_text(texts[0])
        return linter

    linter = load()
    some = list(texts[:20])
    words = sum(len(text.split()) for text in some)
    base = spent(partial(_check_all, linter, some), runs)
    yield Row("words a second after start-up, one core", f"{words / base:,.0f}")
    yield Row("rules × 1", f"{base:.2f} s ({len(linter.ruleset.rules):,} rules)")
    for times in (3, 10):
        more = load(rule_copies(folder, times - 1, shipped))
        taken = spent(partial(_check_all, more, some), runs)
        yield Row(f"rules × {times}", f"{taken:.2f} s ({len(more.ruleset.rules):,} rules)", f"{taken / base:.2f} ×")
    text = texts[0][:600] if small else article()
    short = spent(partial(_check_all, linter, [text]), runs)
    yield Row("length × 1", f"{short:.2f} s ({len(text.split()):,} words)")
    for times in (10, 100):
        long = "\n\n".join([text] * times)
        taken = spent(partial(_check_all, linter, [long]), runs)
        yield Row(f"length × {times}", f"{taken:.2f} s ({len(long.split()):,} words)", f"{taken / short:.0f} ×")


def peers(folder: Path, commands: dict[str, str], runs: int) -> Iterator[Row]:
    """Caveat against other linters, start-up included, on the corpus of `whole_runs`."""
    many = folder / "many"
    files = [path.name for path in sorted(many.iterdir())]
    for name, command in commands.items():
        words = shlex.split(command)
        if shutil.which(words[0]) is None:
            yield Row(f"corpus beside {name}", "not installed, skipped")
            continue
        try:
            ours, theirs = paired([*CHECK, "--no-cache", "."], [*words, *files], many, _few(runs))
        except FailedError as error:
            yield Row(f"corpus beside {name}", f"skipped: {str(error).splitlines()[0]}")
            continue
        yield Row(
            f"corpus beside {name}", f"{elapsed(ours):.2f} s against {elapsed(theirs):.2f} s", ratio(ours, theirs)
        )


@contextmanager
def own_cache(folder: Path) -> Iterator[None]:
    """A cache folder that no other run has filled."""
    before = os.environ.get("CAVEAT_CACHE_DIR")
    os.environ["CAVEAT_CACHE_DIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["CAVEAT_CACHE_DIR"]
        else:
            os.environ["CAVEAT_CACHE_DIR"] = before


def machine() -> str:
    """The processor, the system and the versions that the figures are of."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    load = os.getloadavg()[0]
    return (
        f"{model or platform.processor() or platform.machine()}, {os.cpu_count()} cores, {platform.system()},"
        f" load {load:.1f};"
        f" Python {platform.python_version()}, spaCy {version('spacy')}, Caveat {__version__}"
    )


def main() -> None:
    """Measure everything and print a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="runs of each command that are counted (5)")
    parser.add_argument("--files", type=int, default=120, help="articles in the corpus (120)")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND", help="how a linter is called")
    parser.add_argument("--small", action="store_true", help="a few files once: shows that it runs, no more")
    given = parser.parse_args()
    runs, count = (1, 2) if given.small else (given.runs, given.files)
    commands = PEERS | dict(one.partition("=")[::2] for one in given.peer)
    texts = list(islice(corpus(), count))
    print(machine(), end="\n\n")
    print("| what | figure | ratio |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with own_cache(folder / "cache"):
            for part in (
                whole_runs(folder, texts, runs),
                inside(folder, texts, small=given.small),
                peers(folder, commands, runs),
            ):
                for row in part:
                    print(f"| {row.what} | {row.figure} | {row.ratio} |", flush=True)


if __name__ == "__main__":
    main()
