"""The slots that a rule's message and suggestion may hold, by kind: what each check fills in."""

from __future__ import annotations

from collections.abc import Mapping

from caveat.packs.model import Kind
from caveat.regex import regex

_COMMON = frozenset({"text", "subject", "predicate", "target", "cue"})

SLOTS: Mapping[Kind, frozenset[str]] = {
    Kind.PHRASE: _COMMON - {"predicate"},
    Kind.CLAIM: _COMMON
    | {"dose", "indication", "evidence", "other", "count", "species", "strength", "listed", "hedge"},
    Kind.DISCLOSURE: _COMMON | {"kind", "topic", "substance", "dose", "found", "wanted", "missing", "count", "where"},
    Kind.DOSE: _COMMON
    | {
        "substance", "dose", "other", "first", "second", "value", "unit", "low", "high", "single", "total",
        "expected", "stated", "frequency", "route", "duration", "population", "indication", "limit", "reference",
        "source", "factor", "count", "wanted", "per", "percent",
    },
    Kind.METADATA: _COMMON | {"key", "value", "date", "months", "limit", "found", "count", "wanted"},
    Kind.BALANCE: _COMMON | {"benefits", "risks", "ratio", "limit", "substance", "count"},
}  # fmt: skip

SLOT = regex(r"\{([\w-]+)\}")

#: What fills a slot where the text names nothing for it.
IN_GENERAL: Mapping[str, str] = {
    "subject": "the product",
    "target": "the condition",
    "substance": "the substance",
    "dose": "this dose",
    "other": "the dose for that use",
    "listed": "Use the wording that is listed for a nutrient which the product holds in the amount required.",
}


def in_general(text: str) -> str:
    """A suggestion as it reads where no article is spoken of: each slot as a word for what fills it, or as "…"."""
    return SLOT.sub(lambda slot: IN_GENERAL.get(slot[1], "…"), text)
