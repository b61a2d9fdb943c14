"""A quantity in its place: the words of its sentence, of the table headers and of the headings above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caveat.analysis.doses.quantities import Quantity
from caveat.analysis.doses.tokens import Line, word_set
from caveat.packs.doses import DoseWords
from caveat.values import dataclass

LISTING: Final = word_set(", and or / &")
"""What stands between the amounts of a list."""

DENIALS: Final = word_set("not never no t cannot without nobody")
"""Words that deny what follows; "t" is that of "don't"."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quantity in its place. `first` to `last` are the tokens of its sentence, `left` where the words that
    govern it begin (after the quantity before it), `right` where the next quantity begins. A `packed` one stands
    before what its package holds ("510 mg, 180 capsules"). `words` tell what is said, `header` are the
    words of the table headers, `headings` those of the headings above, innermost last.
    """

    words: DoseWords
    line: Line
    quantity: Quantity
    first: int
    last: int
    left: int
    right: int
    packed: bool = False
    header: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    headings: tuple[tuple[str, ...], ...] = ()

    def before(self) -> tuple[str, ...]:
        """The words between the quantity before, or the start of the sentence, and this one."""
        return tuple(t.word for t in self.line.tokens[self.left : self.quantity.first])

    def after(self) -> tuple[str, ...]:
        """The words between this quantity and the next, or the end of the sentence."""
        return tuple(t.word for t in self.line.tokens[self.quantity.last + 1 : self.right])

    def sentence(self) -> tuple[str, ...]:
        """All words of the sentence."""
        return tuple(t.word for t in self.line.tokens[self.first : self.last])


def phrase_at(words: Sequence[str], phrase: Sequence[str]) -> int | None:
    """Where `phrase` last begins in `words`, or None."""
    if not phrase or phrase[0] not in words:
        return None
    size = len(phrase)
    for i in range(len(words) - size, -1, -1):
        if tuple(words[i : i + size]) == tuple(phrase):
            return i
    return None
