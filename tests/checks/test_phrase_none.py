"""Words that keep a phrase rule silent: in its sentence, and beside it where the rule says so."""

from __future__ import annotations

import pytest

from caveat.engine.linter import Linter

_RULE = """
  - id: {slug}
    title: A rule
    kind: phrase
    severity: warning
    when: {{any: [wonder syrup, syrup of wonders], none: [not sold, out of stock], none-beside: {beside}}}
    message: m
    why: w
    suggestion: s
    authority: [{{title: t}}]
    examples: {{bad: [wonder syrup], good: [other]}}
"""


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    """Two rules: one that asks of its own sentence only, one that asks of those beside it too."""
    folder = tmp_path_factory.mktemp("pack")
    rules = _RULE.format(slug="here", beside="false") + _RULE.format(slug="beside", beside="true")
    (folder / "ours.yaml").write_text(f"pack: ours\ntitle: T\nrules:{rules}", encoding="utf-8")
    return Linter.load(packs=[folder / "ours.yaml"], select=["ours/*"], start=folder, cache=False)


@pytest.mark.parametrize(
    ("text", "here", "beside"),
    [
        ("Our wonder syrup is here.", 1, 1),
        ("Our wonder syrup is not sold.", 0, 0),
        ("The syrup of wonders, a wonder syrup, is out of stock.", 0, 0),
        ("Our wonder syrup is here. It is not sold.", 1, 0),
        ("It is not sold.\n\nOur wonder syrup is here.", 1, 0),
        ("Our wonder syrup is here.\n\nIt is not sold.", 1, 0),
        ("Our wonder syrup is here. Our wonder syrup is not sold.", 1, 0),
        ("It is not sold. We are sorry. Our wonder syrup is here. We are glad. It is out of stock.", 1, 1),
    ],
)
def test_words_keep_a_rule_silent(linter: Linter, text: str, here: int, beside: int) -> None:
    rules = [finding.rule for finding in linter.check_text(text).files[0].findings]
    assert (rules.count("ours/here"), rules.count("ours/beside")) == (here, beside)
