"""What Markdown dialects add to Markdown, masked at equal length so that the parser leaves the text around it whole.

Template tags of site generators (Hugo `{{< … >}}`, Liquid `{% … %}`), MDX imports, exports, comments and
component tags, Docusaurus `:::note` fences and MkDocs `!!! note` admonitions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from caveat.document import PLACEHOLDER, Comment
from caveat.source import Span

_TEMPLATE = re.compile(
    r"\{\{[<%](?:[^{}]|\}(?!\})|\{(?!\{))*+\}\}"  # {{< x >}}, {{% x %}}
    r"|\{\{[^{}\n]*+\}\}"  # {{ x }}
    r"|\{%[^%\n]*+(?:%(?!\})[^%\n]*+)*+%\}"  # {% x %}
)
_MODULE_LINE = re.compile(
    r"^(?:import\s+(?:[\w*{][^\n'\"]*\sfrom\s+)?['\"][^'\"\n]+['\"];?"
    r"|export\s+(?:default|const|let|var|function|async|class|\{|\*)[^\n]*)[ \t]*\r?$",
    re.MULTILINE,
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_ATTRIBUTES = r"(?:\s++[\w:.-]++(?:=(?:\"[^\"]*+\"|'[^']*+'|\{[^{}\n]*+(?:\{[^{}\n]*+\}[^{}\n]*+)*+\}))?|\s++\{\.\.\.[^{}\n]*+\})*+"
_COMPONENT_LINE = re.compile(rf"^[ \t]*+(?:<(/?)([A-Z][\w.]*+){_ATTRIBUTES}\s*+(/?)>|<>|</>)[ \t]*+\r?$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*+:{3,}+[ \t]*+(\{?[\w.-]*)[^\n]*$", re.MULTILINE)
_ADMONITION = re.compile(r"^([ \t]*+)(?:!!!|\?\?\?\+?)[ \t]+[\w-]+[^\n]*$", re.MULTILINE)
_INDENTED = re.compile(r"[ \t\r]*+\n|(?: {4}|\t)[^\n]*+\n?")
_SIDE_COMPONENTS = frozenset(
    {"callout", "note", "tip", "info", "warning", "caution", "danger", "admonition", "alert", "aside"}
)


@dataclass(frozen=True, slots=True)
class Masked:
    """Text of the same length as the source, with the dialects' parts replaced.

    `asides` are the extents of side notes, in order; `comments` those of `{/* … */}`.
    """

    text: str
    asides: tuple[Span, ...]
    comments: tuple[Comment, ...]


def mask(text: str) -> Masked:
    """Mask what is not CommonMark; a part alone on its line leaves a blank line, one amid text a placeholder."""
    edits: list[tuple[int, int, str]] = []
    comments: list[Comment] = []
    asides: list[Span] = []
    if "{" in text:
        _comments(text, edits, comments)
        edits += [(m.start(), m.end(), _stand_in(text, m.start(), m.end())) for m in _TEMPLATE.finditer(text)]
    if "import" in text or "export" in text:
        edits += [(start, end, " ") for start, end in _modules(text)]
    if "<" in text:
        _components(text, edits, asides)
    if ":::" in text:
        _fences(text, edits, asides)
    if "!!!" in text or "???" in text:
        _admonitions(text, edits, asides)
    # U+D800–DFFF can not be encoded for the parser; a decoded file never has them, text from a program may.
    if not text.isascii():
        edits += [(m.start(), m.end(), "\ufffd") for m in re.finditer("[\ud800-\udfff]", text)]
    return Masked(_apply(text, edits) if edits else text, tuple(sorted(asides)), tuple(comments))


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


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but template tags and blanks stands on the lines of a part."""
    line_start = text.rfind("\n", max(0, start - 400), start) + 1 or max(0, start - 400)
    line_end = text.find("\n", end, end + 400)
    rest = text[line_start:start] + text[end : line_end if line_end >= 0 else end + 400]
    return not _TEMPLATE.sub("", rest).strip()


def _stand_in(text: str, start: int, end: int) -> str:
    return " " if _alone(text, start, end) else PLACEHOLDER


def _comments(text: str, edits: list[tuple[int, int, str]], comments: list[Comment]) -> None:
    at = 0
    while (start := text.find("{/*", at)) >= 0:
        close = text.find("*/}", start + 3)
        if close < 0:
            return
        at = close + 3
        comments.append(Comment(text[start + 3 : close].strip(), Span(start, at)))
        edits.append((start, at, " "))


def _modules(text: str) -> list[tuple[int, int]]:
    """Blocks of MDX imports and exports: from such a line, after a blank one, to the next blank line."""
    found: list[tuple[int, int]] = []
    at = 0
    while (line := _MODULE_LINE.search(text, at)) is not None:
        blank = _BLANK_LINE.search(text, line.end())
        begins = (
            not text[:1]
            or line.start() == 0
            or not text[max(0, line.start() - 200) : line.start()].rsplit("\n", 2)[-2:][0].strip()
        )
        end = blank.start() if blank is not None else len(text)
        if begins:
            found.append((line.start(), end))
            at = end
        else:
            at = line.end()
    return found


def _components(text: str, edits: list[tuple[int, int, str]], asides: list[Span]) -> None:
    """Tags of components alone on their lines; what they enclose is Markdown."""
    opened: list[tuple[str, int]] = []
    for tag in _COMPONENT_LINE.finditer(text):
        edits.append((tag.start(), tag.end(), " "))
        name = (tag.group(2) or "").lower()
        if name not in _SIDE_COMPONENTS or tag.group(3):
            continue
        if not tag.group(1):
            opened.append((name, tag.start()))
        elif opened and opened[-1][0] == name:
            asides.append(Span(opened.pop()[1], tag.end()))


def _fences(text: str, edits: list[tuple[int, int, str]], asides: list[Span]) -> None:
    opened: list[int] = []
    for fence in _FENCE.finditer(text):
        edits.append((fence.start(), fence.end(), " "))
        if fence.group(1):
            opened.append(fence.start())
        elif opened:
            asides.append(Span(opened.pop(), fence.end()))


def _admonitions(text: str, edits: list[tuple[int, int, str]], asides: list[Span]) -> None:
    """MkDocs: the indented lines under `!!! note` become a Markdown quote, which keeps lists in them whole."""
    end = 0
    for title in _ADMONITION.finditer(text):
        if title.group(1) or title.start() < end:
            continue
        edits.append((title.start(), title.end(), " "))
        end = min(title.end() + 1, len(text))
        while end < len(text) and (line := _INDENTED.match(text, end)) is not None and line.end() > end:
            if text[line.start()] in " \t" and line.group().strip():
                edits.append((line.start(), line.start() + 1, ">"))
            end = line.end()
        asides.append(Span(title.start(), end))
