"""Where packs and the other rule data lie: found by name, without being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path


def rules_dir() -> Path:
    """Where the shipped rules are: inside the installed package, or at the top of the checkout it runs from."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parents[1] / "rules"


def builtin_packs() -> list[Path]:
    """The shipped pack files."""
    return sorted(packs_dir().rglob("*.yaml"))


def packs_dir() -> Path:
    """Where the shipped packs are, apart from the language they are written in."""
    return rules_dir() / "packs"


def pack_files(paths: Iterable[Path]) -> list[Path]:
    """Every file that loading these packs reads: those in folders, and those that they extend by path.

    Nothing is checked; what can not be read is listed and left for `load_packs` to tell.
    """
    from caveat.packs.yaml import parse_file  # noqa: PLC0415 - only where there are packs to read

    found: dict[Path, Path] = {}
    pending = [file for path in paths for file in pack_files_in(path)]
    while pending:
        path = pending.pop(0)
        if path.resolve() in found:
            continue
        found[path.resolve()] = path
        value = parse_file(path).value
        extends = value.get("extends") if isinstance(value, Mapping) else None
        names = extends if isinstance(extends, list) else ()
        pending.extend(path.parent / name for name in names if isinstance(name, str) and is_path(name))
    return list(found.values())


def pack_files_in(path: Path) -> list[Path]:
    """The pack files of a folder, not below; a file stands for itself."""
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.iterdir() if p.suffix in {".yaml", ".yml"} and p.is_file())


def is_path(name: str) -> bool:
    """Whether `extends` means a file by this, not a pack's name."""
    return "/" in name or name.endswith((".yaml", ".yml"))


def shown(path: Path) -> str:
    """A path as messages give it: relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
