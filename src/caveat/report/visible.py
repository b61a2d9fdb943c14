"""Text from an article made harmless: what would steer a terminal or reorder a line is spelt out."""

from __future__ import annotations

from caveat.regex import regex

_CONTROL = regex(
    "[\x00-\x1f\x7f-\x9f"  # C0 and C1 controls, ESC and CSI among them
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    "\ud800-\udfff]"  # lone surrogates: undecodable bytes of a file name
)

_PLAINER = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--", "…": "...", "\u00a0": " "}
"""Typographic characters that ASCII can stand for; everything else that an encoding lacks is spelt out."""


def _escaped(char: str) -> str:
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def visible(text: str, *, encoding: str = "utf-8") -> str:
    r"""`text` with controls as `\x1b` or `\u202e`, and so what `encoding` lacks. A byte order mark is dropped.

    Tabs and line breaks are controls too: whoever wants to keep them takes them out first.
    """
    text = _CONTROL.sub(lambda match: _escaped(match.group()), text.replace("\ufeff", ""))
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(c if can_encode(c, encoding) else _PLAINER.get(c) or _escaped(c) for c in text)
    return text


def one_line(text: str, *, encoding: str = "utf-8") -> str:
    """`visible` text in which every run of white space has become one space."""
    return visible(" ".join(text.split()), encoding=encoding)


def can_encode(text: str, encoding: str) -> bool:
    """Whether `encoding` has every character of `text`."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
