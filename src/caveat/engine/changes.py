"""What has changed since a revision: the lines that Git names, and the findings that lie on them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from caveat.finding import Finding, Scope
from caveat.regex import regex
from caveat.result import FileReport
from caveat.source import Source, Span
from caveat.values import dataclass

Lines = tuple[range, ...]
"""Line numbers (from 1) of the new text, as rising ranges that do not touch."""

_HUNK = regex(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = regex(rb'\\([0-7]{3}|[abtnvfr"\\])')
_NAMED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


class ChangesError(Exception):
    """What has changed can not be told. The message is for the person."""


@dataclass(frozen=True)
class Changes:
    """The changed lines of the files of a repository.

    `lines` has the files by their path from `root`, with forward slashes; None stands for every line: the file
    is new. A file that is not there has not changed.
    """

    root: Path
    lines: Mapping[str, Lines | None] = field(default_factory=dict)

    def touches(self, path: Path | str) -> bool:
        """Whether a file has changed or is new.

        Raises:
            ChangesError: if the file lies outside the repository.
        """
        return self._name(path) in self.lines

    def keep(self, file: FileReport) -> FileReport:
        """The report with the findings on changed lines and those about the document as a whole.

        A finding is also kept if a place that it is related to has changed.
        """
        if file.source is None:
            return file
        lines = self.lines.get(self._name(file.path), ())
        if lines is None:
            return file
        source = file.source
        return replace(
            file,
            findings=tuple(f for f in file.findings if _changed(f, source, lines)),
            suppressed=tuple(s for s in file.suppressed if _changed(s.finding, source, lines)),
        )

    def _name(self, path: Path | str) -> str:
        resolved = Path(path).resolve()
        if not resolved.is_relative_to(self.root):
            raise ChangesError(f"{Path(path).as_posix()} lies outside the Git repository {self.root.as_posix()}")
        return resolved.relative_to(self.root).as_posix()


def changed_since(revision: str, folder: Path) -> Changes:
    """What has changed in the working tree since its branch left a revision.

    That is since their merge base, so that what the other branch has changed meanwhile does not count; since the
    revision itself where Git knows of no merge base, as in a shallow clone. Files that Git does not track count as
    new.

    Args:
        revision: anything that Git takes for a commit.
        folder: a folder of the repository.

    Raises:
        ChangesError: outside a repository, without Git, or for a revision that there is none of.
    """
    try:
        top = _git(["rev-parse", "--show-toplevel"], folder)
    except ChangesError as error:
        raise ChangesError(f"{folder.resolve().as_posix()} is not in a Git repository ({error})") from None
    root = Path(os.fsdecode(top.rstrip(b"\r\n"))).resolve()
    try:
        commit = _git(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], root).strip()
    except ChangesError:
        hint = "; a shallow clone may lack it"
        raise ChangesError(f'the repository has no revision "{revision}"{hint}') from None
    with suppress(ChangesError):
        commit = _git(["merge-base", os.fsdecode(commit), "HEAD"], root).strip()
    diff = _git(
        ["diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv",
         "--find-renames", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/",
         os.fsdecode(commit), "--"],
        root,
    )  # fmt: skip
    lines: dict[str, Lines | None] = dict(parse_diff(diff))
    for name in _git(["ls-files", "--others", "--exclude-standard", "-z"], root).split(b"\0"):
        if name:
            lines[os.fsdecode(name)] = None
    return Changes(root, lines)


def parse_diff(diff: bytes) -> dict[str, Lines]:
    """The lines that a unified diff without context adds or changes, by the new path.

    A file from which lines were only taken has no lines; a deleted file is left out.
    """
    found: dict[str, list[range]] = {}
    ranges: list[range] = []
    content = 0  # lines of the hunk that are still to come: they are text, whatever they look like
    for line in diff.split(b"\n"):
        if content and line[:1] in (b"+", b"-"):
            content -= 1
        elif line.startswith(b"+++ "):
            ranges = []
            name = _unquoted(line[4:])
            if name is not None:
                ranges = found.setdefault(name, [])
        elif match := _HUNK.match(line):
            removed, start, added = int(match[1] or 1), int(match[2]), int(match[3] or 1)
            content = removed + added
            if added:
                ranges.append(range(start, start + added))
    return {name: tuple(sorted(ranges, key=lambda r: r.start)) for name, ranges in found.items()}


def _unquoted(name: bytes) -> str | None:
    """The path of a `+++` line, which Git quotes as C does where it holds unusual bytes; None for no file."""
    quoted = name.startswith(b'"')
    # Git ends a name with a tab if it holds a space.
    name = _ESCAPE.sub(_unescaped, name.rstrip()[1:-1]) if quoted else name.removesuffix(b"\t")
    return os.fsdecode(name[2:]) if name.startswith(b"b/") else None


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if len(code) == 3 else _NAMED.get(code, code)


def _changed(finding: Finding, source: Source, lines: Lines) -> bool:
    if finding.scope is Scope.DOCUMENT:
        return True
    return any(_on(span, source, lines) for span in (finding.span, *(r.span for r in finding.related)))


def _on(span: Span, source: Source, lines: Lines) -> bool:
    first = source.position(span.start).line
    last = source.position(max(span.start, span.end - 1)).line
    return any(changed.start <= last and first < changed.stop for changed in lines)


def _git(arguments: Sequence[str], folder: Path) -> bytes:
    command = ["git", "-C", os.fspath(folder), *arguments]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        import subprocess  # noqa: PLC0415 - only where Git is asked

        done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603
    except OSError as error:
        raise ChangesError(f"git can not be run: {error.strerror or error}") from None
    if done.returncode:
        raise ChangesError(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0] or "git failed")
    return done.stdout
