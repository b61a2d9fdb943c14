"""Where the targets of a predicate lie: the stretch of its clause that it governs."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.grammar import CONJUNCTIONS, RELATIVES
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.sentence import SentenceView
from caveat.packs.predicates import Effect

_REACH = 16  # tokens from a predicate to its last target
_NOUN_LINKS = frozenset({"of", "in", "on", "for", "from", "against", "between", "with", "to"})
_ADJECTIVE_LINKS = frozenset({"for", "in", "against", "at", "to", "treatment", "treatments", "therapy", "on", "with"})
_PHRASE_ENDS = frozenset({",", "(", ".", "!", "?"})
_ABOUT = frozenset({"about", "to", "than"})
_RATHER = ("rather", "than")
_HYPHENS = "-‐‑"
_TRAILING = CONJUNCTIONS | RELATIVES

Window = tuple[int, int]


def window_of(sentence: SentenceView, predicate: Predicate, later: Sequence[Predicate]) -> Window:
    """The token range in which the targets of a predicate lie; `later` are the predicates after it. May be empty."""
    if predicate.shares:
        last = next((number for number, one in enumerate(later) if not one.shares), None)
        return window_of(sentence, later[last], later[last + 1 :]) if last is not None else (0, 0)
    following = None
    if later:
        following = next((p for p in later if p.shape is not Shape.NOUN and not _begins_object(predicate, p)), None)
    if predicate.effect is Effect.LINK:
        return predicate.end, _right(sentence, predicate, following)
    match predicate.shape:
        case Shape.PASSIVE:
            return sentence.left(predicate.start), predicate.start
        case Shape.ATTRIBUTE:  # "better sleep" may be a name
            return predicate.start, _of_attribute(sentence, predicate.end, _right(sentence, predicate, following))
        case Shape.NOUN:
            return _of_noun(sentence, predicate, following)
        case Shape.ADJECTIVE:
            return _of_adjective(sentence, predicate, following)
        case _:
            low = _behind_contrast(sentence, predicate.end)
            if low > predicate.end:
                return low, sentence.right(low, _REACH)
            return predicate.end, _right(sentence, predicate, following)


def _behind_contrast(sentence: SentenceView, at: int) -> int:
    """Where the object begins that a verb shares with one it is set against: "eases rather than worsens arthritis"."""
    return at + len(_RATHER) + 1 if sentence.norms[at : at + len(_RATHER)] == _RATHER else at


def _begins_object(predicate: Predicate, later: Predicate) -> bool:
    """Whether a later predicate is the first word of this one's object: "led to lower pressure", "eased more pain"."""
    return later.shape is Shape.ATTRIBUTE and later.start == predicate.end


def compound_target(sentence: SentenceView, predicate: Predicate) -> Placed | None:
    """The target before its predicate: joined to a participle ("blood-sugar-lowering") or to a noun ("pain relief")."""
    if predicate.shape not in (Shape.GERUND, Shape.NOUN):
        return None
    tokens = sentence.view.tokens
    if predicate.shape is Shape.NOUN:
        named = sentence.targets(sentence.start, predicate.end)
        if named and named[-1].start < predicate.start and named[-1].end == predicate.end:
            return named[-1]  # a function that is named by its predicate: "pain relief"
    before = sentence.view.targets.between(sentence.start, predicate.start)
    if not before or before[-1].end != predicate.start:
        return None
    gap = sentence.view.block.text[tokens.ends[predicate.start - 1] : tokens.starts[predicate.start]]
    listed = predicate.shape is Shape.NOUN or sentence.norm(predicate.end) in CONJUNCTIONS  # "pain relieving, calming"
    joined = gap and (gap in _HYPHENS or (gap == " " and listed))
    return before[-1] if joined else None


def target_phrase(sentence: SentenceView, low: int, high: int) -> str:
    """The words of a window up to its first comma or bracket."""
    norms = sentence.norms
    while low < high and not norms[low][0].isalnum():
        low += 1
    end = low
    while end < high and norms[end] not in _PHRASE_ENDS:
        end += 1
    while end > low and norms[end - 1] in _TRAILING:
        end -= 1
    return sentence.text(low, end)


def _right(sentence: SentenceView, predicate: Predicate, following: Predicate | None) -> int:
    stop = sentence.right(predicate.end, _REACH)
    if following is not None:
        stop = min(stop, max(following.start, predicate.end))
    words = sentence.norms[predicate.end : stop]
    if "by" in words:
        for at, word in enumerate(words, predicate.end):
            if word == "by" and sentence.norm(at + 1).endswith("ing"):
                return at
    return stop


def _of_attribute(sentence: SentenceView, low: int, high: int) -> int:
    """Where the words end that an outcome is of: "less pain at night", not "more information about cancer"."""
    return next((at for at in range(low, high) if sentence.norms[at] in _ABOUT), high)


def _of_noun(sentence: SentenceView, predicate: Predicate, following: Predicate | None) -> Window:
    at = predicate.end
    link = sentence.norm(at)
    if link not in _NOUN_LINKS:
        return at, at
    right = _right(sentence, predicate, following)
    if link == "of":  # the effect of X on Y
        for on in range(at + 1, right):
            if sentence.norms[on] in ("on", "in", "against", "for"):
                return on + 1, right
    return at + 1, right


def _of_adjective(sentence: SentenceView, predicate: Predicate, following: Predicate | None) -> Window:
    at = predicate.end
    if sentence.norm(at) not in _ADJECTIVE_LINKS:
        return at, at
    beside = following is not None and following.start == at + 1
    return at + 1, _right(sentence, predicate, None if beside else following)
