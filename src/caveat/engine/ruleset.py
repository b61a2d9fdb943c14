"""Packs, lexicon and data compiled into what one run needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caveat.analysis.analyzer import Analyzer
from caveat.analysis.claims import ClaimFinder
from caveat.analysis.context import ContextFinder
from caveat.analysis.disclosures import DisclosureFinder
from caveat.analysis.mentions import MentionFinder
from caveat.analysis.pipeline import Pipeline
from caveat.analysis.templates import Norms
from caveat.checks.balance import BalanceCheck
from caveat.checks.base import Check
from caveat.checks.claim import ClaimCheck
from caveat.checks.disclosure import DisclosureCheck
from caveat.checks.dose import DoseCheck
from caveat.checks.metadata import MetadataCheck
from caveat.checks.phrase import PhraseCheck
from caveat.checks.reasoning import Reasoner
from caveat.engine.cache import digest, kept
from caveat.packs.library import Library, load_library, rule_files
from caveat.packs.model import Jurisdiction, Kind, Pack, Rule


@dataclass(frozen=True)
class Ruleset:
    """The analyzer, the packs and the rules they hold."""

    analyzer: Analyzer
    packs: tuple[Pack, ...]
    rules: Mapping[str, Rule]
    library: Library
    pipeline: Pipeline

    def checks(self, rules: Sequence[Rule], *, today: date) -> list[Check]:
        """One check per kind, compiled for these rules; `today` is what pages are stale by."""
        by_kind: dict[Kind, list[Rule]] = {}
        for rule in rules:
            by_kind.setdefault(rule.kind, []).append(rule)
        return [self._check(kind, of_kind, today) for kind, of_kind in by_kind.items()]

    def _check(self, kind: Kind, rules: Sequence[Rule], today: date) -> Check:
        library, norms = self.library, self.pipeline.norms
        lists, labels = library.lists, library.labels
        match kind:
            case Kind.PHRASE:
                return PhraseCheck(rules, norms, lists)
            case Kind.CLAIM:
                return ClaimCheck(rules, norms, lists, Reasoner(labels))
            case Kind.DISCLOSURE:
                return DisclosureCheck(rules, norms, lists, labels)
            case Kind.METADATA:
                return MetadataCheck(rules, labels, today=today)
            case Kind.BALANCE:
                return BalanceCheck(rules, labels)
            case Kind.DOSE:
                return DoseCheck(rules, library.reference, library.units)


@dataclass(frozen=True)
class _Compiled:
    """Everything but the tokenizer, which can not be kept: plain data."""

    library: Library
    mentions: MentionFinder
    context: ContextFinder
    claims: ClaimFinder
    disclosures: DisclosureFinder


def rules_digest(packs: Sequence[Path] = ()) -> str:
    """A name for what the shipped rules and these packs compile to, as their files stand now."""
    return digest([*rule_files(), *packs])


def load_ruleset(packs: Sequence[Path] = ()) -> Ruleset:
    """The shipped rules and your own packs, compiled, from what an earlier run has compiled where it can be.

    Building the tokenizer imports spaCy.

    Raises:
        PackError: with every mistake of every file.
    """
    pipeline = Pipeline()

    def build() -> _Compiled:
        return _compile(load_library(packs), pipeline.norms)

    return _ruleset(kept(rules_digest(packs), build), pipeline)


def _compile(library: Library, norms: Norms) -> _Compiled:
    return _Compiled(
        library,
        MentionFinder(library.lexicon, norms),
        ContextFinder(library.cues, norms),
        ClaimFinder(library.predicates, norms),
        DisclosureFinder(library.disclosures, norms),
    )


def _ruleset(compiled: _Compiled, pipeline: Pipeline) -> Ruleset:
    library = compiled.library
    analyzer = Analyzer(
        pipeline=pipeline,
        mentions=compiled.mentions,
        context=compiled.context,
        claims=compiled.claims,
        disclosures=compiled.disclosures,
        hosts=library.hosts,
        units=library.units,
        labels=library.labels,
    )
    rules = {rule.id: rule for pack in library.packs for rule in pack.rules}
    return Ruleset(analyzer, library.packs, rules, library, pipeline)


def in_force(rule: Rule, jurisdictions: Sequence[Jurisdiction]) -> bool:
    """Whether a rule holds in one of the jurisdictions asked."""
    return not rule.jurisdictions or any(j in rule.jurisdictions for j in jurisdictions)
