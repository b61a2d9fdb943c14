"""Facts as JSON lines: places in the source, numbers as they stand."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from caveat.analysis.facts import (
    Analysis,
    Citation,
    Claim,
    Concept,
    Cue,
    Direction,
    Disclosure,
    DisclosureKind,
    Dose,
    DoseRole,
    Form,
    Mention,
    Polarity,
    Role,
    Sentence,
    Strength,
)
from caveat.document import Block, BlockKind, Document, Format, Piece
from caveat.packs.scope import Profile
from caveat.report.facts import jsonl, table
from caveat.source import Source, Span

SOURCE = "author: Ann\n\nNo trial shows that **ginger** at 4.50 mg cures nausea [1]. Ask a doctor.\n"
TEXT = "No trial shows that ginger at 4.50 mg cures nausea [1]. Ask a doctor."


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def block() -> Block:
    parts = ("No trial shows that ", "ginger", " at 4.50 mg cures nausea [1]. Ask a doctor.")
    pieces = [Piece(TEXT.index(words), at(words, SOURCE), exact=True) for words in parts]
    return Block(BlockKind.PARAGRAPH, TEXT, tuple(pieces))


def analysis() -> Analysis:
    ginger = Mention(0, at("ginger"), "ginger", Concept.HERB, "ginger", tags=frozenset({"b", "a"}))
    nausea = Mention(0, at("nausea"), "nausea", Concept.SYMPTOM, "nausea")
    negation = Cue(0, at("No"), "No", Role.NEGATION, at("trial shows that ginger at 4.50 mg cures nausea"))
    citation = Citation(0, at("[1]"), "[1]", "numbered", "1", resolved=False)
    claim = Claim(
        0,
        at("cures nausea"),
        "cures nausea",
        0,
        ginger,
        "ginger",
        "cure",
        at("cures"),
        (nausea,),
        "nausea",
        Strength.CAUSAL,
        Polarity.NEGATED,
        Direction.BENEFIT,
        Form.ASSERTION,
        evidence=(citation,),
        cues=(negation,),
    )
    dose = Dose(0, at("4.50 mg"), "4.50 mg", Decimal("4.50"), None, "mg", DoseRole.SINGLE, substance="ginger")
    return Analysis(
        Document(Source("a.md", SOURCE), Format.MARKDOWN, (block(),)),
        Profile.ARTICLE,
        (Sentence(0, 0, at("No trial shows that ginger at 4.50 mg cures nausea [1].")),),
        mentions=(ginger, nausea),
        cues=(negation,),
        citations=(citation,),
        claims=(claim,),
        doses=(dose,),
        disclosures=(
            Disclosure(None, at("Ann", SOURCE), "Ann", DisclosureKind.AUTHOR),
            Disclosure(0, at("Ask a doctor"), "Ask a doctor", DisclosureKind.CONSULT),
        ),
    )


def facts() -> list[dict[str, Any]]:
    lines = list(jsonl([analysis()]))
    assert not any("\n" in line for line in lines)
    return [json.loads(line) for line in lines]


def of(kind: str) -> dict[str, Any]:
    return next(fact for fact in facts() if fact["type"] == kind)


def test_every_fact_says_where_it_stands_in_the_source() -> None:
    for fact in facts():
        assert list(fact)[:5] == ["type", "path", "start", "end", "text"]
        assert fact["path"] == "a.md"
        assert SOURCE[fact["start"] : fact["end"]] == fact["text"]


def test_facts_come_in_reading_order() -> None:
    starts = [fact["start"] for fact in facts()]
    assert starts == sorted(starts)
    assert facts()[0]["text"] == "Ann"


def test_a_scope_reaches_over_markup() -> None:
    cue = of("cue")
    assert cue["role"] == "negation"
    assert SOURCE[cue["scope_start"] : cue["scope_end"]] == "trial shows that **ginger** at 4.50 mg cures nausea"


def test_a_claim_names_its_parts_cues_and_evidence() -> None:
    claim = of("claim")
    assert (claim["strength"], claim["polarity"], claim["direction"]) == ("causal", "negated", "benefit")
    assert (claim["subject"], claim["predicate"], claim["target"]) == ("ginger", "cure", "nausea")
    assert claim["cues"] == ["No"]
    assert claim["evidence"][0]["target"] == "1"
    assert claim["evidence"][0]["resolved"] is False


def test_a_dose_keeps_its_digits() -> None:
    dose = of("dose")
    assert (dose["low"], dose["high"], dose["unit"], dose["role"]) == ("4.50", None, "mg", "single")


def test_a_mention_and_a_disclosure_say_what_they_are() -> None:
    assert (of("mention")["concept"], of("mention")["id"], of("mention")["tags"]) == ("herb", "ginger", ["a", "b"])
    assert [fact["kind"] for fact in facts() if fact["type"] == "disclosure"] == ["author", "consult-professional"]


def test_the_table_says_what_each_fact_means() -> None:
    head, *lines = table(analysis())
    assert head == "a.md"
    said = [(line.split()[0], " ".join(line.split()[1:])) for line in lines]
    column = SOURCE.splitlines()[2].index("cures nausea") + 1
    assert ("1:9", "disclosure Ann -> author") in said
    assert (f"3:{column}", "claim cures nausea -> causal negated benefit: ginger | cure | nausea") in said
    assert [words for _, words in said if words.split()[0] in ("cue", "dose", "citation")] == [
        "cue No -> negation: trial shows that **ginger** at 4.50 mg cures nausea",
        "dose 4.50 mg -> 4.50 mg, ginger, single",
        "citation [1] -> numbered 1 (unresolved)",
    ]
