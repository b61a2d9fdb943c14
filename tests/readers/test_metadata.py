"""Metadata with its place in the source; broken metadata never costs the body."""

from __future__ import annotations

import pytest

from caveat.document import Document

from .marks import check_map, read, shape


def values(document: Document, key: str) -> list[tuple[str, str]]:
    return [(v.value, v.source.of(document.source.text)) for v in document.metadata.get(key, ())]


def test_yaml() -> None:
    document = read(
        "---\n"
        "Title: 'It''s tea'\n"
        "date: 2025-02-11\n"
        "reviewers: # who\n"
        "  - name: Ada é\n"
        '  - "Bob 😀"\n'
        "tags: [a, 'b']\n"
        "caveat: {profile: article}\n"
        "summary: |\n  two\n  lines\n"
        "empty:\n"
        "---\n"
        "Body.\n"
    )
    check_map(document)
    assert values(document, "title") == [("It's tea", "It''s tea")]
    assert values(document, "date") == [("2025-02-11", "2025-02-11")]
    assert values(document, "reviewers.name") == [("Ada é", "Ada é")]
    assert values(document, "reviewers") == [("Bob 😀", "Bob 😀")]
    assert values(document, "tags") == [("a", "a"), ("b", "b")]
    assert values(document, "caveat.profile") == [("article", "article")]
    assert values(document, "summary")[0][0] == "two\nlines"
    assert values(document, "empty") == [("", "")]
    assert shape(document) == [("title", "It's tea"), ("paragraph", "Body.")]


def test_toml() -> None:
    document = read(
        "+++\n"
        'title = "Tea" # name\n'
        "date = 2025-02-11\n"
        "draft = false\n"
        'tags = ["a",\n  "b"]\n'
        "[params]\n"
        'author = "Ada"\n'
        "reviewer.name = 'Bob'\n"
        "[[links]]\n"
        'url = "x"\n'
        "+++\n"
        "Body.\n"
    )
    check_map(document)
    assert values(document, "title") == [("Tea", "Tea")]
    assert values(document, "date") == [("2025-02-11", "2025-02-11")]
    assert values(document, "draft") == [("false", "false")]
    assert values(document, "tags") == [("a", "a"), ("b", "b")]
    assert values(document, "params.author") == [("Ada", "Ada")]
    assert values(document, "params.reviewer.name") == [("Bob", "Bob")]
    assert values(document, "links.url") == [("x", "x")]
    assert shape(document) == [("title", "Tea"), ("paragraph", "Body.")]


def test_html_meta() -> None:
    document = read(
        "<title> A &amp; B </title><meta name='Author' content='Ada &lt;a@b&gt;'>"
        "<meta property=article:published_time content=2025>"
        "<meta itemprop=dateModified content=2026><meta charset=utf-8><meta name=empty content=''>",
        "html",
    )
    assert values(document, "title") == [("A & B", " A &amp; B ")]
    assert values(document, "author") == [("Ada <a@b>", "Ada &lt;a@b&gt;")]
    assert values(document, "article:published_time") == [("2025", "2025")]
    assert values(document, "schema:datemodified") == [("2026", "2026")]
    assert values(document, "empty") == [("", "")]


def test_json_ld() -> None:
    document = read(
        """<script type="application/ld+json">
        {"@context": "https://schema.org", "@graph": [
          {"@type": "MedicalWebPage", "author": {"@type": "Person", "name": "Ada \\u00e9"},
           "reviewedBy": [{"name": "Bob"}, {"name": "Cy"}], "datePublished": "2025-02-11", "n": 3, "x": null}]}
        </script><p>Body.</p>""",
        "html",
    )
    assert values(document, "schema:author") == [("Ada é", "Ada \\u00e9")]
    assert values(document, "schema:reviewedby") == [("Bob", "Bob"), ("Cy", "Cy")]
    assert values(document, "schema:reviewedby.name") == [("Bob", "Bob"), ("Cy", "Cy")]
    assert values(document, "schema:datepublished") == [("2025-02-11", "2025-02-11")]
    assert [v for v, _ in values(document, "schema:n")] == ["3"]
    assert shape(document) == [("paragraph", "Body.")]


@pytest.mark.parametrize(
    ("types", "told"),
    [
        ('"Product"', True),
        ('"https://schema.org/Product"', True),
        ('["Thing", "DietarySupplement"]', True),
        ('"NewsArticle"', True),
        ('"BlogPosting"', True),
        ('"MedicalWebPage"', True),
        ('"WebSite"', False),
        ('"Organization"', False),
        ('"Person"', False),
        ("7", False),
        ("null", False),
    ],
)
@pytest.mark.parametrize("graph", [False, True])
def test_json_ld_describes_what_the_page_is_about(types: str, told: bool, graph: bool) -> None:
    thing = f'{{"description": "Calm days.", "@type": {types}, "publisher": {{"@type": "Product"}}}}'
    data = f'{{"@graph": [{{"@type": "WebSite", "description": "Our shop."}}, {thing}]}}' if graph else thing
    document = read(f'<script type="application/ld+json">{data}</script><p>Body.</p>', "html")
    assert shape(document) == [*([("description", "Calm days.")] if told else []), ("paragraph", "Body.")]


def test_json_ld_descriptions_lose_their_tags() -> None:
    document = read(
        """<script type="application/ld+json">{"@type": "Product", "description":
        "<p>For <b>hair</b>s under &lt;i&gt;stress&lt;/i&gt;, < 5 a day.</p><style>p{}</style><ul><li>One<br>Two</ul>"}
        </script><p>Body.</p>""",
        "html",
    )
    assert [text for kind, text in shape(document) if kind == "description"] == [
        "For hairs under stress, < 5 a day.", "One", "Two",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "matter",
    [
        "---\ntitle: a: b: [\n---\n",
        "---\na: b\n  c: d\n---\n",
        "---\nx: \x01\n---\n",
        "---\nx: *nowhere\n---\n",
        "---\n" + "a: " + "[" * 5000 + "\n---\n",
        "---\na: " + "- " * 5000 + "\n---\n",
        "---\na: !!python/object:os.system x: y\n---\n",
        "---\n\n---\n",
        "---\n# only a comment\n---\n",
        "+++\ntitle = \n+++\n",
        "+++\na = " + "[" * 5000 + "\n+++\n",
    ],
)
def test_broken_front_matter_leaves_the_body(matter: str) -> None:
    document = read(matter + "\nThe body.\n")
    assert shape(document) == [("paragraph", "The body.")]
    assert "title" not in document.metadata


def test_aliases_do_not_multiply() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    document = read("---\n" + "\n".join(lines) + "\n---\nBody.\n")
    assert sum(len(found) for found in document.metadata.values()) <= 5000


@pytest.mark.parametrize(
    "text",
    [
        "---\nA line of prose between two rules\n\n---\n",
        "---\ntitle: never closed\n\nProse.\n",
        "\n---\ntitle: late\n---\n",
    ],
)
def test_rules_are_no_front_matter(text: str) -> None:
    document = read(text)
    assert document.metadata == {}
    assert document.blocks


@pytest.mark.parametrize(
    "script", ["{", "[" * 5000, '"' + "\\" * 5001, '{"a": ' * 5000, "", "null", '{"a": 1, "a": "b"}']
)
def test_broken_json_ld_leaves_the_page(script: str) -> None:
    document = read(f'<script type="application/ld+json">{script}</script><p>Body.</p>', "html")
    check_map(document)
    assert shape(document) == [("paragraph", "Body.")]
