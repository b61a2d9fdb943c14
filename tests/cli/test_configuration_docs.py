"""What docs/configuration.md tells is so."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from caveat.config import Config
from caveat.configfile import load_config, unknown_rules
from caveat.engine.linter import Linter
from caveat.packs.decode import hyphenated
from caveat.packs.library import load_rules
from caveat.suppress import _Kind

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
KEYS, SITE, PAGE = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)


def test_the_keys_are_all_there_and_sound(tmp_path: Path) -> None:
    file = tmp_path / ".caveat.yaml"
    file.write_text(KEYS, encoding="utf-8")
    config = load_config(file)
    assert unknown_rules(config, [rule.id for pack in load_rules() for rule in pack.rules]) == []
    given = {field.name for field in fields(Config) if getattr(config.config, field.name) not in (None, ())}
    assert {field.name for field in fields(Config)} == given
    assert all(f"\n{hyphenated(name)}:" in "\n" + KEYS for name in given)


def test_every_directive_is_named() -> None:
    assert all(f"{kind.value}: " in DOCS or kind is _Kind.END for kind in _Kind)
    assert "<!-- caveat-ignore-end -->" in DOCS


def test_the_comments_silence(linter: Linter) -> None:
    block, span, page = re.findall(r"(?m)^<!-- caveat-ignore[^>]*-->\n(?:<!-- caveat-ignore-end -->\n)?", DOCS)
    mdx = re.findall(r"`(\{/\*.*?\*/\})`", DOCS)[0]
    start, end = span.splitlines()
    for name, before, sentence, after in (
        ("a.md", block, "Zinc has shown great promise against colds.", ""),
        ("a.md", start, "Ginger cures colds. Take 25mg of ginger.", end),
        ("a.mdx", mdx, "Ginger flushes toxins from your liver.", ""),
    ):
        bare = linter.check_text(sentence, path=name).files[0]
        quiet = linter.check_text(f"{before}\n\n{sentence}\n\n{after}", path=name).files[0]
        assert bare.findings
        assert quiet.suppressed
        assert not [f for f in quiet.findings if f.rule.startswith("caveat/")]
    assert "editorial/" in page


def test_the_front_matter_silences(linter: Linter) -> None:
    report = linter.check_text(f"---\n{PAGE}---\n\nGinger flushes toxins from your liver.\n").files[0]
    assert (report.profile, report.jurisdictions) == ("patient-guide", ("uk",))
    assert [known.reason for known in report.suppressed] == ["The name of a song."]


PAGE_ON_ZINC = "---\nbyline: Jo Imfeld, PharmD\nmedically_reviewed_by: Al Ode, MD\nlast_updated: 2026-01-05\n---\n"
PAGE_ON_ZINC += "# Zinc\n\n" + "Zinc is a metal that the body needs. " * 30


def site(tmp_path: Path, settings: str = SITE) -> Path:
    """The site of the page, with the pack of the guide to rules."""
    guide = (ROOT / "docs/writing-a-rule.md").read_text(encoding="utf-8")
    pack = next(b for b in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if b.startswith("pack: desk"))
    for name, text in (("rules/desk.yaml", pack), (".caveat.yaml", settings), ("a.md", PAGE_ON_ZINC),
                       ("shop/b.md", PAGE_ON_ZINC), ("leaflets/c.md", PAGE_ON_ZINC)):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_site_in_three_countries(tmp_path: Path) -> None:
    root = site(tmp_path)
    report = Linter.load(start=root, cache=False).check_paths([root])
    files = {file.path.rsplit("/", 1)[1]: file for file in report.files}
    assert {name: (file.profile, file.jurisdictions) for name, file in files.items()} == {
        "a.md": ("article", ("us", "uk", "eu")),
        "b.md": ("supplement-marketing", ("us", "uk", "eu")),
        "c.md": ("patient-guide", ("uk",)),
    }
    assert [v.jurisdiction for v in files["b.md"].verdicts] == ["us", "uk", "eu"]
    for file in files.values():
        found = {finding.rule for finding in file.findings}
        assert "desk/sponsor-note-missing" not in found
        assert not {"disclosure/author-reviewer-missing", "disclosure/date-missing-or-stale"} & found


def test_a_disclosure_of_ones_own_is_asked_where_no_template_has_it(tmp_path: Path) -> None:
    root = site(tmp_path, SITE.replace(", sponsor-note-missing", ""))
    linter = Linter.load(start=root, cache=False)
    asked = {f.path.rsplit("/", 1)[1]: {x.rule: x for x in f.findings} for f in linter.check_paths([root]).files}
    finding = asked["a.md"]["desk/sponsor-note-missing"]
    assert finding.message == "The page is about Zinc and does not say that no sponsor had a say in it"
    assert "desk/sponsor-note-missing" in asked["b.md"]
    assert "desk/sponsor-note-missing" not in asked["c.md"]  # off for leaflets
    (root / "a.md").write_text(PAGE_ON_ZINC + "\n\nOur advertisers have no say in what we write.\n", encoding="utf-8")
    (file,) = linter.check_paths([root / "a.md"]).files
    assert "desk/sponsor-note-missing" not in {finding.rule for finding in file.findings}


def test_what_the_text_lowers_stays_below_unless_told_otherwise(tmp_path: Path) -> None:
    rule = "efficacy/disease-treatment"
    text = "Magnesium may relieve migraine. Our magnesium spray relieves migraine.\n"
    for given, levels in (
        ("error", ["warning", "error"]),
        ("{default: error, softened: error}", ["error", "error"]),
        ("{default: note, softened: off}", ["note"]),
        ("{default: error, softened: error, article: note}", ["note", "note"]),
    ):
        config = tmp_path / "one.yaml"
        config.write_text(f"severity:\n  {rule}: {given}\n", encoding="utf-8")
        (file,) = Linter.load(config=config, cache=False).check_text(text).files
        found = [finding for finding in file.findings if finding.rule == rule]
        assert [finding.severity.value for finding in found] == levels
        assert [finding.softened for finding in found] == [level == "warning" for level in levels]
