"""Who wrote the page, who checked it and when: metadata and visible lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caveat.analysis.disclosures.people import find_date, first_person, is_person, is_titled
from caveat.analysis.disclosures.wordings import Hit, sentence_span
from caveat.analysis.evidence import is_reference_heading
from caveat.analysis.facts import Disclosure
from caveat.analysis.view import BlockView
from caveat.document import Block, BlockKind, Document, MetaValue
from caveat.packs.disclosures import Byline, MetadataKeys
from caveat.packs.when.disclosure import DisclosureKind
from caveat.regex import regex
from caveat.source import Span

_DATED_LINE = regex(r"[^.!?]{0,60}")  # "31 March 2024 · 5 min read"
_BEFORE_DATE = regex(r"(?:[^\W\d_]+[ ,]+){3}")  # "The drug was approved in …": a sentence, not a dated line
_AFTER_DATE = regex(r"\b(?:19|20)\d\d,? (?:[^\W\d_]+ ){2,}[^\W\d_]+[.!?]$")  # "In May 2014 the trial stopped."
_LEAD = regex(r"^(?:\W|(?:by|on)\b)+", re.IGNORECASE)
_SOURCE = regex(r"\b(?:19|20)\d\d\b|\bdoi\b|10\.\d{4,9}/|https?://|www\.|\bPMID|\bPMC\d|\bNCT\d|\bISBN", re.IGNORECASE)
_MOST_WORDS = 10
_TOP = 4  # blocks down to which a name by itself is the author's
_TEAM_LINE = 15  # tokens of a line that may name a team instead of a person
_TEAM_WORDS = 6  # words of a byline among which a team's word stands
_OPENING = 5  # tokens of a sentence before its byline: "this page has been medically …"
_NAME_BEFORE = 10  # tokens of a name that stands before the words
_PRONOUNS = frozenset({"she", "he", "they"})
_LONGEST_BYLINE = 30  # tokens of a sentence that holds one
_NAMELESS = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.HEADING})  # above a name, they tell no role
_QUOTES = frozenset("\"“”„«»‘’'")
_MARKS = frozenset({"|", "·", "•", ";", "—", "–", "-", "/", ":"})
_SEPARATORS = _MARKS | {",", "and"}
_NAME_SEPARATORS = regex(r"\s*(?:;|\||,? and |&|•|·)\s*")
_EMPTY = frozenset({"", "none", "null", "n/a", "tbd", "todo", "unknown", "false", "[]", "-"})


def metadata_disclosures(document: Document, keys: MetadataKeys) -> Iterator[Disclosure]:
    """Author, reviewer, dates, references and funding of front matter, HTML meta and JSON-LD.

    An author or reviewer who is no named person is `exact=False`. The `topic` of a date is the date in ISO form.
    """
    for key, values in document.metadata.items():
        name = key.replace("-", "_").removesuffix(".name")
        filled = [value for value in values if value.value.strip().lower() not in _EMPTY]
        for kind, known in (
            (DisclosureKind.AUTHOR, keys.author),
            (DisclosureKind.REVIEWER, keys.reviewer),
            (DisclosureKind.REFERENCES, keys.references),
            (DisclosureKind.FUNDING, keys.funding),
            (DisclosureKind.DATE, keys.date),
        ):
            if name in known:
                yield from (d for value in filled if (d := _from_value(kind, value, keys)) is not None)


def _from_value(kind: DisclosureKind, value: MetaValue, keys: MetadataKeys) -> Disclosure | None:
    if kind is DisclosureKind.DATE:
        found = find_date(value.value)
        return Disclosure(None, value.source, value.value, kind, found.isoformat()) if found else None
    named = kind not in (DisclosureKind.AUTHOR, DisclosureKind.REVIEWER) or bool(
        first_person(_NAME_SEPARATORS.split(value.value), keys)
    )
    return Disclosure(None, value.source, value.value, kind, exact=named)


def byline_disclosure(view: BlockView, hit: Hit, bylines: Sequence[Hit], keys: MetadataKeys) -> Iterator[Disclosure]:
    """What a byline tells: a name after "Written by" in the same or the next sentence, a date after "Updated".

    `bylines` are all those of the block. What stands behind "and" or a comma, or without either, goes on with one
    that opens the sentence; other marks part it from what stands before.
    """
    assert isinstance(hit.source, Byline)  # noqa: S101 - the caller has looked
    tokens = view.tokens
    start, end = tokens.sentences[hit.sentence]
    if end - start > _LONGEST_BYLINE:
        return
    if hit.source.behind:
        yield from _told_before(view, hit, hit.source, keys)
        return
    opened = any(one.sentence == hit.sentence and _opens(view, one, keys) for one in bylines)
    if opened or tokens.texts[hit.match.start - 1] in _MARKS:
        yield from _told(view, hit.source.kind, _after(view, hit), hit.sentence, keys)


def _opens(view: BlockView, hit: Hit, keys: MetadataKeys) -> bool:
    """Whether nothing but words for the page stand before a byline in its sentence."""
    start, _ = view.tokens.sentences[hit.sentence]
    before = view.tokens.norms[start : hit.match.start]
    return len(before) <= _OPENING and all(word in keys.subjects or not word[0].isalnum() for word in before)


def _told_before(view: BlockView, hit: Hit, byline: Byline, keys: MetadataKeys) -> Iterator[Disclosure]:
    """Whose name stands before the words: in their sentence, or at the head of the block if that has a pronoun."""
    tokens = view.tokens
    start, _ = tokens.sentences[hit.sentence]
    told = view.block.text[tokens.starts[start] : tokens.starts[hit.match.start]]
    if hit.sentence and tokens.norms[start] in _PRONOUNS and hit.match.start == start + 1:
        told = tokens.span(*tokens.sentences[0]).of(view.block.text)
    elif hit.match.start - start > _NAME_BEFORE:
        return
    told = told.lstrip("".join(_QUOTES) + "*_- ")
    if byline.titled and not (is_titled(told, keys) or (byline.speaking and _goes_on_as_i(view, hit))):
        return
    if is_person(told, keys):
        yield Disclosure(view.index, sentence_span(tokens, hit.sentence), told.strip(), byline.kind)


def _goes_on_as_i(view: BlockView, hit: Hit) -> bool:
    """Whether "I" is the next to act behind a byline: "Ana Silva here, and I …", "Ana Silva here. I am …"."""
    after = view.tokens.norms[hit.match.end : hit.match.end + 2]
    return [word for word in after if word != "and"][:1] == ["i"]


def opens_byline(view: BlockView, hit: Hit) -> bool:
    """Whether a block is the words before a name or a date and no more, so that these stand in the next block."""
    behind = isinstance(hit.source, Byline) and hit.source.behind
    return not behind and hit.match.start == 0 and not _after(view, hit)


def byline_below(view: BlockView, byline: Byline, keys: MetadataKeys) -> Iterator[Disclosure]:
    """What a block tells below or beside one that says "Written by" or "Last updated" and no more."""
    yield from _told(view, byline.kind, _LEAD.sub("", view.block.text), 0, keys)


def _after(view: BlockView, hit: Hit) -> str:
    return _LEAD.sub("", view.block.text[view.tokens.ends[hit.match.end - 1] :])


def _told(view: BlockView, kind: DisclosureKind, told: str, sentence: int, keys: MetadataKeys) -> Iterator[Disclosure]:
    """The name or date with which `told` opens."""
    span = sentence_span(view.tokens, sentence)
    if kind is DisclosureKind.DATE:
        found = find_date(told[:60])
        if found:
            yield Disclosure(view.index, span, told[:60], kind, found.isoformat())
        return
    person = is_person(told, keys)
    if not person and find_date(told[:25]) and " by " in told[:40]:  # "Reviewed on 3 March 2025 by …"
        told = told.partition(" by ")[2]
        person = is_person(told, keys)
    team = len(view.tokens.norms) <= _TEAM_LINE and _names_team(told, keys)
    if person or team:
        yield Disclosure(view.index, span, told[:60], kind, exact=person)


def _names_team(text: str, keys: MetadataKeys) -> bool:
    """Whether a byline names an organisation: by its word for one, or by a capital where no sentence follows."""
    words = [word.strip(".,:;()").lower() for word in text.split()[:_TEAM_WORDS]]
    named = text[:1].isupper() or words[:1] in (["the"], ["our"])
    return named and (not keys.organisations.isdisjoint(words[1:] or words) or _is_name(text))


def _is_name(text: str) -> bool:
    return text[:1].isupper() and not text.rstrip().endswith((".", "!", "?"))


def is_source(block: Block) -> bool:
    """Whether an entry of a list of sources points to something: a link, an identifier, a year."""
    return bool(block.links) or is_entry(block)


def is_entry(block: Block) -> bool:
    """Whether a block of a list of sources names one, and is no remark below them."""
    return _SOURCE.search(block.text) is not None


def named_line(view: BlockView, above: Block | None, keys: MetadataKeys) -> Disclosure | None:
    """A line near the top that is a person's name with a title and little else: "Dr. Anna Meyer, MD | 3 March 2026".

    `above` is the block before it. Where that one leads to the name, the name is not the author's: the speaker's of a
    quotation, the reviewer's below "Medically reviewed by", somebody's in a photograph below "Photo".
    """
    block, norms = view.block, view.tokens.norms
    if view.index > _TOP or len(norms) > _MOST_WORDS or block.kind is not BlockKind.PARAGRAPH:
        return None
    told = block.text.strip()
    name = told.partition(":")[0]  # "Photo: Dr. Anna Meyer" names nobody before the colon
    if (
        not is_titled(name, keys)
        or told[:1] in _SEPARATORS
        or told[-1:] in ".!?:"
        or not is_person(name, keys)
        or _leads(above)
    ):
        return None
    return Disclosure(view.index, Span(0, len(block.text)), told, DisclosureKind.AUTHOR)


def _leads(above: Block | None) -> bool:
    """Whether a block says whose name stands below it: a quotation, or a line that is no sentence and no date."""
    if above is None or above.kind in _NAMELESS:
        return False
    text = above.text.strip()
    if above.kind is BlockKind.QUOTE or not _QUOTES.isdisjoint((*text[:1], *text[-1:])):
        return True
    return text[-1:] not in (".", "!", "?") and find_date(text) is None


def dated_line(view: BlockView) -> Disclosure | None:
    """A short line that is a date and little else."""
    block = view.block
    if len(view.tokens.norms) > _MOST_WORDS or block.kind is BlockKind.HEADING:
        return None
    text = block.text.strip()
    found = find_date(text)
    if not found or not _DATED_LINE.fullmatch(text.rstrip(".")):
        return None
    if _BEFORE_DATE.match(text) or _AFTER_DATE.search(text):
        return None
    if block.section and is_reference_heading(block.section[-1]):
        return None
    return Disclosure(view.index, Span(0, len(block.text)), text, DisclosureKind.DATE, found.isoformat())
