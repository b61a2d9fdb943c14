"""Fixes: edits that never meet, texts that come to rest, files that keep what was not flagged."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.document import Document
from caveat.engine.fix import applicable, apply_fixes, mend, write
from caveat.finding import Edit, Finding, Fix, Scope, Severity
from caveat.readers import read_file, read_text
from caveat.readers.decode import ReadError
from caveat.result import FileReport
from caveat.source import Span


def finding(
    start: int,
    end: int,
    *edits: tuple[int, int, str],
    safe: bool = True,
    rule: str = "x/y",
    scope: Scope = Scope.TEXT,
) -> Finding:
    fix = Fix("mend", tuple(Edit(Span(a, b), text) for a, b, text in edits), safe=safe)
    return Finding(rule, Severity.WARNING, "m", Span(start, end), scope, fix=fix)


def rewriting(*pairs: tuple[str, str], safe: bool = True) -> Callable[[Document], FileReport]:
    """A check that flags words and mends them by others."""

    def check(document: Document) -> FileReport:
        text = document.source.text
        found = [
            finding(m.start(), m.end(), (m.start(), m.end(), new), safe=safe, rule=f"x/{old}")
            for old, new in pairs
            for m in re.finditer(re.escape(old), text)
        ]
        return FileReport(document.source.path, document.source, findings=tuple(found))

    return check


def test_the_first_of_two_that_overlap_holds() -> None:
    first, second = finding(2, 6, (2, 6, "A")), finding(4, 8, (4, 8, "B"))
    assert applicable([second, first], unsafe=False) == [first]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ((0, 3, "A"), (3, 6, "B"), True),  # side by side
        ((0, 3, "A"), (3, 3, " "), False),  # an insertion where the other ends: the order would matter
        ((3, 3, "a"), (3, 3, "b"), False),
        ((3, 3, "a"), (3, 3, "a"), True),  # the same, asked for twice
        ((0, 3, "A"), (0, 3, "A"), True),
        ((0, 6, "A"), (2, 3, "B"), False),
    ],
)
def test_edits_that_meet(one: tuple[int, int, str], other: tuple[int, int, str], together: bool) -> None:
    findings = [finding(0, 9, one), finding(0, 9, other, rule="x/z")]
    assert len(applicable(findings, unsafe=False)) == (2 if together else 1)


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    held, partly = finding(4, 6, (4, 6, "A")), finding(0, 9, (5, 6, "B"), (8, 9, "C"))
    assert applicable([held, partly], unsafe=False) == [held]


@pytest.mark.parametrize(
    "unsound",
    [
        finding(2, 4, (2, 5, "A")),  # reaches beyond what is marked
        finding(0, 9, (2, 5, "A"), (4, 6, "B")),  # meets itself
        finding(0, 9),  # does nothing
        finding(0, 9, (2, 5, "A"), scope=Scope.DOCUMENT),
        finding(0, 9, (2, 5, "A"), safe=False),
    ],
)
def test_unsound_fixes_are_not_applied(unsound: Finding) -> None:
    assert applicable([unsound], unsafe=False) == []


def test_unsafe_fixes_when_asked_for() -> None:
    assert applicable([finding(0, 9, (2, 5, "A"), safe=False)], unsafe=True)


@st.composite
def flagged_texts(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(st.text(min_size=1, max_size=40))
    place = st.integers(0, len(text))
    found = []
    for _ in range(draw(st.integers(0, 8))):
        start, end = sorted((draw(place), draw(place)))
        inside = st.integers(start, end)
        edits: list[tuple[int, int, str]] = []
        for _ in range(draw(st.integers(0, 3))):
            first, last = sorted((draw(inside), draw(inside)))
            edits.append((first, last, draw(st.text(max_size=3))))
        found.append(finding(start, end, *edits, safe=draw(st.booleans()), rule=draw(st.sampled_from(["x/a", "x/b"]))))
    return text, found


@given(flagged_texts(), st.booleans())
def test_what_was_not_flagged_stays(case: tuple[str, list[Finding]], unsafe: bool) -> None:
    text, findings = case
    chosen = applicable(findings, unsafe=unsafe)
    after = apply_fixes(text, chosen)
    edits = sorted({e for f in chosen if f.fix for e in f.fix.edits}, key=lambda e: e.span)
    # Read both texts side by side: equal outside the edits, the new words inside them.
    at = new = 0
    for edit in edits:
        kept = edit.span.start - at
        assert kept >= 0, "edits overlap"
        assert after[new : new + kept] == text[at : edit.span.start]
        assert after[new + kept : new + kept + len(edit.text)] == edit.text
        at, new = edit.span.end, new + kept + len(edit.text)
    assert after[new:] == text[at:]


@given(st.text(alphabet="ab .5\r\n", max_size=30))
def test_mending_a_mended_text_changes_nothing(text: str) -> None:
    check = rewriting(("ab", "b"), ("a", ""), (".5", "0 .5"), ("0 .", "0."))
    mended = mend(check(read_text(text, path="a.md")), check, unsafe=False)
    again = mend(check(read_text(mended.after, path="a.md")), check, unsafe=False)
    assert again.after == mended.after


def test_one_fix_can_make_room_for_another() -> None:
    check = rewriting(("x.5", "x0.5"), ("5mg", "5 mg"))
    mended = mend(check(read_text("x.5mg", path="a.md")), check, unsafe=False)
    assert mended.after == "x0.5 mg"
    assert mended.applied == {"x/x.5": 1, "x/5mg": 1}


def test_fixes_that_undo_one_another_leave_the_text_alone() -> None:
    check = rewriting(("cat", "dog"), ("dog", "cat"))
    report = check(read_text("a cat", path="a.md"))
    mended = mend(report, check, unsafe=False)
    assert (mended.after, mended.changed, mended.report) == ("a cat", False, report)
    assert mended.error == "its fixes undo one another"


def test_a_fix_that_feeds_itself_ends() -> None:
    check = rewriting(("a", "aa"))
    assert mend(check(read_text("a", path="a.md")), check, unsafe=False).error


def test_the_report_is_on_the_mended_text() -> None:
    check = rewriting(("bad", "good"))
    mended = mend(check(read_text("bad bad", path="a.md")), check, unsafe=False)
    assert mended.report.findings == ()
    assert mended.report.source is not None
    assert mended.report.source.text == "good good"
    assert mended.applied == {"x/bad": 2}


@pytest.mark.parametrize(
    "data",
    [
        b"bad\r\nbad\rbad\n",
        b"\xef\xbb\xbfbad \xc3\xa9",
        "\ufeffbad é 😀".encode("utf-16-le"),
        "\ufeffbad é 😀".encode("utf-16-be"),
    ],
)
def test_line_ends_marks_encodings_and_modes_are_kept(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    file.chmod(0o640)
    check = rewriting(("bad", "good"))
    write(mend(check(read_file(file)), check, unsafe=False), file)
    after = file.read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        after = after.replace("good".encode(encoding), "bad".encode(encoding))
    assert after == data
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("bad", encoding="utf-8")
    link = tmp_path / "link.md"
    link.symlink_to("real.md")
    check = rewriting(("bad", "good"))
    write(mend(check(read_file(link)), check, unsafe=False), link)
    assert link.is_symlink()
    assert (tmp_path / "real.md").read_text(encoding="utf-8") == "good"


def test_a_file_that_has_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("bad", encoding="utf-8")
    check = rewriting(("bad", "good"))
    mended = mend(check(read_file(file)), check, unsafe=False)
    file.write_text("bad, but longer", encoding="utf-8")
    with pytest.raises(ReadError, match="changed since"):
        write(mended, file)
    assert file.read_text(encoding="utf-8") == "bad, but longer"
