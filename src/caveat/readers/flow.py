"""The flow of an article while it is read: what is open around the text, and the blocks made so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, NamedTuple

from caveat.document import BlockKind, Cell, Comment, Link, LinkKind, MetaValue, Piece, Region
from caveat.readers.builder import BlockBuilder
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_NOTE_TEXT = regex(r"\[?\s*(?:\d{1,3}|[a-z]|[*†‡§])\s*\]?")
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MAX_SEARCH = 1000  # how many open elements an end tag looks through, so that time stays linear


class Context(NamedTuple):
    """What text that begins here would be.

    `group` numbers the list or table it stands in (from 1; 0 for none), `depth` counts the lists, `anchor` is
    the `id` of the nearest element that has one, `skip` says that the text is not read at all.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    region: Region = Region.BODY
    skip: bool = False
    cell: Cell | None = None
    group: int = 0
    depth: int = 0
    label: str = ""
    anchor: str = ""
    bullet: bool = False  # a list item that only its character shows

    def labelled(self, label: str) -> Context:
        """The same, for a footnote with this label."""
        return self._replace(label=label)


@dataclass(slots=True)
class Draft:
    """A block whose section and lead are not known yet."""

    context: Context
    text: str
    pieces: tuple[Piece, ...]
    links: tuple[Link, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    region: Region = Region.BODY


class _Open(NamedTuple):
    name: str
    context: Context
    barrier: bool


@dataclass(slots=True)
class _OpenLink:
    block_start: int
    source_start: int
    target: str
    rel: tuple[str, ...]
    kind: LinkKind


@dataclass(slots=True)
class Flow:
    """Receives what a reader finds, in source order, and keeps the drafts of the blocks.

    `text` is what the offsets count in: the source, or the source with parts masked at equal length.
    """

    text: str
    drafts: list[Draft] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])  # of each list or table: the one it stands in
    comments: list[Comment] = field(default_factory=list)
    metadata: dict[str, list[MetaValue]] = field(default_factory=dict)
    section_ends: list[tuple[int, int]] = field(default_factory=list)  # draft index, heading level
    tables: int = 0
    _stack: list[_Open] = field(default_factory=lambda: [_Open("", Context(), barrier=True)])
    _count: dict[str, int] = field(default_factory=dict)
    _block: BlockBuilder | None = None
    _begun: Context = field(default_factory=Context)
    _link: _OpenLink | None = None
    _superscript: tuple[int, int] | None = None
    _alts: list[tuple[Context, BlockBuilder]] = field(default_factory=list)

    @property
    def context(self) -> Context:
        """What surrounds the place reached."""
        return self._stack[-1].context

    @property
    def top(self) -> str:
        """The name of the innermost open element."""
        return self._stack[-1].name

    def new_group(self) -> int:
        """The number of a new list or table that stands here."""
        self.parents.append(self.context.group)
        return len(self.parents) - 1

    def open(self, name: str, context: Context, *, barrier: bool = False) -> None:
        """Enter an element. Nothing inside a `barrier` closes what is around it."""
        self._stack.append(_Open(name, context, barrier))
        self._count[name] = self._count.get(name, 0) + 1

    def open_item(self, name: str) -> None:
        """Enter a list item that no markup announces; it joins the list of the item just before it."""
        last = self.drafts[-1] if self.drafts else None
        context = self.context
        if (
            last is not None
            and last.kind is BlockKind.LIST_ITEM
            and last.context.cell == context.cell
            and last.context.bullet
        ):
            group = last.context.group
        else:
            group = self.new_group()
        depth = context.depth + 1
        self.open(name, context._replace(kind=BlockKind.LIST_ITEM, level=depth, depth=depth, group=group, bullet=True))

    def close(self, name: str, *, upto: frozenset[str] = frozenset()) -> bool:
        """Leave the innermost element `name` and all inside it, unless one of `upto` or a barrier lies between."""
        if not self._count.get(name):
            return False
        if self._stack[-1].name == name:
            self._count[name] -= 1
            self._stack.pop()
            return True
        lowest = max(0, len(self._stack) - _MAX_SEARCH)
        for index in range(len(self._stack) - 1, lowest, -1):
            entry = self._stack[index]
            if entry.name == name:
                for left in self._stack[index:]:
                    self._count[left.name] -= 1
                del self._stack[index:]
                return True
            if entry.barrier or entry.name in upto:
                return False
        return False

    def begin(self) -> BlockBuilder:
        """The block being written, begun in the present context if there is none."""
        if self._block is None:
            self._block = BlockBuilder(self.text)
            self._begun = self.context
        return self._block

    def flush(self) -> None:
        """End the block being written; alternative texts of its pictures follow it."""
        block = self._block
        if block is not None:
            if self._link is not None:
                self._end_link(block, self._link.source_start)
            self._superscript = None
            self._block = None
            self.add(self._begun, block)
        for context, builder in self._alts:
            self.add(context, builder)
        self._alts.clear()

    def add(self, context: Context, block: BlockBuilder) -> None:
        """Keep a finished block, unless there is nothing to read in it."""
        text, pieces, links = block.finish()
        if links or text[:1].isalnum() or any(char.isalnum() for char in text):
            self.drafts.append(Draft(context, text, pieces, links, context.kind, context.level, context.region))

    def exact(self, start: int, end: int) -> None:
        """Read source text as it stands."""
        if start < end and not self.context.skip and (self._block is not None or not self.text[start:end].isspace()):
            self.begin().exact(start, end)

    def inexact(self, text: str, start: int, end: int) -> None:
        """Read `text`, which the source from `start` to `end` stands for."""
        if text and not self.context.skip and (self._block is not None or not text.isspace()):
            self.begin().inexact(text, start, end)

    def escaped(self, start: int, end: int) -> None:
        """Read source text with character references such as `&amp;`."""
        if start < end and not self.context.skip and (self._block is not None or not self.text[start:end].isspace()):
            self.begin().escaped(start, end)

    def blank(self, start: int, end: int) -> None:
        """Read a line break or other space between words."""
        if self._block is not None and not self.context.skip:
            self._block.blank(start, end)

    def placeholder(self, start: int, end: int) -> None:
        """Note that something which is not prose stands here."""
        if not self.context.skip:
            self.begin().placeholder(start, end)

    def address(self, target: str, start: int, end: int) -> None:
        """Read a web address that is its own link."""
        if not self.context.skip:
            block = self.begin()
            block.placeholder(start, end)
            block.link(len(block) - 1, target, Span(start, end))

    def note(self, label: str, start: int, end: int) -> None:
        """Read a reference to a footnote, written out in the source."""
        if not self.context.skip:
            block = self.begin()
            block.exact(start, end)
            block.link(max(0, len(block) - (end - start)), label, Span(start, end), kind=LinkKind.NOTE)

    def image(self, target: str, start: int, end: int) -> BlockBuilder | None:
        """Read a picture; returns where its alternative text goes, or None where nothing is read."""
        if self.context.skip:
            return None
        block = self.begin()
        block.placeholder(start, end)
        block.link(len(block) - 1, target, Span(start, end), kind=LinkKind.IMAGE)
        alt = BlockBuilder(self.text)
        self._alts.append((self.context._replace(kind=BlockKind.ALT, level=0), alt))
        return alt

    def start_link(self, target: str, start: int, *, rel: tuple[str, ...] = (), kind: LinkKind = LinkKind.LINK) -> None:
        """Enter a link; one that is still open ends here."""
        if self.context.skip:
            return
        self.end_link(start)
        self._link = _OpenLink(len(self.begin()), start, target, rel, kind)

    def end_link(self, end: int) -> None:
        """Leave the link, if one is open."""
        if self._link is not None and self._block is not None:
            self._end_link(self._block, end)

    def _end_link(self, block: BlockBuilder, end: int) -> None:
        link = self._link
        self._link = None
        if link is None or len(block) <= link.block_start:
            return
        kind, target = link.kind, link.target
        if target.startswith("#") and _NOTE_TEXT.fullmatch(block.tail(link.block_start).strip()):
            kind, target = LinkKind.NOTE, target[1:]
        block.link(
            link.block_start, target, Span(link.source_start, max(link.source_start, end)), kind=kind, rel=link.rel
        )

    def start_superscript(self, start: int) -> None:
        """Enter raised text."""
        if not self.context.skip:
            self._superscript = (len(self.begin()), start)

    def end_superscript(self, end: int) -> None:
        """Leave raised text: a linked number becomes `[1]`, a bare one a superscript digit."""
        mark, self._superscript = self._superscript, None
        block = self._block
        if mark is None or block is None or self.context.skip:
            return
        self.end_link(end)
        written = block.tail(mark[0])
        number = written.strip()
        if not number.isascii() or not number.isdigit() or len(number) > 3:
            return
        target = block.note_target(mark[0])
        block.truncate(mark[0])
        if target is None:
            block.inexact(number.translate(_SUPERSCRIPT), mark[1], end)
        else:
            block.inexact(f"[{number}]", mark[1], end)
            block.link(mark[0], target, Span(mark[1], end), kind=LinkKind.NOTE)

    def add_metadata(self, key: str, value: str, source: Span) -> None:
        """Keep one metadata value under its lower-cased key."""
        self.metadata.setdefault(key.lower(), []).append(MetaValue(value, source))

    def frozen_metadata(self) -> Mapping[str, tuple[MetaValue, ...]]:
        """The metadata gathered."""
        return {key: tuple(values) for key, values in self.metadata.items()}
