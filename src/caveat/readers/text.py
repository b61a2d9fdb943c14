"""Plain text: paragraphs between blank lines, bullets, numbered items, and headings by their look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caveat.document import BlockKind, Document, Format
from caveat.readers.assemble import assemble
from caveat.readers.flow import Flow
from caveat.readers.plain import BULLETS, looks_like_heading, number_depth, rank_headings
from caveat.regex import regex
from caveat.source import Source
from caveat.values import dataclass

_ITEM = regex(rf"([ \t]*+)(?:[{BULLETS}][ \t]*+|[-*+–—][ \t]++|(?:\d{{1,3}}|[a-z])[.)][ \t]++)(?=\S)")
_UNDERLINE = regex(r"[ \t]*(?:={3,}|-{3,}|~{3,}|\*{3,}|_{3,})[ \t]*")
_LONG_LINE = 140  # characters: text with such lines is not wrapped, so every line is a paragraph
_INDENT = 2  # columns that make a bullet belong to the one above


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def read_text_file(source: Source) -> Document:
    """Read a plain text file."""
    flow = Flow(source.text)
    reader = _TextReader(flow)
    for chunk in _chunks(source.text):
        reader.read(chunk)
    reader.end_list()
    rank_headings(flow.drafts)
    return Document(source, Format.TEXT, assemble(flow))


def _chunks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines between blank lines."""
    chunk: list[_Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        shown = raw.rstrip("\r\n")
        stripped = shown.strip("\ufeff \t\u00a0\f\v")
        if stripped:
            chunk.append(_Line(at, at + len(shown), stripped))
        elif chunk:
            yield chunk
            chunk = []
        at += len(raw)
    if chunk:
        yield chunk


class _TextReader:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._indents: list[int] = []  # of the lists that are open, outermost first

    def read(self, lines: list[_Line]) -> None:
        """Read the lines between two blank ones."""
        at = 0
        while at < len(lines) and (taken := self._heading(lines, at)):
            at += taken
        if at < len(lines):
            self._paragraph(lines[at:])

    def _paragraph(self, lines: Sequence[_Line]) -> None:
        unwrapped = any(len(line.text) > _LONG_LINE for line in lines)
        if self._indents and _ITEM.match(self.flow.text, lines[0].start, lines[0].end) is None:
            self.end_list()
        for index, line in enumerate(lines):
            item = _ITEM.match(self.flow.text, line.start, line.end)
            if item is not None:
                self._item(len(item.group(1).expandtabs(4)))
                self.flow.exact(item.end(), line.end)
                continue
            if index and unwrapped and not self._indents:
                self.flow.flush()
            elif index:
                self.flow.blank(lines[index - 1].end, line.start)
            if unwrapped and not self._indents and index + 1 < len(lines) and looks_like_heading(line.text):
                self._add_heading(line, 0)
            else:
                self.flow.exact(line.start, line.end)
        self.flow.flush()

    def _heading(self, lines: Sequence[_Line], at: int) -> int:
        """Read a heading or a rule that the lines begin with from `at`; how many lines it took."""
        first = lines[at]
        second = lines[at + 1].text if at + 1 < len(lines) else ""
        if _UNDERLINE.fullmatch(second) and len(first.text) <= _LONG_LINE:
            self.end_list()
            self._add_heading(first, 1 if second[0] == "=" else 2)
            return 2
        if _UNDERLINE.fullmatch(first.text):
            return 1
        item = _ITEM.match(self.flow.text, first.start, first.end)
        if second or (item is not None and not (number_depth(first.text) and not self._indents)):
            return 0
        if looks_like_heading(first.text):
            self.end_list()
            self._add_heading(first, 0)
            return 1
        return 0

    def _add_heading(self, line: _Line, level: int) -> None:
        self.flow.flush()
        self.flow.open("heading", self.flow.context._replace(kind=BlockKind.HEADING, level=level))
        self.flow.exact(line.start, line.end)
        self.flow.flush()
        self.flow.close("heading")

    def _item(self, indent: int) -> None:
        """Begin a list item, in a list of its own depth."""
        self.flow.flush()
        while len(self._indents) > 1 and indent <= self._indents[-1] - _INDENT:
            self._indents.pop()
            self.flow.close("list")
        if not self._indents or indent >= self._indents[-1] + _INDENT:
            self._indents.append(indent)
            depth = len(self._indents)
            group = self.flow.new_group()
            context = self.flow.context._replace(kind=BlockKind.LIST_ITEM, level=depth, depth=depth, group=group)
            self.flow.open("list", context)

    def end_list(self) -> None:
        """Leave the lists that are open."""
        self.flow.flush()
        while self._indents:
            self._indents.pop()
            self.flow.close("list")
