"""The baseline's file: what is in it, what is wrong with it, and how parts of a site are recorded anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.engine.baseline import Baseline, Entry, dump, load, record
from caveat.finding import Finding, Severity
from caveat.packs.errors import ConfigError
from caveat.result import FileReport, SuppressedBy
from caveat.source import Source, Span


def report(path: Path, *fingerprints: str, error: str | None = None) -> FileReport:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("It cures.\n", encoding="utf-8")
    source = Source(path.as_posix(), "It cures.\n") if error is None else None
    findings = tuple(
        Finding("x/y", Severity.ERROR, "m", Span(3, 8), text="cures", fingerprint=name) for name in fingerprints
    )
    return FileReport(path.as_posix(), source, error, findings=findings)


def test_what_is_recorded_is_hidden_and_the_rest_shown(tmp_path: Path) -> None:
    update = record([report(tmp_path / "a/b.md", "one", "two")], Baseline(tmp_path))
    assert (update.new, update.known, update.stale) == (2, 0, 0)
    hidden = update.baseline.hide(report(tmp_path / "a/b.md", "two", "three"))
    assert [f.fingerprint for f in hidden.findings] == ["three"]
    assert [(s.finding.fingerprint, s.by) for s in hidden.suppressed] == [("two", SuppressedBy.BASELINE)]


def test_a_finding_is_known_in_its_own_file_only(tmp_path: Path) -> None:
    update = record([report(tmp_path / "a.md", "one")], Baseline(tmp_path))
    assert update.baseline.hide(report(tmp_path / "b.md", "one")).findings


def test_stale_entries_are_dropped_and_counted(tmp_path: Path) -> None:
    first = record([report(tmp_path / "a.md", "one", "two"), report(tmp_path / "b.md", "three")], Baseline(tmp_path))
    (tmp_path / "b.md").unlink()
    second = record([report(tmp_path / "a.md", "two", "four")], first.baseline)
    assert (second.new, second.known, second.stale) == (1, 1, 2)
    assert [e.fingerprint for e in second.baseline.entries] == ["four", "two"]


def test_what_was_not_checked_stays_recorded(tmp_path: Path) -> None:
    first = record([report(tmp_path / "a.md", "one"), report(tmp_path / "b.md", "two")], Baseline(tmp_path))
    second = record([report(tmp_path / "a.md"), report(tmp_path / "b.md", error="binary")], first.baseline)
    assert [e.fingerprint for e in second.baseline.entries] == ["two"]
    assert second.stale == 1


def test_findings_without_a_fingerprint_are_told_apart(tmp_path: Path) -> None:
    update = record([report(tmp_path / "a.md", "", "")], Baseline(tmp_path))
    assert len({e.fingerprint for e in update.baseline.entries}) == 2
    assert not update.baseline.hide(report(tmp_path / "a.md", "", "")).findings


def test_the_file_is_sorted_and_readable(tmp_path: Path) -> None:
    baseline = record([report(tmp_path / "b.md", "two"), report(tmp_path / "a.md", "one")], Baseline(tmp_path)).baseline
    assert dump(baseline) == (
        '{\n  "version": 1,\n  "findings": [\n'
        '    {"path": "a.md", "rule": "x/y", "text": "cures", "fingerprint": "one"},\n'
        '    {"path": "b.md", "rule": "x/y", "text": "cures", "fingerprint": "two"}\n  ]\n}\n'
    )


def test_an_empty_baseline_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "base.json"
    file.write_text(dump(Baseline(tmp_path)), encoding="utf-8")
    assert load(file).entries == ()


words = st.text(st.characters(codec="utf-8") | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF), max_size=8)


@given(st.lists(st.builds(Entry, words, words, words, words), max_size=5))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    file = tmp_path_factory.mktemp("base") / "base.json"
    baseline = Baseline(file.parent, tuple(sorted(entries)), file.as_posix())
    file.write_bytes(dump(baseline).encode("utf-8"))
    assert load(file) == baseline
    assert dump(replace(load(file), entries=tuple(reversed(baseline.entries)))) == dump(baseline)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "there is no such baseline (write it with caveat baseline)"),
        ("{", "not JSON"),
        ("[]", "it has no findings"),
        ('{"version": 2, "findings": []}', "version 2 of the baseline is not known"),
        ('{"version": 1, "findings": [{"path": 1}, {}]}', "finding 1 lacks one of"),
        ("[" * 100_000, "not "),
    ],
)
def test_mistakes_are_told(tmp_path: Path, text: str | None, told: str) -> None:
    file = tmp_path / "base.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert told in str(caught.value)
