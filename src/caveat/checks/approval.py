"""Uses of a medicine that nobody has approved: which of the things that a claim names it is said to treat."""

from __future__ import annotations

from itertools import pairwise

from caveat.analysis.facts import Analysis, Claim, Concept, Mention, Tag
from caveat.packs.labels import Labels
from caveat.regex import regex

_CONJUNCTION = regex(r",|\b(?:and|or)\b")
_SETTING = regex(r"\b(?:in|of|from|after|during|among|by|with|without|than|like|unlike|following|due|because)\b")


def unapproved(labels: Labels, analysis: Analysis, claim: Claim) -> tuple[Mention, ...]:
    """The conditions that a claim is about and no approved use of its subject covers.

    Beside one that is covered, the name of a class ("arthritis", "cancer") may mean what is.
    """
    substance = claim.subject.id if claim.subject is not None else ""
    conditions = [t for t in claim.targets if t.concept is Concept.CONDITION]
    foreign = [t for t in conditions if labels.is_foreign(substance, t.id)]
    treated = _treated(analysis, claim) if foreign else ()
    some = len(foreign) < len(conditions)
    return tuple(t for t in foreign if t in treated and not (some and Tag.UMBRELLA in t.tags))


def _treated(analysis: Analysis, claim: Claim) -> tuple[Mention, ...]:
    """The targets of a claim up to those that tell when, whence or in whom.

    "Prevents strokes in people with diabetes", "nerve pain from shingles", "shingles pain": of diabetes and shingles
    nothing is claimed. Much is where a conjunction takes up the word before the first: "in headache and in diabetes".
    """
    text = analysis.document.blocks[claim.block].text
    opening = _SETTING.findall(text, claim.span.start, claim.targets[0].span.start)[-1:]
    treated: list[Mention] = []
    for one, following in pairwise(claim.targets):
        between = text[one.span.end : following.span.start]
        if between.strip():
            treated.append(one)
        *joined, last = _CONJUNCTION.split(between)
        found = _SETTING.findall(last)
        if found and not (joined and found == opening):
            return tuple(treated)
    return (*treated, claim.targets[-1])
