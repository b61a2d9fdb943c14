"""YAML with places: what it means, where it stood, and what it refuses."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.packs.yaml import MAX_DEPTH, Loc, parse, parse_file


def said(text: str) -> list[str]:
    return [str(m) for m in parse(text, "f.yaml").mistakes]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("off", "off"),
        ("no", "no"),
        ("yes", "yes"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("12", 12),
        ("-3", -3),
        ("1.50", Decimal("1.50")),
        ("1e3", Decimal("1e3")),
        ("1.5 mg", "1.5 mg"),
        ("2026-01-31", "2026-01-31"),
        ("12:30", "12:30"),
        ("'12'", "12"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("nothing", "nothing"),
    ],
)
def test_scalars_mean_what_yaml_1_2_says_and_decimals_stay_exact(text: str, value: object) -> None:
    parsed = parse(f"a: {text}\n", "f.yaml")
    assert parsed.mistakes == ()
    assert parsed.value == {"a": value}
    assert type(parsed.value["a"]) is type(value)


def test_every_value_and_key_has_its_place() -> None:
    parsed = parse("a:\n  - b: é x\n    c: [1, two]\n", "f.yaml")
    assert parsed.place(("a", 0, "b")) == (2, 8)
    assert parsed.place(("a", 0, "c"), key=True) == (3, 5)
    assert parsed.place(("a", 0, "c", 1)) == (3, 12)
    assert parsed.place(("a", 0, "missing")) == (2, 5)
    assert parsed.place(("a", 7, "b")) == (2, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", 'f.yaml:3:1: key "a" is given twice (first on line 1)'),
        ("a: 1\n12: x\n", 'f.yaml:2:1: key "12" is not text (put it in quotes)'),
        ("true: x\n", 'f.yaml:1:1: key "true" is not text (put it in quotes)'),
        ("a:\n\t- b\n", "f.yaml:2:1: a tab where YAML wants spaces (indent with spaces)"),
        (
            "a: b: c\n",
            'f.yaml:1:5: a second ": " in one line, where one value is wanted (put text that holds ": " in quotes)',
        ),
        (
            "a: !!python/object:os.system x\n",
            'f.yaml:1:4: tag "tag:yaml.org,2002:python/object:os.system" is not allowed',
        ),
        ("a: &x {<<: {b: 1}}\n", "f.yaml:1:8: merge keys are not supported (write the keys out)"),
        ("a: 1\n---\nb: 2\n", 'f.yaml:2:1: a second document in the file (remove the "---")'),
        ("a: *x\n", 'f.yaml:1:4: "*x" repeats a value that is nowhere marked "&x" (text that begins with "*" has to'),
        ("a: 1\nb: [\n", "f.yaml:3:1: a value is wanted here: a list or mapping is opened and not closed"),
        ('a: "x\n', "f.yaml:2:1: a quotation mark is opened and never closed"),
        (
            "a: [b, c\nd: e\n",
            "f.yaml:2:2: a list in [ ] is not closed, or a comma is missing; this list starts on line 1",
        ),
        ("a: @b\n", "f.yaml:1:4: a value can not begin so (put it in quotes)"),
        ("a: 1\nb\nc: 2\n", 'f.yaml:3:1: ":" is wanted after the key'),
        ("a: &x [*x]\n", 'f.yaml:1:8: alias "*x" inside the value that it names'),
        ("? [a]\n: b\n", "f.yaml:1:3: a key must be a plain word, not a list or mapping"),
        ("a: 1\nb: \x01\n", "f.yaml:2:1: a character that YAML does not allow"),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, expected: str) -> None:
    assert any(m.startswith(expected) for m in said(text)), said(text)


def test_an_unclosed_list_names_the_line_it_starts_on() -> None:
    assert "starts on line 2" in said("a: 1\nb: [1,\n  2\nc: 3\n")[0]


def test_a_mistake_does_not_hide_the_values_around_it() -> None:
    parsed = parse("a: 1\na: {deep: [2]}\nb: 3\n", "f.yaml")
    assert parsed.value == {"a": 1, "b": 3}
    assert len(parsed.mistakes) == 1


def test_aliases_repeat_values_and_stay_bounded() -> None:
    assert parse("a: &x [1, 2]\nb: *x\n", "f.yaml").value == {"a": [1, 2], "b": [1, 2]}
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30))
    assert any("aliases repeat more than" in m for m in said(bomb))


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000 + "a", "{a: " * 100_000])
def test_no_nesting_is_too_deep_to_be_refused(text: str) -> None:
    start = time.process_time()
    assert said(text) == [m for m in said(text) if f"more than {MAX_DEPTH} levels" in m] != []
    assert time.process_time() - start < 5


def test_files_that_can_not_be_read_are_mistakes(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("a: 1\nb: é\n".encode("latin-1"))
    (found,) = parse_file(tmp_path / "latin.yaml", "latin.yaml").mistakes
    assert str(found) == "latin.yaml:2:1: not UTF-8 text"
    (found,) = parse_file(tmp_path / "none.yaml", "none.yaml").mistakes
    assert str(found).startswith("none.yaml: can not be read")
    (found,) = parse_file(tmp_path, "folder").mistakes
    assert "can not be read" in str(found)


def test_a_byte_order_mark_and_carriage_returns_are_no_matter(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: [x]\r\n")
    parsed = parse_file(tmp_path / "w.yaml")
    assert parsed.value == {"a": 1, "b": ["x"]}
    assert parsed.place(("b", 0)) == (2, 5)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def locs(value: Any, at: Loc = ()) -> list[tuple[Loc, Any]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(at, value), *(found for key, part in parts for found in locs(part, (*at, key)))]


@settings(max_examples=80, deadline=None)
@given(values)
def test_written_values_come_back_and_places_hold_them(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    parsed = parse(text, "f.yaml")
    assert parsed.mistakes == ()
    assert parsed.value == value
    lines = text.split("\n")
    for loc, part in locs(value):
        line, column = parsed.place(loc)
        first = json.dumps(part, ensure_ascii=False)[0]
        assert lines[line - 1][column - 1] == first


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#?, \n\t<%@`1", max_size=60))
def test_any_text_gives_values_or_mistakes_and_never_an_exception(text: str) -> None:
    parsed = parse(text, "f.yaml")
    for mistake in parsed.mistakes:
        assert 1 <= mistake.line <= text.count("\n") + 2
    if not parsed.mistakes:
        assert (yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)) is None) == (parsed.root is None)
