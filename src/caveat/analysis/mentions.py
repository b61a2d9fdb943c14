"""Named things in a block: what the lexicon lists, and by their endings some of what it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from caveat.analysis.facts import Concept, Mention
from caveat.analysis.pipeline import Tokens
from caveat.analysis.templates import SlotSpan
from caveat.analysis.trie import Trie
from caveat.packs.lexicon import Lexicon
from caveat.values import dataclass

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
    return _names(mention.concept, mention.id, mention.group, mention.tags)


@lru_cache(maxsize=4_096)
def _names(concept: Concept, name: str, group: str, tags: frozenset[str]) -> frozenset[str]:
    umbrella = set()
    if concept.intervention:
        umbrella.add("intervention")
    if concept in _HEALTH:
        umbrella.add("health")
    return frozenset({concept.value, name, group, *tags, *umbrella} - {""})


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a name stands for."""

    id: str
    concept: Concept
    group: str
    tags: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Form:
    """A surface form: `exact` is the spelling an abbreviation must have; `veto` marks what is not the thing."""

    thing: _Thing
    exact: str = ""
    veto: bool = False


class MentionFinder:
    """The compiled lexicon. Plain data: it can be pickled, and comes back a first word at a time."""

    def __init__(self, lexicon: Lexicon, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._stems = lexicon.stems
        self._trie: Trie[_Form] = Trie()
        for entry in lexicon.entries:
            needs = frozenset(word.lower() for word in entry.needs)
            thing = _Thing(entry.id, Concept(entry.concept), entry.group, frozenset(entry.tags), needs)
            plain = _Form(thing)
            for form in entry.forms():
                self._add(norms(form), plain)
            for abbreviation in entry.abbr:
                for spelling in (abbreviation, abbreviation + "s"):
                    self._add(norms(spelling), _Form(thing, exact=spelling))
            for phrase in entry.not_in:
                self._add(norms(phrase), _Form(thing, veto=True))

    def _add(self, words: tuple[str, ...], form: _Form) -> None:
        if words:
            self._trie.add(words, form)

    def find(self, block: int, text: str, tokens: Tokens, context: Iterable[str] = ()) -> list[Placed]:
        """The mentions of a block's tokens, longest first come, none overlapping, in reading order.

        `context` are lower-cased words of the headings above, for names that mean several things.
        """
        around = frozenset(tokens.norms).union(context)
        hits: list[tuple[int, int, _Thing]] = []
        vetoed: dict[str, set[int]] = {}
        for start, end, form in self._trie.scan(tokens.norms):
            if form.veto:
                vetoed.setdefault(form.thing.id, set()).update(range(start, end))
            elif (not form.exact or tokens.span(start, end).of(text) == form.exact) and not (
                form.thing.needs and form.thing.needs.isdisjoint(around)
            ):
                hits.append((start, end, form.thing))
        nowhere: set[int] = set()
        kept = [h for h in hits if not vetoed.get(h[2].id, nowhere).issuperset(range(h[0], h[1]))]
        placed = _longest(block, text, tokens, kept)
        taken = {at for p in placed for at in range(p.start, p.end)}
        placed.extend(self._by_ending(block, tokens, taken))
        return sorted(placed, key=lambda p: p.start)

    def _by_ending(self, block: int, tokens: Tokens, taken: set[int]) -> Iterable[Placed]:
        for at, norm in enumerate(tokens.norms):
            if at in taken or len(norm) < _SHORTEST_BY_ENDING or not norm.isalpha():
                continue
            stem = self._stems.of(norm)
            if stem is not None:
                mention = Mention(
                    block, tokens.span(at, at + 1), tokens.texts[at], Concept(stem.concept), norm, stem.group
                )
                yield Placed(at, at + 1, mention)


def _longest(block: int, text: str, tokens: Tokens, hits: Sequence[tuple[int, int, _Thing]]) -> list[Placed]:
    placed: list[Placed] = []
    end_of_last = -1
    for start, end, thing in sorted(hits, key=lambda h: (h[0], -h[1])):
        if start < end_of_last:
            continue
        end_of_last = end
        span = tokens.span(start, end)
        mention = Mention(block, span, span.of(text), thing.concept, thing.id, thing.group, thing.tags)
        placed.append(Placed(start, end, mention))
    return placed
