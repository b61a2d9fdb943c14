"""Under whose name a block stands: the headings, rows and columns of a page that name another medicine than its own."""

from __future__ import annotations

from collections.abc import Callable

from caveat.analysis.facts import Concept, Mention, Tag, Topic
from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind
from caveat.packs.disclosures import OwnerWords
from caveat.values import dataclass

TAKEN = frozenset({Concept.DRUG, Concept.SUPPLEMENT, Concept.HERB, Concept.FOOD})
NAME = 5  # tokens of a heading or label that is a name and no more


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading or head of a table that names something taken.

    `another` are its words where that is not what the page is about; `one` tells that it is one medicine, no class.
    """

    another: frozenset[str] = frozenset()
    one: bool = False


class Heads:
    """The headings and heads of tables of one document, as far as they were read; `ours` knows the page's medicine."""

    def __init__(self, words: OwnerWords, topic: Topic, ours: Callable[[Mention], bool]) -> None:
        self._words = words
        self._topic = topic
        self._ours = ours
        self._heads: dict[str, _Head] = {}
        self._begun = False

    def note(self, view: BlockView) -> bool:
        """A block has been read. Returns whether it is what others stand under.

        So are a heading, a head of a table and the first cell of a row, and not the title of the page.
        """
        block, cell = view.block, view.block.cell
        if block.kind is BlockKind.HEADING:
            heads = block.level != 1 or self._begun
            self._begun = True
        else:
            heads = cell is not None and (cell.header or cell.column == 0)
        if heads and self._topic.id:
            self._head(view)
        return heads

    def _head(self, view: BlockView) -> None:
        block, cell = view.block, view.block.cell
        named = [p for p in view.mentions if p.mention.concept in TAKEN]
        if any(self._ours(p.mention) for p in named):
            self._heads[block.text] = _Head()
            return
        name = len(view.tokens.norms) <= NAME and self._words.with_it.isdisjoint(view.tokens.norms)
        if named and name and (cell is None or cell.header or not self.combines(block)):
            one = all(p.mention.concept is Concept.DRUG and Tag.CLASS not in p.mention.tags for p in named)
            self._heads[block.text] = _Head(frozenset(view.tokens.norms), one)

    def is_elsewhere(self, block: Block, partners: frozenset[str] = frozenset()) -> bool:
        """Whether the block stands under the name of another medicine: its row, its column, or its sections.

        Of the headings above, the nearest that names something taken tells; above the nearest heading only the name
        of one medicine does. Names of `partners` do not.
        """
        near = [*block.section[-1:]]
        if block.cell is not None:
            near = [block.cell.row_header, block.cell.column_header, *near]
        for place, head in enumerate((*near, *reversed(block.section[:-1]))):
            known = self._heads.get(head)
            if known is not None and (place < len(near) or known.one or not known.another):
                return bool(known.another) and partners.isdisjoint(known.another)
        return False

    def tell_of_lack(self, block: Block) -> bool:
        """Whether the nearest heading above that speaks of lack or of medicines speaks of lack: "signs of low iron"."""
        for heading in reversed(block.section):
            told = {word.strip("?:,.") for word in heading.lower().split()}
            if not self._words.medicines.isdisjoint(told):
                return False
            if not self._words.lacks.isdisjoint(told):
                return True
        return False

    def combines(self, block: Block) -> bool:
        """Whether a block stands under a heading on what is taken together, so that the names in it are partners."""
        heads = [*block.section, block.cell.column_header if block.cell is not None else ""]
        words = self._words.joins | self._words.with_it
        return any(not words.isdisjoint(head.lower().split()) for head in heads)
