"""The `claim` kind: what the article says a substance does, and whether it may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain

from caveat.analysis.facts import Analysis, Claim, Concept, Form, Mention, Polarity, Role, Tag
from caveat.analysis.mentions import names_of
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Templates
from caveat.checks.base import FORBIDS, active, compile_templates, exempt, spoken_of, text_finding
from caveat.checks.page import Page
from caveat.checks.reasoning import Reasoner, listed
from caveat.finding import Finding
from caveat.packs.model import Circumstance, Rule
from caveat.packs.placeholders import IN_GENERAL
from caveat.packs.scope import MARKETING, Profile
from caveat.packs.when import ClaimWhen
from caveat.source import Span
from caveat.values import dataclass

_SPARES = "~"  # marks the key of a template whose match spares the claims that it shares words with
_PRODUCT = Concept.PRODUCT.value
_CLINICAL = frozenset({Concept.DRUG, Concept.THERAPY, Concept.DEVICE})
_PERSONS = frozenset({"i", "he", "she", "we", "who", "nobody", "somebody"})
_HORMONES = frozenset({"hormone", "hormones", "insulin", "estrogen", "oestrogen", "progesterone", "cortisol", "leptin"})
_BODILY = frozenset({Concept.FUNCTION, Concept.BODY_PART, Concept.POPULATION})
# Generic nouns of the lexicon that stand for a medicine, a procedure or a device rather than for goods.
_STANDS_FOR = {
    "drug-product": Concept.DRUG,
    "this-treatment": Concept.THERAPY,
    "program": Concept.THERAPY,
    "device-product": Concept.DEVICE,
}


def claim_templates(rules: Sequence[Rule], reader: TemplateReader) -> Templates:
    """The templates of all claim rules, compiled once for every selection of them."""
    sentence = ((rule.id, _when(rule).also, _when(rule).none) for rule in rules)
    own = ((_SPARES + rule.id, _when(rule).spare, ()) for rule in rules)
    return compile_templates(chain(sentence, own), reader)


def _when(rule: Rule) -> ClaimWhen:
    if not isinstance(rule.when, ClaimWhen):
        raise TypeError(rule.id)
    return rule.when


@dataclass(frozen=True, slots=True)
class _Marked:
    """A finding and the claim that it is on; `serious` if that is about a disease nobody should treat unsupervised."""

    claim: Claim
    serious: bool
    finding: Finding

    def repeats(self, told: _Marked) -> bool:
        """Whether it tells the writer what another one has told: of the same words or thing, or in the same message."""
        ours, theirs = ({t.id for t in marked.claim.targets} for marked in (self, told))
        return bool(
            ours & theirs or self.claim.span.overlaps(told.claim.span) or self.finding.message == told.finding.message
        )


def _distinct(marked: Sequence[_Marked]) -> Iterator[Finding]:
    """Of a rule's findings on one sentence, those that repeat none of the others, the gravest first."""
    told: list[_Marked] = []
    for one in sorted(marked, key=lambda m: (m.finding.severity.rank, m.serious), reverse=True):
        if not any(map(one.repeats, told)):
            told.append(one)
            yield one.finding


class ClaimCheck:
    """Some claim rules, over the templates of all. What a sentence promises twice, each marks once."""

    def __init__(self, rules: Sequence[Rule], templates: Templates, reasoner: Reasoner) -> None:
        self._rules = tuple(rules)
        self._whens = {rule.id: _when(rule) for rule in rules}
        self._templates = templates
        self._reasoner = reasoner
        self._asking: dict[tuple[str, ...], Sequence[tuple[ClaimWhen, Sequence[Rule]]]] = {}

    def run(self, page: Page) -> Iterator[Finding]:
        """Findings on the hull of predicate and targets.

        Of the claims of a sentence, the gravest first, a rule marks those about something that no claim it marks is
        about: two for "cures cancer and reverses diabetes", one for "treats and even cures cancer".
        """
        analysis = page.analysis
        beside = cache(partial(self._beside, analysis))
        found: dict[tuple[str, int], list[_Marked]] = {}
        for claim in analysis.claims:
            if Circumstance.BOILERPLATE in claim.circumstances or _names_topic(claim, analysis.profile):
                continue
            asking = self._asking_of(claim, analysis.profile)
            if not asking:
                continue
            names = _Names(claim, analysis)
            fitting = [rule for when, rules in asking if names.fit(when) for rule in rules]
            fitting = [rule for rule in fitting if self._fits_sentence(rule, claim, beside(claim.sentence))]
            around = claim.circumstances | self._reasoner.circumstances(analysis, claim) if fitting else frozenset()
            for rule in fitting:
                finding = self._finding(rule, analysis, claim, around)
                if finding is None:
                    continue
                found.setdefault((rule.id, claim.sentence), []).append(_Marked(claim, names.serious, finding))
        yield from chain.from_iterable(map(_distinct, found.values()))

    def _asking_of(self, claim: Claim, profile: Profile) -> Sequence[tuple[ClaimWhen, Sequence[Rule]]]:
        """By trigger, the rules that are on under a profile and ask for how a claim is put; denied ones none asks for.

        What it is about and whom it is for is left to be asked.
        """
        if claim.polarity is not Polarity.AFFIRMED:
            return ()
        put = claim.predicate, claim.strength, claim.direction, claim.form
        asking = self._asking.get((profile, *put))
        if asking is None:
            rules: dict[ClaimWhen, list[Rule]] = {}
            for rule in active(self._rules, profile):
                when = self._whens[rule.id]
                asked = when.predicates, when.strengths, when.directions, when.forms
                if all(not some or one in some for one, some in zip(put, asked, strict=True)):
                    rules.setdefault(when, []).append(rule)
            asking = self._asking[(profile, *put)] = tuple(rules.items())
        return asking

    def _beside(self, analysis: Analysis, sentence: int) -> Mapping[str, Sequence[Span]]:
        """Which rules' templates match in a sentence, and where in its block."""
        view = analysis.views[analysis.sentences[sentence].block]
        found: dict[str, list[Span]] = {}
        number = sentence - view.tokens.first_sentence
        for _, key, match in self._templates.find(view.tokens, view.slots, sentence=number):
            found.setdefault(key, []).append(view.tokens.span(match.start, match.end))
        return found

    def _fits_sentence(self, rule: Rule, claim: Claim, keys: Mapping[str, Sequence[Span]]) -> bool:
        when = self._whens[rule.id]
        if when.also and rule.id not in keys:
            return False
        if not keys:
            return True
        spared = any(span.overlaps(claim.span) for span in keys.get(_SPARES + rule.id, ()))
        return not spared and FORBIDS + rule.id not in keys

    def _finding(self, rule: Rule, analysis: Analysis, claim: Claim, around: frozenset[Circumstance]) -> Finding | None:
        if exempt(rule, around, analysis.profile):
            return None
        reasons = [self._reasoner.holds(test, analysis, claim) for test in self._whens[rule.id].reasoning]
        if not all(reasons):
            return None
        block = analysis.document.blocks[claim.block]
        related = [place for reason in reasons if reason is not None for place in reason.related]
        fills = {
            "subject": spoken_of(_doer(claim), analysis),
            "predicate": claim.predicate_span.of(block.text),
            "target": listed(claim.targets, claim.predicate_span) or claim.target_text,
            "listed": self._reasoner.listed_claims(claim) or IN_GENERAL["listed"],
            "hedge": next((cue.text for cue in claim.cues if cue.role is Role.HEDGE), ""),
        }
        for reason in reasons:
            if reason is not None:
                fills.update(reason.fills)
        cues = [claim.predicate_span.of(block.text), *(t.text for t in claim.targets)]
        return text_finding(
            rule,
            analysis,
            block=claim.block,
            span=claim.span,
            cues=cues,
            circumstances=around,
            fills=fills,
            related=related,
        )


def _doer(claim: Claim) -> str:
    """The thing that a claim says does it; nothing where it names none, or only some class of things in a heading.

    Words before the verb in which no thing is known may be what it is done to ("belly fat melts"), a phrase before the
    subject ("within a month …") or evidence, and "Natural treatments" far above is no name.
    """
    subject = claim.subject
    if subject is None or (Tag.CLASS in subject.tags and subject.block != claim.block):
        return ""
    return subject.text


def _names_topic(claim: Claim, profile: Profile) -> bool:
    """Whether a heading only says what the article is about: "Kava for anxiety" sells nothing where nothing is sold.

    Nor does "Preventing gout", which does not say by what.
    """
    if Circumstance.HEADING not in claim.circumstances or profile in MARKETING:
        return False
    nameless = claim.subject is None or claim.subject.block != claim.block
    return claim.form is Form.LABEL or (nameless and claim.text.split(maxsplit=1)[0].endswith("ing"))


class _Names:
    """The names by which a rule may ask for the parts of a claim."""

    def __init__(self, claim: Claim, analysis: Analysis) -> None:
        self._each = [names_of(target) for target in claim.targets]
        self._targets = frozenset().union(*self._each)
        self._subject = _subject_names(claim, analysis)

    @property
    def serious(self) -> bool:
        """Whether a target is a disease that nobody should treat unsupervised."""
        return Tag.SERIOUS in self._targets

    def fit(self, when: ClaimWhen) -> bool:
        """Whether the claim has the targets and the subject that a rule asks for."""
        if when.targets and not self._has_target(when):
            return False
        return not when.subjects or not self._subject.isdisjoint(when.subjects)

    def _has_target(self, when: ClaimWhen) -> bool:
        if not when.not_targets:
            return not self._targets.isdisjoint(when.targets)
        return any(names.isdisjoint(when.not_targets) and not names.isdisjoint(when.targets) for names in self._each)


def _subject_names(claim: Claim, analysis: Analysis) -> frozenset[str]:
    """The names of what a claim is about.

    On pages that sell, a claim about nothing in particular is about what they sell. Elsewhere "this drug" and
    "the tablets" are a medicine, "this treatment" a therapy, and neither is a product of the page.
    """
    subject, topic = claim.subject, analysis.topic
    if subject is None or not _belongs(claim, subject, analysis):
        sold = analysis.profile in MARKETING and not _somebody(claim, analysis)
        return frozenset({_PRODUCT}) if sold else frozenset()
    names = names_of(subject)
    if subject.concept is not Concept.PRODUCT:
        sells = analysis.profile is Profile.SUPPLEMENT_MARKETING and not _of_all(subject, claim, analysis)
        # "our antifungal herbs", "effective painkillers": what the page sells
        return names | {_PRODUCT} if Tag.CLASS in names and sells else names
    standing = _STANDS_FOR.get(subject.id)
    if topic.concept is not None and standing in (None, topic.concept):
        names |= {topic.concept.value, topic.id, *topic.tags}
        standing = topic.concept
    if analysis.profile not in MARKETING and standing in _CLINICAL:
        names = (names - {_PRODUCT}) | {standing.value}
    return names


def _of_all(subject: Mention, claim: Claim, analysis: Analysis) -> bool:
    """Whether a sentence speaks of a class of medicines as such: "Antibiotics cure strep throat"."""
    opens = (subject.block, subject.span.start) == (claim.block, analysis.sentences[claim.sentence].span.start)
    return subject.concept is Concept.DRUG and opens and subject.text.endswith("s")


def _somebody(claim: Claim, analysis: Analysis) -> bool:
    """Whether a claim is about a person or what works in the body: "he beat cancer", "the immune system fights it"."""
    words = frozenset(claim.subject_text.lower().split())
    if not words.isdisjoint(_PERSONS | _HORMONES):
        return True
    named = analysis.mentions_in(claim.block, analysis.sentences[claim.sentence].span)
    return any(m.concept in _BODILY and claim.subject_text.endswith(m.text) for m in named)


def _belongs(claim: Claim, subject: Mention, analysis: Analysis) -> bool:
    """Whether a subject that was found elsewhere is near enough to answer for the claim.

    A name from another block does so where it is the document's topic, stands in a heading or in the same row of a
    table, or leads a list.
    """
    if subject.block == claim.block or subject.id == analysis.topic.id:
        return True
    blocks = analysis.document.blocks
    here, there = blocks[claim.block].cell, blocks[subject.block].cell
    if here is not None and there is not None and (here.table, here.row) == (there.table, there.row):
        return True
    return subject.block == blocks[claim.block].lead or blocks[subject.block].kind.names
