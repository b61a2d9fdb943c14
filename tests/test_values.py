"""Values behave as the standard library's data classes do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import Any

import pytest

from caveat.values import dataclass as lazy

OPTIONS = [
    {"frozen": True, "slots": True},
    {"frozen": True},
    {"slots": True},
    {},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "slots": True, "kw_only": True},
]


def made(decorator: Any, **options: bool) -> type[Any]:
    """A class with each kind of field, decorated."""

    @decorator(**options)
    class Dose:
        """A dose."""

        low: int
        unit: str = "mg"
        notes: list[str] = dataclasses.field(default_factory=list)

        def __post_init__(self) -> None:
            if self.low < 0:
                raise ValueError("below nought")

    return Dose


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_value_is_what_the_standard_library_makes(options: dict[str, bool]) -> None:
    ours, theirs = made(lazy, **options), made(dataclasses.dataclass, **options)
    for given in ({"low": 1}, {"low": 2, "unit": "g"}, {"low": 3, "notes": ["daily"]}):
        one, other = ours(**given), theirs(**given)
        assert repr(one) == repr(other)
        assert dataclasses.asdict(one) == dataclasses.asdict(other)
        assert one == ours(**given) != ours(low=9)
        assert one != other
        assert copy.deepcopy(one) == one
        assert repr(dataclasses.replace(one, low=7)) == repr(dataclasses.replace(other, low=7))
    assert ours.__match_args__ == theirs.__match_args__
    assert hasattr(ours(low=1), "__dict__") == hasattr(theirs(low=1), "__dict__")
    for wrong in ({}, {"low": 1, "form": "tablet"}):
        with pytest.raises(TypeError):
            ours(**wrong)
    with pytest.raises(ValueError, match="below nought"):
        ours(low=-1)
    assert ours(low=1).notes is not ours(low=1).notes


@lazy(frozen=True, slots=True, order=True)
class Place:
    """A place."""

    line: int
    column: int = 1


@lazy(frozen=True)
class Named(Place):
    """A place with a name."""

    name: str = ""


def test_frozen_values_can_be_keys_and_not_changed() -> None:
    assert {Place(1): "a"}[Place(1, 1)] == "a"
    assert hash(Place(2)) == hash(Place(2))
    assert sorted([Place(2), Place(1, 2), Place(1)]) == [Place(1), Place(1, 2), Place(2)]
    with pytest.raises(dataclasses.FrozenInstanceError, match="line"):
        Place(1).line = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del Place(1).line  # type: ignore[misc]
    with pytest.raises(TypeError):
        hash(made(lazy)(low=1))


@pytest.mark.parametrize("value", [Place(3), Named(1, 2, "dose")])
def test_values_are_pickled(value: Place) -> None:
    assert pickle.loads(pickle.dumps(value)) == value


def test_a_value_can_be_pickled_before_another_is_made() -> None:
    program = (
        "import pickle, sys; from caveat.source import Span; "
        "span = pickle.loads(bytes.fromhex(sys.argv[1])); print(span == Span(1, 2), span)"
    )
    from caveat.source import Span  # noqa: PLC0415

    done = subprocess.run(
        [sys.executable, "-c", program, pickle.dumps(Span(1, 2)).hex()], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True Span(start=1, end=2)\n"


def test_a_subclass_is_made_of_its_own_fields_and_those_above() -> None:
    assert repr(Named(1, name="dose")) == "Named(line=1, column=1, name='dose')"
    assert Named(1) != Place(1)
    assert dataclasses.replace(Named(1, name="dose"), line=4) == Named(4, 1, "dose")


@pytest.mark.parametrize("said", [{"compare": False}, {"init": False, "default": 0}, {"hash": False}])
def test_what_a_field_can_not_be_told_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"Dose\.low: only a default"):

        @lazy(frozen=True)
        class Dose:
            low: int = dataclasses.field(**said)
