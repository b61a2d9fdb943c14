"""Reading fixtures in which `[[` and `]]` mark the source that a phrase must map to."""

from __future__ import annotations

from dataclasses import dataclass

from caveat.document import Block, Document
from caveat.readers import read_text
from caveat.source import Span


@dataclass(frozen=True)
class Marked:
    document: Document
    expected: Span

    def locate(self, phrase: str) -> tuple[Block, Span]:
        """The one block that has the phrase, and where the phrase lies in the source."""
        found = [block for block in self.document.blocks if phrase in block.text]
        assert len(found) == 1, [block.text for block in self.document.blocks]
        start = found[0].text.index(phrase)
        return found[0], found[0].to_source(Span(start, start + len(phrase)))


def read_marked(marked: str, *, path: str) -> Marked:
    start = marked.index("[[")
    end = marked.index("]]") - 2
    return Marked(read_text(marked.replace("[[", "", 1).replace("]]", "", 1), path=path), Span(start, end))


def read(text: str, suffix: str = "md") -> Document:
    return read_text(text, path=f"page.{suffix}")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def shape(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


def check_map(document: Document) -> None:
    """Assert what every block promises about its pieces."""
    source = document.source.text
    for block in document.blocks:
        assert block.text
        assert block.text == block.text.strip()
        at = 0
        last = 0
        for index, piece in enumerate(block.pieces):
            assert piece.text_start == at
            end = block.pieces[index + 1].text_start if index + 1 < len(block.pieces) else len(block.text)
            assert end > at
            assert last <= piece.source.start <= piece.source.end <= len(source)
            if piece.exact:
                assert piece.source.of(source) == block.text[at:end]
            at, last = end, piece.source.end
        assert at == len(block.text)
        assert block.lead is None or 0 <= block.lead < len(document.blocks)
        for link in block.links:
            assert 0 <= link.span.start <= link.span.end <= len(block.text)
            assert link.source.end <= len(source)
    for comment in document.comments:
        assert comment.source.end <= len(source)
    for values in document.metadata.values():
        for value in values:
            assert value.source.end <= len(source)
