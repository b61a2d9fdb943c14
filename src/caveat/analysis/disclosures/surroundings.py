"""What stands around a block and tells which way it speaks: headings, the line before a list, the cells of a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from caveat.analysis.disclosures.readings import Said
from caveat.analysis.disclosures.wordings import Hit
from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind
from caveat.packs.disclosures import Byline, Reading, Recogniser
from caveat.values import dataclass

_CLOSED = (".", "!", "?")  # ends of a line that introduces nothing


@dataclass(frozen=True)
class Waiting:
    """A topic that a heading or cell names without saying anything of it: what stands below or beside may."""

    source: Recogniser
    words: str
    place: str | tuple[int, int]  # the heading's text, or the cell's table and row


class Surroundings:
    """The blocks of one document that were read so far, as far as later blocks are read by them."""

    def __init__(self) -> None:
        self._headings: dict[str, Said] = {}
        self._title: str | None = None
        self._leads: dict[int, Said] = {}
        self._line: int | None = None  # the last block that is no item and no cell
        self._row: list[Said] = []
        self._at: tuple[int, int] | None = None
        self._waiting: list[Waiting] = []

    def above(self, block: Block) -> Iterator[Iterable[Reading]]:
        """What the other cells of the row and the headings above do, nearest first.

        The title of the page says what it is about: it tells of no more than the list right below it.
        """
        if block.cell is not None:
            if (block.cell.table, block.cell.row) == self._at:
                for said in reversed(self._row):
                    yield said.outward
            for header in (block.cell.column_header, block.cell.row_header):
                if header in self._headings:
                    yield self._headings[header].outward
        for heading in reversed(block.section):
            if heading in self._headings and (
                heading != self._title or (heading == block.section[-1] and _lists(block))
            ):
                yield self._headings[heading].outward

    def lead(self, block: Block) -> Sequence[Reading]:
        """What the line that introduces the list does."""
        if block.kind is not BlockKind.LIST_ITEM:
            return ()
        index = max((i for i in (block.lead, self._line) if i is not None), default=None)
        if index not in self._leads:
            return ()
        said = self._leads[index]
        return said.readings(said.sentences - 1)

    @property
    def waits(self) -> bool:
        """Whether any topic waits for its answer."""
        return bool(self._waiting)

    def waiting(self, block: Block) -> list[Waiting]:
        """The topics that this block may speak of without naming them."""
        row = (block.cell.table, block.cell.row) if block.cell is not None else None
        return [w for w in self._waiting if w.place == row or w.place in block.section]

    def settle(self, waiting: Waiting) -> None:
        """A topic has had its answer."""
        self._waiting.remove(waiting)

    def note(self, view: BlockView, said: Said, unread: Sequence[Hit]) -> None:
        """The block has been read; `unread` are the topics of which it says nothing."""
        block = view.block
        place: str | tuple[int, int] | None = None
        if block.kind is BlockKind.HEADING:
            place = block.text
            if self._title is None and block.level == 1:
                self._title = block.text
            self._headings[block.text] = said
            self._waiting = [w for w in self._waiting if w.place in block.section]
        elif block.cell is not None:
            place = (block.cell.table, block.cell.row)
            if place != self._at:
                self._at, self._row = place, []
            self._row.append(said)
            if block.cell.header:
                self._headings[block.text] = said
        if block.cell is None and block.kind is not BlockKind.LIST_ITEM:
            self._line = view.index
        if not block.text.rstrip().endswith(_CLOSED):
            self._leads[view.index] = said
        if place is not None and place != self._title:
            for hit in unread:
                if isinstance(hit.source, Recogniser):
                    words = view.tokens.span(hit.match.start, hit.match.end).of(block.text)
                    self._waiting.append(Waiting(hit.source, words, place))


def _lists(block: Block) -> bool:
    return block.kind is BlockKind.LIST_ITEM or block.cell is not None


class Labels:
    """The blocks that say "Written by" or "Last updated" and no more, as far as a name or date may still follow."""

    def __init__(self) -> None:
        self._line: tuple[int, list[Byline]] = (-1, [])  # the last label that is no cell
        self._cells: dict[tuple[int, int, int], list[Byline]] = {}  # by table, row and column
        self._heads: dict[tuple[int, int], list[tuple[int, Byline]]] = {}  # by table and column, with their rows

    def over(self, view: BlockView) -> list[Byline]:
        """The words that this block completes: those of the block before, of the cell beside or of the column."""
        cell = view.block.cell
        if cell is None:
            index, bylines = self._line
            return bylines if view.index == index + 1 else []
        heads = [byline for row, byline in self._heads.get((cell.table, cell.column), ()) if row < cell.row]
        return heads if cell.header else heads + self._cells.get((cell.table, cell.row, cell.column - 1), [])

    def note(self, view: BlockView, bylines: Sequence[Byline]) -> None:
        """The block has been read; it says these words and no more."""
        cell = view.block.cell
        if not bylines:
            return
        if cell is None:
            self._line = view.index, list(bylines)
            return
        self._cells[cell.table, cell.row, cell.column] = list(bylines)
        if cell.header:
            self._heads.setdefault((cell.table, cell.column), []).extend((cell.row, byline) for byline in bylines)
