"""The compiled recogniser and a way to run it on a text, built once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import pytest

from caveat.analysis.context import ContextFinder
from caveat.analysis.disclosures import DisclosureFinder, Found
from caveat.analysis.evidence import References
from caveat.analysis.facts import Cue
from caveat.analysis.mentions import MentionFinder
from caveat.analysis.pipeline import Pipeline, Tokens
from caveat.analysis.slots import Slots
from caveat.analysis.topic import find_topic
from caveat.analysis.view import BlockView
from caveat.packs.cues import CueData
from caveat.packs.datafile import load_file
from caveat.packs.disclosures import load_disclosures
from caveat.packs.files import rules_dir
from caveat.packs.lexicon import load_lexicon
from caveat.readers import read_text

Find = Callable[..., Found]


@pytest.fixture(scope="session")
def find() -> Find:
    pipeline = Pipeline()
    norms = lru_cache(maxsize=None)(pipeline.norms)
    finder = DisclosureFinder(load_disclosures(rules_dir() / "disclosures"), norms)
    mentions = MentionFinder(load_lexicon([rules_dir() / "lexicon"]), pipeline.norms_of)

    context = ContextFinder(load_file(rules_dir() / "lexicon" / "cues.yaml", CueData), norms)

    def read(texts: Iterable[str]) -> list[tuple[Tokens, tuple[Cue, ...]]]:
        texts = list(texts)
        tokens = pipeline.tokenize(texts)
        return [(one, context.find(0, text, one)) for text, one in zip(texts, tokens, strict=True)]

    def run(text: str, path: str = "page.md") -> Found:
        document = read_text(text, path=path)
        views = []
        for i, (block, tokens) in enumerate(
            zip(document.blocks, pipeline.tokenize(b.text for b in document.blocks), strict=True)
        ):
            placed = tuple(mentions.find(i, block.text, tokens, frozenset()))
            cues = context.find(i, block.text, tokens, Slots(tokens, placed))
            views.append(BlockView(i, block, tokens, placed, cues))
        named = [placed.mention for view in views for placed in view.mentions]
        return finder.find(document, views, References(document), read, find_topic(document, named))

    return run
