"""What a run reads as data: the language (lexicon, cues, predicates, disclosures, units, reference) and the packs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from caveat.packs.cues import CueData
from caveat.packs.datafile import load_file
from caveat.packs.decode import leaves
from caveat.packs.disclosures import DisclosureData, load_disclosures
from caveat.packs.doses import DoseWords
from caveat.packs.errors import Mistake, PackError
from caveat.packs.familiesfile import load_families
from caveat.packs.files import builtin_packs, rules_dir, shown
from caveat.packs.hosts import Hosts
from caveat.packs.labels import Labels
from caveat.packs.lexicon import Lexicon, load_lexicon
from caveat.packs.load import load_packs
from caveat.packs.model import Concept, Pack
from caveat.packs.phrases import PhraseLists
from caveat.packs.predicates import Predicates
from caveat.packs.predicatesfile import load_predicates
from caveat.packs.reference import Reference
from caveat.packs.referencefile import Named, load_reference
from caveat.packs.register import Register
from caveat.packs.registerfile import load_register
from caveat.packs.rulefile import Known
from caveat.packs.units import UnitTable, load_units
from caveat.packs.when.disclosure import DisclosureKind
from caveat.packs.yaml import parse_file
from caveat.values import dataclass

_T = TypeVar("_T")
_SUFFERED = (Concept.CONDITION, Concept.SYMPTOM)


@dataclass(frozen=True)
class Language:
    """What the rules speak of. `lists` are the named phrase lists that every pack may use."""

    lexicon: Lexicon
    cues: CueData
    predicates: Predicates
    hosts: Hosts
    lists: Mapping[str, tuple[str, ...]]
    disclosures: DisclosureData
    units: UnitTable
    doses: DoseWords
    labels: Labels
    reference: Reference
    register: Register

    @property
    def known(self) -> Known:
        """What the names in rules are checked against; templates are taken on trust."""
        return Known(self.lexicon.vocabulary(), frozenset(self.predicates.predicates), self.disclosures.topics())


def load_rules(packs: Sequence[Path] = (), *, known: Known | None = None) -> tuple[Pack, ...]:
    """The shipped packs and your own.

    Args:
        packs: pack files of your own, or folders of them.
        known: what the names and templates in rules are checked against; without it they are taken on trust.

    Raises:
        PackError: with every mistake of every file.
    """
    return load_packs(packs, builtin=builtin_packs(), known=known)


def load_language() -> Language:
    """The shipped data but the packs.

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
    things = lexicon.vocabulary() if lexicon is not None else frozenset()
    ids = frozenset(entry.id for entry in lexicon.entries) if lexicon is not None else frozenset()
    cues = gather(lambda: load_file(lexicon_dir / "cues.yaml", CueData, things=things))
    predicates = gather(lambda: load_predicates(lexicon_dir / "predicates.yaml", ids=ids, things=things))
    hosts = gather(lambda: load_file(lexicon_dir / "hosts.yaml", Hosts))
    lists = gather(lambda: load_file(lexicon_dir / "phrases.yaml", PhraseLists, things=things))
    disclosures = gather(lambda: load_disclosures(rules / "disclosures", things=things))
    units = gather(lambda: load_units(rules / "units.yaml"))
    doses = gather(lambda: load_file(lexicon_dir / "doses.yaml", DoseWords))
    classes = frozenset(predicates.predicates) if predicates is not None else frozenset()
    register = gather(lambda: load_register(rules / "register.yaml", ids=ids, predicates=classes))
    named = Named(ids, disclosures.topics(DisclosureKind.KEY_WARNING)) if ids and disclosures is not None else None
    reference = gather(lambda: load_reference(rules / "reference", units, named)) if units is not None else None
    suffered = (
        frozenset(e.id for e in lexicon.entries if e.concept in _SUFFERED) if lexicon is not None else frozenset()
    )
    indications = reference.all_indications if reference is not None else frozenset()
    families = gather(lambda: load_families(rules / "families.yaml", ids=suffered, indications=indications))
    if (
        lexicon is None or cues is None or predicates is None or hosts is None
        or lists is None or disclosures is None or units is None or reference is None
        or register is None or doses is None or families is None
    ):  # fmt: skip
        raise PackError(mistakes)
    labels = Labels(reference, lexicon, families)
    return Language(
        lexicon, cues, predicates, hosts, lists.lists, disclosures, units, doses, labels, reference, register
    )


def language_mistake(text: str, message: str) -> Mistake:
    """What is wrong with a text of the shipped data, at the first place where it stands."""
    rules = rules_dir()
    for folder in (rules / "lexicon", rules / "disclosures"):
        for path in sorted(folder.rglob("*.yaml")):
            parsed = parse_file(path, shown(path))
            for value, loc in leaves(parsed.value):
                if value == text:
                    return parsed.mistake(loc, message)
    return Mistake(shown(rules), 0, 0, message)
