"""Words on a page that a finding points to."""

from __future__ import annotations

from caveat.analysis.facts import Claim, Dose, Mention, Signal
from caveat.source import Span
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a block."""

    block: int
    span: Span
    text: str

    @classmethod
    def of(cls, fact: Claim | Dose | Mention | Signal) -> Place:
        """Where a fact stands."""
        return cls(fact.block, fact.span, fact.text)
