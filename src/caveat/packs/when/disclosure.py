"""The trigger of a `disclosure` rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DisclosureWhen:
    """To be filled by the room that interprets it."""
