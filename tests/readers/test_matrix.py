"""Phrases in awkward markup: found as they read, at their exact place in the source."""

from __future__ import annotations

import pytest

from .marks import check_map, read_marked

PHRASE = "cures joint pain"

MARKDOWN = {
    "plain": "It [[cures joint pain]] fast.",
    "bold inside": "It [[cures **joint** pain]] fast.",
    "bold around": "It **[[cures joint pain]]** fast.",
    "half a word": "It [[cu**res** joint pain]] fast.",
    "nested emphasis": "It [[cures ***joint* pain]]** fast.",
    "underscores": "It [[cures _joint_ __pain]]__ fast.",
    "struck": "It [[cures ~~joint~~ pain]] fast.",
    "link": "It [[cures [joint](https://a.test 'x') pain]] fast.",
    "reference link": "It [[cures [joint][r] pain]] fast.\n\n[r]: https://a.test",
    "link text": "[It [[cures joint pain]] fast](https://a.test).",
    "entity": "It [[cures&#32;joint pain]] fast.",
    "no-break space": "It [[cures joint&nbsp;pain]] fast.",
    "typed no-break space": "It [[cures\u00a0joint\u202fpain]] fast.",
    "soft break": "It [[cures\njoint pain]] fast.",
    "soft break with indent": "It [[cures\n   joint pain]] fast.",
    "hard break": "It [[cures  \njoint\\\npain]] fast.",
    "windows line ends": "It\r\n[[cures\r\njoint pain]]\r\nfast.\r\n",
    "tab": "It [[cures\tjoint pain]] fast.",
    "many blanks": "It [[cures   joint pain]] fast.",
    "escaped before": "It \\*[[cures joint pain]]\\* fast.",
    "soft hyphen": "It [[cures joint p\u00adain]] fast.",
    "zero-width blank": "It [[cures\u200b joint pain]] fast.",
    "soft hyphen entity": "It [[cures joint pa&shy;in]] fast.",
    "byte order mark": "\ufeffIt [[cures joint pain]] fast.",
    "emoji before": "👩‍⚕️😀 It [[cures joint pain]] fast.",
    "combining before": "Cafe\u0301 man\u0303ana [[cures joint pain]] fast.",
    "right-to-left before": "שלום مرحبا \u2067[[cures joint pain]]\u2069 fast.",
    "accents within": "é [[cures **joint** pain]] é.",
    "inline tags": "It [[cures <b class='x'>joint</b> pain]] fast.",
    "line break tag": "It [[cures<br>joint<br/>pain]] fast.",
    "comment": "It [[cures <!-- now --> joint pain]] fast.",
    "heading": "# It [[cures joint pain]] #\n",
    "heading with attributes": "## It [[cures **joint** pain]] {#top .x}\n",
    "underlined heading": "It [[cures\njoint pain]]\n===\n",
    "list": "- a\n- It [[cures\n  joint pain]]\n",
    "nested list": "1. a\n   - b\n     - It [[cures **joint** pain]]\n",
    "task": "- [x] It [[cures joint pain]]\n",
    "quote": "> It [[cures\n> joint pain]]\n",
    "lazy quote": "> It [[cures\njoint pain]]\n",
    "quote in list": "- > It [[cures\n  > joint pain]]\n",
    "alert": "> [!TIP]\n> It [[cures joint pain]]\n",
    "table": "| a | b |\n|---|---|\n| x | It [[cures **joint** pain]] |\n",
    "table with a bar": "| a |\n|---|\n| \\| [[cures joint pain]] \\| |\n",
    "footnote": "Text.[^n]\n\n[^n]: It [[cures **joint**\n    pain]].\n",
    "definition": "Tea\n: It [[cures joint pain]]\n",
    "alternative text": "![It [[cures *joint* pain]]](a.png)\n",
    "html block": "<div>\nIt [[cures <i>joint</i>\npain]]\n</div>\n",
    "html block in quote": "> <div>\n> It [[cures\n> joint pain]]\n> </div>\n",
    "note fence": ":::note\nIt [[cures joint pain]]\n:::\n",
    "note fence title": ":::tip[It [[cures joint pain]]]\nText.\n:::\n",
    "mkdocs": '!!! note "Title"\n    It [[cures\n    joint pain]]\n',
    "mkdocs title": '!!! note "It [[cures joint pain]]"\n    Text.\n',
    "component": "<Callout type='x' items={[1, {a: 2}]}>\nIt [[cures **joint** pain]]\n</Callout>\n",
    "inline component": "It [[cures <Hot>joint</Hot> pain]] fast.",
    "after imports": "import A from './a'\nexport const b = {\n  c: 1,\n}\n\nIt [[cures joint pain]].\n",
    "after shortcode": "{{< note >}}\nIt [[cures joint pain]]\n{{< /note >}}\n",
    "after liquid": "{% if x %}\nIt [[cures joint pain]]\n{% endif %}\n",
    "figure shortcode": '{{< figure src="a.png" caption="It [[cures joint pain]]" >}}\n',
    "bullet": "Uses:\n  • one\n  • It [[cures\n    joint pain]]\n",
    "indented bullets": "Uses:\n\n    • one\n    • It [[cures joint pain]]\n",
    "front matter title": "---\ntitle: It [[cures joint pain]]\n---\nText.\n",
    "quoted title": '---\ntitle: "It [[cures joint pain]]"\n---\nText.\n',
    "folded description": "---\ndescription: >-\n  It [[cures\n  joint pain]]\n---\nText.\n",
    "title after emoji": "---\na: 😀\ntitle: It [[cures joint pain]]\n---\nText.\n",
    "toml title": '+++\nx = "It"\ntitle = "It [[cures joint pain]]"\n+++\nText.\n',
    "after byte order mark and front matter": "\ufeff---\na: é\n---\nÉ [[cures joint pain]]\n",
    "prices": "From $5-$10 it [[cures joint pain]] for $3.",
    "unclosed bold": "It **[[cures joint pain]] fast.",
    "unclosed link": "It [x]([[cures joint pain]] fast.",
    "unclosed tag": "It <b [[cures joint pain]] fast.",
    "unclosed front matter": "---\ntitle: x\n\nIt [[cures joint pain]] fast.",
    "unclosed component": "<Callout>\n\nIt [[cures joint pain]] fast.",
}

HTML = {
    "bare": "It [[cures joint pain]] fast.",
    "paragraph": "<p>It [[cures joint pain]] fast.</p>",
    "inline": "<p>It [[cures <b>joint</b> <em><i>pain]]</i></em> fast.</p>",
    "half a word": "<p>It [[cu<b>res</b> joint pain]] fast.</p>",
    "link": "<p>It [[cures <a href='x'>joint</a> pain]] fast.</p>",
    "no-break space": "<p>It [[cures&nbsp;joint&#160;pain]] fast.</p>",
    "entity without semicolon": "<p>It [[cures joint&nbsp pain]] fast.</p>",
    "number entities": "<p>It [[cures j&#111;int p&#x61;in]] fast.</p>",
    "line ends": "<p>It\r\n[[cures\r\n  joint\tpain]]\r\n</p>",
    "break": "<p>It [[cures<br>joint<br />pain]] fast.</p>",
    "word break": "<p>It [[cures jo<wbr>int pa&shy;in]] fast.</p>",
    "comment": "<p>It [[cures <!-- > --> joint pain]] fast.</p>",
    "script inside": "<p>It [[cures <script>if (a < b) '</p>'</script> joint pain]] fast.</p>",
    "attribute with markup": "<p title='<p>a > b</p>'>It [[cures joint pain]] fast.</p>",
    "implied paragraph ends": "<p>One<p>It [[cures joint pain]]<p>Three",
    "implied item ends": "<ul><li>One<li>It [[cures joint pain]]<li>Three</ul>",
    "implied cell ends": "<table><tr><td>One<td>It [[cures joint pain]]<tr><td>Three</table>",
    "heading": "<h2>It [[cures <small>joint</small> pain]]</h2>",
    "title": "<title>It [[cures joint&nbsp;pain]]</title>",
    "unclosed title": "<title>It [[cures joint pain]]",
    "description": '<meta name="description" content="It [[cures &#106;oint pain]]">',
    "open graph": "<meta property=og:title content='It [[cures joint pain]]'>",
    "alternative text": '<img alt="It [[cures joint&nbsp;pain]]" src=x>',
    "button": "<button type=button>It [[cures <b>joint</b> pain]]</button>",
    "submit": "<input type='SUBMIT' value='It [[cures joint pain]]'>",
    "caption": "<figure><img src=x><figcaption>It [[cures joint pain]]</figcaption></figure>",
    "summary": "<details><summary>It [[cures joint pain]]</summary>Yes.</details>",
    "definition": "<dl><dt>Tea<dd>It [[cures joint pain]]</dl>",
    "table caption": "<table><caption>It [[cures joint pain]]</caption><tr><td>x</table>",
    "less-than": "<p>5 < 6 and a <3 it [[cures joint pain]] fast.",
    "misnested": "<p><b>It [[cures <i>joint</b> pain]]</i> fast.</p>",
    "stray end tags": "</div></p></b>It [[cures joint</span> pain]] fast.</section>",
    "unknown element": "<foo:bar>It [[cures <zap>joint</zap> pain]]</foo:bar>",
    "upper case": "<P>It [[cures <B>joint</B> pain]]</P>",
    "unquoted slash": "<a href=/a/b/>It [[cures joint pain]]</a>",
    "doctype and instruction": "<?xml version='1.0'?><!DOCTYPE html><p>It [[cures joint pain]]",
    "emoji": "<p>😀👨‍👩‍👧 é [[cures <b>joint</b> pain]]</p>",
    "byte order mark": "\ufeff<p>It [[cures joint pain]]</p>",
    "unclosed comment after": "<p>It [[cures joint pain]]</p><!-- never",
    "unclosed tag after": "<p>It [[cures joint pain]] <a href='x",
    "last cell without table": "<td>It [[cures joint pain]]",
}

TEXT = {
    "plain": "It [[cures joint pain]] fast.",
    "wrapped": "It [[cures\njoint   pain]] fast.",
    "windows line ends": "One.\r\n\r\nIt [[cures\r\njoint pain]]\r\nfast.",
    "bullet": "Uses:\n  • one\n  • It [[cures\n    joint pain]]\n",
    "numbered": "1. one\n2. It [[cures joint pain]]\n",
    "dash": "- one\n- It [[cures joint pain]]\n",
    "heading": "It [[cures joint pain]]\n=====\n\nText.",
    "ampersand stays": "A &amp; it [[cures joint pain]] <b>",
    "byte order mark": "\ufeffIt [[cures joint pain]] fast.",
    "form feed": "One.\f\n\nIt [[cures joint pain]]\f",
    "no line end": "One.\n\n[[cures joint pain]]",
    "emoji": "😀 [[cures joint pain]]",
}


@pytest.mark.parametrize("marked", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown(marked: str) -> None:
    found = read_marked(marked, path="a.md")
    check_map(found.document)
    assert found.locate(PHRASE)[1] == found.expected


@pytest.mark.parametrize("marked", HTML.values(), ids=HTML)
def test_html(marked: str) -> None:
    found = read_marked(marked, path="a.html")
    check_map(found.document)
    assert found.locate(PHRASE)[1] == found.expected


@pytest.mark.parametrize("marked", TEXT.values(), ids=TEXT)
def test_text(marked: str) -> None:
    found = read_marked(marked, path="a.txt")
    check_map(found.document)
    assert found.locate(PHRASE)[1] == found.expected


def test_an_edit_is_possible_only_inside_plain_source() -> None:
    block, _ = read_marked("It [[cures **joint** pain]].", path="a.md").locate(PHRASE)
    span = type(block.source)
    at = block.text.index("joint")
    assert block.is_literal(span(at, at + 5))
    assert not block.is_literal(span(at - 3, at + 5))
