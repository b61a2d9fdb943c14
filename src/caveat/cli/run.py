"""A run over articles: what `check` and `baseline` share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caveat.cli.common import config_option, pack_option, remembering, rule_options, scope_options
from caveat.cli.output import Failure
from caveat.cli.streams import receives_output
from caveat.packs.scope import Jurisdiction
from caveat.values import dataclass

if TYPE_CHECKING:
    from caveat.configfile import ConfigFinder
    from caveat.engine.linter import Linter
    from caveat.engine.parallel import Outcome, Task
    from caveat.packs.errors import Mistake
    from caveat.result import FileReport, Report, Skipped

STDIN = Path("-")
_REPORT = "the report goes there"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options that say what is checked, by which rules and how."""

    profile: str | None
    jurisdictions: tuple[Jurisdiction, ...] | None
    packs: tuple[Path, ...]
    config: Path | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    jobs: int | None
    no_cache: bool

    @property
    def narrow(self) -> bool:
        """Whether other rules are asked than the configuration says."""
        return bool(self.profile or self.jurisdictions or self.select or self.ignore)


def _jobs(_: click.Context, __: click.Parameter, value: str) -> int | None:
    """The number of processes; None for `auto`."""
    if value == "auto":
        return None
    if not (value.isascii() and value.isdigit() and int(value)):
        raise click.BadParameter(f'"{value}" is neither a number from 1 nor auto')
    return int(value)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `RunOptions`."""
    command = click.option(
        "--no-cache",
        is_flag=True,
        help="Check every article anew, also one whose report is kept in .caveat_cache/ and that has not changed.",
    )(command)
    command = click.option(
        "-j",
        "--jobs",
        default="auto",
        metavar="N|auto",
        callback=_jobs,
        help="How many processes to use; auto, the default: one, and one a core for many files.",
    )(command)
    return scope_options(pack_option(config_option(rule_options(command))))


@dataclass(frozen=True)
class Session:
    """A linter and the files it is to check.

    `covered` are the folders of which everything is checked, by all rules that the configuration asks.
    """

    linter: Linter
    load: Callable[[], Linter]
    jobs: int | None
    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]
    covered: tuple[Path, ...]

    @classmethod
    def start(
        cls,
        options: RunOptions,
        paths: Sequence[Path],
        *,
        stdin_filename: str | None = None,
        outputs: Sequence[Path] = (),
    ) -> Session:
        """Read the configurations and find the files; nothing is checked yet.

        Args:
            options: what the command line says.
            paths: files and folders.
            outputs: files that reports go to. They are no articles, nor is the one that standard output goes to.
            stdin_filename: the name of the text on standard input, if that is what is checked.

        Raises:
            MistakesError: with every mistake of every configuration, or in what is said of rules.
        """
        from caveat.configfile import ConfigFinder  # noqa: PLC0415 - what checks is imported when something is checked
        from caveat.engine.discover import articles  # noqa: PLC0415
        from caveat.engine.linter import Linter  # noqa: PLC0415
        from caveat.result import Skipped  # noqa: PLC0415

        start = Path(stdin_filename) if stdin_filename is not None else paths[0]
        finder = ConfigFinder(options.config)
        found = [
            Skipped(one.as_posix(), _REPORT) if isinstance(one, Path) and _is_output(one, outputs) else one
            for one in articles([start] if stdin_filename is not None else paths, finder)
        ]
        if all(isinstance(one, Skipped) for one in found):
            click.echo("caveat: no articles found under the given paths", err=True)
        select, ignore = _patterns(options, finder)
        load = partial(
            Linter.load,
            profile=options.profile,
            jurisdictions=options.jurisdictions,
            packs=options.packs,
            select=select,
            ignore=ignore,
            config=options.config,
            start=start.absolute(),
            cache=not options.no_cache,
        )
        linter = remembering(load())
        linter.configs = finder
        return cls(
            linter,
            load,
            options.jobs,
            files=tuple(one for one in found if not isinstance(one, Skipped)),
            skipped=tuple(one for one in found if isinstance(one, Skipped)),
            covered=() if options.narrow else tuple(path.absolute() for path in paths if path.is_dir()),
        )

    @property
    def baselines(self) -> tuple[Path, ...]:
        """The baselines that the configurations of the files name, each once."""
        named = (self.linter.configs.for_path(path).baseline_path() for path in self.files)
        return tuple(dict.fromkeys(path for path in named if path is not None))

    def run(self, task: Task) -> list[Outcome]:
        """Do the task with every file, in order; a bar on standard error tells of a long run."""
        from caveat.engine.parallel import LostWorkerError, run_task  # noqa: PLC0415
        from caveat.report.progress import track  # noqa: PLC0415

        files = self.files
        if task.changes is not None:
            files = tuple(path for path in files if task.changes.touches(path) or not path.exists())
        try:
            outcomes = run_task(task, self.linter, files, load=self.load, jobs=self.jobs)
            return list(track(outcomes, total=len(files), stream=sys.stderr))
        except LostWorkerError:
            raise Failure("a process ended unexpectedly, for want of memory perhaps; try --jobs 1") from None

    def run_stdin(self, task: Task, *, name: str, data: bytes) -> list[Outcome]:
        """Do the task with the text on standard input, unless the configuration excludes its name."""
        from caveat.engine.parallel import Outcome  # noqa: PLC0415
        from caveat.engine.results import Kept  # noqa: PLC0415
        from caveat.readers import ReadError, read_text  # noqa: PLC0415
        from caveat.readers.decode import decode  # noqa: PLC0415
        from caveat.result import FileReport  # noqa: PLC0415

        if self.skipped:
            return []
        try:
            document = read_text(decode(data), path=name)
        except ReadError as error:
            return [Outcome(Kept(FileReport(name, None, error=str(error)), ()))]
        return [task.finish(self.linter, self.linter.check_document(document))]

    def unused(self, reports: Sequence[FileReport]) -> list[Mistake]:
        """What the configurations in folders that were checked whole say of articles that there are not."""
        if not self.covered or not reports:
            return []
        from caveat.engine.unused import unmatched_globs, unused_acceptances  # noqa: PLC0415

        found: list[Mistake] = []
        configs = self.linter.configs
        for config in configs.used():
            if config.name and any(config.folder.is_relative_to(folder) for folder in self.covered):
                found += unmatched_globs(config, self.files)
                under = [report for report in reports if configs.for_path(report.path) is config]
                if all(report.error is None for report in reports):
                    found += unused_acceptances(config, under, self.linter.day(config))
        return sorted(found)

    def report(self, outcomes: Iterable[Outcome], *, mended: bool = False) -> Report:
        """The report of the run: on the texts as they were, or as they are after mending."""
        from caveat import __version__  # noqa: PLC0415
        from caveat.engine.citing import merged  # noqa: PLC0415
        from caveat.result import Report  # noqa: PLC0415

        done = list(outcomes)
        files = tuple(o.mended.report if mended and o.mended is not None else o.kept.report for o in done)
        rules = merged(info for outcome in done for info in outcome.kept.rules)
        return Report(files, rules, self.skipped, __version__)


def _is_output(found: Path, outputs: Sequence[Path]) -> bool:
    return receives_output(found) or any(one.exists() and one.samefile(found) for one in outputs if found.exists())


def _patterns(options: RunOptions, finder: ConfigFinder) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """`--select` and `--ignore` as the patterns that rules are matched by.

    Raises:
        MistakesError: for what names no rule of any configuration met.
    """
    if not (options.select or options.ignore):
        return (), ()
    from caveat.packs.errors import ConfigError, Mistake  # noqa: PLC0415
    from caveat.packs.library import load_rules  # noqa: PLC0415
    from caveat.packs.override import named, pattern_hint  # noqa: PLC0415
    from caveat.suppress import OWN_RULES  # noqa: PLC0415

    ids = {own.id: None for own in OWN_RULES}
    for packs in dict.fromkeys(config.pack_paths() for config in finder.used()):
        ids |= {rule.id: None for pack in load_rules([*packs, *options.packs]) for rule in pack.rules}
    mistakes: list[Mistake] = []

    def patterns(option: str, given: Sequence[str]) -> tuple[str, ...]:
        out: list[str] = []
        for pattern in (part.strip() for value in given for part in value.split(",")):
            if not pattern or named(pattern, ids):
                out += [pattern] if pattern else []
            elif any(rule.startswith(pattern) for rule in ids):
                out.append(pattern + "*")
            else:
                mistakes.append(Mistake(option, 0, 0, f'no rule is named "{pattern}"', pattern_hint(pattern, ids)))
        return tuple(out)

    chosen = patterns("--select", options.select), patterns("--ignore", options.ignore)
    if mistakes:
        raise ConfigError(mistakes)
    return chosen
