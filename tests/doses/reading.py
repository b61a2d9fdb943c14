"""Documents read from strings as the linter reads them, for tests of the dose room."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from caveat.analysis.facts import Analysis, Dose
from caveat.engine.linter import Linter
from caveat.packs.scope import Profile
from caveat.packs.units import UnitTable, load_units
from caveat.readers import read_text

ROOT = Path(__file__).parents[2]
_MARK = re.compile(r"\[\[(.+?)\]\]")


@cache
def units() -> UnitTable:
    return load_units(ROOT / "rules" / "units.yaml")


@cache
def _linter() -> Linter:
    return Linter.load(profile=Profile.ARTICLE)


def analyse(text: str, path: str = "page.md") -> Analysis:
    """The facts of `text`, read as an article."""
    return _linter().analyze(read_text(text, path=path))


def doses(text: str, path: str = "page.md") -> tuple[Dose, ...]:
    """The doses of `text`."""
    return analyse(text, path).doses


def only(text: str) -> Dose:
    """The one dose of a text in which it is marked; the mark and the dose's span must agree."""
    wanted = [" ".join(w.split()) for w in _MARK.findall(text)]
    found = doses(_MARK.sub(r"\1", text))
    assert [d.text for d in found] == wanted
    return found[0]
