"""Sentences with their cues and scopes marked inline: `[[` and `]]` around a scope, `{` and `}` around its cue.

A cue belongs to the innermost scope around it, so `[[{not} A]]` is a scope with its cue at the front and
`[[A {was ruled out}]]` one with its cue at the end.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\[\[|\]\]|[{}]")


def read(marked: str) -> tuple[str, set[tuple[str, str]]]:
    """The sentence without its marks, and its (cue, scope) pairs, both as text."""
    text = ""
    found: set[tuple[int, int, int, int]] = set()
    scopes: list[tuple[int, list[tuple[int, int]]]] = []
    opened = 0
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() == "[[":
            scopes.append((len(text), []))
        elif mark.group() == "{":
            opened = len(text)
        elif mark.group() == "}":
            scopes[-1][1].append((opened, len(text)))
        else:
            start, cues = scopes.pop()
            found |= {(a, b, start, len(text)) for a, b in cues}
    text += marked[at:]
    return text, {(text[a:b], text[c:d]) for a, b, c, d in found}
