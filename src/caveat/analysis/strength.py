"""How strongly a claim is put, whether it is made or denied, and whether what it says is good for the reader."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.facts import ILLNESS, Concept, Cue, Direction, Mention, Polarity, Role, Strength, Tag
from caveat.analysis.grammar import AUXILIARIES, HELP, PEOPLE, PREPOSITIONS, before, last_open
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.sentence import SentenceView
from caveat.packs.predicates import Effect
from caveat.source import Span

_SOOTHING = frozenset({"cure", "treat", "relieve", "prevent"})  # classes that do a part of the body good
_REACH = 14  # words from a noun to the verb that it is the subject of
_TOLD = frozenset(
    {"was", "were", "observed", "showed", "show", "shown", "had", "have", "has", "found", "experienced",
     "reported", "exhibited"}
)  # fmt: skip
_SEEN = frozenset({"observed", "seen", "noted", "found", "noticed", "occurred", "occur"})
_TENTATIVE = frozenset({"promising", "promise", "potential", "candidate", "possible", "conceivable"})
_PROMISE = "promise"  # the class of hopes and candidates
_HEDGING_MODALS = frozenset({"may", "might", "could", "would"})
_WEAK = frozenset(
    {"may", "might", "could", "possibly", "potentially", "perhaps", "likely", "probably", "would", "appear", "appears",
     "appeared", "seem", "seems", "seemed"}
)  # fmt: skip
_CHANGED = frozenset({"reduce", "increase", "improve"})
_TOLD_IN = frozenset({Shape.ACTIVE, Shape.COORDINATE})
_REPORTING = (
    "suggest",
    "indicat",
)  # hedges who says it, not what: "the data suggest that garlic lowers …" is as strong as "lowers"


def strength_of(sentence: SentenceView, predicate: Predicate, cues: Sequence[Cue]) -> Strength:
    """Associations are correlational, hedged claims and reported uses conditional, the rest asserted.

    What evidence "suggests" is asserted, too.
    """
    if predicate.effect is Effect.LINK:
        return Strength.CORRELATIONAL
    if predicate.effect is Effect.USE:
        return Strength.CONDITIONAL  # a use is reported, an effect only implied
    if _observed_only(sentence, predicate):
        return Strength.CORRELATIONAL
    if any(map(_weakens, cues)):
        return Strength.CONDITIONAL
    if predicate.shape is Shape.GERUND and any(map(_weakens, _main_clause_cues(sentence, predicate))):
        return Strength.CONDITIONAL
    return Strength.CONDITIONAL if _hedged_beside(sentence, predicate) else Strength.CAUSAL


def _hedged_beside(sentence: SentenceView, predicate: Predicate) -> bool:
    """Whether a modal stands before the predicate, before the verb that carries it, or behind its noun.

    "may ease", "would result in a reduction", "effects on sleep may occur", "has the potential to help ease".
    """
    norms = sentence.norms
    begins = predicate.start - 1 if sentence.norm(predicate.start - 1) in HELP else predicate.start
    if predicate.id == _PROMISE or not _TENTATIVE.isdisjoint(norms[max(begins - 2, 0) : predicate.end]):
        return True
    at = max(before(norms, predicate.start, sentence.start), sentence.start)
    if not _WEAK.isdisjoint(norms[at : predicate.end if predicate.phrase else predicate.start]):
        return True
    if predicate.shape not in (Shape.NOUN, Shape.ATTRIBUTE):
        return False
    verb = next((n for n in reversed(norms[sentence.left(predicate.start) : predicate.start]) if n in AUXILIARIES), "")
    if verb or predicate.effect is not Effect.CHANGE:
        return verb in _HEDGING_MODALS
    behind = norms[predicate.end : sentence.right(predicate.end, _REACH)]
    return next((n for n in behind if n in AUXILIARIES), "") in _HEDGING_MODALS


def _weakens(cue: Cue) -> bool:
    """Whether a cue makes a claim conditional: a modal or an adverb does, "suggests that" before a plain verb not."""
    return cue.role is Role.HEDGE and not cue.weak and not cue.text.lower().startswith(_REPORTING)


def _main_clause_cues(sentence: SentenceView, predicate: Predicate) -> Sequence[Cue]:
    """For ", easing pain": the cues of the clause that it spells out."""
    if not sentence.view.cues:
        return ()
    at = before(sentence.norms, predicate.start, sentence.start)
    if sentence.norm(at) != "," or at == sentence.start:
        return ()
    last = sentence.span(at - 1, at)
    return [c for c in sentence.view.cues if c.scope.contains(last)]


def _observed_only(sentence: SentenceView, predicate: Predicate) -> bool:
    """Whether a change is told, but nothing that caused it.

    "There was an increase", "patients showed a decline", "the women ate less and reduced their weight".
    """
    told = predicate.shape in _TOLD_IN and predicate.id in _CHANGED
    changes = predicate.effect in (Effect.LESS, Effect.MORE) or predicate.id == "improve"
    if not changes or not (told or predicate.shape is Shape.NOUN):
        return False
    norms, low = sentence.norms, sentence.left(predicate.start)
    if told:
        return _of_people(norms[low : predicate.start])
    if any(one.effect is Effect.CAUSE and low <= one.start < predicate.start for one in sentence.predicates):
        return False
    words = norms[low : min(predicate.start + _REACH, sentence.end)]
    if not _SEEN.isdisjoint(words) or "there" in norms[low : predicate.start]:
        return True
    return not _TOLD.isdisjoint(words) and not sentence.interventions(low, predicate.start)


def _of_people(words: Sequence[str]) -> bool:
    """Whether the subject of a clause with these words is people, and nothing that is done to them."""
    return last_open(words) in PEOPLE and PREPOSITIONS.isdisjoint(words)


def polarity_of(sentence: SentenceView, predicate: Predicate, where: Span, cues: Sequence[Cue]) -> Polarity:
    """Whether a predicate, which stands `where`, is made or denied: by an odd number of negations.

    Those that are its own words ("gone") are left out. A comparison has no negation of its own: in "was not higher in"
    the "not" only stands in its gap. Nor has what a gap begins with one: "had no effect on". A word of failure denies
    by itself: "was ineffective in".
    """
    denials = [cue for cue in cues if cue.role is Role.NEGATION and not where.contains(cue.span)]
    if predicate.effect is Effect.FAILS:
        denials = [cue for cue in denials if not where.overlaps(cue.span)]
        return Polarity.AFFIRMED if len(denials) % 2 else Polarity.NEGATED
    if predicate.phrase and predicate.effect is Effect.LINK:
        denials += [cue for cue in sentence.view.cues if cue.role is Role.NEGATION and where.contains(cue.span)]
    elif predicate.gap[0] < predicate.gap[1]:
        at = sentence.span(*predicate.gap).start
        denials += [
            c for c in sentence.view.cues if c.role is Role.NEGATION and c.span.start == at and c not in denials
        ]
    return Polarity.NEGATED if len(denials) % 2 else Polarity.AFFIRMED


def _only_a_place(target: Mention) -> bool:
    """Whether a part of the body only tells where there is more of something; of hair and muscle people want more."""
    return target.concept is Concept.BODY_PART and Tag.HIGHER_BETTER not in target.tags


def direction_of(predicate: Predicate, placed: Sequence[Placed]) -> Direction:
    """Whether less, more or better of these targets is good for the reader.

    A target that holds the predicate names the good that it does: "pain relief". Parts of the body only say where the
    others are: "thyroid tumours". Of what is measured the lexicon tells which way is better: less blood pressure, more
    bone.
    """
    effect = predicate.effect
    if any(
        p.start <= predicate.start and predicate.end <= p.end and p.mention.concept is Concept.FUNCTION for p in placed
    ):
        return Direction.BENEFIT
    targets = [p.mention for p in placed]
    if not targets:
        neutral = effect in (Effect.LINK, Effect.CHANGE, Effect.CAUSE, Effect.MORE, Effect.WORSE)
        return Direction.NEUTRAL if neutral else Direction.BENEFIT
    targets = [t for t in targets if t.concept is not Concept.BODY_PART] or targets
    bad = 2 * len([t for t in targets if t.concept in ILLNESS]) >= len(targets)
    match effect:
        case Effect.LESS:
            if all(t.concept is Concept.BODY_PART for t in targets):
                return Direction.BENEFIT if predicate.id in _SOOTHING else Direction.NEUTRAL
            good = bad or all(t.concept is Concept.BIOMARKER and Tag.HIGHER_BETTER not in t.tags for t in targets)
            return Direction.BENEFIT if good else Direction.HARM
        case Effect.MORE | Effect.CAUSE:
            if effect is Effect.MORE and all(map(_only_a_place, targets)):
                return Direction.NEUTRAL  # "increases the film on teeth"
            worse = bad or all(Tag.LOWER_BETTER in t.tags for t in targets)
            return Direction.HARM if worse else Direction.BENEFIT
        case Effect.LINK | Effect.CHANGE:
            return Direction.NEUTRAL
        case Effect.WORSE:
            return Direction.NEUTRAL if bad else Direction.HARM
        case _:
            return Direction.BENEFIT
