"""The trigger of a `balance` rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BalanceWhen:
    """To be filled by the room that interprets it."""
