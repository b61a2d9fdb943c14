"""Standard streams, and how what is written to them is encoded."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO


def plain(stream: TextIO) -> None:
    """Make a stream carry text for programs: UTF-8, line ends as they are."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", newline="")


def utf8_unless_terminal(stream: TextIO) -> None:
    """Let what is piped be UTF-8 whatever the code page; a terminal gets what it can show."""
    if hasattr(stream, "reconfigure") and not stream.isatty():
        stream.reconfigure(encoding="utf-8")


def receives_output(path: Path) -> bool:
    """Whether standard output is sent to this file: `caveat check . > all.txt`."""
    try:
        return os.path.samestat(os.fstat(sys.stdout.fileno()), path.stat())
    except (OSError, ValueError):  # no such file, or a stream without one
        return False


def discard_output() -> None:
    """Send what standard output still holds nowhere, so that the interpreter does not try once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def standard_output() -> TextIO:
    """Standard output as it is now."""
    return sys.stdout
