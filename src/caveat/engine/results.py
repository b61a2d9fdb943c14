"""Reports on articles that have not changed, kept so that an unchanged site is checked at once.

A report is named by everything it depends on: the compiled rules, the configuration, the options, the day,
the path and the content. Nothing is ever invalidated; what is not asked for again is removed with time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from caveat.engine.cache import cache_folder, keep, load
from caveat.result import FileReport, RuleInfo
from caveat.values import dataclass

_MOST = 20_000  # reports kept; past that the oldest tenth goes
_SUFFIX = ".report"


@dataclass(frozen=True, slots=True)
class Kept:
    """A report and what it says of the rules it names."""

    report: FileReport
    rules: tuple[RuleInfo, ...]


@dataclass(frozen=True)
class ResultStore:
    """The kept reports of runs under one set of rules, options and configuration, named by `scope`."""

    scope: str
    folder: Path

    @classmethod
    def open(cls, parts: Iterable[object]) -> ResultStore:
        """The store for a run that depends on `parts`, each told apart by its `repr`."""
        scope = hashlib.sha256(repr(tuple(parts)).encode("utf-8", "surrogatepass")).hexdigest()
        return cls(scope, cache_folder() / "reports")

    def find(self, path: str, content: bytes, settings: object) -> Kept | None:
        """The kept report on this content at this path under these settings, or None."""
        file = self._file(path, content, settings)
        try:
            found: Kept = load(file)
        except Exception:  # noqa: BLE001 - a damaged file is as good as none
            return None
        return found

    def add(self, path: str, content: bytes, settings: object, kept: Kept) -> None:
        """Keep a report. A folder that can not be written is no reason to fail."""
        keep(self._file(path, content, settings), kept, suffix=_SUFFIX, most=_MOST)

    def _file(self, path: str, content: bytes, settings: object) -> Path:
        name = hashlib.sha256(f"{self.scope}\0{path}\0{settings!r}\0".encode("utf-8", "surrogatepass") + content)
        return self.folder / (name.hexdigest()[:40] + _SUFFIX)
