"""Which rule speaks where several fire in one sentence, and what a suppression changes about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.analysis.facts import Analysis
from caveat.checks.base import fill
from caveat.engine.linter import Linter
from caveat.engine.precedence import Precedence, SentenceIndex
from caveat.finding import Finding, Severity
from caveat.packs.model import Pack
from caveat.packs.scope import Profile
from caveat.readers import read_text
from caveat.result import FileReport
from caveat.source import Span

RULE = """
  - id: {slug}
    title: A rule
    kind: phrase
    severity: warning
    when: {when}
    message: m
    why: w
    suggestion: s
    authority: [{{title: t}}]
    examples: {{bad: [{slug}], good: [other]}}
"""


def linter(folder: Path, precedence: str = "", **rules: str) -> Linter:
    pack = folder / "ours.yaml"
    order = f"precedence: {precedence}\n" if precedence else ""
    text = "".join(RULE.format(slug=slug, when=when) for slug, when in rules.items())
    pack.write_text(f"pack: ours\ntitle: T\n{order}rules:{text}", encoding="utf-8")
    return Linter.load(packs=[pack], select=["ours/*"], start=folder, cache=False)


def fired(linter: Linter, text: str) -> list[str]:
    report = linter.check_text(text).files[0]
    return [f"{f.rule.removeprefix('ours/')}:{f.text}" for f in report.findings]


def speaks(packs: list[Pack], fired: str) -> str:
    """Which of the rules of pack p, each fired in the one sentence there is, are reported."""
    findings = [Finding(f"p/{name}", Severity.ERROR, "m", Span(0, 1)) for name in fired]
    nothing = Analysis(read_text("", path="a.md"), Profile.ARTICLE, ())
    kept, _ = Precedence(packs).apply(findings, SentenceIndex(nothing))
    return "".join(sorted(f.rule.removeprefix("p/") for f in kept))


@pytest.mark.parametrize(
    ("fired", "reported"),
    [("ab", "a"), ("bc", "b"), ("abc", "ac"), ("abcd", "ac"), ("acd", "ac"), ("bd", "bd"), ("cd", "c")],
)
def test_what_has_yielded_silences_nothing(fired: str, reported: str) -> None:
    packs = [Pack("p", "P", (), precedence=(("c", "d"), ("b", "c"), ("a", "b")))]
    assert speaks(packs, fired) == reported


def test_lists_that_contradict_each_other_leave_one() -> None:
    packs = [Pack("p", "P", (), precedence=(("a", "b"), ("b", "a")))]
    assert speaks(packs, "ab") == "a"


COUNTRY = """
  - id: {slug}
    title: A rule of one country
    kind: phrase
    severity: {severity}
    jurisdictions: [{country}]
    when: {{any: [{word}]}}
    message: m
    why: w
    suggestion: s
    authority: [{{title: law of {country}}}]
    examples: {{bad: [{{text: {word}, jurisdiction: {country}}}], good: [other]}}
"""


def countries(folder: Path, order: str, jurisdictions: str) -> FileReport:
    """The report on "A magic wonder." under a general warning and rules of two countries, an error and a warning."""
    pack = folder / "ours.yaml"
    rules = RULE.format(slug="general", when="{any: [wonder]}").replace("bad: [general]", "bad: [wonder]")
    rules += COUNTRY.format(slug="british", country="uk", severity="error", word="magic")
    rules += COUNTRY.format(slug="canadian", country="ca", severity="warning", word="magic")
    pack.write_text(f"pack: ours\ntitle: T\nprecedence: [{order}]\nrules:{rules}", encoding="utf-8")
    ours = Linter.load(packs=[pack], select=["ours/*"], start=folder, cache=False, jurisdictions=jurisdictions.split())
    return ours.check_text("A magic wonder.").files[0]


ORDER = "[general, british, canadian]"


@pytest.mark.parametrize(
    ("asked", "rule", "message"),
    [
        ("us", "general", "m"),
        ("uk", "british", "m"),
        ("ca", "general", "m"),
        ("us ca", "general", "m (also against the rules of CA)"),
        ("us uk ca", "british", "m (also against the rules of CA)"),
    ],
)
def test_the_gravest_speaks_for_the_countries_that_say_the_same(
    tmp_path: Path, asked: str, rule: str, message: str
) -> None:
    (finding,) = countries(tmp_path, ORDER, asked).findings
    assert (finding.rule, finding.message) == (f"ours/{rule}", message)


def test_what_speaks_for_a_country_shows_its_law(tmp_path: Path) -> None:
    (finding,) = countries(tmp_path, ORDER, "us uk ca").findings
    assert [one.title for one in finding.authority] == ["law of uk", "law of ca"]


def test_each_country_is_judged_by_its_own_rules(tmp_path: Path) -> None:
    verdicts = {one.jurisdiction: dict(one.stops) for one in countries(tmp_path, ORDER, "us uk ca").verdicts}
    assert verdicts == {"us": {}, "uk": {"ours/british": 1}, "ca": {}}


def test_what_is_suppressed_silences_nothing(tmp_path: Path) -> None:
    ours = linter(tmp_path, "[[magic, wonder]]", magic="{any: [magic]}", wonder="{any: [wonder]}")
    assert fired(ours, "A magic wonder.") == ["magic:magic"]
    ignored = "<!-- caveat-ignore: ours/magic -- the product's name -->\n\nA magic wonder."
    assert fired(ours, ignored) == ["wonder:wonder"]


def test_a_suppression_of_what_would_have_yielded_is_used(tmp_path: Path) -> None:
    ours = linter(tmp_path, "[[magic, wonder]]", magic="{any: [magic]}", wonder="{any: [wonder]}")
    text = "<!-- caveat-ignore: ours/wonder -- the product's name -->\n\nA magic wonder."
    assert fired(ours, text) == ["magic:magic"]


def test_findings_on_suppressions_have_names_of_their_own(linter: Linter) -> None:
    text = "<!-- caveat-ignore: efficacy/detox -->\n\nA root.\n\n<!-- caveat-ignore: efficacy/detox -->\n\nA leaf.\n"
    found = linter.check_text(text).files[0].findings
    assert [f.rule for f in found] == ["caveat/suppression-without-reason"] * 2
    assert len({f.fingerprint for f in found} - {""}) == 2


def test_a_pattern_fires_once_in_a_sentence_and_not_beside_what_forbids(tmp_path: Path) -> None:
    ours = linter(tmp_path, grade="{any: [grade], pattern: 'gr[ae]de\\d*', none: [school]}")
    assert fired(ours, "grade7 and grade8. A grade. A grede9.") == ["grade:grade7", "grade:grade", "grade:grede9"]
    assert fired(ours, "In school grade7. Then grade8.") == ["grade:grade8"]


def test_a_pattern_sees_one_sentence_at_a_time(tmp_path: Path) -> None:
    ours = linter(tmp_path, most="{any: [most], pattern: '^No.*more$|end.*start'}")
    assert fired(ours, "It will end. We start.") == []


def test_placeholders_are_filled_in_one_pass() -> None:
    assert fill("{a} and {b}, {c}", {"a": "{b}", "b": ""}) == "{b} and this, {c}"


def test_words_that_only_a_silent_rule_marks_are_a_related_place(tmp_path: Path) -> None:
    ours = linter(tmp_path, "[[magic, wonder, magical]]", magic="{any: [magic]}", wonder="{any: [wonder]}",
                  magical="{any: [magic wand]}")  # fmt: skip
    (finding,) = ours.check_text("A magic wand and a wonder.").files[0].findings
    assert [(r.rule, r.text, r.message) for r in finding.related] == [("ours/wonder", "wonder", "also ours/wonder")]


def test_what_another_finding_speaks_for_is_listed_with_its_speaker(tmp_path: Path) -> None:
    ours = linter(tmp_path, "[[magic, wonder]]", magic="{any: [magic]}", wonder="{any: [wonder]}")
    (rivals,) = ours.check_text("A magic wonder.").files[0].rivals
    assert [(f.rule, speaker) for f, speaker in rivals.behind] == [("ours/wonder", "ours/magic")]


def test_what_speaks_for_several_countries_is_among_the_rivals_as_it_is_reported(tmp_path: Path) -> None:
    file = countries(tmp_path, ORDER, "us uk ca")
    assert set(file.findings) <= set(file.rivals[0].findings)
