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


def test_pages_are_current() -> None:
    """`caveat rules docs docs/rules` rewrites them."""
    folder = ROOT / "docs" / "rules"
    written = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}
    wanted = rule_pages(PACKS)
    assert written.keys() == wanted.keys()
    assert [name for name in wanted if written[name] != wanted[name]] == []
