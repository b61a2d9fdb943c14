"""The `dose` kind: doses that are written dangerously, do not add up, or contradict each other or the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Analysis, DoseRole
from caveat.checks.base import ByProfile, exempt, text_finding
from caveat.checks.dose import (
    arithmetic,
    completeness,
    conflict,
    limits,
    notation,
    own_maximum,
    packages,
    rows,
    schedule,
    servings,
    steps,
    supply,
)
from caveat.checks.dose.setting import Hit, Setting
from caveat.checks.page import Page
from caveat.finding import Finding, Severity
from caveat.packs.model import Circumstance, Rule
from caveat.packs.reference import Reference
from caveat.packs.units import UnitTable
from caveat.packs.when.dose import DoseTest, DoseWhen


def _sums(setting: Setting, when: DoseWhen) -> Iterator[Hit]:
    yield from arithmetic.totals(setting, when)
    yield from supply.supplies(setting)
    yield from packages.package_totals(setting)
    yield from rows.row_totals(setting)
    yield from rows.rows_by_weight(setting)


def _conflicts(setting: Setting, when: DoseWhen) -> Iterator[Hit]:
    yield from conflict.conflicts(setting, when)
    yield from own_maximum.above_own_maximum(setting)
    yield from steps.step_conflicts(setting)
    yield from servings.serving_conflicts(setting)


_TESTS: Final[Mapping[DoseTest, Callable[[Setting, DoseWhen], Iterator[Hit]]]] = {
    DoseTest.TRAILING_ZERO_WHOLE: notation.trailing_zero_whole,
    DoseTest.TRAILING_ZERO_FRACTION: notation.trailing_zero_fraction,
    DoseTest.NAKED_DECIMAL: notation.naked_decimal,
    DoseTest.NO_SPACE: notation.no_space,
    DoseTest.RUN_TOGETHER: notation.run_together,
    DoseTest.UNIT_PERIOD: notation.unit_period,
    DoseTest.THOUSANDS: notation.thousands,
    DoseTest.UNIT_WRITTEN: notation.unit_written,
    DoseTest.FREQUENCY_WRITTEN: notation.frequency_written,
    DoseTest.DRUG_WRITTEN: notation.drug_written,
    DoseTest.SYMBOL_WRITTEN: notation.symbol_written,
    DoseTest.RANGE: notation.range_order,
    DoseTest.PRECISION: notation.precision,
    DoseTest.CONFLICT: _conflicts,
    DoseTest.TOTAL: _sums,
    DoseTest.FACTOR_1000: limits.thousandfold,
    DoseTest.IU: limits.iu_pairs,
    DoseTest.LIMIT: limits.above_limit,
    DoseTest.USUAL: limits.outside_label,
    DoseTest.INCOMPLETE: completeness.incomplete,
    DoseTest.UNITLESS: completeness.unitless,
    DoseTest.WEEKLY: schedule.weekly_as_daily,
    DoseTest.PEDIATRIC: completeness.pediatric,
}


_WRITING: Final = word_set(
    "write writes writing written misread misreads mistaken misunderstood abbreviation abbreviations spelled notation "
    "typo"
)


class DoseCheck:
    """All dose rules. `reference` and `units` are the loaded dose reference and unit table.

    Rules with the same trigger share one look at the document.

    Raises:
        TypeError: if a rule is of another kind.
    """

    def __init__(self, rules: Sequence[Rule], reference: Reference, units: UnitTable) -> None:
        asking: list[tuple[DoseWhen, list[Rule]]] = []
        for rule in rules:
            if not isinstance(rule.when, DoseWhen):
                raise TypeError(rule.id)
            alike = next((owners for when, owners in asking if when == rule.when), None)
            if alike is None:
                asking.append((rule.when, [rule]))
            else:
                alike.append(rule)
        self._rules = [(when, ByProfile(owners)) for when, owners in asking]
        self._reference = reference
        self._units = units

    def run(self, page: Page) -> Iterator[Finding]:
        """The findings of all dose rules in one document; one for each occurrence."""
        analysis = page.analysis
        setting = Setting(analysis, self._reference, self._units)
        for when, owners in self._rules:
            on = owners[analysis.profile]
            for hit in _TESTS[when.test](setting, when) if on else ():
                for rule in on:
                    yield from _finding(rule, when, page, hit)


def _finding(rule: Rule, when: DoseWhen, page: Page, hit: Hit) -> Iterator[Finding]:
    analysis = page.analysis
    around = page.surroundings.circumstances(hit.block, hit.dose.span if hit.dose is not None else hit.span)
    if when.test.notation and Circumstance.QUOTED in around and _of_writing(analysis, hit):
        return
    if hit.dose is not None and hit.dose.role is DoseRole.MAXIMUM:
        around -= {Circumstance.NEGATED, Circumstance.WARNING, Circumstance.CAUTIONS, Circumstance.CONDITIONAL}
    if exempt(rule, around, analysis.profile):
        return
    finding = text_finding(
        rule, analysis, block=hit.block, span=hit.span, cues=hit.cues, circumstances=around, fills=hit.fills,
        related=hit.related, fix=hit.fix,
    )  # fmt: skip
    if hit.source is not None:
        finding = replace(finding, authority=(hit.source.authority,))  # not all that the rule may rest on
    if hit.light:
        finding = replace(finding, severity=Severity.NOTE)
    elif hit.softer and not finding.softened:
        finding = replace(finding, severity=finding.severity.softer())
    yield finding


def _of_writing(analysis: Analysis, hit: Hit) -> bool:
    """Whether the sentence speaks of how the quoted dose is written: "10U" is easily read as 100."""
    sentence = analysis.sentence_of(hit.block, hit.span)
    text = analysis.document.blocks[hit.block].text
    said = sentence.span.of(text).lower() if sentence is not None else ""
    return not _WRITING.isdisjoint({word.strip(".,;:") for word in said.split()}) or "read as" in said
