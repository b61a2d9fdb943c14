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
KEYS, PAGE = (block for language, block in re.findall(r"```(\w+)\n(.*?)```", DOCS, re.DOTALL) if language == "yaml")


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
