"""From drafts to blocks: regions told by wording, the path of headings above, what introduces a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from caveat.document import Block, BlockKind, LinkKind, Region
from caveat.readers.flow import Draft, Flow
from caveat.readers.furniture import is_comment_heading, region_of_wording
from caveat.regex import regex
from caveat.source import Span

_INTRODUCES = regex(
    r"\b(the following|as follows|below|includ(e|es|ing)|such as|these( are)?)\b[^.!?]*[.:]?$", re.IGNORECASE
)
_INTRODUCTION_TAIL = 200  # characters at the end of a paragraph that can introduce the list after it
_LARGEST = 8_000  # characters of a block; a long paragraph has 2,000
_OUT_OF_FLOW = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.ALT, BlockKind.BUTTON})


def assemble(flow: Flow) -> tuple[Block, ...]:
    """The blocks of a document, in source order, from what the flow gathered."""
    drafts = flow.drafts
    _mark_furniture(drafts)
    _mark_footnotes(drafts)
    sections = _sections(drafts, dict(flow.section_ends))
    leads = _leads(drafts, flow.parents)
    blocks = [
        Block(
            kind=draft.kind,
            text=draft.text,
            pieces=draft.pieces,
            section=section,
            level=draft.level,
            region=draft.region,
            lead=lead,
            cell=draft.context.cell,
            label=draft.context.label,
            links=draft.links,
        )
        for draft, section, lead in zip(drafts, sections, leads, strict=True)
    ]
    return tuple(_cut(blocks))


def _cut(blocks: list[Block]) -> list[Block]:
    """The blocks with those no person would write cut at sentence ends, so that their cost stays linear."""
    if all(len(block.text) <= _LARGEST for block in blocks):
        return blocks
    parts: list[Block] = []
    moved: list[int] = []
    for block in blocks:
        moved.append(len(parts))
        start = 0
        while len(block.text) - start > _LARGEST:
            end = block.text.rfind(". ", start + _LARGEST // 2, start + _LARGEST) + 2
            if end < 2:
                end = block.text.rfind(" ", start + 1, start + _LARGEST) + 1 or start + _LARGEST
            parts.append(block.part(Span(start, end)))
            start = end
        parts.append(block.part(Span(start, len(block.text))) if start else block)
    return [b if b.lead is None else replace(b, lead=moved[b.lead]) for b in parts]


def _mark_furniture(drafts: Sequence[Draft]) -> None:
    """Find comment forms and cookie notices by their wording; a form reaches to the next heading of its rank."""
    form: int | None = None  # level of the heading of the form that is open
    for draft in drafts:
        if draft.region.boilerplate or draft.kind in (BlockKind.TITLE, BlockKind.DESCRIPTION):
            continue
        if draft.kind is BlockKind.HEADING and is_comment_heading(draft.text):
            form = draft.level
        elif draft.kind is BlockKind.HEADING and form is not None and draft.level <= form:
            form = None
        wording = Region.COMMENT_FORM if form is not None else region_of_wording(draft.text)
        draft.region = wording or draft.region


def _mark_footnotes(drafts: Sequence[Draft]) -> None:
    """HTML has no footnotes; a list item or paragraph that a numbered reference leads to is one."""
    targets = {link.target for draft in drafts for link in draft.links if link.kind is LinkKind.NOTE}
    for draft in drafts:
        anchor = draft.context.anchor
        if anchor and anchor in targets and draft.kind in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH):
            draft.kind = BlockKind.FOOTNOTE
            draft.level = 0
            draft.context = draft.context.labelled(anchor)


def _sections(drafts: Sequence[Draft], ends: Mapping[int, int]) -> list[tuple[str, ...]]:
    """For each draft the texts of the headings above it; headings in furniture head nothing else.

    `ends` says before which draft the sections of a level, and those inside them, end.
    """
    sections: list[tuple[str, ...]] = []
    levels: list[int] = []
    path: tuple[str, ...] = ()
    for index, draft in enumerate(drafts):
        if index in ends:
            while levels and levels[-1] >= ends[index]:
                levels.pop()
            path = path[: len(levels)]
        if draft.kind is not BlockKind.HEADING or draft.region.boilerplate:
            sections.append(path)
            continue
        while levels and levels[-1] >= draft.level:
            levels.pop()
        path = path[: len(levels)]
        sections.append(path)
        levels.append(draft.level)
        path = (*path, draft.text)
    return sections


def _leads(drafts: Sequence[Draft], parents: Sequence[int]) -> list[int | None]:
    """For each draft of a list or table the index of the block that introduces it."""
    leads: list[int | None] = []
    of_group: dict[int, int | None] = {0: None}
    terms: dict[int, int] = {}
    before: int | None = None  # the last block of the text
    heading: int | None = None
    for index, draft in enumerate(drafts):
        group = draft.context.group
        if group not in of_group and draft.kind is not BlockKind.CAPTION:
            of_group[group] = _lead(drafts, before, heading, of_group.get(parents[group]))
        leads.append(terms.get(group) if draft.kind is BlockKind.LIST_ITEM and group in terms else of_group.get(group))
        if draft.kind in _OUT_OF_FLOW or draft.region.boilerplate:
            continue
        before = index
        if draft.kind is BlockKind.TERM:
            terms[group] = index
        if draft.kind is BlockKind.HEADING:
            heading = index
    return leads


def _lead(drafts: Sequence[Draft], before: int | None, heading: int | None, outer: int | None) -> int | None:
    if before is not None:
        text = drafts[before].text
        if text.endswith(":") or drafts[before].kind in (BlockKind.HEADING, BlockKind.CAPTION):
            return before
        if drafts[before].kind is BlockKind.PARAGRAPH and _INTRODUCES.search(text[-_INTRODUCTION_TAIL:]):
            return before
    return outer if outer is not None else heading
