"""Regular expressions compiled when they are first asked."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

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


def test_every_pattern_of_every_module_compiles() -> None:
    kind = type(regex(""))
    found = 0
    for info in walk_packages(caveat.__path__, "caveat."):
        if not info.name.endswith("__main__"):
            for value in vars(import_module(info.name)).values():
                if isinstance(value, kind):
                    assert value.pattern
                    found += 1
    assert found > 80
