"""Configuration files: where they are found, how they are read, and what is wrong with them.

`.caveat.yaml`, `.caveat.yml`, or `[tool.caveat]` in `pyproject.toml`. The nearest one at or above an article
holds for it; the search ends at the folder that holds `.git`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from caveat.config import Accepted, Config, ConfigFile
from caveat.packs.decode import Decoder
from caveat.packs.errors import ConfigError, Mistake, did_you_mean
from caveat.packs.files import shown
from caveat.packs.override import Grade, decode_grade, named, pattern_hint
from caveat.packs.yaml import Loc, Node, Parsed, parse_file
from caveat.regex import regex

YAML_NAMES = (".caveat.yaml", ".caveat.yml")
PYPROJECT = "pyproject.toml"
_OWN = "caveat/"  # begins the ids of what is reported on suppressions and settings, which no pack holds


class ConfigFinder:
    """Finds the configuration of each article, reading each file once.

    Args:
        explicit: the one configuration to use for everything, or where it stands, if one is given.

    Raises:
        ConfigError: by `for_path` and by the constructor, with every mistake of a file.
    """

    def __init__(self, explicit: Path | ConfigFile | None = None) -> None:
        self._explicit = load_config(explicit) if isinstance(explicit, Path) else explicit
        self._by_folder: dict[Path, ConfigFile] = {}

    def for_path(self, path: Path | str) -> ConfigFile:
        """The configuration that holds for a file or folder, which need not exist."""
        if self._explicit is not None:
            return self._explicit
        place = Path(os.path.abspath(os.fspath(path)))  # noqa: PTH100 - links stay as they were named
        folder = place if place.is_dir() else place.parent
        known = self._by_folder.get(folder)
        if known is not None:
            return known
        visited: list[Path] = []
        found: ConfigFile | None = None
        for one in (folder, *folder.parents):
            found = self._by_folder.get(one) or _in_folder(one)
            visited.append(one)
            if found is not None or (one / ".git").exists():
                break
        if found is None:
            found = ConfigFile(folder=visited[-1])
        self._by_folder.update(dict.fromkeys(visited, found))
        return found

    def used(self) -> tuple[ConfigFile, ...]:
        """Every configuration found so far, each once."""
        found = [self._explicit] if self._explicit is not None else list(self._by_folder.values())
        return tuple({id(one): one for one in found}.values())


def load_config(path: Path) -> ConfigFile:
    """Read a configuration file: YAML, `pyproject.toml`, or another TOML file with the keys at its top.

    Raises:
        ConfigError: with every mistake, `[tool.caveat]` missing from `pyproject.toml` among them.
    """
    found = _load_toml(path) if path.suffix == ".toml" else _load(path, parse_file(path, shown(path)))
    if found is None:
        raise ConfigError([Mistake(shown(path), 0, 0, "has no [tool.caveat]")])
    return found


def unknown_rules(file: ConfigFile, rules: Iterable[str]) -> list[Mistake]:
    """A mistake for every name in a configuration that is meant for a rule and names none of `rules` (full ids)."""
    return _unknown_rules(file.parsed, rules)


def _unknown_rules(
    parsed: Parsed, rules: Iterable[str], *, spared: str = "", judged: tuple[str, ...] = ()
) -> list[Mistake]:
    """The same for what a file holds, whatever else is wrong with it: what has another shape is left aside.

    Names that begin with `spared` are taken on trust, and those that begin with none of `judged` if that is given.
    """
    from caveat.packs.when.disclosure import DisclosureKind  # noqa: PLC0415 - only where rules are loaded

    ids = tuple(rules)
    found: list[Mistake] = []
    top = parsed.value if isinstance(parsed.value, Mapping) else {}

    def check(pattern: Any, loc: Loc, *, key: bool = False) -> None:
        if not isinstance(pattern, str) or not pattern.strip() or (spared and pattern.startswith(spared)):
            return
        if judged and not pattern.startswith(judged):
            return
        if not named(pattern, ids):
            found.append(parsed.mistake(loc, f'no rule is named "{pattern}"', pattern_hint(pattern, ids), key=key))

    provided = {*ids, *(rule.partition("/")[2] for rule in ids), *(kind.value for kind in DisclosureKind)}
    layers: list[tuple[Any, Loc]] = [(top, ())]
    layers += [(one, ("overrides", i)) for i, one in enumerate(_entries(top, "overrides"))]
    for layer, loc in layers:
        for name in ("select", "ignore"):
            for i, pattern in enumerate(_entries(layer, name)):
                check(pattern, (*loc, name, i))
        severity = layer.get("severity") if isinstance(layer, Mapping) else None
        for pattern in severity if isinstance(severity, Mapping) else ():
            check(pattern, (*loc, "severity", pattern), key=True)
        for i, name in enumerate(_entries(layer, "provided-by-template")):
            if isinstance(name, str) and name.strip() and name not in provided and not judged:
                hint = did_you_mean(name, provided, list_up_to=0)
                at = (*loc, "provided-by-template", i)
                found.append(parsed.mistake(at, f'no disclosure or rule is named "{name}"', hint))
    for i, accepted in enumerate(_entries(top, "accepted")):
        check(accepted.get("rule") if isinstance(accepted, Mapping) else None, ("accepted", i, "rule"))
    return found


def _entries(value: Any, key: str) -> list[Any]:
    """The list under a key; empty where there is none."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def _in_folder(folder: Path) -> ConfigFile | None:
    for name in YAML_NAMES:
        path = folder / name
        if path.is_file():
            return _load(path, parse_file(path, shown(path)))
    path = folder / PYPROJECT
    return _load_toml(path) if path.is_file() else None


def _load_toml(path: Path) -> ConfigFile | None:
    """The configuration in a TOML file; None for a `pyproject.toml` without one."""
    import tomllib  # noqa: PLC0415 - only where there is such a file

    name = shown(path)
    prefix = ("tool", "caveat") if path.name == PYPROJECT else ()
    try:
        text = path.read_text(encoding="utf-8-sig")
        value: Any = tomllib.loads(text)
    except OSError as error:
        raise ConfigError([Mistake(name, 0, 0, f"can not be read: {error.strerror or error}")]) from None
    except UnicodeDecodeError:
        raise ConfigError([Mistake(name, 0, 0, "not UTF-8 text")]) from None
    except tomllib.TOMLDecodeError as error:
        if prefix and "[tool.caveat" not in text:
            return None
        raise ConfigError([_toml_mistake(name, str(error))]) from None
    root = _toml_places(text)
    for step in prefix:
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
        root = root.parts.get(step, root)
    return _load(path, Parsed(name, value, root))


def _load(path: Path, parsed: Parsed) -> ConfigFile:
    decoder = Decoder(parsed)
    value = {} if parsed.value is None else parsed.value
    config: Config | None = None
    if not isinstance(value, Mapping):
        decoder.complain((), "a configuration is a mapping of keys to values")
    elif parsed.value is not None or not parsed.mistakes:
        config = _decode(decoder, value)
    if decoder.mistakes or config is None:
        raise ConfigError([*decoder.mistakes, *_misspelt_beside(parsed, path.parent)])
    return ConfigFile(config, Path(os.path.abspath(path.parent)), path.name, parsed)  # noqa: PTH100 - see above


def _misspelt_beside(parsed: Parsed, folder: Path) -> list[Mistake]:
    """The misspelt rule names in a file that has other mistakes, so that one run tells both.

    Where its own packs can not be read, what is wrong with those, and the names of rules that only a shipped pack can
    have.
    """
    from caveat.packs.errors import PackError  # noqa: PLC0415 - see below
    from caveat.packs.library import load_rules  # noqa: PLC0415 - only where something is wrong

    if not isinstance(parsed.value, Mapping):
        return []
    named = [(at, pack) for at, pack in enumerate(_entries(parsed.value, "packs")) if isinstance(pack, str)]
    wrong = [
        parsed.mistake(("packs", at), f"{pack} is no file or folder")
        for at, pack in named
        if not os.path.exists(folder / pack)  # noqa: PTH110 - what is no path at all is none, and raises nothing
    ]
    if not wrong:
        try:
            packs = load_rules([folder / pack for _, pack in named])
        except PackError as error:
            wrong.extend(error.mistakes)
        else:
            return _unknown_rules(parsed, [rule.id for pack in packs for rule in pack.rules], spared=_OWN)
    shipped = load_rules()
    judged = tuple(f"{pack.name}/" for pack in shipped)
    return [*wrong, *_unknown_rules(parsed, [r.id for pack in shipped for r in pack.rules], judged=judged)]


def _decode(decoder: Decoder, value: Mapping[str, Any]) -> Config | None:
    decoder.refuse_empty(value)
    cooked = _cook_severity(decoder, value, ())
    if isinstance(value.get("overrides"), list):
        cooked["overrides"] = [
            _cook_severity(decoder, one, ("overrides", i)) if isinstance(one, Mapping) else one
            for i, one in enumerate(value["overrides"])
        ]
    config = decoder.decode_as_meant(Config, cooked)
    if config is None:
        return None
    for i, override in enumerate(config.overrides):
        if not override.files:
            decoder.complain(("overrides", i), '"files" is missing', "say which files it is for")
    for i, accepted in enumerate(config.accepted):
        _check_accepted(decoder, accepted, ("accepted", i))
    return config


def _check_accepted(decoder: Decoder, accepted: Accepted, loc: Loc) -> None:
    if accepted.text and len(accepted.text.split()) < 2:
        decoder.complain((*loc, "text"), f'"{accepted.text}" is too short to accept', "give the words of the sentence")


def _cook_severity(decoder: Decoder, value: Mapping[str, Any], loc: Loc) -> dict[str, Any]:
    """The mapping with its severities decoded."""
    cooked = dict(value)
    given = value.get("severity")
    if isinstance(given, Mapping):
        grades: dict[str, Grade] = {}
        for pattern, one in given.items():
            grade = decode_grade(decoder, one, (*loc, "severity", pattern))
            if grade is not None:
                grades[pattern] = grade
        cooked["severity"] = grades
    return cooked


def _toml_mistake(name: str, message: str) -> Mistake:
    place = re.search(r" \(at line (\d+), column (\d+)\)\Z", message)
    if place is None:
        return Mistake(name, 1, 1, f"not TOML: {message}")
    return Mistake(name, int(place[1]), int(place[2]), f"not TOML: {message[: place.start()]}")


_TOML_KEY = regex(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""", re.ASCII)
_TOML_HEADER = regex(r"\s*\[(\[?)\s*([^\[\]]+?)\s*\]")
_TOML_PART = regex(r"""[\w-]+|"[^"]*"|'[^']*'""", re.ASCII)


def _toml_places(text: str) -> Node:
    """The lines of a TOML file's tables and keys. A part of an inline table stands at its key."""
    root = Node(1, 1)
    table = root
    for number, line in enumerate(text.splitlines(), 1):
        header = _TOML_HEADER.match(line)
        key = None if header else _TOML_KEY.match(line)
        if header:
            table = _descend(root, header[2], number, header.start(2) + 1, _into_last)
            if header[1]:
                item = Node(number, header.start(2) + 1)
                table.parts[len(table.parts)] = item
                table = item
        elif key:
            _descend(table, key[1], number, key.start(1) + 1, lambda node: node)
    return root


def _descend(node: Node, dotted: str, line: int, column: int, enter: Callable[[Node], Node]) -> Node:
    for part in _TOML_PART.findall(dotted):
        name = part.strip("\"'")
        node = enter(node)
        if name not in node.parts:
            node.parts[name] = Node(line, column)
        node = node.parts[name]
    return node


def _into_last(node: Node) -> Node:
    """The newest element of an array of tables, or the table itself."""
    last = len(node.parts) - 1
    return node.parts[last] if last >= 0 and last in node.parts else node
