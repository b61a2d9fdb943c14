"""Regular expressions that cost a start next to nothing: they are compiled when they are first asked.

`regex` is `re.compile` in all that Caveat asks of it. There are some 130 expressions in the modules that a run imports,
which took a tenth of a run on one article to compile, and one article asks two dozen of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


class _Regex:
    """A pattern to be compiled."""

    def __init__(self, pattern: Any, flags: int = 0) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """What the compiled pattern has under a name: kept, so that it is found without asking here again."""
        if name.startswith("_"):  # what copying and pickling ask before there is a pattern
            raise AttributeError(name)
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    regex = re.compile
else:
    regex = _Regex

__all__ = ["regex"]
