"""The shipped data as one: it loads, and own packs are checked against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from caveat.packs import files
from caveat.packs.cues import load_cues
from caveat.packs.datafile import load_file
from caveat.packs.disclosures import load_disclosures
from caveat.packs.errors import PackError
from caveat.packs.files import builtin_packs, rules_dir
from caveat.packs.library import load_language, load_rules
from caveat.packs.phrases import PhraseLists

OURS = """\
pack: ours
title: Ours
extends: [efficacy]
severity: {efficacy/: note}
rules:
  - id: wonder
    title: Wonder
    kind: phrase
    severity: warning
    when: {any: [wonder], near: [condition]}
    message: "“{text}” is praise"
    why: Praise is no evidence.
    suggestion: Say what was measured.
    authority: []
    examples: {bad: [A wonder for eczema.], good: [A study of eczema.]}
"""


def test_own_packs_join_the_shipped_ones(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(OURS, encoding="utf-8")
    packs = {pack.name: pack for pack in load_rules([ours])}
    assert {rule.severity.value for rule in packs["efficacy"].rules} == {"note"}
    assert [rule.id for rule in packs["ours"].rules] == ["ours/wonder"]
    assert len(builtin_packs()) >= len(packs) - 1


def test_names_and_templates_of_own_packs_are_checked(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        OURS.replace("[condition]", "[condtion]").replace("[wonder]", "[wonder, '@nolist']"), encoding="utf-8"
    )

    def check(template: str) -> str | None:
        return f"no list named {template}" if template == "@nolist" else None

    with pytest.raises(PackError) as caught:
        load_rules([ours], known=replace(load_language().known, template=check))
    assert [(m.line, m.column, m.message) for m in caught.value.mistakes] == [
        (10, 26, "no list named @nolist"),
        (10, 45, 'no class, tag, group or id is named "condtion"'),
    ]


@pytest.mark.parametrize(
    ("load", "text"),
    [
        (load_cues, "cues: [{role: hedge, words: [may, <drog> may]}]"),
        (lambda path, things: load_file(path, PhraseLists, things=things), "lists: {one: [may, <drog> may]}"),
        (lambda path, things: load_disclosures(path.parent, things=things), "never: [may, <drog> may]"),
    ],
)
def test_a_slot_that_asks_for_nothing_known_is_told_in_a_lexicon(
    tmp_path: Path, load: Callable[..., object], text: str
) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load(file, things={"drug"})
    told = [m for m in caught.value.mistakes if m.line]
    assert [(m.line, m.column, m.hint) for m in told] == [(1, text.index("<drog") + 1, 'did you mean "drug"?')]
    assert told[0].message == 'no class, tag, group or id is named "drog"'


def test_rules_lie_in_the_package_or_beside_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (rules_dir() / "packs").is_dir()
    installed = tmp_path / "site-packages/caveat"
    (installed / "rules").mkdir(parents=True)
    monkeypatch.setattr(files, "__file__", str(installed / "packs/files.py"))
    assert rules_dir() == installed.resolve() / "rules"
