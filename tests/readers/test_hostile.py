"""Input made to hang or crash a reader: it is read or refused, in time that grows with its length."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from caveat.readers import MAX_BYTES, ReadError, read_file, read_text

from .marks import check_map, read

SUFFIXES = ("md", "html", "txt")

HOSTILE: dict[str, Callable[[int], str]] = {
    "unclosed comments": lambda n: "<!--" * n,
    "unclosed quotes": lambda n: "<a href='" * n,
    "unclosed tags": lambda n: "<a " * n,
    "less-thans": lambda n: "<" * n,
    "nested quotes": lambda n: ">" * n + " x",
    "nested lists": lambda n: "- " * n + "x",
    "nested tags": lambda n: "<div>" * n + "x" + "</div>" * n,
    "nested html lists": lambda n: "<ul><li>" * n + "x",
    "nested tables": lambda n: "<table><tr><td>" * n + "x",
    "end tags out of reach": lambda n: "<ul>" + "<div>" * n + "</li>" * n,
    "cells outside tables": lambda n: "<div><table><tr><td>x</div>" * n,
    "many attributes": lambda n: "<a " + "b " * n + ">x",
    "many classes": lambda n: "<div class='" + "cookie " * n + "'>x",
    "unclosed scripts": lambda n: "<script>" * n,
    "unclosed titles": lambda n: "<title>" * n,
    "open brackets": lambda n: "[" * n,
    "open links": lambda n: "[a](" * n,
    "open emphasis": lambda n: "*a _b " * n,
    "backticks": lambda n: "".join("`" * (i % 200) + "a" for i in range(n // 50)),
    "escapes": lambda n: "\\*" * n,
    "entities": lambda n: "&amp;" * n,
    "ampersands": lambda n: "&" * n,
    "blanks": lambda n: " " * n + "x",
    "tabs between words": lambda n: "a\t" * n,
    "blank lines": lambda n: "\n" * n,
    "soft hyphens": lambda n: "a\u00ad" * n,
    "addresses": lambda n: "http://a.test/b " * n,
    "colons and slashes": lambda n: "http://" * n,
    "open shortcodes": lambda n: "{{<" * n,
    "shortcodes": lambda n: "{{x}}" * n,
    "open liquid tags": lambda n: "{%" * n,
    "open MDX comments": lambda n: "{/*" * n,
    "open note fences": lambda n: ":::note\n" * n,
    "open components": lambda n: "<Callout a='\n" * n,
    "admonitions": lambda n: "!!! note\n    x\n" * n,
    "imports": lambda n: "import 'a'\n" * n,
    "headings": lambda n: "# A\n" * n,
    "underlines": lambda n: "A\n---\n" * n,
    "bullets": lambda n: "• a\n" * n,
    "footnotes": lambda n: "[^a]" * n + "\n\n[^a]: x",
    "superscripts": lambda n: "x<sup>1</sup>" * n,
    "html in quotes": lambda n: "> <div>\n> a\n" * n,
    "details": lambda n: "<details><summary>a</summary>b</details>" * n,
    "wide table": lambda n: "|a" * n + "\n" + "|-" * n + "\n" + "|b" * n,
    "long front matter": lambda n: "---\n" + "a: b\n" * n + "---\n",
    "deep front matter": lambda n: "---\na: " + "[" * n + "\n---\n",
    "deep JSON-LD": lambda n: '<script type="application/ld+json">' + "[" * n + "</script>",
    "broken JSON-LD": lambda n: '<script type="application/ld+json">' + '"\\' * n + "</script>",
    "control characters": lambda n: "a\x00\x01\x1b[31m" * n,
    "emoji": lambda n: "é😀 " * n,
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_length(make: Callable[[int], str], suffix: str, linear: Callable[..., bool]) -> None:
    check_map(read(make(50), suffix))
    assert linear(lambda n: partial(read, make(n), suffix), 600)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("part", "times"),
    [("<!--", 6_000), ("<a href='", 6_000), ("x", 300_000), ("word ", 60_000)],
    ids=["comments", "quotes", "x", "words"],
)
def test_time_grows_with_length_in_large_input(part: str, times: int, suffix: str, linear: Callable[..., bool]) -> None:
    assert linear(lambda n: partial(read, part * n, suffix), times)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", " \t\r\n", "\x00", "\x1b[31m", "<", "&", "---", "---\n", "[", "{{", ":::"]
)
def test_almost_nothing(text: str, suffix: str) -> None:
    document = read(text, suffix)
    check_map(document)
    assert document.source.text == text


def test_ten_thousand_nested_quotes_keep_their_text() -> None:
    assert [b.text for b in read(">" * 10_000 + " x").blocks] == ["x"]
    assert [b.text for b in read("<blockquote>" * 10_000 + "x", "html").blocks] == ["x"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"ok\nbad \xff byte", ("not UTF-8", "0xff", "offset 7", "line 2")),
        (b"cut \xe2\x82", ("not UTF-8", "offset 4", "line 1")),
        (b"caf\xe9", ("not UTF-8", "offset 3")),
        (b"a\x00b", ("binary", "NUL", "offset 1")),
        (b"text " * 5000 + b"\x00", ("binary", "offset 25000")),
        (b"a\x01b\x02", ("binary", "2 of its 4 bytes")),
        (b"%PDF-1.7\n", ("PDF",)),
        (b"PK\x03\x04...", ("archive",)),
        (b"\x89PNG\r\n", ("picture",)),
        (b"\xff\xfea", ("UTF-16",)),
        ("a\0b".encode("utf-16"), ("binary",)),
    ],
)
def test_files_that_are_no_text_are_refused(tmp_path: Path, data: bytes, words: tuple[str, ...]) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(ReadError) as refused:
        read_file(path)
    for word in words:
        assert word in str(refused.value)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ReadError, match=f"50,000,000 bytes; the limit is {MAX_BYTES:,}"):
        read_file(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    for path, words in ((tmp_path, "folder"), (tmp_path / "none.md", "no such file"), (loop, "can not be read")):
        with pytest.raises(ReadError, match=words):
            read_file(path)
    with pytest.raises(ReadError, match="can not be read"):
        read_file(Path("a\0b.md"))


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("x")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="no permission"):
        read_file(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings_give_the_same_words(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path.write_bytes(f"{mark}# Thé 😀\n\nUn **thé**.\n".encode(encoding))
    document = read_file(path, display="shown.md")
    check_map(document)
    assert document.source.path == "shown.md"
    assert [block.text for block in document.blocks] == ["Thé 😀", "Un thé."]
    assert document.source.text.startswith("\ufeff") == (encoding != "utf-8")


def test_standard_input_is_markdown() -> None:
    assert read_text("# A", path="-").format == "markdown"
