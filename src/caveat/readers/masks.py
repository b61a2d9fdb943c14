"""What Markdown dialects add to Markdown, masked at equal length so that the parser leaves the text around it whole.

Template tags of site generators (Hugo `{{< … >}}`, Liquid `{% … %}`), MDX imports, exports, comments and
component tags, Docusaurus `:::note` fences and MkDocs `!!! note` admonitions.
"""

from __future__ import annotations

import re

from caveat.document import PLACEHOLDER, BlockKind, Comment
from caveat.readers.furniture import CALLOUTS
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_TEMPLATE = regex(
    r"\{\{[<%](?:[^{}]|\}(?!\})|\{(?!\{))*+\}\}"  # {{< x >}}, {{% x %}}
    r"|\{\{[^{}\n]*+\}\}"  # {{ x }}
    r"|\{%(?:[^%{\n]|%(?!\})|\{(?!%))*+%\}"  # {% x %}
)
_MODULE_LINE = regex(
    r"^(?:import[ \t]+(?:[\w*{][^\n'\"]*[ \t]from[ \t]+)?['\"][^'\"\n]+['\"];?"
    r"|export[ \t]+(?:default|const|let|var|function|async|class|\{|\*)[^\n]*)[ \t]*\r?$",
    re.MULTILINE,
)
_MODULE_WORDS = ("import ", "import\t", "export ", "export\t")
"""One of these begins every such line."""
_BLANK_LINE = regex(r"\n[ \t\r]*\n")
_VALUE = r"\"[^\"]*+\"|'[^']*+'|\{[^{}\n]*+(?:\{[^{}\n]*+\}[^{}\n]*+)*+\}"
_ATTRIBUTES = rf"(?:\s++[\w:.-]++(?:=(?:{_VALUE}))?|\s++\{{\.\.\.[^{{}}\n]*+\}})*+"
_COMPONENT_LINE = regex(rf"^[ \t]*+(?:<(/?)([A-Z][\w.]*+){_ATTRIBUTES}\s*+(/?)>|<>|</>)[ \t]*+\r?$", re.MULTILINE)
_FENCE = regex(r"^[ \t]*+:{3,}+[ \t]*+(\{?[\w.-]*)[}\[ \t]*([^\n\]{]*)[^\n]*$", re.MULTILINE)
_ADMONITION = regex(r"^(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]*(?:\"([^\"\n]*)\")?[ \t]*\r?$", re.MULTILINE)
_LABEL = regex(r"\s(alt|caption|title)=([\"'])([^\"'\n]*)\2")
_INDENTED = regex(r"[ \t\r]*+\n|(?: {4}|\t)[^\n]*+\n?")
_SURROGATE = regex("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Masked:
    """Text of the same length as the source, with the dialects' parts replaced.

    `asides` are the extents of side notes, in order; `comments` those of `{/* … */}`; `labels` the texts that a
    masked part shows (the title of a note, the caption or alternative text of a figure), in order.
    """

    text: str
    asides: tuple[Span, ...]
    comments: tuple[Comment, ...]
    labels: tuple[tuple[Span, BlockKind], ...]


def mask(text: str) -> Masked:
    """Mask what is not CommonMark; a part alone on its line leaves a blank line, one amid text a placeholder."""
    masks = _Masks(text)
    if "{" in text:
        masks.comment_tags()
        masks.template_tags()
    if any(map(text.__contains__, _MODULE_WORDS)):
        masks.modules()
    if "<" in text:
        masks.components()
    if ":::" in text:
        masks.fences()
    if "!!!" in text or "???" in text:
        masks.admonitions()
    if not text.isascii():
        # Surrogates can not be encoded for the parser; a decoded file never has them, text from a program may.
        masks.edits += [(m.start(), m.end(), PLACEHOLDER) for m in _SURROGATE.finditer(text)]
    shown = _apply(text, masks.edits) if masks.edits else text
    labels = sorted(masks.labels, key=lambda label: label[0])
    return Masked(shown, tuple(sorted(masks.asides)), tuple(masks.comments), tuple(labels))


def _apply(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, char in sorted(edits):
        if start < at:
            continue
        parts.append(text[at:start])
        hidden = text[start:end]
        if "\n" in hidden:
            parts.append("".join(c if c in "\r\n" else char for c in hidden))
        else:
            parts.append(char * len(hidden))
        at = end
    parts.append(text[at:])
    return "".join(parts)


class _Masks:
    """The parts of one text to mask: start, end, and the character that takes their place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[tuple[int, int, str]] = []
        self.asides: list[Span] = []
        self.comments: list[Comment] = []
        self.labels: list[tuple[Span, BlockKind]] = []

    def comment_tags(self) -> None:
        """MDX comments."""
        at = 0
        while (start := self.text.find("{/*", at)) >= 0:
            close = self.text.find("*/}", start + 3)
            if close < 0:
                return
            at = close + 3
            self.comments.append(Comment(self.text[start + 3 : close].strip(), Span(start, at)))
            self.edits.append((start, at, " "))

    def template_tags(self) -> None:
        """Shortcodes and Liquid tags."""
        line_end = 0
        char = " "
        for tag in _TEMPLATE.finditer(self.text):
            if tag.start() >= line_end:
                line_start = self.text.rfind("\n", 0, tag.start()) + 1
                line_end = self.text.find("\n", tag.end())
                line_end = line_end if line_end >= 0 else len(self.text)
                alone = not _TEMPLATE.sub("", self.text[line_start:line_end]).strip()
                char = " " if alone else PLACEHOLDER
            self.edits.append((tag.start(), tag.end(), char))
            self._label(tag.start(), tag.end())

    def modules(self) -> None:
        """MDX imports and exports: from such a line, at the start of a block, to the next blank line."""
        text = self.text
        at = 0
        while (line := _MODULE_LINE.search(text, at)) is not None:
            at = line.end()
            before = text[text.rfind("\n", 0, max(0, line.start() - 1)) + 1 : line.start()].strip()
            if before in ("", "---", "+++"):
                blank = _BLANK_LINE.search(text, line.end())
                at = blank.start() if blank is not None else len(text)
                self.edits.append((line.start(), at, " "))

    def components(self) -> None:
        """Tags of components alone on their lines; what they enclose is Markdown."""
        opened: list[tuple[str, int]] = []
        for tag in _COMPONENT_LINE.finditer(self.text):
            self.edits.append((tag.start(), tag.end(), " "))
            self._label(tag.start(), tag.end())
            name = (tag.group(2) or "").lower()
            if name not in CALLOUTS or tag.group(3):
                continue
            if not tag.group(1):
                opened.append((name, tag.start()))
            elif opened and opened[-1][0] == name:
                self.asides.append(Span(opened.pop()[1], tag.end()))

    def fences(self) -> None:
        """Docusaurus: `:::note Title` or `:::note[Title]` up to `:::`."""
        opened: list[int] = []
        for fence in _FENCE.finditer(self.text):
            self.edits.append((fence.start(), fence.end(), " "))
            if fence.group(1):
                opened.append(fence.start())
                self.labels.append((Span(*fence.span(2)), BlockKind.CAPTION))
            elif opened:
                self.asides.append(Span(opened.pop(), fence.end()))

    def admonitions(self) -> None:
        """MkDocs: the indented lines under `!!! note` become a Markdown quote, which keeps lists in them whole."""
        text = self.text
        end = 0
        for title in _ADMONITION.finditer(text):
            if title.start() < end:
                continue
            self.edits.append((title.start(), title.end(), " "))
            if title.group(1):
                self.labels.append((Span(*title.span(1)), BlockKind.CAPTION))
            end = min(title.end() + 1, len(text))
            while end < len(text) and (line := _INDENTED.match(text, end)) is not None and line.end() > end:
                if line.group().strip():
                    self.edits.append((line.start(), line.start() + 1, ">"))
                end = line.end()
            self.asides.append(Span(title.start(), end))

    def _label(self, start: int, end: int) -> None:
        for attribute in _LABEL.finditer(self.text, start, end):
            kind = BlockKind.ALT if attribute.group(1) == "alt" else BlockKind.CAPTION
            self.labels.append((Span(*attribute.span(3)), kind))
