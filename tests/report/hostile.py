"""Reports whose every text tries to break out of the format that carries it."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.finding import Authority, Edit, Finding, Fix, Related, Scope, Severity
from caveat.result import (
    Balance,
    ChecklistItem,
    DoseRow,
    FileReport,
    Report,
    RuleInfo,
    Skipped,
    Suppressed,
    SuppressedBy,
)
from caveat.source import Source, Span

NASTY = (
    "\x1b[31m",
    "\x9b2J",
    "\x00",
    "\r",
    "\r\n",
    "\n",
    "\t",
    "\x85",
    "\u2028",
    "::error file=a.md::pwned",
    "\n::set-output name=a::b",
    "%0A",
    "%",
    ",",
    ":",
    "]]>",
    "<![CDATA[",
    "--><script>alert(1)</script>",
    "&amp;",
    "&",
    '"',
    "'",
    "`",
    "```\n",
    "@octocat",
    "#1",
    "[link](https://example.org)",
    "![i](x)",
    "](0)",
    "|",
    "\\",
    "=cmd()",
    "+1",
    "[bold red]",
    "[/]",
    ":smile:",
    "\u202eltr\u202c",
    "\u2066",
    "שלום",
    "مرحبا",
    "日本語",
    "👩‍👩‍👧",
    "e\u0301",
    "\ufeff",
    "\ufffe",
    "…",
    "µg",
    "a b",
    "studies show. ",
)

words = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=6)), max_size=8).map("".join)
names = st.one_of(words.filter(bool), st.just("bad\udcff.md"))


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    ends = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return Span(*ends)


@st.composite
def findings(draw: st.DrawFn, text: str) -> Finding:
    span = draw(spans(text))
    edit = Edit(draw(spans(text)), draw(words))
    return Finding(
        draw(st.sampled_from(("efficacy/a", "dosing/no-space", "own/" + draw(words)))),
        draw(st.sampled_from(Severity)),
        draw(words),
        span,
        scope=draw(st.sampled_from(Scope)),
        cues=tuple(draw(st.lists(words, max_size=2))),
        why=draw(words),
        suggestion=draw(words),
        authority=(Authority(draw(words), draw(words), draw(words), draw(words), draw(st.booleans())),),
        related=(Related(draw(words), draw(spans(text)), draw(words)),),
        fix=draw(st.sampled_from((None, Fix(draw(words), (edit,))))),
        fingerprint=draw(words),
        softened=draw(st.booleans()),
    )


@st.composite
def files(draw: st.DrawFn) -> FileReport:
    path = draw(names)
    text = draw(words)
    if draw(st.integers(0, 5)) == 0:
        return FileReport(path, None, draw(words))
    found = sorted(draw(st.lists(findings(text), max_size=4)), key=lambda finding: finding.order)
    return FileReport(
        path,
        Source(path, text),
        profile=draw(words),
        profile_reason=draw(words),
        findings=tuple(found),
        suppressed=tuple(Suppressed(finding, SuppressedBy.COMMENT, draw(words)) for finding in found[:1]),
        checklist=(
            ChecklistItem("author", draw(words), True, draw(spans(text))),
            ChecklistItem("date", draw(words), False, rule="efficacy/a", add=draw(words)),
        ),
        doses=(DoseRow(draw(words), draw(words), "single", draw(spans(text)), draw(st.booleans()), draw(words)),),
        balance=Balance((draw(spans(text)),), (draw(spans(text)),)),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    rule = RuleInfo("efficacy/a", draw(words), Severity.ERROR, draw(words), draw(words), (Authority(draw(words)),))
    return Report(
        tuple(draw(st.lists(files(), max_size=3))),
        {rule.id: rule},
        (Skipped(draw(names), draw(words)),),
        version="1.2.3",
    )


def any_report(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test whose last argument is `of` on hostile reports."""
    return settings(max_examples=30, deadline=None)(given(of=reports())(test))
