"""Precedence lists that name rules of other packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.packs.errors import PackError
from caveat.packs.load import load_packs

RULE = """
  - id: {slug}
    title: A rule
    kind: phrase
    severity: note
    when: {{any: [something]}}
    message: m
    why: w
    suggestion: s
    authority: [{{title: t}}]
    examples: {{bad: [something], good: [other]}}
"""


def write(folder: Path, pack: str, slug: str, precedence: str = "") -> Path:
    file = folder / f"{pack}.yaml"
    order = f"precedence: [[{precedence}]]\n" if precedence else ""
    file.write_text(f"pack: {pack}\ntitle: T\n{order}rules:{RULE.format(slug=slug)}", encoding="utf-8")
    return file


def test_an_id_of_another_pack_is_known(tmp_path: Path) -> None:
    packs = load_packs([write(tmp_path, "one", "first"), write(tmp_path, "two", "second", "one/first, second")])
    assert packs[1].precedence == (("one/first", "second"),)


def test_an_unknown_id_gets_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r'two\.yaml:3:15: no rule "one/frist" \(did you mean "one/first"\?\)'):
        load_packs([write(tmp_path, "one", "first"), write(tmp_path, "two", "second", "one/frist, second")])
