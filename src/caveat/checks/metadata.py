"""The `metadata` kind: who wrote a page, who checked it, when, and how often it repeats its keyword."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import chain

from caveat.analysis.facts import Analysis, Concept, Disclosure
from caveat.analysis.view import BlockView
from caveat.checks.base import ByProfile, document_finding
from caveat.checks.page import Page, triggered
from caveat.checks.places import Place
from caveat.document import BlockKind
from caveat.finding import Finding
from caveat.packs.model import Rule
from caveat.packs.when import MetadataWhen
from caveat.packs.when.disclosure import DisclosureKind

_Keyword = tuple[str, list[Place]]  # a phrase as it is first written, and where it stands

_PHRASE_WORDS = (2, 4)  # the shortest and longest phrase of the title that counts as a keyword
_SMALL = frozenset(
    {"a", "an", "the", "of", "and", "or", "to", "in", "for", "on", "with", "your", "its", "is", "how", "what", "why"}
)  # fmt: skip


class MetadataCheck:
    """All metadata rules. `today` is the day against which dates are measured."""

    def __init__(self, rules: Sequence[Rule], *, today: date | None = None) -> None:
        self._rules = ByProfile(rules)
        self._today = today or date.today()

    def run(self, page: Page) -> Iterator[Finding]:
        """At most one finding a rule, about the document as a whole."""
        analysis = page.analysis
        keyword = cache(partial(_keyword, page))
        for rule in self._rules[analysis.profile]:
            when = rule.when
            if not isinstance(when, MetadataWhen):
                raise TypeError(rule.id)
            places = triggered(page, any_of=when.any)
            if page.words < when.words or places is None:
                continue
            finding = self._untold(rule, when, page) or _repeated(rule, when, page, keyword)
            if finding is not None:
                yield finding

    def _untold(self, rule: Rule, when: MetadataWhen, page: Page) -> Finding | None:
        missing = [kind for kind in when.missing if not _told(page.analysis, kind, named=when.named)]
        stale = self._stale(page.analysis, when) if not missing else None
        if not missing and stale is None:
            return None
        found = f"the newest date is {stale.topic}" if stale else "no " + " and no ".join(k.value for k in missing)
        fills = {"found": found, "date": stale.topic if stale else "", "months": str(when.stale_months)}
        places = [Place(stale.block, stale.span, stale.text)] if stale and stale.block is not None else []
        return document_finding(rule, page.analysis, places=places, note="the newest date", fills=fills)

    def _stale(self, analysis: Analysis, when: MetadataWhen) -> Disclosure | None:
        dates = [d for d in analysis.disclosures if d.kind is DisclosureKind.DATE]
        newest = max(dates, key=lambda d: d.topic, default=None)
        if newest is None or not when.stale_months:
            return None
        told = date.fromisoformat(newest.topic)
        months = (self._today.year - told.year) * 12 + self._today.month - told.month
        return newest if months > when.stale_months else None


def _repeated(rule: Rule, when: MetadataWhen, page: Page, keyword: Callable[[int], _Keyword]) -> Finding | None:
    if not when.density:
        return None
    least = max(when.occurrences, -(-when.density * page.words // 1000))
    phrase, places = keyword(least)
    if len(places) < least:
        return None
    rate = round(1000 * len(places) / page.words)
    fills = {"count": str(len(places)), "value": str(rate), "found": phrase, "limit": str(when.density)}
    return document_finding(rule, page.analysis, places=places[:3], note="it stands here", fills=fills)


def _told(analysis: Analysis, kind: DisclosureKind, *, named: bool) -> bool:
    return any(d.kind is kind and (d.exact or not named) for d in analysis.disclosures)


def _keyword(page: Page, least: int) -> _Keyword:
    """The phrase of the title that is repeated most, longer ones first among equals, and where it stands.

    Only one that names what is taken or done, and something beside, counts: the name of an illness, a vitamin or a part
    of the body has no other to vary with. Nor does one with a word that stands fewer than `least` times.
    """
    title = page.analysis.document.title
    if title is None:
        return "", []
    words = page.analysis.views[title].tokens.norms
    shortest, longest = _PHRASE_WORDS
    views = [view for view in page.own if view.block.kind is not BlockKind.TITLE]
    told = frozenset(words)
    met = Counter(filter(told.__contains__, chain.from_iterable([view.tokens.norms for view in views])))
    often = [word[0].isalnum() and met[word] >= least for word in words]
    phrases = {
        words[i : i + n]
        for n in range(shortest, longest + 1)
        for i in range(len(words) - n + 1)
        if words[i] not in _SMALL and words[i + n - 1] not in _SMALL and all(often[i : i + n])
    }
    opening = {phrase[:shortest] for phrase in phrases}
    first = {phrase[0] for phrase in phrases}
    places: dict[tuple[str, ...], list[tuple[BlockView, int]]] = {}
    for view in views if phrases else ():
        norms = view.tokens.norms
        for i in [i for i, word in enumerate(norms) if word in first and norms[i : i + shortest] in opening]:
            for n in range(shortest, min(longest, len(norms) - i) + 1):
                if norms[i : i + n] in phrases and _is_keyword(view, i, i + n):
                    places.setdefault(norms[i : i + n], []).append((view, i))
    if not places:
        return "", []
    best = max(places, key=lambda phrase: (len(places[phrase]), len(phrase)))
    spans = [(view, view.tokens.span(i, i + len(best))) for view, i in places[best]]
    found = [Place(view.index, span, span.of(view.block.text)) for view, span in spans]
    return found[0].text, found


def _is_keyword(view: BlockView, start: int, end: int) -> bool:
    """Whether some tokens of a block name something that is taken, done or sold, and are more than its name."""
    named = [p for p in view.mentions_between(start, end) if _is_offered(p.mention.concept)]
    return bool(named) and (named[0].start, named[0].end) != (start, end)


def _is_offered(concept: Concept) -> bool:
    return concept.intervention or concept is Concept.PRODUCT
