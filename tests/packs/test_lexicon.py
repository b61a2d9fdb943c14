"""Vocabulary files: what loads, what is refused, and what the shipped ones hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.packs.errors import PackError
from caveat.packs.lexicon import Entry, Lexicon, load_lexicon
from caveat.packs.model import Concept

HEART = """\
concept: condition
group: cardiovascular
tags: [serious]
entries:
  hypertension:
    names: [hypertension, high blood pressure]
    abbr: [HTN]
    tags: [chronic, serious]
  cold:
    names: [cold]
    group: infection
    needs: [fever, cough]
    not-in: [cold water]
"""
STEMS = """\
suffixes:
  - {ending: statin, concept: drug, except: [nystatin], group: lipid-lowering}
  - {ending: atin, concept: supplement}
"""


def load(folder: Path, **files: str) -> Lexicon:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_lexicon([folder])


def problems(folder: Path, **files: str) -> list[str]:
    try:
        load(folder, **files)
    except PackError as error:
        return [f"{Path(m.path).name}:{m.line}:{m.column}: {m.message}" for m in error.mistakes]
    return []


def test_defaults_fill_what_entries_leave_out_and_tags_add(tmp_path: Path) -> None:
    lexicon = load(tmp_path, heart=HEART)
    assert lexicon.entries == (
        Entry(
            id="hypertension",
            concept=Concept.CONDITION,
            names=("hypertension", "high blood pressure"),
            abbr=("HTN",),
            group="cardiovascular",
            tags=("serious", "chronic"),
        ),
        Entry(
            id="cold",
            concept=Concept.CONDITION,
            names=("cold",),
            group="infection",
            tags=("serious",),
            needs=("fever", "cough"),
            not_in=("cold water",),
        ),
    )
    assert {"condition", "serious", "infection", "hypertension"} <= lexicon.vocabulary()


def test_a_phrase_with_alternatives_stands_for_each_way_through_them(tmp_path: Path) -> None:
    lexicon = load(tmp_path, heart=HEART.replace("[cold water]", '["(a|the|) cold (water|\n      beer)", cold call]'))
    assert lexicon.entries[1].not_in == (
        "a cold water", "a cold beer", "the cold water", "the cold beer", "cold water", "cold beer", "cold call",
    )  # fmt: skip


def test_the_longest_ending_tells_and_exceptions_hold(tmp_path: Path) -> None:
    stems = load(tmp_path, stems=STEMS).stems
    statin = stems.of("rosuvastatin")
    assert statin is not None
    assert (statin.ending, statin.concept, statin.group) == ("statin", Concept.DRUG, "lipid-lowering")
    other = stems.of("gelatin")
    assert other is not None
    assert other.concept is Concept.SUPPLEMENT
    assert stems.of("nystatin") is None
    assert stems.of("statin") is not stems.by_ending["statin"]
    assert stems.of("water") is None


def test_files_of_other_shapes_are_left_alone(tmp_path: Path) -> None:
    assert load(tmp_path, cues="cues: [{role: hedge}]\n", heart=HEART).entries


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "names: [cold]",
            "nams: [cold]",
            ['heart.yaml:10:5: unknown key "nams"'],
        ),
        ("concept: condition", "concept: conditon", ['heart.yaml:1:10: unknown value "conditon"']),
        ("names: [cold]", "names: []", ["heart.yaml:10:12: no name"]),
        ("names: [cold]", "names: [cold, cold]", ['heart.yaml:10:19: "cold" is listed twice']),
        ("names: [cold]", "names: [12]", ["heart.yaml:10:13: text is wanted here, not 12"]),
        ("  cold:", "  Common cold:", ['heart.yaml:9:3: "Common cold" is not an id']),
        ("needs: [fever, cough]", "of: hypertensions", ['heart.yaml:12:9: no entry "hypertensions"']),
        ("tags: [serious]\ne", "tags: ['']\ne", ["heart.yaml:3:8: empty text", 'heart.yaml:3:8: unknown value ""']),
        ("tags: [chronic, serious]", "tags: [cronic]", ['heart.yaml:8:12: unknown value "cronic"']),
        ("needs: [fever, cough]", "needs: [high fever]",
         ['heart.yaml:12:13: "high fever" is more than one word, and only words are looked for']),
        ("[cold water]", "[scold, Cold-water]", ['heart.yaml:13:14: no name of "cold" stands in "scold"']),
        ("entries:", "entrys:", ['heart.yaml:4:1: unknown key "entrys"']),
    ],
)  # fmt: skip
def test_mistakes_are_told_at_their_place(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert HEART.count(old) == 1
    assert problems(tmp_path, heart=HEART.replace(old, new)) == expected


def test_an_id_given_twice_names_both_places(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, a=HEART, b="concept: symptom\nentries:\n  cold: {names: [chill]}\n")
    assert found.startswith('b.yaml:3:3: id "cold" is given twice, first at ')
    assert found.endswith("a.yaml:9:3")


def test_two_things_with_one_name_need_words_to_tell_them_apart(tmp_path: Path) -> None:
    other = "concept: symptom\nentries:\n  chill:\n    names: [chill, colds]\n"
    (found,) = problems(tmp_path, a=HEART, b=other)
    assert found.startswith('b.yaml:4:20: "colds" also names "cold", ')
    assert problems(tmp_path, a=HEART, b=other + "    needs: [shiver]\n") == []
