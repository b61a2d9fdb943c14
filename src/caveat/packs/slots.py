"""The slots that a rule's message may hold, by kind: what each check fills in."""

from __future__ import annotations

from collections.abc import Mapping

from caveat.packs.model import Kind

_COMMON = frozenset({"text", "subject", "predicate", "target", "cue"})

SLOTS: Mapping[Kind, frozenset[str]] = {
    Kind.PHRASE: _COMMON,
    Kind.CLAIM: _COMMON | {"dose", "indication", "evidence", "other", "count", "species", "strength", "listed"},
    Kind.DISCLOSURE: _COMMON | {"kind", "topic", "substance", "dose", "found", "wanted", "missing", "count"},
    Kind.DOSE: _COMMON
    | {
        "substance", "dose", "other", "first", "second", "value", "unit", "low", "high", "single", "total",
        "expected", "stated", "frequency", "route", "duration", "population", "indication", "limit", "reference",
        "source", "factor", "count", "wanted", "per", "percent",
    },
    Kind.METADATA: _COMMON | {"key", "value", "date", "months", "limit", "found", "count", "wanted"},
    Kind.BALANCE: _COMMON | {"benefits", "risks", "ratio", "limit", "substance", "count"},
}  # fmt: skip
