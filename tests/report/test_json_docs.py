"""What docs/json.md tells of the formats is all there is, and is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import loads
from pathlib import Path
from typing import Any

from caveat.engine.linter import Linter
from caveat.report import facts, json

from .sample import report

DOCS = (Path(__file__).resolve().parents[2] / "docs/json.md").read_text(encoding="utf-8")
REPORT, FACTS = DOCS.split("\n## ")[1:]
TEXT = """\
Ginger may cure colds [1]. Take 5 mg of ginger twice a day. Ask your doctor before you take it.

## References

1. A trial of ginger. https://doi.org/10.1000/182
"""


def told(section: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", section))


def keys(value: Any) -> Iterator[str]:
    """Every key, however deep, but those of mappings by jurisdiction and by rule."""
    if isinstance(value, dict):
        for key, part in value.items():
            if re.fullmatch(r"[a-z_]{3,}|id", key):
                yield key
            yield from keys(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys(part)


def test_the_report_is_told_whole() -> None:
    there = set(keys(loads(json.render(report()))))
    values = {"comment", "accepted", "baseline", "document"}
    words = values | {"stops"}  # of a page that several jurisdictions were asked about
    assert there <= told(REPORT)
    assert told(REPORT) - words <= there


def test_the_facts_are_told_whole(linter: Linter) -> None:
    values = facts.fact_values(linter.facts(TEXT))
    of_type = dict(re.findall(r"(?m)^- `(\w+)`: ((?:.|\n  )*)", FACTS))
    assert {fact["type"] for fact in values} == set(of_type)
    for fact in values:
        own = fact.keys() - {"type", "path", "start", "end", "text"}
        assert own <= told(of_type[fact["type"]]) <= set(keys(fact)) | {"concept", "id"}
