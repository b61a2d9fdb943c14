"""Where a page that is about no medicine speaks of one: what an illness does is neither side effect nor caution."""

from __future__ import annotations

from caveat.analysis.disclosures.clause import Clause, Harm
from caveat.analysis.grammar import PREPOSITIONS, RELATIVES, is_open
from caveat.analysis.grammar import antecedent as antecedent_of
from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind
from caveat.packs.disclosures import OwnerWords
from caveat.packs.model import TREATMENTS, Concept

_BEHIND_HEAD = (PREPOSITIONS - {"than"}) | RELATIVES | {"such", "like", "including", "and", "or"}  # "a test for …"
_MEANT = TREATMENTS | {Concept.CONDITION, Concept.SYMPTOM, Concept.FOOD}  # what a pronoun can stand for


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

    def do(self, view: BlockView, clause: Clause, harm: Harm) -> bool:
        """Whether a treatment does a harm: what heads the clause, stands behind "by" or is meant by a pronoun."""
        norms = view.tokens.norms
        if harm.origins:
            return self._headed(view, range(harm.origins[0].end, clause.end))
        antecedent = antecedent_of(norms, harm.causes[0].start, clause.low)
        if antecedent:
            return self._named(view, antecedent - 1, antecedent)
        subject = clause.subject(harm.causes)
        words = norms[subject.start : subject.stop]
        if clause.lacking or (not words and not clause.is_continued):
            return self._stands_under(view.block) and not clause.lacking
        if self._headed(view, subject):
            return True
        plain = self._words.pronouns.issuperset(word for word in words if is_open(word))
        return plain and (self._stands_under(view.block) or self._meant(view, clause))

    def lead(self, view: BlockView, clause: Clause) -> bool:
        """Whether a treatment heads a clause."""
        return self._headed(view, clause.subject(()))

    def _headed(self, view: BlockView, subject: range) -> bool:
        """Whether a treatment heads a subject: "some strong medicines for gout", "the use of statins"."""
        norms = view.tokens.norms
        start = subject.start
        for end in (*(i for i in subject if norms[i] in _BEHIND_HEAD or not norms[i][-1].isalnum()), subject.stop):
            if self._named(view, start, end):
                return True
            if end > start and self._words.taking.isdisjoint(norms[end - 1 : end]):
                return False
            start = end + 1
        return False

    def _meant(self, view: BlockView, clause: Clause) -> bool:
        """Whether a pronoun, or no subject, stands for a treatment: what heads the clause before, or is named last."""
        before = next(clause.before(), None)
        if before is None or before.lacking:
            return False
        named = [p for p in view.mentions_between(before.start, before.end) if p.mention.concept in _MEANT]
        last = bool(named) and named[-1].mention.concept in TREATMENTS
        return last or self._headed(view, before.subject(()))

    def _named(self, view: BlockView, start: int, end: int) -> bool:
        """Whether the last of some words name a treatment: "these tablets", not "the vaccine study"."""
        norms = view.tokens.norms
        if end <= start:
            return False
        named = view.mentions_between(start, end)
        treats = bool(named) and named[-1].end == end and named[-1].mention.concept in TREATMENTS
        return treats or not self._words.medicines.isdisjoint(norms[end - 1 : end])

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
