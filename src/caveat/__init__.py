"""Caveat: a linter for health-claim writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caveat.engine.linter import Linter

__version__ = "0.1.0"
__all__ = ["Linter", "__version__"]


def __getattr__(name: str) -> object:
    """Import `Linter` when it is first asked for: it brings spaCy, which `caveat --help` can do without."""
    if name == "Linter":
        from caveat.engine.linter import Linter  # noqa: PLC0415

        return Linter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
