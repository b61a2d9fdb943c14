"""Which sentences of a block say a disclosure, by the phrase templates of rules/disclosures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from caveat.analysis.disclosures.readings import Said, is_question
from caveat.analysis.pipeline import Tokens
from caveat.analysis.quotations import quotations
from caveat.analysis.template_language import Norms
from caveat.analysis.templates import Match, SlotSpan, Templates
from caveat.packs.disclosures import Byline, DisclosureData, Reading, Recogniser, SignalWords
from caveat.source import Span
from caveat.values import dataclass

Source = Recogniser | SignalWords | Byline

_FORBIDS = "!"  # opens the key of a template that forbids
_NEVER = "never"
_TURNS = frozenset({Reading.FORBIDS, Reading.ADVISES, Reading.RESTRICTS})  # what a "but" after a comfort can say


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that a recogniser knows: its number in the block and the first of its matches that counts."""

    source: Source
    sentence: int
    match: Match


@dataclass(frozen=True, slots=True)
class Read:
    """What the templates find in a block.

    `open` are the hits of which the block does not tell which way it speaks of them: what stands below a heading
    or beside a cell may. `introduces` tells that its last sentence introduces a disclosure that it only speaks of.
    """

    hits: Sequence[Hit] = ()
    open: Sequence[Hit] = ()
    introduces: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a block does, asked for only where it is needed.

    `lead` gives what introduces its list, `above` what the row and the headings do, the nearest first.
    """

    lead: Callable[[], Iterable[Reading]] = tuple
    above: Callable[[], Iterable[Iterable[Reading]]] = tuple


_ALONE = Around()


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
        for template in data.never:
            self._templates.add(_NEVER, template, norms=norms, lists=data.lists)

    def find(
        self,
        text: str,
        tokens: Tokens,
        said: Said,
        slots: Sequence[SlotSpan] = (),
        around: Around = _ALONE,
    ) -> Read:
        """What a block says, by its own words and by what stands around it."""
        matches: dict[tuple[int, int], list[Match]] = {}
        forbidden: set[tuple[int, int]] = set()
        spoken: set[int] = set()
        for sentence, key, match in self._templates.find(tokens, slots):
            if key == _NEVER:
                spoken.add(sentence)
            elif key.startswith(_FORBIDS):
                forbidden.add((sentence, int(key[1:])))
            else:
                matches.setdefault((sentence, int(key)), []).append(match)
        quoted = [inner for _, inner in quotations(text)] if matches else []
        hits: list[Hit] = []
        undecided: list[Hit] = []
        for (sentence, number), found in matches.items():
            source = self._sources[number]
            if (sentence, number) in forbidden or (sentence in spoken and isinstance(source, Recogniser)):
                continue
            for match in sorted(found, key=lambda m: (m.start, -m.end)):
                hit = Hit(source, sentence, match)
                if not isinstance(source, SignalWords) and _inside(quoted, tokens.span(match.start, match.end)):
                    continue  # a testimonial is quoted as often as not
                verdict = _admits(hit, tokens, said, around)
                if verdict:
                    hits.append(hit)
                    break
                if verdict is None:
                    undecided.append(hit)
        last = len(tokens.sentences) - 1
        return Read(
            sorted(hits, key=lambda h: (h.match.start, h.match.end)),
            undecided,
            last in spoken and text.rstrip().endswith(":"),
        )


def _inside(quoted: Sequence[Span], span: Span) -> bool:
    return any(q.overlaps(span) for q in quoted)


def _admits(hit: Hit, tokens: Tokens, said: Said, around: Around) -> bool | None:
    """Whether a match says the disclosure; None where nothing tells which way it is meant."""
    source, match = hit.source, hit.match
    if not isinstance(source, Recogniser):
        return True
    read = bool(source.readings or source.refuses)
    if not source.questions and is_question(tokens, hit.sentence):
        return decides(source, [said.readings(hit.sentence + 1)]) if read else False
    if not read:
        return True
    verdict = decides(source, chain((around.lead(),), said.over(hit.sentence, match.start, match.end)))
    if verdict is False:
        turned = _TURNS.intersection(source.readings, said.contrasts(hit.sentence, match.end))
        return bool(turned)
    if verdict is None and source.readings:
        return decides(source, around.above())
    return not said.denies(match.start, match.end) if verdict is None else verdict


def decides(source: Recogniser, groups: Iterable[Iterable[Reading]]) -> bool | None:
    """Whether readings make a disclosure of a match; None where none of them tells.

    Each group tells what one place does, the nearest place and in it the nearest words first. That something may
    happen counts only where nothing else in its group comforts.
    """
    for group in groups:
        may_happen = False
        for reading in group:
            if reading is Reading.MAY_HAPPEN:
                may_happen = reading in source.readings
            elif reading in source.readings:
                return True
            elif reading in source.refuses or (source.readings and reading.comforts):
                return False
            elif not source.readings and not reading.comforts:
                return True
        if may_happen:
            return True
    return None


def sentence_span(tokens: Tokens, sentence: int) -> Span:
    """The span of a sentence in its block's text."""
    return tokens.span(*tokens.sentences[sentence])


def cue_words(text: str, tokens: Tokens, match: Match) -> Iterator[str]:
    """The literal words of a match as they stand in the text."""
    return (tokens.span(start, end).of(text) for start, end in match.words)
