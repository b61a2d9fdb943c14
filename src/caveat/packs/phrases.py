"""Named lists of phrase templates that every pack may use as @name (rules/lexicon/phrases.yaml)."""

from __future__ import annotations

from collections.abc import Mapping

from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class PhraseLists:
    """The whole file."""

    lists: Mapping[str, tuple[str, ...]]
