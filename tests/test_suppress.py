"""Suppressions in articles and acceptances in the configuration: what they silence, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caveat.config import Accepted
from caveat.document import Document
from caveat.finding import Finding, Scope, Severity
from caveat.packs.scope import Jurisdiction, Profile
from caveat.page import page_settings
from caveat.readers import read_text
from caveat.result import Suppressed
from caveat.source import Span
from caveat.suppress import OWN_RULES, apply

CURE = "efficacy/cure-absolute"
PROMISE = "efficacy/shown-promise"
SPACE = "dosing/no-space"
RULES = (CURE, PROMISE, SPACE)
WORDS = {"cures": CURE, "promising": PROMISE, "50mg": SPACE}


def check(
    text: str, *, path: str = "a.md", missing: str | None = None, **options: object
) -> tuple[list[str], list[str], Document]:
    """The rules kept and suppressed on a text in which the words of `WORDS` are findings, with their lines."""
    document = read_text(text, path=path)
    findings = [
        Finding(rule, Severity.WARNING, "m", Span(at, at + len(word)), text=word)
        for word, rule in WORDS.items()
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    if missing is not None:
        findings.append(Finding(missing, Severity.WARNING, "m", Span(0, 0), Scope.DOCUMENT))
    kept, suppressed = apply(document, findings, known_rules=RULES, **options)  # type: ignore[arg-type]
    return [_name(f, document) for f in kept], [_name(s, document) for s in suppressed], document


def _name(item: Finding | Suppressed, document: Document) -> str:
    finding = item.finding if isinstance(item, Suppressed) else item
    return f"{document.source.position(finding.span.start).line} {finding.rule.partition('/')[2]}"


IGNORE = "caveat-ignore: efficacy/cure-absolute -- quoted from the label"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"<!-- {IGNORE} -->\n\nIt cures.\n\nIt cures.\n", "a.md"),
        (f"<!-- {IGNORE} -->\nIt cures.\n\n\nIt cures.\n", "a.md"),
        (f"{{/* {IGNORE} */}}\n\nIt cures.\n\nIt cures.\n", "a.mdx"),
        (f"<!-- {IGNORE} -->\n\n<p>It cures.</p>\n\n<p>It cures.</p>\n", "a.html"),
        (f"<!-- {IGNORE.replace('--', '—')} -->\n\nIt **cures**.\n\nIt cures.\n", "a.md"),
        (f"<!-- {IGNORE.replace('efficacy/cure-absolute', 'efficacy/')} -->\n\n- cures\n\n- cures\n", "a.md"),
    ],
)
def test_a_comment_silences_its_rules_in_the_next_block_only(text: str, path: str) -> None:
    kept, suppressed, _ = check(text, path=path)
    assert kept == ["5 cure-absolute"]
    assert len(suppressed) == 1


def test_other_rules_in_the_block_stay() -> None:
    kept, suppressed, _ = check(f"<!-- {IGNORE} -->\n\nIt cures with 50mg.\n")
    assert (kept, suppressed) == (["3 no-space"], ["3 cure-absolute"])


def test_a_comment_inside_a_paragraph_is_for_that_paragraph() -> None:
    kept, suppressed, _ = check(f"It cures <!-- {IGNORE} --> fast.\n\nIt cures.\n")
    assert (kept, suppressed) == (["3 cure-absolute"], ["1 cure-absolute"])


def test_a_comment_before_a_table_is_for_the_whole_table() -> None:
    table = "| a | b |\n|---|---|\n| cures | x |\n| y | cures |\n"
    kept, suppressed, _ = check(f"<!-- {IGNORE} -->\n\n{table}\nIt cures.\n")
    assert (kept, suppressed) == (["8 cure-absolute"], ["5 cure-absolute", "6 cure-absolute"])


def test_a_range_silences_what_lies_between() -> None:
    text = (
        "It cures.\n\n<!-- caveat-ignore-start: efficacy/, dosing/no-space -- a glossary -->\n\nIt cures.\n\n"
        "A promising 50mg.\n\n<!-- caveat-ignore-end -->\n\nIt cures.\n"
    )
    kept, suppressed, _ = check(text)
    assert kept == ["1 cure-absolute", "11 cure-absolute"]
    assert suppressed == ["5 cure-absolute", "7 shown-promise", "7 no-space"]


def test_ranges_nest() -> None:
    text = (
        "<!-- caveat-ignore-start: efficacy/cure-absolute -- one -->\n\ncures\n\n"
        "<!-- caveat-ignore-start: dosing/no-space -- two -->\n\ncures 50mg\n\n"
        "<!-- caveat-ignore-end: efficacy/cure-absolute -->\n\ncures 50mg\n\n<!-- caveat-ignore-end -->\n\n50mg\n"
    )
    kept, suppressed, _ = check(text)
    assert kept == ["11 cure-absolute", "15 no-space"]
    assert suppressed == ["3 cure-absolute", "7 cure-absolute", "7 no-space", "11 no-space"]


@pytest.mark.parametrize(
    "head",
    [
        "<!-- caveat-ignore-file: efficacy/ -- a debunking page -->\n",
        "---\ncaveat:\n  ignore: {efficacy/: a debunking page}\n---\n",
        "---\ncaveat:\n  ignore:\n    - {rule: efficacy/, reason: a debunking page}\n---\n",
        "---\ncaveat:\n  ignore:\n    - {reason: a debunking page, rule: efficacy/}\n---\n",
    ],
)
def test_a_page_can_ignore_a_rule_throughout(head: str) -> None:
    kept, suppressed, _ = check(head + "\nIt cures 50mg.\n\nA promising thing.\n", missing=PROMISE)
    assert [k.split(" ")[1] for k in kept] == ["no-space"]
    assert [s.split(" ")[1] for s in suppressed] == ["shown-promise", "cure-absolute", "shown-promise"]


def test_a_block_comment_does_not_silence_what_the_document_lacks() -> None:
    kept, _, _ = check("<!-- caveat-ignore: efficacy/shown-promise -- x -->\n\n# Title\n", missing=PROMISE)
    assert sorted(kept) == ["1 shown-promise", "1 suppression-unused"]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("caveat-ignore: efficacy/cure-absolute", "suppression-without-reason"),
        ("caveat-ignore: efficacy/cure-absolute -- ", "suppression-without-reason"),
        ("caveat-ignore: efficacy/cure-absolut -- why", "suppression-unknown-rule"),
        ("caveat-ignore -- why", "suppression-malformed"),
        ("caveat-ignore efficacy/cure-absolute: it is a quotation", "suppression-malformed"),
        ("caveat-ignroe: efficacy/cure-absolute -- why", "suppression-malformed"),
        ("caveat-ignore-start: efficacy/cure-absolute -- why", "suppression-unclosed"),
        ("caveat-ignore-end", "suppression-unclosed"),
        ("caveat-ignore: dosing/ -- why", "suppression-unused"),
    ],
)
def test_a_suppression_that_does_not_hold_is_reported_and_silences_nothing(comment: str, expected: str) -> None:
    kept, suppressed, _ = check(f"<!-- {comment} -->\n\nIt cures.\n")
    assert kept == [f"1 {expected}", "3 cure-absolute"]
    assert suppressed == []


def test_the_nearest_rule_is_named() -> None:
    document = read_text("<!-- caveat-ignore: shown-promise, dosage/ -- why -->\n\nx\n", path="a.md")
    kept, _ = apply(document, (), known_rules=RULES)
    assert [f.message for f in kept] == [
        'no rule is named "dosage/" (did you mean "dosing/"?)',
        'no rule is named "shown-promise" (did you mean "efficacy/shown-promise"?)',
    ]
    assert {f.text for f in kept} == {"<!-- caveat-ignore: shown-promise, dosage/ -- why -->"}


def test_front_matter_without_a_reason_does_not_hold() -> None:
    head = "---\ncaveat:\n  ignore:\n    - rule: efficacy/\n    - {rule: dosing/, reason: checked}\n---\n"
    kept, suppressed, _ = check(head + "\nIt cures 50mg.\n")
    assert kept == ["4 suppression-without-reason", "8 cure-absolute"]
    assert suppressed == ["8 no-space"]


def test_a_suppression_of_a_rule_that_was_not_asked_is_not_unused() -> None:
    text = "<!-- caveat-ignore: dosing/ -- why -->\n\nNothing.\n"
    assert check(text, active_rules=[CURE])[0] == []
    assert check(text, active_rules=[SPACE])[0] == ["1 suppression-unused"]


def test_ordinary_comments_are_left_alone() -> None:
    assert check("<!-- caveat emptor -->\n\n<!-- TODO: caveat-ignore? -->\n\nNothing.\n")[0] == []


class TestAccepted:
    SENTENCE = Accepted(CURE, "The authorised indication.", "It “cures” the  common cold", date(2026, 6, 30))

    def test_an_accepted_sentence_is_silent_wherever_it_stands(self) -> None:
        text = 'It "*cures*" the\ncommon cold, they say.\n\nIt cures warts.\n'
        kept, suppressed, _ = check(text, accepted=[self.SENTENCE], today=date(2026, 6, 30))
        assert (kept, suppressed) == (["4 cure-absolute"], ["1 cure-absolute"])

    def test_another_sentence_of_the_block_is_not_accepted(self) -> None:
        kept, _, _ = check('It cures warts. It "cures" the common cold.\n', accepted=[self.SENTENCE])
        assert kept == ["1 cure-absolute"]

    def test_an_expired_acceptance_does_not_hold_and_is_reported(self) -> None:
        text = 'It "cures" the common cold.\n'
        kept, suppressed, _ = check(text, accepted=[self.SENTENCE], today=date(2026, 7, 1))
        assert kept == ["1 acceptance-expired", "1 cure-absolute"]
        assert suppressed == []

    def test_without_text_it_is_for_the_document_as_a_whole(self) -> None:
        accepted = [Accepted("efficacy/", "The template says it.")]
        kept, suppressed, _ = check("It cures.\n", missing=PROMISE, accepted=accepted)
        assert (kept, suppressed) == (["1 cure-absolute"], ["1 shown-promise"])


class TestPageSettings:
    def test_profile_and_jurisdictions_are_read(self) -> None:
        settings = page_settings(
            read_text("---\ncaveat: {profile: patient-guide, jurisdictions: [uk, eu]}\n---\nx", path="a.md")
        )
        assert settings.layer.profile is Profile.PATIENT_GUIDE
        assert settings.layer.jurisdictions == (Jurisdiction.UK, Jurisdiction.EU)
        assert settings.findings == ()

    def test_what_is_unknown_is_reported_with_the_nearest_word(self) -> None:
        text = "---\ncaveat: {profile: artical, jurisdiction: uk, jurisdictions: [gb]}\n---\nx"
        settings = page_settings(read_text(text, path="a.md"))
        assert settings.layer.profile is None
        assert sorted(f.message for f in settings.findings) == [
            'unknown jurisdiction "gb" (choose from au, ca, eu, uk, us)',
            'unknown profile "artical" (did you mean "article"?)',
            'unknown setting "jurisdiction" (did you mean "jurisdictions"?)',
        ]

    def test_html_meta_says_the_same(self) -> None:
        html = '<html><head><meta name="caveat.profile" content="drug-marketing"></head><body><p>x</p></body></html>'
        assert page_settings(read_text(html, path="a.html")).layer.profile is Profile.DRUG_MARKETING


def test_many_suppressions_take_linear_time(linear: Callable[..., bool]) -> None:
    def make(count: int) -> Callable[[], object]:
        text = f"<!-- {IGNORE} -->\n\nIt cures.\n\n" * count
        document = read_text(text, path="a.md")
        step = len(text) // count
        at = text.index("cures.")
        findings = [Finding(CURE, Severity.WARNING, "m", Span(at + i * step, at + i * step + 5)) for i in range(count)]
        kept, suppressed = apply(document, findings, known_rules=RULES)
        assert (len(kept), len(suppressed)) == (0, count)
        return lambda: apply(document, findings, known_rules=RULES)

    assert linear(make, 600)


def test_own_rules_have_ids_of_their_own() -> None:
    assert len({rule.id for rule in OWN_RULES}) == len(OWN_RULES)
    assert all(rule.id.startswith("caveat/") for rule in OWN_RULES)
