"""Where a disclosure stands counts: next to what it is about, before the link, and not only behind one."""

from __future__ import annotations

import pytest

from caveat import Linter
from caveat.finding import Finding

_NOTE = (
    "These statements have not been evaluated by the Food and Drug Administration. "
    "This product is not intended to diagnose, treat, cure, or prevent any disease."
)
_PICK = "We like [this jar](https://www.amazon.com/dp/B000000000?tag=calmsite-20) best."
_GUIDE = """# Valerian: uses and dosage

Valerian relieves insomnia and calms the nerves, and it helps people who wake at night. Adults take 300 mg of valerian
one hour before bed. Some start with 150 mg for the first week and go up slowly, because the taste takes some getting
used to. The root smells of old socks, and cats are fond of it. Keep the jar closed and dry. The tea is weaker than the
tablets, and it takes ten minutes to draw. Most people who take valerian say that they fall asleep sooner after two
weeks, and that they feel fresh in the morning. The root is dug in the second autumn, washed in cold water and dried at
a low heat, so that little of the oil is lost.

{notice}
"""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.load(cache=False, jurisdictions=["us"])


@pytest.fixture(scope="module")
def shop() -> Linter:
    return Linter.load(cache=False, profile="supplement-marketing", jurisdictions=["us"])


def _found(linter: Linter, text: str, opening: str, path: str = "page.md") -> dict[str, Finding]:
    (file,) = linter.check_text(text, path=path).files
    return {f.rule: f for f in file.findings if f.rule.startswith(opening)}


@pytest.mark.parametrize(
    "label",
    [
        "Affiliate disclosure",
        "affiliate disclosure.",
        "Read our full disclosure",
        "How we make money",
        "Disclosure →",
        "Please read our full disclosure here.",
    ],
)
def test_a_link_that_is_called_a_disclosure_is_none(label: str, linter: Linter) -> None:
    found = _found(linter, f"# Our favourite jars\n\n[{label}](/money)\n\n{_PICK}\n", "disclosure/affiliate")
    assert set(found) == {"disclosure/affiliate-behind-link"}
    assert label.strip(" .→") in found["disclosure/affiliate-behind-link"].message
    assert "above the first paid link" in found["disclosure/affiliate-behind-link"].suggestion


@pytest.mark.parametrize(
    "told",
    [
        "We earn a commission on what you buy. [Disclosure](/money)",
        "[We earn a commission when you buy through our links](/money)",
        "This page has [affiliate links](/money), which pay us when you buy.",
    ],
)
def test_what_the_page_says_itself_counts_with_a_link_or_without(told: str, linter: Linter) -> None:
    assert not _found(linter, f"# Our favourite jars\n\n{told}\n\n{_PICK}\n", "disclosure/affiliate")


def test_what_is_told_after_the_first_paid_link_comes_late(linter: Linter) -> None:
    text = f"# Our favourite jars\n\n{_PICK}\n\nWe earn a commission on what you buy.\n"
    assert set(_found(linter, text, "disclosure/affiliate")) == {"disclosure/affiliate-late"}


def test_a_link_that_names_its_sender_is_a_paid_one_where_the_page_has_a_disclosure(linter: Linter) -> None:
    pick = "We like [Calm Root](https://calmroot.example/?ref=sleepsite) best.\n"
    told = _found(linter, f"# Our favourite jars\n\n{pick}\n[Disclosure](/money)\n", "disclosure/affiliate")
    assert set(told) == {"disclosure/affiliate-behind-link"}
    assert not _found(linter, f"# Our favourite jars\n\n{pick}", "disclosure/affiliate")


@pytest.mark.parametrize(
    "link", ["[See our FDA disclaimer](/fda)", "See our [FDA statement](/fda).", "[DSHEA notice](/fda)"]
)
def test_a_note_that_stands_only_behind_a_link_is_told_as_such(link: str, shop: Linter) -> None:
    page = "# Calm Root\n\nOur valerian supports sleep. Add to cart.\n\n{0}\n"
    found = _found(shop, page.format(link), "disclosure/dshea")
    assert set(found) == {"disclosure/dshea-behind-link"}
    assert "DSHEA" in link or "FDA" in found["disclosure/dshea-behind-link"].message
    assert set(_found(shop, page.format(f"{_NOTE} {link}"), "disclosure/dshea")) <= {"disclosure/dshea-unlinked"}
    assert set(_found(shop, page.format("Dug by hand."), "disclosure/dshea")) == {"disclosure/dshea-missing"}


@pytest.mark.parametrize(
    "said",
    ["I came off my blood pressure tablets!", "My wife stopped taking her insulin.", "I no longer need my inhaler."],
)
def test_who_left_off_a_medicine_testifies(said: str, shop: Linter) -> None:
    page = f'# Slim Leaf\n\n"{said}" says Dana. Add to cart.\n'
    assert "disclosure/results-vary-only" in _found(shop, page, "disclosure/")


@pytest.mark.parametrize("label", ["Disclaimer", "Medical disclaimer", "See our disclaimer"])
def test_a_link_that_is_called_a_disclaimer_is_none(label: str, linter: Linter) -> None:
    found = _found(linter, _GUIDE.format(notice=f"[{label}](/legal)"), "disclosure/")
    assert "disclosure/disclaimer-behind-link" in found
    assert "disclosure/informational-disclaimer" not in found


def test_a_disclaimer_on_the_page_answers_and_none_is_missing(linter: Linter) -> None:
    told = "This page is for information only and is no medical advice. [Disclaimer](/legal)"
    assert not {"disclosure/disclaimer-behind-link", "disclosure/informational-disclaimer"} & set(
        _found(linter, _GUIDE.format(notice=told), "disclosure/")
    )
    assert "disclosure/informational-disclaimer" in _found(linter, _GUIDE.format(notice="The end."), "disclosure/")


def test_every_claim_carries_the_symbol_or_stands_by_the_note(shop: Linter) -> None:
    page = "# Calm Root\n\nOur valerian supports sleep.{0}\n\nDug by hand.\n\nOur valerian supports digestion.{1}\n\n"
    page += "Dried at home.\n\nFilled in jars.\n\n{2}" + _NOTE + "\n"
    assert not _found(shop, page.format("*", "*", "*"), "disclosure/dshea")
    assert not _found(shop, page.format("†", "†", "†"), "disclosure/dshea")
    one = _found(shop, page.format("*", "", "*"), "disclosure/dshea")["disclosure/dshea-unlinked"]
    assert [r.text for r in one.related] == ["supports digestion"]
    both = _found(shop, page.format("", "", ""), "disclosure/dshea")["disclosure/dshea-unlinked"]
    assert "2" in both.message


def test_a_note_right_below_the_claim_needs_no_symbol(shop: Linter) -> None:
    page = f"# Calm Root\n\nOur valerian supports sleep.\n\n{_NOTE}\n\nDug by hand. Add to cart.\n"
    assert not _found(shop, page, "disclosure/dshea")


@pytest.mark.parametrize(("between", "apart"), [(0, False), (2, False), (3, True)])
def test_typical_results_stand_by_the_testimonial(between: int, apart: bool, shop: Linter) -> None:
    filler = "\n\n".join(["The leaves are dried in the shade."] * between)
    page = f'# Slim Leaf\n\n"I lost 14 pounds in three weeks," says Dana, a happy customer.\n\n{filler}\n\n'
    page += "On average, users lost 2 pounds in 12 weeks. Add to cart.\n"
    assert ("disclosure/typical-results-apart" in _found(shop, page, "disclosure/")) is apart


def test_a_seller_is_known_by_whose_goods_it_speaks_of(linter: Linter) -> None:
    market = "Each capsule contains 200 mg of magnesium. [Get it here](https://www.amazon.com/dp/B000000000)\n"
    assert "disclosure/affiliate-missing" in _found(linter, f"# Ten jars of magnesium\n\n{market}", "disclosure/")
    own = "Our capsules hold 200 mg of magnesium. [Order now](https://shop.example.com/products/calm?ref=home)\n"
    assert "disclosure/affiliate-missing" not in _found(linter, f"# Calm Magnesium\n\n{own}", "disclosure/")


@pytest.mark.parametrize(
    ("text", "forbids"),
    [
        ("Do not take ibuprofen if you have:", True),
        ("Not suitable for people with:", True),
        ("Avoid the tablets if you:", True),
        ("Do not worry if you notice:", False),
        ("Never drive if you feel:", False),
        ("Stop taking it and call a doctor if you have:", False),
    ],
)
def test_a_list_of_those_who_must_not_take_it_is_known_by_its_lead(linter: Linter, text: str, forbids: bool) -> None:
    page = f"# Ibuprofen\n\nIbuprofen is a painkiller.\n\n{text}\n\n- red skin\n- asthma\n"
    found = linter.facts(page, path="page.md").disclosures
    assert any(d.kind.value == "contraindications" and d.text == text for d in found) is forbids
