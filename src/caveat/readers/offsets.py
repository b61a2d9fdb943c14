"""Byte offsets of UTF-8 text turned into code points."""

from __future__ import annotations

import re
from bisect import bisect_right


class ByteOffsets:
    """From byte offsets of `text` in UTF-8 to code points, counted on from `base`.

    Keeps only the places where the two counts part, so that ASCII costs nothing.
    """

    def __init__(self, text: str, base: int) -> None:
        self._base = base
        self._ends: list[int] = []
        self._extra: list[int] = [0]
        extra = 0
        if not text.isascii():
            for found in re.finditer("[^\x00-\x7f]", text):
                char = ord(found.group())
                extra += 1 if char < 0x800 else 2 if char < 0x10000 else 3
                self._ends.append(found.end() + extra)
                self._extra.append(extra)

    def __call__(self, offset: int) -> int:
        """The code point offset of a byte offset that falls between two characters."""
        return self._base + offset - self._extra[bisect_right(self._ends, offset)]
