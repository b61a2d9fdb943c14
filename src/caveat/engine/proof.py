"""The examples that rules carry, run: a rule proves itself or the pack is refused."""

from __future__ import annotations

from collections.abc import Iterator

from caveat.config import Layer
from caveat.engine.linter import Linter
from caveat.packs.model import Example, Rule
from caveat.packs.scope import Jurisdiction, Profile
from caveat.readers import read_text
from caveat.result import FileReport
from caveat.values import dataclass

_MEND = 'add an example that it alone marks, change "precedence", or name them under "spoken-for-by" if that is meant'


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that a rule got wrong: `wanted` says whether it should have been marked."""

    rule: str
    text: str
    wanted: bool
    fired: tuple[str, ...]

    def __str__(self) -> str:
        if self.wanted:
            beside = f" (marked by {', '.join(self.fired)})" if self.fired else ""
            return f"{self.rule}: not marked{beside}: {self.text}"
        return f"{self.rule}: wrongly marked: {self.text}"


@dataclass(frozen=True, slots=True)
class Unheard:
    """A rule none of whose bad examples is reported under its name when all rules are asked; `by` are those that are.

    Or one of which its pack says so and it is not: `by` is empty.
    """

    rule: str
    by: tuple[str, ...]

    def __str__(self) -> str:
        if not self.by:
            return f'{self.rule}: it is reported under its own name, and needs no "spoken-for-by"'
        speakers = ", ".join(self.by)
        return f"{self.rule}: never reported when all rules are asked: {speakers} before it on every example ({_MEND})"


def prove(linter: Linter, *, rules: str = "") -> tuple[int, list[Failure | Unheard]]:
    """Run the examples of all rules whose id starts with `rules`; how many ran, and what is wrong.

    Each rule is asked alone, and then, of its bad examples, among all rules that hold for them.
    """
    ran = 0
    wrong: list[Failure | Unheard] = []
    for rule in linter.ruleset.rules.values():
        if not rule.id.startswith(rules):
            continue
        sound = True
        for example, wanted in [(e, True) for e in rule.examples.bad] + [(e, False) for e in rule.examples.good]:
            ran += 1
            fired = tuple(dict.fromkeys(f.rule for f in _report(linter, rule, example, alone=True).findings))
            if (rule.id in fired) != wanted:
                sound = sound and not wanted
                wrong.append(Failure(rule.id, " ".join(example.text.split()), wanted, fired))
        if sound:
            wrong.extend(_unheard(linter, rule))
    return ran, wrong


def _unheard(linter: Linter, rule: Rule) -> Iterator[Unheard]:
    """What is wrong with whether a rule is heard among the others."""
    by: dict[str, None] = {}
    for example in rule.examples.bad:
        report = _report(linter, rule, example, alone=False)
        reported = {finding.rule for finding in report.findings}
        if rule.id in reported:
            if rule.spoken_for_by:
                yield Unheard(rule.id, ())
            return
        for rivals in report.rivals:
            by.update(dict.fromkeys(sorted(reported & rivals.before.get(rule.id, frozenset()))))
    others = tuple(name for name in by if name not in rule.spoken_for_by)
    if others:
        yield Unheard(rule.id, others)


def _report(linter: Linter, rule: Rule, example: Example, *, alone: bool) -> FileReport:
    """The report on an example where its rule holds: by that rule alone, or by all rules."""
    jurisdiction = example.jurisdiction or (rule.jurisdictions[0] if rule.jurisdictions else Jurisdiction.US)
    layer = Layer(
        profile=example.profile or (rule.profiles[0] if rule.profiles else Profile.ARTICLE),
        jurisdictions=(jurisdiction,),
        select=(rule.id,) if alone else None,
    )
    return linter.check_document(read_text(example.text, path=f"example.{example.format}"), layer=layer)
