"""Everything that a run reads as data, loaded together: packs, lexicon, cues, predicates, units, reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from caveat.packs.cues import CueData, load_cues
from caveat.packs.datafile import load_file
from caveat.packs.disclosures import DisclosureData, load_disclosures
from caveat.packs.errors import Mistake, PackError
from caveat.packs.files import builtin_packs, rules_dir
from caveat.packs.hosts import Hosts
from caveat.packs.labels import Labels
from caveat.packs.lexicon import Lexicon, load_lexicon
from caveat.packs.load import load_packs
from caveat.packs.model import Pack
from caveat.packs.phrases import PhraseLists
from caveat.packs.predicates import Predicates
from caveat.packs.reference import Reference
from caveat.packs.referencefile import Named, load_reference
from caveat.packs.rulefile import Known
from caveat.packs.units import UnitTable, load_units
from caveat.packs.when.disclosure import DisclosureKind

_T = TypeVar("_T")


class TemplateCheck(Protocol):
    """Says what is wrong with a phrase template; None if nothing is."""

    def __call__(self, template: str, *, lists: Mapping[str, Sequence[str]]) -> str | None:
        """`lists` are the named lists that the template may use."""


@dataclass(frozen=True)
class Library:
    """The loaded data. `lists` are the named phrase lists that every pack may use."""

    packs: tuple[Pack, ...]
    lexicon: Lexicon
    cues: CueData
    predicates: Predicates
    hosts: Hosts
    lists: Mapping[str, tuple[str, ...]]
    disclosures: DisclosureData
    units: UnitTable
    labels: Labels
    reference: Reference


def load_rules(packs: Sequence[Path] = (), *, known: Known | None = None) -> tuple[Pack, ...]:
    """The shipped packs and your own, without the rest of the library.

    Args:
        packs: pack files of your own, or folders of them.
        known: what the names and templates in rules are checked against; without it they are taken on trust.

    Raises:
        PackError: with every mistake of every file.
    """
    return load_packs(packs, builtin=builtin_packs(), known=known)


def load_library(packs: Sequence[Path] = (), *, check_template: TemplateCheck | None = None) -> Library:
    """The shipped data and your own packs on top.

    Args:
        packs: pack files of your own, or folders of them.
        check_template: says what is wrong with a phrase template, given the named lists; None if nothing is.

    Raises:
        PackError: with every mistake of every file.
    """
    rules = rules_dir()
    mistakes: list[Mistake] = []

    def gather(load: Callable[[], _T]) -> _T | None:
        try:
            return load()
        except PackError as error:
            mistakes.extend(error.mistakes)
            return None

    lexicon_dir = rules / "lexicon"
    lexicon = gather(lambda: load_lexicon([lexicon_dir]))
    cues = gather(lambda: load_cues(lexicon_dir / "cues.yaml"))
    predicates = gather(lambda: load_file(lexicon_dir / "predicates.yaml", Predicates))
    hosts = gather(lambda: load_file(lexicon_dir / "hosts.yaml", Hosts))
    lists = gather(lambda: load_file(lexicon_dir / "phrases.yaml", PhraseLists))
    disclosures = gather(lambda: load_disclosures(rules / "disclosures"))
    units = gather(lambda: load_units(rules / "units.yaml"))
    named = _named(lexicon, disclosures)
    reference = gather(lambda: load_reference(rules / "reference", units, named)) if units is not None else None
    known = _known(lexicon, predicates, lists, disclosures, check_template)
    loaded = gather(lambda: load_rules(packs, known=known))
    if (
        loaded is None or lexicon is None or cues is None or predicates is None
        or hosts is None or lists is None or disclosures is None or units is None or reference is None
    ):  # fmt: skip
        raise PackError(mistakes)
    return Library(
        packs=loaded,
        lexicon=lexicon,
        cues=cues,
        predicates=predicates,
        hosts=hosts,
        lists=lists.lists,
        disclosures=disclosures,
        units=units,
        labels=Labels(reference, lexicon),
        reference=reference,
    )


def _named(lexicon: Lexicon | None, disclosures: DisclosureData | None) -> Named | None:
    """What the drug reference is checked against, where it could be loaded."""
    if lexicon is None or disclosures is None:
        return None
    return Named(frozenset(entry.id for entry in lexicon.entries), disclosures.topics(DisclosureKind.KEY_WARNING))


def _known(
    lexicon: Lexicon | None,
    predicates: Predicates | None,
    lists: PhraseLists | None,
    disclosures: DisclosureData | None,
    check_template: TemplateCheck | None,
) -> Known | None:
    """What rules are checked against, where it could be loaded."""
    if lexicon is None or predicates is None or lists is None or disclosures is None:
        return None
    template = None if check_template is None else partial(check_template, lists=lists.lists)
    return Known(lexicon.vocabulary(), frozenset(predicates.predicates), disclosures.topics(), template)
