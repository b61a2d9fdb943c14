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
from caveat.report.visible import one_line, visible
from caveat.source import Source, Span

_WORDS = 70  # code points of a fact's words in the table


def jsonl(analyses: Iterable[Analysis]) -> Iterator[str]:
    """The facts of each analysed article as lines of JSON without their line ends, in reading order."""
    for analysis in analyses:
        for values in fact_values(analysis):
            yield json.dumps(values)


def table(analysis: Analysis) -> Iterator[str]:
    """The facts of one article for a person: the path, then a line a fact, without their line ends.

    A line has the place, the type, the words and what the analysis makes of them; all of it is harmless in
    a terminal.
    """
    source = analysis.document.source
    yield visible(source.path)
    for values in fact_values(analysis):
        place = source.position(values["start"])
        lead = f"  {f'{place.line}:{place.column}':<8} {values['type']:<10}"
        yield f"{lead}  {_short(one_line(values['text']))}  {_said(values, source)}".rstrip()


def _said(values: dict[str, Any], source: Source) -> str:
    """What a fact says beyond its words, on one line."""
    match values["type"]:
        case "claim":
            parts = [values["strength"], values["polarity"], values["direction"]]
            return one_line(f"-> {' '.join(parts)}: {values['subject']} | {values['predicate']} | {values['target']}")
        case "cue":
            scope = source.text[values["scope_start"] : values["scope_end"]]
            return f"-> {values['role']}: {_short(one_line(scope))}"
        case "dose":
            keys = ("substance", "role", "frequency_text", "route", "population", "indication", "duration")
            amount = "-".join(value for value in (values["low"], values["high"]) if value)
            per = f"/{values['per']}" if values["per"] else ""
            told = ", ".join(values[key] for key in keys if values[key])
            return one_line(f"-> {values['comparator']}{amount} {values['unit']}{per}, {told}")
        case "mention":
            return one_line(f"-> {values['concept']} {values['id']}")
        case "citation":
            return one_line(f"-> {values['kind']} {values['target']}{'' if values['resolved'] else ' (unresolved)'}")
        case _:
            return one_line(f"-> {values['kind']} {values['topic']}{'' if values['exact'] else ' (altered)'}")


def _short(text: str) -> str:
    return text if len(text) <= _WORDS else text[:_WORDS].rstrip() + " …"


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
        "route": dose.route or "",
        "population": dose.population,
        "substance": dose.substance,
        "comparator": dose.comparator or "",
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
