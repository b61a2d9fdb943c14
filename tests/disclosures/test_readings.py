"""Which way sentences speak: what comforts ticks no disclosure, what warns or advises does, however it is put."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from caveat.analysis.disclosures import DisclosureFinder
from caveat.analysis.evidence import References
from caveat.analysis.pipeline import Pipeline
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.view import BlockView
from caveat.packs.disclosures import Byline, load_disclosures
from caveat.packs.files import rules_dir
from caveat.packs.when.disclosure import DisclosureKind
from caveat.readers import read_text

from .conftest import Find

_SENTENCES = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text(encoding="utf-8"))
_DANGEROUS = [(key, text) for key, texts in _SENTENCES["dangerous"].items() for text in texts]
_WARNINGS = [(key, text) for key, texts in _SENTENCES["warnings"].items() for text in texts]
_KNOWN_WRONG = frozenset(_SENTENCES["wrong"])  # read wrongly today; kept so that the rate stays honest


def _ticks(find: Find, key: str, text: str) -> bool:
    kind, _, topic = key.partition(":")
    found = find(f"# Page\n\nSome words stand here.\n\n{text}\n").disclosures
    return any(d.kind.value == kind and topic in ("", d.topic) for d in found)


@pytest.mark.parametrize(("key", "text"), [row for row in _DANGEROUS if row[1] not in _KNOWN_WRONG])
def test_what_comforts_discloses_nothing(key: str, text: str, find: Find) -> None:
    assert not _ticks(find, key, text)


@pytest.mark.parametrize(("key", "text"), [row for row in _WARNINGS if row[1] not in _KNOWN_WRONG])
def test_a_caution_is_read(key: str, text: str, find: Find) -> None:
    assert _ticks(find, key, text)


def test_what_is_listed_as_wrong_is_still_wrong(find: Find) -> None:
    right = [t for k, t in _DANGEROUS if t in _KNOWN_WRONG and not _ticks(find, k, t)]
    right += [t for k, t in _WARNINGS if t in _KNOWN_WRONG and _ticks(find, k, t)]
    assert right == []
    assert len(_KNOWN_WRONG) <= (len(_DANGEROUS) + len(_WARNINGS)) // 10


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("## Pregnancy\n\nAsk your midwife first.", "pregnancy", True),
        ("## Pregnancy\n\nIt makes mothers glow.", "pregnancy", False),
        ("## Pregnancy\n\nThe plant is tall.\n\n## Colour\n\nAvoid sunlight.", "pregnancy", False),
        ("| Group | Advice |\n|---|---|\n| Pregnancy | Do not take it |", "pregnancy", True),
        (
            "| Group | Advice |\n|---|---|\n| Pregnancy | Safe at any dose |\n| Asthma | Do not take it |",
            "pregnancy",
            False,
        ),
        ("Who must not take it? Women who are pregnant.", "pregnancy", True),
        ("Is it safe in pregnancy? Yes, of course.", "pregnancy", False),
        ("Avoid it if you:\n\n- are pregnant\n- have gout", "pregnancy", True),
        ("It helps you if you:\n\n- are pregnant\n- have gout", "pregnancy", False),
        ("It is fine in pregnancy, but ask your doctor first.", "pregnancy", True),
    ],
)
def test_what_stands_around_a_topic_says_which_way_it_is_meant(text: str, kind: str, found: bool, find: Find) -> None:
    assert _ticks(find, kind, text) is found


def test_acts_stand_in_one_sentence_each() -> None:
    """They are looked for sentence by sentence: words with an end in them would never be found."""
    pipeline = Pipeline()
    data = load_disclosures(rules_dir() / "disclosures")
    norms = lru_cache(maxsize=None)(pipeline.norms)
    templates = [template for act in data.acts for template in act.any]
    shapes = [s for t in templates for s in TemplateReader(norms, data.lists).positions(t) or ()]
    words = {word for shape in shapes for forms in shape for form in forms for word in form}
    assert len(words) > 500
    assert [word for word in words if len(pipeline.tokenize([f"{word} Word"])[0].sentences) > 1] == []


@pytest.mark.parametrize("turned", [False, True])
def test_the_first_then_the_longest_match_counts_in_whatever_order_templates_stand(turned: bool) -> None:
    templates = ("(reviewed|checked) by", "(medically|clinically) reviewed by", "medically reviewed")
    data = load_disclosures(rules_dir() / "disclosures")
    byline = Byline(DisclosureKind.REVIEWER, templates[::-1] if turned else templates)
    pipeline = Pipeline()
    finder = DisclosureFinder(replace(data, bylines=(byline,)), pipeline.norms)
    document = read_text("# Page\n\nMedically reviewed by Tom Okafor, MD. Checked by Ana Silva.\n", path="page.md")
    tokens = pipeline.tokenize(block.text for block in document.blocks)
    views = [BlockView(i, b, t, (), ()) for i, (b, t) in enumerate(zip(document.blocks, tokens, strict=True))]
    references = References(document)
    found = finder.find(document, views, references, lambda texts: [(t, ()) for t in pipeline.tokenize(texts)])
    (first, *_) = [d for d in found.disclosures if d.kind is DisclosureKind.REVIEWER]
    assert (first.text.startswith("Tom Okafor"), first.exact) == (True, True)
