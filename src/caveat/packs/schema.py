"""JSON Schemas (draft 2020-12) of the files that people write, for completion and checks in editors.

They are made from the same dataclasses that the loaders decode into, with the field notes of their docstrings
as descriptions. A file names its schema in a first line such as
`# yaml-language-server: $schema=caveat-pack.schema.json`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from caveat.packs.decode import adapter, hyphenated
from caveat.packs.lexiconfile import StemFile, VocabularyFile
from caveat.packs.load import PackFile
from caveat.packs.model import Example, Rule
from caveat.packs.override import DEFAULT, SOFTENED, Grade
from caveat.packs.rulefile import SLUG, WHEN_BY_KIND
from caveat.packs.scope import Level, Profile

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def pack_schema() -> Schema:
    """The schema of rule packs."""
    schema = schema_of(PackFile, "A Caveat rule pack")
    rule = schema_of(Rule, "")
    definitions = {**schema.get("$defs", {}), **rule.pop("$defs")}
    definitions["Rule"] = _rule(rule, definitions)
    definitions["Grade"] = grade_schema()
    properties = schema["properties"]
    properties["pack"]["pattern"] = _ecma(SLUG)
    properties["rules"]["items"] = {"$ref": "#/$defs/Rule"}
    properties["severity"]["additionalProperties"] = {"$ref": "#/$defs/Grade"}
    return {**schema, "$defs": definitions}


def _rule(rule: Schema, definitions: Schema) -> Schema:
    """The rule as it is written: a severity that may differ by profile, examples as text, `when` by kind."""
    properties = rule["properties"]
    del properties["severity-by"], properties["softened"]
    properties["id"]["pattern"] = _ecma(SLUG)
    properties["severity"] = {**description_of(properties["severity"]), "$ref": "#/$defs/Grade"}
    properties["when"] = {"type": "object", "description": "What makes the rule fire; its keys depend on the kind."}
    example = definitions.pop(Example.__name__)
    definitions["Example"] = {"anyOf": [{"type": "string", "minLength": 1}, example]}
    for side in ("bad", "good"):
        definitions["Examples"]["properties"][side]["minItems"] = 1
    rule["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind.value}}, "required": ["kind"]},
            "then": {"properties": {"when": {"$ref": f"#/$defs/{when.__name__}"}}},
        }
        for kind, when in WHEN_BY_KIND.items()
    ]
    for text in ("title", "message", "why", "suggestion"):
        properties[text]["minLength"] = 1
    return rule


def lexicon_schema() -> Schema:
    """The schema of vocabulary files."""
    words = schema_of(VocabularyFile, "")
    stems = schema_of(StemFile, "")
    definitions = {**words.pop("$defs"), **stems.pop("$defs")}
    words.pop("$schema")
    stems.pop("$schema")
    definitions["EntryText"]["properties"]["names"]["minItems"] = 1
    return {
        "$schema": DIALECT,
        "title": "A Caveat vocabulary file",
        "anyOf": [{"$ref": "#/$defs/VocabularyFile"}, {"$ref": "#/$defs/StemFile"}],
        "$defs": {**definitions, "VocabularyFile": words, "StemFile": stems},
    }


def grade_schema() -> Schema:
    """A severity as it is written: one level, or a level by profile."""
    level = {"enum": [one.value for one in Level]}
    names = [DEFAULT, SOFTENED, *(profile.value for profile in Profile)]
    by_profile = {
        "type": "object",
        "properties": dict.fromkeys(names, level),
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"description": str(Grade.__doc__).split("\n", maxsplit=1)[0], "anyOf": [level, by_profile]}


def schema_of(shape: type, title: str) -> Schema:
    """The schema of a dataclass, without the decoder's list around it and with descriptions of its fields."""
    schema = adapter(shape).json_schema()
    definitions: Schema = schema["$defs"]
    for one in _dataclasses(shape, {}).values():
        described = definitions.get(one.__name__)
        if described is not None:
            _describe(described, one)
    top: Schema = definitions.pop(shape.__name__)
    for part in (top, *definitions.values()):
        _tidy(part)
    top = {"$schema": DIALECT, **({"title": title} if title else {}), **top}
    return {**top, "$defs": definitions}


def _dataclasses(shape: Any, found: dict[str, type]) -> dict[str, type]:
    """Every dataclass that is part of a shape, by name."""
    for inner in get_args(shape):
        _dataclasses(inner, found)
    if isinstance(shape, type) and is_dataclass(shape) and shape.__name__ not in found:
        found[shape.__name__] = shape
        for hint in get_type_hints(shape).values():
            _dataclasses(hint, found)
    return found


def _describe(schema: Schema, shape: type) -> None:
    """Give each property the sentences of the docstrings that name its field in backticks."""
    text = " ".join(" ".join(str(one.__doc__).split()) for one in shape.__mro__ if is_dataclass(one))
    sentences = re.split(r"(?<=[.;:]) (?=[`A-Z])", text)
    for field in fields(shape):
        key = hyphenated(field.name)
        told = [s for s in sentences if f"`{field.name}`" in s or f"`{key}`" in s]
        if told and key in schema.get("properties", {}):
            schema["properties"][key]["description"] = " ".join(told)


def _tidy(schema: Schema) -> None:
    """Drop the titles and defaults that only repeat what stands there, and allow null nowhere."""
    schema.pop("title", None)
    for key, value in schema.get("properties", {}).items():
        value.pop("title", None)
        if value.get("default") in (None, "", [], {}):
            value.pop("default", None)
        options = [o for o in value.get("anyOf", ()) if o != {"type": "null"}]
        if len(options) == 1:
            del value["anyOf"]
            schema["properties"][key] = {**options[0], **value}


def description_of(value: Mapping[str, Any]) -> Schema:
    """A property's description alone."""
    return {"description": value["description"]} if "description" in value else {}


def _ecma(pattern: re.Pattern[str]) -> str:
    return "^" + pattern.pattern.removesuffix(r"\Z") + "$"
