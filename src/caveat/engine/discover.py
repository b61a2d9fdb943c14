"""Which files are articles: folders searched as a writer would expect."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from caveat.config import ConfigFile
from caveat.configfile import ConfigFinder
from caveat.packs.errors import ConfigError, Mistake
from caveat.readers import SUFFIXES
from caveat.result import Skipped

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_BUILD_FOLDERS = frozenset(
    {"node_modules", "build", "dist", "target", "venv", "env", "site-packages", "__pycache__", "vendor", "_site",
     "public", "coverage", "htmlcov"}
)  # fmt: skip
_NOT_ARTICLES = frozenset(
    {"robots.txt", "humans.txt", "ads.txt", "security.txt", "llms.txt", "license", "licence", "license.txt",
     "licence.txt", "license.md", "licence.md", "copying.txt", "notice.txt", "notice.md", "cmakelists.txt",
     "changelog.md", "changelog.txt", "contributing.md", "code_of_conduct.md", "security.md", "codeowners",
     "authors.txt", "authors.md", "entry_points.txt", "top_level.txt", "sources.txt", "requires.txt"}
)  # fmt: skip


def articles(paths: Iterable[Path | str], configs: ConfigFinder) -> Iterator[Path | Skipped]:
    """The files named, and the articles below the folders named, each once.

    Hidden folders, build output, what `.gitignore` files exclude and files that are no articles are passed over,
    unless the configuration includes them. A folder that a link has led to before is not entered again. What the
    configuration excludes stays out, also when it is named, and is told of where it was. So is a folder that was
    named and holds no article.

    Raises:
        ConfigError: at the end, with every mistake of every configuration met.
    """
    seen: set[Path] = set()
    consulted = _Consulted(configs)
    for path in map(Path, paths):
        folder = path.is_dir()
        empty, excluded = folder, ""
        for found in _walk(path, _ignores_above(path), set()) if folder else (path,):
            if isinstance(found, Skipped):
                empty = False
                yield found
                continue
            config = consulted.for_path(found)
            if config is None or (folder and not is_article(found) and not config.included(found)):
                continue
            why = config.excluded_by(found)
            if why is None:
                empty = False
                if found not in seen:
                    seen.add(found)
                    yield found
            elif folder:
                excluded = why
            else:
                yield Skipped(found.as_posix(), f"excluded by {why}")
        if empty:
            why = f"its articles are excluded by {excluded}" if excluded else "no articles in it"
            yield Skipped(path.as_posix(), why)
    if consulted.mistakes:
        raise ConfigError(consulted.mistakes)


class _Consulted:
    """Configurations, with the mistakes of those that can not be used."""

    def __init__(self, configs: ConfigFinder) -> None:
        self.mistakes: list[Mistake] = []
        self._configs = configs
        self._unusable: set[Path] = set()

    def for_path(self, path: Path) -> ConfigFile | None:
        """The configuration that holds for a file; None if it can not be used."""
        if path.parent in self._unusable:
            return None
        try:
            return self._configs.for_path(path)
        except ConfigError as error:
            self.mistakes.extend(error.mistakes)
            self._unusable.add(path.parent)
            return None


def is_article(path: Path) -> bool:
    """Whether a file's name says that it is an article."""
    name = path.name.lower()
    return (
        path.suffix.lower() in SUFFIXES
        and name not in _NOT_ARTICLES
        and not name.startswith((".", "requirements", "constraints"))
    )


_Ignore = tuple[Path, "GitIgnoreSpec"]
"""A folder and what its `.gitignore` says, the outermost first."""


def _walk(folder: Path, ignores: list[_Ignore], seen: set[tuple[int, int]]) -> Iterator[Path | Skipped]:
    try:
        info = folder.stat()
        if (info.st_dev, info.st_ino) in seen:
            return
        seen.add((info.st_dev, info.st_ino))
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield Skipped(folder.as_posix(), f"can not be entered: {error.strerror or error}")
        return
    ignores = ignores + _gitignore(folder)
    for entry in entries:
        path = Path(entry.path)
        directory = _is_directory(entry)
        if entry.name.startswith(".") or _ignored(path, directory, ignores):
            continue
        if directory:
            if entry.name.lower() not in _BUILD_FOLDERS and not entry.name.endswith(".egg-info"):
                yield from _walk(path, ignores, seen)
        else:
            yield path


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _ignores_above(root: Path) -> list[_Ignore]:
    """What the folders above say, up to the top of the repository; nothing if they ignore `root`, which was named."""
    place = _absolute(root)
    above: list[_Ignore] = []
    for folder in (place, *place.parents):
        if folder != place:
            above = _gitignore(folder) + above
        if (folder / ".git").exists():
            return [] if _ignored(place, True, above) else above
    return []


def _gitignore(folder: Path) -> list[_Ignore]:
    file = folder / ".gitignore"
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []
    except OSError:
        return []
    if not lines:
        return []
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where there is something to ignore

    return [(_absolute(folder), GitIgnoreSpec.from_lines(lines))]


def _ignored(path: Path, directory: bool, ignores: list[_Ignore]) -> bool:
    """Whether a path is ignored: the innermost file that names it decides."""
    place = _absolute(path) if ignores else path
    for folder, spec in reversed(ignores):
        relative = place.relative_to(folder).as_posix() + ("/" if directory else "")
        ignored = spec.check_file(relative).include
        if ignored is not None:
            return ignored
    return False


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they were named
