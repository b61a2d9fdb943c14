"""Which of the findings on one sentence are reported: the order that the packs themselves give."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence

from caveat.analysis.facts import Analysis
from caveat.finding import Finding, Scope
from caveat.packs.model import Pack


class SentenceIndex:
    """Finds the sentence in which a place of the source lies."""

    def __init__(self, analysis: Analysis) -> None:
        blocks = analysis.document.blocks
        places = sorted((blocks[s.block].to_source(s.span).start, s.index) for s in analysis.sentences)
        self._starts = [start for start, _ in places]
        self._indices = [index for _, index in places]

    def at(self, offset: int) -> int:
        """The index of the last sentence that starts at or before `offset`; -1 before the first."""
        place = bisect_right(self._starts, offset) - 1
        return self._indices[place] if place >= 0 else -1


class Precedence:
    """The lists of all packs as one order of rules."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._chains = [
            [name if "/" in name else f"{pack.name}/{name}" for name in chain]
            for pack in packs
            for chain in pack.precedence
        ]

    def apply(self, findings: Iterable[Finding], sentences: SentenceIndex) -> list[Finding]:
        """The findings without those that yield to another one on the same sentence, in reading order."""
        grouped: dict[int, list[Finding]] = {}
        kept: list[Finding] = []
        for finding in findings:
            if finding.scope is Scope.DOCUMENT:
                kept.append(finding)
            else:
                grouped.setdefault(sentences.at(finding.span.start), []).append(finding)
        for group in grouped.values():
            reported = self.reported({f.rule for f in group})
            kept.extend(f for f in group if f.rule in reported)
        return sorted(kept, key=lambda f: f.order)

    def reported(self, rules: Collection[str]) -> frozenset[str]:
        """Those of some rules on one sentence that no other one silences.

        A rule is silenced by one that stands before it in a list and is itself reported: what has yielded
        silences nothing. Rules whose lists contradict each other silence each other in the order of the lists.
        """
        chains = [[rule for rule in chain if rule in rules] for chain in self._chains]
        before: dict[str, set[str]] = {rule: set() for chain in chains for rule in chain}
        for chain in chains:
            for at, rule in enumerate(chain):
                before[rule].update(chain[:at])
        silent: set[str] = set()
        while before:
            free = [rule for rule, others in before.items() if not others]
            speaks = free[0] if free else next(iter(before))
            del before[speaks]
            yielding = {rule for chain in chains if speaks in chain for rule in chain[chain.index(speaks) + 1 :]}
            silent |= yielding & before.keys()
            before = {rule: others - yielding - {speaks} for rule, others in before.items() if rule not in yielding}
        return frozenset(rules) - silent
