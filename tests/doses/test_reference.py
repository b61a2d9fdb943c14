"""The dose reference: what it answers, and how mistakes in it are told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from checking import reference
from reading import units

from caveat.packs.errors import PackError
from caveat.packs.library import load_language
from caveat.packs.reference import Reference, Status
from caveat.packs.referencefile import load_reference
from caveat.packs.units import load_units


def test_naltrexone_in_the_reference() -> None:
    known = reference()
    assert "alcohol-use-disorder" in known.indications("naltrexone", Decimal(50), "mg")
    assert known.indications("naltrexone", Decimal("4.5"), "mg") == frozenset()
    assert known.off_label_dose("naltrexone", Decimal("4.5"), "mg")
    assert known.is_marketed_strength("naltrexone", Decimal("4.5"), "mg") is False
    assert known.is_marketed_strength("naltrexone", Decimal(50), "mg") is True
    assert known.status("naltrexone") is Status.RX
    assert "opioid-free-interval" in known.key_warnings("naltrexone")


def test_the_reference_is_wide_and_sourced() -> None:
    distinct = {id(s): s for s in reference().substances.values()}.values()
    bands = [b for s in distinct for b in s.bands]
    assert len(bands) >= 150
    assert all(b.source.title and b.source.checked for b in bands)
    assert all(b.kind is not None for b in bands if b.limit)


def test_a_source_that_was_read_is_a_document_and_says_when() -> None:
    sources = {b.source for s in reference().substances.values() for b in s.bands if b.source.verified}
    for source in sources:
        place = urlsplit(source.url)
        assert place.scheme in ("http", "https"), source
        assert place.query or place.path.strip("/") not in ("", "dailymed"), f"no document: {source}"
        assert date.fromisoformat(source.checked) >= date(2026, 11, 23), source
        assert len(source.title.split()) > 1, source


class Amount(NamedTuple):
    low: Decimal
    unit: str


def test_a_use_that_nobody_has_read_is_let_pass_and_no_dose_is_told_for_it() -> None:
    labels, four = load_language().labels, Amount(Decimal(4), "mg")
    assert labels.is_indicated("dexamethasone", "leukemia")
    assert labels.is_dose_for("dexamethasone", "leukemia", four) is None
    assert labels.is_dose_for("dexamethasone", "asthma", four) is True
    assert labels.is_indicated("azathioprine", "inflammatory-bowel-disease")
    assert labels.is_dose_for("azathioprine", "inflammatory-bowel-disease", Amount(Decimal(50), "mg")) is True


def test_what_was_only_remembered_is_called_so() -> None:
    remembered = {s for one in reference().substances.values() for s in one.sources if not s.url and s.title}
    assert all(not source.verified for source in remembered)
    assert any("as remembered" in source.title for source in remembered)


def test_an_unknown_substance_is_answered_with_nothing() -> None:
    known: Reference = reference()
    assert known.bands("unheard-of") == ()
    assert known.status("unheard-of") is None
    assert known.is_marketed_strength("unheard-of", Decimal(1), "mg") is None


def test_mistakes_in_the_reference_are_told_with_their_place(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "x.yaml").write_text(
        "sources: {a: {title: A, checked: '2025-01-01'}}\n"
        "substances:\n"
        "  zinc:\n"
        "    status: supplement\n"
        "    source: b\n"
        "    doses:\n"
        "      - {usual: 8 grains, limit: 40 mg}\n"
    )
    with pytest.raises(PackError) as raised:
        load_reference(tmp_path, units())
    text = str(raised.value)
    assert 'x.yaml:5:13: unknown source "b"' in text
    assert "8 grains" in text
    assert 'a limit without its "kind"' in text


def test_units_refuse_a_name_twice(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "units.yaml"
    path.write_text("mass:\n  mg: {factor: '1', names: [em]}\n  g: {factor: '1000', names: [em]}\n")
    with pytest.raises(PackError, match="also names"):
        load_units(path)
