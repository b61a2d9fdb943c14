"""Which authorities a report names: those of the jurisdictions that were asked for, and those of none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from caveat.config import DEFAULT_ORIGIN, Settings
from caveat.finding import Authority, Finding
from caveat.packs.scope import Jurisdiction
from caveat.result import FileReport, RuleInfo

_COUNTRIES = frozenset(jurisdiction.value for jurisdiction in Jurisdiction)


def cited(authorities: Sequence[Authority], settings: Settings) -> tuple[Authority, ...]:
    """The authorities without the law of countries that nobody asked for.

    All of them where no jurisdiction was asked for, and where no other is left: a rule without its source says
    less than one whose source says that it is another country's.
    """
    if settings.origins["jurisdictions"] == (DEFAULT_ORIGIN,):
        return tuple(authorities)
    foreign = _COUNTRIES - {jurisdiction.value for jurisdiction in settings.jurisdictions}
    return tuple(a for a in authorities if a.jurisdiction not in foreign) or tuple(authorities)


def citing(findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    """The findings with the authorities that the report may name."""
    known: dict[tuple[Authority, ...], tuple[Authority, ...]] = {}
    told: list[Finding] = []
    for finding in findings:
        if finding.authority not in known:
            known[finding.authority] = cited(finding.authority, settings)
        named = known[finding.authority]
        told.append(finding if named == finding.authority else replace(finding, authority=named))
    return told


def as_cited(infos: Mapping[str, RuleInfo], report: FileReport) -> dict[str, RuleInfo]:
    """The rules that a report names, each with those of its authorities that the report's findings name."""
    named: dict[str, set[Authority]] = {}
    for finding in (*report.findings, *(known.finding for known in report.suppressed)):
        named.setdefault(finding.rule, set()).update(finding.authority)
    told: dict[str, RuleInfo] = {}
    for rule in filter(named.__contains__, infos):
        info = infos[rule]
        authority = tuple(a for a in info.authority if a in named[rule])
        told[rule] = info if authority == info.authority else replace(info, authority=authority)
    return told


def merged(infos: Iterable[RuleInfo]) -> dict[str, RuleInfo]:
    """By id what several reports say of their rules: files may ask for different jurisdictions."""
    told: dict[str, RuleInfo] = {}
    for info in infos:
        before = told.get(info.id)
        told[info.id] = (
            info
            if before is None
            else replace(before, authority=tuple(dict.fromkeys((*before.authority, *info.authority))))
        )
    return told
