"""The shipped data as one: it loads, and own packs are checked against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from caveat.analysis.template_language import TemplateError
from caveat.engine import ruleset
from caveat.packs import files
from caveat.packs.cues import CueData
from caveat.packs.datafile import load_file
from caveat.packs.disclosures import load_disclosures
from caveat.packs.errors import PackError
from caveat.packs.files import builtin_packs, rules_dir
from caveat.packs.library import load_language, load_rules
from caveat.packs.phrases import PhraseLists
from caveat.packs.predicatesfile import load_predicates

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
        (
            lambda path, things: load_file(path, CueData, things=things),
            "cues: [{role: hedge, words: [<drog> may]}]",
        ),
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


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("predicate: relieve, ", "predicate: releive, ", 'no predicate is named "releive" (did you mean "relieve"?)'),
        ("target: migraine", "target: migrane", 'the lexicon has no "migrane" (did you mean "migraine"?)'),
        ("leads: {relieve: ", "leads: {releive: ", 'no predicate is named "releive" (did you mean "relieve"?)'),
        ("outcomes: {relieve: ", "outcomes: {releive: ", 'no predicate is named "releive" (did you mean "relieve"?)'),
    ],
)
def test_names_that_a_file_of_predicates_does_not_know_are_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (
        "predicates: {relieve: {effect: less}}\n"
        "actions: [{predicate: relieve, target: migraine, words: [antimigraine]}]\n"
        "leads: {relieve: [helps with]}\nframes: {outcomes: {relieve: [fewer]}}\n"
    )
    file = tmp_path / "predicates.yaml"
    file.write_text(text, encoding="utf-8")
    assert load_predicates(file, ids={"migraine"}).actions
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_predicates(file, ids={"migraine"})
    (mistake,) = caught.value.mistakes
    assert mistake.line
    assert str(mistake).endswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lists: {one: [b]}", '"one" is given in a.yaml, too'),
        ("bylines: [{kind: funding, any: [paid by]}]", 'no byline tells "funding"'),
        ("signals: [{kind: denied-harm, topic: livr, any: [no harm]}]", 'no key warning is named "livr"'),
    ],
)
def test_what_no_disclosure_asks_for_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.yaml").write_text("lists: {one: [a]}", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_disclosures(tmp_path)
    (mistake,) = [m for m in caught.value.mistakes if m.line]
    assert mistake.path.endswith("b.yaml")
    assert mistake.message == told


def test_a_template_of_the_lexicon_that_can_not_be_read_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    cues = load_file(rules_dir() / "lexicon" / "cues.yaml", CueData)
    template = next(word for group in cues.cues for word in group.words if "(" in word)

    def compiled(*_: object) -> object:
        raise TemplateError("it is wrong", template)

    monkeypatch.setattr(ruleset, "_finders", compiled)
    monkeypatch.setattr(ruleset, "kept", lambda _digest, make, kind: make())
    with pytest.raises(PackError) as caught:
        ruleset.load_ruleset()
    (mistake,) = caught.value.mistakes
    assert (Path(mistake.path).name, mistake.message) == ("cues.yaml", "it is wrong")
    assert template in (rules_dir() / "lexicon" / "cues.yaml").read_text("utf-8").splitlines()[mistake.line - 1]


def test_rules_lie_in_the_package_or_beside_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (rules_dir() / "packs").is_dir()
    installed = tmp_path / "site-packages/caveat"
    (installed / "rules").mkdir(parents=True)
    monkeypatch.setattr(files, "__file__", str(installed / "packs/files.py"))
    assert rules_dir() == installed.resolve() / "rules"
