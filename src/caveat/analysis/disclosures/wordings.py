"""Which sentences of a block say a disclosure, by the phrase templates of rules/disclosures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter

from caveat.analysis.disclosures.owners import Harm
from caveat.analysis.disclosures.readings import Said, is_question
from caveat.analysis.grammar import BE
from caveat.analysis.pipeline import Tokens
from caveat.analysis.quotations import quotations
from caveat.analysis.template_language import Norms
from caveat.analysis.templates import Match, SlotSpan, Templates
from caveat.packs.disclosures import Byline, DisclosureData, Reading, Recogniser, SignalWords
from caveat.packs.when.disclosure import DisclosureKind
from caveat.source import Span
from caveat.values import dataclass

Source = Recogniser | SignalWords | Byline
OfAnother = Callable[[int, Harm], bool]
OnAnother = Callable[[int, Match, DisclosureKind], bool]
NamesOurs = Callable[[tuple[int, int]], bool]

_NEVER, _ILLNESS, _DEFINITION, _CAUSE, _ORIGIN, _OVERTURN = (
    "never", "illness", "definition", "cause", "origin", "overturn",
)  # fmt: skip
_OF_A_MEDICINE = frozenset({DisclosureKind.KEY_WARNING, DisclosureKind.SIDE_EFFECTS})  # an illness does not make these
_OF_USE = frozenset(
    {DisclosureKind.CONTRAINDICATIONS, DisclosureKind.INTERACTIONS, DisclosureKind.PREGNANCY, DisclosureKind.AGE_LIMIT,
     DisclosureKind.SIDE_EFFECTS}
)  # fmt: skip
_NOWHERE = (-1, -1)
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


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a block does, asked for only where it is needed.

    `lead` gives what introduces its list, `above` what the row and the headings do, the nearest first. `of_another`
    tells whether the harm in some words of a sentence is another's than that of the page's medicine, `on_another`
    whether they say of another medicine how it is used, `names_ours` whether some tokens name the page's own.
    """

    lead: Callable[[], Iterable[Reading]] = tuple
    above: Callable[[], Iterable[Iterable[Reading]]] = tuple
    of_another: OfAnother = lambda *_: False
    on_another: OnAnother = lambda *_: False
    names_ours: NamesOurs = lambda _: True


_ALONE = Around()


class _Matches:
    """The matches of some templates in a block, by their keys; a sentence is searched when it is first asked for."""

    def __init__(self, templates: Templates, tokens: Tokens, slots: Sequence[SlotSpan]) -> None:
        self._templates = templates
        self._tokens = tokens
        self._slots = slots
        self._found: dict[int, Mapping[str, Sequence[Match]]] = {}

    def of(self, sentence: int) -> Mapping[str, Sequence[Match]]:
        """Those in a sentence; none where there is no such sentence."""
        found = self._found.get(sentence)
        if found is None:
            here = sentence < len(self._tokens.sentences)
            matches = self._templates.find(self._tokens, self._slots, sentence=sentence) if here else ()
            found = self._found[sentence] = _by_key(matches)
        return found


class Wordings:
    """The compiled templates: of the sources, of what vetoes them, and of how harms are spoken of.

    Plain data: it can be pickled.
    """

    def __init__(self, data: DisclosureData, norms: Norms) -> None:
        self._sources: tuple[Source, ...] = (*data.recognisers, *data.signals, *data.bylines)
        self._templates, self._vetoes, self._harms = Templates(), Templates(), Templates()
        self._words = data.owners

        def add(to: Templates, key: str, templates: Iterable[str]) -> None:
            for template in templates:
                to.add(key, template, norms=norms, lists=data.lists)

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
        slots: Sequence[SlotSpan] = (),
        around: Around = _ALONE,
    ) -> Read:
        """What a block says, by its own words and by what stands around it."""
        vetoes, harms = _Matches(self._vetoes, tokens, slots), _Matches(self._harms, tokens, slots)
        quoted: list[Span] | None = None
        hits: list[Hit] = []
        undecided: list[Hit] = []
        for sentence, found in groupby(self._templates.find(tokens, slots), itemgetter(0)):
            if quoted is None:
                quoted = [inner for _, inner in quotations(text)]
            vetoed = vetoes.of(sentence)
            for key, matches in _by_key(found).items():
                source = self._sources[int(key)]
                if key in vetoed or (_NEVER in vetoed and isinstance(source, Recogniser)):
                    continue
                ill = _illnesses(source, sentence, tokens, harms)
                for match in sorted(matches, key=lambda m: (m.start, -m.end)):
                    hit = Hit(source, sentence, match)
                    if not all(_speaks_of(match, *illness) for illness in ill):
                        continue
                    if not isinstance(source, SignalWords) and _inside(quoted, tokens.span(match.start, match.end)):
                        continue  # a testimonial is quoted as often as not
                    verdict = _admits(hit, tokens, said, around)
                    if (
                        verdict is False
                        or _is_denied(hit, tokens)
                        or _is_of_another(hit, harms, around)
                        or self._taken_back(hit, tokens, said, around, harms)
                    ):
                        continue
                    if verdict:
                        hits.append(hit)
                        break
                    undecided.append(hit)
        introduces = text.rstrip().endswith(":") and _NEVER in vetoes.of(len(tokens.sentences) - 1)
        return Read(sorted(hits, key=lambda h: (h.match.start, h.match.end)), undecided, introduces)

    def _taken_back(self, hit: Hit, tokens: Tokens, said: Said, around: Around, harms: _Matches) -> bool:
        """Whether the sentence, or the one after it, takes a key warning back: "… This has been disproved."."""
        if not isinstance(hit.source, Recogniser) or hit.source.kind is not DisclosureKind.KEY_WARNING:
            return False
        if said.debunks(hit.match.start, hit.match.end) and not self._is_undone(hit.match, tokens):
            return True
        near = [m for s in (hit.sentence, hit.sentence + 1) for m in harms.of(s).get(_OVERTURN, ())]
        return any(all(map(around.names_ours, m.slots)) and self._overturns(m, hit, tokens) for m in near)

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


def _by_key(found: Iterable[tuple[int, str, Match]]) -> dict[str, list[Match]]:
    by_key: dict[str, list[Match]] = {}
    for _, key, match in found:
        by_key.setdefault(key, []).append(match)
    return by_key


def _illnesses(source: Source, sentence: int, tokens: Tokens, harms: _Matches) -> list[tuple[int, int]]:
    """The illnesses of which a sentence tells what they do, where the source asks of what a medicine does.

    A match that is itself such an illness may be a harm of the medicine; where the sentence defines it, it is not.
    With a pronoun behind it the illness only stands before the subject: "like other epilepsy drugs it may …".
    """
    if not isinstance(source, Recogniser) or source.kind not in _OF_A_MEDICINE:
        return []
    found = harms.of(sentence)
    does = [
        slot
        for match in found.get(_ILLNESS, ())
        for slot in match.slots
        if "it" not in tokens.norms[slot[1] : match.end]
    ]
    return [*does, _NOWHERE] if _DEFINITION in found else does


def _is_denied(hit: Hit, tokens: Tokens) -> bool:
    """Whether a match of a harm holds a "not" of its own: "their sugar is not really low"."""
    source, match = hit.source, hit.match
    if not isinstance(source, Recogniser) or source.kind is not DisclosureKind.KEY_WARNING:
        return False
    if Reading.MAY_HAPPEN not in source.readings or "not" not in tokens.norms[match.start + 1 : match.end]:
        return False
    own = {i for start, end in match.words for i in range(start, end)}
    gaps = (i for i in range(match.start + 1, match.end) if i not in own)
    return any(tokens.norms[i] == "not" and tokens.norms[i - 1] in BE for i in gaps)


def _is_of_another(hit: Hit, harms: _Matches, around: Around) -> bool:
    """Whether a match speaks of another medicine than the page's, and so tells nothing of its own."""
    if not isinstance(hit.source, Recogniser):
        return False
    if hit.source.kind is DisclosureKind.KEY_WARNING:
        return around.of_another(hit.sentence, _harm(hit, harms.of(hit.sentence)))
    return hit.source.kind in _OF_USE and around.on_another(hit.sentence, hit.match, hit.source.kind)


def _harm(hit: Hit, found: Mapping[str, Sequence[Match]]) -> Harm:
    source = hit.source
    assert isinstance(source, Recogniser)  # noqa: S101 - the caller has looked
    return Harm(hit.match, found.get(_CAUSE, ()), found.get(_ORIGIN, ()), source.partners, _names_harm(source))


def _speaks_of(match: Match, start: int, end: int) -> bool:
    """Whether the words or slots of a match, not only its gaps, share tokens with a range; not a part of it alone.

    "Hay fever gives people headaches" speaks of no fever.
    """
    if start <= match.start and match.end <= end and match.end - match.start < end - start:
        return False
    return any(first < end and start < last for first, last in (*match.words, *match.slots))


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
    over = said.over(hit.sentence, match.start, match.end)
    near = next(over)
    if not near and _names_harm(source) and said.denies(match.start, match.end):
        return False  # "it is not habit-forming": whatever the rest of the sentence does
    verdict = decides(source, chain((around.lead(), near), over))
    if verdict is False:
        turned = _TURNS.intersection(source.readings, said.contrasts(hit.sentence, match.end))
        return bool(turned)
    if verdict is None and source.readings:
        return decides(source, around.above())
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
    return (tokens.span(start, end).of(text) for start, end in match.words)
