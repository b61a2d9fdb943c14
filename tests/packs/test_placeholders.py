"""What a message may hold is what the checks fill."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from caveat.checks.base import fill
from caveat.config import Layer
from caveat.engine.linter import Linter
from caveat.packs.placeholders import in_general, placeholders
from caveat.packs.scope import Profile
from caveat.readers import read_text


def test_every_finding_fills_what_its_rule_may_hold(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[frozenset[str]] = []

    def record(message: str, values: Mapping[str, str]) -> str:
        filled.append(frozenset(values))
        return message

    monkeypatch.setattr("caveat.checks.base.fill", record)
    for rule in linter.ruleset.rules.values():
        example = rule.examples.bad[0]
        profile = example.profile or (*rule.profiles, Profile.ARTICLE)[0]
        jurisdictions = (example.jurisdiction,) if example.jurisdiction else rule.jurisdictions
        layer = Layer(profile=profile, jurisdictions=jurisdictions or None, select=(rule.id,))
        filled.clear()
        linter.check_document(read_text(example.text, path=f"example.{example.format}"), layer=layer)
        assert filled, rule.id
        for names in filled:
            assert placeholders(rule.when) <= names, rule.id


def test_a_rule_may_say_how_its_placeholder_reads_in_general() -> None:
    text = "Check {dose}: {wanted: keep to the limit}, {found}."
    assert in_general(text) == "Check this dose: keep to the limit, …."
    assert (
        fill(text, {"dose": "5 g", "wanted": "keep to 5 mg", "found": "or not"}) == "Check 5 g: keep to 5 mg, or not."
    )
