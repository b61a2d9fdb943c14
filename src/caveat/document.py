"""An article as its readers see it: blocks of readable text mapped exactly onto the source.

Readers make a `Document`; everything after them works on block text and asks the block where a span of
that text lies in the source. A lookup, never a search.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from caveat.source import Source, Span
from caveat.values import dataclass

PLACEHOLDER = "\ufffc"
"""Stands in block text for what is not prose (code, URL, image, shortcode, math) and keeps neighbours apart."""


class Format(StrEnum):
    """How the source is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"


class BlockKind(StrEnum):
    """What a block is to a reader of the page."""

    TITLE = "title"  # the page's title from front matter, <title> or og:title
    DESCRIPTION = "description"  # meta, JSON-LD or front matter description
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    QUOTE = "quote"
    CAPTION = "caption"
    ALT = "alt"
    BUTTON = "button"
    TERM = "term"  # the term of a definition list; its definitions are list items
    FOOTNOTE = "footnote"  # the text of a footnote definition

    @property
    def names(self) -> bool:
        """Whether such a block names the page or a section of it."""
        return self in _NAMING


_NAMING = frozenset({BlockKind.TITLE, BlockKind.HEADING})


class Region(StrEnum):
    """Where on the page a block stands. Everything but BODY, ASIDE and FOOTER is boilerplate."""

    BODY = "body"
    ASIDE = "aside"  # admonitions and side notes
    FOOTER = "footer"
    NAVIGATION = "navigation"
    COOKIE = "cookie"
    COMMENT_FORM = "comment-form"

    @property
    def boilerplate(self) -> bool:
        """Whether text here is furniture of the site rather than the article."""
        return self in _FURNITURE


_FURNITURE = frozenset({Region.NAVIGATION, Region.COOKIE, Region.COMMENT_FORM})


class LinkKind(StrEnum):
    """What a link is."""

    LINK = "link"
    IMAGE = "image"
    BUTTON = "button"
    NOTE = "note"  # a footnote or numbered reference: the target is the note's label


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of block text, from `text_start` to the next piece, and where it comes from.

    `exact` means the text equals the source character for character; otherwise the whole of `source`
    (an entity, a soft line break, a placeholder) stands for it.
    """

    text_start: int
    source: Span
    exact: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a block: `span` of block text, `target` as written (decoded), `rel` tokens lower-cased."""

    span: Span
    target: str
    source: Span
    kind: LinkKind = LinkKind.LINK
    rel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell's place: `table` numbers the tables of a document, rows and columns count from 0.

    `header` says that the cell itself is a header; `row_header` and `column_header` are the readable
    text of the headers that govern it, empty where there are none.
    """

    table: int
    row: int
    column: int
    header: bool = False
    row_header: str = ""
    column_header: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, cell…: one run of readable text.

    `pieces` tile `text` without gaps, in order; their source spans are disjoint and ascending.
    `section` is the path of headings above (texts, outermost first); for a heading, without itself.
    `level` is the heading level (1 to 6) or the nesting depth of a list item (from 1), else 0.
    `lead` is the index of the block that introduces this list item or cell (a paragraph or heading just
    before the list or table), if any.
    """

    kind: BlockKind
    text: str
    pieces: tuple[Piece, ...] = field(repr=False)
    section: tuple[str, ...] = ()
    level: int = 0
    region: Region = Region.BODY
    lead: int | None = None
    cell: Cell | None = None
    label: str = ""  # of a footnote: its label
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        if self.text and (not self.pieces or self.pieces[0].text_start != 0):
            raise ValueError("pieces must tile the text from 0")
        for one, two in pairwise(self.pieces):
            if one.text_start >= two.text_start or one.source.end > two.source.start:
                raise ValueError(f"pieces out of order: {one}, {two}")
        end = len(self.text)
        for piece in reversed(self.pieces):
            if piece.exact and piece.source.end - piece.source.start != end - piece.text_start:
                raise ValueError(f"exact piece of another length: {piece}")
            end = piece.text_start

    def _text_end(self, index: int) -> int:
        return self.pieces[index + 1].text_start if index + 1 < len(self.pieces) else len(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [p.text_start for p in self.pieces]

    def _piece(self, offset: int) -> Piece:
        """The piece in which an offset of the text lies: most blocks have but one."""
        return self.pieces[0] if len(self.pieces) == 1 else self.pieces[bisect_right(self._starts, offset) - 1]

    @cached_property
    def source(self) -> Span:
        """The hull of the block in the source."""
        if not self.pieces:
            return Span(0, 0)
        return Span(self.pieces[0].source.start, self.pieces[-1].source.end)

    def place(self, offset: int) -> int:
        """Where the source begins that an offset of the block's text stands for."""
        if not self.pieces:
            return 0
        first = self._piece(offset)
        return first.source.start + (offset - first.text_start if first.exact else 0)

    def to_source(self, span: Span) -> Span:
        """The source hull of a span of block text. Markup inside the span is covered, markup around it is not."""
        if not self.pieces:
            return Span(0, 0)
        start = self.place(span.start)
        if span.end <= span.start:
            return Span(start, start)
        last = self._piece(span.end - 1)
        end = last.source.start + (span.end - last.text_start) if last.exact else last.source.end
        return Span(start, max(start, end))

    def part(self, span: Span) -> Block:
        """The block of a stretch of this one's text, with the links that lie in it."""
        pieces: list[Piece] = []
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        for i in range(first, bisect_left(self._starts, span.end)):
            piece = self.pieces[i]
            start, end = max(piece.text_start, span.start), min(self._text_end(i), span.end)
            if start < end:
                skip = start - piece.text_start
                source = piece.source
                if piece.exact:
                    source = Span(source.start + skip, source.start + skip + end - start)
                pieces.append(Piece(start - span.start, source, piece.exact))
        links = tuple(
            replace(link, span=link.span.shift(-span.start)) for link in self.links if span.contains(link.span)
        )
        return replace(self, text=span.of(self.text), pieces=tuple(pieces), links=links)

    def is_literal(self, span: Span) -> bool:
        """Whether the span lies in one exact piece, so that it can be edited in the source."""
        if not self.pieces or span.end <= span.start:
            return False
        index = bisect_right(self._starts, span.start) - 1
        return self.pieces[index].exact and span.end <= self._text_end(index)


@dataclass(frozen=True, slots=True)
class MetaValue:
    """One value of the page's metadata, as text, and where it stands in the source."""

    value: str
    source: Span


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the source (`<!-- … -->`, `{/* … */}`): its inner text and its whole extent."""

    text: str
    source: Span


@dataclass(frozen=True)
class Document:
    """A read article.

    `metadata` maps lower-cased keys (front matter keys, `name`/`property` of HTML meta, schema.org keys as
    `schema:author`) to values in source order; nested keys are joined with `.`.
    """

    source: Source
    format: Format
    blocks: tuple[Block, ...]
    metadata: Mapping[str, tuple[MetaValue, ...]] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()

    @cached_property
    def title(self) -> int | None:
        """The index of the block that names the page: its title, else the first heading."""
        for kind in (BlockKind.TITLE, BlockKind.HEADING):
            for i, block in enumerate(self.blocks):
                if block.kind is kind and not block.region.boilerplate:
                    return i
        return None

    @cached_property
    def blocks_by_text(self) -> Mapping[str, Sequence[int]]:
        """The indices of the blocks with a text: every heading of a `section`, unless it was cut for its length."""
        found: dict[str, list[int]] = {}
        for i, block in enumerate(self.blocks):
            found.setdefault(block.text, []).append(i)
        return found

    def links(self) -> Iterator[tuple[int, Link]]:
        """Every link with the index of its block, in reading order."""
        for i, block in enumerate(self.blocks):
            for link in block.links:
                yield i, link
