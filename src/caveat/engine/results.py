"""Reports on articles that have not changed, kept so that an unchanged site is checked at once.

They lie in `.caveat_cache/` at the top of the project, one file for each article and set of options. A file tells by a
digest what its report depends on: the compiled rules, the configuration, the options, the day and the content. What
another run has made of other content is overwritten, so that the folder grows with the site and not with its edits.

A repository can come from anyone, and so can what lies in it: a kept report is packed JSON, read field by field, and
neither the folder nor a file in it is followed where it is a link.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import field, replace
from pathlib import Path

from caveat.configfile import PYPROJECT, YAML_NAMES
from caveat.engine.cache import cache_folder
from caveat.engine.codec import Reader, to_json
from caveat.engine.files import replace_atomically
from caveat.readers.decode import ReadError, decode
from caveat.result import FileReport, RuleInfo
from caveat.source import Source
from caveat.values import dataclass

FOLDER = ".caveat_cache"
"""The folder's name at the top of a project."""

_MOST = 20_000  # reports before a run adds its own; past that the oldest go
_SUFFIX = ".report"
_LARGEST = 50_000_000  # bytes of a report, unpacked; an article of 10 MB dense with claims has fewer
_MARKS = {
    ".gitignore": "# Written by Caveat.\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Reports of Caveat; may be removed at any time.\n",
}
"""What keeps the folder out of Git, and out of backups (https://bford.info/cachedir/)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A report and what it says of the rules it names."""

    report: FileReport
    rules: tuple[RuleInfo, ...]


def project_folder(start: Path) -> Path | None:
    """The top of the project in which a run starts.

    That is the nearest folder at or above `start` that holds `.git`, else the nearest with a file that can configure
    Caveat, else the working folder; None if the run starts outside of that.
    """
    place = Path(os.path.abspath(start))  # noqa: PTH100 - links stay as they were named
    for names in ((".git",), (*YAML_NAMES, PYPROJECT)):
        for folder in (place, *place.parents):
            if any((folder / name).exists() for name in names):
                return folder
    return Path.cwd() if place.is_relative_to(Path.cwd()) else None


@dataclass(frozen=True)
class ResultStore:
    """The kept reports of runs under one set of rules and options, named by `scope`.

    `project` is the folder from which articles are named, None for the top of the file system. Nothing is kept, and
    nothing found, where `folder` can not be used.
    """

    scope: str
    folder: Path
    project: Path | None = None
    _reader: Reader = field(default_factory=Reader, repr=False)
    _ready: list[bool] = field(default_factory=list, repr=False)  # whether the folder can be written, once known

    @classmethod
    def open(cls, parts: Iterable[object], project: Path | None) -> ResultStore:
        """The store for a run that depends on `parts`, each told apart by its `repr`.

        It is in the project, and in the user's cache folder where there is none or `CAVEAT_CACHE_DIR` names one.
        """
        scope = hashlib.sha256(repr(tuple(parts)).encode("utf-8", "surrogatepass")).hexdigest()
        if project is not None and "CAVEAT_CACHE_DIR" not in os.environ:
            return cls(scope, project / FOLDER, project)
        return cls(scope, cache_folder() / "reports", project)

    def find(self, path: Path, content: bytes, asked: object, options: object) -> Kept | None:
        """The kept report on this content, or None.

        Args:
            path: the article.
            content: its bytes.
            asked: what the report depends on besides.
            options: what of that the run was started with; reports under other options are kept beside.
        """
        file = self._file(path, options)
        try:
            if file.is_symlink() or self.folder.is_symlink():
                return None
            head, _, body = file.read_bytes().partition(b"\n")
            if head != self._head(content, asked, body):
                return None
            text = zlib.decompressobj().decompress(body, _LARGEST).decode("utf-8", "surrogatepass")
            kept = self._reader.read(Kept, json.loads(text))
            source = Source(path.as_posix(), decode(content))
            return replace(kept, report=replace(kept.report, path=source.path, error=None, source=source))
        except (OSError, ValueError, RecursionError, ReadError, zlib.error):
            return None

    def add(self, path: Path, content: bytes, asked: object, options: object, kept: Kept) -> None:
        """Keep a report, see `find`. A folder that can not be written is no reason to fail."""
        if not self._ready:
            self._ready.append(self._prepare())
        if not self._ready[0]:
            return
        report = replace(kept.report, source=None, error="")  # the text is the file's
        text = json.dumps(to_json(replace(kept, report=report)), ensure_ascii=False, separators=(",", ":"))
        body = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
        try:
            replace_atomically(self._file(path, options), self._head(content, asked, body) + b"\n" + body)
        except OSError:
            return

    def _prepare(self) -> bool:
        """Make the folder, mark it, and remove what is too much."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.folder.is_symlink():
                return False
            if self.folder.name == FOLDER:
                for name, text in _MARKS.items():
                    if not os.path.lexists(self.folder / name):
                        replace_atomically(self.folder / name, text.encode())
            with os.scandir(self.folder) as entries:
                reports = [entry for entry in entries if entry.name.endswith(_SUFFIX)]
            if len(reports) > _MOST:
                reports.sort(key=_age)
                for old in reports[: len(reports) - _MOST]:
                    Path(old.path).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _head(self, content: bytes, asked: object, body: bytes) -> bytes:
        """The first line of a file: what its report depends on, and a checksum."""
        depends = hashlib.sha256(f"{self.scope}\0{asked!r}\0".encode("utf-8", "surrogatepass") + content)
        return f"{depends.hexdigest()} {zlib.crc32(body):08x}".encode()

    def _file(self, path: Path, options: object) -> Path:
        place = Path(os.path.abspath(path))  # noqa: PTH100 - as above
        if self.project is not None and place.is_relative_to(self.project):
            place = place.relative_to(self.project)
        name = place.as_posix()
        digest = hashlib.sha256(f"{name}\0{options!r}".encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / (digest[:32] + _SUFFIX)


def _age(entry: os.DirEntry[str]) -> float:
    """When a file was written; first of all if another run has removed it by now."""
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return 0.0
