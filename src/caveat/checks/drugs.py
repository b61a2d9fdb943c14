"""The drug reference, as rules about whole pages ask it."""

from __future__ import annotations

from caveat.analysis.facts import Dose
from caveat.packs.reference import Reference


class ReferenceDrugs:
    """Answers `DrugFacts` out of the drug reference. What it does not hold is answered with nothing."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def has_label(self, substance: str) -> bool:
        """Whether the reference lists approved indications for the substance."""
        return bool(self._reference.indications(substance))

    def is_indicated(self, substance: str, target: str) -> bool:
        """Whether the target is among the substance's approved indications, at any dose."""
        return target in self._reference.indications(substance)

    def is_marketed(self, substance: str, dose: Dose) -> bool | None:
        """Whether the strength is marketed; None where the reference does not say, or the amount is no strength."""
        if dose.per or dose.high is not None:
            return None
        return self._reference.is_marketed_strength(substance, dose.low, dose.unit)

    def warnings(self, substance: str) -> tuple[str, ...]:
        """The topics of the substance's key warnings."""
        return self._reference.key_warnings(substance)
