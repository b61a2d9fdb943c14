"""The trigger of a `balance` rule: benefit against risk, counted by sentences."""

from __future__ import annotations

from dataclasses import dataclass

from caveat.packs.when.disclosure import Trigger


@dataclass(frozen=True, slots=True)
class BalanceWhen:
    """Fires where at least `benefits` sentences claim a benefit and they outnumber those that tell of risk

    by more than `ratio` to one, or, with `risk_last`, where every word of risk stands in the last quarter of
    the page. `any` are triggers of which one must hold, `words` the least length of the page.
    """

    ratio: int = 3
    benefits: int = 4
    risk_last: bool = False
    any: tuple[Trigger, ...] = ()
    words: int = 0
