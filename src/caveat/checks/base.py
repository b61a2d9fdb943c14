"""What all checks share: the protocol, and how a rule that fired becomes a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from caveat.analysis.facts import Analysis
from caveat.analysis.grammar import DETERMINERS
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Templates
from caveat.checks.page import Page
from caveat.checks.places import Place
from caveat.finding import Authority, Finding, Fix, Related, Scope, Severity
from caveat.packs.model import Circumstance, Rule
from caveat.packs.placeholders import IN_GENERAL, PLACEHOLDER
from caveat.packs.scope import MARKETING, Level, Profile
from caveat.source import Span


class Check(Protocol):
    """A rule kind, compiled for the rules of that kind."""

    def run(self, page: Page) -> Iterator[Finding]:
        """The findings of all its rules on one page, in any order."""
        ...


FORBIDS = "!"
"""Marks the key of a template whose match in a sentence keeps a rule silent there."""

_PRONOUNS = frozenset({"It", "They", "This", "These"})
_SPOKEN = frozenset({Circumstance.ATTRIBUTED, Circumstance.QUOTED, Circumstance.TESTIMONIAL})


def exempt(rule: Rule, circumstances: frozenset[Circumstance], profile: Profile) -> bool:
    """Whether one of the rule's exemptions holds. Who sells a product answers for the words that it quotes."""
    if profile in MARKETING:
        circumstances -= _SPOKEN
    if rule.softened is Level.OFF and any(c in circumstances for c in rule.soften):
        return True
    return any(c in circumstances for c in rule.unless)


def active(rules: Iterable[Rule], profile: Profile) -> tuple[Rule, ...]:
    """The rules that are on under a profile."""
    return tuple(r for r in rules if (not r.profiles or profile in r.profiles) and r.level(profile) is not Level.OFF)


class ByProfile:
    """Some rules, of which it is asked page for page which are on under the page's profile."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._on: dict[Profile, tuple[Rule, ...]] = {}

    def __getitem__(self, profile: Profile) -> tuple[Rule, ...]:
        on = self._on.get(profile)
        if on is None:
            on = self._on[profile] = active(self._rules, profile)
        return on


def compile_templates(wanted: Iterable[tuple[str, Sequence[str], Sequence[str]]], reader: TemplateReader) -> Templates:
    """One set of templates for many rules: for each its id, the templates that match for it and those that forbid it.

    The first are found under the rule's id, the second under `FORBIDS` and the id.
    """
    templates = Templates()
    for rule, matching, forbidding in wanted:
        for key, group in ((rule, matching), (FORBIDS + rule, forbidding)):
            for template in group:
                templates.add(key, template, reader)
    return templates


def text_finding(
    rule: Rule,
    analysis: Analysis,
    *,
    block: int,
    span: Span,
    cues: Sequence[str],
    circumstances: frozenset[Circumstance] = frozenset(),
    fills: Mapping[str, str] | None = None,
    related: Sequence[Related] = (),
    fix: Fix | None = None,
) -> Finding:
    """A finding on words of a block; `span` is of the block's text.

    A circumstance that the rule names under `soften` lowers the severity. `{text}` in the
    message is the marked text; what fills the others comes from `fills`, and one that is empty reads "this".
    """
    there = analysis.document.blocks[block]
    where = there.to_source(span)
    softened = any(c in circumstances for c in rule.soften)
    level = rule.lowered(analysis.profile) if softened else rule.level(analysis.profile)
    values = {"text": shorten(span.of(there.text)), "cue": ", ".join(cues), **(fills or {})}
    return Finding(
        rule=rule.id,
        severity=Severity(level.value),
        message=fill(rule.message, values),
        span=where,
        scope=Scope.TEXT,
        text=where.of(analysis.document.source.text),
        cues=tuple(dict.fromkeys(c for c in cues if c)),
        why=rule.why,
        suggestion=fill(rule.suggestion, values),
        authority=rule.authority,
        related=tuple(related),
        fix=fix,
        softened=softened and level is not rule.level(analysis.profile),
    )


def document_finding(
    rule: Rule,
    analysis: Analysis,
    *,
    places: Sequence[Place],
    note: str,
    fills: Mapping[str, str] | None = None,
    authority: Sequence[Authority] = (),
) -> Finding:
    """A finding on the page as a whole, at its title; `note` says of each place why it is shown.

    `authority` stands before the rule's own.
    """
    blocks = analysis.document.blocks
    title = analysis.document.title
    span = blocks[title].source if title is not None else Span(0, 0)
    values = {
        "substance": spoken_of(analysis.topic.text, analysis),
        "cue": shorten(places[0].text) if places else "",
        **(fills or {}),
    }
    return Finding(
        rule=rule.id,
        severity=Severity(rule.level(analysis.profile).value),
        message=_sentence(fill(rule.message, values)),
        span=span,
        scope=Scope.DOCUMENT,
        text=span.of(analysis.document.source.text),
        cues=tuple(dict.fromkeys(shorten(place.text) for place in places)),
        why=rule.why,
        suggestion=fill(rule.suggestion, values),
        authority=(*authority, *rule.authority),
        related=tuple(Related(note, blocks[p.block].to_source(p.span), shorten(p.text)) for p in places),
    )


def _sentence(text: str) -> str:
    """The text with a capital, where what fills its first placeholder is written small."""
    return text[:1].upper() + text[1:]


def fill(message: str, values: Mapping[str, str]) -> str:
    """The message with its `{placeholders}` filled, in one pass; one whose value is empty reads "this".

    What is filled in is never read as a placeholder, and one that `values` does not name stays as it is.
    """
    return PLACEHOLDER.sub(lambda one: (values[one[1]] or "this") if one[1] in values else one[0], message)


def spoken_of(text: str, analysis: Analysis) -> str:
    """What a product is called inside a sentence: "our drops", "it", "garlic" in small letters, names as they are.

    Without a name it is what the placeholder says in general.
    """
    if not text:
        return IN_GENERAL["subject"]
    first, _, rest = text.partition(" ")
    begins = (rest and first.lower() in DETERMINERS) or text in _PRONOUNS or text.lower() in analysis.small_names
    return text[0].lower() + text[1:] if begins else text


def shorten(text: str, *, most: int = 80) -> str:
    """Text for a message: at most `most` characters, cut at a word."""
    if len(text) <= most:
        return text
    return text[: text.rfind(" ", 0, most) if " " in text[:most] else most] + "…"
