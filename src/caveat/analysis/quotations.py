"""Quotation marks in pairs: “…”, "…", «…», ‘…’ and '…', apostrophes told apart."""

from __future__ import annotations

from collections.abc import Iterator

from caveat.regex import regex
from caveat.source import Span

_CLOSING = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'"}
_OPENING = regex("[“«„\"‘']")
_SINGLE = frozenset({"‘", "'"})
_LONGEST = 3_000  # characters; an opening mark whose partner is further off is none
_CANDIDATES = 20  # closing single marks that are looked at, most of them being apostrophes


def quotations(text: str) -> Iterator[tuple[Span, Span]]:
    """Each quotation as the span of its opening mark and the span of what the marks enclose, both included.

    Nested quotations are given once, as the outer one. A mark without a partner is passed over.
    """
    done = 0
    for found in _OPENING.finditer(text):
        at = found.start()
        if at < done or not _opens(text, at):
            continue
        end = _single_partner(text, at) if text[at] in _SINGLE else _partner(text, at)
        if end >= 0:
            done = end + 1
            yield Span(at, at + 1), Span(at, done)


def _opens(text: str, at: int) -> bool:
    """Whether the mark can open a quotation: something to read follows and nothing it could close precedes."""
    if at + 1 >= len(text) or text[at + 1].isspace():
        return False
    if text[at] in _SINGLE:
        if at and not (text[at - 1].isspace() or text[at - 1] in '([—–/"“'):
            return False
        return not text[at + 1].isdigit()  # the ’90s
    return True


def _partner(text: str, at: int) -> int:
    """The place of the closing mark, -1 if there is none near enough."""
    return text.find(_CLOSING[text[at]], at + 1, at + _LONGEST)


def _single_partner(text: str, at: int) -> int:
    """The same for single marks: a mark after "s" may be a plural's apostrophe, if another one follows."""
    closing = _CLOSING[text[at]]
    limit = at + _LONGEST
    if text[at] != closing:
        again = text.find(text[at], at + 1, limit)
        limit = again if again >= 0 else limit
    last, here = -1, at
    for _ in range(_CANDIDATES):
        here = text.find(closing, here + 1, limit)
        if here < 0:
            break
        if _closes_single(text, here):
            if text[here - 1] != "s":
                return here
            last = here
    return last


def _closes_single(text: str, at: int) -> bool:
    if text[at - 1].isspace():
        return False
    return at + 1 >= len(text) or not text[at + 1].isalnum()
