"""The dose check over a string, with all or some of the shipped dosing rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from reading import ROOT, analyse, units

from caveat.analysis.templates import Templates
from caveat.checks.dose import DoseCheck
from caveat.checks.page import Page
from caveat.engine.linter import Linter
from caveat.finding import Finding
from caveat.packs.labels import Labels
from caveat.packs.library import load_language
from caveat.packs.load import load_packs
from caveat.packs.model import Kind, Rule
from caveat.packs.reference import Reference
from caveat.packs.referencefile import load_reference
from caveat.packs.scope import Profile

CONSISTENCY = (
    "range-reversed-or-mixed",
    "same-context-conflict",
    "total-mismatch",
    "unit-factor-1000",
    "iu-conversion",
    "exceeds-limit",
    "reference-mismatch",
    "weekly-as-daily",
    "pediatric-weight",
)


@cache
def reference() -> Reference:
    return load_reference(ROOT / "rules" / "reference", units())


def unread(names: Collection[str]) -> Reference:
    """The reference as it would be, had nobody read the sources of these substances."""
    known = reference()
    substances = {
        name: replace(s, bands=tuple(replace(b, source=replace(b.source, verified=False)) for b in s.bands))
        if s.id in names
        else s
        for name, s in known.substances.items()
    }
    return Reference.of(substances, known.units)


@cache
def _labels() -> Labels:
    return load_language().labels


@cache
def rules() -> tuple[Rule, ...]:
    (pack,) = load_packs([ROOT / "rules" / "packs" / "dosing.yaml"])
    return tuple(rule for rule in pack.rules if rule.kind is Kind.DOSE)


@cache
def _check(slugs: tuple[str, ...], unread_of: tuple[str, ...]) -> DoseCheck:
    chosen = [r for r in rules() if not slugs or r.id.removeprefix("dosing/") in slugs]
    return DoseCheck(chosen, unread(unread_of) if unread_of else reference(), units())


def findings(
    text: str, slugs: Sequence[str] = (), path: str = "page.md", *, unread_of: Sequence[str] = ()
) -> list[Finding]:
    """The findings of the named dosing rules (of all, if none is named), in order of place."""
    page = Page(analyse(text, path), _labels(), Templates())
    return sorted(_check(tuple(slugs), tuple(unread_of)).run(page), key=lambda f: f.order)


def fired(text: str, slugs: Sequence[str] = ()) -> list[str]:
    """The slugs of the findings, in order of place."""
    return [f.rule.removeprefix("dosing/") for f in findings(text, slugs)]


@cache
def _linter() -> Linter:
    return Linter.load(profile=Profile.ARTICLE, select=["dosing"])


def reported(text: str) -> list[Finding]:
    """What the linter reports of the figures in a text: the findings of CONSISTENCY after exemptions and precedence."""
    (file,) = _linter().check_text(text).files
    return [f for f in file.findings if f.rule.removeprefix("dosing/") in CONSISTENCY]
