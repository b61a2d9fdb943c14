"""What may be claimed for foods and supplements (rules/register.yaml), by jurisdiction: functions and outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

from caveat.packs.reference import Source
from caveat.packs.scope import Jurisdiction
from caveat.regex import regex
from caveat.values import dataclass

_WORD = regex(r"[a-z0-9]+")
_PLURAL = regex(r"(?<=[a-z])(?<![isu])s\Z")


@dataclass(frozen=True, slots=True)
class Listed:
    """The functions for which claims on some substances (ids of the lexicon) are listed; `condition` says when."""

    of: tuple[str, ...]
    functions: tuple[str, ...]
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Permitted:
    """Outcomes (ids of the lexicon) of which sellers of some substances may speak, in these predicate classes."""

    of: tuple[str, ...]
    outcomes: frozenset[str]
    predicates: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What some jurisdictions permit. `condition` holds where a claim has none of its own; `none` have no claim at all.

    A claim names each function by words that it holds in the listed wording, with others for it after a bar.
    """

    jurisdictions: tuple[Jurisdiction, ...]
    condition: str = ""
    claims: tuple[Listed, ...] = ()
    none: tuple[str, ...] = ()
    outcomes: tuple[Permitted, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True)
class Register:
    """The whole file."""

    registers: tuple[Listing, ...]

    @cached_property
    def _by_substance(self) -> Mapping[str, tuple[Listed, str]]:
        return {
            substance: (listed, listed.condition or listing.condition)
            for listing in self.registers
            for listed in listing.claims
            for substance in listed.of
        }

    @cached_property
    def _without(self) -> frozenset[str]:
        return frozenset(substance for listing in self.registers for substance in listing.none)

    @cached_property
    def _permitted(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (substance, predicate, outcome)
            for listing in self.registers
            for permitted in listing.outcomes
            for substance in permitted.of
            for predicate in permitted.predicates
            for outcome in permitted.outcomes
        )

    def authorises(self, substance: str, predicate: str, outcome: str) -> bool:
        """Whether a regulator lets sellers of the substance claim this (a predicate class, a target's id)."""
        return (substance, predicate, outcome) in self._permitted

    def knows(self, substance: str) -> bool:
        """Whether the file says anything of a substance, be it that nothing is listed for it."""
        return substance in self._by_substance or substance in self._without

    def lists(self, substance: str, target: str) -> bool:
        """Whether the words of a claim's target name a function that is listed for the substance."""
        listed, _ = self._by_substance.get(substance, (None, ""))
        words = set(_stems(target))
        named = (_stems(way) for function in listed.functions for way in function.split("|")) if listed else ()
        return any(words.issuperset(way) for way in named)

    def advice(self, substance: str, name: str) -> str:
        """What is listed for a substance, and under what condition, in words; empty where the file does not know it."""
        listed, condition = self._by_substance.get(substance, (None, ""))
        if listed is None:
            return f"No claim is listed for {name}." if substance in self._without else ""
        functions = ", ".join(function.partition("|")[0] for function in listed.functions)
        return f"For {name} the register has: {functions}. Check its condition there: {condition}."


def _stems(text: str) -> list[str]:
    """The words of a text in small letters without the s of a plural; "loss", "mucous" and "synthesis" keep theirs."""
    return [_PLURAL.sub("", word) for word in _WORD.findall(text.lower())]
