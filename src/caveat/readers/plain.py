"""Structure in text that has no markup: bullets, numbered items, headings that only their look gives away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caveat.document import PLACEHOLDER, BlockKind
from caveat.readers.flow import Draft
from caveat.readers.furniture import is_comment_heading
from caveat.regex import regex

BULLETS: Final = "•◦▪▫‣⁃●○■□‧∙·➢✓✔✅"
"""Characters that begin a list item wherever they begin a line."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = regex(r"[^\W_][\w'’./%-]*")
_NUMBERED = regex(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=[^\W\d_])")
_SMALL_WORDS: Final = _words(
    "a an and as at but by for from how in into is it its nor of off on onto or over per so the to up via vs vs."
    " what when where which who why with without yet your you are be can do does should will"
)
_QUESTION_WORDS: Final = _words(
    "what who how why when where which is are can could do does did should will would may has have was were"
)
_TOP_LEVEL: Final = _words(
    "introduction overview summary conclusion conclusions background references sources disclaimer bibliography faq"
    " faqs contents abstract"
)
_MAX_HEADING = 100  # characters
_MAX_HEADING_WORDS = 14
_DEEPEST_GUESS = 3  # the look of a line says that it is a heading, but little about its rank


def looks_like_heading(text: str) -> bool:
    """Whether one line that stands alone between blank lines reads as a heading: short, unpunctuated, Title Case,
    or a short question.
    """
    if not text or len(text) > _MAX_HEADING or text[-1] in ".,;:!" or text[0] in "\"“'‘([*" or text.startswith("By "):
        return False
    words = _WORD.findall(text)
    if not words or len(words) > _MAX_HEADING_WORDS or PLACEHOLDER in text:
        return False
    if text.endswith("?"):
        return words[0][0].isupper() and (words[0].lower() in _QUESTION_WORDS or _is_title_case(words))
    return _is_title_case(words) or is_comment_heading(text)


def _is_title_case(words: Sequence[str]) -> bool:
    if not any(word[0].isupper() for word in words) or words[0][0].islower():
        return False
    return all(not word[0].islower() or word.lower() in _SMALL_WORDS or _is_measure(word) for word in words[1:])


def _is_measure(word: str) -> bool:
    return len(word) <= 3 and word in {"mg", "mcg", "ml", "g", "kg", "iu", "st", "nd", "rd", "th"}


def number_depth(text: str) -> int:
    """How many numbers lead a line such as `2.1 Dosage`; 0 for none."""
    found = _NUMBERED.match(text)
    return found.group(1).count(".") + 1 if found else 0


def find_headings(drafts: list[Draft], text: str) -> None:
    """In a file without a single Markdown heading, lines that stand alone and look like headings are such."""
    titled = any(draft.kind is BlockKind.TITLE for draft in drafts)
    for draft in drafts:
        one_line = draft.pieces and "\n" not in text[draft.pieces[0].source.start : draft.pieces[-1].source.end]
        if draft.kind is BlockKind.PARAGRAPH and one_line and looks_like_heading(draft.text):
            draft.kind, draft.level = BlockKind.HEADING, 0
    rank_headings(drafts, titled=titled)


def rank_headings(drafts: Sequence[Draft], *, titled: bool = False) -> None:
    """Give headings without a level (0) one: numbered by their numbers, the first of a page 1, a heading above
    another the higher of the two, others the level of the one before. `titled` says that the page has its title.
    """
    body = [d for d in drafts if d.kind is not BlockKind.TITLE and d.kind is not BlockKind.DESCRIPTION]
    last = 1
    for index, draft in enumerate(body):
        if draft.kind is not BlockKind.HEADING:
            continue
        if draft.level == 0:
            following = body[index + 1].kind is BlockKind.HEADING if index + 1 < len(body) else False
            after_heading = index > 0 and body[index - 1].kind is BlockKind.HEADING
            if index == 0 and not titled:
                draft.level = 1
            else:
                draft.level = _guess(draft.text, last, contains=following, contained=after_heading)
        last = draft.level


def _guess(text: str, last: int, *, contains: bool, contained: bool) -> int:
    depth = number_depth(text)
    if depth:
        return min(6, depth + 1)
    first = _WORD.search(text)
    if is_comment_heading(text) or (first is not None and first.group().lower() in _TOP_LEVEL) or text.isupper():
        return 2
    if contained:
        return min(_DEEPEST_GUESS, last + 1)
    return 2 if contains else max(2, last)
