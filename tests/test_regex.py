"""Regular expressions compiled when they are first asked."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import caveat
from caveat.regex import regex


def test_answers_what_a_compiled_pattern_does() -> None:
    pattern = regex(r"(?P<first>[a-z])\d", re.IGNORECASE)
    assert pattern.fullmatch("B7")["first"] == "B"
    assert [m.group() for m in pattern.finditer("a1 b c2")] == ["a1", "c2"]
    assert pattern.search("none") is None
    assert pattern.pattern == r"(?P<first>[a-z])\d"


def test_is_compiled_when_it_is_first_asked() -> None:
    pattern = regex("(")
    with pytest.raises(re.error):
        pattern.search("")


def patterns(value: object) -> Iterator[Any]:
    """The patterns in a value, or in what it holds."""
    if isinstance(value, type(regex(""))):
        yield value
    elif isinstance(value, (list, tuple, Mapping)):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from patterns(one)


def test_every_pattern_of_every_module_compiles() -> None:
    found = []
    for info in walk_packages(caveat.__path__, "caveat."):
        if not info.name.endswith("__main__"):
            found += patterns(list(vars(import_module(info.name)).values()))
    assert len(found) > 120
    assert all(pattern.pattern for pattern in found)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda pattern: pickle.loads(pickle.dumps(pattern))])
def test_a_pattern_can_be_copied_before_and_after_it_is_asked(again: Callable[[Any], Any]) -> None:
    pattern = regex(r"b\d")
    assert again(pattern).search("ab7")
    assert pattern.search("ab7")
    assert again(pattern).search("ab7")
