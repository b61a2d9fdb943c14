"""Named things in a block: what the lexicon lists, and by their endings some of what it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from caveat.analysis.facts import Concept, Mention
from caveat.analysis.pipeline import Tokens
from caveat.analysis.templates import SlotSpan
from caveat.analysis.trie import Trie
from caveat.packs.lexicon import Entry, Lexicon

_HEALTH = frozenset({Concept.CONDITION, Concept.SYMPTOM, Concept.BIOMARKER, Concept.FUNCTION})
_SHORTEST_BY_ENDING = 6


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention and the token range it covers."""

    start: int
    end: int
    mention: Mention

    @property
    def names(self) -> frozenset[str]:
        """Every name by which a template's slot or a rule may ask for it."""
        return names_of(self.mention)

    @property
    def slot(self) -> SlotSpan:
        """The mention as something a template's slot can take."""
        return SlotSpan(self.start, self.end, self.names)


def names_of(mention: Mention) -> frozenset[str]:
    """The class, the umbrella classes (`intervention`, `health`), the tags, the group and the id of a mention."""
    umbrella = set()
    if mention.concept.intervention:
        umbrella.add("intervention")
    if mention.concept in _HEALTH:
        umbrella.add("health")
    return frozenset({mention.concept.value, mention.id, mention.group, *mention.tags, *umbrella} - {""})


@dataclass(frozen=True, slots=True)
class _Form:
    """A surface form: `exact` is the spelling an abbreviation must have; `veto` marks what is not the thing."""

    entry: int
    exact: str = ""
    veto: bool = False


class MentionFinder:
    """The compiled lexicon. Plain data: it can be pickled."""

    def __init__(self, lexicon: Lexicon, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._entries: tuple[Entry, ...] = lexicon.entries
        self._stems = lexicon.stems
        self._trie: Trie[_Form] = Trie()
        self._needs = [frozenset(w.lower() for w in entry.needs) for entry in self._entries]
        for number, entry in enumerate(self._entries):
            plain = _Form(number)
            for form in entry.forms():
                self._add(norms(form), plain)
            for abbreviation in entry.abbr:
                self._add(norms(abbreviation), _Form(number, exact=abbreviation))
                self._add(norms(abbreviation + "s"), _Form(number, exact=abbreviation + "s"))
            for phrase in entry.not_in:
                self._add(norms(phrase), _Form(number, veto=True))

    def _add(self, words: tuple[str, ...], form: _Form) -> None:
        if words:
            self._trie.add(words, form)

    def find(self, block: int, text: str, tokens: Tokens, context: Iterable[str] = ()) -> list[Placed]:
        """The mentions of a block's tokens, longest first come, none overlapping, in reading order.

        `context` are lower-cased words of the headings above, for names that mean several things.
        """
        around = frozenset(tokens.norms).union(context)
        hits: list[tuple[int, int, int]] = []
        vetoes: list[tuple[int, int, int]] = []
        for start, end, form in self._trie.scan(tokens.norms):
            if form.veto:
                vetoes.append((start, end, form.entry))
            elif form.exact and tokens.span(start, end).of(text) != form.exact:
                continue
            elif self._needs[form.entry] and self._needs[form.entry].isdisjoint(around):
                continue
            else:
                hits.append((start, end, form.entry))
        kept = [h for h in hits if not any(v[2] == h[2] and v[0] <= h[0] and h[1] <= v[1] for v in vetoes)]
        placed = self._longest(block, text, tokens, kept)
        taken = {at for p in placed for at in range(p.start, p.end)}
        placed.extend(self._by_ending(block, tokens, taken))
        return sorted(placed, key=lambda p: p.start)

    def _longest(
        self, block: int, text: str, tokens: Tokens, hits: Sequence[tuple[int, int, int]]
    ) -> list[Placed]:
        placed: list[Placed] = []
        end_of_last = -1
        for start, end, number in sorted(hits, key=lambda h: (h[0], -h[1])):
            if start < end_of_last:
                continue
            end_of_last = end
            entry = self._entries[number]
            span = tokens.span(start, end)
            mention = Mention(
                block, span, span.of(text), Concept(entry.concept), entry.id, entry.group, frozenset(entry.tags)
            )
            placed.append(Placed(start, end, mention))
        return placed

    def _by_ending(self, block: int, tokens: Tokens, taken: set[int]) -> Iterable[Placed]:
        for at, norm in enumerate(tokens.norms):
            if at in taken or len(norm) < _SHORTEST_BY_ENDING or not norm.isalpha():
                continue
            stem = self._stems.of(norm)
            if stem is not None:
                mention = Mention(block, tokens.span(at, at + 1), tokens.texts[at], Concept(stem.concept), norm, stem.group)
                yield Placed(at, at + 1, mention)
