"""The health claims that may be made for foods (rules/register.yaml): which functions of the body, for what, when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from caveat.values import dataclass

_WORD = re.compile(r"[a-z0-9]+")
_PLURAL = re.compile(r"(?<=[a-z])(?<![isu])s\Z")


@dataclass(frozen=True, slots=True)
class Listed:
    """The functions for which claims on some substances (ids of the lexicon) are listed; `condition` says when."""

    of: tuple[str, ...]
    functions: tuple[str, ...]
    condition: str = ""


@dataclass(frozen=True)
class Register:
    """The whole file. `condition` holds where an entry has none of its own; `none` have no listed claim at all.

    An entry names each function by words that a claim in the listed wording holds, with others for it after a bar.
    """

    condition: str
    claims: tuple[Listed, ...]
    none: tuple[str, ...] = ()

    @cached_property
    def _by_substance(self) -> Mapping[str, Listed]:
        return {substance: listed for listed in self.claims for substance in listed.of}

    def knows(self, substance: str) -> bool:
        """Whether the file says anything of a substance, be it that nothing is listed for it."""
        return substance in self._by_substance or substance in self.none

    def lists(self, substance: str, target: str) -> bool:
        """Whether the words of a claim's target name a function that is listed for the substance."""
        listed = self._by_substance.get(substance)
        words = set(_stems(target))
        named = (_stems(way) for function in listed.functions for way in function.split("|")) if listed else ()
        return any(words.issuperset(way) for way in named)

    def advice(self, substance: str, name: str) -> str:
        """What is listed for a substance, and under what condition, in words; empty where the file does not know it."""
        listed = self._by_substance.get(substance)
        if listed is None:
            return f"No claim is listed for {name}." if substance in self.none else ""
        functions = ", ".join(function.partition("|")[0] for function in listed.functions)
        condition = listed.condition or self.condition
        return f"For {name} the register has: {functions}. Check its condition there: {condition}."


def _stems(text: str) -> list[str]:
    """The words of a text in small letters without the s of a plural; "loss", "mucous" and "synthesis" keep theirs."""
    return [_PLURAL.sub("", word) for word in _WORD.findall(text.lower())]
