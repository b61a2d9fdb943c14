"""The text of JSON reports."""

from __future__ import annotations

import json
from typing import Any

import pytest

from caveat.report.indented import dumps

VALUES: list[Any] = [
    {},
    [],
    "",
    None,
    True,
    0,
    -7,
    1.5,
    10**30,
    'quote " backslash \\ line\n tab\t, é, 𝛼, \ud800, \x7f',
    [1, [2, []], {"a": {}}],
    ("a", (), [("b",)]),
    {"a": [1, 2], "é": {"b": None, "c": False}, "": [{"d": "x"}, {"d": 3}]},
]


@pytest.mark.parametrize("value", [*VALUES, VALUES, {str(i): value for i, value in enumerate(VALUES)}])
def test_is_written_as_the_standard_library_writes_it(value: Any) -> None:
    assert dumps(value) == json.dumps(value, indent=2)


def test_an_iterator_is_written_as_a_list() -> None:
    values = {"a": VALUES, "files": VALUES, "none": [], "é": {"b": 1}}
    given = {**values, "files": iter(VALUES), "none": iter(())}
    assert dumps(given) == json.dumps(values, indent=2)


def test_what_json_can_not_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        dumps({"a": {1, 2}})
    with pytest.raises(TypeError, match="is text, not 1"):
        dumps({1: "a"})
