"""The `phrase` kind: words that should not stand in a sentence, or not without something beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from caveat.analysis.circumstances import neighbour
from caveat.analysis.facts import Analysis
from caveat.analysis.mentions import names_of
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Match, Templates
from caveat.analysis.view import BlockView
from caveat.checks.base import FORBIDS, ByProfile, compile_templates, exempt, spoken_of, text_finding
from caveat.checks.page import Page
from caveat.finding import Finding
from caveat.packs.model import Circumstance, Concept, Rule
from caveat.packs.placeholders import IN_GENERAL
from caveat.packs.scope import Profile
from caveat.packs.when import PhraseWhen
from caveat.source import Span
from caveat.values import dataclass


def phrase_templates(rules: Sequence[Rule], reader: TemplateReader) -> Templates:
    """The templates of all phrase rules, compiled once for every selection of them."""
    return compile_templates(((rule.id, _when(rule).any, _when(rule).none) for rule in rules), reader)


def _when(rule: Rule) -> PhraseWhen:
    if not isinstance(rule.when, PhraseWhen):
        raise TypeError(rule.id)
    return rule.when


def _searcher(pattern: str) -> Callable[[str], Span | None]:
    """What finds the first match of a pattern in a text, unless that is empty."""
    import re2  # noqa: PLC0415 - only where a pack has a pattern

    compiled = re2.compile(pattern)

    def search(text: str) -> Span | None:
        match = compiled.search(text)
        return Span(match.start(), match.end()) if match is not None and match.end() > match.start() else None

    return search


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule has found in a block: the span of it all and those of its words."""

    view: BlockView
    span: Span
    words: tuple[Span, ...]


_Place = tuple[int, str]  # a sentence of the document and a rule


class PhraseCheck:
    """Some phrase rules, over the templates of all of them."""

    def __init__(self, rules: Sequence[Rule], templates: Templates) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._by_profile = ByProfile(rules)
        self._whens = {rule.id: _when(rule) for rule in rules}
        self._templates = templates
        self._patterns: dict[str, list[str]] = {}  # the rules that have a pattern
        for rule, when in self._whens.items():
            if when.pattern:
                self._patterns.setdefault(when.pattern, []).append(rule)
        self._searchers = {pattern: _searcher(pattern) for pattern in self._patterns}

    def run(self, page: Page) -> Iterator[Finding]:
        """One finding a rule and sentence, on the hull of the template's words or on what the pattern matches."""
        analysis = page.analysis
        on = {rule.id for rule in self._by_profile[analysis.profile]}
        found: dict[_Place, _Found] = {}
        for view in page.own:
            found.update(self._in_block(view, on))
        around = page.surroundings.circumstances
        for (sentence, rule), one in found.items():
            when, block = self._whens[rule], one.view.index
            if _stands_right(when, analysis, block, one.span) and not self._silenced(when, analysis, sentence, rule):
                yield from _finding(self._rules[rule], analysis, one, around(block, one.span, words=one.words))

    def _silenced(self, when: PhraseWhen, analysis: Analysis, sentence: int, rule: str) -> bool:
        """Whether words keep a rule silent in a sentence: there or, if the rule says so, in one beside it."""
        if not when.none:
            return False
        forbids = {FORBIDS + rule}
        beside = int(when.none_beside)
        for near in analysis.sentences[max(0, sentence - beside) : sentence + beside + 1]:
            view = analysis.views[near.block]
            number = near.index - view.tokens.first_sentence
            if view.block.region.boilerplate:
                continue
            if self._templates.find(view.tokens, view.slots, sentence=number, wanted=forbids):
                return True
        return False

    def _in_block(self, view: BlockView, on: set[str]) -> dict[_Place, _Found]:
        """What is found in a block."""
        first = view.tokens.first_sentence
        hits: dict[_Place, Match] = {}
        for sentence, key, match in self._templates.find(view.tokens, view.slots, wanted=on):
            best = hits.get((first + sentence, key))
            if best is None or (match.start, -match.end) < (best.start, -best.end):
                hits[first + sentence, key] = match
        found: dict[_Place, _Found] = {}
        for place, match in hits.items():
            words = tuple(view.tokens.span(a, b) for a, b in match.words)
            found[place] = _Found(view, view.tokens.span(match.start, match.end), words)
        for place, span in self._by_pattern(view, on) if self._patterns else ():
            found.setdefault(place, _Found(view, span, (span,)))
        return found

    def _by_pattern(self, view: BlockView, on: set[str]) -> Iterator[tuple[_Place, Span]]:
        """The first match of each rule's pattern in each sentence's text."""
        first = view.tokens.first_sentence
        for pattern, owners in self._patterns.items():
            rules = [rule for rule in owners if rule in on]
            for number, (start, end) in enumerate(view.tokens.sentences if rules else ()):
                sentence = view.tokens.span(start, end)
                match = self._searchers[pattern](sentence.of(view.block.text))
                if match is not None:
                    yield from (((first + number, rule), match.shift(sentence.start)) for rule in rules)


def _stands_right(when: PhraseWhen, analysis: Analysis, block: int, span: Span) -> bool:
    """Whether a match stands in a block, and near the things, that its rule asks for."""
    if when.blocks and analysis.document.blocks[block].kind.value not in when.blocks:
        return False
    return not when.near or _near(analysis, when, block, span)


def _finding(rule: Rule, analysis: Analysis, found: _Found, around: frozenset[Circumstance]) -> Iterator[Finding]:
    if not exempt(rule, around, analysis.profile):
        text = found.view.block.text
        cues = [word.of(text) for word in found.words]
        block, span = found.view.index, found.span
        fills = _named(analysis, block, span)
        yield text_finding(rule, analysis, block=block, span=span, cues=cues, circumstances=around, fills=fills)


def _named(analysis: Analysis, block: int, span: Span) -> dict[str, str]:
    """What the sentence is about: the product that it names nearest to the words, else the page's; what it is for.

    On pages that sell other things a medicine is what these are compared with.
    """
    sentence = analysis.sentence_of(block, span)
    mentions = analysis.mentions_in(block, sentence.span) if sentence is not None else ()
    near = sorted(mentions, key=lambda m: min(abs(m.span.start - span.end), abs(span.start - m.span.end)))
    sold = [m for m in near if m.concept.intervention]
    if analysis.profile is Profile.SUPPLEMENT_MARKETING:
        sold = [m for m in sold if m.concept is not Concept.DRUG]
    subject = sold[0].text if sold else analysis.topic.text
    target = next((m.text for m in near if "health" in names_of(m)), "")
    return {"subject": spoken_of(subject, analysis), "target": target or IN_GENERAL["target"]}


def _near(analysis: Analysis, when: PhraseWhen, block: int, span: Span) -> bool:
    wanted = frozenset(when.near)
    if analysis.profile is Profile.SUPPLEMENT_MARKETING and Concept.PRODUCT.value in wanted:
        return True  # the page itself speaks of a product
    sentence = analysis.sentence_of(block, span)
    if sentence is not None:
        around = sentence.span
        following = neighbour(analysis, sentence, 1)
        if following is not None and around.of(analysis.document.blocks[block].text).endswith("?"):
            around = around.hull(following.span)  # "Do you suffer from …? Our …"
        if any(not wanted.isdisjoint(names_of(m)) for m in analysis.mentions_in(block, around)):
            return True
    if not when.near_section:
        return False
    if analysis.topic.concept is not None and {analysis.topic.concept.value, analysis.topic.id} & wanted:
        return True
    document = analysis.document
    return any(
        not wanted.isdisjoint(names_of(m))
        for heading in document.blocks[block].section
        for i in document.blocks_by_text.get(heading, ())
        if i < block
        for m in analysis.mentions_in(i)
    )
