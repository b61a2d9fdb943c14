"""Which of the findings on one sentence are reported: the order that the packs themselves give."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from caveat.finding import Finding, Related, Scope, joined
from caveat.packs.scope import Jurisdiction
from caveat.result import Rivals, speaking

if TYPE_CHECKING:
    from caveat.analysis.facts import Analysis
    from caveat.packs.model import Pack


_WHOLE = -2  # in place of a sentence: the page as a whole


class SentenceIndex:
    """Finds the sentence in which a place of the source lies."""

    def __init__(self, analysis: Analysis) -> None:
        blocks = analysis.document.blocks
        places = sorted([(blocks[s.block].place(s.span.start), s.index) for s in analysis.sentences])
        self._starts = [start for start, _ in places]
        self._indices = [index for _, index in places]

    def at(self, offset: int) -> int:
        """The index of the last sentence that starts at or before `offset`; -1 before the first."""
        place = bisect_right(self._starts, offset) - 1
        return self._indices[place] if place >= 0 else -1


class Precedence:
    """The lists of all packs as one order of rules."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._places = {rule.id: rule.jurisdictions for pack in packs for rule in pack.rules if rule.jurisdictions}
        self._chains = [chain for pack in packs for chain in pack.orders]
        self._naming: dict[str, set[int]] = {}  # the lists that name a rule; first named, first here
        for number, chain in enumerate(self._chains):
            for rule in chain:
                self._naming.setdefault(rule, set()).add(number)
        self._mixed = frozenset(
            number for number, chain in enumerate(self._chains) if any(rule in self._places for rule in chain)
        )
        self._rank = {rule: at for at, rule in enumerate(self._naming)}

    def apply(
        self,
        findings: Iterable[Finding],
        sentences: SentenceIndex,
        *,
        asked: Collection[Jurisdiction] = (),
        countries: bool = True,
    ) -> tuple[tuple[Finding, ...], tuple[Rivals, ...]]:
        """The findings without those that yield to another one on the same sentence, in reading order; and the rivals.

        Findings on the page as a whole yield to one another as if it were one sentence.

        A rule yields to one that stands before it in a list and is itself reported: what has yielded silences
        nothing. A list in which a rule of some country fires has the gravest before the others. Where several
        countries are asked, what is reported names those whose rules yield to it, with their authorities. Words that
        only what yields to it would mark are a related place of it. Without `countries` such lists are left aside, so
        that no country's rules yield to another's.
        """
        grouped: dict[int, list[Finding]] = {}
        kept: list[Finding] = []
        rivals: list[Rivals] = []
        for finding in findings:
            whole = finding.scope is Scope.DOCUMENT
            grouped.setdefault(_WHOLE if whole else sentences.at(finding.span.start), []).append(finding)
        for group in grouped.values():
            weights = {f.rule: f.severity.rank for f in group}
            before = self._before(weights, countries=countries) if len(weights) > 1 else {}
            if not before:
                kept.extend(group)
                continue
            reported = speaking(before)
            hidden = [f for f in group if f.rule in before and f.rule not in reported]
            silent = [f for f in hidden if f.rule in self._places]
            speak = [self._with_countries(f, silent, before, asked) for f in group if f not in hidden]
            if hidden:
                speak = _with_folded(speak, Rivals(tuple(hidden), before))
                rivals.append(Rivals((*(f for f in speak if f.rule in before), *hidden), before))
            kept.extend(speak)
        return tuple(sorted(kept, key=lambda f: f.order)), tuple(rivals)

    def _with_countries(
        self,
        finding: Finding,
        silent: Sequence[Finding],
        before: Mapping[str, Collection[str]],
        asked: Collection[Jurisdiction],
    ) -> Finding:
        """A finding that names the countries asked whose own rules say the same and yield to it, with their sources."""
        if len(asked) < 2 or finding.rule not in before:
            return finding
        same = [f for f in silent if finding.rule in before[f.rule]]
        told = self._places.get(finding.rule, ())
        places = sorted({p for f in same for p in self._places[f.rule] if p in asked and p not in told})
        if not places:
            return finding
        listed = joined([place.upper() for place in places])
        return replace(
            finding,
            message=f"{finding.message} (also against the rules of {listed})",
            authority=tuple(dict.fromkeys(a for f in (finding, *same) for a in f.authority)),
        )

    def _before(self, weights: Mapping[str, int], *, countries: bool) -> dict[str, frozenset[str]]:
        """Those of some rules that stand in a list with another of them, each with those before it.

        `weights` says how grave each is. They are in the order in which the lists first name them, whichever of them
        there are.
        """
        before: dict[str, frozenset[str]] = {}
        met: set[int] = set()
        shared: set[int] = set()
        for naming in map(self._naming.get, weights):
            if naming is not None:
                shared |= met & naming
                met |= naming
        for number in sorted(shared):
            there = [rule for rule in self._chains[number] if rule in weights]
            if number in self._mixed and not countries:
                continue
            if any(rule in self._places for rule in there):
                there.sort(key=lambda rule: -weights[rule])
            for at, rule in enumerate(there):
                before[rule] = before.get(rule, frozenset()).union(there[:at])
        return {rule: before[rule] for rule in sorted(before, key=self._rank.__getitem__)}


def _with_folded(reported: Sequence[Finding], hidden: Rivals) -> list[Finding]:
    """Findings on one sentence that name what yields to them for words which none of them marks, one for a place."""
    told = [finding.span for finding in reported]
    folded: dict[str, list[Related]] = {}
    order = {rule: at for at, rule in enumerate(hidden.before)}
    for finding, speaker in sorted(hidden.behind, key=lambda one: order[one[0].rule]):
        if not any(span.overlaps(finding.span) for span in told):
            told.append(finding.span)
            also = Related(f"also {finding.rule}", finding.span, finding.text, finding.rule)
            folded.setdefault(speaker, []).append(also)
    return [replace(f, related=(*f.related, *folded.pop(f.rule, ()))) for f in reported]
