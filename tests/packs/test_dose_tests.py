"""The tests of dose rules are of two sorts: how a dose is written, and what it says."""

from __future__ import annotations

from caveat.packs.when.dose import DoseTest


def test_every_dose_test_is_sorted() -> None:
    sense = {
        DoseTest.RANGE, DoseTest.CONFLICT, DoseTest.TOTAL, DoseTest.FACTOR_1000, DoseTest.IU, DoseTest.LIMIT,
        DoseTest.USUAL, DoseTest.INCOMPLETE, DoseTest.UNITLESS, DoseTest.WEEKLY, DoseTest.PEDIATRIC,
    }  # fmt: skip
    assert {test for test in DoseTest if not test.notation} == sense
