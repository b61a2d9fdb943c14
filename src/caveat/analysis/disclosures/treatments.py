"""Where a page that is about no medicine speaks of one: what an illness does is neither side effect nor caution."""

from __future__ import annotations

from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind
from caveat.packs.disclosures import OwnerWords
from caveat.packs.model import TREATMENTS, Concept


class Treatments:
    """The headings, heads of tables and leads of lists of one document that speak of a treatment, as far as read."""

    def __init__(self, words: OwnerWords) -> None:
        self._words = words
        self._heads: set[str] = set()
        self._line = False  # whether the last block that is no item and no cell does

    def note(self, view: BlockView, *, heads: bool) -> None:
        """A block has been read; `heads` tells that others stand under it."""
        block = view.block
        if heads:
            ill = any(p.mention.concept is Concept.CONDITION for p in view.mentions)  # "causes of gout and treatment"
            if not ill and any(self._speaks(view, sentence) for sentence in range(len(view.tokens.sentences))):
                self._heads.add(block.text)
        elif block.kind not in (BlockKind.HEADING, BlockKind.LIST_ITEM) and block.cell is None:
            last = len(view.tokens.sentences) - 1
            self._line = last >= 0 and self._speaks(view, last)

    def spoken_of(self, view: BlockView, sentence: int) -> bool:
        """Whether a sentence speaks of something taken or done: itself, or what it goes on with or stands under."""
        if self._speaks(view, sentence) or self._stands_under(view.block):
            return True
        low, high = view.tokens.sentences[sentence]
        goes_on = sentence > 0 and not self._words.pronouns.isdisjoint(view.tokens.norms[low:high])
        return goes_on and self._speaks(view, sentence - 1)

    def _stands_under(self, block: Block) -> bool:
        if block.kind is BlockKind.LIST_ITEM and self._line:
            return True
        cells = () if block.cell is None else (block.cell.row_header, block.cell.column_header)
        return not self._heads.isdisjoint((*cells, *block.section))

    def _speaks(self, view: BlockView, sentence: int) -> bool:
        tokens = view.tokens
        if tokens.index.any(self._words.medicines) >> (tokens.first_sentence + sentence) & 1:
            return True
        return any(p.mention.concept in TREATMENTS for p in view.mentions_between(*tokens.sentences[sentence]))
