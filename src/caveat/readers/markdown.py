"""Markdown: CommonMark with tables, footnotes, definition lists, alerts and front matter, by pulldown-cmark.

The parser gives every event with its exact extent in UTF-8 bytes, in linear time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, ClassVar

from caveat.document import BlockKind, Cell, Document, Format, Region
from caveat.readers.assemble import assemble
from caveat.readers.builder import BlockBuilder
from caveat.readers.flow import Context, Flow
from caveat.readers.html import HtmlReader
from caveat.readers.masks import Masked, mask
from caveat.readers.metadata import find_front_matter, read_front_matter
from caveat.readers.offsets import ByteOffsets
from caveat.readers.plain import BULLETS, find_headings
from caveat.regex import regex
from caveat.source import Source, Span

_FORMULA = regex(r"[\\^_={}]")
_REFERENCE = regex(r"\[(\d{1,3})\]")
_INDENTED_BULLETS = regex(rf"[ \t]*[{BULLETS}]")
_RESERVED = "#"  # begins the names of Markdown's own elements on the stack, which no HTML tag can close


def read_markdown(source: Source) -> Document:
    """Read a Markdown or MDX file."""
    masked = mask(source.text)
    text = masked.text
    matter = find_front_matter(source.text)
    start = matter.whole.end if matter is not None else int(text.startswith("\ufeff"))
    flow = Flow(text)
    flow.comments += [comment for comment in masked.comments if comment.source.start >= start]
    if matter is not None:
        read_front_matter(flow, matter, source.text)
    reader = _MarkdownReader(flow, masked, source.text)
    reader.read(start)
    drafts = flow.drafts
    if not any(draft.kind is BlockKind.HEADING for draft in drafts):
        find_headings(drafts, source.text)
    flow.comments.sort(key=lambda comment: comment.source)
    return Document(source, Format.MARKDOWN, assemble(flow), flow.frozen_metadata(), tuple(flow.comments))


def _parser() -> Any:
    import pyromark  # noqa: PLC0415 - plain text and HTML do without it

    options = pyromark.Options
    return pyromark.Markdown(
        options=options.ENABLE_TABLES
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_TASKLISTS
        | options.ENABLE_HEADING_ATTRIBUTES
        | options.ENABLE_GFM
        | options.ENABLE_DEFINITION_LIST
        | options.ENABLE_MATH
    )


class _MarkdownReader:
    def __init__(self, flow: Flow, masked: Masked, source: str) -> None:
        self.flow = flow
        self._source = source
        self.html = HtmlReader(flow)
        self._labels = deque(masked.labels)
        self._asides = _outermost(masked.asides)
        self._aside_starts = [span.start for span in self._asides]
        self._html_parts: list[Span] | None = None
        self._alt: list[BlockBuilder | None] = []  # of the pictures we are in
        self._code: list[Span] | None = None
        self._links: list[bool] = []  # whether each open link still has text to come
        self._row = self._column = -1
        self._table = -1
        self._column_headers: list[str] = []
        self._row_header = ""
        self._cell_start = 0

    def read(self, start: int) -> None:
        """Read the text from `start` on."""
        text = self.flow.text[start:]
        offset = ByteOffsets(text, start)
        for event, extent in _parser().events_with_range(text):
            name, value = _named(event)
            if name == "End":
                tag, _ = _named(value)
                if (closing := self._ends.get(tag)) is not None:
                    closing(self, offset(extent["end"]))
                elif tag in self._starts:
                    self.flow.flush()
                    self.flow.close(_RESERVED + tag)
                continue
            handler = self._simple.get(name)
            if name == "Start":
                name, value = _named(value)
                handler = self._starts.get(name)
            if handler is not None:
                handler(self, value, offset(extent["start"]), offset(extent["end"]))
        self.html.finish()
        self._read_labels(len(self.flow.text))

    def _open(self, tag: str, start: int, **changes: Any) -> None:
        """Enter one of Markdown's own elements."""
        self.flow.flush()
        self._read_labels(start)
        context = self.flow.context
        if self._in_aside(start) and context.region is Region.BODY:
            changes.setdefault("region", Region.ASIDE)
        self.flow.open(_RESERVED + tag, context._replace(**changes) if changes else context, barrier=True)

    def _read_labels(self, before: int) -> None:
        """Read what masked parts show, if they stand before a place that is reached."""
        while self._labels and self._labels[0][0].start < before:
            span, kind = self._labels.popleft()
            builder = BlockBuilder(self._source)
            builder.escaped(span.start, span.end)
            region = Region.ASIDE if self._in_aside(span.start) else Region.BODY
            self.flow.add(Context(kind=kind, region=region), builder)

    def _in_aside(self, offset: int) -> bool:
        index = bisect_right(self._aside_starts, offset) - 1
        return index >= 0 and offset < self._asides[index].end

    # Blocks

    def _start_paragraph(self, detail: Any, start: int, end: int) -> None:
        del detail, end
        # No barrier: an HTML tag that a paragraph begins with may close what an HTML block has opened.
        self.flow.flush()
        self._read_labels(start)
        context = self.flow.context
        if context.region is Region.BODY and self._in_aside(start):
            context = context._replace(region=Region.ASIDE)
        self.flow.open(_RESERVED + "Paragraph", context)
        self._split_bullet(start)

    def _start_heading(self, detail: Mapping[str, Any], start: int, end: int) -> None:
        del end
        self._open("Heading", start, kind=BlockKind.HEADING, level=int(detail["level"][1]))

    def _start_quote(self, detail: str | None, start: int, end: int) -> None:
        del end
        if detail is not None:  # an alert such as `> [!NOTE]`
            self._open("BlockQuote", start, region=Region.ASIDE)
        elif self._in_aside(start):
            self._open("BlockQuote", start)
        else:
            self._open("BlockQuote", start, kind=BlockKind.QUOTE, level=0)

    def _start_list(self, detail: Any, start: int, end: int) -> None:
        tag = "DefinitionList" if detail == "DefinitionList" else "List"
        del end
        self._open(tag, start, group=self.flow.new_group(), depth=self.flow.context.depth + 1)

    def _start_item(self, detail: Any, start: int, end: int) -> None:
        del end
        tag = detail if isinstance(detail, str) else "Item"
        self._open(tag, start, kind=BlockKind.LIST_ITEM, level=max(1, self.flow.context.depth))

    def _start_term(self, detail: Any, start: int, end: int) -> None:
        del detail, end
        self._open("DefinitionListTitle", start, kind=BlockKind.TERM, level=0)

    def _start_footnote(self, detail: str, start: int, end: int) -> None:
        del end
        self._open("FootnoteDefinition", start, kind=BlockKind.FOOTNOTE, level=0, label=detail)

    def _start_code(self, detail: Any, start: int, end: int) -> None:
        del end
        self.flow.flush()
        self._code = [] if detail == "Indented" else None
        self.flow.open(_RESERVED + "CodeBlock", self.flow.context._replace(skip=True))
        del start

    def _end_code(self, end: int) -> None:
        del end
        lines, self._code = self._code, None
        self.flow.close(_RESERVED + "CodeBlock")
        # Articles pasted from elsewhere indent their bullets; that is no code.
        if lines and _INDENTED_BULLETS.match(self.flow.text, lines[0].start):
            for line in lines:
                self._split_bullet(line.start)
                self.flow.exact(line.start, line.end)
            self.flow.flush()
            self._leave_bullet()

    def _rule(self, value: Any, start: int, end: int) -> None:
        del value, start, end
        self.flow.flush()

    # Tables

    def _start_table(self, detail: Any, start: int, end: int) -> None:
        del detail, end
        self._open("Table", start, group=self.flow.new_group())
        self._table = self.flow.tables
        self.flow.tables += 1
        self._row = -1
        self._column_headers = []

    def _start_row(self, detail: Any, start: int, end: int) -> None:
        del detail, start, end
        self._row += 1
        self._column = -1
        self._row_header = ""

    def _start_cell(self, detail: Any, start: int, end: int) -> None:
        del detail, end
        self._column += 1
        governed = self._row > 0 and self._column < len(self._column_headers)
        cell = Cell(
            table=self._table,
            row=self._row,
            column=self._column,
            header=self._row == 0,
            row_header=self._row_header if self._row > 0 and self._column > 0 else "",
            column_header=self._column_headers[self._column] if governed else "",
        )
        self._open("TableCell", start, kind=BlockKind.TABLE_CELL, level=0, cell=cell)
        self._cell_start = len(self.flow.drafts)

    def _end_cell(self, end: int) -> None:
        del end
        self.flow.flush()
        self.flow.close(_RESERVED + "TableCell")
        written = self.flow.drafts[self._cell_start :]
        text = " ".join(draft.text for draft in written if draft.kind is not BlockKind.ALT)
        if self._row == 0:
            self._column_headers.append(text)
        elif self._column == 0:
            self._row_header = text

    # HTML

    def _start_html(self, detail: Any, start: int, end: int) -> None:
        del detail, start, end
        self.flow.flush()
        self._html_parts = []

    def _html_line(self, value: Any, start: int, end: int) -> None:
        del value
        if self._html_parts is None:
            self.html.feed(start, end)
        else:
            self._html_parts.append(Span(start, end))

    def _end_html(self, end: int) -> None:
        del end
        parts, self._html_parts = self._html_parts or [], None
        if not parts:
            return
        gaps = tuple(Span(a.end, b.start) for a, b in pairwise(parts) if b.start > a.end)
        context = self.flow.context
        if context.region is Region.BODY and self._in_aside(parts[0].start):
            self.flow.open(_RESERVED + "HtmlAside", context._replace(region=Region.ASIDE))
        self.html.feed(parts[0].start, parts[-1].end, gaps=gaps)
        self.flow.flush()

    def _inline_html(self, value: Any, start: int, end: int) -> None:
        del value
        if not self._alt:
            self.html.feed(start, end, inline=True)

    # Inline text

    def _text(self, value: str, start: int, end: int) -> None:
        if self._code is not None:
            self._code.append(Span(start, end))
        elif self._alt:
            if self._alt[-1] is not None:
                self._alt[-1].inexact(value, start, end)
        elif end - start == len(value):
            self.flow.exact(start, end)
        else:
            self.flow.inexact(value, start, end)

    def _placeholder(self, value: Any, start: int, end: int) -> None:
        del value
        if not self._alt:
            self.flow.placeholder(start, end)

    def _math(self, value: str, start: int, end: int) -> None:
        """A formula, unless the dollar signs are those of two prices."""
        if self._alt:
            return
        if _FORMULA.search(value):
            self.flow.placeholder(start, end)
        else:
            self.flow.exact(start, end)

    def _break(self, value: Any, start: int, end: int) -> None:
        del value
        if self._alt:
            if self._alt[-1] is not None:
                self._alt[-1].blank(start, end)
        elif not self._split_bullet(end):
            self.flow.blank(start, end)

    def _split_bullet(self, start: int) -> bool:
        """Begin a list item if the line at `start` begins with a bullet that Markdown does not know."""
        text = self.flow.text
        while start < len(text) and text[start] in " \t":
            start += 1
        if start >= len(text) or text[start] not in BULLETS or self.flow.context.kind is BlockKind.HEADING:
            return False
        self._leave_bullet()
        self.flow.open_item(_RESERVED + "Bullet")
        self.flow.begin().pass_over(start + 1)
        return True

    def _leave_bullet(self) -> None:
        self.flow.flush()
        self.flow.close(_RESERVED + "Bullet")

    def _footnote_reference(self, label: str, start: int, end: int) -> None:
        self.flow.note(label, start, end)

    def _start_link(self, detail: Mapping[str, Any], start: int, end: int) -> None:
        target, kind = detail["dest_url"], detail["link_type"]
        if self._alt:
            self._links.append(False)
        elif kind in ("Autolink", "Email"):
            self.flow.address(target, start, end)
            self._alt.append(None)
            self._links.append(True)
        elif (number := _REFERENCE.match(self.flow.text, start, end)) is not None:
            if target.startswith("#"):
                self.flow.note(target[1:], start, number.end())
            else:
                self.flow.start_link(target, start)
                self.flow.exact(start, number.end())
                self.flow.end_link(end)
            self._alt.append(None)
            self._links.append(True)
        else:
            self.flow.start_link(target, start)
            self._links.append(False)

    def _end_link(self, end: int) -> None:
        if self._links and self._links.pop():
            self._alt.pop()
        elif not self._alt:
            self.flow.end_link(end)

    def _start_image(self, detail: Mapping[str, Any], start: int, end: int) -> None:
        self._alt.append(None if self._alt else self.flow.image(detail["dest_url"], start, end))

    def _end_image(self, end: int) -> None:
        del end
        if self._alt:
            self._alt.pop()

    _simple: ClassVar[Mapping[str, Callable[..., None]]] = {
        "Text": _text,
        "Code": _placeholder,
        "InlineMath": _math,
        "DisplayMath": _math,
        "Html": _html_line,
        "InlineHtml": _inline_html,
        "FootnoteReference": _footnote_reference,
        "SoftBreak": _break,
        "HardBreak": _break,
        "Rule": _rule,
    }
    _starts: ClassVar[Mapping[str, Callable[..., None]]] = {
        "Paragraph": _start_paragraph,
        "Heading": _start_heading,
        "BlockQuote": _start_quote,
        "List": _start_list,
        "Item": _start_item,
        "FootnoteDefinition": _start_footnote,
        "DefinitionList": _start_list,
        "DefinitionListTitle": _start_term,
        "DefinitionListDefinition": _start_item,
        "Table": _start_table,
        "TableHead": _start_row,
        "TableRow": _start_row,
        "TableCell": _start_cell,
        "HtmlBlock": _start_html,
        "CodeBlock": _start_code,
        "Link": _start_link,
        "Image": _start_image,
    }
    _ends: ClassVar[Mapping[str, Callable[..., None]]] = {
        "HtmlBlock": _end_html,
        "CodeBlock": _end_code,
        "Link": _end_link,
        "Image": _end_image,
        "TableCell": _end_cell,
    }


def _named(value: Any) -> tuple[str, Any]:
    """A tag's name and detail; a tag without detail is its own."""
    if isinstance(value, str):
        return value, value
    ((name, detail),) = value.items()
    return name, detail


def _outermost(spans: tuple[Span, ...]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found
