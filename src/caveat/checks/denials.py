"""Words that deny what the label of a medicine warns of."""

from __future__ import annotations

from collections.abc import Iterator

from caveat.analysis.facts import Analysis, Concept, Role, Signal
from caveat.analysis.profile import unquoted
from caveat.checks.places import Place
from caveat.packs.labels import Labels
from caveat.packs.model import TREATMENTS
from caveat.packs.when.disclosure import SignalKind
from caveat.source import Span

_SETTING_ASIDE = frozenset({Role.QUESTION, Role.DEBUNK, Role.CONDITION, Role.ATTRIBUTION})
_BESIDE = 24  # code points behind words in which the thing they speak of may be named


def denied_warnings(analysis: Analysis, labels: Labels) -> Iterator[Place]:
    """Words that deny a harm of which the label warns.

    Of the medicine last named before, else of one right after ("not become dependent on it"), else of the topic.

    Not in headings, nor where the sentence asks, quotes, conditions or debunks it.
    """
    blocks = analysis.document.blocks
    topic = analysis.topic
    denied = [signal for signal in analysis.signals if signal.kind is SignalKind.DENIED_HARM]
    for signal in unquoted(analysis, denied):
        if blocks[signal.block].kind.names or _is_set_aside(analysis, signal):
            continue
        sentence = analysis.sentence_of(signal.block, signal.span)
        start = sentence.span.start if sentence is not None else 0
        before = analysis.mentions_in(signal.block, Span(start, signal.span.end))
        after = analysis.mentions_in(signal.block, Span(signal.span.end, signal.span.end + _BESIDE))
        named = [m.id for m in (*after[:1], *before) if m.concept in TREATMENTS]
        substance = named[-1] if named else topic.id if topic.concept is Concept.DRUG else ""
        if signal.topic in labels.warnings(substance):
            yield _whole(analysis, signal)


def _whole(analysis: Analysis, signal: Signal) -> Place:
    """The words of a signal, a word of which they hold an end only in full: "isn't addictive"."""
    text = analysis.document.blocks[signal.block].text
    start = signal.span.start
    while start and text[start - 1].isalnum():
        start -= 1
    span = Span(start, signal.span.end)
    return Place(signal.block, span, span.of(text))


def _is_set_aside(analysis: Analysis, signal: Signal) -> bool:
    cues = analysis.cues_by_block.get(signal.block, ())
    return any(cue.role in _SETTING_ASIDE and cue.scope.overlaps(signal.span) for cue in cues)
