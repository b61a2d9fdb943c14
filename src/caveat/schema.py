"""The JSON Schema of each kind of file that people write for Caveat."""

from __future__ import annotations

from enum import StrEnum

from caveat.config import Config
from caveat.packs.schema import Schema, description_of, grade_schema, lexicon_schema, pack_schema, schema_of


class Written(StrEnum):
    """The files that have a schema."""

    PACK = "pack"
    LEXICON = "lexicon"
    CONFIG = "config"


def json_schema(what: str = Written.PACK) -> Schema:
    """The schema (draft 2020-12) of rule packs, vocabulary files or configurations.

    Raises:
        ValueError: for a name that is none of `Written`.
    """
    match Written(what):
        case Written.PACK:
            return pack_schema()
        case Written.LEXICON:
            return lexicon_schema()
        case Written.CONFIG:
            return config_schema()


def config_schema() -> Schema:
    """The schema of configurations."""
    schema = schema_of(Config, "A Caveat configuration")
    schema["$defs"]["Grade"] = grade_schema()
    override = schema["$defs"]["Override"]
    override.setdefault("required", []).append("files")
    for layer in (schema, override):
        layer["properties"]["severity"] = {
            **description_of(layer["properties"]["severity"]),
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/Grade"},
        }
    return schema
