"""The trigger of a `metadata` rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MetadataWhen:
    """To be filled by the room that interprets it."""
