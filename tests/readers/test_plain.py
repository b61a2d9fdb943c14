"""Text without markup: headings, lists and paragraphs by their look."""

from __future__ import annotations

import pytest

from .marks import check_map, read, shape, texts

ARTICLE = """Green Tea: A Complete Guide to Its Uses

Introduction

Green tea is a drink made from leaves. People have drunk it for centuries.

Benefits of Green Tea

Weight Management

Some trials saw a small change. Others saw none.

Is green tea safe?

For most adults it is. Possible side effects include:

  • Nausea
  • Poor sleep
    after late cups

Conclusion

It is a drink.

Leave a Reply

Your address stays hidden. All required fields are marked *
"""


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_an_article_pasted_without_markup(suffix: str) -> None:
    document = read(ARTICLE, suffix)
    check_map(document)
    assert [(b.level, b.text, b.section[1:]) for b in document.blocks if b.kind.value == "heading"] == [
        (1, "Green Tea: A Complete Guide to Its Uses", ()),
        (2, "Introduction", ()),
        (2, "Benefits of Green Tea", ()),
        (3, "Weight Management", ("Benefits of Green Tea",)),
        (3, "Is green tea safe?", ("Benefits of Green Tea",)),
        (2, "Conclusion", ()),
        (2, "Leave a Reply", ("Conclusion",)),
    ]
    items = [b for b in document.blocks if b.kind.value == "list-item"]
    assert [b.text for b in items] == ["Nausea", "Poor sleep after late cups"]
    assert {document.blocks[b.lead].text[-9:] for b in items if b.lead is not None} == {" include:"}
    assert [b.text[:5] for b in document.blocks if b.region.boilerplate] == ["Leave", "Your "]


def test_the_two_formats_agree_on_unmarked_text() -> None:
    assert shape(read(ARTICLE, "txt")) == shape(read(ARTICLE, "md"))


@pytest.mark.parametrize("line", ["Side Effects", "What is it?", "How does this work?", "2.1 Dosage", "FAQs About Tea"])
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_headings(line: str, suffix: str) -> None:
    assert shape(read(f"Tea\n\nIt is a drink.\n\n{line}\n\nIt is hot.\n", suffix))[2] == ("heading", line)


@pytest.mark.parametrize(
    "line",
    ["It works.", "Take it with food", "By Jane Smith", "Benefits:", "“Best Tea Ever”", "we like it", "Stop!", "5 mg"],
)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_lines_that_are_no_headings(line: str, suffix: str) -> None:
    assert shape(read(f"Tea\n\nIt is a drink.\n\n{line}\n\nIt is hot.\n", suffix))[2] == ("paragraph", line)


def test_a_markdown_file_with_headings_keeps_its_short_lines() -> None:
    assert shape(read("# Tea\n\nGreen Leaf\n"))[1] == ("paragraph", "Green Leaf")


def test_underlined_and_numbered_headings() -> None:
    document = read("Tea\n===\n\nUses\n----\nText.\n\n1. Introduction\n\nText.\n\n1.2 Old Uses\n\nText.\n", "txt")
    headings = [(b.level, b.text) for b in document.blocks if b.kind.value == "heading"]
    assert headings == [(1, "Tea"), (2, "Uses"), (2, "1. Introduction"), (3, "1.2 Old Uses")]


def test_lists_in_plain_text() -> None:
    document = read("Steps:\n1. boil\n2. pour\n   slowly\n\n* one\n  * deep\n* two\n\nEnd.", "txt")
    assert [(b.kind.value, b.text, b.level) for b in document.blocks] == [
        ("paragraph", "Steps:", 0),
        ("list-item", "boil", 1),
        ("list-item", "pour slowly", 1),
        ("list-item", "one", 1),
        ("list-item", "deep", 2),
        ("list-item", "two", 1),
        ("paragraph", "End.", 0),
    ]


def test_bullets_apart_are_one_list() -> None:
    document = read("Use these:\n\n•oil\n\n•butter\n\nText.\n")
    assert [(b.kind.value, b.text, b.lead) for b in document.blocks] == [
        ("paragraph", "Use these:", None),
        ("list-item", "oil", 0),
        ("list-item", "butter", 0),
        ("paragraph", "Text.", None),
    ]


def test_unwrapped_lines_are_paragraphs() -> None:
    long = "This line goes on " + "and on " * 30 + "to the end."
    assert texts(read(f"Uses of Tea\n{long}\n{long}", "txt")) == ["Uses of Tea", long, long]
