"""The `phrase` kind: words that should not stand in a sentence, or not without something beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from caveat.analysis.circumstances import circumstances, neighbour
from caveat.analysis.facts import Analysis
from caveat.analysis.mentions import names_of
from caveat.analysis.template_language import Norms
from caveat.analysis.templates import Match, Templates
from caveat.analysis.view import BlockView
from caveat.checks.base import FORBIDS, active, compile_templates, exempt, text_finding
from caveat.finding import Finding
from caveat.packs.model import Concept, Rule
from caveat.packs.scope import Profile
from caveat.packs.when import PhraseWhen
from caveat.source import Span


def phrase_templates(rules: Sequence[Rule], norms: Norms, lists: Mapping[str, Sequence[str]]) -> Templates:
    """The templates of all phrase rules, compiled once for every selection of them."""
    return compile_templates(((rule.id, _when(rule).any, _when(rule).none) for rule in rules), norms, lists)


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


class PhraseCheck:
    """Some phrase rules, over the templates of all of them."""

    def __init__(self, rules: Sequence[Rule], templates: Templates) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._whens = {rule.id: _when(rule) for rule in rules}
        self._templates = templates
        self._patterns = {rule.id: _searcher(when.pattern) for rule in rules if (when := self._whens[rule.id]).pattern}

    def run(self, analysis: Analysis) -> Iterator[Finding]:
        """One finding a rule and sentence, on the hull of the template's words or on what the pattern matches."""
        on = {rule.id for rule in active(list(self._rules.values()), analysis.profile)}
        found: list[tuple[int, str, BlockView, Span, Sequence[Span]]] = []
        forbidden: set[tuple[int, str]] = set()
        for view in analysis.views:
            if not view.block.region.boilerplate:
                hits, forbids = self._in_block(view, on)
                forbidden |= forbids
                found.extend((place, rule, view, span, words) for (place, rule), (span, words) in hits.items())
        for sentence, rule, view, span, words in found:
            near = (-1, 0, 1) if self._whens[rule].none_beside else (0,)
            if all((sentence + step, rule) not in forbidden for step in near):
                yield from self._finding(analysis, self._rules[rule], view.index, span, words)

    def _in_block(
        self, view: BlockView, on: set[str]
    ) -> tuple[dict[tuple[int, str], tuple[Span, Sequence[Span]]], set[tuple[int, str]]]:
        """By sentence of the document and rule: what matches, with its words, and where a rule keeps silent."""
        first = view.first_sentence
        hits: dict[tuple[int, str], Match] = {}
        forbidden: set[tuple[int, str]] = set()
        for sentence, key, match in self._templates.find(view.tokens, view.slots):
            if key.startswith(FORBIDS):
                forbidden.add((first + sentence, key[1:]))
            elif key in on:
                best = hits.get((first + sentence, key))
                if best is None or (match.start, -match.end) < (best.start, -best.end):
                    hits[first + sentence, key] = match
        found: dict[tuple[int, str], tuple[Span, Sequence[Span]]] = {}
        for place, match in hits.items():
            words = [view.tokens.span(a, b) for a, b in match.words]
            found[place] = view.tokens.span(match.start, match.end), words
        for place, span in self._by_pattern(view, on):
            found.setdefault(place, (span, [span]))
        return found, forbidden

    def _by_pattern(self, view: BlockView, on: set[str]) -> Iterator[tuple[tuple[int, str], Span]]:
        """The first match of each rule's pattern in each sentence's text, by sentence of the document."""
        for rule, search in self._patterns.items():
            if rule not in on:
                continue
            for number, (start, end) in enumerate(view.tokens.sentences):
                sentence = view.tokens.span(start, end)
                match = search(sentence.of(view.block.text))
                if match is not None:
                    yield (view.first_sentence + number, rule), match.shift(sentence.start)

    def _finding(
        self, analysis: Analysis, rule: Rule, block: int, span: Span, words: Sequence[Span]
    ) -> Iterator[Finding]:
        when = self._whens[rule.id]
        if when.blocks and analysis.document.blocks[block].kind.value not in when.blocks:
            return
        if when.near and not _near(analysis, when, block, span):
            return
        around = circumstances(analysis, block, span, words=words)
        if not exempt(rule, around, analysis.profile):
            text = analysis.document.blocks[block].text
            cues = [word.of(text) for word in words]
            yield text_finding(rule, analysis, block=block, span=span, cues=cues, circumstances=around)


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
