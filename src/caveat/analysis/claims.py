"""Claims: who does what to what.

Notes for a newcomer. There is no parser here. A predicate ("reduces", "relief from", "is effective for") is
found by its words (`predicates`); whether the sentence asserts it is told by what governs it (`assertion`);
its clause is what lies between it and the nearest boundary on either side; the targets are the health
mentions of its object side (`windows`), the subject the intervention nearest on its subject side
(`subjects`). What a sentence leaves out ("It helps…", a list under "Helps with:") comes from the sentences
and headings above. Claims without a verb are in `labels`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from caveat.analysis.absence import AbsenceFinder
from caveat.analysis.assertion import AssertionFinder, Assertions, Region
from caveat.analysis.building import build
from caveat.analysis.circumstances import Surroundings
from caveat.analysis.facts import HEALTH, ILLNESS, Claim, Direction, Form
from caveat.analysis.grammar import BOUNDARIES, HAVE, POSSESSIVES, PREPOSITIONS
from caveat.analysis.labels import EFFECT_NOUNS, ActionFinder, LeadFinder, labels, may_label
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import Predicate, PredicateFinder, Shape
from caveat.analysis.sentence import Carried as Carried  # noqa: PLC0414 - what callers hand in
from caveat.analysis.sentence import SentenceView
from caveat.analysis.subjects import agent_of, subject_around, subject_of, thanks_to
from caveat.analysis.view import BlockView
from caveat.analysis.windows import compound_target, target_phrase, window_of
from caveat.analysis.worsening import Worsening
from caveat.packs.predicates import Effect, Predicates

_GIVEN = PREPOSITIONS | POSSESSIVES | BOUNDARIES | frozenset({"the", "this", "these", "those"})  # words that presuppose
_HAD_REACH = 8
_NEED_TARGETS = frozenset({"treat", "support", "cause", "cure", "detoxify"})  # as nouns
_BESIDE_LINK = 2  # words between a comparison and the noun that it compares
_PRONOUN_OBJECTS = frozenset({"it", "them"})
_FREEING = frozenset({"cure", "relieve"})
_UNAIDED = frozenset({"itself", "themselves", "own"})
_LEAD_ENDS = (":", "include", "includes", "including")


class ClaimFinder:
    """Assembles the claims of a block. Plain data: it can be pickled."""

    def __init__(self, predicates: Predicates, norms: Callable[[str], tuple[str, ...]]) -> None:
        frames = predicates.frames
        self._finder = PredicateFinder(
            predicates.predicates, norms, outcomes=frames.outcomes, homographs=frames.homographs
        )
        self._assertions = AssertionFinder(frames, norms)
        self._actions = ActionFinder(predicates, norms)
        self._leads = LeadFinder(predicates, norms)
        self._absences = AbsenceFinder(frames, norms)
        self._instructions = frozenset(frames.instructions)
        self._having = HAVE | frozenset(frames.having)
        self._worsening = Worsening(frames)

    def acting(self, view: BlockView) -> BlockView:
        """The view of a block with the interventions of which it can claim something, as `find` and `lead` ask for."""
        return self._absences.mark(view)

    def find(self, view: BlockView, carried: Carried, surroundings: Surroundings) -> list[Claim]:
        """The claims of one block in reading order."""
        predicates = self._finder.find(view.tokens, view.block.text)
        regions = self._assertions.regions(view.tokens) if predicates else {}
        possible = self._actions.possible(view.tokens)
        labelled = may_label(view, carried)
        claims: list[Claim] = []
        for number in range(len(view.tokens.sentences)) if labelled else sorted({*predicates, *possible}):
            sentence = SentenceView(view, number, predicates.get(number, ()), carried, surroundings)
            words = self._actions.find(sentence, possible[number]) if number in possible else ()
            if words:
                sentence = sentence.claiming(word.start for word in words)
            found = self._of_sentence(sentence, regions.get(number, ())) if number in predicates else []
            found += [self._actions.claim(sentence, word) for word in words]
            if labelled and not found:
                found.extend(labels(sentence))
            claims.extend(_without_shadows(found) if len(found) > 1 else found)
        return claims

    def lead(self, view: BlockView) -> Predicate | None:
        """The predicate with which a block introduces a list or column ("Helps with:", "is used for:"), if it does."""
        led = self._leads.find(view)
        if led is not None:
            return led
        if not view.block.text.rstrip().endswith(_LEAD_ENDS):
            return None
        predicates = self._finder.find(view.tokens, view.block.text)
        last = predicates[max(predicates)][-1] if predicates else None
        return last if last is not None and last.end >= len(view.tokens.norms) - 4 else None

    def instructs(self, view: BlockView) -> bool:
        """Whether a block opens by telling the reader what to do: "Avoid alcohol"."""
        return not self._instructions.isdisjoint(view.tokens.norms[:1])

    def _of_sentence(self, sentence: SentenceView, regions: Sequence[Region]) -> list[Claim]:
        found: list[Claim] = []
        assertions = Assertions(self._assertions, sentence, regions)
        carrier: Claim | None = None
        for order, asserted in enumerate(assertions.judge(sentence.predicates)):
            predicate = sentence.predicates[order]
            claim = None
            if asserted or predicate.shape is Shape.GERUND:
                read = _caused(assertions, predicate) if predicate.effect is Effect.LINK else predicate
                read = _linked(assertions, read, sentence.predicates[:order]) if order else read
                later = sentence.predicates[order + 1 :]
                claim = self._claim(sentence, read, later) if asserted else _compound(sentence, read, self._having)
            if claim is None:
                if carrier is not None:
                    found.append(carrier)
                carrier = None
            elif later and _carries_next(assertions, read, later):
                carrier = claim
            else:
                carrier = None
                found.append(claim)
        return found

    def _claim(self, sentence: SentenceView, predicate: Predicate, later: Sequence[Predicate]) -> Claim | None:
        compound = _compound(sentence, predicate, self._having) if predicate.shape is Shape.GERUND else None
        if compound is not None:
            return compound
        low, high = window_of(sentence, predicate, later)
        targets = sentence.targets(low, high)
        if predicate.phrase:
            targets = sentence.targets(*predicate.gap) + _begun(sentence, predicate, high) + targets
        if predicate.phrase and not targets and predicate.id in _FREEING and not _unaided(sentence, predicate.end):
            # "my eczema cleared up", "people with gout find relief"
            targets = sentence.targets(sentence.left(predicate.start), predicate.start)
        before = compound_target(sentence, predicate) if predicate.shape is Shape.NOUN else None
        if before is not None and not targets:
            targets = [before]
        object_at = predicate.gap[0] if predicate.gap[0] < predicate.gap[1] else predicate.end
        if not targets and predicate.effect is Effect.LESS and sentence.norm(object_at) in _PRONOUN_OBJECTS:
            targets = _meant(sentence, predicate)
        text = target_phrase(sentence, low, high) or (before.mention.text if before else "")
        if not text and predicate.effect is Effect.BETTER:
            text = sentence.text(*predicate.gap)  # "makes night work safer"
        if not _complete(sentence, predicate, targets, text):
            return None
        subject = agent_of(sentence, predicate) if predicate.shape is Shape.PASSIVE else subject_of(sentence, predicate)
        if subject.mention is None and predicate.phrase and predicate.id in _FREEING and _ended(targets, predicate):
            subject = thanks_to(sentence, predicate) or subject
        direction = Direction.HARM if self._worsening.does(sentence, predicate, targets) else None
        return build(sentence, predicate, subject, targets, text, direction=direction)


def _ended(targets: Sequence[Placed], predicate: Predicate) -> bool:
    """Whether an illness is the subject of what ends it: "the migraines are history"."""
    return any(p.mention.concept in ILLNESS and p.start < predicate.end for p in targets)


def _carries_next(assertions: Assertions, predicate: Predicate, later: Sequence[Predicate]) -> bool:
    """Whether a verb of causing only carries the noun after it, one of `later`: "leads to a reduction in pain"."""
    if predicate.effect is not Effect.CAUSE:
        return False
    following = later[0]
    if following.shape not in (Shape.NOUN, Shape.ATTRIBUTE) or following.effect in (Effect.CAUSE, Effect.CHANGE):
        return False
    carrier = assertions.carrier(following)
    return carrier is not None and predicate.start <= carrier < predicate.end


def _caused(assertions: Assertions, predicate: Predicate) -> Predicate:
    """A comparison that a verb of causing governs is an effect: "leads to a higher risk of"."""
    outcome = assertions.caused_outcome(predicate) if predicate.phrase else None
    if outcome is None:
        return predicate
    name, effect = outcome
    return replace(predicate, id=name, effect=effect)


def _linked(assertions: Assertions, predicate: Predicate, earlier: Sequence[Predicate]) -> Predicate:
    """An outcome listed after a comparison, one of `earlier`, is one too, and the noun that it compares.

    "is linked to better sleep and reduced stress"; "had larger increases", "is related to the effects of".
    """
    if predicate.shape is Shape.NOUN and earlier[-1].effect is Effect.LINK:
        beside = predicate.start - earlier[-1].end <= _BESIDE_LINK
        return replace(predicate, id=earlier[-1].id, effect=Effect.LINK) if beside else predicate
    if predicate.shape is not Shape.COORDINATE or not assertions.is_state(predicate):
        return predicate
    if assertions.after_insertion(predicate):  # "the diet, compared with none, improved sleep"
        return predicate
    governing = next((one for one in reversed(earlier) if one.shape is not Shape.ATTRIBUTE), None)
    if governing is None or governing.effect is not Effect.LINK:
        return predicate
    return replace(predicate, id=governing.id, effect=Effect.LINK)


def _compound(sentence: SentenceView, predicate: Predicate, having: frozenset[str]) -> Claim | None:
    """The claim of a compound, wherever it stands: "pain-relieving", "blood-sugar-lowering effects".

    `having` are verbs with which a thing is told to have effects.
    """
    if predicate.shape is not Shape.GERUND:
        return None
    target = compound_target(sentence, predicate)
    if target is None:
        return None
    form = Form.ADJECTIVE
    if sentence.norm(predicate.end) in EFFECT_NOUNS:
        form = Form.ASSERTION if _had(sentence, target.start, having) else Form.FACTIVE
    return build(sentence, predicate, subject_around(sentence, predicate), [target], target.mention.text, form=form)


def _had(sentence: SentenceView, at: int, having: frozenset[str]) -> bool:
    """Whether effects of which a token is the first word are told as had: "may have … effects", not "the effects"."""
    for place in range(at - 1, max(sentence.start, at - _HAD_REACH) - 1, -1):
        norm = sentence.norms[place]
        if norm in having:
            return True
        if norm in _GIVEN:
            return False
    return False


def _begun(sentence: SentenceView, predicate: Predicate, high: int) -> list[Placed]:
    """The target whose name the last word of a predicate begins: "contributes to normal blood clotting"."""
    named = sentence.view.targets.between(predicate.end - 1, high)
    return [p for p in named if p.start < predicate.end < p.end]


def _meant(sentence: SentenceView, predicate: Predicate) -> list[Placed]:
    """The illness that a pronoun stands for: "Your child's eczema deserves better: our balm calms it".

    Not one named before what another verb acts on: "its toxicity harms the cells and kills them".
    """
    acted = [p.end for p in sentence.predicates if p.end <= predicate.start]
    near = sentence.targets(acted[-1], predicate.start) if acted else []
    named = near or sentence.targets(sentence.start, predicate.start) or _asked_before(sentence)
    return [p for p in named if p.mention.concept in ILLNESS][-1:]


def _asked_before(sentence: SentenceView) -> list[Placed]:
    """What the question before the sentence names: "Mouth ulcers again? Our gel stops them"."""
    if not sentence.number:
        return []
    low, high = sentence.view.tokens.sentences[sentence.number - 1]
    return sentence.targets(low, high) if "?" in sentence.norms[low:high] else []


def _unaided(sentence: SentenceView, at: int) -> bool:
    """Whether something is said to happen without help: "a cold clears up by itself"."""
    return not _UNAIDED.isdisjoint(sentence.norms[at : min(at + 3, sentence.end)])


def _complete(sentence: SentenceView, predicate: Predicate, targets: Sequence[Placed], text: str) -> bool:
    """Whether enough is said: some predicates need a health target, some any words, "was effective" nothing."""
    if not HEALTH.isdisjoint([target.mention.concept for target in targets]):
        return True
    if predicate.effect is Effect.USE or predicate.shape is Shape.ATTRIBUTE or predicate.narrow:
        return False
    if predicate.phrase and predicate.effect is Effect.BETTER and sentence.norms[predicate.end - 1] == "for":
        return False
    if predicate.shape is Shape.NOUN:
        return predicate.id not in _NEED_TARGETS
    whole = predicate.phrase and predicate.effect is Effect.CHANGE  # "saves lives"
    alone = whole or predicate.effect in (Effect.LINK, Effect.WORKS, Effect.FAILS) or predicate.shape is Shape.ADJECTIVE
    return alone or bool(targets or text)


def _without_shadows(claims: Sequence[Claim]) -> list[Claim]:
    """Of two claims with predicates over the same words, the one that starts earlier stays."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.span.start, -c.span.end)):
        if any(k.predicate_span.overlaps(claim.predicate_span) for k in kept):
            continue
        kept.append(claim)
    return kept
