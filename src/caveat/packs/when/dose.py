"""The trigger of a `dose` rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from caveat.values import dataclass


class DoseTest(StrEnum):
    """What can be wrong with a dose: how it is written, or what it says."""

    TRAILING_ZERO_WHOLE = "trailing-zero-whole"
    TRAILING_ZERO_FRACTION = "trailing-zero-fraction"
    NAKED_DECIMAL = "naked-decimal"
    NO_SPACE = "no-space"
    RUN_TOGETHER = "run-together"
    UNIT_PERIOD = "unit-period"
    THOUSANDS = "thousands"
    UNIT_WRITTEN = "unit-written"
    FREQUENCY_WRITTEN = "frequency-written"
    DRUG_WRITTEN = "drug-written"
    SYMBOL_WRITTEN = "symbol-written"
    RANGE = "range"
    PRECISION = "precision"
    CONFLICT = "conflict"
    TOTAL = "total"
    FACTOR_1000 = "factor-1000"
    IU = "iu"
    LIMIT = "limit"
    USUAL = "usual"
    INCOMPLETE = "incomplete"
    UNITLESS = "unitless"
    WEEKLY = "weekly"
    PEDIATRIC = "pediatric"

    @property
    def notation(self) -> bool:
        """Whether it asks how a dose is written, not what it says."""
        return _NOTATION[self]


_NOTATION = {
    DoseTest.TRAILING_ZERO_WHOLE: True,
    DoseTest.TRAILING_ZERO_FRACTION: True,
    DoseTest.NAKED_DECIMAL: True,
    DoseTest.NO_SPACE: True,
    DoseTest.RUN_TOGETHER: True,
    DoseTest.UNIT_PERIOD: True,
    DoseTest.THOUSANDS: True,
    DoseTest.UNIT_WRITTEN: True,
    DoseTest.FREQUENCY_WRITTEN: True,
    DoseTest.DRUG_WRITTEN: True,
    DoseTest.SYMBOL_WRITTEN: True,
    DoseTest.PRECISION: True,
    DoseTest.RANGE: False,
    DoseTest.CONFLICT: False,
    DoseTest.TOTAL: False,
    DoseTest.FACTOR_1000: False,
    DoseTest.IU: False,
    DoseTest.LIMIT: False,
    DoseTest.USUAL: False,
    DoseTest.INCOMPLETE: False,
    DoseTest.UNITLESS: False,
    DoseTest.WEEKLY: False,
    DoseTest.PEDIATRIC: False,
}


@dataclass(frozen=True, slots=True)
class DoseWhen:
    """A dose that fails `test`.

    `words` maps what must not be written, exactly as written, to what should stand instead (empty where
    that depends); the tests that end in `-written` read it, and `run-together`. `light` are those of them that only
    deserve a note. `percent` is how far an amount may lie from the one computed of its IU.
    """

    test: DoseTest
    words: Mapping[str, str] = field(default_factory=dict)
    light: tuple[str, ...] = ()
    percent: int = 5

    def __post_init__(self) -> None:
        """Refuse a rule that could never report, and words that no test would read.

        Raises:
            ValueError: for a test of words without `words`, and for `words` of another test.
        """
        if self.test.endswith("-written") and not self.words:
            raise ValueError('"words" must say what is not to be written')
        if self.words and not (self.test.endswith("-written") or self.test is DoseTest.RUN_TOGETHER):
            raise ValueError(f'the test "{self.test.value}" reads no "words"')
