"""Which rules a pattern names, and another severity for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from caveat.finding import Severity
from caveat.packs.decode import Decoder
from caveat.packs.errors import did_you_mean
from caveat.packs.scope import Level, Profile
from caveat.packs.yaml import Loc
from caveat.values import dataclass

if TYPE_CHECKING:
    from caveat.packs.model import Rule

DEFAULT = "default"
"""The key of a severity mapping that holds for the profiles it does not name."""

SOFTENED = "softened"
"""The key of a severity mapping that holds for findings which something in the text lowers, a hedge say."""


def matches(pattern: str, rule: str) -> bool:
    """Whether `pattern` names the rule: its id, its pack (`dosing` or `dosing/`), or an id with `*` in it."""
    if "*" in pattern:
        return fnmatchcase(rule, pattern)
    return rule == pattern or rule.startswith(pattern.rstrip("/") + "/")


def named(pattern: str, rules: Iterable[str]) -> tuple[str, ...]:
    """The ids among `rules` that `pattern` names."""
    return tuple(rule for rule in rules if matches(pattern, rule))


def pattern_hint(pattern: str, rules: Iterable[str]) -> str:
    """What was most likely meant by a pattern that names no rule: an id that begins so, one near it, or a pack."""
    ids = tuple(rules)
    begun = [rule for rule in ids if rule.startswith(pattern)]
    if begun:
        several = f' or "{pattern}*"' if len(begun) > 1 else ""
        return f'did you mean "{begun[0]}"{several}?'
    packs = {rule.partition("/")[0] + "/" for rule in ids}
    return did_you_mean(pattern, (*ids, *packs), list_up_to=0)


@dataclass(frozen=True, slots=True)
class Grade:
    """A severity as it is written: one level, or a level for each of some profiles.

    `default` is None where only profiles are named; `softened` is None where what the text lowers goes one level down.
    """

    default: Level | None
    by_profile: Mapping[Profile, Level]
    softened: Level | None = None


def decode_grade(decoder: Decoder, value: Any, loc: Loc) -> Grade | None:
    """Read `warning` or `{default: error, softened: error, patient-guide: off}`; None after noting a mistake."""
    if not isinstance(value, Mapping):
        level = decoder.decode(Level, value, loc)
        return None if level is None else Grade(level, {})
    default: Level | None = None
    softened: Level | None = None
    by_profile: dict[Profile, Level] = {}
    sound = bool(value)
    if not value:
        decoder.complain(loc, "no severity")
    for key, given in value.items():
        level = decoder.decode(Level, given, (*loc, key))
        profile = key if key in (*Profile, DEFAULT, SOFTENED) else None
        if profile is None:
            hint = did_you_mean(key, (*Profile, DEFAULT, SOFTENED))
            decoder.complain((*loc, key), f'unknown profile "{key}"', hint, key=True)
        if level is None or profile is None:
            sound = False
        elif profile == DEFAULT:
            default = level
        elif profile == SOFTENED:
            softened = level
        else:
            by_profile[Profile(profile)] = level
    return Grade(default, by_profile, softened) if sound else None


def regrade(rule: Rule, grade: Grade) -> Rule:
    """The rule with another severity.

    A single level holds wherever the rule is not off; profiles that are named change as they say. What the text lowers
    stays one level below that, unless the grade says how grave it is.
    """
    by_profile = dict(rule.severity_by)
    severity = rule.severity
    if grade.default is Level.OFF:
        by_profile = dict.fromkeys(Profile, Level.OFF)
    elif grade.default is not None:
        by_profile = {p: level for p, level in by_profile.items() if level is Level.OFF}
        severity = Severity(grade.default.value)
    by_profile.update(grade.by_profile)
    softened = grade.softened or (rule.softened if grade.default is None else None)
    return replace(rule, severity=severity, severity_by=by_profile, softened=softened)
