"""The cue file: what it may hold, how mistakes are told, and what the automaton makes of it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.analysis.automaton import PhraseAutomaton
from caveat.analysis.context import ContextFinder
from caveat.analysis.facts import Role
from caveat.analysis.pipeline import Pipeline
from caveat.packs.cues import CueData, Reach, Way
from caveat.packs.datafile import load_file
from caveat.packs.errors import PackError


def cues(folder: Path, text: str) -> CueData:
    file = folder / "cues.yaml"
    file.write_text(text, encoding="utf-8")
    return load_file(file, CueData)


def test_a_group_has_defaults(tmp_path: Path) -> None:
    data = cues(tmp_path, "cues:\n  - role: negation\n    words: [nay]\n")
    (group,) = data.cues
    assert (group.role, group.words, group.way, group.reach) == (Role.NEGATION, ("nay",), Way.FORWARD, Reach.CLAUSE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cues:\n  - role: negatoin\n    words: [nay]\n", "cues.yaml:2:11"),
        ("cues:\n  - role: negation\n    wrods: [nay]\n    words: [nay]\n", "wrods"),
        ("cues:\n  - role: negation\n", "words"),
        ("terminators: [but]\n", "cues"),
    ],
)
def test_mistakes_are_told_at_their_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PackError, match=message):
        cues(tmp_path, text)


def test_every_role_but_those_found_in_code_has_cues(cue_data: CueData) -> None:
    assert {group.role for group in cue_data.cues} == set(Role) - {Role.QUOTATION}


@pytest.mark.parametrize(
    ("group", "scope"),
    [
        ("reach: cue", "nay"),
        ("limit: 2", "nay ginger eases"),
        ("way: backward", "tea and nay"),
        ("way: both", "tea and nay ginger eases pain"),
        ("reach: sentence\n    way: both", "tea and nay ginger eases pain but it costs"),
        ("reach: block\n    way: both", "tea and nay ginger eases pain but it costs. More."),
        ("reach: phrase", "nay ginger"),
    ],
)
def test_way_reach_and_limit(tmp_path: Path, group: str, scope: str, pipeline: Pipeline) -> None:
    data = cues(
        tmp_path,
        f"terminators: [but]\nclause-words: [eases]\ncues:\n  - role: negation\n    words: [nay]\n    {group}\n",
    )
    text = "tea and nay ginger eases pain but it costs. More."
    (tokens,) = pipeline.tokenize([text])
    (cue,) = ContextFinder(data, pipeline.norms).find(0, text, tokens)
    assert cue.scope.of(text) == scope


def test_the_longest_phrase_wins(tmp_path: Path, pipeline: Pipeline) -> None:
    data = cues(
        tmp_path,
        "pseudo: [nay sayers]\n"
        "cues:\n  - role: negation\n    words: [nay, nay nay]\n  - role: booster\n    words: [nay too]\n",
    )
    finder = ContextFinder(data, pipeline.norms)
    for text, expected in (("nay", ["nay"]), ("nay nay", ["nay nay"]), ("nay sayers", []), ("nay too", ["nay too"])):
        (tokens,) = pipeline.tokenize([text])
        assert [cue.text for cue in finder.find(0, text, tokens)] == expected


forms = st.lists(st.lists(st.sampled_from("abc"), max_size=2), min_size=1, max_size=3)
patterns = st.lists(
    st.lists(forms, min_size=1, max_size=3).filter(lambda ps: any(all(fs) for fs in ps)), min_size=1, max_size=4
)


@given(patterns=patterns, norms=st.lists(st.sampled_from("abcd"), max_size=8))
def test_the_automaton_finds_what_the_spelled_out_phrases_find(
    patterns: list[list[list[list[str]]]], norms: list[str]
) -> None:
    spelled: set[tuple[tuple[str, ...], int]] = set()
    for number, positions in enumerate(patterns):
        sequences: list[tuple[str, ...]] = [()]
        for alternatives in positions:
            sequences = [s + tuple(form) for s in sequences for form in alternatives]
        spelled |= {(s, number) for s in sequences}
    expected = {
        (start, start + len(words), number)
        for words, number in spelled
        for start in range(len(norms))
        if tuple(norms[start : start + len(words)]) == words
    }
    automaton = PhraseAutomaton([(p, n) for n, p in enumerate(patterns)])
    for low, high in combinations(range(len(norms) + 1), 2):
        found = list(automaton.scan(norms, low, high))
        assert sorted(found) == sorted(hit for hit in expected if low <= hit[0] and hit[1] <= high)


def test_a_pattern_that_needs_no_word_is_refused() -> None:
    with pytest.raises(ValueError, match="everywhere"):
        PhraseAutomaton([([[["a"], []]], 0)])
