"""What kind of block each part of a page becomes, and what stands around it."""

from __future__ import annotations

import pytest

from caveat.document import PLACEHOLDER, BlockKind, Cell, Format, LinkKind, Region
from caveat.readers.builder import BlockBuilder

from .marks import read, shape, texts


@pytest.mark.parametrize(
    ("suffix", "format_"),
    [
        ("md", Format.MARKDOWN),
        ("MARKDOWN", Format.MARKDOWN),
        ("mdx", Format.MARKDOWN),
        ("html", Format.HTML),
        ("htm", Format.HTML),
        ("xhtml", Format.HTML),
        ("txt", Format.TEXT),
        ("text", Format.TEXT),
        ("unknown", Format.MARKDOWN),
    ],
)
def test_the_suffix_tells_the_format(suffix: str, format_: Format) -> None:
    assert read("Text.", suffix).format is format_


def test_markdown_kinds() -> None:
    document = read(
        "# Head\n\nPara.\n\n- item\n  - deep\n\n> quoted\n\n| h |\n|---|\n| c |\n\n"
        "Term\n: definition\n\n![alt text](i.png)\n\nNote.[^1]\n\n[^1]: The note.\n"
    )
    assert shape(document) == [
        ("heading", "Head"),
        ("paragraph", "Para."),
        ("list-item", "item"),
        ("list-item", "deep"),
        ("quote", "quoted"),
        ("table-cell", "h"),
        ("table-cell", "c"),
        ("term", "Term"),
        ("list-item", "definition"),
        ("paragraph", PLACEHOLDER),
        ("alt", "alt text"),
        ("paragraph", "Note.[^1]"),
        ("footnote", "The note."),
    ]
    assert [block.level for block in document.blocks[:4]] == [1, 0, 1, 2]
    assert document.blocks[-1].label == "1"


def test_html_kinds() -> None:
    document = read(
        "<title>T</title><meta name=description content=D><h3>Head</h3>loose<p>para</p>"
        "<ol><li>item<ul><li>deep</ul></ol>"
        "<blockquote>quoted</blockquote><div class=testimonial-card>praise</div>"
        "<table><caption>cap</caption><tr><th>h<tr><td>c</table>"
        "<dl><dt>term<dd>definition</dl><figure><img src=i alt=alt><figcaption>figure</figcaption></figure>"
        "<button>press</button><a class='btn big' href=/buy>buy</a>",
        "html",
    )
    assert shape(document) == [
        ("title", "T"),
        ("description", "D"),
        ("heading", "Head"),
        ("paragraph", "loose"),
        ("paragraph", "para"),
        ("list-item", "item"),
        ("list-item", "deep"),
        ("quote", "quoted"),
        ("quote", "praise"),
        ("caption", "cap"),
        ("table-cell", "h"),
        ("table-cell", "c"),
        ("term", "term"),
        ("list-item", "definition"),
        ("paragraph", PLACEHOLDER),
        ("alt", "alt"),
        ("caption", "figure"),
        ("button", "press"),
        ("button", "buy"),
    ]
    assert [block.level for block in document.blocks if block.kind is BlockKind.LIST_ITEM] == [1, 2, 1]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no</script>",
        "<style>no</style>",
        "<template><p>no</template>",
        "<noscript>no</noscript>",
        "<pre>no</pre>",
        "<textarea>no</textarea>",
        "<select><option>no</select>",
        "<p hidden>no</p>",
        "<p style='color:red; display : none'>no</p>",
        "<span style='visibility:hidden'>no</span>",
        "<div hidden><div>no</div><p>no</div>",
        "<!-- no -->",
        "<![CDATA[no]]>",
    ],
)
def test_html_that_nobody_reads(hidden: str) -> None:
    assert texts(read(f"<p>before</p>{hidden}<p>after</p>", "html")) == ["before", "after"]


@pytest.mark.parametrize("code", ["    no\n", "```\nno\n```\n", "~~~ py\nno\n", "<script>\nno\n</script>\n"])
def test_markdown_code_is_not_read(code: str) -> None:
    assert texts(read(f"before\n\n{code}")) == ["before"]


@pytest.mark.parametrize(
    "source",
    ["a`b c`d", "a{{< ref 'x' >}}d", "a{{ x.y }}d", "a{% x %}d", "a<code>b</code>d", "a<svg><path/></svg>d", "a$b^2$d"],
)
def test_what_is_no_prose_keeps_its_neighbours_apart(source: str) -> None:
    assert texts(read(source)) == [f"a{PLACEHOLDER}d"]


@pytest.mark.parametrize(
    "tag", ["<script src='a' />", "<title/>", "<svg/>", "<iframe src=b />", "<Note x={1} />", "<my-note/>"]
)
@pytest.mark.parametrize("suffix", ["md", "html"])
def test_tags_that_close_themselves_hide_nothing(tag: str, suffix: str) -> None:
    block = read(f"{tag}\n\nafter\n", suffix).blocks[-1]
    assert (block.text.strip(f"{PLACEHOLDER} "), block.region) == ("after", Region.BODY)


def test_sections_follow_the_headings() -> None:
    document = read("a\n\n# One\n\nb\n\n### Deep\n\nc\n\n## Two\n\nd\n\n# Three\n\ne\n")
    by_text = {block.text: block.section for block in document.blocks}
    assert by_text["a"] == ()
    assert by_text["Deep"] == ("One",)
    assert by_text["c"] == ("One", "Deep")
    assert by_text["d"] == ("One", "Two")
    assert by_text["e"] == ("Three",)


def test_details_are_a_section_that_ends() -> None:
    document = read("<h1>One</h1><details><summary>Why?</summary><p>Because.</p></details><p>After.</p>", "html")
    assert [block.section for block in document.blocks] == [(), ("One",), ("One", "Why?"), ("One",)]


def test_a_list_knows_what_introduces_it() -> None:
    document = read("# Uses\n\nIt may help with:\n\n- sleep\n- pain:\n  - back\n\nText.\n\n## Risks\n\n- liver\n")
    leads = {block.text: document.blocks[block.lead].text for block in document.blocks if block.lead is not None}
    assert leads == {
        "sleep": "It may help with:",
        "pain:": "It may help with:",
        "back": "pain:",
        "liver": "Risks",
    }


def test_a_table_is_introduced_by_its_caption_and_a_definition_by_its_term() -> None:
    document = read(
        "<p>Doses:</p><table><caption>Adults</caption><tr><td>5 mg</table><dl><dt>Tea<dd>A drink<dt>Oil<dd>A fat</dl>",
        "html",
    )
    leads = {block.text: document.blocks[block.lead].text for block in document.blocks if block.lead is not None}
    assert leads["5 mg"] == "Adults"
    assert leads["A drink"] == "Tea"
    assert leads["A fat"] == "Oil"


def test_markdown_cells_know_their_headers() -> None:
    document = read("| Age | **Dose** |\n|---|--:|\n| Adult | 5 mg |\n| Child | |\n\n| x |\n|---|\n| y |\n")
    cells = {block.text: block.cell for block in document.blocks}
    assert cells["Dose"] == Cell(0, 0, 1, header=True)
    assert cells["Adult"] == Cell(0, 1, 0, column_header="Age")
    assert cells["5 mg"] == Cell(0, 1, 1, row_header="Adult", column_header="Dose")
    assert cells["y"] == Cell(1, 1, 0, column_header="x")


def test_html_cells_know_their_headers() -> None:
    document = read(
        "<table><thead><tr><th rowspan=2>Age<th colspan=2>Dose<tr><th>Day<th>Night</thead>"
        "<tbody><tr><th scope=row rowspan=2>Adult<td>5 mg<td>6 mg<tr><td>7 mg<td>8 mg</table>",
        "html",
    )
    cells = {block.text: block.cell for block in document.blocks}
    assert cells["Adult"] == Cell(0, 2, 0, header=True, column_header="Age")
    assert cells["6 mg"] == Cell(0, 2, 2, row_header="Adult", column_header="Dose Night")
    assert cells["7 mg"] == Cell(0, 3, 1, row_header="Adult", column_header="Dose Day")


def test_nested_tables_keep_their_own_cells() -> None:
    document = read("<table><tr><th>A<th>B<tr><td>x<td><table><tr><td>in</table>after<tr><td>y</table>", "html")
    cells = {block.text: block.cell for block in document.blocks}
    assert cells["in"] == Cell(1, 0, 0)
    assert cells["after"] == Cell(0, 1, 1, row_header="x", column_header="B")
    assert cells["y"] == Cell(0, 2, 0, column_header="A")


@pytest.mark.parametrize(
    ("markup", "region"),
    [
        ("<nav><ul><li>x</ul></nav>", Region.NAVIGATION),
        ("<ol class=breadcrumbs><li>x</ol>", Region.NAVIGATION),
        ("<div role=navigation>x</div>", Region.NAVIGATION),
        ("<ul id=main-menu><li>x</ul>", Region.NAVIGATION),
        ("<div id=cookie-banner><p>x</div>", Region.COOKIE),
        ("<div aria-label='Cookie consent'>x</div>", Region.COOKIE),
        ("<section class='gdpr-notice'><button>x</button></section>", Region.COOKIE),
        ("<div id=respond>x</div>", Region.COMMENT_FORM),
        ("<form class=comment-form><label>x</label></form>", Region.COMMENT_FORM),
        ("<h3>Leave a Reply</h3><p>x", Region.COMMENT_FORM),
        ("<footer><p>x</footer>", Region.FOOTER),
        ("<div class=site-footer>x</div>", Region.FOOTER),
        ("<aside>x</aside>", Region.ASIDE),
        ("<div class='callout callout-info'>x</div>", Region.ASIDE),
        ("<body class='cookies-not-set comments'><p>x</body>", Region.BODY),
        ("<div class=informed-consent>x</div>", Region.BODY),
        ("<div class=responsive-navy>x</div>", Region.BODY),
        ("<header><p>x</header>", Region.BODY),
        ("<nav></nav><p>x", Region.BODY),
        ("<div><nav></div><p>x", Region.BODY),
    ],
)
def test_html_regions(markup: str, region: Region) -> None:
    assert [block.region for block in read(markup, "html").blocks if block.text == "x"] == [region]


@pytest.mark.parametrize("suffix", ["md", "txt"])
@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Your email address will not be published. All required fields are marked *", Region.COMMENT_FORM),
        ("Cancel reply", Region.COMMENT_FORM),
        ("Leave a comment", Region.COMMENT_FORM),
        ("Submit your response", Region.COMMENT_FORM),
        ("Your e-mail will not be shared", Region.COMMENT_FORM),
        ("Your email is required", Region.BODY),
        ("Write a response", Region.COMMENT_FORM),
        ("Post a reply", Region.COMMENT_FORM),
        ("Add your comment", Region.COMMENT_FORM),
        ("Your email address is not required", Region.COMMENT_FORM),
        ("Your e-mail will not be published", Region.COMMENT_FORM),
        ("Required fields are marked *", Region.COMMENT_FORM),
        ("Notify me of new comments by email.", Region.COMMENT_FORM),
        ("Save my name, email and website in this browser.", Region.COMMENT_FORM),
        ("You must be logged in to post.", Region.COMMENT_FORM),
        ("Notify me of follow-up posts by email.", Region.COMMENT_FORM),
        ("We use cookies to give you the best experience on our website.", Region.COOKIE),
        ("By continuing to use this site you agree to this.", Region.COOKIE),
        ("Oat cookies are a source of fibre.", Region.BODY),
        ("Leave a reply to your doctor's letter unopened and you may miss a scan.", Region.BODY),
    ],
)
def test_furniture_by_its_wording(text: str, region: Region, suffix: str) -> None:
    assert [block.region for block in read(f"Text.\n\n{text}\n", suffix).blocks] == [Region.BODY, region]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a  b", "a b"),
        ("a\tb", "a b"),
        ("a\u00a0b", "a b"),
        ("a\u2009b", "a b"),
        ("a\u2028b", "a b"),
        ("a\u200bb", "ab"),
        ("a\u00adb", "ab"),
        ("a\u2066b", "ab"),
        (f"a{PLACEHOLDER}b", f"a{PLACEHOLDER}b"),
        ("a\ud800b", f"a{PLACEHOLDER}b"),
    ],
)
def test_special_characters_are_no_exact_text(written: str, shown: str) -> None:
    builder = BlockBuilder(written)
    builder.exact(0, len(written))
    text, pieces, _ = builder.finish()
    assert text == shown
    assert len(pieces) > 1


def test_a_comment_form_ends_at_the_next_heading_of_its_rank() -> None:
    document = read("# Tea\n\n## Leave a Comment\n\nName\n\n### More\n\nEmail\n\n## Sources\n\nBook.\n")
    regions = {block.text: block.region for block in document.blocks}
    assert regions["Email"] is Region.COMMENT_FORM
    assert regions["Book."] is Region.BODY
    assert {block.text: block.section for block in document.blocks}["Book."] == ("Tea", "Sources")


@pytest.mark.parametrize(
    "source",
    [
        "> [!NOTE]\n> x",
        ":::tip\nx\n:::",
        "<Callout>\n\nx\n\n</Callout>",
        "<aside>\n\nx\n\n</aside>",
        "!!! note\n    x",
        '<div class="callout">x</div>',
    ],
)
def test_side_notes_in_markdown(source: str) -> None:
    document = read(f"before\n\n{source}\n\nafter\n")
    assert [(b.text, b.region) for b in document.blocks] == [
        ("before", Region.BODY),
        ("x", Region.ASIDE),
        ("after", Region.BODY),
    ]
    assert document.blocks[1].kind is BlockKind.PARAGRAPH


def test_markdown_links() -> None:
    document = read(
        "[a *b*](https://a.test/?x=1&amp;y) <https://b.test> c https://c.test/d_e_(f). ![g](h.png)"
        " [1] [2](#r2) [^n]\n\n[^n]: x\n"
    )
    block = document.blocks[0]
    source = document.source.text
    assert block.text == f"a b {PLACEHOLDER} c {PLACEHOLDER}. {PLACEHOLDER} [1] [2] [^n]"
    assert [(link.kind, link.target, link.span.of(block.text)) for link in block.links] == [
        (LinkKind.LINK, "https://a.test/?x=1&y", "a b"),
        (LinkKind.LINK, "https://b.test", PLACEHOLDER),
        (LinkKind.LINK, "https://c.test/d_e_(f)", PLACEHOLDER),
        (LinkKind.IMAGE, "h.png", PLACEHOLDER),
        (LinkKind.NOTE, "r2", "[2]"),
        (LinkKind.NOTE, "n", "[^n]"),
    ]
    assert [link.source.of(source) for link in block.links[1:4]] == [
        "<https://b.test>",
        "https://c.test/d_e_(f)",
        "![g](h.png)",
    ]


@pytest.mark.parametrize(
    "address", ["https://a.test/b", "HTTP://A.TEST/B", "www.a.test/b", "WWW.A.TEST/B", "Www.a.test/b", "wWW.a.test/b"]
)
def test_an_address_is_no_prose_however_it_is_written(address: str) -> None:
    block = read(f"See {address}. It’s there.").blocks[0]
    assert block.text == f"See {PLACEHOLDER}. It’s there."
    assert [link.target for link in block.links] == [address]


@pytest.mark.parametrize("line", ["import A from './a'", "import\t'./a'", "export const b = 1", "export\tdefault A"])
def test_module_lines_are_not_read(line: str) -> None:
    assert texts(read(f"{line}\n\nafter\n")) == ["after"]


def test_html_links() -> None:
    document = read(
        "<p><a href='/a&amp;b' rel='Sponsored nofollow'>x y</a> z<sup><a href='#ref-1'>1</a></sup> m<sup>2</sup>"
        " <a href=#n>[3]</a>"
        " <a>q</a> https://c.test</p><ol><li id=ref-1>Smith 2020.</ol>",
        "html",
    )
    block, note = document.blocks
    assert block.text == f"x y z[1] m² [3] q {PLACEHOLDER}"
    assert [(link.kind, link.target, link.rel) for link in block.links] == [
        (LinkKind.LINK, "/a&b", ("sponsored", "nofollow")),
        (LinkKind.NOTE, "ref-1", ()),
        (LinkKind.NOTE, "n", ()),
        (LinkKind.LINK, "https://c.test", ()),
    ]
    assert (note.kind, note.label) == (BlockKind.FOOTNOTE, "ref-1")


def test_comments_are_kept() -> None:
    markdown = read("a <!-- one --> b\n\n<!--\ntwo\n-->\n\n{/* three */}\n\n```\n<!-- no -->\n```\n")
    assert [comment.text for comment in markdown.comments] == ["one", "two", "three"]
    assert markdown.comments[2].source.of(markdown.source.text) == "{/* three */}"
    assert texts(markdown) == ["a b"]
    html = read("<p>a<!--one-->b<!-- two > --></p>", "html")
    assert [comment.text for comment in html.comments] == ["one", "two >"]
    assert html.comments[0].source.of(html.source.text) == "<!--one-->"


def test_repeated_titles_of_a_page_are_one() -> None:
    document = read(
        "<title>A &amp; B</title><meta property=og:title content='A & B'><meta name=twitter:title content=C>", "html"
    )
    assert shape(document) == [("title", "A & B"), ("title", "C")]
    assert document.title == 0
