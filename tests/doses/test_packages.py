"""What a bottle holds, and how many tablets a course takes."""

from __future__ import annotations

import pytest
from checking import findings, fired

TOTAL = ["total-mismatch"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "The syrup has 40 mg of iron per 5 mL. A 150 mL bottle holds 120 mg of iron.",
            "150 mL × 40 mg/5 mL = 1,200 mg, not 120 mg",
        ),
        (
            "# Vitamin C drops\n\nVitamin C drops of 100 mg/mL.\n\nEach bottle (30 mL) contains 300 mg of vitamin C.",
            "30 mL × 100 mg/mL = 3,000 mg, not 300 mg",
        ),
        (
            "Take one 250 mg capsule of cefalexin four times a day for a week. The whole course is 21 capsules.",
            "1 capsule × 4 a day × 7 days = 28 capsules, not 21 capsules",
        ),
        (
            "Take two senna tablets a day for 5 days, 20 tablets in all.",
            "2 tablets × 1 a day × 5 days = 10 tablets, not 20 tablets",
        ),
        (
            "Take one 500 mg capsule of amoxicillin every 8 hours, that is four capsules a day.",
            "3 capsules a day, not 4",
        ),
    ],
)
def test_packages_and_courses_add_up(text: str, shown: str) -> None:
    (found,) = findings(text, TOTAL)
    assert shown in found.message


@pytest.mark.parametrize(
    "text",
    [
        "The syrup has 40 mg of iron per 5 mL. A 150 mL bottle holds 1,200 mg of iron.",
        "The syrup has 40 mg of iron per 5 mL. A 148 mL bottle holds about 1,200 mg of iron.",
        "The syrup has 40 mg of iron per 5 mL. A 150 mL bottle costs little. Take 120 mg of iron.",
        "The syrup has 40 mg of iron per 5 mL, the drops 25 mg per mL. A 10 mL bottle holds 250 mg of iron.",
        "The syrup has 40 mg of iron per 5 mL. A 150 mL glass of milk holds 2 mg of iron.",
        "Take one 250 mg capsule of cefalexin four times a day for a week. The whole course is 28 capsules.",
        "Take one 250 mg capsule of cefalexin four times a day for a week. A box has 30 capsules.",
        "Take one 250 mg capsule of cefalexin four times a day for up to a week, 21 capsules in all.",
        "Take one 500 mg capsule of amoxicillin every 8 hours, that is three capsules a day.",
        "Take one senna tablet twice a day for 7 days. The pack contains 30 tablets in total.",
        "Take one senna tablet twice a day for 7 days. Of course 20 tablets come in the box.",
        "Take one senna tablet twice a day for 7 days. Of course 20 tablets cost more.",
        "Take one senna tablet twice a day for 7 days. They are sold as 20 tablets in total.",
    ],
)
def test_what_fits_or_tells_of_something_else_is_left_alone(text: str) -> None:
    assert fired(text, TOTAL) == []
