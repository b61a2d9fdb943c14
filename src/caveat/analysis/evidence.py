"""Citations: pointers to sources, and whether they lead anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from caveat.analysis.facts import Citation, CitationKind
from caveat.analysis.studies import named_studies
from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind, Document, LinkKind
from caveat.packs.hosts import Hosts, StudyWords
from caveat.regex import regex
from caveat.source import Span

_NUMERAL = regex(r"[\d⁰¹²³⁴-⁹]")  # no mark of a source is without one, links aside
_YEAR = regex(r"\d{4}")  # digits that a year and every identifier have
_DOI = regex(r"\b10\.\d{4,9}/[^\s\"<>\])}]{1,200}")
_PMID = regex(r"\bPM(?:ID|CID)?:?\s?(?:PMC)?(\d{5,9})\b", re.IGNORECASE)
_JOURNAL = regex(r"\b(?:19|20)\d\d;\s?\d{1,4}(?:\(\d{1,4}\))?:\s?e?\d{1,6}")  # "1998;352:854-65"
_NCT = regex(r"\bNCT\d{8}\b")
_PATTERNS = (
    (_DOI, CitationKind.DOI),
    (_PMID, CitationKind.PMID),
    (_NCT, CitationKind.NCT),
    (_JOURNAL, CitationKind.JOURNAL),
)
_NUMBERED = regex(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12})\]")
_RAISED = regex(r"(?:(?<=[.,;:)”\"’])|(?<=[a-z]{3}))[⁰¹²³⁴-⁹]{1,3}(?![⁰¹²³⁴-⁹⁺⁻\w])")  # behind a word or sentence
_FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NAME = r"[A-Z][\w’'-]{1,30}"
_AUTHOR_YEAR = regex(
    rf"\b({_NAME})(?: et al\.?,?| (?:and|&) {_NAME},?|,)? ?\(?((?:19|20)\d\d)[a-z]?\)"
    rf"|\(({_NAME})(?: et al\.?| (?:and|&) {_NAME})?,? ((?:19|20)\d\d)[a-z]?\)"
)
_ITEM_NUMBER = regex(r"^\W{0,2}(\d{1,3})[.)\]]?\s")
_OWN_SURVEY = regex(
    r"\b(?:customer|consumer|user|client|internal|in-house|our own)s?\b.{0,40}"
    r"\b(?:surveys?|polls?|questionnaires?|feedback)\b|\bdata on file\b",
    re.IGNORECASE,
)
_REFERENCE_WORDS = frozenset(
    {"reference", "references", "source", "sources", "citation", "citations", "bibliography", "footnotes", "endnotes",
     "notes", "cited", "literature", "studies"}
)  # fmt: skip
_REFERENCE_FILLERS = frozenset(
    {"and", "&", "further", "reading", "selected", "scientific", "medical", "our", "works", "article", "list", "key",
     "the", "we", "used", "consulted", "for", "this", "page", "guide", "additional"}
)  # fmt: skip
_LONGEST_LABEL = 60  # characters of a line that opens a list of sources


@lru_cache(maxsize=256)  # it is asked for each block, and many have one heading
def is_reference_heading(text: str) -> bool:
    """Whether a heading opens a list of sources: "References", "Sources and further reading", "Sources we used"."""
    words = set(re.findall(r"[\w&]+", text.lower()))
    return bool(words & _REFERENCE_WORDS or {"further", "reading"} <= words) and words <= (
        _REFERENCE_WORDS | _REFERENCE_FILLERS
    )


def _lists_sources(document: Document, block: Block) -> bool:
    """Whether a block stands in a list of sources; a page that is itself called "Notes" is none."""
    if block.kind.names:
        return False
    if block.section and is_reference_heading(block.section[-1]):
        return len(block.section) > 1 or block.section[0] != _opening(document)
    lead = document.blocks[block.lead].text if block.lead is not None and block.kind is BlockKind.LIST_ITEM else ""
    return 0 < len(lead) <= _LONGEST_LABEL and is_reference_heading(lead)


def _opening(document: Document) -> str:
    """The heading of the first level with which a document begins, if it does."""
    first = next((b for b in document.blocks if b.kind not in (BlockKind.TITLE, BlockKind.DESCRIPTION)), None)
    return first.text if first is not None and first.kind is BlockKind.HEADING and first.level == 1 else ""


class References:
    """The list of sources at the end of a document: how many entries, their labels and words.

    `listed` are the blocks that stand in it, `blocks` those of them that are no footnotes.
    """

    def __init__(self, document: Document) -> None:
        self.listed = frozenset(i for i, block in enumerate(document.blocks) if _lists_sources(document, block))
        self.blocks: list[int] = []
        self.footnotes: dict[str, int] = {}
        self._document = document
        for i, block in enumerate(document.blocks):
            if block.kind is BlockKind.FOOTNOTE:
                self.footnotes.setdefault(block.label, i)
            elif i in self.listed:
                self.blocks.append(i)
        self._text = "\n".join(document.blocks[i].text for i in (*self.blocks, *self.footnotes.values()))
        numbers = [int(m[1]) for i in self.blocks if (m := _ITEM_NUMBER.match(document.blocks[i].text))]
        self.count = max([len(self.blocks), *numbers])

    def __bool__(self) -> bool:
        return bool(self.blocks or self.footnotes)

    def has_number(self, number: int) -> bool:
        """Whether there is an entry of that number."""
        return str(number) in self.footnotes or 1 <= number <= self.count

    def is_own_survey(self, label: str) -> bool:
        """Whether the footnote of that label only tells what the seller asked its customers."""
        index = self.footnotes.get(label)
        return index is not None and bool(_OWN_SURVEY.search(self._document.blocks[index].text))

    def has_name(self, surname: str) -> bool:
        """Whether some entry names that author."""
        return surname in self._text


def find_citations(views: Sequence[BlockView], references: References, hosts: Hosts) -> tuple[Citation, ...]:
    """Every citation in a document's prose, in reading order; entries of the list of sources itself left out."""
    listed = {*references.blocks, *references.footnotes.values()}
    found: list[Citation] = []
    for view in views:
        index, block = view.index, view.block
        if index in listed or block.region.boilerplate:
            continue
        here = list(_linked(index, block, references, hosts)) if block.links else []
        if _NUMERAL.search(block.text):
            here += _marked(index, block, references)
        if not block.kind.names:  # where every word has a capital, none is a name
            here += _named(view, hosts.studies)
        found += sorted(here, key=lambda c: c.span)
    return tuple(found)


def _marked(index: int, block: Block, references: References) -> Iterator[Citation]:
    text = block.text

    def citation(span: Span, kind: CitationKind, target: str, *, resolved: bool = True) -> Citation:
        return Citation(index, span, span.of(text), kind, target, resolved)

    identified = _YEAR.search(text) is not None
    for pattern, kind in _PATTERNS if identified else ():
        for match in pattern.finditer(text):
            target = match[1] if match.re.groups else match[0].rstrip(".,;")
            yield citation(Span(match.start(), match.end()), kind, target)
    noted = [link.span for link in block.links if link.kind is LinkKind.NOTE]
    for match in _NUMBERED.finditer(text):
        span = Span(match.start(), match.end())
        if not any(span.overlaps(n) for n in noted):
            numbers = [int(n) for n in re.findall(r"\d+", match[1])]
            yield citation(
                span, CitationKind.NUMBERED, match[1], resolved=all(references.has_number(n) for n in numbers)
            )
    for match in _RAISED.finditer(text) if references else ():
        number = match[0].translate(_FROM_RAISED)
        resolved = references.has_number(int(number))
        yield citation(Span(match.start(), match.end()), CitationKind.NUMBERED, number, resolved=resolved)
    for match in _AUTHOR_YEAR.finditer(text) if identified else ():
        name, year = match[1] or match[3], match[2] or match[4]
        span = Span(match.start(), match.end())
        yield citation(span, CitationKind.AUTHOR_YEAR, f"{name} {year}", resolved=references.has_name(name))


def _named(view: BlockView, words: StudyWords) -> list[Citation]:
    """The studies that running text names; what is mentioned in it is none: "the HIV trial" names no trial."""
    text = view.block.text
    named = named_studies(text, [placed.mention.span for placed in view.mentions], words)
    return [Citation(view.index, span, span.of(text), CitationKind.NAMED_STUDY, name) for span, name in named]


def _linked(index: int, block: Block, references: References, hosts: Hosts) -> Iterator[Citation]:
    for link in block.links:
        text = link.span.of(block.text)
        if link.kind is LinkKind.NOTE:
            label = link.target.lstrip("#^")
            known = label in references.footnotes or bool(references.blocks)
            found = Citation(index, link.span, text, CitationKind.FOOTNOTE, label, known)
            yield replace(found, independent=False) if references.is_own_survey(label) else found
        elif link.kind is LinkKind.LINK:
            host = (urlsplit(link.target).hostname or "").lower() if "//" in link.target[:10] else ""
            if host and hosts.is_evidence(host):
                yield Citation(index, link.span, text, CitationKind.STUDY_LINK, link.target)


def supporting(citations: Sequence[Citation], sentence: Span, following: Span | None) -> tuple[Citation, ...]:
    """The citations that stand by a sentence: in it, or opening the next sentence of its block."""
    near = [c for c in citations if sentence.overlaps(c.span)]
    if following is not None:
        near += [c for c in citations if c.span.start - following.start in range(3)]
    return tuple(near)
