"""The examples that rules carry, run: a rule proves itself or the pack is refused."""

from __future__ import annotations

from caveat.config import Layer
from caveat.engine.linter import Linter
from caveat.packs.model import Example, Rule
from caveat.packs.scope import Jurisdiction, Profile
from caveat.readers import read_text
from caveat.values import dataclass


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


def prove(linter: Linter, *, rules: str = "") -> tuple[int, list[Failure]]:
    """Run the examples of all rules whose id starts with `rules`, each rule alone; the count and the failures."""
    ran = 0
    failures: list[Failure] = []
    for rule in linter.ruleset.rules.values():
        if not rule.id.startswith(rules):
            continue
        for example, wanted in [(e, True) for e in rule.examples.bad] + [(e, False) for e in rule.examples.good]:
            ran += 1
            fired = _fired(linter, rule, example)
            if (rule.id in fired) != wanted:
                failures.append(Failure(rule.id, " ".join(example.text.split()), wanted, fired))
    return ran, failures


def _fired(linter: Linter, rule: Rule, example: Example) -> tuple[str, ...]:
    jurisdiction = example.jurisdiction or (rule.jurisdictions[0] if rule.jurisdictions else Jurisdiction.US)
    layer = Layer(
        profile=example.profile or (rule.profiles[0] if rule.profiles else Profile.ARTICLE),
        jurisdictions=(jurisdiction,),
        select=(rule.id,),
    )
    document = read_text(example.text, path=f"example.{example.format}")
    return tuple(dict.fromkeys(f.rule for f in linter.check_document(document, layer=layer).findings))
