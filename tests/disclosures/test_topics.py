"""What a page is about, and what it owes for what it says of that."""

from __future__ import annotations

import pytest

from caveat import Linter

from .pages import FILL, findings


@pytest.mark.parametrize(
    ("title", "heading", "owed"),
    [
        ("Why everyone drinks moon milk", "What ashwagandha does", True),
        ("Why everyone drinks moon milk", "The recipe", False),
        ("Living with diabetes", "What ashwagandha does", False),
        ("Why everyone drinks moon milk", "Ashwagandha or ginseng", False),
    ],
)
def test_a_later_heading_says_what_a_page_is_about(linter: Linter, title: str, heading: str, owed: bool) -> None:
    text = f"# {title}\n\nAshwagandha it is.\n\n## {heading}\n\nAshwagandha lowers stress. "
    text += f"Take 300 mg of ashwagandha in milk. {FILL}{FILL}"
    assert ("disclosure/pregnancy-missing" in findings(linter, text)) is owed


def test_a_page_that_sells_claims_for_its_product_by_name(linter: Linter) -> None:
    text = "# Daily Flora Probiotic\n\nDaily Flora supports digestion. Each of our capsules holds twelve strains.\n"
    assert "disclosure/dshea-missing" in findings(linter, text + "\nAdd to cart.\n")


@pytest.mark.parametrize(
    ("said", "fires"),
    [
        ("Naltrexone was approved in 1984 for opioid dependence and in 1994 for alcohol dependence.", False),
        ("Opioid dependence can return after treatment.", True),
    ],
)
def test_an_approval_speaks_of_no_emergency(linter: Linter, said: str, fires: bool) -> None:
    text = f"# Naltrexone dosage\n\n{said} Take 50 mg of naltrexone once a day. {FILL}{FILL}"
    assert ("disclosure/emergency-missing" in findings(linter, text)) is fires


@pytest.mark.parametrize(
    ("praise", "owed"), [("A walk at noon can reduce stress.", False), ("Kava can reduce stress.", True)]
)
def test_a_page_praises_its_topic_by_what_it_says_of_that(linter: Linter, praise: str, owed: bool) -> None:
    filler = "The shrub grows on islands and its root is dug up by hand. " * 14
    text = f"# Kava\n\nKava is a shrub. Exercise relieves insomnia.\n\n{praise}\n\n{filler}\n"
    found = findings(linter, text)
    assert ("disclosure/side-effects-missing" in found) is owed
    assert ("disclosure/evidence-limits-alternatives" in found) is owed
