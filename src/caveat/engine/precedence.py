"""Which of the findings on one sentence are reported: the order that the packs themselves give."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

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


def apply_precedence(findings: Iterable[Finding], packs: Sequence[Pack], sentences: SentenceIndex) -> list[Finding]:
    """The findings without those that yield to another one on the same sentence."""
    ranks = [
        {name if "/" in name else f"{pack.name}/{name}": rank for rank, name in enumerate(chain)}
        for pack in packs
        for chain in pack.precedence
    ]
    grouped: dict[int, list[Finding]] = {}
    kept: list[Finding] = []
    for finding in findings:
        if finding.scope is Scope.DOCUMENT:
            kept.append(finding)
        else:
            grouped.setdefault(sentences.at(finding.span.start), []).append(finding)
    for group in grouped.values():
        dropped: set[str] = set()
        present = {f.rule for f in group}
        for chain in ranks:
            fired = sorted((rule for rule in present if rule in chain), key=chain.__getitem__)
            dropped.update(fired[1:])
        kept.extend(f for f in group if f.rule not in dropped)
    return sorted(kept, key=lambda f: f.order)
