"""How a report is shown to a person."""

from __future__ import annotations

from enum import StrEnum

from caveat.values import dataclass


class Color(StrEnum):
    """When to use colour and other terminal attributes."""

    AUTO = "auto"  # on a terminal that can, unless NO_COLOR is set
    ALWAYS = "always"
    NEVER = "never"


class Verbosity(StrEnum):
    """How much to say."""

    QUIET = "quiet"  # one line a finding
    NORMAL = "normal"
    VERBOSE = "verbose"  # also the clean files and every row of the tables


@dataclass(frozen=True, slots=True)
class TerminalOptions:
    """Options of the terminal report. `width` is in terminal cells; None asks the stream."""

    width: int | None = None
    color: Color = Color.AUTO
    verbosity: Verbosity = Verbosity.NORMAL
    statistics: bool = False
    show_suppressed: bool = False
