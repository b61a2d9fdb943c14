"""The map holds on every document: arbitrary text, and documents whose readable text is known."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.document import PLACEHOLDER, Document
from caveat.source import Span

from .marks import check_map, read

SUFFIXES = ("md", "html", "txt")

# Text that looks like markup is where readers go wrong; plain random characters seldom do.
CHARACTERS = "\n \t\r*_`#>-+|[]()<>!&;:=~$^{}%/\\\"'•0\u00a0\u200b\u00ad\ufeff\ufffc😀é\u0301\x00\x1b"
MARKDOWN_SCRAPS = r"""---|+++|***|- |1. |> |# |===|[^1]|[^1]: |[1]|](x)|![|{{< x >}}|{{|}}|{% x %}|{/*|*/}|:::note t|:::
|!!! note "t"|    |import a from 'b'|https://a.test/b|www.a.test.|title: x|word|Cures Pain"""
HTML_SCRAPS = """<div>|</div>|<p>|<b|</b>|<sup>|</sup>|<a href='#r'>|</a>|<a class=btn>|<li>|<ul>|</ul>|<table>|<tr>
|<th>|<td colspan=9 rowspan=3>|</table>|<h2>|<details>|<summary>|</details>|<script>|</script>|<title>|</title>|<!--
|-->|<br>|<img alt='a &amp; b'>|<input type=submit value=x>|<meta name=description content='d'>|<nav>|<Callout>
|</Callout>|<pre>|</pre>|&amp;|&nbsp;|&#0;|&#x10ffff;|&zwj;|<p hidden>|<blockquote>|</blockquote>"""
LINES = ["\n\n", "\r\n", "---\n", "+++\n", ":::\n", ":::note\n", "| a | b |\n|---|---|\n"]
SCRAPS = st.sampled_from([*CHARACTERS, *LINES, *MARKDOWN_SCRAPS.split("|"), *HTML_SCRAPS.split("|")])
MARKUP = st.lists(SCRAPS, max_size=40).map("".join)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=300, deadline=None)
@given(text=st.one_of(MARKUP, st.text(max_size=60)))
def test_any_text_can_be_read_and_maps(suffix: str, text: str) -> None:
    document = read(text, suffix)
    check_map(document)
    assert document.source.text == text


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=30))
def test_text_from_a_program_may_hold_surrogates(text: str) -> None:
    for suffix in SUFFIXES:
        check_map(read(text, suffix))


@dataclass(frozen=True)
class Inline:
    """A run of inline markup, and the text that it shows."""

    source: str
    shown: str


WORDS = st.sampled_from(["tea", "é", "5", "mg", "Ωmega", "日本", "😀", "naïve", "a\u0301b", "x2"])


def _wrapped(marks: list[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from(marks)


def _words() -> st.SearchStrategy[Inline]:
    return WORDS.map(lambda word: Inline(word, word))


def _grammar(
    marks: list[tuple[str, str]], gaps: list[tuple[str, str]], atoms: list[tuple[str, str]]
) -> st.SearchStrategy[Inline]:
    """Words and atoms, joined by gaps, wrapped in marks, some deep."""
    leaf = st.one_of(_words(), st.sampled_from([Inline(*atom) for atom in atoms]))

    def grow(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
        joined = st.tuples(inner, st.sampled_from(gaps), inner).map(
            lambda t: Inline(t[0].source + t[1][0] + t[2].source, t[0].shown + t[1][1] + t[2].shown)
        )
        wrapped = st.tuples(_wrapped(marks), inner).map(lambda t: Inline(t[0][0] + t[1].source + t[0][1], t[1].shown))
        return st.one_of(joined, wrapped)

    return st.recursive(leaf, grow, max_leaves=12)


GAPS = [(" ", " "), ("\n", " "), ("  ", " "), ("\r\n", " "), ("&nbsp;", " "), (" &#32; ", " "), ("\u00a0", " ")]
ATOMS = [("&amp;", "&"), ("&lt;", "<"), ("&#233;", "é"), ("&eacute;", "é"), ("x&shy;y", "xy")]
HTML = _grammar(
    [
        ("<b>", "</b>"),
        ("<em class='x>y'>", "</em>"),
        ("<a href='u'>", "</a>"),
        ("<span>", "</span>"),
        ("<!-- c -->", ""),
    ],
    [*GAPS, ("<br>", " "), (" <wbr>", " ")],
    [*ATOMS, ("<code>c</code>", PLACEHOLDER), ("<img src=x>", PLACEHOLDER)],
)
MARKDOWN = _grammar(
    [("<b>", "</b>"), ("<i title='>'>", "</i>"), ("&shy;<!-- c -->", ""), ("<span>", "</span>")],
    [*GAPS, ("<br>", " "), ("  \n", " "), ("\\\n", " ")],
    [
        *ATOMS,
        ("`c`", PLACEHOLDER),
        ("\\*", "*"),
        ("[l](u)", "l"),
        ("**b**", "b"),
        ("![](x)", PLACEHOLDER),
        ("s{{< s >}}", f"s{PLACEHOLDER}"),
    ],
)


def assert_shows(document: Document, expected: str, start: int, end: int) -> None:
    check_map(document)
    assert [block.text for block in document.blocks] == [expected]
    block = document.blocks[0]
    # Markup at the very ends of the run may be left out; everything that is shown must be inside it.
    whole = block.to_source(Span(0, len(block.text)))
    assert whole.start == start
    assert Span(start, end).contains(whole)


@settings(max_examples=300, deadline=None)
@given(HTML)
def test_html_shows_what_it_was_made_from(shown: Inline) -> None:
    before = "<p title='é'>Tea "
    document = read(f"{before}{shown.source}</p>", "html")
    assert_shows(document, f"Tea {shown.shown}", len(before) - 4, len(before) + len(shown.source))


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_markdown_shows_what_it_was_made_from(shown: Inline) -> None:
    before = "😀 tea:\n"
    document = read(f"{before}{shown.source}", "md")
    assert_shows(document, f"😀 tea: {shown.shown}", 0, len(before) + len(shown.source))


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_every_word_is_found_at_its_place(words: list[str], data: st.DataObject) -> None:
    gaps = data.draw(
        st.lists(st.sampled_from([" ", "\n", "  ", " **", "** "]), min_size=len(words), max_size=len(words))
    )
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    for suffix in SUFFIXES:
        for block in read(text, suffix).blocks:
            at = 0
            for word in block.text.split():
                at = block.text.index(word, at)
                span = Span(at, at + len(word))
                at = span.end
                assert not block.is_literal(span) or block.to_source(span).of(text) == word
