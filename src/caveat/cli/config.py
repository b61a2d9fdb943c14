"""`caveat config`: what holds for a file, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caveat.cli.common import Words, config_option, mistakes_told
from caveat.report.wording import count

if TYPE_CHECKING:
    from caveat.config import ConfigFile, Layer, Settings

_UNSET = {
    "profile": "each page shows for itself",
    "select": "all rules",
}


@click.command()
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=Words(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="How to write it.",
)
@config_option
def config(*, path: Path, format_: str, config: Path | None) -> None:
    """Show the settings that hold for PATH (the current folder by default) and where each comes from."""
    from caveat.config import LAYER_KEYS  # noqa: PLC0415 - what only some commands need is imported there
    from caveat.configfile import ConfigFinder, unknown_rules  # noqa: PLC0415
    from caveat.packs.errors import ConfigError  # noqa: PLC0415
    from caveat.packs.library import load_rules  # noqa: PLC0415
    from caveat.suppress import OWN_RULES  # noqa: PLC0415

    with mistakes_told():
        file = ConfigFinder(config).for_path(path)
        rules = [rule.id for pack in load_rules(file.pack_paths()) for rule in pack.rules]
        mistakes = unknown_rules(file, [*rules, *(own.id for own in OWN_RULES)])
        if mistakes:
            raise ConfigError(mistakes)
        settings = file.resolve(path, page=_front_matter(path))
    values = {key.replace("_", "-"): _plain(getattr(settings, key)) for key in LAYER_KEYS}
    if format_ == "json":
        click.echo(json.dumps(_document(path, file, settings, values), indent=2))
        return
    rows = [("configuration", _place(file) or "none found", ""), *_about_files(path, file)]
    for key, value in values.items():
        origins = settings.origins[key.replace("-", "_")]
        rows.append((key, _words(value) or _UNSET.get(key, "none"), "; ".join(origins)))
    click.echo(path.as_posix())
    names = max(len(name) for name, _, _ in rows)
    for name, told, origin in rows:
        click.echo(f"  {name:<{names}}  {told}" + (f"  ({origin})" if origin else ""))


def _front_matter(path: Path) -> Layer | None:
    """What the page itself asks for; None where there is no page to read."""
    from caveat.page import page_settings  # noqa: PLC0415
    from caveat.readers import ReadError, read_file  # noqa: PLC0415

    if not path.is_file():
        return None
    try:
        return page_settings(read_file(path)).layer
    except ReadError as error:
        click.echo(f"caveat: {path.as_posix()}: {error}; its front matter is left aside", err=True)
        return None


def _about_files(path: Path, file: ConfigFile) -> list[tuple[str, str, str]]:
    """What the configuration says beside the settings."""
    rows = [(name, ", ".join(getattr(file.config, name)), "") for name in ("packs", "include", "exclude")]
    rows.append(("baseline", file.config.baseline or "", ""))
    rows.append(("accepted", count(len(file.config.accepted), "finding") if file.config.accepted else "", ""))
    rows.append(("today", str(file.config.today or ""), ""))
    rows.append(("excluded by", file.excluded_by(path) or "", ""))
    return [row for row in rows if row[1]]


def _document(path: Path, file: ConfigFile, settings: Settings, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "path": path.as_posix(),
        "configuration": _place(file),
        "excluded_by": file.excluded_by(path),
        "packs": [pack.as_posix() for pack in file.pack_paths()],
        "baseline": file.config.baseline,
        "settings": {
            key: {"value": value, "origins": list(settings.origins[key.replace("-", "_")])}
            for key, value in values.items()
        },
    }


def _place(file: ConfigFile) -> str | None:
    return (file.folder / file.name).as_posix() if file.name else None


def _plain(value: Any) -> Any:
    """A setting as JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: part for name, part in _plain(asdict(value)).items() if part}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    return None if value is None else str(value)


def _words(value: Any) -> str:
    """A setting as a person reads it."""
    if isinstance(value, Mapping):
        if value.keys() == {"default"}:
            return _words(value["default"])
        return ", ".join(f"{key}: {_words(part)}" for key, part in value.items())
    return ", ".join(map(_words, value)) if isinstance(value, list) else value or ""
