"""The trigger of a `claim` rule."""

from __future__ import annotations

from enum import StrEnum

from caveat.values import dataclass


class Strength(StrEnum):
    """How strongly a claim is put."""

    CORRELATIONAL = "correlational"
    CONDITIONAL = "conditional"
    CAUSAL = "causal"


class Direction(StrEnum):
    """Whether what is claimed is good or bad for the reader."""

    BENEFIT = "benefit"
    HARM = "harm"
    NEUTRAL = "neutral"


class Form(StrEnum):
    """How the claim is built."""

    ASSERTION = "assertion"  # X reduces Y
    FACTIVE = "factive"  # its ability to reduce Y, the Y-lowering effects of X
    LABEL = "label"  # X for Y; a list under "Helps with:"
    USE = "use"  # X is used for Y
    ADJECTIVE = "adjective"  # X is anti-inflammatory, effective for Y


class Reasoning(StrEnum):
    """What a rule asks of a claim beyond its words."""

    OFF_LABEL = "off-label"  # the drug reference does not list the target among the substance's indications
    DOSE_BAND = "dose-band"  # the dose claimed belongs to another indication than the target
    CERTAINTY_DRIFT = "certainty-drift"  # the article hedges the same claim elsewhere
    UNRELATED_TARGETS = "unrelated-targets"  # three or more condition groups
    UNLISTED = "unlisted"  # rules/register.yaml knows the subject and lists no claim of it on this function


@dataclass(frozen=True, slots=True)
class ClaimWhen:
    """A claim whose parts are all among those named; an empty list asks nothing of that part.

    `predicates` are predicate classes (rules/lexicon/predicates.yaml); `subjects` and `targets` are concept
    classes, tags or ids.
    Targets that have one of the names in `not_targets` do not count.
    `also` are phrase templates of which one must match in the sentence, `none` those that must not; those
    of `spare` spare only the claims whose words they share.
    """

    predicates: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    not_targets: tuple[str, ...] = ()
    strengths: tuple[Strength, ...] = ()
    directions: tuple[Direction, ...] = (Direction.BENEFIT,)
    forms: tuple[Form, ...] = ()
    also: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    reasoning: tuple[Reasoning, ...] = ()
