"""The name that a block stands under or opens with: "Calm" of "**Calm** is for the evening. Take two"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caveat.document import Block, BlockKind, Document
from caveat.regex import regex

_LABEL: Final = regex(r"((?:[\w'’-]+ ?){1,3})(?:[.:]| [–—-]) ")
_WORD: Final = regex(r"\w+")
_NAME: Final = 5  # words of a name
_STOPS: Final = ".?!:;"


def opening_names(document: Document, plain: frozenset[str]) -> Sequence[str]:
    """For each block the name that it opens with, or that a paragraph of a name alone gives to those behind it.

    A name is set apart by markup, a stop or a dash; one with a `plain` word, such as "Take" or "Important", is none. It
    is in lower case, and "" where there is none.
    """
    names: list[str] = []
    above = ""
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            above = ""
        alone = block.kind is BlockKind.PARAGRAPH and block.text[-1:] not in _STOPS
        if alone and (name := _name(block.text, plain)):
            above = name
        names.append(_name(_opening(document, block), plain) or above)
    return names


def _opening(document: Document, block: Block) -> str:
    """What a block opens with, if that is set apart from the rest."""
    label = _LABEL.match(block.text)
    if label is not None:
        return label[1]
    if len(block.pieces) < 2:
        return ""
    one, two = block.pieces[:2]
    between = document.source.text[one.source.end : two.source.start]
    return block.text[: two.text_start] if between[:1] in ("*", "_", "]") or "</" in between else ""


def _name(text: str, plain: frozenset[str]) -> str:
    words = _WORD.findall(text.lower())
    return " ".join(words) if 0 < len(words) <= _NAME and plain.isdisjoint(words) else ""
