"""How strongly a claim is put, whether it is made or denied, and whether what it says is good for the reader."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.facts import Concept, Cue, Direction, Mention, Polarity, Role, Strength
from caveat.analysis.grammar import before
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.sentence import SentenceView
from caveat.packs.predicates import Effect

_BAD = frozenset({Concept.CONDITION, Concept.SYMPTOM})
_SOOTHING = frozenset({"cure", "treat", "relieve", "prevent"})  # classes that do a part of the body good
_TOLD = frozenset(
    {"was", "were", "observed", "showed", "show", "shown", "had", "have", "has", "found", "experienced",
     "reported", "exhibited"}
)  # fmt: skip
_WEAK = frozenset({"may", "might", "could", "possibly", "potentially", "perhaps", "likely", "probably", "would"})
_REPORTING = "suggest"  # hedges who says it, not what: "the data suggest that garlic lowers …" is as strong as "lowers"


def cues_over(sentence: SentenceView, predicate: Predicate) -> tuple[Cue, ...]:
    """The cues whose scope holds the predicate."""
    where = sentence.span(predicate.start, predicate.end)
    return tuple(c for c in sentence.view.cues if c.scope.contains(where))


def strength_of(sentence: SentenceView, predicate: Predicate, cues: Sequence[Cue]) -> Strength:
    """Associations are correlational; hedged claims conditional; the rest, though evidence "suggests" it, asserted."""
    if predicate.effect is Effect.LINK:
        return Strength.CORRELATIONAL
    if _observed_only(sentence, predicate):
        return Strength.CORRELATIONAL
    if any(_weakens(cue) for cue in (*cues, *_main_clause_cues(sentence, predicate))):
        return Strength.CONDITIONAL
    norms = sentence.norms
    at = before(norms, predicate.start, sentence.start)
    hedged = at >= sentence.start and norms[at] in _WEAK
    skipped = any(norms[i] in _WEAK for i in range(max(at, sentence.start), predicate.start))
    return Strength.CONDITIONAL if hedged or skipped else Strength.CAUSAL


def _weakens(cue: Cue) -> bool:
    """Whether a cue makes a claim conditional: a modal or an adverb does, "suggests that" before a plain verb not."""
    return cue.role is Role.HEDGE and not cue.weak and not cue.text.lower().startswith(_REPORTING)


def _main_clause_cues(sentence: SentenceView, predicate: Predicate) -> tuple[Cue, ...]:
    """For ", easing pain": the cues of the clause that it spells out."""
    at = before(sentence.norms, predicate.start, sentence.start)
    if predicate.shape is not Shape.GERUND or sentence.norm(at) != "," or at == sentence.start:
        return ()
    last = sentence.span(at - 1, at)
    return tuple(c for c in sentence.view.cues if c.scope.contains(last))


def _observed_only(sentence: SentenceView, predicate: Predicate) -> bool:
    """Whether a change is told, but nothing that caused it: "there was an increase", "patients showed a decline"."""
    if predicate.shape is not Shape.NOUN or predicate.effect not in (Effect.LESS, Effect.MORE):
        return False
    norms, low = sentence.norms, sentence.left(predicate.start)
    told = any(norm in _TOLD for norm in norms[low : predicate.start + 14][: sentence.end - low])
    return told and not sentence.interventions(low, predicate.start)


def polarity_of(sentence: SentenceView, predicate: Predicate, cues: Sequence[Cue]) -> Polarity:
    """Denied by an odd number of negations, those that are the predicate's own words ("gone") left out.

    A comparison has no negation of its own: in "was not higher in" the "not" only stands in its gap.
    """
    where = sentence.span(predicate.start, predicate.end)
    denials = [cue for cue in cues if cue.role is Role.NEGATION and not where.contains(cue.span)]
    if predicate.effect is Effect.LINK and predicate.phrase:
        denials += [cue for cue in sentence.view.cues if cue.role is Role.NEGATION and where.contains(cue.span)]
    return Polarity.NEGATED if len(denials) % 2 else Polarity.AFFIRMED


def direction_of(predicate: Predicate, targets: Sequence[Mention]) -> Direction:
    """Whether less, more or better of these targets is good for the reader."""
    bad = sum(t.concept in _BAD for t in targets) >= max(1, (len(targets) + 1) // 2)
    effect = predicate.effect
    if not targets:
        neutral = effect in (Effect.LINK, Effect.CHANGE, Effect.CAUSE, Effect.MORE)
        return Direction.NEUTRAL if neutral else Direction.BENEFIT
    match effect:
        case Effect.LESS:
            if all(t.concept is Concept.BODY_PART for t in targets):
                return Direction.BENEFIT if predicate.id in _SOOTHING else Direction.NEUTRAL
            good = bad or all(t.concept is Concept.BIOMARKER for t in targets)
            return Direction.BENEFIT if good else Direction.HARM
        case Effect.MORE | Effect.CAUSE:
            return Direction.HARM if bad else Direction.BENEFIT
        case Effect.LINK | Effect.CHANGE:
            return Direction.NEUTRAL
        case _:
            return Direction.BENEFIT
