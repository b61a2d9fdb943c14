"""The classes of claim predicates, as rules/lexicon/predicates.yaml writes them down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from caveat.values import dataclass


class Effect(StrEnum):
    """What a predicate says happens to its target; it decides whether the claim is of benefit or harm."""

    LESS = "less"
    MORE = "more"
    BETTER = "better"
    WORSE = "worse"
    CHANGE = "change"
    CHANGE_GOOD = "change-good"
    CAUSE = "cause"
    LINK = "link"
    WORKS = "works"
    FAILS = "fails"  # denies what "works" claims
    USE = "use"


@dataclass(frozen=True, slots=True)
class PredicateClass:
    """One class: `verbs` in base form, `nouns` in the singular, `phrases` as templates for the whole predicate.

    `transitive` verbs of association have an object also in the past: "age predicted survival", not "age related loss".
    `narrow` are verbs that claim something only of a condition, symptom, biomarker or function: "stops migraine".
    """

    effect: Effect
    verbs: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    transitive: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Words that are a claim in themselves: "anti-inflammatory" is `reduce` of `inflammation`."""

    predicate: str
    target: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """Words around a predicate that decide whether a sentence asserts it.

    `unasserted` are templates of aims, methods and recommendations: what stands after them in the clause is
    not claimed; `unasserted_clause` those of needs and registrations, which take back the whole clause.
    `governors` let an infinitive assert ("able to reduce"), `gerund_governors` a gerund ("effective in
    reducing"), `carriers` a noun or an outcome ("gave relief", "brings better sleep"), `reporters` a noun
    only ("showed a reduction"). `evidence` are nouns whose "support" and "address" speak of proof, not of
    bodies. `purposes` are verb forms that give a bare infinitive its force ("take it to relieve pain").
    `instructions` are the words with which advice to the reader begins ("avoid", "wear"). `homographs` are verbs
    that are as often adjectives ("lower"). `having` are verbs with which a thing is told to have effects ("exerts").
    `means` are nouns for what is taken or done ("a useful remedy"), `preparations` those behind the name of what is in
    them ("thyme drops"), `introducers` verbs whose object is new to the reader ("contains compounds that …").
    `outcomes` are the words with which a carried result begins ("better", "fewer"), by the predicate class they amount
    to. `absences` are templates of doing without a thing ("gluten elimination"), `fasts`
    those that name foods which are none of the lexicon's ("giving up sugar"), `lacks` those that say of something that
    it has none ("sugar-free gum"). `raising` are verbs and nouns of benefit that make more of whatever they act on
    ("boost"), `growth` are nouns for more of something bad ("spread", "risk"), `graveness` words that may stand beside
    it ("chronic").
    """

    unasserted: tuple[str, ...] = ()
    unasserted_clause: tuple[str, ...] = ()
    governors: tuple[str, ...] = ()
    gerund_governors: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    homographs: tuple[str, ...] = ()
    absences: tuple[str, ...] = ()
    fasts: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    preparations: tuple[str, ...] = ()
    raising: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()
    graveness: tuple[str, ...] = ()
    introducers: tuple[str, ...] = ()
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Predicates:
    """The whole file: classes by id, in order of precedence, one-word claims, the frames of assertion, and the
    headings that claim what stands below them, by the class they amount to.
    """

    predicates: Mapping[str, PredicateClass]
    actions: tuple[Action, ...] = ()
    frames: Frames = Frames()
    leads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
