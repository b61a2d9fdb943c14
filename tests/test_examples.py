"""The example articles: their reports as golden texts, and what was planted in them.

`CAVEAT_UPDATE_GOLDEN=1 pytest tests/test_examples.py` rewrites the golden reports. Read the difference before
it is committed: each line is what a writer will see.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from caveat.engine.linter import Linter
from caveat.finding import Severity
from caveat.report import Format, TerminalOptions, render
from caveat.result import Report

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").iterdir())
REPORTS = {"txt": Format.TERMINAL, "json": Format.JSON}


@pytest.fixture(scope="module")
def reports(linter: Linter) -> dict[str, Report]:
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        return {name: linter.check_paths([name]) for name in EXAMPLES}
    finally:
        os.chdir(before)


@pytest.mark.parametrize("suffix", REPORTS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_golden(example: str, suffix: str, reports: dict[str, Report]) -> None:
    path = GOLDEN / f"{Path(example).stem}.{suffix}"
    out = render(reports[example], REPORTS[suffix], options=TerminalOptions(width=80))
    if os.environ.get("CAVEAT_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(out, encoding="utf-8", newline="\n")
    assert out == path.read_text(encoding="utf-8")


def test_no_golden_without_its_example() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {Path(example).stem for example in EXAMPLES}


def test_the_good_article_passes(reports: dict[str, Report]) -> None:
    found = [
        f"{f.rule}: {f.message}"
        for _, _, f in reports["examples/good-article.md"].findings()
        if f.severity is not Severity.NOTE
    ]
    assert found == []


PLANTED = [
    ("low-dose-naltrexone-guide.md", "editorial/seo-first-content", "first page of Google"),
    ("low-dose-naltrexone-guide.md", "efficacy/misattributed-dose-indication", "alcohol cravings"),
    ("low-dose-naltrexone-guide.md", "efficacy/uncited-establishment", "Trials have demonstrated"),
    ("low-dose-naltrexone-guide.md", "efficacy/safety-minimisation", "very well tolerated"),
    ("supplement-shop.html", "efficacy/drug-equivalence", "nature's answer to metformin"),
    ("supplement-shop.html", "efficacy/discourage-treatment", "prescription drugs"),
    ("supplement-shop.html", "efficacy/testimonial-efficacy", "I lost 22 pounds"),
    ("supplement-shop.html", "efficacy/fda-approved-misuse", "FDA-approved facility"),
]


@pytest.mark.parametrize(("example", "rule", "words"), PLANTED)
def test_finds_what_was_planted(example: str, rule: str, words: str, reports: dict[str, Report]) -> None:
    found = [
        source.text[f.span.start : f.span.end]
        for _, source, f in reports[f"examples/{example}"].findings()
        if f.rule == rule
    ]
    assert any(words in text for text in found), found


@pytest.mark.parametrize(
    ("example", "words"),
    [
        ("supplement-shop.html", "treat you to better offers"),
        ("supplement-shop.html", "cures everything"),
        ("supplement-shop.html", "healed you"),
        ("supplement-shop.html", "dataLayer"),
        ("low-dose-naltrexone-guide.md", "The FDA cleared naltrexone"),
        ("low-dose-naltrexone-guide.md", "Do not take naltrexone while"),
    ],
)
def test_leaves_alone_what_was_set_as_a_trap(example: str, words: str, reports: dict[str, Report]) -> None:
    report = reports[f"examples/{example}"]
    source = report.files[0].source
    assert source is not None
    start = source.text.index(words)
    found = [f.rule for _, _, f in report.findings() if f.span.start < start + len(words) and start < f.span.end]
    assert found == []
