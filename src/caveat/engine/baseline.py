"""The findings that a site had when it took Caveat up: recorded once, hidden until their sentence changes."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from caveat.engine.fingerprint import with_fingerprints
from caveat.finding import Finding, Scope
from caveat.packs.errors import ConfigError, Mistake
from caveat.result import FileReport, Suppressed, SuppressedBy
from caveat.source import Source

NAME = ".caveat-baseline.json"
VERSION = 1

_EXCERPT = 80  # code points of a finding's text that are recorded, for people


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A recorded finding. `path` is relative to the baseline's folder; `text` is for people and decides nothing."""

    path: str
    rule: str
    text: str
    fingerprint: str


@dataclass(frozen=True)
class Baseline:
    """Recorded findings. `name` is the file's path as it is shown."""

    folder: Path
    entries: tuple[Entry, ...] = ()
    name: str = NAME

    @cached_property
    def _known(self) -> frozenset[tuple[str, str]]:
        return frozenset((entry.path, entry.fingerprint) for entry in self.entries)

    def hide(self, file: FileReport) -> FileReport:
        """The report with its recorded findings suppressed."""
        path = relative(file.path, self.folder)
        kept: list[Finding] = []
        suppressed = list(file.suppressed)
        for finding in _named(file.findings):
            if (path, finding.fingerprint) in self._known:
                suppressed.append(Suppressed(finding, SuppressedBy.BASELINE, f"in {self.name}"))
            else:
                kept.append(finding)
        ordered = sorted(suppressed, key=lambda s: s.finding.order)
        return replace(file, findings=tuple(kept), suppressed=tuple(ordered))


@dataclass(frozen=True, slots=True)
class Update:
    """A new baseline beside the old one: how many findings are new, still there, and gone (stale entries)."""

    baseline: Baseline
    new: int
    known: int
    stale: int


def relative(path: str, folder: Path) -> str:
    """A file's path from the baseline's folder, with forward slashes; as it is where it has none."""
    resolved = Path(path).resolve()
    try:
        return Path(os.path.relpath(resolved, folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return resolved.as_posix()


def record(files: Iterable[FileReport], old: Baseline) -> Update:
    """The baseline of today's findings.

    Files that were not checked keep their old entries as long as they exist, so that a part of a site can be
    recorded anew; so do files that could not be read.
    """
    checked: set[str] = set()
    entries: set[Entry] = set()
    for file in files:
        path = relative(file.path, old.folder)
        if file.source is None:
            continue
        checked.add(path)
        for finding in _named(file.findings):
            entries.add(Entry(path, finding.rule, _excerpt(finding, file.source), finding.fingerprint))
    before = {(entry.path, entry.fingerprint) for entry in old.entries}
    now = {(entry.path, entry.fingerprint) for entry in entries}
    kept = {entry for entry in old.entries if entry.path not in checked and (old.folder / entry.path).is_file()}
    stale = len(before - now - {(entry.path, entry.fingerprint) for entry in kept})
    return Update(replace(old, entries=tuple(sorted(entries | kept))), len(now - before), len(now & before), stale)


def dump(baseline: Baseline) -> str:
    """The file's text: one finding a line, in order, so that versions compare and merge well."""
    lines = ",\n".join("    " + _line(entry) for entry in sorted(baseline.entries))
    findings = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {findings}\n}}\n'


def _line(entry: Entry) -> str:
    line = json.dumps(asdict(entry), ensure_ascii=False)
    return line if _can_encode(line) else json.dumps(asdict(entry))  # a file name that is not text


def _can_encode(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def load(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        ConfigError: if it can not be read or is none, with every mistake.
    """
    shown = path.as_posix()
    try:
        value = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(
            [Mistake(shown, 0, 0, "there is no such baseline", "write it with caveat baseline")]
        ) from None
    except OSError as error:
        raise ConfigError([Mistake(shown, 0, 0, f"can not be read: {error.strerror or error}")]) from None
    except json.JSONDecodeError as error:
        raise ConfigError([Mistake(shown, error.lineno, error.colno, f"not JSON: {error.msg}")]) from None
    except (UnicodeDecodeError, RecursionError):
        raise ConfigError([Mistake(shown, 0, 0, "not a baseline")]) from None
    mistakes = list(_mistakes(value))
    if mistakes:
        raise ConfigError(Mistake(shown, 0, 0, mistake) for mistake in mistakes)
    entries = tuple(Entry(**{f.name: given[f.name] for f in fields(Entry)}) for given in value["findings"])
    return Baseline(path.parent, entries, shown)


def _mistakes(value: Any) -> Iterable[str]:
    if not isinstance(value, dict) or not isinstance(value.get("findings"), list):
        yield "not a baseline: it has no findings"
    elif value.get("version") != VERSION:
        yield f"version {value.get('version')} of the baseline is not known; this Caveat writes version {VERSION}"
    else:
        names = [f.name for f in fields(Entry)]
        for number, given in enumerate(value["findings"], 1):
            if not isinstance(given, dict) or not all(isinstance(given.get(name), str) for name in names):
                yield f"finding {number} lacks one of: {', '.join(names)}"


def _named(findings: Collection[Finding]) -> list[Finding]:
    """The findings, those without a fingerprint (on suppressions themselves) given one."""
    lacking = iter(with_fingerprints([f for f in findings if not f.fingerprint], {}))
    return [finding if finding.fingerprint else next(lacking) for finding in findings]


def _excerpt(finding: Finding, source: Source) -> str:
    text = " ".join(finding.span.of(source.text).split()) if finding.scope is Scope.TEXT else ""
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"
