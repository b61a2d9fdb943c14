"""What a page asks for itself, in the `caveat:` part of its front matter or HTML meta."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from caveat.config import Layer
from caveat.document import Document, MetaValue
from caveat.finding import Finding, Severity
from caveat.packs.errors import did_you_mean
from caveat.packs.scope import Jurisdiction, Profile
from caveat.result import RuleInfo
from caveat.source import Span
from caveat.values import dataclass

PAGE_SETTING = RuleInfo(
    "caveat/page-setting",
    "A page asks for something that is not known",
    Severity.WARNING,
    "A setting that is misspelt does nothing, and nobody notices.",
    "Write profile, jurisdictions or ignore, with a value that exists.",
)

_PREFIX = "caveat."
_KEYS = ("profile", "jurisdictions", "ignore")


@dataclass(frozen=True, slots=True)
class PageIgnore:
    """A rule or pattern that the page asks to be silent about it, and why. `span` is its place in the source."""

    pattern: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class PageSettings:
    """A page's own settings: a layer for `ConfigFile.resolve`, what it ignores, and what was wrong with them."""

    layer: Layer
    ignores: tuple[PageIgnore, ...] = ()
    findings: tuple[Finding, ...] = ()


_NOTHING = PageSettings(Layer())


def page_settings(document: Document) -> PageSettings:
    """Read `caveat: {profile, jurisdictions, ignore}` from a document's metadata.

    `ignore` is a list of `{rule, reason}` or a mapping of rules to reasons.
    """
    given = {k.removeprefix(_PREFIX): v for k, v in document.metadata.items() if k.startswith(_PREFIX)}
    if not given:
        return _NOTHING
    findings: list[Finding] = []
    for key, values in given.items():
        if key not in _KEYS and not key.startswith("ignore."):
            message, hint = f'unknown setting "{key}"', did_you_mean(key, _KEYS)
            findings.extend(_finding(document, value.source, message, hint) for value in values)
    profiles = list(_known(document, given.get("profile", ()), Profile, findings))
    jurisdictions = list(_known(document, given.get("jurisdictions", ()), Jurisdiction, findings))
    layer = Layer(
        profile=profiles[0] if profiles else None,
        jurisdictions=tuple(dict.fromkeys(jurisdictions)) or None,
    )
    ignores = tuple(sorted(_ignores(given), key=lambda i: i.span))
    return PageSettings(layer, ignores, tuple(findings))


def _known(document: Document, values: Iterable[MetaValue], choices: Any, findings: list[Finding]) -> Iterator[Any]:
    """The values as members of the enumeration `choices`; the others become findings."""
    for value in values:
        for word in value.value.replace(",", " ").split():
            if word in tuple(choices):
                yield choices(word)
            else:
                name = choices.__name__.lower()
                hint = did_you_mean(word, _words(choices))
                findings.append(_finding(document, value.source, f'unknown {name} "{word}"', hint))


def _words(choices: Iterable[StrEnum]) -> list[str]:
    return [choice.value for choice in choices]


def _ignores(given: Mapping[str, tuple[MetaValue, ...]]) -> Iterator[PageIgnore]:
    for value in given.get("ignore", ()):
        yield PageIgnore(value.value, "", value.source)
    yield from _paired(given.get("ignore.rule", ()), given.get("ignore.reason", ()))
    for key, values in given.items():
        if key.startswith("ignore.") and key not in {"ignore.rule", "ignore.reason"}:
            for value in values:
                yield PageIgnore(key.removeprefix("ignore."), value.value.strip(), value.source)


def _paired(rules: tuple[MetaValue, ...], reasons: tuple[MetaValue, ...]) -> Iterator[PageIgnore]:
    """Each rule with the reason of its list item: the one that stands before the next rule.

    Where items give the reason first, it is the one that stands after the rule before.
    """
    reason_first = bool(rules and reasons) and reasons[0].source.start < rules[0].source.start
    ordered = list(rules)[::-1] if reason_first else list(rules)
    pending = sorted(reasons, key=lambda r: r.source.start, reverse=not reason_first)
    for i, rule in enumerate(ordered):
        reason = ""
        limit = ordered[i + 1].source.start if i + 1 < len(ordered) else None
        while pending:
            at = pending[-1].source.start
            if limit is not None and (at > limit if not reason_first else at < limit):
                break
            reason = pending.pop().value.strip()
        yield PageIgnore(rule.value, reason, rule.source)


def _finding(document: Document, span: Span, message: str, hint: str) -> Finding:
    return Finding(
        rule=PAGE_SETTING.id,
        severity=PAGE_SETTING.severity,
        message=message + (f" ({hint})" if hint else ""),
        span=span,
        text=span.of(document.source.text),
        why=PAGE_SETTING.why,
        suggestion=PAGE_SETTING.suggestion,
    )
