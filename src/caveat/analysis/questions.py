"""Whether a sentence asks."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.grammar import DO, MODALS
from caveat.analysis.pipeline import Tokens
from caveat.analysis.slots import SlotSpan

_ASKING_MODALS = MODALS - {"'ll", "'d", "cannot"}
_ASKING = _ASKING_MODALS | DO | {"am", "is", "are", "was", "were", "has", "have", "had"}  # these stand before a subject
_INTERROGATIVES = frozenset({"what", "how", "why", "when", "where", "who", "whom", "which", "whose"})
_QUANTITIES = frozenset({"much", "many", "long", "often", "soon", "well", "safe", "effective", "quickly", "fast"})
_SUBJECTS = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "there", "this", "that", "these", "those", "the", "a", "an", "your",
     "my", "our", "its", "their", "any", "anyone", "people", "everyone", "all"}
)  # fmt: skip
_NO_SUBJECT = frozenset(
    {"not", "be", "been", "also", "now", "only", "always", "never", "available", "used", "known", "proven", "said"}
)  # fmt: skip
_ENDS = frozenset({".", "!", "…", "...", ":", ";"})
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "*"})
_OPENERS = frozenset({'"', "'", "(", "[", "—", "q", ":", "."})


def question_cue(tokens: Tokens, start: int, end: int, slots: Sequence[SlotSpan] = ()) -> int | None:
    """The token that makes the sentence `start` to `end` a question: its mark, or the first word of an asking order.

    Only a sentence without a full stop may be one by order, as headings are: "Does ginger work", "What is
    ginseng". "How ginger works" tells; "Can help with nausea" lacks a subject and tells too. `slots` are
    what is named in the block, substances and therapies among it.
    """
    at = end - 1
    while at > start and tokens.texts[at] in _CLOSERS:
        at -= 1
    if "?" in tokens.texts[at]:
        return None if _rhetorical(tokens, start, at) else at
    if tokens.norms[at] in _ENDS:
        return None
    while start < end and tokens.norms[start] in _OPENERS:
        start += 1
    return start if end - start >= 3 and _asks(tokens, start, end, slots) else None


def asked_from(tokens: Tokens, start: int, mark: int) -> int:
    """Where the question begins that has its mark at a token of the sentence from `start` on.

    A heading that runs into it without a stop is told: "The #1 remedy for gout Are you looking for …?".
    """
    for at in range(mark - 2, start + 2, -1):
        if tokens.norms[at] in _ASKING and tokens.norms[at + 1] in _SUBJECTS:
            first, second = tokens.texts[at], tokens.texts[at + 1]
            if first.istitle() and second.islower() and tokens.norms[at - 1] not in _INTERROGATIVES:
                return at
    return start


def _rhetorical(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a question tells: "Why swallow pills when ginger does it better?", "What if you could …?"."""
    if tokens.norms[start : start + 4] == ("what", "if", "you", "could"):
        return True
    if end - start < 4 or tokens.norms[start] != "why" or tokens.norms[start + 1] in _ASKING:
        return False
    return "when" in tokens.norms[start:end]


def _asks(tokens: Tokens, start: int, end: int, slots: Sequence[SlotSpan]) -> bool:
    norms = tokens.norms
    if norms[start] in _INTERROGATIVES:
        at = start + 1
        if norms[at] in _QUANTITIES:
            at += 1
        return norms[at] in _ASKING and at + 1 < end and norms[at + 1] not in _NO_SUBJECT
    return norms[start] in _ASKING and _has_subject(tokens, start, end, slots)


def _has_subject(tokens: Tokens, start: int, end: int, slots: Sequence[SlotSpan]) -> bool:
    first, second = tokens.norms[start], tokens.norms[start + 1]
    if any(slot.start == start + 1 and "intervention" in slot.names for slot in slots):
        return True
    if second in _SUBJECTS:
        return first not in ("do", "have") or second not in ("the", "a", "an", "your", "this", "these", "that")
    if second in _NO_SUBJECT or second.endswith("ly"):
        return False
    if first in ("does", "did"):
        return True
    if first in _ASKING_MODALS or first in ("do", "have", "had", "has"):
        # "Can turmeric cure" against "Can help", "Can reduce pain": a name has a verb after it
        return end - start > 3 and tokens.texts[start + 1][:1].isupper()
    return first in ("is", "are", "was", "were") and tokens.texts[start + 1][:1].isupper()
