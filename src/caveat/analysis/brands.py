"""Names of products that no lexicon holds, known by how they are written and by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caveat.analysis.facts import Concept, Mention
from caveat.analysis.mentions import Placed
from caveat.analysis.pipeline import Tokens
from caveat.document import Block, BlockKind
from caveat.regex import regex

# No name in one word is without such a capital. The look back comes second, since a search can skip only to the set
# of characters with which a pattern begins.
_INNER = regex(r"[A-Z](?<=[a-z].)")
_JOINED = regex(r"\b(?!(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz)[A-Z])[A-Z][a-z]+[A-Z][A-Za-z]+\b")  # VitaGlow
_MARKED = regex(r"\b([A-Z][A-Za-z]+)\s?[®™]")
_SOLD_AS = regex(
    r"\s(?:[a-z]+\s)?(?:capsules?|tablets?|drops|formula|tea|cream|gel|balm|serum|supplements?|gummies|patch|patches|"
    r"powder|blend|spray|oil|tincture|lozenges?|softgels?|syrup|tonic)\b",
    re.IGNORECASE,
)
_HEAD = regex(r"([A-Z][a-z]{3,})(?: (?:[A-Z][a-z]+|&)){0,3}(?= )")  # "Nordlys Calm & Glow" capsules
_AGAIN = 2  # times that a name in plain letters must stand elsewhere
_TAKEN = regex(r"\b(?:our|new|try|buy|order|take|taking|choose|with|using|of|than)\s$", re.IGNORECASE)
_BRAND = frozenset({"brand"})


def brand_names(blocks: Iterable[Block], *, selling: bool, others: frozenset[str]) -> frozenset[str]:
    """The names by which a page calls products that nobody else knows.

    A name written in one word with a capital inside (“VitaGlow”) is one where it is sold as something (“VitaGlow
    drops”), taken or offered, or stands in a heading; on a page that sells, wherever it stands. So is a name with
    a trade mark, and the first word of a title that sells it in a form (“Nordlys capsules”), where the page goes on
    calling it so and never writes the word small. `others` are words so written that name no product (“Korean
    capsules”).
    """
    blocks = tuple(blocks)
    found = _titled(blocks)
    for block in blocks:
        text = block.text
        if "®" in text or "™" in text:
            found.update(match[1] for match in _MARKED.finditer(text))
        for match in _JOINED.finditer(text) if _INNER.search(text) else ():
            beside = _SOLD_AS.match(text, match.end()) or _TAKEN.search(text, max(0, match.start() - 9), match.start())
            if selling or block.kind.names or beside:
                found.add(match[0])
    return frozenset(found - others)


def _titled(blocks: Sequence[Block]) -> set[str]:
    """The name in plain letters with which the title or the first heading begins; none or one."""
    heads = [next((b for b in blocks if b.kind is kind), None) for kind in (BlockKind.TITLE, BlockKind.HEADING)]
    for head in (head for head in heads if head is not None):
        match = _HEAD.match(head.text)
        if match is None or not _SOLD_AS.match(head.text, match.end()):
            continue
        name = match[1]
        again, small = regex(rf"\b{name}\b"), regex(rf"\b{name.lower()}\b")
        times = sum(len(again.findall(b.text)) for b in blocks if not b.kind.names)
        if times >= _AGAIN and not any(small.search(b.text) for b in blocks):
            return {name}
    return set()


def with_brands(block: int, text: str, tokens: Tokens, placed: Sequence[Placed], names: frozenset[str]) -> list[Placed]:
    """The mentions of a block with those of the names, where nothing else is mentioned there."""
    if not any(name in text for name in names):
        return list(placed)
    taken = {at for p in placed for at in range(p.start, p.end)}
    found = [
        Placed.of(at, at + 1, Mention(block, tokens.span(at, at + 1), name, Concept.PRODUCT, name.lower(), tags=_BRAND))
        for at, name in enumerate(tokens.texts)
        if name in names and at not in taken
    ]
    return sorted([*placed, *found], key=lambda p: p.start)
