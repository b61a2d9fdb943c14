"""Pack files into packs: every file read, every mistake of every file told at once.

A pack that `extends` another takes its rules in and may give them other severities. The extended pack
stays a pack of its own in the result, so that ids, precedence and documentation keep their place; what
changes is the severity of its rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from caveat.packs.decode import Decoder
from caveat.packs.errors import Mistake, PackError, did_you_mean
from caveat.packs.files import is_path, pack_files, pack_files_in, shown
from caveat.packs.model import Pack, Rule, full_id
from caveat.packs.override import decode_grade, named, pattern_hint, regrade
from caveat.packs.rulefile import SLUG, Known, decode_rule
from caveat.packs.yaml import Loc, parse_file
from caveat.values import dataclass

_RESERVED = "caveat"  # the rules about suppressions and settings, which no pack holds


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack file as it is written.

    `extends` names packs, or pack files by a path relative to this one; `severity` maps ids or patterns of
    their rules (`dosing/*`) to a level, or to a level by profile. Each list in `precedence` orders slugs, or
    ids where rules of other packs are meant: of those that fire in one sentence only the first is reported.
    """

    pack: str
    title: str
    rules: tuple[Any, ...] = ()
    extends: tuple[str, ...] = ()
    severity: Mapping[str, Any] = field(default_factory=dict)
    precedence: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class _Draft:
    """A pack file on its way to a pack."""

    path: Path
    builtin: bool
    decoder: Decoder
    header: PackFile
    rules: list[tuple[int, Rule]]
    slugs: set[str]
    extends: list[tuple[int, Path]] = field(default_factory=list)  # the index of the name, and the file


def load_packs(paths: Iterable[Path], *, builtin: Iterable[Path] = (), known: Known | None = None) -> tuple[Pack, ...]:
    """Load pack files, and whatever they extend, into packs with all overrides applied.

    Args:
        paths: pack files or folders of them (`*.yaml`, not below), in the order in which overrides apply.
        builtin: the shipped pack files, loaded first. The names of their packs are taken.
        known: what the names and templates in rules are checked against, if at all.

    Returns:
        The packs, extended ones before those that extend them. Files with the same `pack` make one pack.

    Raises:
        PackError: with every mistake of every file.
    """
    loader = _Loader(known)
    for path in builtin:
        loader.add(path, builtin=True)
    for path in paths:
        loader.add(path)
    return loader.finish()


def rule_places(paths: Iterable[Path]) -> Mapping[str, str]:
    """Where each rule of sound pack files stands, those among them that they extend by path, as `file:line:column`."""
    places: dict[str, str] = {}
    for path in pack_files(paths):
        parsed = parse_file(path, shown(path))
        for i, rule in enumerate(parsed.value.get("rules", ())):
            line, column = parsed.place(("rules", i, "id"))
            places[full_id(rule["id"], parsed.value["pack"])] = f"{parsed.path}:{line}:{column}"
    return places


class _Loader:
    """Gathers drafts and mistakes over all files of one load."""

    def __init__(self, known: Known | None) -> None:
        self._known = known
        self._drafts: dict[Path, _Draft] = {}
        self._seen: set[Path] = set()
        self._mistakes: list[Mistake] = []

    def add(self, path: Path, *, builtin: bool = False) -> None:
        """Read a file or the files of a folder, and then the files that they extend."""
        pending = pack_files_in(path)
        if not pending:
            self._mistakes.append(Mistake(shown(path), 0, 0, "a folder without pack files (*.yaml)"))
        while pending:
            one = pending.pop(0)
            resolved = one.resolve()
            if resolved in self._seen:
                continue
            self._seen.add(resolved)
            draft = self._read(one, builtin=builtin)
            if draft is not None:
                self._drafts[resolved] = draft
                pending.extend(self._extended_files(draft))

    def finish(self) -> tuple[Pack, ...]:
        """Check what needs all files together, apply overrides, and give the packs."""
        self._check_names()
        self._check_ids()
        self._find_extended_packs()
        ordered = self._ordered()
        rules = {rule.id: rule for draft in ordered for _, rule in draft.rules}
        for draft in ordered:
            self._override(draft, rules)
        self._check_precedence(ordered)
        for draft in self._drafts.values():
            self._mistakes.extend(draft.decoder.mistakes)
        if self._mistakes:
            raise PackError(self._mistakes)
        return _merge(ordered, rules)

    def _read(self, path: Path, *, builtin: bool) -> _Draft | None:
        decoder = Decoder(parse_file(path, shown(path)))
        value = decoder.parsed.value
        if value is None:
            if not decoder.mistakes:
                decoder.complain((), "an empty pack file")
            self._mistakes.extend(decoder.mistakes)
            return None
        header = decoder.decode_as_meant(PackFile, value) if isinstance(value, Mapping) else None
        if header is None:
            if not isinstance(value, Mapping):
                decoder.complain((), "a pack file is a mapping of keys to values")
            header = _salvage(value)
        else:
            decoder.refuse_empty({k: v for k, v in value.items() if k != "rules"})
        if header.pack and not SLUG.match(header.pack):
            decoder.complain(("pack",), f'"{header.pack}" is not a slug', "lower-case words joined by hyphens")
        rules = []
        for i, raw in enumerate(header.rules):
            rule = decode_rule(decoder, raw, ("rules", i), header.pack, self._known)
            if rule is not None:
                rules.append((i, rule))
        slugs = {str(raw["id"]) for raw in header.rules if isinstance(raw, Mapping) and "id" in raw}
        return _Draft(path, builtin, decoder, header, rules, slugs)

    def _extended_files(self, draft: _Draft) -> list[Path]:
        for i, name in enumerate(draft.header.extends):
            if not is_path(name):
                continue
            path = draft.path.parent / name
            if path.is_file():
                draft.extends.append((i, path.resolve()))
            else:
                draft.decoder.complain(("extends", i), f'no file "{name}" beside this one')
        return [path for _, path in draft.extends]

    def _find_extended_packs(self) -> None:
        """Resolve what is extended by the name of a pack, once all are read."""
        by_name: dict[str, list[Path]] = {}
        for path, draft in self._drafts.items():
            by_name.setdefault(draft.header.pack, []).append(path)
        for draft in self._drafts.values():
            for i, name in enumerate(draft.header.extends):
                if is_path(name):
                    continue
                if name in by_name:
                    draft.extends.extend((i, path) for path in by_name[name])
                else:
                    others = by_name.keys() - {draft.header.pack}
                    draft.decoder.complain(("extends", i), f'unknown pack "{name}"', did_you_mean(name, others))

    def _check_names(self) -> None:
        """Refuse own packs that go by the name of a built-in one: their rules would be taken for its rules."""
        taken = {_RESERVED, *(draft.header.pack for draft in self._drafts.values() if draft.builtin)}
        hint = 'choose another; to change severities, name the pack under "extends" and its rules under "severity"'
        for draft in self._drafts.values():
            if draft.header.pack in taken and not draft.builtin:
                draft.decoder.complain(("pack",), f'"{draft.header.pack}" is the name of a built-in pack', hint)

    def _check_ids(self) -> None:
        places: dict[str, str] = {}
        for draft in self._drafts.values():
            for i, raw in enumerate(draft.header.rules):
                if not isinstance(raw, Mapping) or not isinstance(raw.get("id"), str):
                    continue
                loc = ("rules", i, "id")
                rule = f"{draft.header.pack}/{raw['id']}"
                line, column = draft.decoder.parsed.place(loc)
                here = f"{draft.decoder.parsed.path}:{line}:{column}"
                if rule in places:
                    draft.decoder.complain(loc, f'rule id "{rule}" is given twice, first at {places[rule]}')
                else:
                    places[rule] = here

    def _ordered(self) -> list[_Draft]:
        """Drafts with extended ones first; a cycle is a mistake of the file that closes it."""
        ordered: list[_Draft] = []
        state: dict[Path, bool] = {}  # False while being visited, True when done

        def visit(path: Path, trail: tuple[Path, ...]) -> None:
            draft = self._drafts.get(path)
            if draft is None or state.get(path):
                return
            state[path] = False
            for i, target in draft.extends:
                if state.get(target) is False:
                    round_trip = (*trail, path)
                    names = " → ".join(p.name for p in (*round_trip[round_trip.index(target) :], target))
                    draft.decoder.complain(("extends", i), f"packs extend each other in a circle: {names}")
                else:
                    visit(target, (*trail, path))
            state[path] = True
            ordered.append(draft)

        for path in list(self._drafts):
            visit(path, ())
        return ordered

    def _override(self, draft: _Draft, rules: dict[str, Rule]) -> None:
        reach = self._reach(draft)
        ids = [f"{d.header.pack}/{slug}" for d in reach for slug in sorted(d.slugs)]
        for pattern, value in draft.header.severity.items():
            loc = ("severity", pattern)
            grade = decode_grade(draft.decoder, value, loc)
            targets = named(pattern, ids)
            if not draft.header.extends:
                hint = 'name the pack that holds them under "extends"'
                draft.decoder.complain(loc, "severities for the rules of no other pack", hint, key=True)
            elif not targets:
                message = f'no extended rule is named "{pattern}"'
                draft.decoder.complain(loc, message, pattern_hint(pattern, ids), key=True)
            if grade is not None:
                for rule in targets:
                    if rule in rules:
                        rules[rule] = regrade(rules[rule], grade)

    def _reach(self, draft: _Draft) -> list[_Draft]:
        """Every draft that this one extends, directly or not."""
        found: dict[Path, _Draft] = {}
        pending = [path for _, path in draft.extends]
        while pending:
            path = pending.pop()
            if path not in found and path in self._drafts:
                found[path] = self._drafts[path]
                pending.extend(extended for _, extended in self._drafts[path].extends)
        return list(found.values())

    def _check_precedence(self, ordered: Sequence[_Draft]) -> None:
        slugs: dict[str, set[str]] = {}
        for draft in ordered:
            slugs.setdefault(draft.header.pack, set()).update(draft.slugs)
        ids = {full_id(slug, pack) for pack, of_pack in slugs.items() for slug in of_pack}
        for draft in ordered:
            known = slugs[draft.header.pack]
            named: list[tuple[Sequence[str], Loc]] = [
                (group, ("precedence", i)) for i, group in enumerate(draft.header.precedence)
            ]
            named += [(rule.spoken_for_by, ("rules", i, "spoken-for-by")) for i, rule in draft.rules]
            for group, at in named:
                for j, name in enumerate(group):
                    loc = (*at, j)
                    slug = name.removeprefix(f"{draft.header.pack}/")
                    if "/" in slug and name not in ids:
                        draft.decoder.complain(loc, f'no rule "{name}"', did_you_mean(name, ids))
                    elif "/" not in slug and slug not in known:
                        draft.decoder.complain(loc, f'no rule "{slug}" in this pack', did_you_mean(slug, known))
                    elif name in group[:j]:
                        draft.decoder.complain(loc, f'"{slug}" stands twice in one list')


def _salvage(value: Any) -> PackFile:
    """As much of a faulty header as lets its rules be checked."""
    if not isinstance(value, Mapping):
        return PackFile("", "")
    rules = value.get("rules")
    pack = value.get("pack")
    return PackFile(
        pack if isinstance(pack, str) else "",
        "",
        tuple(rules) if isinstance(rules, list) else (),
    )


def _merge(ordered: Sequence[_Draft], rules: Mapping[str, Rule]) -> tuple[Pack, ...]:
    grouped: dict[str, list[_Draft]] = {}
    for draft in ordered:
        grouped.setdefault(draft.header.pack, []).append(draft)
    return tuple(
        Pack(
            name,
            drafts[0].header.title,
            tuple(rules[rule.id] for draft in drafts for _, rule in draft.rules),
            tuple(group for draft in drafts for group in draft.header.precedence),
        )
        for name, drafts in grouped.items()
    )
