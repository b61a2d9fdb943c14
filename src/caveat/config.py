"""What a configuration says, and what of it holds for a file.

Values come in layers: the defaults, the configuration file, its overrides by glob in their order, the page's
own front matter, the command line. A later layer replaces `profile`, `jurisdictions`, `select` and
`fail-on`; it adds to `ignore`, `severity`, `provided-by-template` and `front-matter`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field, fields
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caveat.packs.override import Grade
from caveat.packs.scope import Jurisdiction, Profile
from caveat.packs.yaml import Loc, Parsed
from caveat.values import dataclass

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class FailOn(StrEnum):
    """The least severity that makes a run fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class FrontMatterKeys:
    """Metadata keys of this site that name the author, the reviewer and the date, beside the usual ones."""

    author: tuple[str, ...] = ()
    reviewer: tuple[str, ...] = ()
    date: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """Values that one source gives; None where it gives none.

    `profile` is the kind of page, `jurisdictions` whose rules are asked. `select` and `ignore` name rules:
    an id, a pack (`dosing/`) or an id with `*`. `severity` gives them other levels. `provided-by-template`
    lists disclosures that the site's template adds to every page.
    """

    profile: Profile | None = None
    jurisdictions: tuple[Jurisdiction, ...] | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    severity: Mapping[str, Grade] | None = None
    fail_on: FailOn | None = None
    provided_by_template: tuple[str, ...] | None = None
    front_matter: FrontMatterKeys | None = None


@dataclass(frozen=True, slots=True)
class Override(Layer):
    """Values for the files that match one of the globs in `files`, relative to the configuration's folder."""

    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the editors stand by: wherever `text` stands in an article, `rule` is silent on it.

    Without `text` it accepts findings on documents as a whole. After `expires` it no longer holds.
    """

    rule: str
    reason: str
    text: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Config(Layer):
    """A configuration file's values.

    `packs` are paths of your own rule packs; `include` and `exclude` are globs of files, all relative to the
    configuration's folder. `baseline` is the file of findings that are known, found from there too. `today`
    stands in for the date of the run where pages are checked for age.
    """

    packs: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    baseline: str | None = None
    today: date | None = None


DEFAULTS = Layer(
    profile=None,  # each page shows for itself what it is
    jurisdictions=(Jurisdiction.US,),
    select=(),
    ignore=(),
    severity={},
    fail_on=FailOn.ERROR,
    provided_by_template=(),
    front_matter=FrontMatterKeys(),
)
"""Every default. The file's other keys are empty unless given."""

DEFAULT_ORIGIN = "default"
PAGE_ORIGIN = "front matter"
COMMAND_LINE_ORIGIN = "command line"

LAYER_KEYS: tuple[str, ...] = tuple(f.name for f in fields(Layer))


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one file. `profile` None means that the page shows for itself what it is.

    `origins` tells for each field, by its name, where its value comes from, least binding first.
    """

    profile: Profile | None
    jurisdictions: tuple[Jurisdiction, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: Mapping[str, Grade]
    fail_on: FailOn
    provided_by_template: tuple[str, ...]
    front_matter: FrontMatterKeys
    origins: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ConfigFile:
    """A configuration in its folder. Without a file, `name` is empty and everything is default."""

    config: Config = field(default_factory=Config)
    folder: Path = field(default_factory=Path.cwd)
    name: str = ""
    parsed: Parsed = field(default_factory=lambda: Parsed("", None), repr=False)

    def pack_paths(self) -> tuple[Path, ...]:
        """The packs that it names, found from its folder."""
        return tuple(self.folder / pack for pack in self.config.packs)

    def baseline_path(self) -> Path | None:
        """The baseline that it names, found from its folder, in one spelling for each file."""
        named = self.config.baseline
        return None if named is None else Path(os.path.normpath(self.folder / named))

    def resolve(self, path: Path | str, *, page: Layer | None = None, command_line: Layer | None = None) -> Settings:
        """What holds for a file.

        Args:
            path: the file, absolute or relative to the working folder; it need not exist.
            page: what the page's front matter asks for.
            command_line: what the command line asks for.
        """
        values: dict[str, Any] = {key: getattr(DEFAULTS, key) for key in LAYER_KEYS}
        origins: dict[str, tuple[str, ...]] = dict.fromkeys(LAYER_KEYS, (DEFAULT_ORIGIN,))
        _apply(self.config, values, origins, partial(self._value_origin, (), ""))
        relative = self.relative(path) if self.config.overrides else None
        for i, override in enumerate(self.config.overrides):
            glob = None if relative is None else _matching(override.files, self._override_specs[i], relative)
            if glob is not None:
                _apply(override, values, origins, partial(self._value_origin, ("overrides", i), glob))
        if page is not None:
            _apply(page, values, origins, lambda _: PAGE_ORIGIN)
        if command_line is not None:
            _apply(command_line, values, origins, lambda _: COMMAND_LINE_ORIGIN)
        return Settings(**values, origins=origins)

    def excluded_by(self, path: Path | str) -> str | None:
        """The glob of `exclude` that keeps a file out, with its place: `drafts/ (.caveat.yaml:4)`; else None."""
        relative = self.relative(path) if self.config.exclude else None
        glob = None if relative is None else _matching(self.config.exclude, self._exclude_spec, relative)
        return None if glob is None else f"{glob} ({self._origin(('exclude', self.config.exclude.index(glob)))})"

    def included(self, path: Path | str) -> bool:
        """Whether a glob of `include` names a file that would not be taken for an article by itself."""
        relative = self.relative(path) if self.config.include else None
        return relative is not None and self._include_spec.match_file(relative)

    def override_globs(self) -> dict[Loc, GitIgnoreSpec]:
        """Each glob by which an override takes files in, by its place."""
        return {
            ("overrides", i, "files", j): _spec((glob,))
            for i, override in enumerate(self.config.overrides)
            for j, glob in enumerate(override.files)
            if not glob.startswith("!")
        }

    def relative(self, path: Path | str) -> str | None:
        """A file's path from the configuration's folder, with forward slashes; None if it lies elsewhere."""
        given = Path(os.path.abspath(os.fspath(path)))  # noqa: PTH100 - links stay as they were named
        for one, folder in ((given, self.folder), (given.resolve(), self.folder.resolve())):
            if one.is_relative_to(folder):
                return one.relative_to(folder).as_posix().replace("\\", "/")
        return None

    def _value_origin(self, loc: Loc, glob: str, key: str) -> str:
        """The line of a layer's value, and the glob by which the layer holds."""
        return self._origin((*loc, key.replace("_", "-"))) + (f" for {glob}" if glob else "")

    def _origin(self, loc: Loc) -> str:
        return f"{self.name}:{self.parsed.place(loc, key=True)[0]}" if self.name else DEFAULT_ORIGIN

    @cached_property
    def _override_specs(self) -> tuple[GitIgnoreSpec, ...]:
        return tuple(_spec(override.files) for override in self.config.overrides)

    @cached_property
    def _exclude_spec(self) -> GitIgnoreSpec:
        return _spec(self.config.exclude)

    @cached_property
    def _include_spec(self) -> GitIgnoreSpec:
        return _spec(self.config.include)


def _apply(
    layer: Layer, values: dict[str, Any], origins: dict[str, tuple[str, ...]], origin: Callable[[str], str]
) -> None:
    """Lay one layer over the values so far."""
    for key in LAYER_KEYS:
        given = getattr(layer, key)
        if given is None:
            continue
        before = values[key]
        adds = True
        if key in {"ignore", "provided_by_template"}:
            values[key] = tuple(dict.fromkeys((*before, *given)))
        elif key == "severity":
            values[key] = {**before, **given}
        elif key == "front_matter":
            values[key] = FrontMatterKeys(
                *(tuple(dict.fromkeys((*getattr(before, f.name), *getattr(given, f.name)))) for f in fields(given))
            )
        else:
            values[key] = given
            adds = False
        kept = origins[key] if adds and origins[key] != (DEFAULT_ORIGIN,) else ()
        origins[key] = (*kept, origin(key))


def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where there are globs to match

    return GitIgnoreSpec.from_lines(glob.replace("\\", "/") for glob in globs)


def _matching(globs: tuple[str, ...], spec: GitIgnoreSpec, relative: str) -> str | None:
    """The glob that decides for a path: the last that matches, None if none does or it takes the path out."""
    result = spec.check_file(relative)
    if not result.include or result.index is None:
        return None
    return globs[result.index]
