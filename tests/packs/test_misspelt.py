"""Every key and every word of a closed set in a rule, the dose reference or a configuration, misspelt one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from caveat.config import Accepted, Config, Override
from caveat.configfile import load_config, unknown_rules
from caveat.finding import Authority
from caveat.packs.decode import hyphenated
from caveat.packs.errors import Mistake, MistakesError
from caveat.packs.files import rules_dir
from caveat.packs.load import load_packs
from caveat.packs.model import Example, Examples, Kind, Rule
from caveat.packs.referencefile import BandEntry, Named, ReferenceFile, Source, SubstanceEntry, load_reference
from caveat.packs.rulefile import WHEN_BY_KIND, Known
from caveat.packs.scope import Profile
from caveat.packs.units import load_units
from caveat.packs.yaml import parse_file

Place = tuple[str | int, ...]

RULES = parse_file(Path(__file__).with_name("samples") / "every-key.yaml").value
REFERENCE = yaml.safe_load("""
sources:
  label: {title: A label, checked: "2026-01-01", url: "https://example.org/a", verified: true, jurisdiction: eu}
substances:
  zinc:
    status: supplement
    source: label
    indications: [zinc-deficiency]
    uses: {common-cold: label}
    warnings: [liver]
    strengths: [25 mg]
    iu: [1 mg]
    aliases: [zinc-citrate]
    weekly: true
    doses:
      - single: 25 mg
        usual: 25-50 mg
        limit: 40 mg
        single-limit: 40 mg
        kind: ul
        product: extended-release
        route: oral
        population: child
        period: week
        per: kg
        every: 2
        indications: [zinc-deficiency]
        off-label: true
        rx: true
        note: With food.
        source: label
""")

CONFIG = parse_file(Path(__file__).with_name("samples") / "config.yaml").value
SAMPLES: dict[str, Any] = {"rules": RULES, "reference": REFERENCE, "config": CONFIG}

KNOWN = Known(
    frozenset({"condition", "drug"}),
    frozenset({"treat"}),
    frozenset({"liver"}),
    lambda template: None if "wonder" in template else "not a template",
)
IDS = ("dosing/no-space", "efficacy/shown-promise", "editorial/clickbait-title", "disclosure/informational-disclaimer")
NAMED = Named(frozenset({"zinc", "zinc-citrate", "zinc-deficiency", "common-cold"}), frozenset({"liver"}))

FREE = frozenset(
    {"id", "title", "section", "why", "suggestion", "text", "good", "bad", "any", "none", "also", "spare", "wording",
     "pattern", "url", "checked", "note", "product", "message", "reason", "packs", "include", "exclude", "files",
     "baseline", "author", "reviewer", "date"}
)  # fmt: skip
"""Keys whose text is the author's own; what a template, pattern or message may hold is tested where it is read."""


def parts(value: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value in a value, with its place."""
    yield at, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from parts(part, (*at, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from parts(part, (*at, i))


def with_key(value: Any, at: Place, key: str) -> Any:
    """The value with the last key of a place called `key`."""
    if isinstance(value, dict):
        return {
            (key if len(at) == 1 and k == at[0] else k): with_key(v, at[1:], key) if at[:1] == (k,) else v
            for k, v in value.items()
        }
    return [with_key(v, at[1:], key) if at[:1] == (i,) else v for i, v in enumerate(value)] if at else value


def with_value(value: Any, at: Place, new: Any) -> Any:
    """The value with another at a place."""
    if not at:
        return new
    items = value.items() if isinstance(value, dict) else enumerate(value)
    changed = {k: with_value(v, at[1:], new) if k == at[0] else v for k, v in items}
    return changed if isinstance(value, dict) else list(changed.values())


def last_key(at: Place) -> str:
    return next(step for step in reversed(at) if isinstance(step, str))


def is_free(at: Place) -> bool:
    """Whether the text at a place is the author's own. `any` and `none` are words in some kinds, triggers in others."""
    key = last_key(at)
    if key in ("any", "none") and at[0] == "rules":
        return RULES["rules"][at[1]]["kind"] in ("phrase", "claim")
    return key in FREE or "names" in at or at[-2:-1] == ("words",) or at in (("pack",), ("title",))


def keys(value: Any) -> Iterator[Place]:
    """The place of every key, those that the author chooses left out."""
    for at, _ in parts(value):
        if at and isinstance(at[-1], str) and at[-2:-1] != ("words",) and at[-1] not in ("label", "dosing/*"):
            yield at


KEYS = [(which, at) for which, sample in SAMPLES.items() for at in keys(sample)]
WORDS = [
    (which, at)
    for which, sample in SAMPLES.items()
    for at, value in parts(sample)
    if not isinstance(value, dict | list) and not is_free(at)
]


def mistakes(which: str, value: Any, folder: Path) -> tuple[Mistake, ...]:
    """What is said of a file; it is always refused by mistakes, never by a crash."""
    file = folder / "x.yaml"
    file.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True), encoding="utf-8")
    try:
        match which:
            case "rules":
                load_packs([folder], known=KNOWN)
            case "reference":
                load_reference(folder, load_units(rules_dir() / "units.yaml"), NAMED)
            case _:
                return tuple(unknown_rules(load_config(file), IDS))
    except MistakesError as error:
        return error.mistakes
    return ()


def problems(which: str, value: Any, folder: Path) -> str:
    """The mistakes in a file, each with its place."""
    found = mistakes(which, value, folder)
    assert found
    assert all(m.line > 0 and m.path.endswith("x.yaml") for m in found)
    return "\n".join(map(str, found))


@pytest.mark.parametrize("which", SAMPLES)
def test_the_samples_load(which: str, tmp_path: Path) -> None:
    assert mistakes(which, SAMPLES[which], tmp_path) == ()


@pytest.mark.parametrize(
    ("shape", "kind"),
    [(Rule, None), (Examples, None), (Example, None), (Authority, None), *((w, k) for k, w in WHEN_BY_KIND.items())],
)
def test_the_sample_holds_every_key_of_a_rule(shape: type, kind: Kind | None) -> None:
    rules = [rule for rule in RULES["rules"] if kind is None or rule["kind"] == kind]
    given = {step for rule in rules for at, _ in parts(rule) for step in at}
    assert {hyphenated(f.name) for f in fields(shape)} - {"severity-by", "softened"} <= given


@pytest.mark.parametrize(
    ("which", "shape"),
    [
        *(("reference", shape) for shape in (ReferenceFile, Source, SubstanceEntry, BandEntry)),
        *(("config", shape) for shape in (Config, Override, Accepted)),
    ],
)
def test_the_samples_hold_every_other_key(which: str, shape: type) -> None:
    assert {hyphenated(f.name) for f in fields(shape)} <= {step for at, _ in parts(SAMPLES[which]) for step in at}


@pytest.mark.parametrize(("which", "at"), KEYS, ids=str)
def test_a_misspelt_key_is_refused_with_the_right_one(which: str, at: Place, tmp_path: Path) -> None:
    wrong = f"{at[-1]}x"
    told = problems(which, with_key(SAMPLES[which], at, wrong), tmp_path)
    assert f'"{wrong}"' in told
    assert f'did you mean "{at[-1]}"?' in told


@pytest.mark.parametrize(("which", "at"), WORDS, ids=str)
def test_a_misspelt_word_of_a_closed_set_is_refused_with_the_right_one(which: str, at: Place, tmp_path: Path) -> None:
    sample = SAMPLES[which]
    old = next(v for place, v in parts(sample) if place == at)
    told = problems(which, with_value(sample, at, f"{old}x"), tmp_path)
    assert f'"{old}x"' in told
    if isinstance(old, str) and not old[0].isdigit():
        assert f'did you mean "{old}"?' in told
    else:
        assert any(wanted in told for wanted in ("is wanted here", "is no amount"))


def test_the_sample_tries_every_profile() -> None:
    assert set(RULES["rules"][0]["severity"]) == {"default", "softened", *(p.value for p in Profile)}
