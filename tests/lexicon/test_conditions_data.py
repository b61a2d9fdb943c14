"""What claims are about, as data: enough of it, well formed, and no name that means two things."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

LEXICON = Path(__file__).parents[2] / "rules" / "lexicon"
PATTERNS = (
    "conditions/*.yaml",
    "symptoms/*.yaml",
    "biomarkers.yaml",
    "functions.yaml",
    "body-parts.yaml",
    "populations.yaml",
    "nutrient-states.yaml",
)
PATHS = tuple(sorted(p for pattern in PATTERNS for p in LEXICON.glob(pattern)))
CONCEPTS = {"condition", "symptom", "biomarker", "function", "body-part", "population", "nutrient-state"}
TAGS = {
    "serious", "cancer", "infection", "mental", "chronic", "umbrella", "natural-state", "schedule-a",
    "emergency", "adverse", "pediatric", "sexual", "weight", "addiction", "autoimmune", "pain", "lower-better",
    "higher-better",
}  # fmt: skip
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
NAME = re.compile(r"[^\s,;]+( [^\s,;]+)*\Z")


@cache
def read(path: Path) -> dict[str, Any]:
    """One lexicon file; its shape is what the tests below check."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def entries() -> list[tuple[Path, str, dict[str, Any]]]:
    """Every entry with its file and id."""
    return [(path, key, entry) for path in PATHS for key, entry in read(path)["entries"].items()]


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_file_is_well_formed(path: Path) -> None:
    data = read(path)
    assert set(data) <= {"concept", "group", "tags", "entries"}
    assert data["concept"] in CONCEPTS
    assert SLUG.match(data["group"])
    assert set(data.get("tags", [])) <= TAGS
    for key, entry in data["entries"].items():
        assert SLUG.match(key), key
        assert set(entry) <= {"names", "abbr", "group", "tags", "needs", "not-in"}, key
        assert entry["names"], key
        assert set(entry.get("tags", [])) <= TAGS, key
        for field in entry:
            words = [entry[field]] if field == "group" else entry[field]
            assert all(isinstance(word, str) and NAME.match(word) for word in words), (key, field)
            assert len(set(words)) == len(words), (key, field)


def test_apostrophes_are_straight() -> None:
    assert not [path.name for path in PATHS if "\N{RIGHT SINGLE QUOTATION MARK}" in path.read_text(encoding="utf-8")]


def test_there_are_enough_concepts() -> None:
    counts = Counter(read(path)["concept"] for path, _, _ in entries())
    assert counts["condition"] + counts["symptom"] >= 700
    assert counts["biomarker"] >= 90
    assert counts["function"] + counts["body-part"] >= 250
    assert counts["population"] >= 60
    assert counts["nutrient-state"] >= 40


def test_ids_are_unique() -> None:
    ids = Counter(key for _, key, _ in entries())
    assert [key for key, count in ids.items() if count > 1] == []


def test_a_name_belongs_to_one_concept() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for _, key, entry in entries():
        for name in entry["names"]:
            owners[name.lower().replace("-", " ")].add(key)
        for abbreviation in entry.get("abbr", []):
            owners[f"{abbreviation} (abbreviation)"].add(key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("breast cancer", "cancer"),
        ("influenza", "infection"),
        ("hot flash", "natural-state"),
        ("stroke", "emergency"),
        ("alcohol use disorder", "addiction"),
        ("rheumatoid arthritis", "autoimmune"),
        ("erectile dysfunction", "sexual"),
        ("nausea", "adverse"),
        ("weight loss", "weight"),
        ("chronic disease", "umbrella"),
    ],
)
def test_tag_of_a_well_known_concept(name: str, tag: str) -> None:
    found = [(path, entry) for path, _, entry in entries() if name in entry["names"]]
    assert len(found) == 1
    path, entry = found[0]
    assert tag in entry.get("tags", read(path).get("tags", []))


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("depression", "great depression"),
        ("stroke", "stroke of luck"),
        ("stress", "stress test"),
        ("shingles", "roof shingles"),
        ("memory", "memory foam"),
    ],
)
def test_ambiguous_name_lists_its_other_sense(name: str, phrase: str) -> None:
    assert [phrase in entry.get("not-in", []) for _, _, entry in entries() if name in entry["names"]] == [True]
