"""Cues in a block of text: the words that negate, hedge, limit, ask, attribute or warn, and their scopes.

The ConText way: a cue is found by its words, a longer phrase wins over a shorter one, phrases that only
look like cues keep the real ones away, and a scope ends with the clause (see `clauses`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from caveat.analysis.automaton import Forms, PhraseAutomaton
from caveat.analysis.clauses import Clauses, Verbs
from caveat.analysis.facts import Cue, Role
from caveat.analysis.pipeline import Tokens
from caveat.analysis.questions import asked_from, question_cue
from caveat.analysis.quotations import quotations
from caveat.analysis.slots import Slots
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Templates
from caveat.packs.cues import CueData, CueGroup, Reach, Way
from caveat.packs.model import Circumstance
from caveat.source import Span

_NO_NAMES = frozenset({"i", "it", "they", "we", "you", "this", "that", "which", "who", "the", "many", "some", "most"})
_CLOSING_QUOTES = frozenset({'"', "”", "’", "'"})
_DENIED = 3  # words from the end of a negation within which a warning is denied
_PSEUDO = -1
_TERMINATOR = -2
_ENDS_OTHERS = frozenset({Role.CONTRAST, Role.CONDITION})  # these cues open a clause and so end one

_WAYS = (Way.FORWARD, Way.BACKWARD)  # a phrase that reaches both ways competes in either

_Lane = tuple[Role | None, Way]
_CIRCUMSTANCES = {
    Role.HEDGE: Circumstance.HEDGED,
    Role.LIMITATION: Circumstance.LIMITED,
    Role.QUESTION: Circumstance.QUESTION,
    Role.ATTRIBUTION: Circumstance.ATTRIBUTED,
    Role.DEBUNK: Circumstance.DEBUNKED,
    Role.WARNING: Circumstance.WARNING,
    Role.CONDITION: Circumstance.CONDITIONAL,
    Role.CONTRAST: Circumstance.CONTRAST,
    Role.HISTORY: Circumstance.HISTORY,
    Role.STUDIED: Circumstance.STUDIED,
    Role.QUOTATION: Circumstance.QUOTED,
}


class _Hit(NamedTuple):
    """A phrase found: its token range, and the number of its group or what it is instead."""

    start: int
    end: int
    group: int


class ContextFinder:
    """The compiled cue file. Plain data: it can be pickled."""

    def __init__(self, cue_data: CueData, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._groups = cue_data.cues
        self._lanes = {_PSEUDO: [(None, Way.BOTH)], _TERMINATOR: [(None, Way.FORWARD)]} | {
            number: [(group.role, way) for way in (_WAYS if group.way is Way.BOTH else (group.way,))]
            for number, group in enumerate(self._groups)
        }
        self._by_name = frozenset(number for number, group in enumerate(self._groups) if group.by_name)
        self._silencing = {_PSEUDO, *self._of_roles({Role.BOOSTER})}
        self._terminating = {_TERMINATOR, *self._of_roles(_ENDS_OTHERS)}
        self._negating = self._of_roles({Role.NEGATION})
        self._warning = self._of_roles({Role.WARNING})
        self._verbs = Verbs.of(cue_data)
        self._templates = Templates()
        patterns: list[tuple[Sequence[Forms], int]] = []
        reader = TemplateReader(norms, cue_data.lists)
        for number, templates in self._numbered(cue_data):
            for template in templates:
                shapes = reader.positions(template)
                if shapes is None:
                    self._templates.add(str(number), template, reader)
                else:
                    patterns.extend((shape, number) for shape in shapes)
        self._phrases = PhraseAutomaton(patterns)

    def _of_roles(self, roles: Container[Role]) -> frozenset[int]:
        return frozenset(number for number, group in enumerate(self._groups) if group.role in roles)

    @staticmethod
    def _numbered(data: CueData) -> Iterator[tuple[int, Sequence[str]]]:
        for number, group in enumerate(data.cues):
            yield number, group.words
        yield _PSEUDO, data.pseudo
        yield _TERMINATOR, data.terminators

    def find(self, block: int, text: str, tokens: Tokens, slots: Slots | None = None) -> tuple[Cue, ...]:
        """The cues of a block, by place; `text` is the block's text, `slots` what templates' slots can take."""
        slots = slots or Slots(tokens)
        hits = [
            _Hit(start, end, group)
            for start, end, group in self._phrases.scan(tokens.norms, 0, len(tokens.norms))
            if group not in self._by_name or _beside_name(tokens, start, end)
        ]
        hits += [_Hit(match.start, match.end, int(key)) for _, key, match in self._templates.find(tokens, slots)]
        cues: list[Cue] = []
        for bounds, within in _by_sentence(sorted(hits), tokens.sentences):
            cues += self._in_sentence(block, text, tokens, bounds, within)
        for start, end in tokens.sentences:
            mark = question_cue(tokens, start, end, slots.spans)
            if mark is not None:
                asked = tokens.span(asked_from(tokens, start, mark), end)
                cues.append(_cue(block, text, tokens.span(mark, mark + 1), Role.QUESTION, asked))
        for opening, enclosed in quotations(text):
            cues.append(_cue(block, text, opening, Role.QUOTATION, enclosed))
        return tuple(sorted(cues, key=_place))

    def _in_sentence(
        self, block: int, text: str, tokens: Tokens, bounds: tuple[int, int], hits: Sequence[_Hit]
    ) -> Iterator[Cue]:
        kept = self._winners(hits)
        cues = self._without_denied_warnings([hit for hit in kept if hit.group >= 0])
        if not cues:
            return
        clauses = Clauses(
            tokens,
            bounds,
            self._verbs,
            terminators=[(start, end) for start, end, number in kept if number in self._terminating],
            negations=[(start, self._groups[number].cuts) for start, _, number in cues if number in self._negating],
        )
        found: dict[Role, Cue] = {}
        for start, end, number in cues:
            group = self._groups[number]
            scope = self._scope(tokens, clauses, start, end, group)
            cue = _cue(block, text, tokens.span(start, end), group.role, scope, weak=group.weak)
            last = found.get(group.role)
            if last is not None and last.span.overlaps(cue.span):
                cue = _merged(text, last, cue)
            elif last is not None:
                yield last
            found[group.role] = cue
        yield from found.values()

    def _scope(self, tokens: Tokens, clauses: Clauses, start: int, end: int, group: CueGroup) -> Span:
        if group.reach is Reach.BLOCK:
            return tokens.span(0, len(tokens.norms))
        if group.reach is Reach.PREVIOUS:
            return tokens.span(_start_before(tokens, start), end)
        negation = group.role is Role.NEGATION
        first, last = start, end
        if group.way is not Way.BACKWARD:
            last = clauses.forward(start, end, group.reach, limit=group.limit, negation=negation)
        if group.way is not Way.FORWARD:
            first = clauses.backward(start, group.reach, limit=group.limit)
        return tokens.span(first, last)

    def _winners(self, hits: Sequence[_Hit]) -> list[_Hit]:
        """Of phrases that overlap, the longest of each role and way; pseudo-cues and boosters win over every role."""
        if all(one.end <= other.start for one, other in pairwise(hits)):
            return list(hits)
        kept: list[_Hit] = []
        taken: dict[_Lane, set[int]] = {}
        silenced: set[int] = set()
        for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.group not in self._silencing, hit)):
            places = range(hit.start, hit.end)
            lanes = [taken.setdefault(lane, set()) for lane in self._lanes[hit.group]]
            if not silenced.isdisjoint(places) or not all(lane.isdisjoint(places) for lane in lanes):
                continue
            if hit.group in self._silencing:
                silenced.update(places)
            for lane in lanes:
                lane.update(places)
            kept.append(hit)
        return sorted(
            [hit for hit in kept if hit.group in self._silencing or silenced.isdisjoint(range(hit.start, hit.end))]
        )

    def _without_denied_warnings(self, cues: Sequence[_Hit]) -> Sequence[_Hit]:
        """The cues, but for warnings that a negation just before denies: "no side effects", "without any risk of"."""
        if self._warning.isdisjoint([number for _, _, number in cues]):
            return cues
        denied = {
            place
            for _, end, number in cues
            if number in self._negating and self._groups[number].way is Way.FORWARD
            for place in range(end, end + _DENIED)
        }
        return [hit for hit in cues if hit.start not in denied or hit.group not in self._warning]


def _start_before(tokens: Tokens, at: int) -> int:
    """Where the sentence before the one that holds token `at` begins; the sentence itself, if it is the first."""
    holds = bisect_right(tokens.sentences, at, key=lambda bounds: bounds[0]) - 1
    return tokens.sentences[max(holds - 1, 0)][0]


def circumstances(cues: Iterable[Cue], span: Span) -> frozenset[Circumstance]:
    """What the cues of a block say of a span of its text: those whose scope holds the whole span.

    An even number of negations is none. Weak cues count for nothing here.
    """
    found: set[Circumstance] = set()
    negations = 0
    for cue in cues:
        if cue.weak or not cue.scope.contains(span):
            continue
        if cue.role is Role.NEGATION:
            negations += 1
        elif cue.role in _CIRCUMSTANCES:
            found.add(_CIRCUMSTANCES[cue.role])
    if negations % 2:
        found.add(Circumstance.NEGATED)
    return frozenset(found)


def _place(cue: Cue) -> tuple[int, int, int, int, Role]:
    return cue.span.start, cue.span.end, cue.scope.start, cue.scope.end, cue.role


def _cue(block: int, text: str, span: Span, role: Role, scope: Span, *, weak: bool = False) -> Cue:
    return Cue(block, span, span.of(text), role, scope, weak)


def _merged(text: str, one: Cue, other: Cue) -> Cue:
    """Two phrases of one role that share words are one cue: "is unlikely" behind and "unlikely to" ahead."""
    span = one.span.hull(other.span)
    weak = one.weak and other.weak
    return _cue(one.block, text, span, one.role, one.scope.hull(other.scope), weak=weak)


def _beside_name(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a capitalised word or a closing quotation mark stands just before, or a capitalised word just after."""
    for at in (start - 1, end):
        if 0 <= at < len(tokens.texts):
            text = tokens.texts[at]
            if text[:1].isupper() and tokens.norms[at] not in _NO_NAMES:
                return True
    return start > 0 and tokens.texts[start - 1] in _CLOSING_QUOTES


def _by_sentence(
    hits: Iterable[_Hit], sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], list[_Hit]]]:
    """Of hits in order, those that lie wholly in one sentence, sentence by sentence."""
    at = 0
    within: list[_Hit] = []
    for hit in hits:
        while hit.start >= sentences[at][1]:
            if within:
                yield sentences[at], within
                within = []
            at += 1
        if hit.end <= sentences[at][1]:
            within.append(hit)
    if within:
        yield sentences[at], within
