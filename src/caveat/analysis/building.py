"""The last step: a claim as a fact, from a predicate, its subject and its targets."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.facts import Claim, Direction, Form
from caveat.analysis.grammar import HAVE
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.sentence import SentenceView
from caveat.analysis.strength import direction_of, polarity_of, strength_of
from caveat.analysis.subjects import Subject
from caveat.packs.predicates import Effect

_PRESUPPOSED = frozenset({Effect.BETTER, Effect.WORKS, Effect.CHANGE})  # "the benefits of X for Y"
_HAD = 4  # words from "has" to the "to" of "has the ability to"
_ABILITY = frozenset({"ability", "power", "capacity", "potential", "capability"})


def build(
    sentence: SentenceView,
    predicate: Predicate,
    subject: Subject,
    targets: Sequence[Placed],
    target_text: str,
    *,
    form: Form | None = None,
    direction: Direction | None = None,
) -> Claim:
    """The claim. `form` and `direction` override what the predicate's grammar says."""
    where = span = sentence.span(predicate.start, predicate.end)
    if targets:
        span = sentence.span(
            min(predicate.start, *[t.start for t in targets]), max(predicate.end, *[t.end for t in targets])
        )
    surroundings = sentence.surroundings
    mentions = tuple([t.mention for t in targets])
    cues = tuple([cue for cue in sentence.view.cues if cue.scope.contains(where)])
    return Claim(
        block=sentence.view.index,
        span=span,
        text=span.of(sentence.view.block.text),
        sentence=sentence.index,
        subject=subject.mention,
        subject_text=subject.text,
        predicate=predicate.id,
        predicate_span=where,
        targets=mentions,
        target_text=target_text,
        strength=strength_of(sentence, predicate, cues),
        polarity=polarity_of(sentence, predicate, where, cues),
        direction=direction or direction_of(predicate, targets),
        form=form or _form(sentence, predicate),
        circumstances=surroundings.of_words(sentence.index, where, cues),
        evidence=surroundings.citations(sentence.index),
        cues=cues,
    )


def _form(sentence: SentenceView, predicate: Predicate) -> Form:
    at = predicate.start - 1
    if sentence.norm(at) == "to" and sentence.norm(at - 1) in _ABILITY:
        had = not HAVE.isdisjoint(sentence.norms[max(sentence.start, at - _HAD) : at - 1])
        return Form.ASSERTION if had else Form.FACTIVE
    if predicate.shape is Shape.NOUN and sentence.norm(predicate.end) == "of" and predicate.effect in _PRESUPPOSED:
        return Form.FACTIVE
    if predicate.effect is Effect.USE:
        return Form.USE
    return Form.ADJECTIVE if predicate.shape is Shape.ADJECTIVE else Form.ASSERTION
