"""Mappings whose values are made when they are first asked for."""

from __future__ import annotations

import pickle

import pytest

from caveat.lazily import Lazily


def test_a_value_is_made_once_and_only_if_it_is_asked_for() -> None:
    asked: list[str] = []

    def make(key: str) -> list[str]:
        asked.append(key)
        return [key]

    made = Lazily(["a", "b"], make)
    assert ("a" in made, "c" in made, len(made), list(made)) == (True, False, 2, ["a", "b"])
    assert asked == []
    assert made["b"] is made["b"]
    assert asked == ["b"]
    assert made.get("c") is None
    with pytest.raises(KeyError):
        made["c"]


class Loud:
    """A value that can not be read."""

    def __reduce__(self) -> tuple[object, ...]:
        return int, ("loud",)


def test_out_of_a_pickle_comes_what_is_asked_for() -> None:
    values = {"a": 1, "loud": Loud(), "c": (3,), "bytes": pickle.dumps(4)}
    again = pickle.loads(pickle.dumps(Lazily(values, values.__getitem__)))
    again = pickle.loads(pickle.dumps(again))  # what has not been asked for is put away as it came
    assert list(again) == list(values)
    assert (again["a"], again["c"], again["bytes"]) == (1, (3,), pickle.dumps(4))
    with pytest.raises(ValueError, match="loud"):
        again["loud"]
