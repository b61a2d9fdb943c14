"""The report at a terminal, held by golden texts and by what must hold for any text."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from caveat.finding import Authority, Finding, Severity
from caveat.report import Color, Format, TerminalOptions, Verbosity, render
from caveat.report.terminal import print_report
from caveat.result import ChecklistItem, FileReport, Report
from caveat.source import Source, Span

from .hostile import any_report
from .sample import ARTICLE, FINDINGS, article, at, report

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "width-80": TerminalOptions(width=80),
    "width-120-everything": TerminalOptions(
        width=120, verbosity=Verbosity.VERBOSE, statistics=True, show_suppressed=True
    ),
    "quiet": TerminalOptions(width=80, verbosity=Verbosity.QUIET),
}
SGR = re.compile(r"\x1b\[([\d;]*)m")


def shown(of: Report, options: TerminalOptions | None = None) -> str:
    return render(of, Format.TERMINAL, options=options or TerminalOptions(width=80))


def one(marked: str, **fields: object) -> Report:
    """A report with one finding on the words between `[[` and `]]`."""
    start, end = marked.index("[["), marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    finding = Finding("efficacy/a", Severity.ERROR, "a claim", Span(start, end))
    return Report((FileReport("a.md", Source("a.md", text), findings=(replace(finding, **fields),)),))


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    path = GOLDEN / f"{name}.txt"
    out = shown(report(), CASES[name])
    if os.environ.get("CAVEAT_UPDATE_GOLDEN"):
        path.write_text(out, encoding="utf-8")
    assert out == path.read_text(encoding="utf-8")


def test_golden_in_ascii() -> None:
    path = GOLDEN / "ascii.txt"
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
    print_report(report(), TerminalOptions(width=80), stream)
    stream.flush()
    if os.environ.get("CAVEAT_UPDATE_GOLDEN"):
        path.write_bytes(raw.getvalue())
    assert raw.getvalue() == path.read_bytes()


def test_explains_a_rule_once_in_a_file() -> None:
    text = "It cures gout. It cures flu."
    findings = tuple(
        Finding(
            "efficacy/a", Severity.ERROR, f"cures {what}", at(text, f"cures {what}"), why="Because.", suggestion="Do."
        )
        for what in ("gout", "flu")
    )
    out = shown(Report((FileReport("a.md", Source("a.md", text), findings=findings),)))
    assert out.count("Because.") == 1
    assert out.count("Do.") == 1
    assert "a.md:1:4" in out
    assert "a.md:1:19" in out


def test_findings_of_one_sentence_share_its_excerpt() -> None:
    out = shown(report())
    assert out.count("articles/low-dose-naltrexone.md:3:") == 1
    assert "  1 ✖ error  efficacy/disease-treatment" in out
    assert "  2 ▲ warning (softened by a hedge)  efficacy/weak-hedged-disease" in out


def test_repeats_of_notation_are_folded() -> None:
    out = shown(report())
    assert out.count("dosing/trailing-zero-fraction") == 1
    assert "4 times" in out
    assert "3 more on lines 5, 8" in out


def test_a_rule_of_which_no_source_was_read_says_so_once() -> None:
    out = " ".join(shown(report()).split())
    assert out.count("Why Unverified, check before relying on it: A zero at the end of a decimal") == 1
    assert "Source Medication-safety style for doses" in out


def test_missing_disclosures_say_what_to_add() -> None:
    out = shown(report())
    assert "✓  talk to a professional  line 11" in out
    assert "✗  use or dose that is not on the label  error  disclosure/off-label-missing" in out
    assert "Try     Say that naltrexone is not approved" in out


def test_words_to_add_are_given_as_such() -> None:
    item = ChecklistItem("consult", "talk to a doctor", False, add='Add: "Talk to your doctor."')
    out = shown(Report((FileReport("a.md", Source("a.md", "text"), checklist=(item,)),)))
    assert '     Add  "Talk to your doctor."' in out


def test_an_address_stays_whole() -> None:
    url = "https://example.org/" + "a" * 100
    authority = Authority("A guide", url=url, verified=True)
    out = shown(one("It [[cures]] gout.", authority=(authority,)))
    assert f"\n          {url}\n" in out


def test_a_clean_file_is_only_counted() -> None:
    clean = FileReport("clean.md", Source("clean.md", "Sleep well.\n"))
    assert shown(Report((clean, clean))) == "✓ Nothing found in 2 files.\n"


def test_no_files_at_all() -> None:
    assert shown(Report()) == "No files to check.\n"


def test_only_unreadable_files_are_not_called_clean() -> None:
    out = shown(Report((FileReport("a.md", None, "empty"),)))
    assert "Nothing found" not in out
    assert "1 file could not be read." in out


def mark_columns(out: str) -> list[tuple[str, str]]:
    """Rows of the excerpt paired with the marks below them, without their gutters."""
    lines = [line.partition(" | ")[2] for line in out.splitlines() if " | " in line]
    return list(zip(lines[::2], lines[1::2], strict=False))


@pytest.mark.parametrize(
    "marked",
    [
        "It [[cures]] gout.",
        "日本語 [[治す]] 病気.",
        "cafe\u0301 [[cures]] gout",
        "\tTab [[cures]] gout",
        "👍 [[cures]] gout",
        "\ufeffIt [[cures]] gout",
    ],
)
def test_marks_stand_below_the_words(marked: str) -> None:
    words = marked.partition("[[")[2].partition("]]")[0]
    ((row, marks),) = mark_columns(shown(one(marked)))
    assert cell_len(row.partition(words)[0]) == marks.index("^")
    assert marks.count("^") == cell_len(words)


def test_a_long_line_is_cut_around_the_words() -> None:
    before = "Nothing here. " * 4000
    marked = f"{before}Ginger [[cures]] nausea. {before}"
    out = shown(one(marked))
    ((row, marks),) = mark_columns(out)
    assert row.strip("… ") == "Ginger cures nausea."
    assert row.index("cures") == marks.index("^")


def test_many_findings_in_one_endless_line_stay_cheap() -> None:
    text = "It cures gout and " * 50_000
    findings = tuple(
        Finding("efficacy/a", Severity.ERROR, f"claim {i}", Span(i * 18 + 3, i * 18 + 8)) for i in range(0, 3000, 3)
    )
    out = shown(Report((FileReport("a.md", Source("a.md", text), findings=findings),)))
    assert out.count("efficacy/a") == 1000


def test_text_is_never_markup() -> None:
    hostile = Report(
        (
            FileReport(
                "[b].md",
                Source("[b].md", "[bold]x[/bold] :smile:"),
                findings=(Finding("own/[r]", Severity.NOTE, "[red]m[/]", Span(6, 7)),),
            ),
        )
    )
    out = shown(hostile)
    assert "[bold]x[/bold] :smile:" in out
    assert "[red]m[/]" in out
    assert "[b].md:1:7" in out


@any_report
def test_no_text_steers_the_terminal(of: Report) -> None:
    for verbosity in Verbosity:
        options = TerminalOptions(width=60, verbosity=verbosity, statistics=True, show_suppressed=True)
        out = shown(of, options)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", out)
        assert all(line == line.rstrip(" ") for line in out.split("\n"))


@any_report
def test_any_encoding_can_carry_it(of: Report) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    print_report(of, TerminalOptions(width=40), stream)
    stream.flush()
    assert stream.buffer.tell() > 0


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_lines_keep_to_the_width(width: int) -> None:
    for line in shown(report(), TerminalOptions(width=width)).splitlines():
        if not re.match(r"articles/| *https:", line):  # places and addresses stay whole, so that they open
            assert cell_len(line) <= width, line


def test_colours_can_be_read_on_black_and_on_white(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    stream = Tty()
    print_report(report(), TerminalOptions(width=80), stream)
    codes = {int(code) for match in SGR.finditer(stream.getvalue()) for code in match.group(1).split(";") if code}
    assert codes <= {0, 1, 2, 3, 4, 31, 35}
    assert SGR.sub("", stream.getvalue()) == shown(report())


def test_no_color_leaves_bold_and_underline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    stream = Tty()
    print_report(report(), TerminalOptions(width=80), stream)
    codes = {int(code) for match in SGR.finditer(stream.getvalue()) for code in match.group(1).split(";") if code}
    assert codes <= {0, 1, 2, 3, 4}


@pytest.mark.parametrize(("color", "coloured"), [(Color.ALWAYS, True), (Color.NEVER, False)])
def test_colour_can_be_asked_for_and_refused(color: Color, coloured: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream: io.StringIO = io.StringIO() if coloured else Tty()
    print_report(report(), TerminalOptions(width=80, color=color), stream)
    assert ("\x1b[1;31m" in stream.getvalue()) is coloured
    if not coloured:
        assert "\x1b" not in stream.getvalue()


def test_quiet_is_one_line_a_finding() -> None:
    out = shown(report(article()), TerminalOptions(width=80, verbosity=Verbosity.QUIET))
    lines = out.splitlines()
    assert lines[1].startswith("articles/low-dose-naltrexone.md:3:46: error efficacy/disease-treatment: says")
    assert len([line for line in lines if line.startswith("articles/low")]) == len(FINDINGS)


def test_quiet_is_one_line_for_what_is_suppressed_too() -> None:
    options = TerminalOptions(width=80, verbosity=Verbosity.QUIET, show_suppressed=True)
    hidden = [(known.finding.rule, known.by.value) for file in report(article()).files for known in file.suppressed]
    lines = [line for line in shown(report(article()), options).splitlines() if ": suppressed " in line]
    assert hidden
    assert len(lines) == len(hidden)
    assert all(f": suppressed {rule}: by {by}" in line for line, (rule, by) in zip(lines, hidden, strict=True))


def test_sample_is_what_it_claims() -> None:
    assert all(finding.span.of(ARTICLE) for finding in FINDINGS)
