"""What the words of a sentence that name a harm are."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.templates import Match
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class Harm:
    """The words of a sentence that name a harm.

    `causes` are the sentence's verbs of harm and `origins` its words that lead a harm back to what it comes of;
    `partners` are words for what takes part in the danger, so that it may be what does the harm. `named` tells that
    the match is a harm by itself ("bleeding"), not only what may be harmed ("the liver").
    """

    match: Match
    causes: Sequence[Match] = ()
    origins: Sequence[Match] = ()
    partners: frozenset[str] = frozenset()
    named: bool = False
