"""A rule's page, for the terminal and for the documentation."""

from __future__ import annotations

import re
from dataclasses import replace

from caveat.finding import Authority, Severity
from caveat.packs.model import Circumstance, Example, Examples, Kind, Pack, Rule
from caveat.packs.scope import Jurisdiction, Level, Profile
from caveat.packs.when.phrase import PhraseWhen
from caveat.report import explain

BAD = "It **cures** gout.\n\n<script>alert(1)</script>\x1b[31m"
RULE = Rule(
    "efficacy/cure",
    "Cure",
    Kind.PHRASE,
    Severity.ERROR,
    PhraseWhen(any=("cures", "heals"), near=("condition",), near_section=True),
    "says {text}",
    "No food cures.",
    "Say what was studied.",
    (
        Authority("21 CFR 101.93", "(g)", "https://example.org/a", "us", verified=True),
        Authority("A remembered guide"),
    ),
    Examples((Example(BAD), Example("Heals flu.", Profile.ARTICLE)), (Example("It does not cure gout."),)),
    severity_by={Profile.PATIENT_GUIDE: Level.OFF},
    unless=(Circumstance.NEGATED, Circumstance.QUESTION),
    soften=(Circumstance.HEDGED,),
    jurisdictions=(Jurisdiction.US,),
)
PACK = Pack("efficacy", "Efficacy", (RULE,), precedence=(("miracle", "cure", "benefit"),))


def test_says_everything_about_the_rule() -> None:
    out = explain.page(RULE, [PACK])
    for words in (
        "efficacy/cure  error\nCure\n",
        "No food cures.",
        "Say what was studied.",
        "21 CFR 101.93, (g) (US) https://example.org/a",
        "Unverified, check before relying on it: A remembered guide",
        "✗ Heals flu. [article]",
        "✓ It does not cure gout.",
        "any: cures, heals",
        "near-section: yes",
        "Silent when it is denied (not, no, never); it is asked.",
        "One level lower when it is hedged",
        "Gives way in one sentence to efficacy/miracle.",
        "Jurisdictions: us",
        "Under patient-guide: off",
        "<!-- caveat-ignore: efficacy/cure -- the reason -->",
    ):
        assert words in re.sub(r" +", " ", out).replace("efficacy/cure error", "efficacy/cure  error"), words


def test_is_safe_and_narrow_at_the_terminal() -> None:
    out = explain.page(RULE, [PACK])
    assert "\x1b" not in out
    assert "\\x1b[31m" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert out.endswith("\n")


def test_markdown_shows_examples_as_they_are_written() -> None:
    out = explain.markdown(RULE, [PACK])
    assert out.startswith("# Cure\n\n`efficacy/cure`: error\n\n## Why\n")
    assert "```md\nIt **cures** gout.\n\n<script>alert(1)</script>\\x1b[31m\n```" in out
    assert "- [21 CFR 101.93, (g) (US)](<https://example.org/a>)" in out
    assert "```yaml\nignore: [efficacy/cure]\n```" in out


def test_what_is_found_on_the_whole_page_is_silenced_for_the_whole_page() -> None:
    assert "<!-- caveat-ignore: efficacy/cure -- the reason -->" in explain.markdown(RULE, [PACK])
    rule = replace(RULE, kind=Kind.METADATA)
    assert "<!-- caveat-ignore-file: efficacy/cure -- the reason -->" in explain.markdown(rule, [PACK])


def test_every_circumstance_has_words() -> None:
    for circumstance in Circumstance:
        page = explain.page(replace(RULE, unless=(circumstance,)), [PACK])
        assert re.search(r"Silent when \w+ ", page)


def test_code_fences_outgrow_the_text() -> None:
    rule = replace(RULE, examples=Examples((Example("```\nx\n```"),), ()))
    assert "````md\n```\nx\n```\n````" in explain.markdown(rule, [PACK])


def test_markdown_escapes_only_what_acts() -> None:
    assert explain.prose("1. a_b* [c](d) <e> & f.") == r"1\. a\_b\* \[c\](d) \<e\> \& f."
    assert explain.prose("- it costs 5 %: (no)") == r"\- it costs 5 %: (no)"
