"""Claims: who does what to what.

Notes for a newcomer. There is no parser here. A predicate ("reduces", "relief from", "is effective for") is
found by its words; its clause is what lies between it and the nearest boundary on either side; the targets
are the health mentions of its object side, the subject the intervention nearest on its subject side. What a
sentence leaves out ("It helps…", a list under "Helps with:") comes from the sentences and headings above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from caveat.analysis.facts import (
    Claim,
    Concept,
    Cue,
    Direction,
    Form,
    Mention,
    Polarity,
    Role,
    Strength,
    Topic,
)
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import (
    BE,
    DETERMINERS,
    HAVE,
    MODALS,
    Predicate,
    PredicateFinder,
    Shape,
    before,
)
from caveat.analysis.trie import Trie
from caveat.analysis.view import BlockView
from caveat.document import BlockKind
from caveat.packs.predicates import Action, Effect, Predicates
from caveat.source import Span

_REACH = 16  # tokens from a predicate to its last target
_HEALTH = frozenset({Concept.CONDITION, Concept.SYMPTOM, Concept.BIOMARKER, Concept.FUNCTION})
_TARGETS = _HEALTH | {Concept.BODY_PART, Concept.NUTRIENT_STATE}
_BAD = frozenset({Concept.CONDITION, Concept.SYMPTOM})
_BOUNDARIES = frozenset(
    {";", ":", "—", "but", "however", "although", "though", "while", "whereas", "because", "which", "who", "whose",
     "when", "if", "unless", "since", "so", "whether", "than", "where", "yet", "until", "nor", "as"}
)  # fmt: skip
_PRONOUNS = frozenset({"it", "this", "these", "they", "that", "those", "them", "which"})
_POSSESSIVE_PRONOUNS = frozenset({"its", "their"})
_RELATIVES = frozenset({"which", "that", "who"})
_GENERIC = frozenset(
    {"dose", "doses", "dosage", "drug", "medication", "medicine", "treatment", "therapy", "supplement", "product",
     "formula", "regimen", "compound", "remedy", "ingredients", "ingredient", "herb", "herbs", "extract"}
)  # fmt: skip
_FUNCTION_WORDS = DETERMINERS | MODALS | BE | HAVE | frozenset(
    {"to", "help", "helps", "helped", "helping", "also", "not", "and", "or", "both", "even", "then", "thus", "by",
     "do", "does", "did", "found", "shown", "known", "proven", "thought", "believed", "said", "reported", "for", "in",
     "of", "on", "with", "at", "from"}
)  # fmt: skip
_SHORT_KINDS = frozenset(
    {BlockKind.HEADING, BlockKind.TITLE, BlockKind.LIST_ITEM, BlockKind.BUTTON, BlockKind.ALT, BlockKind.TABLE_CELL,
     BlockKind.CAPTION, BlockKind.TERM}
)  # fmt: skip
_ABILITY = frozenset({"ability", "power", "capacity", "potential", "capability"})
_EFFECT_NOUNS = frozenset({"effect", "effects", "property", "properties", "benefits", "benefit", "action", "actions", "power", "powers", "activity", "qualities"})  # fmt: skip
_WEAK = frozenset({"may", "might", "could", "possibly", "potentially", "perhaps", "likely", "probably"})


@dataclass(frozen=True, slots=True)
class Subject:
    """Who the claim is about: a mention where one is known, and the words that stand for it."""

    mention: Mention | None
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What a block inherits: the last intervention named, the topic, the section's subject, the list's lead."""

    last: Mention | None
    topic: Topic
    section: Mention | None
    lead: tuple[Predicate, Mention | None, bool] | None  # predicate that introduces a list, its subject, negated


class ClaimFinder:
    """Assembles the claims of a block. Plain data: it can be pickled."""

    def __init__(self, predicates: Predicates, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._finder = PredicateFinder(predicates.predicates, norms)
        self._effects = {name: one.effect for name, one in predicates.predicates.items()}
        self._actions: Trie[Action] = Trie()
        for action in predicates.actions:
            for word in action.words:
                self._actions.add(norms(word), action)

    def find(self, view: BlockView, carried: Carried) -> list[Claim]:
        """The claims of one block in reading order, without circumstances and evidence."""
        predicates = self._finder.find(view.tokens)
        claims: list[Claim] = []
        for number, (start, end) in enumerate(view.tokens.sentences):
            inside = [p for p in predicates if start <= p.start and p.end <= end]
            builder = _Sentence(view, number, inside, carried, self._effects)
            found = list(builder.claims())
            found.extend(builder.actions(self._actions))
            if not found:
                found.extend(builder.labels())
            claims.extend(_without_shadows(found))
        return claims

    def lead(self, view: BlockView) -> Predicate | None:
        """The predicate with which a block introduces a list ("Helps with:", "is used for:"), if it does."""
        if not view.block.text.rstrip().endswith((":", "include", "includes", "including")):
            return None
        predicates = self._finder.find(view.tokens)
        return predicates[-1] if predicates and predicates[-1].end >= len(view.tokens.norms) - 4 else None


class _Sentence:
    """The claims of one sentence."""

    def __init__(
        self,
        view: BlockView,
        number: int,
        predicates: Sequence[Predicate],
        carried: Carried,
        effects: dict[str, Effect],
    ) -> None:
        self._view = view
        self._number = number
        self._start, self._end = view.tokens.sentences[number]
        self._predicates = predicates
        self._carried = carried
        self._effects = effects
        self._norms = view.tokens.norms

    # -- predicates ---------------------------------------------------------

    def claims(self) -> Iterator[Claim]:
        for order, predicate in enumerate(self._predicates):
            following = self._predicates[order + 1] if order + 1 < len(self._predicates) else None
            claim = self._claim(predicate, following)
            if claim is not None:
                yield claim

    def _claim(self, predicate: Predicate, following: Predicate | None) -> Claim | None:
        compound = self._compound_target(predicate)
        if compound is not None:
            claim = self._build(predicate, self._subject_around(predicate), [compound], compound.mention.text)
            factive = predicate.end < self._end and self._norms[predicate.end] in _EFFECT_NOUNS
            return replace(claim, form=Form.FACTIVE if factive else Form.ADJECTIVE)
        if predicate.shape is Shape.PASSIVE and predicate.effect is not Effect.LINK:
            low, high = self._left(predicate.start), predicate.start
            subject = self._agent(predicate)
        elif predicate.shape is Shape.NOUN:
            low, high = self._noun_window(predicate, following)
            subject = self._subject(predicate)
        elif predicate.shape is Shape.ADJECTIVE:
            low, high = self._adjective_window(predicate, following)
            subject = self._subject(predicate)
        else:
            low, high = predicate.end, self._right(predicate, following)
            subject = self._subject(predicate)
        if high <= low and predicate.effect is not Effect.LINK:
            return None
        targets = self._targets(low, high)
        text = self._phrase(low, high)
        if not targets and not text:
            return None
        return self._build(predicate, subject, targets, text)

    def _compound_target(self, predicate: Predicate) -> Placed | None:
        """The target that a hyphen joins to a participle: "blood-sugar-lowering", "pain-relieving"."""
        if predicate.shape is not Shape.PARTICIPLE:
            return None
        tokens = self._view.tokens
        for placed in self._view.mentions_between(self._start, predicate.start):
            joined = placed.end == predicate.start and tokens.starts[placed.end] - tokens.ends[placed.end - 1] == 1
            if joined and self._view.block.text[tokens.ends[placed.end - 1]] in "-‐‑" and placed.mention.concept in _TARGETS:
                return placed
        return None

    def _build(self, predicate: Predicate, subject: Subject, targets: Sequence[Placed], target_text: str) -> Claim:
        tokens = self._view.tokens
        start = min([predicate.start, *(t.start for t in targets)])
        end = max([predicate.end, *(t.end for t in targets)])
        span = tokens.span(start, end)
        where = tokens.span(predicate.start, predicate.end)
        cues = tuple(c for c in self._view.cues if c.scope.overlaps(where) and c.scope.contains(where))
        return Claim(
            block=self._view.index,
            span=span,
            text=span.of(self._view.block.text),
            sentence=self._view.first_sentence + self._number,
            subject=subject.mention,
            subject_text=subject.text,
            predicate=predicate.id,
            predicate_span=where,
            targets=tuple(t.mention for t in targets),
            target_text=target_text,
            strength=self._strength(predicate, cues),
            polarity=_polarity(cues),
            direction=_direction(predicate.effect, [t.mention for t in targets]),
            form=self._form(predicate),
            cues=cues,
        )

    # -- windows ------------------------------------------------------------

    def _right(self, predicate: Predicate, following: Predicate | None) -> int:
        stop = min(self._end, predicate.end + _REACH)
        if following is not None and following.shape is not Shape.NOUN:
            stop = min(stop, max(following.start, predicate.end))
        for at in range(predicate.end, stop):
            if self._norms[at] in _BOUNDARIES and at > predicate.end:
                return at
            if self._norms[at] == "by" and at + 1 < stop and self._norms[at + 1].endswith("ing"):
                return at
        return stop

    def _left(self, start: int) -> int:
        at = start - 1
        while at >= self._start and self._norms[at] not in _BOUNDARIES:
            at -= 1
        return at + 1

    def _noun_window(self, predicate: Predicate, following: Predicate | None) -> tuple[int, int]:
        at = predicate.end
        if at < self._end and self._norms[at] in ("of", "in", "on", "for", "from", "against", "between", "with", "to"):
            right = self._right(predicate, following)
            if self._norms[at] == "of":  # the effect of X on Y
                for on in range(at + 1, right):
                    if self._norms[on] in ("on", "in", "against") and predicate.effect is not Effect.LINK:
                        return on + 1, right
            return at + 1, right
        return at, at

    def _adjective_window(self, predicate: Predicate, following: Predicate | None) -> tuple[int, int]:
        at = predicate.end
        if at < self._end and self._norms[at] in ("for", "in", "against", "at", "to", "treatment", "treatments", "therapy"):
            return at + 1, self._right(predicate, None if following and following.start == at + 1 else following)
        return at, at

    def _targets(self, low: int, high: int) -> list[Placed]:
        return [p for p in self._view.mentions_between(low, high) if p.mention.concept in _TARGETS]

    def _phrase(self, low: int, high: int) -> str:
        while low < high and not self._norms[low][0].isalnum():
            low += 1
        end = low
        while end < high and self._norms[end] not in (",", "(", ".", "!", "?"):
            end += 1
        return self._view.tokens.span(low, end).of(self._view.block.text) if end > low else ""

    # -- subjects -----------------------------------------------------------

    def _subject(self, predicate: Predicate) -> Subject:
        low = self._left(predicate.start)
        named = self._interventions(low, predicate.start)
        if named:
            return _of(named[0])
        if predicate.shape is Shape.NOUN and predicate.end < self._end and self._norms[predicate.end] == "of":
            named = self._interventions(predicate.end, min(predicate.end + 6, self._end))
            if named:
                return _of(named[0])
        text = self._view.tokens.span(low, predicate.start).of(self._view.block.text)
        own = self._own_product(low, predicate.start)
        if own is not None:
            return Subject(own, own.text)
        if self._stands_for_another(low, predicate.start):
            return Subject(self._antecedent(low) or self._means(predicate), text)
        if self._open_words(low, predicate.start):
            boundary = self._norms[low - 1] if low > self._start else ""
            return Subject(self._antecedent(low) if boundary in _RELATIVES else None, text)
        return Subject(self._means(predicate) or self._antecedent(low), text)

    def _own_product(self, low: int, high: int) -> Mention | None:
        """ "Our oil": what the page sells, whatever it calls it."""
        for at in range(low, high - 1):
            if self._norms[at] == "our" and self._norms[at + 1].isalpha():
                span = self._view.tokens.span(at, at + 2)
                return Mention(self._view.index, span, span.of(self._view.block.text), Concept.PRODUCT, "own-product")
        return None

    def _means(self, predicate: Predicate) -> Mention | None:
        """The intervention after the predicate: "say goodbye to gout with our tea", "its power makes garlic …"."""
        named = self._interventions(predicate.end, min(predicate.end + _REACH, self._end))
        return named[0].mention if named else None

    def _interventions(self, low: int, high: int) -> list[Placed]:
        return [p for p in self._view.mentions_between(low, high) if p.mention.concept.intervention]

    def _antecedent(self, low: int) -> Mention | None:
        """What a left-out or pronominal subject stands for: an intervention before it in the sentence, or inherited."""
        named = self._interventions(self._start, low)
        return named[0].mention if named else self._inherited()

    def _stands_for_another(self, low: int, high: int) -> bool:
        """Whether the words before a predicate are a pronoun, "its ability to", or "the drug"."""
        for at in range(low, high):
            norm = self._norms[at]
            if norm in _POSSESSIVE_PRONOUNS or norm in _GENERIC:
                return True
            if norm in _PRONOUNS:
                return not self._open_words(at + 1, high)
        return False

    def _open_words(self, low: int, high: int) -> list[str]:
        return [
            word
            for word in self._norms[low:high]
            if word.isalpha() and word not in _FUNCTION_WORDS and not (word.endswith("ly") and len(word) > 4)
        ]

    def _agent(self, predicate: Predicate) -> Subject:
        for at in range(predicate.end, min(predicate.end + 4, self._end)):
            if self._norms[at] in ("by", "with", "after", "following", "in"):
                named = self._interventions(at, self._end)
                if named:
                    return _of(named[0])
        return self._subject(predicate)

    def _inherited(self) -> Mention | None:
        carried = self._carried
        return carried.section or carried.last

    # -- strength and form --------------------------------------------------

    def _strength(self, predicate: Predicate, cues: Sequence[Cue]) -> Strength:
        if predicate.effect is Effect.LINK:
            return Strength.CORRELATIONAL
        if any(cue.role is Role.HEDGE for cue in cues):
            return Strength.CONDITIONAL
        at = before(self._view.tokens, predicate.start)
        return Strength.CONDITIONAL if at >= 0 and self._norms[at] in _WEAK else Strength.CAUSAL

    def _form(self, predicate: Predicate) -> Form:
        at = predicate.start - 1
        if at > self._start and self._norms[at] == "to" and self._norms[at - 1] in _ABILITY:
            return Form.FACTIVE
        if predicate.effect is Effect.USE:
            return Form.USE
        return Form.ADJECTIVE if predicate.shape is Shape.ADJECTIVE else Form.ASSERTION

    # -- words that are claims, and labels ----------------------------------

    def actions(self, actions: Trie[Action]) -> Iterator[Claim]:
        """Claims in one word ("X is anti-inflammatory", "the analgesic effects of X") and compounds ("pain-relieving")."""
        words = self._norms[self._start : self._end]
        for start, end, action in actions.scan(words):
            yield from self._action(self._start + start, self._start + end, action)

    def _action(self, start: int, end: int, action: Action) -> Iterator[Claim]:
        following = self._norms[end] if end < self._end else ""
        factive = following in _EFFECT_NOUNS
        at = before(self._view.tokens, start)
        predicative = at >= self._start and self._norms[at] in BE | {"and", ",", "or"}
        if not factive and not predicative:
            return
        predicate = Predicate(start, end, action.predicate, self._effects[action.predicate], Shape.ADJECTIVE)
        span = self._view.tokens.span(start, end)
        target = Mention(self._view.index, span, span.of(self._view.block.text), Concept.CONDITION, action.target)
        claim = self._build(predicate, self._subject_around(predicate), [Placed(start, end, target)], target.text)
        yield replace(claim, form=Form.FACTIVE if factive else Form.ADJECTIVE, direction=Direction.BENEFIT)

    def _subject_around(self, predicate: Predicate) -> Subject:
        found = self._subject(predicate)
        if found.mention is None:
            named = self._interventions(predicate.end, min(predicate.end + 6, self._end))
            if named:
                return _of(named[0])
        return found

    def labels(self) -> Iterator[Claim]:
        """Claims without a verb: "X for anxiety" in a heading, the items of a list under "Helps with:"."""
        block = self._view.block
        lead = self._carried.lead
        health = [p for p in self._view.mentions_between(self._start, self._end) if p.mention.concept in _HEALTH]
        if not health:
            return
        if lead is not None and block.kind is BlockKind.LIST_ITEM:
            predicate, mention, negated = lead
            first = health[0]
            standing = Predicate(first.start, first.end, predicate.id, predicate.effect, Shape.PHRASE)
            claim = self._build(standing, Subject(mention or self._inherited(), ""), health, first.mention.text)
            yield replace(claim, form=Form.LABEL, polarity=Polarity.NEGATED if negated else claim.polarity)
            return
        if block.kind not in _SHORT_KINDS:
            return
        for at in range(self._start, self._end):
            if self._norms[at] not in ("for", "against"):
                continue
            left = self._interventions(self._start, at)
            right = [p for p in health if p.start >= at]
            if left and right and left[-1].end >= at - 1:
                predicate = Predicate(at, at + 1, "use", Effect.USE, Shape.PHRASE)
                claim = self._build(predicate, _of(left[-1]), right, right[0].mention.text)
                yield replace(claim, form=Form.LABEL)
                return


def _of(placed: Placed) -> Subject:
    return Subject(placed.mention, placed.mention.text)


def _polarity(cues: Sequence[Cue]) -> Polarity:
    negations = sum(cue.role is Role.NEGATION for cue in cues)
    return Polarity.NEGATED if negations % 2 else Polarity.AFFIRMED


def _direction(effect: Effect, targets: Sequence[Mention]) -> Direction:
    bad = sum(t.concept in _BAD for t in targets) >= max(1, (len(targets) + 1) // 2)
    if not targets:
        return Direction.NEUTRAL if effect in (Effect.LINK, Effect.CHANGE, Effect.CAUSE, Effect.MORE) else Direction.BENEFIT
    match effect:
        case Effect.LESS:
            good = bad or all(t.concept is Concept.BIOMARKER for t in targets)
            return Direction.BENEFIT if good else Direction.HARM
        case Effect.MORE | Effect.CAUSE:
            return Direction.HARM if bad else Direction.BENEFIT
        case Effect.LINK | Effect.CHANGE:
            return Direction.NEUTRAL
        case _:
            return Direction.BENEFIT


def _without_shadows(claims: Sequence[Claim]) -> list[Claim]:
    """Of two claims over the same targets where one predicate lies in the other's span, the earlier stays."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.span.start, -c.span.end)):
        if any(k.predicate_span.overlaps(claim.predicate_span) for k in kept):
            continue
        kept.append(claim)
    return kept


def span_of(claims: Sequence[Claim]) -> Span:
    """The hull of some claims of one block."""
    hull = claims[0].span
    for claim in claims[1:]:
        hull = hull.hull(claim.span)
    return hull
