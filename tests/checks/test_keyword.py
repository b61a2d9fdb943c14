"""How often a phrase of the title may stand on a page."""

from __future__ import annotations

import pytest

from caveat.checks import metadata
from caveat.engine.linter import Linter
from caveat.finding import Finding
from caveat.packs.scope import Profile

_LEAST = 12  # times that the rule asks for on a page of that length
_NAMED = "Our magnesium gummies taste of cherries. "
_OTHER = "We pack each jar by hand and post it with a card that tells where its fruit was grown. "


@pytest.fixture(scope="module")
def linter() -> Linter:
    """The built-in packs, without a cache."""
    return Linter.load(profile=Profile.SUPPLEMENT_MARKETING, cache=False)


def _finding(linter: Linter, title: str, text: str) -> Finding | None:
    found = linter.check_text(f"# {title}\n\n{text}\n").files[0].findings
    return next((finding for finding in found if finding.rule == "editorial/keyword-stuffing"), None)


@pytest.mark.parametrize(("times", "told"), [(_LEAST - 2, False), (_LEAST - 1, True), (_LEAST, True)])
def test_a_phrase_counts_from_its_least_number_of_times(linter: Linter, times: int, told: bool) -> None:
    """In the title as in the text; no other word of the page stands so often."""
    finding = _finding(linter, "Magnesium gummies by post", _NAMED * times + _OTHER * 12)
    assert (finding is not None) == told


def test_the_longer_phrase_is_told(linter: Linter) -> None:
    """Of two that stand equally often; words that are rare elsewhere make no phrase."""
    finding = _finding(
        linter, "Chewy magnesium gummies for kittens", _NAMED.replace("Our", "Our chewy") * _LEAST + _OTHER * 12
    )
    assert finding is not None
    assert "chewy magnesium gummies" in finding.message.lower()


def test_another_shortest_phrase_is_found_as_well(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a phrase is looked for by is as long as the shortest."""
    monkeypatch.setattr(metadata, "_PHRASE_WORDS", (3, 4))
    finding = _finding(linter, "Chewy magnesium gummies", _NAMED.replace("Our", "Our chewy") * _LEAST + _OTHER * 12)
    assert finding is not None
    assert "chewy magnesium gummies" in finding.message.lower()


@pytest.mark.parametrize("name", ["Vitamin D", "Corpus callosum", "Chronic eosinophilic leukemia"])
def test_a_name_that_is_no_more_than_a_name_does_not_count(linter: Linter, name: str) -> None:
    """Of a vitamin, of what the lexicon does not know, of an illness that holds a known one."""
    assert _finding(linter, name, f"{name} is the topic here. " * _LEAST + _OTHER * 12) is None


def test_a_phrase_inside_the_name_of_an_illness_does_not_count(linter: Linter) -> None:
    """It has no other name."""
    text = "High blood pressure is common. " * _LEAST + _OTHER * 12
    assert _finding(linter, "High blood pressure today", text) is None
