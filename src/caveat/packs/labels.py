"""What the drug reference says of the substances and conditions that the lexicon names.

The reference speaks of substances and indications by id. An article speaks of brands, regimens ("low-dose
naltrexone") and of neighbours of an indication ("cravings", "addiction"). Here the two meet: a regimen
stands for its substance, and a target counts as labelled where a labelled indication covers it (rules/families.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from caveat.packs.families import Families
from caveat.packs.lexicon import Lexicon
from caveat.packs.model import Tag
from caveat.packs.reference import Band, Population, Reference, Source


class Stated(Protocol):
    """A dose, as far as it is asked about here."""

    @property
    def low(self) -> Decimal:
        """The amount, or the lower end of the range."""
        ...

    @property
    def unit(self) -> str:
        """The canonical unit."""
        ...


class Labels:
    """The reference, asked by lexicon ids."""

    def __init__(self, reference: Reference, lexicon: Lexicon, families: Families) -> None:
        self._reference = reference
        self._families = families
        self._of = {entry.id: entry.of for entry in lexicon.entries if entry.of}
        self._named = frozenset(entry.id for entry in lexicon.entries)
        self._off_label = frozenset(entry.id for entry in lexicon.entries if Tag.OFF_LABEL in entry.tags)

    def base(self, substance: str) -> str:
        """The substance that a regimen or form is of; the substance itself otherwise."""
        return self._of.get(substance, substance)

    def has_label(self, substance: str) -> bool:
        """Whether the reference lists approved indications for the substance."""
        return bool(self._reference.indications(self.base(substance)))

    def is_indicated(self, substance: str, target: str) -> bool:
        """Whether the target is, or is covered by, an approved indication of the substance."""
        return substance not in self._off_label and self._labelled(self.base(substance), target)

    def is_foreign(self, substance: str, target: str) -> bool:
        """Whether the substance has approved indications and none covers the target.

        What the lexicon does not list ("scleritis", known by its ending) may be another name of one that is covered.
        """
        return self.has_label(substance) and target in self._named and not self.is_indicated(substance, target)

    def is_off_label_dose(self, substance: str, dose: Stated) -> bool:
        """Whether the dose lies only in bands that no approval covers."""
        return self._reference.off_label_dose(self.base(substance), dose.low, dose.unit)

    def is_dose_for(self, substance: str, target: str, dose: Stated) -> bool | None:
        """False where the target is labelled for the substance and the dose is one that no approval covers.

        None where nobody has read that the target is labelled, or the reference does not know the dose.
        """
        base = self.base(substance)
        found = self._reference.get(base)
        read = found.indications - found.unread if found is not None else frozenset()
        if not self._families.covers(read, target):
            return None
        if self._reference.off_label_dose(base, dose.low, dose.unit):
            return False
        return True if self._reference.indications(base, dose.low, dose.unit) else None

    def dose_for(self, substance: str, target: str) -> str:
        """The labelled amount for that indication as text, empty if the reference has none."""
        bands = [b for b in self._reference.bands(self.base(substance), population=Population.ADULT) if not b.off_label]
        wanted = [b for b in bands if target in b.indications] or bands
        return next((_amount(b) for b in wanted if b.usual or b.single), "")

    def is_marketed(self, substance: str, dose: Stated) -> bool | None:
        """Whether a tablet or capsule of that strength is marketed; None where the reference does not say."""
        return self._reference.is_marketed_strength(self.base(substance), dose.low, dose.unit)

    def warnings(self, substance: str) -> Mapping[str, str]:
        """The key warnings of a substance by topic; empty where there are none."""
        return {topic: topic.replace("-", " ") for topic in self._reference.key_warnings(self.base(substance))}

    def source(self, substance: str) -> Source | None:
        """Where the reference has what it says of a substance from; None if it does not hold it."""
        found = self._reference.get(self.base(substance))
        return found.source if found is not None else None

    def _labelled(self, base: str, target: str) -> bool:
        return self._families.covers(self._reference.indications(base), target)


def _amount(band: Band) -> str:
    if band.usual is not None and band.period:
        return f"{band.usual} {band.period.each}"
    return str(band.usual or band.single)
