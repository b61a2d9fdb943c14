"""What the surroundings of some words do to what they say: the exemptions that rules name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caveat.analysis.context import circumstances as by_cues
from caveat.analysis.evidence import supporting
from caveat.analysis.facts import Analysis, Citation, CitationKind, Concept, Cue, Mention, Role, Sentence
from caveat.document import Block, BlockKind, Document
from caveat.packs.model import Circumstance
from caveat.regex import regex
from caveat.source import Span

_WARNING_SECTION = regex(
    r"\b(side.effects?|adverse|warnings?|precautions?|contra.?indicat|interactions?|risks?\b(?! factors?)|safety|"
    r"who should (?:not|avoid)|when (?:not )?to (?:avoid|call|see)|overdose|dangers?|cautions?)",
    re.IGNORECASE,
)
_BENEFIT_SECTION = regex(r"\b(benefits?|uses?|advantages?)\b", re.IGNORECASE)
_MYTH_SECTION = regex(
    r"\b(myths?|misconceptions?|debunk\w*|false claims?|fact.?check\w*|claims? (?:you|to))\b", re.IGNORECASE
)
_FACT_SECTION = regex(r"\b(facts|truths?|reality|(?:and|or|vs\.?|versus) fact)\b", re.IGNORECASE)
_SAME_STUDY = regex(
    r"\b(?:this|that|the|these|those|its|their) (?:same |latter )?"
    r"(?:study|trial|review|meta-analysis|analysis|survey|cohort|authors?|researchers|investigators|team|findings?|results?)\b",
    re.IGNORECASE,
)
_GOES_ON = regex(r"\W*(?:but |yet |however,? )?(?:this|that|these|those|such|neither|none|both)\b", re.IGNORECASE)
_SUFFERERS = regex(r"\b(?:in|with|among|have|has|having|had)\s+(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE)
_GENERAL = "general"  # the group of names for whole classes: "disease", "chronic illness"
# The looks back come second, since a search can skip only to the characters with which a pattern begins.
_FIRST_PERSON = regex(r"(?:I(?<![\w’']I)|m(?<![\w’']m)(?:y|e|ine))(?![\w-])(?!\.)")


# Roles that say nothing of the words that carry them: the "no" of "no side effects", the "experts say" of a claim.
_OWN_WORDS = frozenset({Role.NEGATION, Role.CONTRAST, Role.DEBUNK, Role.ATTRIBUTION, Role.STUDIED, Role.CONDITION})


class Surroundings:
    """What stands around the words of a document; what a whole sentence has around it is asked once."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._of_blocks: dict[int, frozenset[Circumstance]] = {}
        self._of_sections: dict[tuple[tuple[str, ...], bool], frozenset[Circumstance]] = {}
        self._of_sentences: dict[int, frozenset[Circumstance]] = {}
        self._limitations: dict[int, list[Cue]] = {}
        for cue in analysis.cues:
            if cue.role is Role.LIMITATION:
                self._limitations.setdefault(cue.block, []).append(cue)
        self._citations: dict[int, tuple[Citation, ...]] = {}

    def circumstances(self, block: int, span: Span, *, words: Sequence[Span] = ()) -> frozenset[Circumstance]:
        """Every circumstance that holds for `span` of a block's text, but on-label, which needs the drug reference.

        `words`, where given, are the parts of the span that carry its meaning: a cue that stands between them speaks
        of them ("a patch does not make you lose weight"), one that is among them does not ("no side effects").
        """
        started = self._analysis.sentence_of(block, span)
        found = self._of_block(block) if started is None else self._of_sentence(started.index)
        around = self._analysis.views[block].cues
        if not around:
            return found
        own = words or (span,)
        cues = [c for c in around if not (c.role in _OWN_WORDS and _among(c.span, span, own))]
        for part in dict.fromkeys((span, *words)) if cues else ():
            found |= by_cues(cues, part)
        return found

    def of_words(self, sentence: int, span: Span, cues: Sequence[Cue]) -> frozenset[Circumstance]:
        """What holds of words of a sentence, by its number; `cues` are those whose scope holds the words."""
        found = self._of_sentence(sentence)
        of_them = [c for c in cues if not (c.role in _OWN_WORDS and span.start <= c.span.start < span.end)]
        return found | by_cues(of_them, span) if of_them else found

    def citations(self, sentence: int) -> tuple[Citation, ...]:
        """The citations that stand by a sentence, given by its number."""
        found = self._citations.get(sentence)
        if found is None:
            found = self._citations[sentence] = _citations_for(self._analysis, self._analysis.sentences[sentence])
        return found

    def _of_sentence(self, number: int) -> frozenset[Circumstance]:
        known = self._of_sentences.get(number)
        if known is not None:
            return known
        analysis, sentence = self._analysis, self._analysis.sentences[number]
        block = sentence.block
        found: set[Circumstance] = set()
        if _FIRST_PERSON.search(sentence.span.of(analysis.document.blocks[block].text)):
            found.add(Circumstance.TESTIMONIAL)
        if block in analysis.citations_by_block:
            sources = [c for c in self.citations(number) if c.resolved and c.independent]
            if sources or _told_before(analysis, sentence):
                found.add(Circumstance.NAMED)
            if any(c.kind is not CitationKind.NAMED_STUDY for c in sources):
                found.add(Circumstance.CITED)
        if block in self._limitations and _limited_nearby(analysis, sentence, self._limitations[block]):
            found.add(Circumstance.LIMITED)
        around = self._of_block(block)
        made = self._of_sentences[number] = around | found if found else around
        return made

    def _of_block(self, block: int) -> frozenset[Circumstance]:
        found = self._of_blocks.get(block)
        if found is None:
            one, references = self._analysis.document.blocks[block], self._analysis.references
            listed = references is not None and block in references.listed
            found = self._of_blocks[block] = self._of_section(one) | _of_block(one, listed=listed)
        return found

    def _of_section(self, block: Block) -> frozenset[Circumstance]:
        under = block.section, block.kind.names
        found = self._of_sections.get(under)
        if found is None:
            found = self._of_sections[under] = frozenset(_of_section(self._analysis.document, block))
        return found


def _among(cue: Span, span: Span, parts: Sequence[Span]) -> bool:
    """Whether a cue is one of the words of a span: it starts in one of its parts, or shares words with it inside."""
    return any(part.start <= cue.start < part.end or (span.contains(cue) and part.overlaps(cue)) for part in parts)


def _citations_for(analysis: Analysis, sentence: Sentence) -> tuple[Citation, ...]:
    citations = analysis.citations_by_block.get(sentence.block)
    if not citations:
        return ()
    following = neighbour(analysis, sentence, 1)
    return supporting(citations, sentence.span, following.span if following else None)


def _told_before(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the sentence goes on about a study that one of the two before it names or cites: "This trial found"."""
    citations = analysis.citations_by_block[sentence.block]
    spans = [s.span for by in (-1, -2) if (s := neighbour(analysis, sentence, by)) is not None]
    cited = any(c.resolved and c.independent and any(span.overlaps(c.span) for span in spans) for c in citations)
    return cited and bool(_SAME_STUDY.search(sentence.span.of(analysis.document.blocks[sentence.block].text)))


def _of_block(block: Block, *, listed: bool) -> set[Circumstance]:
    found: set[Circumstance] = set()
    if block.region.boilerplate or listed:
        found.add(Circumstance.BOILERPLATE)  # the title of a cited work is not the article's claim
    if block.kind.names:
        found.add(Circumstance.HEADING)
    if block.kind is BlockKind.QUOTE:
        found.add(Circumstance.QUOTED)
    return found


def _of_section(document: Document, block: Block) -> set[Circumstance]:
    """What the headings above a block say of it: the same of every text below them, and of every heading."""
    found: set[Circumstance] = set()
    if _warns(document, block):
        found.add(Circumstance.CAUTIONS)
    if any(_of_myths(heading) for heading in _told_under(document, block)):
        found.add(Circumstance.DEBUNKED)
    return found


def _of_myths(heading: str) -> bool:
    """Whether a heading is of false beliefs alone; under "Myths and facts" stand facts, too."""
    return bool(_MYTH_SECTION.search(heading)) and not _FACT_SECTION.search(heading)


def _warns(document: Document, block: Block) -> bool:
    """Whether the section is about harm alone; the page's own title makes no section of it."""
    if not block.section or _only_titled(document, block):
        return False
    heading = block.section[-1]
    return bool(_WARNING_SECTION.search(heading)) and not _BENEFIT_SECTION.search(heading)


def _told_under(document: Document, block: Block) -> Sequence[str]:
    """The headings above a block. A page of myths has them as its headings; its paragraphs answer to their sections."""
    titled = bool(block.section) and not block.kind.names and _is_title(document, block.section[0])
    return block.section[1:] if titled else block.section


def _only_titled(document: Document, block: Block) -> bool:
    return len(block.section) == 1 and _is_title(document, block.section[0])


def _is_title(document: Document, heading: str) -> bool:
    """Whether a heading is the page's title: its first, and of the first level."""
    first = next(one for one in document.blocks if one.kind is BlockKind.HEADING)
    return first.level == 1 and first.text == heading


def _limited_nearby(analysis: Analysis, sentence: Sentence, limitations: Sequence[Cue]) -> bool:
    """Whether a limitation stands in the sentence, or one that is not of something else in a neighbour in its block.

    `limitations` are those of the block.
    """
    beside = [s for by in (-1, 0, 1) if (s := neighbour(analysis, sentence, by)) is not None]
    return any(
        one.span.overlaps(cue.span) and (one is sentence or not _of_another_illness(analysis, one, sentence))
        for one in beside
        for cue in limitations
    )


def _of_another_illness(analysis: Analysis, limited: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence that limits speaks of other illnesses than its neighbour.

    "It is not licensed for gout" does so. Not where it goes on about what was said ("This has not been confirmed …")
    or names only whom it was tried in.
    """
    text = analysis.document.blocks[limited.block].text
    if _GOES_ON.match(limited.span.of(text)):
        return False
    there = [m for m in _illnesses(analysis, limited) if not _SUFFERERS.search(text[limited.span.start : m.span.start])]
    here = _illnesses(analysis, sentence)
    groups = {_GENERAL, *(m.group for m in here)}
    return bool(here and there) and groups.isdisjoint(m.group for m in there)


def _illnesses(analysis: Analysis, sentence: Sentence) -> list[Mention]:
    return [m for m in analysis.mentions_in(sentence.block, sentence.span) if m.concept is Concept.CONDITION]


def neighbour(analysis: Analysis, sentence: Sentence, by: int) -> Sentence | None:
    """The sentence `by` places on in the same block, if there is one."""
    index = sentence.index + by
    if not 0 <= index < len(analysis.sentences):
        return None
    other = analysis.sentences[index]
    return other if other.block == sentence.block else None
