"""The trigger of a `dose` rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoseWhen:
    """To be filled by the room that interprets it."""
