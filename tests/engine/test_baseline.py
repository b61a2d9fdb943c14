"""The baseline's file: what is in it, what is wrong with it, and how parts of a site are recorded anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caveat.analysis.facts import Analysis
from caveat.engine.baseline import Baseline, Entry, dump, load, record
from caveat.engine.fingerprint import with_fingerprints
from caveat.engine.precedence import Precedence, SentenceIndex
from caveat.finding import Finding, Scope, Severity
from caveat.packs.errors import ConfigError
from caveat.packs.model import Pack
from caveat.packs.scope import Profile
from caveat.readers import read_text
from caveat.result import ACCEPTANCE_EXPIRED, FileReport, Rivals, SuppressedBy
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


def test_a_renamed_file_keeps_its_record(tmp_path: Path) -> None:
    old = record([report(tmp_path / "a.md", "one", "two", "three")], Baseline(tmp_path)).baseline
    assert old.hide(report(tmp_path / "copy.md", "one", "two")).findings  # a.md is still there
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    old = replace(old)  # as the next run reads it
    assert [f.fingerprint for f in old.hide(report(tmp_path / "b.md", "one", "two", "four")).findings] == ["four"]
    assert len(old.hide(report(tmp_path / "c.md", "one", "four")).findings) == 2  # less than half
    again = record([report(tmp_path / "b.md", "one", "two", "four")], old)
    assert (again.new, again.known, again.stale) == (1, 2, 1)
    assert {entry.path for entry in again.baseline.entries} == {"b.md"}


def test_what_pages_lack_does_not_make_one_a_renamed_one(tmp_path: Path) -> None:
    def lacking(name: str) -> FileReport:
        file = report(tmp_path / name, "missing")
        return replace(file, findings=tuple(replace(f, scope=Scope.DOCUMENT) for f in file.findings))

    old = record([lacking("a.md")], Baseline(tmp_path)).baseline
    (tmp_path / "a.md").unlink()
    assert old.hide(lacking("new.md")).findings


def test_what_is_recorded_silences_nothing(tmp_path: Path) -> None:
    """Of a before b before c, on one sentence: a speaks for b, so that c is reported too."""
    first, second, third = (
        Finding(f"x/{name}", Severity.ERROR, "m", Span(3, 8), text="cures", fingerprint=name) for name in "abc"
    )
    before = {"x/a": frozenset[str](), "x/b": frozenset({"x/a"}), "x/c": frozenset({"x/b"})}
    file = report(tmp_path / "a.md")
    file = replace(file, findings=(first, third), rivals=(Rivals((first, second, third), before),))

    def shown(*recorded: Finding) -> list[str]:
        known = record([replace(file, findings=recorded, rivals=())], Baseline(tmp_path)).baseline
        return [f.fingerprint for f in known.hide(file).findings]

    assert shown() == ["a", "c"]
    assert shown(first) == ["b"]
    assert shown(first, second) == ["c"]
    assert shown(second) == ["a", "c"]
    update = record([file], Baseline(tmp_path))
    assert (len(update.baseline.entries), update.behind) == (3, 1)
    assert update.baseline.hide(file).findings == ()
    assert [s.finding.fingerprint for s in update.baseline.hide(file).suppressed] == ["a", "c"]


rules = st.text("abcde", max_size=5).map(lambda names: "".join(dict.fromkeys(names)))


@given(st.lists(rules, max_size=4), rules, rules)
@example(["ac", "dc", "cd"], "acd", "a")  # lists that contradict each other
def test_what_is_left_is_what_would_be_reported_without_the_recorded(
    tmp_path_factory: pytest.TempPathFactory, chains: list[str], fired: str, recorded: str
) -> None:
    """Hiding in a finished report comes to the same as leaving out before precedence is asked."""
    folder = tmp_path_factory.mktemp("site", numbered=True)
    precedence = Precedence([Pack("x", "X", (), tuple(tuple(chain) for chain in chains))])
    sentences = SentenceIndex(Analysis(read_text("", path="a.md"), Profile.ARTICLE, ()))
    findings = [Finding(f"x/{name}", Severity.ERROR, "m", Span(3, 8), text="cures", fingerprint=name) for name in fired]

    def made(of: Iterable[Finding]) -> FileReport:
        kept, rivals = precedence.apply(of, sentences)
        return replace(report(folder / "a.md"), findings=kept, rivals=rivals)

    file = made(findings)
    entries = tuple(Entry("a.md", f"x/{name}", "cures", name) for name in recorded)
    left = made(f for f in findings if f.fingerprint not in recorded)
    assert Baseline(folder, entries).hide(file).findings == left.findings
    assert record([file], Baseline(folder)).baseline.hide(file).findings == ()


def test_an_acceptance_that_has_expired_is_neither_recorded_nor_hidden(tmp_path: Path) -> None:
    expired = Finding(ACCEPTANCE_EXPIRED, Severity.WARNING, "m", Span(3, 8), text="cures")
    file = replace(report(tmp_path / "a.md"), findings=(expired,))
    assert record([file], Baseline(tmp_path)).baseline.entries == ()
    (named,) = with_fingerprints([expired], {})
    entry = Entry("a.md", ACCEPTANCE_EXPIRED, "cures", named.fingerprint)
    assert Baseline(tmp_path, (entry,)).hide(file).findings == (expired,)


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
