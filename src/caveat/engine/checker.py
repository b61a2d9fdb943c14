"""Compiled rules applied to documents: facts, then findings, then what the report tells of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cached_property

from caveat.analysis.facts import Analysis
from caveat.checks.base import Check
from caveat.config import Accepted, Settings
from caveat.document import Document, MetaValue
from caveat.engine.citing import citing
from caveat.engine.fingerprint import all_named, with_fingerprints
from caveat.engine.overview import balance, checklist, dose_rows, verdict
from caveat.engine.precedence import Precedence, SentenceIndex
from caveat.engine.ruleset import Ruleset, in_force
from caveat.finding import Finding, Scope, Severity
from caveat.packs.model import Rule
from caveat.packs.override import matches, regrade
from caveat.packs.placeholders import in_general
from caveat.packs.scope import Jurisdiction
from caveat.packs.when import DisclosureWhen
from caveat.result import FileReport, RuleInfo, Verdict
from caveat.suppress import OWN_RULES
from caveat.suppress import apply as apply_suppressions
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rules that are asked under some settings, at the severities that these give, and what checks by them."""

    rules: tuple[Rule, ...]
    ids: frozenset[str]
    checks: tuple[Check, ...]


@dataclass
class Checker:
    """A rule set that documents are checked by. `today` is the date by which pages are stale and acceptances expire."""

    ruleset: Ruleset
    today: date
    _known: dict[object, _Asked] = field(default_factory=dict, repr=False)

    def analyze(self, document: Document, settings: Settings) -> Analysis:
        """What the analysis finds in a document."""
        return self.ruleset.analyzer.analyze(_with_site_keys(document, settings), settings.profile)

    def check(self, document: Document, settings: Settings, *, accepted: Sequence[Accepted] = ()) -> FileReport:
        """All findings on a document, in reading order, with what the report tells of it as a whole.

        `accepted` are the findings that the configuration stands by.
        """
        analysis = self.analyze(document, settings)
        asked = self._asked(settings)
        page = self.ruleset.page(analysis)
        found = [finding for check in asked.checks for finding in check.run(page)]
        sentences = SentenceIndex(analysis)
        owed = [f for f in found if not self._provided(f, settings)]
        findings = sorted(citing(owed, settings), key=lambda f: f.order)
        findings = with_fingerprints(findings, _sentence_texts(analysis, findings, sentences))
        kept, suppressed = apply_suppressions(
            document,
            findings,
            known_rules=self.ruleset.rules,
            today=self.today,
            accepted=accepted,
            active_rules=asked.ids,
        )
        wanted = [f for f in all_named(kept) if f.rule in self.ruleset.rules or _selected(f.rule, settings)]
        kept, rivals = self._precedence.apply(wanted, sentences, asked=settings.jurisdictions)
        return FileReport(
            path=document.source.path,
            source=document.source,
            profile=analysis.profile.value,
            profile_reason=analysis.profile_reason if settings.profile is None else settings.origins["profile"][-1],
            jurisdictions=tuple(j.value for j in settings.jurisdictions),
            findings=kept,
            suppressed=suppressed,
            rivals=rivals,
            checklist=checklist(page, asked.rules, kept, provided=[f for f in found if self._provided(f, settings)]),
            doses=dose_rows(analysis, asked.rules, kept),
            balance=balance(page),
            verdicts=tuple(self._verdict(one, wanted, sentences) for one in settings.jurisdictions),
        )

    def _verdict(self, place: Jurisdiction, findings: Sequence[Finding], sentences: SentenceIndex) -> Verdict:
        """What stops the page in one jurisdiction, by its own rules, of findings that nothing suppresses."""
        rules = self.ruleset.rules
        held = [f for f in findings if (rule := rules.get(f.rule)) is None or in_force(rule, (place,))]
        grave = any(f.severity is Severity.ERROR for f in held)
        return verdict(place, self._precedence.apply(held, sentences, countries=False)[0] if grave else ())

    def _rules_for(self, settings: Settings) -> list[Rule]:
        """The rules that are asked under some settings, at the severities that these give, whatever the profile."""
        chosen: list[Rule] = []
        for rule in self.ruleset.rules.values():
            if not _selected(rule.id, settings) or not in_force(rule, settings.jurisdictions):
                continue
            graded = rule
            for pattern, grade in settings.severity.items():
                if matches(pattern, rule.id):
                    graded = regrade(graded, grade)
            chosen.append(graded)
        return chosen

    @cached_property
    def _precedence(self) -> Precedence:
        return Precedence(self.ruleset.packs)

    @cached_property
    def rule_infos(self) -> dict[str, RuleInfo]:
        """What a report says about the rules, by id."""
        rules = self.ruleset.rules.values()
        infos = [RuleInfo(r.id, r.title, r.severity, r.why, in_general(r.suggestion), r.authority) for r in rules]
        return {info.id: info for info in (*infos, *OWN_RULES)}

    def _asked(self, settings: Settings) -> _Asked:
        provided = frozenset(settings.provided_by_template)
        key = settings.select, settings.ignore, settings.jurisdictions, repr(settings.severity), provided
        if key not in self._known:
            rules = self._rules_for(settings)
            checks = self.ruleset.checks(
                rules, today=self.today, jurisdictions=settings.jurisdictions, provided=provided
            )
            self._known[key] = _Asked(tuple(rules), frozenset(rule.id for rule in rules), tuple(checks))
        return self._known[key]

    def _provided(self, finding: Finding, settings: Settings) -> bool:
        """Whether the site's template supplies the disclosure that a finding misses.

        A kind of disclosure stands for what its presence mends, the name of a rule for all that the rule reports: no
        claim leads to a note in the footer.
        """
        if finding.scope is not Scope.DOCUMENT or not settings.provided_by_template:
            return False
        rule = self.ruleset.rules[finding.rule]
        names = {rule.id, rule.id.partition("/")[2]}
        if isinstance(rule.when, DisclosureWhen) and rule.when.fault.mended_by_presence:
            names |= {kind.value for kind in rule.when.kinds}
        return not names.isdisjoint(settings.provided_by_template)


def _selected(rule: str, settings: Settings) -> bool:
    """Whether the selection takes a rule in."""
    wanted = not settings.select or any(matches(pattern, rule) for pattern in settings.select)
    return wanted and not any(matches(pattern, rule) for pattern in settings.ignore)


def _with_site_keys(document: Document, settings: Settings) -> Document:
    """The document with the site's own metadata keys read as the usual ones."""
    keys = settings.front_matter
    metadata: dict[str, tuple[MetaValue, ...]] = dict(document.metadata)
    for usual, own in (("author", keys.author), ("reviewer", keys.reviewer), ("date", keys.date)):
        for key in own:
            metadata[usual] = (*metadata.get(usual, ()), *document.metadata.get(key.lower(), ()))
    return replace(document, metadata=metadata) if any((keys.author, keys.reviewer, keys.date)) else document


def _sentence_texts(
    analysis: Analysis, findings: Sequence[Finding], sentences: SentenceIndex
) -> Mapping[tuple[int, int], str]:
    texts: dict[tuple[int, int], str] = {}
    for finding in findings:
        index = sentences.at(finding.span.start) if finding.scope is Scope.TEXT else -1
        if index >= 0:
            sentence = analysis.sentences[index]
            block = analysis.document.blocks[sentence.block]
            texts[finding.span.start, finding.span.end] = sentence.span.of(block.text)
    return texts
