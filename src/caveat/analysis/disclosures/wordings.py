"""Which sentences of a block say a disclosure, by the phrase templates of rules/disclosures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from caveat.analysis.disclosures.clause import Harm
from caveat.analysis.disclosures.readings import Said, is_question
from caveat.analysis.grammar import BE
from caveat.analysis.pipeline import Tokens
from caveat.analysis.quotations import quotations
from caveat.analysis.slots import Slots
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Match, Templates
from caveat.packs.disclosures import Byline, DisclosureData, Reading, Recogniser, SignalWords
from caveat.packs.when.disclosure import DisclosureKind
from caveat.source import Span
from caveat.values import dataclass

Source = Recogniser | SignalWords | Byline
OfAnother = Callable[[int, Harm], bool]
OnAnother = Callable[[int, Harm, DisclosureKind], bool]
NamesOurs = Callable[[tuple[int, int]], bool]

_NEVER, _ILLNESS, _DEFINITION, _CAUSE, _ORIGIN, _OVERTURN = (
    "never", "illness", "definition", "cause", "origin", "overturn",
)  # fmt: skip
_OF_A_MEDICINE = frozenset({DisclosureKind.KEY_WARNING, DisclosureKind.SIDE_EFFECTS})  # an illness does not make these
_OF_USE = frozenset(
    {DisclosureKind.CONTRAINDICATIONS, DisclosureKind.INTERACTIONS, DisclosureKind.PREGNANCY, DisclosureKind.AGE_LIMIT,
     DisclosureKind.SIDE_EFFECTS}
)  # fmt: skip
_OPENING = 8  # tokens before the words with which a sentence takes back the one before it
_DENIED = 3  # tokens between a negation and the words that take something back
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


class Around(NamedTuple):
    """What stands around a block does, asked for only where it is needed.

    `lead` gives what introduces its list, `above` what the row and the headings do, the nearest first. `of_another`
    tells whether the harm in some words of a sentence is another's than that of the page's medicine, `on_another`
    whether they say of another medicine how it is used, `names_ours` whether some tokens name the page's own. `answers`
    tells that what stands below or beside the block may say what the block leaves open.
    """

    lead: Callable[[], Sequence[Reading]] = tuple
    above: Callable[[], Iterable[Iterable[Reading]]] = tuple
    of_another: OfAnother = lambda *_: False
    on_another: OnAnother = lambda *_: False
    names_ours: NamesOurs = lambda _: True
    answers: bool = False


NOTHING = Read()


class _Matches:
    """The matches of some templates in a block, by their keys; a sentence is searched when it is first asked for."""

    def __init__(self, templates: Templates, tokens: Tokens, slots: Slots) -> None:
        self._templates = templates
        self._tokens = tokens
        self._slots = slots
        self._found: dict[int, dict[str, list[Match]]] = {}

    def of(self, sentence: int) -> Mapping[str, Sequence[Match]]:
        """Those in a sentence; none where there is no such sentence."""
        found = self._found.get(sentence)
        if found is None:
            found = self._found[sentence] = {}
            if sentence < len(self._tokens.sentences):
                for _, key, match in self._templates.find(self._tokens, self._slots, sentence=sentence):
                    found.setdefault(key, []).append(match)
        return found


@dataclass
class _Block:
    """A block with what it does, what stands around it and the matches of what takes a disclosure away."""

    text: str
    tokens: Tokens
    said: Said
    around: Around
    vetoes: _Matches
    harms: _Matches

    def asks(self, sentence: int) -> bool:
        """Whether a sentence is a question."""
        return "?" in self.text and is_question(self.tokens, sentence)

    def is_quoted(self, match: Match) -> bool:
        """Whether a match stands in quotation marks."""
        if not self._quoted:
            return False
        span = self.tokens.span(match.start, match.end)
        return any(quoted.overlaps(span) for quoted in self._quoted)

    @cached_property
    def _quoted(self) -> list[Span]:
        return [inner for _, inner in quotations(self.text)]


class Wordings:
    """The compiled templates: of the sources, of what vetoes them, and of how harms are spoken of.

    Plain data: it can be pickled.
    """

    def __init__(self, data: DisclosureData, reader: TemplateReader) -> None:
        self._sources: tuple[Source, ...] = (*data.recognisers, *data.signals, *data.bylines)
        self._templates, self._vetoes, self._harms = Templates(), Templates(), Templates()
        self._words = data.owners

        def add(to: Templates, key: str, templates: Iterable[str]) -> None:
            for template in templates:
                to.add(key, template, reader)

        for number, source in enumerate(self._sources):
            add(self._templates, str(number), source.any)
            add(self._vetoes, str(number), () if isinstance(source, Byline) else source.none)
        add(self._vetoes, _NEVER, data.never)
        add(self._harms, _ILLNESS, data.illness)
        add(self._harms, _DEFINITION, data.definitions)
        add(self._harms, _CAUSE, data.causes)
        add(self._harms, _ORIGIN, data.origins)
        add(self._harms, _OVERTURN, data.overturns)

    def find(
        self,
        text: str,
        tokens: Tokens,
        said: Said,
        slots: Slots,
        beside: Callable[[], Around] = Around,
    ) -> Read:
        """What a block says, by its own words and by what stands around it, which is asked for only where it counts."""
        found: dict[tuple[int, str], list[Match]] = {}
        for sentence, key, match in self._templates.find(tokens, slots):
            found.setdefault((sentence, key), []).append(match)
        introduces = text.rstrip().endswith(":")
        if not found and not introduces:
            return NOTHING
        vetoes, harms = _Matches(self._vetoes, tokens, slots), _Matches(self._harms, tokens, slots)
        around = beside()
        block = _Block(text, tokens, said, around, vetoes, harms)
        hits: list[Hit] = []
        undecided: list[Hit] = []
        for (sentence, key), matches in found.items():
            source = self._sources[int(key)]
            if len(matches) > 1:
                matches.sort(key=lambda m: (m.start, -m.end))
            for match in matches:
                verdict = not isinstance(source, Recogniser) or _admits(source, sentence, match, block)
                if verdict is False or (verdict is None and not around.answers):
                    continue
                hit = Hit(source, sentence, match)
                if self._is_void(key, hit, block):
                    continue
                if verdict:
                    hits.append(hit)
                    break
                undecided.append(hit)
        hits.sort(key=lambda h: (h.match.start, h.match.end))
        return Read(hits, undecided, introduces and _NEVER in vetoes.of(len(tokens.sentences) - 1))

    def _is_void(self, key: str, hit: Hit, block: _Block) -> bool:
        """Whether something takes away what a match of the source under a key says."""
        vetoed = block.vetoes.of(hit.sentence)
        if key in vetoed:
            return True
        if isinstance(hit.source, SignalWords):
            return False
        if block.is_quoted(hit.match):  # a testimonial is quoted as often as not
            return True
        return isinstance(hit.source, Recogniser) and (
            _NEVER in vetoed
            or _is_of_illness(hit.source, hit, block, self._words.own)
            or _is_denied(hit.source, hit.match, block.tokens)
            or _is_of_another(hit.source, hit, block)
            or self._is_taken_back(hit.source, hit, block)
        )

    def _is_taken_back(self, source: Recogniser, hit: Hit, block: _Block) -> bool:
        """Whether the sentence, or the one after it, takes a key warning back: "… This has been disproved."."""
        if source.kind is not DisclosureKind.KEY_WARNING:
            return False
        if block.said.debunks(hit.match.start, hit.match.end) and not self._is_undone(hit.match, block.tokens):
            return True
        near = [m for s in (hit.sentence, hit.sentence + 1) for m in block.harms.of(s).get(_OVERTURN, ())]
        return any(all(map(block.around.names_ours, m.slots)) and self._overturns(m, hit, block.tokens) for m in near)

    def _overturns(self, overturn: Match, hit: Hit, tokens: Tokens) -> bool:
        """Whether words that take something back take back what a hit says, and neither a comfort nor the opposite.

        Behind the hit they are to speak of it, "that fear", or to speak of nothing else; before it nothing may part
        the two.
        """
        norms, end = tokens.norms, tokens.sentences[hit.sentence][1]
        if self._is_undone(overturn, tokens):
            return False
        if overturn.end <= hit.match.start:
            return (
                self._words.breaks.isdisjoint(norms[overturn.end : hit.match.start])
                and "," not in norms[overturn.end : hit.match.start]
            )
        if overturn.start < hit.match.end:
            return True
        start = max((low for low, _ in tokens.sentences if low <= overturn.start), default=0)
        if start >= end and overturn.start >= start + _OPENING:
            return False
        told = norms[max(start, hit.match.end) : overturn.end]
        last = min((high for _, high in tokens.sentences if high >= overturn.end), default=overturn.end)
        alone = not any(word[0].isalnum() for word in norms[overturn.end : last])
        return alone or not self._words.refers.isdisjoint(told)

    def _is_undone(self, match: Match, tokens: Tokens) -> bool:
        """Whether words that take something back are themselves denied, or take back that something is harmless."""
        norms = tokens.norms
        low = max((low for low, _ in tokens.sentences if low <= match.start), default=0)
        held = [norms[i] for i in range(match.start, match.end) if not any(a <= i < b for a, b in match.words)]
        before = [*norms[max(low, match.start - _DENIED) : match.start], *held]
        if not self._words.undone.isdisjoint(before):
            return True
        return not self._words.gentle.isdisjoint([*held, *norms[match.end : match.end + _DENIED]])


def _is_of_illness(source: Recogniser, hit: Hit, block: _Block, own: frozenset[str]) -> bool:
    """Whether a match speaks of what an illness does, where the source asks of what a medicine does.

    `own` are words for the use of a medicine: "an overdose" is one, though it has a name among illnesses.

    A match that is itself such an illness may be a harm of the medicine; where the sentence defines it, it is not.
    With a pronoun behind it the illness only stands before the subject: "like other epilepsy drugs it may …".
    """
    if source.kind not in _OF_A_MEDICINE:
        return False
    found = block.harms.of(hit.sentence)
    does = (
        slot
        for match in found.get(_ILLNESS, ())
        for slot in match.slots
        if "it" not in block.tokens.norms[slot[1] : match.end] and not own.issuperset(block.tokens.norms[slice(*slot)])
    )
    return _DEFINITION in found or not all(_speaks_of(hit.match, *illness) for illness in does)


def _is_denied(source: Recogniser, match: Match, tokens: Tokens) -> bool:
    """Whether a match of a harm holds a "not" of its own: "their sugar is not really low"."""
    if source.kind is not DisclosureKind.KEY_WARNING or Reading.MAY_HAPPEN not in source.readings:
        return False
    if "not" not in tokens.norms[match.start + 1 : match.end]:
        return False
    own = {i for start, end in match.words for i in range(start, end)}
    gaps = (i for i in range(match.start + 1, match.end) if i not in own)
    return any(tokens.norms[i] == "not" and tokens.norms[i - 1] in BE for i in gaps)


def _is_of_another(source: Recogniser, hit: Hit, block: _Block) -> bool:
    """Whether a match speaks of another medicine than the page's, and so tells nothing of its own."""
    if source.kind is DisclosureKind.KEY_WARNING:
        found = block.harms.of(hit.sentence)
        causes, origins = found.get(_CAUSE, ()), found.get(_ORIGIN, ())
        harm = Harm(hit.match, causes, origins, source.partners, _names_harm(source))
        return block.around.of_another(hit.sentence, harm)
    if source.kind not in _OF_USE:
        return False
    harm = Harm(hit.match)
    if source.kind is DisclosureKind.SIDE_EFFECTS:
        found = block.harms.of(hit.sentence)
        harm = Harm(hit.match, found.get(_CAUSE, ()), found.get(_ORIGIN, ()), named=_names_harm(source))
    return block.around.on_another(hit.sentence, harm, source.kind)


def _speaks_of(match: Match, start: int, end: int) -> bool:
    """Whether the words or slots of a match, not only its gaps, share tokens with a range; not a part of it alone.

    "Hay fever gives people headaches" speaks of no fever.
    """
    if start <= match.start and match.end <= end and match.end - match.start < end - start:
        return False
    return any(first < end and start < last for first, last in (*match.words, *match.slots))


def _admits(source: Recogniser, sentence: int, match: Match, block: _Block) -> bool | None:
    """Whether a match in a sentence says the disclosure; None where nothing tells which way it is meant."""
    said = block.said
    read = bool(source.readings or source.refuses)
    if not source.questions and block.asks(sentence):
        return decides(source, [said.readings(sentence + 1)]) if read else False
    if not read:
        return True
    over = said.over(sentence, match.start, match.end)
    near = next(over)
    if not near and _names_harm(source) and said.denies(match.start, match.end):
        return False  # "it is not habit-forming": whatever the rest of the sentence does
    verdict = decides(source, chain((block.around.lead(), near), over))
    if verdict is False:
        turned = _TURNS.intersection(source.readings, said.contrasts(sentence, match.end))
        return bool(turned)
    if verdict is None and source.readings:
        return decides(source, block.around.above())
    return not said.denies(match.start, match.end) if verdict is None else verdict


def _names_harm(source: Recogniser) -> bool:
    """Whether the words of a recogniser are harms themselves, so that to deny them is no warning."""
    return not source.readings or Reading.MAY_HAPPEN in source.readings


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
    return (text[tokens.starts[start] : tokens.ends[end - 1]] for start, end in match.words)
