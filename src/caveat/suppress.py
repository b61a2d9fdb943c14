"""Findings that the writer or the editors have answered for, and answers that answer nothing.

A comment in an article silences rules for the block that follows it (`caveat-ignore: rules -- reason`), between
two comments (`caveat-ignore-start: rules -- reason`, `caveat-ignore-end`) or on the whole page
(`caveat-ignore-file: rules -- reason`); front matter does the last as well. The configuration accepts sentences.
Every suppression names its rules and gives a reason, or it does not hold.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property

from caveat.config import Accepted
from caveat.document import Block, Document
from caveat.finding import Finding, Scope, Severity
from caveat.packs.errors import did_you_mean
from caveat.packs.override import matches, named, pattern_hint
from caveat.page import PAGE_SETTING, page_settings
from caveat.regex import regex
from caveat.result import ACCEPTANCE_EXPIRED, RuleInfo, Suppressed, SuppressedBy
from caveat.source import Span
from caveat.values import dataclass

UNEXPLAINED = RuleInfo(
    "caveat/suppression-without-reason",
    "A suppression without a reason",
    Severity.WARNING,
    "Whoever reads the page next must see why a finding was set aside; without a reason it is not.",
    "Write -- and the reason after the rules.",
)
UNKNOWN = RuleInfo(
    "caveat/suppression-unknown-rule",
    "A suppression of a rule that does not exist",
    Severity.WARNING,
    "A misspelt rule silences nothing.",
    "Write the id that the report shows.",
)
UNCLOSED = RuleInfo(
    "caveat/suppression-unclosed",
    "A suppression that is opened and not closed, or closed and not opened",
    Severity.WARNING,
    "A range without an end would silence the rest of the page, so it silences nothing.",
    "Pair each caveat-ignore-start with a caveat-ignore-end.",
)
UNUSED = RuleInfo(
    "caveat/suppression-unused",
    "A suppression that suppresses nothing",
    Severity.WARNING,
    "What it answered for is gone; left in place it would hide the next finding there.",
    "Remove it, or the rule that it no longer needs.",
)
MALFORMED = RuleInfo(
    "caveat/suppression-malformed",
    "A suppression that can not be read",
    Severity.WARNING,
    "A directive that can not be read does nothing.",
    "Write caveat-ignore: rule, rule -- reason.",
)
EXPIRED = RuleInfo(
    ACCEPTANCE_EXPIRED,
    "An accepted finding whose term is over",
    Severity.WARNING,
    "It was accepted until a date that has passed.",
    "Mend the sentence, or accept it again with a new date in the configuration.",
)

OWN_RULES: tuple[RuleInfo, ...] = (UNEXPLAINED, UNKNOWN, UNCLOSED, UNUSED, MALFORMED, EXPIRED, PAGE_SETTING)
"""The rules that this module and the page's settings report by. No pack holds them."""

_DIRECTIVE = regex(r"\s*(caveat-[\w-]*)\s*(.*)\Z", re.DOTALL)
_REASON = regex(r"--+|[–—]")
_QUOTES = str.maketrans("“”„‘’‚", "\"\"\"'''")


class _Kind(StrEnum):
    BLOCK = "caveat-ignore"
    START = "caveat-ignore-start"
    END = "caveat-ignore-end"
    FILE = "caveat-ignore-file"


@dataclass(frozen=True, slots=True)
class _Directive:
    """One suppression. `rules` are the ids that its patterns name, by pattern."""

    kind: _Kind
    rules: Mapping[str, tuple[str, ...]]
    reason: str
    span: Span

    def names(self) -> frozenset[str]:
        return frozenset(rule for ids in self.rules.values() for rule in ids)


def apply(
    document: Document,
    findings: Iterable[Finding],
    *,
    known_rules: Collection[str],
    today: date | None = None,
    accepted: Sequence[Accepted] = (),
    active_rules: Collection[str] | None = None,
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """Part findings into those that are reported and those that are answered for.

    Args:
        document: the article; its comments and metadata hold its suppressions.
        findings: all findings on it.
        known_rules: the ids of all rules, whether or not they were asked.
        today: the date by which acceptances expire; None lets all hold.
        accepted: what the configuration accepts.
        active_rules: the ids of the rules that were asked, if not all: a suppression of the others is not
            called unused.

    Returns:
        The findings to report, with those about the suppressions themselves, in order; and the others.
    """
    ordered = sorted(findings, key=lambda f: f.order)
    reading = _Reading(document, known_rules)
    cover = _Cover(document, reading.directives())
    acceptance = _Acceptance(cover, accepted, today)
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: set[tuple[int, str]] = set()
    for finding in ordered:
        number = cover.directive_for(finding)
        if number is not None:
            used.add((number, finding.rule))
            suppressed.append(Suppressed(finding, SuppressedBy.COMMENT, cover.directives[number].reason))
            continue
        answer, overdue = acceptance.answer(finding)
        if answer is not None:
            suppressed.append(Suppressed(finding, SuppressedBy.ACCEPTED, accepted[answer].reason, answer))
            continue
        kept.append(finding)
        if overdue is not None:
            kept.append(_about(EXPIRED, document, finding.span, f"accepted until {overdue.expires}: {overdue.reason}"))
    kept.extend(reading.findings)
    kept.extend(_unused(document, cover.directives, used, active_rules))
    return tuple(sorted(kept, key=lambda f: f.order)), tuple(suppressed)


class _Reading:
    """Reads a document's directives and notes what is wrong with them."""

    def __init__(self, document: Document, known_rules: Collection[str]) -> None:
        self.findings: list[Finding] = []
        self._document = document
        self._known = tuple(known_rules)
        self._named: dict[str, tuple[str, ...]] = {}

    def directives(self) -> list[_Directive]:
        """Those that hold, ranges as a start and an end each, in order of their place."""
        found: list[_Directive] = []
        opened: list[_Directive] = []
        for comment in sorted(self._document.comments, key=lambda c: c.source):
            directive = self._read(comment.text, comment.source)
            if directive is None:
                continue
            if directive.kind is _Kind.START:
                opened.append(directive)
            elif directive.kind is _Kind.END:
                found.extend(self._close(opened, directive))
            else:
                found.append(directive)
        for directive in opened:
            self._note(UNCLOSED, directive.span, "caveat-ignore-start without a caveat-ignore-end after it")
        page = page_settings(self._document)
        self.findings.extend(page.findings)
        for ignore in page.ignores:
            rules = self._resolve([ignore.pattern], ignore.span)
            if not ignore.reason:
                self._note(UNEXPLAINED, ignore.span, f"no reason is given for ignoring {ignore.pattern}")
            elif rules:
                found.append(_Directive(_Kind.FILE, rules, ignore.reason, ignore.span))
        return sorted((d for d in found if d.rules), key=lambda d: d.span)

    def _read(self, text: str, span: Span) -> _Directive | None:
        match = _DIRECTIVE.match(text)
        if match is None:
            return None
        if match[1] not in tuple(_Kind):
            hint = did_you_mean(match[1], [k.value for k in _Kind])
            self._note(MALFORMED, span, f'unknown directive "{match[1]}" ({hint})')
            return None
        kind = _Kind(match[1])
        parts = _REASON.split(match[2].removeprefix(":"), maxsplit=1)
        if not match[2].startswith(":") and ":" in parts[0]:
            self._note(MALFORMED, span, f'the colon belongs behind {kind.value}: "{kind.value}: rule, rule -- reason"')
            return None
        patterns = parts[0].replace(",", " ").split()
        reason = parts[1].strip() if len(parts) > 1 else ""
        rules = self._resolve(patterns, span)
        if kind is _Kind.END:
            return _Directive(kind, rules, reason, span)
        if not patterns:
            self._note(MALFORMED, span, f"{kind.value} names no rule")
        elif not reason:
            self._note(UNEXPLAINED, span, f"no reason is given for ignoring {', '.join(patterns)}")
            rules = {}
        return _Directive(kind, rules, reason, span)

    def _resolve(self, patterns: Iterable[str], span: Span) -> dict[str, tuple[str, ...]]:
        resolved: dict[str, tuple[str, ...]] = {}
        for pattern in patterns:
            if pattern not in self._named:
                self._named[pattern] = named(pattern, self._known)
            if self._named[pattern]:
                resolved[pattern] = self._named[pattern]
            else:
                hint = pattern_hint(pattern, self._known)
                self._note(UNKNOWN, span, f'no rule is named "{pattern}"' + (f" ({hint})" if hint else ""))
        return resolved

    def _close(self, opened: list[_Directive], end: _Directive) -> Iterator[_Directive]:
        """The range that an end closes: the newest open one, or the newest with the rules that it names."""
        for i in range(len(opened) - 1, -1, -1):
            if not end.rules or opened[i].rules.keys() == end.rules.keys():
                start = opened.pop(i)
                yield start
                yield _Directive(_Kind.END, start.rules, start.reason, end.span)
                return
        self._note(UNCLOSED, end.span, "caveat-ignore-end without a caveat-ignore-start before it")

    def _note(self, rule: RuleInfo, span: Span, message: str) -> None:
        self.findings.append(_about(rule, self._document, span, message))


class _Cover:
    """Which directive covers a finding. Findings must be asked for in the order of their places."""

    def __init__(self, document: Document, directives: Sequence[_Directive]) -> None:
        self.directives = directives
        self._document = document
        self._file: dict[str, int] = {}
        self._by_block: dict[int, dict[str, int]] = {}
        self._by_table: dict[int, dict[str, int]] = {}
        self._events: list[int] = []
        self._next = 0
        self._open: dict[str, list[int]] = {}
        for number, directive in enumerate(directives):
            if directive.kind is _Kind.FILE:
                for rule in directive.names():
                    self._file.setdefault(rule, number)
            elif directive.kind is _Kind.BLOCK:
                self._attach(number, directive)
            else:
                self._events.append(number)

    @cached_property
    def _blocks(self) -> Sequence[Block]:
        return sorted((b for b in self._document.blocks if b.pieces), key=lambda b: b.source)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [b.source.start for b in self._blocks]

    def block_at(self, offset: int) -> int | None:
        """The number of the block that covers an offset of the source."""
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 and offset <= self._blocks[number].source.end else None

    def block(self, number: int) -> Block:
        """A block by that number."""
        return self._blocks[number]

    def directive_for(self, finding: Finding) -> int | None:
        """The number of the closest directive that silences a finding: its block's, a range's, the page's."""
        if self.directives and finding.scope is Scope.TEXT:
            self._advance(finding.span.start)
            number = self._of_block(finding)
            if number is not None:
                return number
            opened = self._open.get(finding.rule)
            if opened:
                return opened[-1]
        return self._file.get(finding.rule)

    def _of_block(self, finding: Finding) -> int | None:
        at = self.block_at(finding.span.start)
        if at is None:
            return None
        number = self._by_block.get(at, {}).get(finding.rule)
        cell = self._blocks[at].cell
        if number is None and cell is not None:
            number = self._by_table.get(cell.table, {}).get(finding.rule)
        return number

    def _attach(self, number: int, directive: _Directive) -> None:
        """Tie a directive to the block around it, else to the next; before a table, to the whole table."""
        around = self.block_at(directive.span.start)
        inside = around is not None and self._blocks[around].source.contains(directive.span)
        target = around if inside else bisect_left(self._starts, directive.span.end)
        if target is None or target >= len(self._blocks):
            return
        cell = self._blocks[target].cell
        if cell is not None and not inside:
            rules = self._by_table.setdefault(cell.table, {})
        else:
            rules = self._by_block.setdefault(target, {})
        for rule in directive.names():
            rules[rule] = number

    def _advance(self, offset: int) -> None:
        while self._next < len(self._events):
            number = self._events[self._next]
            directive = self.directives[number]
            if directive.span.end > offset:
                return
            self._next += 1
            for rule in directive.names():
                opened = self._open.setdefault(rule, [])
                if directive.kind is _Kind.START:
                    opened.append(number)
                elif opened:
                    opened.pop()


class _Acceptance:
    """What the configuration accepts."""

    def __init__(self, cover: _Cover, accepted: Sequence[Accepted], today: date | None) -> None:
        self._cover = cover
        self._accepted = accepted
        self._today = today
        self._by_rule: dict[str, list[int]] = {}
        self._texts: dict[int, str] = {}
        self._found: dict[tuple[str, int], list[Span]] = {}

    def answer(self, finding: Finding) -> tuple[int | None, Accepted | None]:
        """The number of the acceptance that holds for a finding; failing that, one that did until it expired."""
        if finding.rule not in self._by_rule:
            numbers = [i for i, accepted in enumerate(self._accepted) if matches(accepted.rule, finding.rule)]
            self._by_rule[finding.rule] = numbers
        overdue: Accepted | None = None
        for number in self._by_rule[finding.rule]:
            accepted = self._accepted[number]
            if not self._speaks_of(accepted, finding):
                continue
            if accepted.expires is None or self._today is None or self._today <= accepted.expires:
                return number, None
            overdue = accepted
        return None, overdue

    def _speaks_of(self, accepted: Accepted, finding: Finding) -> bool:
        if finding.scope is Scope.DOCUMENT:
            return not accepted.text
        number = self._cover.block_at(finding.span.start)
        if not accepted.text or number is None:
            return False
        places = self._places(accepted.text, number)
        after = bisect_right(places, finding.span.start, key=lambda p: p.start)
        near = places[max(0, after - 1) : after + 1]
        return any(place.overlaps(finding.span) or place.contains(finding.span) for place in near)

    def _places(self, text: str, number: int) -> list[Span]:
        """Where an accepted text stands in a block, as spans of the source, in order."""
        if (text, number) not in self._found:
            block = self._cover.block(number)
            if number not in self._texts:
                self._texts[number] = block.text.translate(_QUOTES)
            wanted = " ".join(text.split()).translate(_QUOTES)
            places: list[Span] = []
            at = self._texts[number].find(wanted)
            while at >= 0:
                places.append(block.to_source(Span(at, at + len(wanted))))
                at = self._texts[number].find(wanted, at + len(wanted))
            self._found[text, number] = places
        return self._found[text, number]


def _unused(
    document: Document,
    directives: Sequence[_Directive],
    used: Collection[tuple[int, str]],
    active_rules: Collection[str] | None,
) -> Iterator[Finding]:
    for number, directive in enumerate(directives):
        if directive.kind is _Kind.END:
            continue
        for pattern, rules in directive.rules.items():
            asked = active_rules is None or any(rule in active_rules for rule in rules)
            if asked and not any((number, rule) in used for rule in rules):
                yield _about(UNUSED, document, directive.span, f"nothing here is reported by {pattern}")


def _about(rule: RuleInfo, document: Document, span: Span, message: str) -> Finding:
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=message,
        span=span,
        text=span.of(document.source.text),
        why=rule.why,
        suggestion=rule.suggestion,
    )
