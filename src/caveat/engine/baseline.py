"""The findings that a site had when it took Caveat up: recorded once, hidden until their sentence changes."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from caveat.finding import Finding, Scope
from caveat.packs import files
from caveat.packs.errors import ConfigError, Mistake
from caveat.result import ACCEPTANCE_EXPIRED, FileReport, Rivals, Suppressed, SuppressedBy, speaking
from caveat.source import Source
from caveat.values import dataclass

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
    """Recorded findings. `name` is the file's path as it is shown.

    A finding that is recorded is answered for, as one with a comment is: it silences no other in its sentence. An
    acceptance that has expired is neither recorded nor hidden: a date that has passed is told until somebody sets
    another.
    """

    folder: Path
    entries: tuple[Entry, ...] = ()
    name: str = NAME

    @cached_property
    def _by_path(self) -> Mapping[str, frozenset[str]]:
        return _fingerprints(self.entries)

    @cached_property
    def _gone(self) -> Mapping[str, frozenset[str]]:
        """The findings on words in files that are no longer there, by path."""
        worded = _fingerprints(entry for entry in self.entries if entry.text)
        return {path: known for path, known in worded.items() if not (self.folder / path).is_file()}

    def hide(self, file: FileReport) -> FileReport:
        """The report with its recorded findings suppressed, and with those that had yielded to them."""
        everything = _recordable(file)
        known = self._by_path.get(self.origin(relative(file.path, self.folder), everything), frozenset())
        hidden = [f for f in everything if f.fingerprint in known]
        if not hidden:
            return file
        answered = frozenset(hidden)
        rivals = tuple(_left(group, answered) for group in file.rivals)
        rival = {f for group in file.rivals for f in group.findings}
        kept = [f for f in file.findings if f not in answered and f not in rival]
        kept += [f for group in rivals for f in group.findings if f.rule in speaking(group.before)]
        reported = frozenset(file.findings)
        suppressed = [Suppressed(f, SuppressedBy.BASELINE, f"in {self.name}") for f in hidden if f in reported]
        return replace(
            file,
            findings=tuple(sorted(kept, key=lambda f: f.order)),
            suppressed=tuple(sorted((*file.suppressed, *suppressed), key=lambda s: s.finding.order)),
            rivals=tuple(group for group in rivals if len(speaking(group.before)) < len(group.before)),
        )

    def origin(self, path: str, findings: Iterable[Finding]) -> str:
        """The path under which a file is recorded: its own, or the one that it had before it was renamed.

        A file that is not recorded is taken for one that is no longer there if it has half or more of its
        findings on words.
        """
        if path in self._by_path:
            return path
        told = {finding.fingerprint for finding in findings}
        shared = {old: len(known & told) for old, known in self._gone.items()}
        likely = [old for old, count in shared.items() if count and 2 * count >= len(self._gone[old])]
        return max(likely, key=lambda old: (shared[old], old), default=path)


@dataclass(frozen=True, slots=True)
class Update:
    """A new baseline beside the old one: how many findings are new, still there, and gone (stale entries).

    `behind` of the findings are not reported, because others speak for them.
    """

    baseline: Baseline
    new: int
    known: int
    stale: int
    behind: int


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
    entries: dict[Entry, Entry] = {}  # each with what it was recorded as before
    behind = 0
    for file in files:
        if file.source is None:
            continue
        path = relative(file.path, old.folder)
        found = _recordable(file)
        origin = old.origin(path, found)
        checked |= {path, origin}
        behind += len(found) - len(_reported(file))
        for finding in found:
            entry = Entry(path, finding.rule, _excerpt(finding, file.source), finding.fingerprint)
            entries[entry] = replace(entry, path=origin)
    before = {(entry.path, entry.fingerprint) for entry in old.entries}
    now = {(entry.path, entry.fingerprint) for entry in entries.values()}
    kept = {entry for entry in old.entries if entry.path not in checked and (old.folder / entry.path).is_file()}
    stale = len(before - now - {(entry.path, entry.fingerprint) for entry in kept})
    updated = replace(old, entries=tuple(sorted({*entries, *kept})))
    return Update(updated, len(now - before), len(now & before), stale, behind)


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
    shown = files.shown(path)
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


def _fingerprints(entries: Iterable[Entry]) -> Mapping[str, frozenset[str]]:
    """The fingerprints of entries by path."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        found.setdefault(entry.path, set()).add(entry.fingerprint)
    return {path: frozenset(fingerprints) for path, fingerprints in found.items()}


def _recordable(file: FileReport) -> list[Finding]:
    """The findings that a baseline may hold, those that yield to others among them."""
    reported = _reported(file)
    there = frozenset(reported)
    return reported + [f for group in file.rivals for f in group.findings if f not in there]


def _reported(file: FileReport) -> list[Finding]:
    return [finding for finding in file.findings if finding.rule != ACCEPTANCE_EXPIRED]


def _left(group: Rivals, answered: Collection[Finding]) -> Rivals:
    """The rivals that nobody has answered for."""
    left = tuple(f for f in group.findings if f not in answered)
    rules = {f.rule for f in left}
    return Rivals(left, {rule: others & rules for rule, others in group.before.items() if rule in rules})


def _excerpt(finding: Finding, source: Source) -> str:
    text = " ".join(finding.span.of(source.text).split()) if finding.scope is Scope.TEXT else ""
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"
