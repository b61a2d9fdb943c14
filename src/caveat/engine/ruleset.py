"""Packs, lexicon and data compiled into what one run needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from caveat.analysis.analyzer import Analyzer
from caveat.analysis.claims import ClaimFinder
from caveat.analysis.context import ContextFinder
from caveat.analysis.disclosures import DisclosureFinder
from caveat.analysis.facts import Analysis
from caveat.analysis.mentions import MentionFinder
from caveat.analysis.pipeline import Pipeline
from caveat.analysis.template_language import TemplateError, TemplateReader
from caveat.analysis.templates import Templates, template_problem
from caveat.analysis.vocabulary import Vocabulary
from caveat.checks.balance import BalanceCheck
from caveat.checks.base import Check
from caveat.checks.claim import ClaimCheck, claim_templates
from caveat.checks.disclosure import DisclosureCheck, wordings
from caveat.checks.dose import DoseCheck
from caveat.checks.metadata import MetadataCheck
from caveat.checks.page import Page
from caveat.checks.phrase import PhraseCheck, phrase_templates
from caveat.checks.reasoning import Reasoner
from caveat.engine.cache import Compiled, kept, language_digest, rules_digest
from caveat.packs.doses import DoseWords
from caveat.packs.errors import PackError
from caveat.packs.hosts import Hosts
from caveat.packs.labels import Labels
from caveat.packs.model import Kind, Pack, Rule
from caveat.packs.reference import Reference
from caveat.packs.register import Register
from caveat.packs.rulefile import Known
from caveat.packs.scope import Jurisdiction
from caveat.packs.units import UnitTable
from caveat.values import dataclass

if TYPE_CHECKING:
    from caveat.packs.library import Language


@dataclass(frozen=True)
class _Finders:
    """What finds facts, but the tokenizer, which can not be kept, and what rules are checked against: plain data."""

    mentions: MentionFinder
    context: ContextFinder
    claims: ClaimFinder
    disclosures: DisclosureFinder
    hosts: Hosts
    units: UnitTable
    doses: DoseWords
    reference: Reference
    labels: Labels
    register: Register
    lists: Mapping[str, tuple[str, ...]]
    known: Known


@dataclass(frozen=True)
class _Packs:
    """The packs with the templates of their rules."""

    packs: tuple[Pack, ...]
    phrases: Templates
    beside_claims: Templates
    wordings: Templates


@dataclass(frozen=True)
class Ruleset:
    """The analyzer, the packs and the rules they hold."""

    analyzer: Analyzer
    rules: Mapping[str, Rule]
    finders: _Finders
    compiled: _Packs

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs, in the order in which they were loaded."""
        return self.compiled.packs

    def page(self, analysis: Analysis) -> Page:
        """A document's facts as the checks see them."""
        return Page(analysis, self.finders.labels, self.compiled.wordings)

    def checks(
        self,
        rules: Sequence[Rule],
        *,
        today: date,
        jurisdictions: Sequence[Jurisdiction],
        provided: frozenset[str] = frozenset(),
    ) -> list[Check]:
        """One check per kind for these rules; pages are stale by `today`, and the law asked is of `jurisdictions`.

        `provided` are the kinds of disclosure that the site's template adds to each page.
        """
        by_kind: dict[Kind, list[Rule]] = {}
        for rule in rules:
            by_kind.setdefault(rule.kind, []).append(rule)
        return [self._check(kind, of_kind, today, jurisdictions, provided) for kind, of_kind in by_kind.items()]

    def _check(
        self,
        kind: Kind,
        rules: Sequence[Rule],
        today: date,
        jurisdictions: Sequence[Jurisdiction],
        provided: frozenset[str],
    ) -> Check:
        compiled, finders = self.compiled, self.finders
        match kind:
            case Kind.PHRASE:
                return PhraseCheck(rules, compiled.phrases)
            case Kind.CLAIM:
                return ClaimCheck(rules, compiled.beside_claims, Reasoner(finders.labels, finders.register))
            case Kind.DISCLOSURE:
                return DisclosureCheck(rules, provided)
            case Kind.METADATA:
                return MetadataCheck(rules, today=today)
            case Kind.BALANCE:
                return BalanceCheck(rules)
            case Kind.DOSE:
                return DoseCheck(rules, finders.reference.under(jurisdictions), finders.units)


def load_ruleset(packs: Sequence[Path] = (), vocabulary: Vocabulary | None = None) -> Ruleset:
    """The shipped rules and your own packs, compiled, from what an earlier run has compiled where it can be.

    What finds facts is kept apart from the packs, so that a pack that has changed costs little. Compiling asks the
    vocabulary; without one, spaCy is asked.

    Raises:
        PackError: with every mistake of every file.
    """
    pipeline = Pipeline(vocabulary)
    norms = cache(pipeline.norms)  # the same words stand in many templates

    def read_language() -> _Finders:
        from caveat.packs.library import language_mistake, load_language  # noqa: PLC0415 - not where both were kept

        try:  # the vocabulary is not to keep the many words that only another version will ask for again
            return _finders(load_language(), Pipeline())
        except TemplateError as error:
            raise PackError([language_mistake(error.template, str(error))]) from error

    finders = kept(language_digest(), read_language, kind=Compiled.LANGUAGE)

    def build() -> _Packs:
        from caveat.packs.library import load_rules  # noqa: PLC0415 - as above

        reader = TemplateReader(norms, finders.lists)
        template = partial(template_problem, reader=reader)
        return _packs(load_rules(packs, known=replace(finders.known, template=template)), reader)

    compiled = kept(rules_digest(packs), build, kind=Compiled.RULES)
    analyzer = Analyzer(
        pipeline=pipeline,
        mentions=finders.mentions,
        context=finders.context,
        claims=finders.claims,
        disclosures=finders.disclosures,
        hosts=finders.hosts,
        units=finders.units,
        doses=finders.doses,
        labels=finders.labels,
    )
    return Ruleset(analyzer, {rule.id: rule for pack in compiled.packs for rule in pack.rules}, finders, compiled)


def _finders(language: Language, pipeline: Pipeline) -> _Finders:
    norms = cache(pipeline.norms)
    return _Finders(
        mentions=MentionFinder(language.lexicon, pipeline.norms_of),
        context=ContextFinder(language.cues, norms),
        claims=ClaimFinder(language.predicates, norms),
        disclosures=DisclosureFinder(language.disclosures, norms),
        hosts=language.hosts,
        units=language.units,
        doses=language.doses,
        reference=language.reference,
        labels=language.labels,
        register=language.register,
        lists=language.lists,
        known=language.known,
    )


def _packs(packs: tuple[Pack, ...], reader: TemplateReader) -> _Packs:
    by_kind: dict[Kind, list[Rule]] = {kind: [] for kind in Kind}
    for pack in packs:
        for rule in pack.rules:
            by_kind[rule.kind].append(rule)
    return _Packs(
        packs=packs,
        phrases=phrase_templates(by_kind[Kind.PHRASE], reader),
        beside_claims=claim_templates(by_kind[Kind.CLAIM], reader),
        wordings=wordings(by_kind[Kind.DISCLOSURE], reader),
    )


def in_force(rule: Rule, jurisdictions: Sequence[Jurisdiction]) -> bool:
    """Whether a rule holds in one of the jurisdictions asked."""
    return not rule.jurisdictions or any(j in rule.jurisdictions for j in jurisdictions)
