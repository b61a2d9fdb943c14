"""Where the terminal report is drawn: a rich console that only ever receives harmless, encodable text.

Colours are few on purpose. Of the sixteen that every terminal has, red and magenta are the ones that can be
read on black and on white alike; yellow, cyan and green vanish on white, blue on black. Everything else is
said by words, signs, bold and dim, so nothing is lost without colour.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.text import Text

from caveat.finding import Severity
from caveat.report.options import Color, TerminalOptions
from caveat.report.visible import can_encode, one_line
from caveat.values import dataclass

PROSE = 100
"""Cells beyond which a line of prose is tiring to read, however wide the terminal."""

STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold magenta", Severity.NOTE: "bold"}


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of the report."""

    error: str
    warning: str
    note: str
    present: str
    missing: str
    ellipsis: str

    def of(self, severity: Severity) -> str:
        """The sign of a severity."""
        return {Severity.ERROR: self.error, Severity.WARNING: self.warning, Severity.NOTE: self.note}[severity]


_UNICODE = Signs(error="✖", warning="▲", note="●", present="✓", missing="✗", ellipsis="…")
_ASCII = Signs(error="x", warning="!", note="-", present="+", missing="x", ellipsis="...")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that says what it is: both texts are safe to show. `address` is printed whole, at the end."""

    label: str
    text: Text
    address: str = ""


class Screen:
    """A console of known width and encoding, with the few shapes that the report is made of."""

    def __init__(self, stream: TextIO, options: TerminalOptions) -> None:
        self.encoding = getattr(stream, "encoding", None) or "utf-8"
        self.signs = _UNICODE if can_encode("".join(_fields(_UNICODE)), self.encoding) else _ASCII
        always = options.color is Color.ALWAYS
        styled = always or (options.color is Color.AUTO and stream.isatty() and os.environ.get("TERM") != "dumb")
        self.console = Console(
            file=stream,
            width=options.width,
            force_terminal=styled,
            color_system="standard" if styled else None,
            no_color=False if always else None,  # None: NO_COLOR decides; bold and dim stay
            highlight=False,
            markup=False,
            emoji=False,
        )
        self.width = self.console.width
        self.prose = min(self.width, PROSE)

    def safe(self, text: str) -> str:
        """`text` on one line, without anything that steers the terminal or that it cannot show."""
        return one_line(text, encoding=self.encoding)

    def text(self, *parts: str | tuple[str, str]) -> Text:
        """A line from parts, each text or text with a style; every part is made safe, spaces at its ends kept."""
        out = Text(overflow="fold")
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            lead = words[: len(words) - len(words.lstrip(" "))]
            tail = words[len(words.rstrip(" ")) :] if words.strip(" ") else ""
            out.append(lead + self.safe(words) + tail, style)
        return out

    def line(self, *parts: str | tuple[str, str], indent: int = 0) -> None:
        """Print a line from parts, wrapped where it must be."""
        self.show(self.text(*parts), indent=indent, width=self.prose)

    def show(self, what: RenderableType, *, indent: int = 0, width: int | None = None) -> None:
        """Print a renderable without trailing blanks. `width` limits it, the screen's width holds in any case."""
        options = self.console.options.update_width(min(width or self.width, self.width))
        for line in self.console.render_lines(Padding(what, (0, 0, 0, indent)), options, pad=False):
            while line and not line[-1].text.strip(" "):
                line.pop()
            if line:
                line[-1] = Segment(line[-1].text.rstrip(" "), line[-1].style)
            self.console.print(Segments([*line, Segment.line()]), soft_wrap=True, end="")

    def whole(self, *parts: str | tuple[str, str]) -> None:
        """Print a line from parts and never wrap it, so that other programs can read it."""
        self.row(self.text(*parts))

    def row(self, text: Text) -> None:
        """Print text that is safe and laid out already."""
        text.rstrip()
        self.console.print(text, soft_wrap=True)

    def blank(self) -> None:
        """Print an empty line."""
        self.console.print()

    def labelled(self, rows: Sequence[Labelled], *, indent: int) -> None:
        """Print rows as `label  text`, the text hanging under itself, an address whole so that it opens."""
        gutter = max((len(row.label) for row in rows), default=0) + 2
        hang = " " * (indent + gutter)
        room = max(self.prose - len(hang), 10)
        for row in rows:
            lines = list(row.text.wrap(self.console, room))
            if row.address and lines and lines[-1].cell_len + 1 + len(row.address) <= room:
                lines[-1].append(f" {row.address}", "dim")
            elif row.address:
                lines.append(Text(row.address, "dim"))
            for index, line in enumerate(lines):
                lead = hang if index else " " * indent + row.label.ljust(gutter)
                self.row(Text.assemble((lead, "dim"), line))


def _fields(signs: Signs) -> tuple[str, ...]:
    return signs.error, signs.warning, signs.note, signs.present, signs.missing, signs.ellipsis
