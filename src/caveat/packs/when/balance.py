"""The trigger of a `balance` rule: benefit against risk, counted by sentences."""

from __future__ import annotations

from caveat.packs.when.disclosure import Trigger
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class BalanceWhen:
    """Fires where at least `benefits` sentences claim a benefit and outnumber those of risk by more than `ratio`.

    With `risk_last` it also fires where every sentence of risk stands in the last quarter of the page. `any`
    are triggers of which one must hold, `words` the least length of the page in words of prose.
    """

    ratio: int = 3
    benefits: int = 4
    risk_last: bool = False
    any: tuple[Trigger, ...] = ()
    words: int = 0
