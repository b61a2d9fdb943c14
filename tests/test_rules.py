"""Every rule proves itself: its bad examples are marked, its good ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.engine.linter import Linter
from caveat.engine.proof import prove
from caveat.packs.library import load_rules
from caveat.packs.model import Pack
from caveat.report.pages import rule_pages

ROOT = Path(__file__).resolve().parents[1]
PACKS = load_rules()


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_examples(pack: Pack, linter: Linter) -> None:
    ran, failures = prove(linter, rules=f"{pack.name}/")
    assert ran >= 2 * len(pack.rules)
    assert not failures, "\n" + "\n".join(map(str, failures))


PAIR = """\
pack: pair
title: Two rules on the same words
precedence:
  - [loud, quiet]
rules:
  - id: loud
    title: A title
    kind: phrase
    severity: warning
    when: {any: [stardust]}
    message: "{text}"
    why: A reason.
    suggestion: A way out.
    authority: [{title: Our own rule, verified: true}]
    examples: {bad: [Pure stardust.], good: [A star.]}
  - id: quiet
    title: A title
    kind: phrase
    severity: warning
    when: {any: [stardust, moondust]}
    message: "{text}"
    why: A reason.
    suggestion: A way out.
    authority: [{title: Our own rule, verified: true}]
    examples: {bad: [Stardust in a jar.], good: [A moon.]}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", ["pair/quiet: never reported when all rules are asked: pair/loud before it on every example"]),
        ("quiet\n", "quiet\n    spoken-for-by: [loud]\n", []),
        ("bad: [Stardust in a jar.]", "bad: [Stardust in a jar., Moondust in a jar.]", []),
        (
            "id: loud\n",
            "id: loud\n    spoken-for-by: [pair/quiet]\n",
            [
                'pair/loud: it is reported under its own name, and needs no "spoken-for-by"',
                "pair/quiet: never reported",
            ],
        ),
        ("[Stardust in a jar.]", "[Sawdust in a jar.]", ["pair/quiet: not marked: Sawdust in a jar."]),
        ("  - [loud, quiet]", "  - [quiet, loud]", ["pair/loud: never reported when all rules are asked: pair/quiet"]),
    ],
)
def test_a_rule_that_another_always_speaks_for_is_told(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    file = tmp_path / "pair.yaml"
    file.write_text(PAIR.replace(old, new, 1), encoding="utf-8")
    ran, wrong = prove(Linter.load(packs=[file], start=tmp_path, cache=False), rules="pair/")
    assert ran >= 4
    assert [str(one)[: len(start)] for one, start in zip(wrong, told, strict=True)] == told


def test_pages_are_current() -> None:
    """`caveat rules docs docs/rules` rewrites them."""
    folder = ROOT / "docs" / "rules"
    written = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}
    wanted = rule_pages(PACKS)
    assert written.keys() == wanted.keys()
    assert [name for name in wanted if written[name] != wanted[name]] == []
