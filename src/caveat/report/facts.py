"""Facts as JSON lines: one object a line, `type, path, start, end, text` first, ASCII only.

`start`, `end`, `scope_start` and `scope_end` are code point offsets into the decoded file; `text` is what
the file has between `start` and `end`. Numbers of doses are strings, so that no digit is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from caveat.analysis.facts import Analysis, Citation, Claim, Cue, Disclosure, Dose, Mention
from caveat.source import Span


def jsonl(analyses: Iterable[Analysis]) -> Iterator[str]:
    """The facts of each analysed article as lines of JSON, each ending in a newline, in reading order."""
    for analysis in analyses:
        for values in fact_values(analysis):
            yield json.dumps(values) + "\n"


def fact_values(analysis: Analysis) -> list[dict[str, Any]]:
    """The facts of one article as JSON values, sorted by place; facts at one place keep a fixed order of types."""
    facts = [
        *(_mention(mention, analysis) for mention in analysis.mentions),
        *(_cue(cue, analysis) for cue in analysis.cues),
        *(_citation(citation, analysis) for citation in analysis.citations),
        *(_claim(claim, analysis) for claim in analysis.claims),
        *(_dose(dose, analysis) for dose in analysis.doses),
        *(_disclosure(disclosure, analysis) for disclosure in analysis.disclosures),
    ]
    return sorted(facts, key=lambda fact: (fact["start"], fact["end"]))


def _in_source(block: int | None, span: Span, analysis: Analysis) -> Span:
    return span if block is None else analysis.document.blocks[block].to_source(span)


def _head(kind: str, block: int | None, span: Span, analysis: Analysis) -> dict[str, Any]:
    source = analysis.document.source
    place = _in_source(block, span, analysis)
    return {
        "type": kind,
        "path": source.path,
        "start": place.start,
        "end": place.end,
        "text": place.of(source.text),
    }


def _mention(mention: Mention, analysis: Analysis) -> dict[str, Any]:
    return {
        **_head("mention", mention.block, mention.span, analysis),
        "concept": mention.concept.value,
        "id": mention.id,
        "group": mention.group,
        "tags": sorted(mention.tags),
    }


def _cue(cue: Cue, analysis: Analysis) -> dict[str, Any]:
    scope = _in_source(cue.block, cue.scope, analysis)
    return {
        **_head("cue", cue.block, cue.span, analysis),
        "role": cue.role.value,
        "scope_start": scope.start,
        "scope_end": scope.end,
    }


def _citation(citation: Citation, analysis: Analysis) -> dict[str, Any]:
    return {
        **_head("citation", citation.block, citation.span, analysis),
        "kind": citation.kind,
        "target": citation.target,
        "resolved": citation.resolved,
    }


def _claim(claim: Claim, analysis: Analysis) -> dict[str, Any]:
    return {
        **_head("claim", claim.block, claim.span, analysis),
        "strength": claim.strength.value,
        "polarity": claim.polarity.value,
        "direction": claim.direction.value,
        "subject": claim.subject_text or (claim.subject.text if claim.subject else ""),
        "predicate": claim.predicate,
        "target": claim.target_text,
        "evidence": [_citation(citation, analysis) for citation in claim.evidence],
        "cues": [cue.text for cue in claim.cues],
        "subject_id": claim.subject.id if claim.subject else "",
        "targets": [{"concept": target.concept.value, "id": target.id} for target in claim.targets],
        "form": claim.form.value,
        "circumstances": sorted(circumstance.value for circumstance in claim.circumstances),
    }


def _number(value: Decimal | None) -> str | None:
    """As the text states it: no exponent, trailing zeros kept."""
    return None if value is None else format(value, "f")


def _dose(dose: Dose, analysis: Analysis) -> dict[str, Any]:
    return {
        **_head("dose", dose.block, dose.span, analysis),
        "low": _number(dose.low),
        "high": _number(dose.high),
        "unit": dose.unit,
        "per": dose.per,
        "role": dose.role.value,
        "frequency": _number(dose.frequency),
        "frequency_text": dose.frequency_text,
        "route": dose.route,
        "population": dose.population,
        "substance": dose.substance,
        "comparator": dose.comparator,
        "count": _number(dose.count),
        "duration": dose.duration,
        "form": dose.form,
        "indication": dose.indication,
        "cues": list(dose.cues),
    }


def _disclosure(disclosure: Disclosure, analysis: Analysis) -> dict[str, Any]:
    return {
        **_head("disclosure", disclosure.block, disclosure.span, analysis),
        "kind": disclosure.kind.value,
        "topic": disclosure.topic,
        "exact": disclosure.exact,
        "cues": list(disclosure.cues),
    }
