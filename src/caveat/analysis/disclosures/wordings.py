"""Which sentences of a block say a disclosure, by the phrase templates of rules/disclosures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from caveat.analysis.pipeline import Tokens
from caveat.analysis.quotations import quotations
from caveat.analysis.templates import Match, Norms, SlotSpan, Templates
from caveat.packs.disclosures import Byline, DisclosureData, Recogniser, SignalWords
from caveat.source import Span
from caveat.values import dataclass

Source = Recogniser | SignalWords | Byline

_FORBIDS = "!"  # opens the key of a template that forbids
_NEVER, _WARNS, _CLAIMS, _UNLESS = "never", "warns", "claims", "unless"
_OF_SENTENCES = frozenset({_NEVER, _WARNS, _CLAIMS, _UNLESS})
_QUESTION_MARKS = frozenset({"?", "??", "?!", "!?"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that a recogniser knows: its number in the block and the match of its first template."""

    source: Source
    sentence: int
    match: Match


@dataclass(frozen=True, slots=True)
class Read:
    """What the templates find in a block.

    `introduces` tells that its last sentence introduces a disclosure that it only speaks of; `warns` that a
    sentence of it warns or advises.
    """

    hits: list[Hit]
    introduces: bool
    warns: bool


class Wordings:
    """The compiled templates. Plain data: it can be pickled."""

    def __init__(self, data: DisclosureData, norms: Norms) -> None:
        self._sources: tuple[Source, ...] = (*data.recognisers, *data.signals, *data.bylines)
        self._templates = Templates()
        for number, source in enumerate(self._sources):
            for template in source.any:
                self._templates.add(str(number), template, norms=norms, lists=data.lists)
            for template in () if isinstance(source, Byline) else source.none:
                self._templates.add(f"{_FORBIDS}{number}", template, norms=norms, lists=data.lists)
        direction = data.direction
        for key, templates in (
            (_NEVER, data.never),
            (_WARNS, direction.warnings),
            (_CLAIMS, direction.claims),
            (_UNLESS, direction.unless),
        ):
            for template in templates:
                self._templates.add(key, template, norms=norms, lists=data.lists)

    def find(self, text: str, tokens: Tokens, slots: Sequence[SlotSpan] = (), *, warned: bool = False) -> Read:
        """What a block says; `warned` tells that what stands above it warns or advises."""
        matches: dict[tuple[int, int], Match] = {}
        forbidden: set[tuple[int, int]] = set()
        marked: dict[str, set[int]] = {key: set() for key in _OF_SENTENCES}
        for sentence, key, match in self._templates.find(tokens, slots):
            if key in _OF_SENTENCES:
                marked[key].add(sentence)
            elif key.startswith(_FORBIDS):
                forbidden.add((sentence, int(key[1:])))
            else:
                matches.setdefault((sentence, int(key)), match)
        quoted = [inner for _, inner in quotations(text)] if matches else []
        hits = [
            Hit(self._sources[number], sentence, match)
            for (sentence, number), match in matches.items()
            if (sentence, number) not in forbidden
            and self._admits(number, sentence, marked, tokens, warned=warned)
            and (
                isinstance(self._sources[number], SignalWords)  # a testimonial is quoted as often as not
                or not any(q.overlaps(tokens.span(match.start, match.end)) for q in quoted)
            )
        ]
        last = len(tokens.sentences) - 1
        return Read(
            sorted(hits, key=lambda h: (h.match.start, h.match.end)),
            last in marked[_NEVER] and text.rstrip().endswith(":"),
            bool(marked[_WARNS]),
        )

    def _admits(
        self, number: int, sentence: int, marked: Mapping[str, set[int]], tokens: Tokens, *, warned: bool
    ) -> bool:
        source = self._sources[number]
        if not isinstance(source, Recogniser):
            return True
        if sentence in marked[_NEVER] or (not source.questions and is_question(tokens, sentence)):
            return False
        claims = sentence in marked[_CLAIMS] and sentence not in marked[_UNLESS]
        warns = warned or sentence in marked[_WARNS]
        return not (source.refuses_claims and claims) and (warns or not source.needs_warning)


def is_question(tokens: Tokens, sentence: int) -> bool:
    """Whether a sentence ends in a question mark, closing quotation marks aside."""
    start, end = tokens.sentences[sentence]
    return any(tokens.texts[i] in _QUESTION_MARKS for i in range(max(start, end - 2), end))


def sentence_span(tokens: Tokens, sentence: int) -> Span:
    """The span of a sentence in its block's text."""
    return tokens.span(*tokens.sentences[sentence])


def cue_words(text: str, tokens: Tokens, match: Match) -> Iterator[str]:
    """The literal words of a match as they stand in the text."""
    return (tokens.span(start, end).of(text) for start, end in match.words)
