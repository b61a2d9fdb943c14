"""The `phrase` kind: words that should not stand in a sentence, or not without something beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from caveat.analysis.circumstances import circumstances, neighbour
from caveat.analysis.facts import Analysis
from caveat.analysis.mentions import names_of
from caveat.analysis.templates import Match, Norms, Templates
from caveat.analysis.view import BlockView
from caveat.checks.base import FORBIDS, active, compile_templates, exempt, text_finding
from caveat.finding import Finding
from caveat.packs.model import Concept, Profile, Rule
from caveat.packs.when import PhraseWhen
from caveat.source import Span


def phrase_templates(rules: Sequence[Rule], norms: Norms, lists: Mapping[str, Sequence[str]]) -> Templates:
    """The templates of all phrase rules, compiled once for every selection of them."""
    return compile_templates(((rule.id, _when(rule).any, _when(rule).none) for rule in rules), norms, lists)


def _when(rule: Rule) -> PhraseWhen:
    if not isinstance(rule.when, PhraseWhen):
        raise TypeError(rule.id)
    return rule.when


class PhraseCheck:
    """Some phrase rules, over the templates of all of them."""

    def __init__(self, rules: Sequence[Rule], templates: Templates) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._whens = {rule.id: _when(rule) for rule in rules}
        self._templates = templates
        self._patterned = [rule for rule in rules if self._whens[rule.id].pattern]

    def run(self, analysis: Analysis) -> Iterator[Finding]:
        """One finding a rule and sentence, on the hull of the template's words."""
        on = {rule.id for rule in active(list(self._rules.values()), analysis.profile)}
        for view in analysis.views:
            if view.block.region.boilerplate:
                continue
            yield from self._in_block(analysis, view, on)
        for rule in self._patterned:
            if rule.id in on:
                yield from self._by_pattern(analysis, rule)

    def _in_block(self, analysis: Analysis, view: BlockView, on: set[str]) -> Iterator[Finding]:
        hits: dict[tuple[int, str], Match] = {}
        forbidden: set[tuple[int, str]] = set()
        for sentence, key, match in self._templates.find(view.tokens, [p.slot for p in view.mentions]):
            if key.startswith(FORBIDS):
                forbidden.add((sentence, key[1:]))
            elif key in on:
                best = hits.get((sentence, key))
                if best is None or (match.start, -match.end) < (best.start, -best.end):
                    hits[sentence, key] = match
        for (sentence, key), match in hits.items():
            if (sentence, key) not in forbidden:
                words = [view.tokens.span(a, b) for a, b in match.words]
                span = view.tokens.span(match.start, match.end)
                yield from self._finding(analysis, self._rules[key], view.index, span, words)

    def _by_pattern(self, analysis: Analysis, rule: Rule) -> Iterator[Finding]:
        import re2  # noqa: PLC0415 - only where a pack has a pattern

        pattern = re2.compile(self._whens[rule.id].pattern)
        for view in analysis.views:
            if view.block.region.boilerplate:
                continue
            for match in pattern.finditer(view.block.text):
                span = Span(match.start(), match.end())
                yield from self._finding(analysis, rule, view.index, span, [span])

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
        for i in document.blocks_by_text[heading]
        if i < block
        for m in analysis.mentions_in(i)
    )
