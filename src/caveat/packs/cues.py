"""The cue file, rules/lexicon/cues.yaml: words that negate, hedge, limit, ask or attribute, and their reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from caveat.values import dataclass


class Role(StrEnum):
    """What a cue does to the words in its scope."""

    NEGATION = "negation"
    HEDGE = "hedge"
    LIMITATION = "limitation"
    QUESTION = "question"
    ATTRIBUTION = "attribution"
    DEBUNK = "debunk"
    WARNING = "warning"
    CONDITION = "condition"
    CONTRAST = "contrast"
    HISTORY = "history"
    STUDIED = "studied"
    QUOTATION = "quotation"  # the opening quotation mark; its scope is what it opens
    BOOSTER = "booster"


class Way(StrEnum):
    """On which side of a cue its scope lies."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"


class Reach(StrEnum):
    """How far a scope goes unless the group's `limit` ends it sooner."""

    CUE = "cue"  # the cue alone
    PHRASE = "phrase"  # as subordinate, and no further than the next finite verb
    SUBORDINATE = "subordinate"  # as clause, and no further than the next comma that is not inside a list
    CLAUSE = "clause"  # to the next terminator or the start of another clause
    LIST = "list"  # as clause, but past commas, "and" and "or" whatever follows: disclaimers
    SENTENCE = "sentence"
    PREVIOUS = "previous"  # from the start of the sentence before, where the block has one, to the cue
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Cues that work alike.

    `words` are phrase templates. `limit` is the most tokens that a scope may have beside the cue, 0 for no
    limit. `weak` cues say less than their role: "can" among hedges, "experts say" among attributions.
    A negation that `cuts` ends the scope of a negation before it wherever it stands; the others do so only
    after a comma or conjunction, and are else its double negation. A cue `by_name` holds only beside a
    capitalised name or a closing quotation mark: "Smith says".
    """

    role: Role
    words: tuple[str, ...]
    way: Way = Way.FORWARD
    reach: Reach = Reach.CLAUSE
    limit: int = 0
    weak: bool = False
    cuts: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class CueData:
    """The whole file.

    `lists` are named lists of templates for use in the others as `@name`. `pseudo` are phrases that hold
    a cue's words without its sense; they only keep other cues away. `terminators` end every scope of
    reach phrase, clause or list. `clause_verbs` are base forms of verbs whose third person shows that a clause
    has begun (and whose -ing form, after a comma, that another has ended), `clause_words` finite verb forms
    that do so as they stand.
    """

    cues: tuple[CueGroup, ...]
    terminators: tuple[str, ...] = ()
    pseudo: tuple[str, ...] = ()
    clause_verbs: tuple[str, ...] = ()
    clause_words: tuple[str, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
