"""The linter: rules compiled once, documents in, reports out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from caveat import __version__
from caveat.config import Config, ConfigFile, Layer, Settings
from caveat.configfile import ConfigFinder, unknown_rules
from caveat.engine.cache import rules_digest
from caveat.engine.citing import as_cited, merged
from caveat.engine.discover import articles
from caveat.engine.results import Kept, ResultStore, project_folder
from caveat.packs.errors import Mistake, MistakesError, did_you_mean
from caveat.packs.scope import Jurisdiction, Profile
from caveat.readers import ReadError, check_file, read_file, read_text
from caveat.result import FileReport, Report, RuleInfo, Skipped
from caveat.values import dataclass

if TYPE_CHECKING:
    from caveat.analysis.facts import Analysis
    from caveat.document import Document
    from caveat.engine.checker import Checker
    from caveat.engine.ruleset import Ruleset
    from caveat.engine.words import Words

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass
class _Compiled:
    """What has been compiled: checkers by their packs and day, and the configurations (by identity) found sound.

    `words` are what all checkers tokenise by.
    """

    checkers: dict[tuple[tuple[Path, ...], date], Checker] = field(default_factory=dict)
    sound: dict[int, ConfigFile] = field(default_factory=dict)
    words: Words | None = None


@dataclass
class Linter:
    """Rules compiled once; any number of documents checked. Not for use from several threads at once.

    `packs` are asked of every file, beside those that its configuration names; `command_line` is laid over what that
    says. `today` is the date by which pages are stale and acceptances expire; None lets the configuration say, and
    is the day of the run if that does not either. `start` is where the run starts.
    """

    configs: ConfigFinder = field(default_factory=ConfigFinder)
    packs: tuple[Path, ...] = ()
    command_line: Layer = field(default_factory=Layer)
    today: date | None = None
    start: Path = field(default_factory=Path.cwd)
    store: ResultStore | None = None
    compiled: _Compiled = field(default_factory=_Compiled, repr=False)

    @property
    def ruleset(self) -> Ruleset:
        """The compiled rules that hold where the run starts, compiled at the first use.

        Raises:
            MistakesError: with every mistake in the packs, or in what the configuration says of rules.
        """
        return self._checker(self.configs.for_path(self.start)).ruleset

    def prepare(self, paths: Iterable[Path]) -> None:
        """Compile the rules that hold for some files.

        Raises:
            MistakesError: with every mistake in their packs, or in what their configurations say of rules.
        """
        mistakes: list[Mistake] = []
        for config in {id(one): one for one in map(self.configs.for_path, paths)}.values():
            try:
                self._checker(config)
            except MistakesError as error:
                mistakes.extend(error.mistakes)
        if mistakes:
            raise MistakesError(mistakes)

    @property
    def words(self) -> Words:
        """What spaCy has said of words, recalled when it is first asked for."""
        if self.compiled.words is None:
            from caveat.engine.words import Words  # noqa: PLC0415 - a run that recalls every report needs none

            self.compiled.words = Words.recalled()
        return self.compiled.words

    def remember(self) -> None:
        """Keep what spaCy has said of new words, so that later runs need not ask it.

        `check_paths` does so at its end; after many texts, call it yourself.
        """
        if self.compiled.words is not None:
            self.compiled.words.remember()

    def day(self, config: ConfigFile) -> date:
        """The date by which the files of a configuration are judged."""
        return self.today or config.config.today or date.today()

    def _checker(self, config: ConfigFile) -> Checker:
        """The rules that hold for the files of a configuration."""
        key = (*config.pack_paths(), *self.packs), self.day(config)
        checkers = self.compiled.checkers
        if key not in checkers:
            from caveat.engine.checker import Checker  # noqa: PLC0415 - a run that recalls every report needs no rules
            from caveat.engine.ruleset import load_ruleset  # noqa: PLC0415

            alike = next((checkers[other].ruleset for other in checkers if other[0] == key[0]), None)
            checkers[key] = Checker(alike or load_ruleset(key[0], self.words.vocabulary), key[1])
        checker = checkers[key]
        if id(config) not in self.compiled.sound:
            mistakes = unknown_rules(config, checker.rule_infos)
            if mistakes:
                raise MistakesError(mistakes)
            self.compiled.sound[id(config)] = config
        return checker

    def _checker_of(self, path: Path | str) -> Checker:
        return self._checker(self.configs.for_path(path))

    @classmethod
    def load(
        cls,
        *,
        profile: Profile | str | None = None,
        jurisdictions: Iterable[Jurisdiction | str] | None = None,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] | None = None,
        packs: Sequence[Path] = (),
        config: Path | ConfigFile | None = None,
        start: Path | None = None,
        today: date | None = None,
        cache: bool = True,
    ) -> Linter:
        """A linter with the shipped packs and your own.

        Args:
            profile: what kind of page every article is; None lets the configuration or the page say.
            jurisdictions: whose rules to ask; None lets the configuration say (`us` by default).
            select: only rules that one of these patterns names.
            ignore: no rules that one of these patterns names.
            packs: rule packs of your own, beside those that the configuration of each file names.
            config: the configuration to use for every file, or where it stands; None finds the nearest for each.
            start: where the run starts: `ruleset` is what holds there. The working folder by default.
            today: stands in for today's date.
            cache: whether to use, and keep, reports on articles that have not changed.

        Raises:
            MistakesError: with every mistake in `config`; others are told when files are checked.
            ValueError: for an unknown profile or jurisdiction, with those that there are.
        """
        layer = Layer(
            profile=_known(Profile, profile) if profile is not None else None,
            jurisdictions=tuple(_known(Jurisdiction, j) for j in jurisdictions) if jurisdictions is not None else None,
            select=tuple(select) if select else None,
            ignore=tuple(ignore) if ignore else None,
        )
        start = start or Path.cwd()
        store = None
        if cache:
            store = ResultStore.open([rules_digest(packs), today or date.today()], project_folder(start))
        return cls(ConfigFinder(config), tuple(packs), layer, today, start, store)

    def check_text(self, text: str, *, path: str = "article.md") -> Report:
        """The report on a text; the suffix of `path` tells the format."""
        config = self.configs.for_path(path)
        file = self._check(read_text(text, path=path), config, self.command_line)
        infos = self._checker(config).rule_infos
        return Report((file,), {**infos, **as_cited(infos, file)}, (), __version__)

    def check_paths(self, paths: Iterable[Path | str]) -> Report:
        """The report on files and on the articles in folders. What can not be read is reported, never raised."""
        checked: list[Kept] = []
        skipped: list[Skipped] = []
        for found in articles(paths, self.configs):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                checked.append(self.checked(found))
        self.remember()
        rules = merged(info for one in checked for info in one.rules)
        return Report(tuple(one.report for one in checked), rules, tuple(skipped), __version__)

    def check_file(self, path: Path) -> FileReport:
        """The report on one file, from an earlier run if neither it nor anything it depends on has changed."""
        return self.checked(path).report

    def recall(self, path: Path) -> Kept | None:
        """What is known of a file without its being checked, None if that is nothing.

        That is what an earlier run has kept, if neither the file nor anything it depends on has changed, or that the
        file can not be read.
        """
        try:
            check_file(path)
        except ReadError as error:
            return _unread(path, error)
        content = self._content(path)
        return self.store.find(path, content, self._asked(path), self._options) if self.store and content else None

    def checked(self, path: Path) -> Kept:
        """The report on one file, recalled or made and kept, with what it says of the rules it names."""
        content = self._content(path)
        asked = self._asked(path) if content else None
        found = self.store.find(path, content, asked, self._options) if self.store and content else None
        if found is not None:
            return found
        try:
            report = self.check_document(read_file(path))
        except ReadError as error:
            return _unread(path, error)
        kept = Kept(report, self.infos_of(report))
        if self.store and content:
            self.store.add(path, content, asked, self._options, kept)
        return kept

    def infos_of(self, report: FileReport) -> tuple[RuleInfo, ...]:
        """What a report says of the rules that it names."""
        return tuple(as_cited(self._checker_of(report.path).rule_infos, report).values())

    @property
    def _options(self) -> tuple[object, ...]:
        """What the run was started with that reports depend on."""
        return self.packs, self.command_line, self.today

    def _asked(self, path: Path) -> tuple[Settings, Config, date, str]:
        """What a report on a file depends on, its front matter left aside: settings, acceptances, day and packs."""
        file = self.configs.for_path(path)
        packs = file.pack_paths()
        settings = file.resolve(path, command_line=self.command_line)
        return settings, file.config, self.day(file), rules_digest(packs) if packs else ""

    def _content(self, path: Path) -> bytes:
        """A file's bytes where reports are kept; nothing if it can not be read."""
        try:
            return path.read_bytes() if self.store is not None and path.is_file() else b""
        except OSError:
            return b""

    def facts(self, text: str, *, path: str = "article.md") -> Analysis:
        """What the analysis finds in a text."""
        return self.analyze(read_text(text, path=path))

    def settings(self, document: Document) -> Settings:
        """What holds for a document: configuration, overrides, front matter, command line."""
        return _settings(document, self.configs.for_path(document.source.path), self.command_line)

    def analyze(self, document: Document, settings: Settings | None = None) -> Analysis:
        """What the analysis finds in a document."""
        settings = settings or self.settings(document)
        return self._checker_of(document.source.path).analyze(document, settings)

    def check_document(self, document: Document, *, layer: Layer | None = None) -> FileReport:
        """All findings on a document, in reading order, with what the report tells of it as a whole.

        `layer`, where given, stands in for the command line's.
        """
        config = self.configs.for_path(document.source.path)
        return self._check(document, config, self.command_line if layer is None else layer)

    def _check(self, document: Document, config: ConfigFile, command_line: Layer) -> FileReport:
        settings = _settings(document, config, command_line)
        return self._checker(config).check(document, settings, accepted=config.config.accepted)


def _unread(path: Path, error: ReadError) -> Kept:
    return Kept(FileReport(path.as_posix(), None, error=str(error)), ())


def _settings(document: Document, config: ConfigFile, command_line: Layer) -> Settings:
    """What a configuration, the page's front matter and a command line make of a document."""
    from caveat.page import page_settings  # noqa: PLC0415 - see the checker

    return config.resolve(document.source.path, page=page_settings(document).layer, command_line=command_line)


def _known(choices: type[_Choice], name: str) -> _Choice:
    """The member of an enumeration that goes by a name."""
    try:
        return choices(name)
    except ValueError:
        hint = did_you_mean(str(name), [choice.value for choice in choices])
        raise ValueError(f'unknown {choices.__name__.lower()} "{name}" ({hint})') from None
