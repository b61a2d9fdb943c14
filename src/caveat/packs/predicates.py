"""The classes of claim predicates, as rules/lexicon/predicates.yaml writes them down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What a predicate says happens to its target; it decides whether the claim is of benefit or harm."""

    LESS = "less"
    MORE = "more"
    BETTER = "better"
    CHANGE = "change"
    CHANGE_GOOD = "change-good"
    CAUSE = "cause"
    LINK = "link"
    WORKS = "works"
    USE = "use"


@dataclass(frozen=True, slots=True)
class PredicateClass:
    """One class: `verbs` in base form, `nouns` in the singular, `phrases` as templates for the whole predicate."""

    effect: Effect
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Words that are a claim in themselves: "anti-inflammatory" is `reduce` of `inflammation`."""

    predicate: str
    target: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Predicates:
    """The whole file: classes by id, in order of precedence, and one-word claims."""

    predicates: Mapping[str, PredicateClass]
    actions: tuple[Action, ...] = ()
