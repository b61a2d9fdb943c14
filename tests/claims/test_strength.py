"""How strongly the claims of a sentence are put: asserted, hedged, told as an association, denied, or not at all."""

from __future__ import annotations

from collections import Counter

import pytest

from caveat.analysis.facts import Polarity, Strength
from caveat.engine.linter import Linter

from .marked import lines

_RANK = (Strength.CORRELATIONAL, Strength.CONDITIONAL, Strength.CAUSAL)
_NAMES = ("none", "correlational", "conditional", "causal")
ROWS = [(expected, sentence) for expected, _, sentence in (line.partition(" | ") for line in lines("strength.txt"))]


def strongest(linter: Linter, sentence: str) -> str:
    """The strength of the strongest claim that is made, or of the strongest that is denied where none is made."""
    claims = linter.facts(sentence).claims
    made = [claim.strength for claim in claims if claim.polarity is Polarity.AFFIRMED]
    if made:
        return max(made, key=_RANK.index).value
    denied = [claim.strength for claim in claims]
    return f"not-{max(denied, key=_RANK.index).value}" if denied else "none"


def test_every_strength_has_its_share() -> None:
    shares = Counter(expected for expected, _ in ROWS)
    assert min(shares[name] for name in _NAMES) >= 40
    assert sum(number for name, number in shares.items() if name.startswith("not-")) >= 12


@pytest.mark.parametrize(("expected", "sentence"), ROWS, ids=str)
def test_strength(linter: Linter, expected: str, sentence: str) -> None:
    assert strongest(linter, sentence) == expected
