"""The JSON Schemas say what the loaders say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from caveat.packs.files import rules_dir
from caveat.packs.yaml import parse, parse_file
from caveat.schema import Written, json_schema

SAMPLES = Path(__file__).with_name("samples")
FULL = (SAMPLES / "pack.yaml").read_text(encoding="utf-8")
FULL_CONFIG = (SAMPLES / "config.yaml").read_text(encoding="utf-8")


def validator(what: str) -> Draft202012Validator:
    return Draft202012Validator(json_schema(what))


def shipped(folder: str) -> Iterator[Path]:
    yield from sorted((rules_dir() / folder).rglob("*.yaml"))


@pytest.mark.parametrize("what", list(Written))
def test_each_schema_is_a_schema(what: str) -> None:
    Draft202012Validator.check_schema(json_schema(what))


def test_every_shipped_pack_fits() -> None:
    check = validator("pack")
    found = {str(p): [e.message[:200] for e in check.iter_errors(parse_file(p).value)] for p in shipped("packs")}
    assert found
    assert not any(found.values()), {p: e for p, e in found.items() if e}


def test_every_shipped_vocabulary_fits() -> None:
    check = validator("lexicon")
    values = {p: parse_file(p).value for p in shipped("lexicon")}
    words = {p: v for p, v in values.items() if isinstance(v, dict) and {"concept", "suffixes"} & v.keys()}
    assert words
    assert [p.name for p, v in words.items() if not check.is_valid(v)] == []


def broken(old: str, new: str) -> Any:
    assert FULL.count(old) == 1
    return parse(FULL.replace(old, new), "p.yaml").value


def test_a_full_pack_fits() -> None:
    assert list(validator("pack").iter_errors(parse(FULL, "p.yaml").value)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity: note", "serverity: note"),
        ("severity: note", "severity: notes"),
        ("kind: phrase", "kind: phrases"),
        ("kind: phrase", "kind: claim"),
        ("[hedged]", "[hegded]"),
        ("[A plant.]", "[]"),
        ("why: Readers take promise for proof.", "why: ''"),
        ("default: warning", "defualt: warning"),
        ("id: shown-promise", "id: Shown promise"),
        ("format: html", "format: htm"),
        ("pack: efficacy", "severity: {a/b: of}\npack: efficacy"),
    ],
)
def test_a_broken_pack_does_not_fit(old: str, new: str) -> None:
    assert not validator("pack").is_valid(broken(old, new))


def test_a_configuration_fits_and_a_broken_one_does_not() -> None:
    check = validator("config")
    assert list(check.iter_errors(parse(FULL_CONFIG, "c.yaml").value)) == []
    for text in ("profil: article\n", "fail-on: waring\n", "overrides: [{profile: article}]\n", "severity: {a/: of}\n"):
        assert not check.is_valid(parse(text, "c.yaml").value), text


def test_fields_carry_their_notes() -> None:
    config = json_schema("config")["properties"]
    assert "an id, a pack" in config["ignore"]["description"]
    assert "site's template" in config["provided-by-template"]["description"]
    assert "precedence" in json_schema("pack")["properties"]["precedence"]["description"]
