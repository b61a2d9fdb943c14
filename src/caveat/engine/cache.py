"""What is made once and kept in the user's cache folder: the compiled lexicon, the compiled packs, spaCy's sayings.

A file is named by a digest of what it is made from (path, size and time of each rule file and source, the versions
of Python, Caveat and the libraries whose objects or tokens it holds), so that nothing has to be invalidated. It lies
in the user's own cache folder, never in a repository, because it is a pickle and loading one runs code.
Reports are kept otherwise, see `results`.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from caveat import __version__
from caveat.engine.files import write_atomically
from caveat.packs.files import pack_files, packs_dir, rules_dir

_T = TypeVar("_T")
_LIBRARIES = {"spacy": "spacy-", "pydantic": "pydantic-", "yaml": "pyyaml-"}  # how their metadata folders begin
_KEPT = 4  # of each kind; older ones are removed
_CHECKSUM = 4  # bytes of CRC-32 before the pickle: altered bytes may still unpickle, to something else


class Compiled(StrEnum):
    """What is kept, by the suffix of its files."""

    RULES = ".rules"
    LANGUAGE = ".language"
    WORDS = ".words"


def rules_digest(packs: Sequence[Path] = ()) -> str:
    """A name for what the shipped rules and these packs compile to, as their files stand now."""
    return digest([*_below(rules_dir()), *map(str, pack_files(packs))])


def language_digest() -> str:
    """A name for what the shipped data but the packs compile to, as their files stand now."""
    packs = str(packs_dir()) + os.sep
    return digest(file for file in _below(rules_dir()) if not file.startswith(packs))


def digest(files: Iterable[str]) -> str:
    """A name for what these files, this Caveat and these libraries compile to."""
    parts = [__version__, *_installed(), *map(_stamp, sorted(files))]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


@cache
def _installed() -> Sequence[str]:
    """Python, the libraries and Caveat's sources, looked at once: what a process has imported stays as it was."""
    package = Path(__file__).resolve().parents[1]
    versions = [version for name in _LIBRARIES for version in _versions(name)]
    return sys.version, *versions, *map(_stamp, sorted(_below(package)))


def _versions(library: str) -> list[str]:
    """Where a library lies and, by the names of the metadata folders beside it, in which version."""
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        return []
    beside = Path(spec.origin).parents[1]
    names = os.listdir(beside)  # noqa: PTH208 - names are all that is wanted
    return [str(beside), *sorted(name for name in names if name.lower().startswith(_LIBRARIES[library]))]


def _below(folder: Path | str) -> Iterator[str]:
    """The sources and data files in a folder and those below it."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _below(entry.path)
        elif entry.name.endswith((".py", ".yaml")):
            yield entry.path


def _stamp(file: str) -> str:
    """A file's path, size and time; contents would cost a start-up more than they tell."""
    try:
        status = os.stat(file)  # noqa: PTH116 - twice as fast for two hundred files
    except OSError:
        return f"{file} -"
    return f"{file} {status.st_size} {status.st_mtime_ns}"


def kept(name: str, build: Callable[[], _T], *, kind: Compiled = Compiled.RULES, folder: Path | None = None) -> _T:
    """What `build` returns, from the cache folder if an earlier run has kept it there under `name`.

    A folder that can not be read or written and a file that can not be loaded are as good as none.
    """
    found: _T | None = look(name, kind=kind, folder=folder)
    if found is None:
        found = build()
        rewrite(name, found, kind=kind, folder=folder)
    return found


def look(name: str, *, kind: Compiled, folder: Path | None = None) -> Any | None:
    """What is kept under a name, None if that is nothing that can be loaded."""
    try:
        return load(_file(name, kind, folder))
    except Exception:  # noqa: BLE001 - a damaged cache is no reason to fail, whatever is wrong with it
        return None


def rewrite(name: str, value: object, *, kind: Compiled, folder: Path | None = None) -> None:
    """Keep a value under a name, in place of what was."""
    keep(_file(name, kind, folder), value, suffix=kind, most=_KEPT)


def _file(name: str, kind: Compiled, folder: Path | None) -> Path:
    return (folder or cache_folder()) / (name + kind)


def load(file: Path) -> Any:
    """The value that `keep` wrote.

    Raises:
        Exception: of any kind, for a file that is missing, cut short, altered or of another version.
    """
    data = file.read_bytes()
    body = memoryview(data)[_CHECKSUM:]
    if _checksum(file, body) != data[:_CHECKSUM]:
        raise ValueError(f"{file} is damaged")
    return pickle.loads(body)  # noqa: S301 - the user's own folder


def keep(file: Path, value: object, *, suffix: str, most: int) -> None:
    """Write a value, atomically; of files with that suffix beside it keep `most`, or nine tenths of them."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        write_atomically(file, _checksum(file, body) + body)
        beside = list(file.parent.glob("*" + suffix))
        if len(beside) > most:
            oldest = sorted(beside, key=lambda f: f.stat().st_mtime)
            for old in oldest[: len(beside) - most + most // 10]:
                old.unlink(missing_ok=True)
    except OSError:
        return


def _checksum(file: Path, body: bytes | memoryview) -> bytes:
    """Of what a file holds and of its name: what was kept under another is damage too."""
    return zlib.crc32(body, zlib.crc32(file.name.encode())).to_bytes(_CHECKSUM, "big")


def cache_folder() -> Path:
    """Where compiled rules and reports are kept: $CAVEAT_CACHE_DIR, or the user's cache folder."""
    own = os.environ.get("CAVEAT_CACHE_DIR")
    if own:
        return Path(own)
    from platformdirs import user_cache_path  # noqa: PLC0415 - not where a folder is given

    return user_cache_path("caveat", appauthor=False)
