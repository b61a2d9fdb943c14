"""JSON for programs and people: indented by two, ASCII only.

The text is that of `json.dumps(value, indent=2)`, which Python writes with a generator for each value: over many
articles that took longer than all else that one process does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_STEP = "  "
_scalar = json.JSONEncoder().encode


def dumps(value: Any, line: str = "\n") -> str:
    """A value as JSON: a dictionary with text for keys, a list, tuple or iterator of values, or what is neither.

    What an iterator yields is written before it is asked for more: the values of a whole site at once take ten times
    the memory of their text. `line` is a line ending with the indent of the value.

    Raises:
        TypeError: for what JSON can not hold.
    """
    if isinstance(value, str):
        return _scalar(value)
    if type(value) is int:
        return str(value)
    inner = line + _STEP
    if isinstance(value, dict):
        pairs = [f"{inner}{_key(key)}: {dumps(one, inner)}" for key, one in value.items()]
        return f"{{{','.join(pairs)}{line}}}" if pairs else "{}"
    if isinstance(value, (list, tuple, Iterator)):
        members = [inner + dumps(one, inner) for one in value]
        return f"[{','.join(members)}{line}]" if members else "[]"
    return _scalar(value)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key of a JSON report is text, not {key!r}")
    return _scalar(key)
