"""The `balance` kind: benefit against risk, counted by sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caveat.analysis.facts import Analysis
from caveat.checks.base import ByProfile, document_finding
from caveat.checks.page import Page, triggered
from caveat.checks.places import Place
from caveat.finding import Finding
from caveat.packs.model import Rule
from caveat.packs.when import BalanceWhen


class BalanceCheck:
    """All balance rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = ByProfile(rules)

    def run(self, page: Page) -> Iterator[Finding]:
        """At most one finding a rule, about the document as a whole."""
        analysis = page.analysis
        benefits, risks = page.sides
        for rule in self._rules[analysis.profile]:
            when = rule.when
            if not isinstance(when, BalanceWhen):
                raise TypeError(rule.id)
            if page.words < when.words or len(benefits) < when.benefits or triggered(page, any_of=when.any) is None:
                continue
            if len(benefits) > when.ratio * len(risks) or (when.risk_last and _last(analysis, risks)):
                fills = {"benefits": str(len(benefits)), "risks": str(len(risks)), "ratio": str(when.ratio)}
                places = [_place(analysis, sentence) for sentence in benefits[:3]]
                yield document_finding(rule, analysis, places=places, note="a benefit", fills=fills)


def _last(analysis: Analysis, risks: Sequence[int]) -> bool:
    """Whether every sentence of risk stands in the last quarter of the page."""
    return bool(risks) and risks[0] >= 3 * len(analysis.sentences) // 4


def _place(analysis: Analysis, sentence: int) -> Place:
    there = analysis.sentences[sentence]
    return Place(there.block, there.span, there.span.of(analysis.document.blocks[there.block].text))
