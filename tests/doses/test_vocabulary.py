"""The words by which amounts are told apart: every entry can be met in a text, and a mistake is told at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from caveat.analysis.doses.quantities import unit_at
from caveat.analysis.doses.tokens import read_line, tokenise
from caveat.packs.datafile import load_file
from caveat.packs.doses import DoseWords
from caveat.packs.errors import PackError
from caveat.packs.files import rules_dir
from caveat.packs.units import load_units

FILE = rules_dir() / "lexicon" / "doses.yaml"


def texts(value: Any) -> Iterator[str]:
    """Every word and phrase of the vocabulary."""
    if is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, str):
        yield value
    else:
        for part in value:
            yield from texts(part)


def test_every_entry_is_written_as_texts_are_read() -> None:
    entries = list(texts(load_file(FILE, DoseWords)))
    assert len(entries) > 500
    assert [entry for entry in entries if " ".join(token.word for token in tokenise(entry)) != entry] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    sublingual: [", "    sublinguall: [", "sublinguall"),
        ("    toddler: [", "    todler: [", "todler"),
        ("  maintenance: [", "  maintenence: [", "maintenence"),
        ("  reasons: [", "  reason: [", "reason"),
        ("  age-bounds: [", "  age-bound: [", "age-bound"),
        ('"<=": [no', '"=<": [no', "=<"),
    ],
)
def test_a_misspelt_key_is_told_at_its_place(old: str, new: str, told: str, tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "doses.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_file(file, DoseWords, "doses.yaml")
    line = text[: text.index(old)].count("\n") + 1
    assert any(f"doses.yaml:{line}:" in str(m) and told in str(m) for m in caught.value.mistakes)


def test_every_name_of_a_unit_is_read_behind_a_number() -> None:
    units = load_units(rules_dir() / "units.yaml")
    unread = {
        name
        for name, unit in units.names.items()
        if unit_at(read_line(f"5 {name}"), 1, units) != (unit, len(tokenise(name)))
    }
    assert unread == {name for name in units.names if " ".join(token.word for token in tokenise(name)) != name}
