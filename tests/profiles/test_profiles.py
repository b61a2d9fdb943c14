"""What kind of page an article is taken for when nobody says, on whole pages; the folder is what it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat import Linter
from caveat.analysis.profile import PLAIN, REPORTS
from caveat.packs.model import Profile

_PAGES = sorted(path for path in Path(__file__).parent.glob("*/*") if path.suffix in {".md", ".html", ".txt"})


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.load(cache=False)


def test_every_profile_has_pages() -> None:
    assert {path.parent.name for path in _PAGES} == {profile.value for profile in Profile}


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_page_is_taken_for_what_it_is_and_the_report_says_why(linter: Linter, path: Path) -> None:
    file = linter.check_file(path)
    assert file.profile == path.parent.name
    if file.profile == Profile.ARTICLE:
        assert file.profile_reason.startswith((PLAIN, REPORTS))
    if file.profile_reason != PLAIN:
        quoted = file.profile_reason.partition(": “")[2].removesuffix("”").split("”, “")
        document = linter.facts(path.read_text(encoding="utf-8"), path=path.name).document
        text = " ".join(["product", *(block.text.lower() for block in document.blocks)])  # or the page's own data
        assert quoted
        assert all(" ".join(words.lower().removesuffix("…").split()) in text for words in quoted), file.profile_reason


def test_what_is_said_of_a_page_is_not_guessed(linter: Linter) -> None:
    page = "---\ncaveat: {profile: article}\n---\n# Zinc\n\nOur zinc lozenges. Add to cart. Free shipping.\n"
    (file,) = linter.check_text(page).files
    assert (file.profile, file.profile_reason) == ("article", "front matter")


@pytest.mark.parametrize(
    ("text", "sells"),
    [
        ("They took 2 tablets a month.", False),
        ("A study of 30 bottles.", False),
        ("It costs $30 a bottle.", True),
        ("Price: £18.99. A jar lasts long.", True),
    ],
)
def test_a_number_is_no_price(linter: Linter, text: str, sells: bool) -> None:
    signals = linter.facts(f"# Zinc\n\n{text}\n").signals
    assert ("offer" in {signal.kind.value for signal in signals}) is sells


@pytest.mark.parametrize(
    ("text", "sells"),
    [
        ("£7.25\n\n- 90 tablets\n- Vegan\n\n[Buy](/basket)\n\nMade with copper.", True),
        ("Item no. 2214\n\n$31.00\n\nQty\n\n1\n\nServing size: 1 capsule", True),
        ("Regular price $40.00 Sale price $33.00\n\nSold out\n\nSize: 45 count", True),
        ("1 jar $22.00 | 2 jars $39.00 | 4 jars $70.00\n\nLemon taste.", True),
        ("Choose your pack: 50 ml ($10) or 90 ml ($16). Shipped same day.", True),
        ("Item no. 2214, sold for $31.00 until May, has been recalled. Ask for your money back.", False),
        (
            "Sales of zinc fell last year. Shops cut a bottle from $24.00 to $19.00, and some had it out of stock.",
            False,
        ),
        ("Serving size, servings per container and % daily value stand on the label.", False),
        ("We paid $31 for 90 tablets. They taste of metal.", False),
        ("$31.00\n\nQty\n\n1\n\nHelps the recall of names. In our test 38 volunteers were recalled.", True),
    ],
)
def test_a_terse_product_page_is_known_by_its_fields(linter: Linter, text: str, sells: bool) -> None:
    profile = linter.facts(f"# Zinc lozenges\n\n{text}\n").profile
    assert (profile is Profile.SUPPLEMENT_MARKETING) is sells
