"""HTML read as a browser would show it: text, alternative texts, buttons and tables, without code and hidden parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Final

from caveat.document import BlockKind, Comment, Document, Format, LinkKind, Region
from caveat.readers.assemble import assemble
from caveat.readers.builder import BlockBuilder
from caveat.readers.flow import Context, Flow
from caveat.readers.furniture import is_quote, region_of
from caveat.readers.html_elements import (
    BARRIERS,
    BLOCK,
    BLOCK_KINDS,
    BUTTON_INPUTS,
    HEADINGS,
    IMPLIED_ENDS,
    LISTS,
    NOT_READ,
    STANDS_FOR,
    TABLE_PARTS,
    VOID,
    is_component,
)
from caveat.readers.html_tokens import Token, TokenKind, tokenize
from caveat.readers.jsonld import Entry, is_content_type, paragraphs, read_json_ld
from caveat.readers.tables import Table
from caveat.regex import regex
from caveat.source import Source, Span
from caveat.values import dataclass

_TITLES: Final = {
    "description": BlockKind.DESCRIPTION,
    "og:title": BlockKind.TITLE,
    "og:description": BlockKind.DESCRIPTION,
    "twitter:title": BlockKind.TITLE,
    "twitter:description": BlockKind.DESCRIPTION,
}
_ONCE: Final = frozenset(_TITLES.values())
_HIDDEN_STYLE = regex(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BUTTON_CLASS = regex(r"(^|[-_])(btn|button|cta)([-_]|$)")
_CELL_BLOCKS: Final = 20  # paragraphs of a header cell that make its text


def read_html(source: Source) -> Document:
    """Read a whole page."""
    flow = Flow(source.text)
    reader = HtmlReader(flow)
    reader.feed(0, len(source.text))
    reader.finish()
    return Document(source, Format.HTML, assemble(flow), flow.frozen_metadata(), tuple(flow.comments))


@dataclass(slots=True)
class _OpenCell:
    table: Table
    first: int  # index of its first draft
    columns: int
    rows: int
    context: Context


class HtmlReader:
    """Reads HTML into a flow: a page, or the HTML parts of a Markdown file one after the other."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._tables: list[Table] = []
        self._cells: list[_OpenCell] = []
        self._seen: set[tuple[BlockKind, str]] = set()
        self._heading_level = 1
        self._starts: dict[str, Callable[[Token], None]] = {
            "a": self._start_link,
            "br": self._line_break,
            "wbr": self._nothing,
            "hr": self._rule,
            "img": self._image,
            "input": self._input,
            "meta": self._meta,
            "sup": self._start_superscript,
            "button": self._start_button,
        }
        self._ends: dict[str, Callable[[Token], None]] = {
            "a": self._end_link,
            "sup": self._end_superscript,
            "br": self._line_break,
        }

    def feed(self, start: int, end: int, *, gaps: tuple[Span, ...] = (), inline: bool = False) -> None:
        """Read the HTML between two offsets of the flow's text.

        `gaps` are stretches that belong to the markup around it (the `>` of a Markdown quote). With `inline`,
        tags stand amid Markdown text, and components nobody knows do not break it.
        """
        for token in tokenize(self.flow.text, start, end):
            match token.kind:
                case TokenKind.TEXT:
                    self._text(token.start, token.end, gaps)
                case TokenKind.START:
                    self._start(token, inline=inline)
                case TokenKind.END:
                    self._end(token, inline=inline)
                case TokenKind.COMMENT:
                    if token.inner[1] > token.inner[0]:
                        inner = self.flow.text[token.inner[0] : token.inner[1]]
                        self.flow.comments.append(Comment(inner.strip(), Span(token.start, token.end)))
                case TokenKind.ESCAPED_RAW:
                    self._escaped_raw(token)
                case TokenKind.RAW:
                    self._raw(token)

    def finish(self) -> None:
        """End what is still open."""
        self.flow.flush()
        self._leave_cells(0)

    def _text(self, start: int, end: int, gaps: tuple[Span, ...]) -> None:
        index = bisect_left(gaps, Span(start, start)) if gaps else 0
        while index < len(gaps) and gaps[index].end <= end:
            gap = gaps[index]
            self.flow.escaped(start, gap.start)
            self.flow.blank(gap.start, gap.end)
            start = gap.end
            index += 1
        self.flow.escaped(start, end)

    # Start tags

    def _start(self, token: Token, *, inline: bool) -> None:
        name = token.name.lower()
        if name == "script":
            self._script_type = token.get("type", self.flow.text).lower()
        if name in NOT_READ:
            if name in STANDS_FOR:
                self.flow.placeholder(token.start, token.end)
            elif name == "pre":
                self.flow.flush()
            if not token.empty:
                self.flow.open(name, self.flow.context._replace(skip=True))
            return
        if token.empty and is_component(token.name):
            return
        if (handler := self._starts.get(name)) is not None and not self._is_button_link(name, token):
            handler(token)
        elif name in BLOCK or (not inline and is_component(token.name)):
            self._start_block(name, token)
        elif name not in VOID and (token.attributes.keys() & {"hidden", "style", "class"} or is_component(token.name)):
            context = self._surround(name, token)
            if context != self.flow.context:
                self.flow.open(name, context)

    def _start_block(self, name: str, token: Token) -> None:
        flow = self.flow
        flow.flush()
        if flow.top == "p" or (name in HEADINGS and flow.top in HEADINGS):
            flow.close(flow.top)
        if name in IMPLIED_ENDS:
            closed, upto = IMPLIED_ENDS[name]
            for other in closed:
                self._close(other, upto)
        flow.open(name, self._block_context(name, token))

    def _block_context(self, name: str, token: Token) -> Context:
        context = self._surround(name, token)
        if name in HEADINGS:
            self._heading_level = int(name[1])
            if context.region is Region.NAVIGATION and name == "h1":
                context = context._replace(region=Region.BODY)
            return context._replace(kind=BlockKind.HEADING, level=self._heading_level)
        if name == "summary":
            return context._replace(kind=BlockKind.HEADING, level=min(6, self._heading_level + 1))
        if name in LISTS:
            return context._replace(group=self.flow.new_group(), depth=context.depth + 1)
        if name in ("li", "dd"):
            return context._replace(kind=BlockKind.LIST_ITEM, level=max(1, context.depth))
        if name in BLOCK_KINDS:
            return context._replace(kind=BLOCK_KINDS[name], level=0)
        if name in TABLE_PARTS or name in ("td", "th"):
            return self._table_part(name, token, context)
        return context

    def _surround(self, name: str, token: Token) -> Context:
        """The context inside an element, by its attributes: hidden or not, region, quotation, anchor."""
        context, text, attributes = self.flow.context, self.flow.text, token.attributes
        region, kind = context.region, context.kind
        skip = context.skip or "hidden" in attributes
        if "style" in attributes and _HIDDEN_STYLE.search(token.get("style", text)):
            skip = True
        names = (
            f"{token.get('class', text)} {token.get('id', text)} {token.get('aria-label', text)}" if attributes else ""
        )
        region = region_of(name, names, token.get("role", text), region)
        if kind is BlockKind.PARAGRAPH and is_quote(name, names):
            kind = BlockKind.QUOTE
        anchor = token.get("id", text) or context.anchor
        if (skip, region, kind, anchor) == (context.skip, context.region, context.kind, context.anchor):
            return context
        return context._replace(skip=skip, region=region, kind=kind, anchor=anchor)

    # Tables

    def _table_part(self, name: str, token: Token, context: Context) -> Context:
        if name == "table":
            table = Table(self.flow.tables)
            self.flow.tables += 1
            self._tables.append(table)
            return context._replace(group=self.flow.new_group(), kind=BlockKind.PARAGRAPH, level=0)
        if not self._tables:
            return context
        table = self._tables[-1]
        if name == "tr":
            table.next_row()
        elif name in ("td", "th"):
            cell = table.next_cell(header=name == "th")
            context = context._replace(kind=BlockKind.TABLE_CELL, level=0, cell=cell)
            columns, rows = self._number(token, "colspan"), self._number(token, "rowspan")
            self._cells.append(_OpenCell(table, len(self.flow.drafts), columns, rows, context))
        else:
            table.end_row()
            table.head = name == "thead"
        return context

    def _number(self, token: Token, name: str) -> int:
        value = token.get(name, self.flow.text).strip()
        return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 1

    def _leave_cells(self, depth: int) -> None:
        """Tell the tables the text of the cells that were open above `depth`."""
        while len(self._cells) > depth:
            left = self._cells.pop()
            if left.context.cell is not None:
                drafts = self.flow.drafts[left.first : left.first + _CELL_BLOCKS]
                text = " ".join(d.text for d in drafts if d.kind is not BlockKind.ALT)
                left.table.end_cell(left.context.cell, text, columns=left.columns, rows=left.rows)

    # End tags

    def _end(self, token: Token, *, inline: bool) -> None:
        name = token.name.lower()
        if name in NOT_READ:
            self.flow.close(name)
        elif name == "a" and self.flow.top == "a":
            self.flow.flush()
            self.flow.close("a")
        elif (handler := self._ends.get(name)) is not None:
            handler(token)
        elif name in BLOCK or name == "button" or (not inline and is_component(token.name)):
            self.flow.flush()
            self._close(name, BARRIERS - {name} if name in ("li", "p", "dt", "dd") else frozenset())
        else:
            self.flow.close(name, upto=BLOCK)

    def _close(self, name: str, upto: frozenset[str]) -> None:
        if not self.flow.close(name, upto=upto):
            return
        if name in ("td", "th"):
            self._leave_cells(max(0, len(self._cells) - 1))
        elif name == "details":
            self.flow.section_ends.append((len(self.flow.drafts), min(6, self._heading_level + 1)))
        elif name in TABLE_PARTS and self._tables:
            self._end_table_part(name)

    def _end_table_part(self, name: str) -> None:
        table = self._tables[-1]
        while self._cells and self._cells[-1].table is table:
            self._leave_cells(len(self._cells) - 1)
        if name == "table":
            self._tables.pop()
        else:
            table.end_row()
            table.head = table.head and name == "tr"

    # Inline elements

    def _is_button_link(self, name: str, token: Token) -> bool:
        if name != "a" or not token.attributes:
            return False
        text = self.flow.text
        if token.get("role", text).lower() != "button" and not any(
            _BUTTON_CLASS.search(word) for word in token.get("class", text).lower().split()
        ):
            return False
        self.flow.flush()
        context = self._surround(name, token)._replace(kind=BlockKind.BUTTON, level=0)
        self.flow.open("a", context)
        self._open_link(token, LinkKind.BUTTON)
        return True

    def _start_link(self, token: Token) -> None:
        if "href" in token.attributes:
            self._open_link(token, LinkKind.LINK)

    def _open_link(self, token: Token, kind: LinkKind) -> None:
        text = self.flow.text
        rel = tuple(token.get("rel", text).lower().split())
        self.flow.start_link(token.get("href", text).strip(), token.start, rel=rel, kind=kind)

    def _end_link(self, token: Token) -> None:
        self.flow.end_link(token.end)

    def _line_break(self, token: Token) -> None:
        self.flow.blank(token.start, token.end)

    def _nothing(self, token: Token) -> None:
        """A place where a word may be broken."""

    def _rule(self, token: Token) -> None:
        del token
        self.flow.flush()

    def _start_superscript(self, token: Token) -> None:
        self.flow.start_superscript(token.start)

    def _end_superscript(self, token: Token) -> None:
        self.flow.end_superscript(token.end)

    def _image(self, token: Token) -> None:
        if "hidden" in token.attributes:
            return
        alt = self.flow.image(token.get("src", self.flow.text), token.start, token.end)
        if alt is not None and "alt" in token.attributes:
            alt.escaped(*token.attributes["alt"])

    def _start_button(self, token: Token) -> None:
        self.flow.flush()
        self.flow.open("button", self._surround("button", token)._replace(kind=BlockKind.BUTTON, level=0))

    def _input(self, token: Token) -> None:
        if token.get("type", self.flow.text).lower() in BUTTON_INPUTS and "value" in token.attributes:
            self.flow.flush()
            self._attribute_block(token, "value", BlockKind.BUTTON)

    # The head of the page

    def _meta(self, token: Token) -> None:
        text = self.flow.text
        if "content" not in token.attributes:
            return
        content = token.get("content", text)
        for attribute, prefix in (("name", ""), ("property", ""), ("itemprop", "schema:")):
            key = token.get(attribute, text).strip()
            if not key:
                continue
            self.flow.add_metadata(prefix + key, content, Span(*token.attributes["content"]))
            if (kind := _TITLES.get(key.lower())) is not None and not prefix:
                self.flow.flush()
                self._attribute_block(token, "content", kind)

    def _attribute_block(self, token: Token, attribute: str, kind: BlockKind) -> None:
        if self.flow.context.skip:
            return
        builder = BlockBuilder(self.flow.text)
        builder.escaped(*token.attributes[attribute])
        self._add(builder, kind)

    def _add(self, builder: BlockBuilder, kind: BlockKind) -> None:
        """Keep a block from the head; what repeats a title or description word for word is kept once."""
        if kind in _ONCE:
            text = builder.tail(0).strip()
            if (kind, text) in self._seen:
                return
            self._seen.add((kind, text))
        self.flow.add(self.flow.context._replace(kind=kind, level=0), builder)

    def _escaped_raw(self, token: Token) -> None:
        if token.name == "title" and not self.flow.context.skip:
            builder = BlockBuilder(self.flow.text)
            builder.escaped(token.start, token.end)
            self._add(builder, BlockKind.TITLE)
            self.flow.add_metadata("title", builder.tail(0).strip(), Span(token.start, token.end))

    def _raw(self, token: Token) -> None:
        if token.name == "script" and self._script_type == "application/ld+json":
            for entry in read_json_ld(self.flow.text, token.start, token.end):
                self.flow.add_metadata(f"schema:{entry.key}", entry.value, entry.place)
                if entry.key == "description" and any(map(is_content_type, entry.types)):
                    self._described(entry)

    def _described(self, entry: Entry) -> None:
        """Keep how the page's data describe the page or the product: search engines show it to readers."""
        self.flow.flush()
        for paragraph in paragraphs(entry.value):
            builder = BlockBuilder(self.flow.text)
            builder.inexact(paragraph, entry.place.start, entry.place.end)
            self._add(builder, BlockKind.DESCRIPTION)

    _script_type = ""
