"""Packs, lexicon and data compiled into what one run needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from caveat.analysis.analyzer import Analyzer
from caveat.analysis.claims import ClaimFinder
from caveat.analysis.context import ContextFinder
from caveat.analysis.disclosures import DisclosureFinder
from caveat.analysis.facts import Analysis
from caveat.analysis.mentions import MentionFinder
from caveat.analysis.pipeline import Pipeline
from caveat.analysis.templates import Norms, Templates, template_problem
from caveat.checks.balance import BalanceCheck
from caveat.checks.base import Check
from caveat.checks.claim import ClaimCheck, claim_templates
from caveat.checks.disclosure import DisclosureCheck, wordings
from caveat.checks.dose import DoseCheck
from caveat.checks.metadata import MetadataCheck
from caveat.checks.phrase import PhraseCheck, phrase_templates
from caveat.checks.reasoning import Reasoner
from caveat.checks.triggers import Page
from caveat.engine.cache import kept, rules_digest
from caveat.packs.hosts import Hosts
from caveat.packs.labels import Labels
from caveat.packs.library import Library, load_library
from caveat.packs.model import Jurisdiction, Kind, Pack, Rule
from caveat.packs.reference import Reference
from caveat.packs.units import UnitTable


@dataclass(frozen=True)
class _Compiled:
    """Everything but the tokenizer, which can not be kept: plain data."""

    packs: tuple[Pack, ...]
    mentions: MentionFinder
    context: ContextFinder
    claims: ClaimFinder
    disclosures: DisclosureFinder
    hosts: Hosts
    units: UnitTable
    reference: Reference
    labels: Labels
    phrases: Templates
    beside_claims: Templates
    wordings: Templates


@dataclass(frozen=True)
class Ruleset:
    """The analyzer, the packs and the rules they hold."""

    analyzer: Analyzer
    rules: Mapping[str, Rule]
    compiled: _Compiled

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs, in the order in which they were loaded."""
        return self.compiled.packs

    def key_warnings(self, analysis: Analysis) -> tuple[str, ...]:
        """The topics of the key warnings that the drug reference asks of the medicine the page is about."""
        return Page(analysis, self.compiled.labels).warnings()

    def checks(self, rules: Sequence[Rule], *, today: date) -> list[Check]:
        """One check per kind for these rules; `today` is what pages are stale by."""
        by_kind: dict[Kind, list[Rule]] = {}
        for rule in rules:
            by_kind.setdefault(rule.kind, []).append(rule)
        return [self._check(kind, of_kind, today) for kind, of_kind in by_kind.items()]

    def _check(self, kind: Kind, rules: Sequence[Rule], today: date) -> Check:
        compiled = self.compiled
        match kind:
            case Kind.PHRASE:
                return PhraseCheck(rules, compiled.phrases)
            case Kind.CLAIM:
                return ClaimCheck(rules, compiled.beside_claims, Reasoner(compiled.labels))
            case Kind.DISCLOSURE:
                return DisclosureCheck(rules, compiled.wordings, compiled.labels)
            case Kind.METADATA:
                return MetadataCheck(rules, compiled.labels, today=today)
            case Kind.BALANCE:
                return BalanceCheck(rules, compiled.labels)
            case Kind.DOSE:
                return DoseCheck(rules, compiled.reference, compiled.units)


def load_ruleset(packs: Sequence[Path] = ()) -> Ruleset:
    """The shipped rules and your own packs, compiled, from what an earlier run has compiled where it can be.

    Building the tokenizer imports spaCy.

    Raises:
        PackError: with every mistake of every file.
    """
    pipeline = Pipeline()

    def build() -> _Compiled:
        return _compile(
            load_library(packs, check_template=partial(template_problem, norms=pipeline.norms)), pipeline.norms
        )

    return _ruleset(kept(rules_digest(packs), build), pipeline)


def _compile(library: Library, norms: Norms) -> _Compiled:
    by_kind: dict[Kind, list[Rule]] = {kind: [] for kind in Kind}
    for pack in library.packs:
        for rule in pack.rules:
            by_kind[rule.kind].append(rule)
    return _Compiled(
        packs=library.packs,
        mentions=MentionFinder(library.lexicon, norms),
        context=ContextFinder(library.cues, norms),
        claims=ClaimFinder(library.predicates, norms),
        disclosures=DisclosureFinder(library.disclosures, norms),
        hosts=library.hosts,
        units=library.units,
        reference=library.reference,
        labels=library.labels,
        phrases=phrase_templates(by_kind[Kind.PHRASE], norms, library.lists),
        beside_claims=claim_templates(by_kind[Kind.CLAIM], norms, library.lists),
        wordings=wordings(by_kind[Kind.DISCLOSURE], norms, library.lists),
    )


def _ruleset(compiled: _Compiled, pipeline: Pipeline) -> Ruleset:
    analyzer = Analyzer(
        pipeline=pipeline,
        mentions=compiled.mentions,
        context=compiled.context,
        claims=compiled.claims,
        disclosures=compiled.disclosures,
        hosts=compiled.hosts,
        units=compiled.units,
        labels=compiled.labels,
    )
    return Ruleset(analyzer, {rule.id: rule for pack in compiled.packs for rule in pack.rules}, compiled)


def in_force(rule: Rule, jurisdictions: Sequence[Jurisdiction]) -> bool:
    """Whether a rule holds in one of the jurisdictions asked."""
    return not rule.jurisdictions or any(j in rule.jurisdictions for j in jurisdictions)
