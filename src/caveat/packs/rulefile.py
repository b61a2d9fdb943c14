"""One rule of a pack file, read and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from caveat.finding import Severity
from caveat.packs.decode import Decoder, hyphenated
from caveat.packs.errors import did_you_mean, nearest
from caveat.packs.model import Kind, Rule, full_id
from caveat.packs.override import decode_grade
from caveat.packs.placeholders import PLACEHOLDER, placeholders
from caveat.packs.scope import Jurisdiction, Level, Profile
from caveat.packs.when import BalanceWhen, ClaimWhen, DisclosureWhen, DoseWhen, MetadataWhen, PhraseWhen, When
from caveat.packs.yaml import Loc
from caveat.regex import regex
from caveat.values import dataclass

WHEN_BY_KIND: Mapping[Kind, type[When]] = {
    Kind.PHRASE: PhraseWhen,
    Kind.CLAIM: ClaimWhen,
    Kind.DISCLOSURE: DisclosureWhen,
    Kind.DOSE: DoseWhen,
    Kind.METADATA: MetadataWhen,
    Kind.BALANCE: BalanceWhen,
}

SLUG = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


_OWN_FIELDS = ("severity-by", "softened")  # of a rule, filled from what is written under "severity"

_BRACES = frozenset("{}")

CONCEPT_FIELDS = ("subjects", "targets", "not_targets", "near")
"""The parts of a trigger that name things by class, tag, group or id."""

TEMPLATE_FIELDS: Mapping[type[When], tuple[str, ...]] = {
    PhraseWhen: ("any", "none"),
    ClaimWhen: ("also", "none", "spare"),
    DisclosureWhen: ("wording",),
}
"""The parts of a trigger that hold phrase templates."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the names in a rule are checked against.

    `concepts` are all names of things, `predicates` those of predicate classes, `topics` those of disclosures.
    `template` says what is wrong with a phrase template, None if nothing is.
    """

    concepts: frozenset[str]
    predicates: frozenset[str]
    topics: frozenset[str]
    template: Callable[[str], str | None] | None = None


def decode_rule(decoder: Decoder, raw: Any, loc: Loc, pack: str, known: Known | None = None) -> Rule | None:
    """The rule at `loc`, its id made full with the pack's name; None after noting what is wrong.

    Without `known` the names of things and predicates and the templates in it are taken on trust.
    """
    if not isinstance(raw, Mapping):
        decoder.complain(loc, "a rule is a mapping of keys to values")
        return None
    before = len(decoder.mistakes)
    decoder.refuse_empty(raw, loc)
    cooked = decoder.right_keys(Rule, raw, loc, but=_OWN_FIELDS)
    written = dict(cooked)
    _cook_severity(decoder, cooked, loc)
    when = _cook_when(decoder, cooked, loc)
    _cook_examples(cooked)
    rule = decoder.decode_as_meant(Rule, cooked, loc)
    _check_slug(decoder, written.get("id"), (*loc, "id"))
    _check_examples(decoder, written.get("examples"), (*loc, "examples"))
    _check_authority(decoder, written.get("authority"), (*loc, "authority"))
    if rule is not None:
        _check_heeded(decoder, rule, loc)
    if when is not None:
        for key in ("message", "suggestion"):
            _check_placeholders(decoder, when, written.get(key), (*loc, key))
        _check_numbers(decoder, when, (*loc, "when"))
        _check_pattern(decoder, when, (*loc, "when", "pattern"))
        _check_light(decoder, when, (*loc, "when", "light"))
        if known is not None:
            _check_names(decoder, when, (*loc, "when"), known)
    if rule is None or len(decoder.mistakes) > before:
        return None
    return replace(rule, id=full_id(rule.id, pack), spoken_for_by=tuple(full_id(r, pack) for r in rule.spoken_for_by))


def _cook_severity(decoder: Decoder, cooked: dict[str, Any], loc: Loc) -> None:
    """Split `severity` into the default and what differs by profile."""
    if "severity" not in cooked:
        return
    grade = decode_grade(decoder, cooked["severity"], (*loc, "severity"))
    cooked["severity"] = Severity.WARNING
    cooked["severity-by"] = {}
    if grade is None:
        return
    by_profile = dict(grade.by_profile)
    if grade.default is None:
        decoder.complain((*loc, "severity"), '"default" is missing', "say what holds for the other profiles")
    elif grade.default is Level.OFF:
        by_profile = {**dict.fromkeys(Profile, Level.OFF), **by_profile}
    else:
        cooked["severity"] = Severity(grade.default.value)
    cooked["severity-by"] = by_profile
    if grade.softened is not None:
        cooked["softened"] = grade.softened.value


def _cook_when(decoder: Decoder, cooked: dict[str, Any], loc: Loc) -> When | None:
    """Decode `when` by the rule's kind; where that fails, a stand-in lets the rest of the rule be checked."""
    if "when" not in cooked:
        return None
    kind = nearest(str(cooked.get("kind")), Kind)
    when: When | None = None
    if kind is not None:
        raw = cooked["when"]
        when = decoder.decode_as_meant(WHEN_BY_KIND[Kind(kind)], {} if raw is None else raw, (*loc, "when"))
    cooked["when"] = ClaimWhen() if when is None else when
    return when


def _cook_examples(cooked: dict[str, Any]) -> None:
    """A plain string stands for an example with that text."""
    examples = cooked.get("examples")
    if not isinstance(examples, Mapping):
        return
    cooked["examples"] = {
        side: [{"text": e} if isinstance(e, str) else e for e in listed] if isinstance(listed, list) else listed
        for side, listed in examples.items()
    }


def _check_slug(decoder: Decoder, slug: Any, loc: Loc) -> None:
    if isinstance(slug, str) and slug.strip() and not SLUG.match(slug):
        hint = re.sub(r"[^a-z0-9]+", "-", slug.rpartition("/")[2].lower()).strip("-")
        decoder.complain(loc, f'"{slug}" is not a slug', f'write "{hint}"; the pack\'s name is added' if hint else "")


def _check_examples(decoder: Decoder, examples: Any, loc: Loc) -> None:
    if not isinstance(examples, Mapping):
        return
    for side, purpose in (("bad", "what it marks"), ("good", "what it lets pass")):
        if examples.get(side) == []:
            decoder.complain((*loc, side), f"no {side} example", f"a rule must show {purpose}")


def _check_authority(decoder: Decoder, authority: Any, loc: Loc) -> None:
    if not isinstance(authority, list):
        return
    for i, one in enumerate(authority):
        if not isinstance(one, Mapping):
            continue
        url = one.get("url")
        if isinstance(url, str) and url.strip() and not re.match(r"https?://[^\s/]+\.[^\s]+\Z", url):
            decoder.complain((*loc, i, "url"), f'"{url}" is not a web address', "it begins with https://")
        place = one.get("jurisdiction")
        known = (*Jurisdiction, "international")
        if isinstance(place, str) and place.strip() and place not in known:
            decoder.complain((*loc, i, "jurisdiction"), f'unknown jurisdiction "{place}"', did_you_mean(place, known))


def _check_heeded(decoder: Decoder, rule: Rule, loc: Loc) -> None:
    """Refuse circumstances that the kind never asks for, and severities for profiles under which the rule is off."""
    for key in ("unless", "soften"):
        if getattr(rule, key) and rule.kind.of_page:
            message = f"a {rule.kind} rule speaks of the page as a whole and heeds no circumstances"
            decoder.complain((*loc, key), message, key=True)
    for profile in rule.severity_by if rule.profiles else ():
        if profile not in rule.profiles and rule.severity_by[profile] is not Level.OFF:
            message = f'the rule does not hold under "{profile}"'
            decoder.complain((*loc, "severity", profile), message, 'see its "profiles"', key=True)


def _check_placeholders(decoder: Decoder, when: When, text: Any, loc: Loc) -> None:
    if not isinstance(text, str):
        return
    filled = placeholders(when)
    for name, _ in PLACEHOLDER.findall(text):
        if name not in filled:
            decoder.complain(loc, f'nothing fills "{{{name}}}" here', did_you_mean(name, filled))
    if not _BRACES.isdisjoint(PLACEHOLDER.sub("", text)):
        decoder.complain(loc, "a brace without its other half", "braces hold placeholders, such as {text}")


def _check_names(decoder: Decoder, when: When, loc: Loc, known: Known) -> None:
    wanted = [(name, "class, tag, group or id", known.concepts) for name in CONCEPT_FIELDS]
    wanted += [("predicates", "predicate", known.predicates), ("topics", "topic", known.topics)]
    for field, what, names in wanted:
        for i, name in enumerate(getattr(when, field, ())):
            if name not in names:
                decoder.complain(
                    (*loc, hyphenated(field), i), f'no {what} is named "{name}"', did_you_mean(name, names)
                )
    if isinstance(when, DisclosureWhen):
        for name in when.names.keys() - known.topics:
            hint = did_you_mean(name, known.topics)
            decoder.complain((*loc, "names", name), f'no topic is named "{name}"', hint, key=True)
    for field in TEMPLATE_FIELDS.get(type(when), ()):
        for i, template in enumerate(getattr(when, field)):
            decoder.refuse_unknown_slots(template, known.concepts, (*loc, field, i))
            wrong = known.template(template) if known.template is not None else None
            if wrong is not None:
                decoder.complain((*loc, field, i), wrong)


def _check_numbers(decoder: Decoder, when: When, loc: Loc) -> None:
    for field in fields(when):
        value = getattr(when, field.name)
        if isinstance(value, int) and value < 0:
            decoder.complain((*loc, hyphenated(field.name)), f"{value} is less than nothing")


def _check_light(decoder: Decoder, when: When, loc: Loc) -> None:
    """What only deserves a note must be among what must not be written."""
    if isinstance(when, DoseWhen):
        for i, word in enumerate(when.light):
            if word not in when.words:
                decoder.complain((*loc, i), f'"{word}" is none of the "words"', did_you_mean(word, when.words))


def _check_pattern(decoder: Decoder, when: When, loc: Loc) -> None:
    pattern = getattr(when, "pattern", "")
    if not pattern:
        return
    import re2  # noqa: PLC0415 - only packs that hold patterns need it

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        shown = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        decoder.complain(loc, f"not a regular expression that RE2 can match: {shown}")
