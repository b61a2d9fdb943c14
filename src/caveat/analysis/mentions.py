"""Named things in a block: what the lexicon lists, and by their endings some of what it does not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from caveat.analysis.facts import HEALTH, Concept, Mention
from caveat.analysis.pipeline import Tokens
from caveat.analysis.slots import SlotSpan
from caveat.analysis.trie import Trie
from caveat.lazily import Lazily
from caveat.packs.lexicon import Entry, Lexicon
from caveat.source import Span
from caveat.values import dataclass

_SHORTEST_BY_ENDING = 6


@dataclass(frozen=True, slots=True)
class Placed(SlotSpan):
    """A mention and the token range it covers, as a template's slot can take it."""

    mention: Mention

    @classmethod
    def of(cls, start: int, end: int, mention: Mention) -> Placed:
        """The mention at a token range, under every name that it has."""
        return cls(start, end, names_of(mention), mention)


def names_of(mention: Mention) -> frozenset[str]:
    """The class, the umbrella classes (`intervention`, `health`), the tags, the group and the id of a mention."""
    return _names(mention.concept, mention.id, mention.group, mention.tags)


def _names(concept: Concept, name: str, group: str, tags: frozenset[str]) -> frozenset[str]:
    umbrella = set()
    if concept.intervention:
        umbrella.add("intervention")
    if concept in HEALTH:
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
    names: frozenset[str]


_Form = tuple[str, str, bool]
"""A surface form: the id of the thing, the spelling that an abbreviation must have, whether it is not the thing. Little
enough for one to be kept with each first word."""
_Hit = tuple[int, int, _Thing]


def _thing(entry: Entry) -> _Thing:
    needs = frozenset(word.lower() for word in entry.needs)
    tags = frozenset(entry.tags)
    names = _names(entry.concept, entry.id, entry.group, tags)
    return _Thing(entry.id, entry.concept, entry.group, tags, needs, names)


def _listed(entry: Entry) -> Iterator[tuple[str, _Form]]:
    """Every phrase of an entry, with what it stands for."""
    yield from ((form, (entry.id, "", False)) for form in entry.forms)
    for abbreviation in entry.abbr:
        for spelling in (abbreviation, abbreviation + "s"):
            yield spelling, (entry.id, spelling, False)
    yield from ((phrase, (entry.id, "", True)) for phrase in entry.not_in)


class MentionFinder:
    """The compiled lexicon. Plain data: it can be pickled, and comes back a first word at a time."""

    def __init__(self, lexicon: Lexicon, norms: Callable[[Sequence[str]], Iterable[tuple[str, ...]]]) -> None:
        """Compile the lexicon; `norms` gives the token norms of each of many phrases."""
        self._stems = lexicon.stems
        shortest = min(map(len, self._stems.by_ending), default=0)
        self._tails = (-shortest, frozenset(ending[-shortest:] for ending in self._stems.by_ending))
        entries = {entry.id: entry for entry in lexicon.entries}
        self._things = Lazily(entries, lambda name: _thing(entries[name]))
        self._trie: Trie[_Form] = Trie()
        listed = [one for entry in lexicon.entries for one in _listed(entry)]
        for words, (_, form) in zip(norms([phrase for phrase, _ in listed]), listed, strict=True):
            if words:
                self._trie.add(words, form)

    def find(self, block: int, text: str, tokens: Tokens, context: Collection[str] = ()) -> list[Placed]:
        """The mentions of a block's tokens, longest first come, none overlapping, in reading order.

        `context` are lower-cased words of the headings above, for names that mean several things.
        """
        hits: list[_Hit] = []
        vetoed: dict[str, set[int]] = {}
        for start, end, (name, exact, veto) in self._trie.scan(tokens.norms):
            if veto:
                vetoed.setdefault(name, set()).update(range(start, end))
                continue
            if exact and exact != text[tokens.starts[start] : tokens.ends[end - 1]]:
                continue
            thing = self._things[name]
            if not thing.needs or not (thing.needs.isdisjoint(tokens.norms) and thing.needs.isdisjoint(context)):
                hits.append((start, end, thing))
        if vetoed:
            nowhere: set[int] = set()
            hits = [h for h in hits if not vetoed.get(h[2].id, nowhere).issuperset(range(h[0], h[1]))]
        placed = _longest(block, text, tokens, hits)
        found = self._by_ending(block, tokens, placed)
        return sorted([*placed, *found], key=lambda p: p.start) if found else placed

    def _by_ending(self, block: int, tokens: Tokens, placed: Sequence[Placed]) -> list[Placed]:
        """The mentions of things that only an ending tells, beside those that are placed."""
        last, tails = self._tails
        maybe = [at for at, norm in enumerate(tokens.norms) if norm[last:] in tails]
        found: list[Placed] = []
        starts = [p.start for p in placed] if maybe else []
        for at in maybe:
            norm = tokens.norms[at]
            if len(norm) < _SHORTEST_BY_ENDING or not norm.isalpha():
                continue
            stem = self._stems.of(norm)
            before = bisect_right(starts, at)
            if stem is not None and not (before and at < placed[before - 1].end):
                where = tokens.span(at, at + 1)
                mention = Mention(block, where, tokens.texts[at], stem.concept, norm, stem.group)
                found.append(Placed.of(at, at + 1, mention))
        return found


def _longest(block: int, text: str, tokens: Tokens, hits: Iterable[_Hit]) -> list[Placed]:
    """The mentions of hits that are given by start, then by end."""
    kept: list[_Hit] = []
    for hit in hits:
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
        elif hit[0] == kept[-1][0] and hit[1] > kept[-1][1]:
            kept[-1] = hit
    placed: list[Placed] = []
    for start, end, thing in kept:
        span = Span(tokens.starts[start], tokens.ends[end - 1])
        mention = Mention(block, span, span.of(text), thing.concept, thing.id, thing.group, thing.tags)
        placed.append(Placed(start, end, thing.names, mention))
    return placed
