"""What an approved use covers beside its exact name (rules/families.yaml): families of conditions and symptoms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Ids of the lexicon. Approval for one of the `members` covers all of them and `also`, which covers nothing."""

    members: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Families:
    """The whole file, by name of the family."""

    families: Mapping[str, Family]

    @cached_property
    def _covered(self) -> Mapping[str, frozenset[str]]:
        """What each member of any family covers."""
        covered: dict[str, frozenset[str]] = {}
        for family in self.families.values():
            whole = frozenset((*family.members, *family.also))
            for member in family.members:
                covered[member] = covered.get(member, frozenset()) | whole
        return covered

    def covers(self, indications: Collection[str], target: str) -> bool:
        """Whether approval for these indications is approval for the target."""
        return target in indications or any(target in self._covered.get(one, ()) for one in indications)
