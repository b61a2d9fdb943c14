"""A page as its checks see it: its facts, and what of them makes it owe its readers something, with the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice

from caveat.analysis.circumstances import Surroundings
from caveat.analysis.facts import (
    ILLNESS,
    Analysis,
    CitationKind,
    Claim,
    Concept,
    Direction,
    Dose,
    DoseRole,
    Mention,
    Polarity,
    Tag,
)
from caveat.analysis.templates import Templates
from caveat.analysis.view import BlockView
from caveat.checks.approval import unapproved
from caveat.checks.denials import denied_warnings
from caveat.checks.places import Place
from caveat.checks.sides import sides
from caveat.document import BlockKind
from caveat.finding import Authority
from caveat.packs.labels import Labels
from caveat.packs.model import INGESTIBLE, TREATMENTS, Circumstance
from caveat.packs.when.disclosure import SignalKind, Trigger
from caveat.source import Span

_QUIET = frozenset(
    {
        Circumstance.NEGATED,
        Circumstance.QUESTION,
        Circumstance.BOILERPLATE,
        Circumstance.DEBUNKED,
        Circumstance.WARNING,
        Circumstance.CAUTIONS,
        Circumstance.HISTORY,
        Circumstance.STUDIED,
    }
)
_SUPPLEMENTS = frozenset({Concept.SUPPLEMENT, Concept.HERB, Concept.PRODUCT})
_SUBJECTS = TREATMENTS | ILLNESS | {Concept.PRODUCT, Concept.FOOD, Concept.FUNCTION, Concept.BIOMARKER}
_PLAIN = frozenset({Concept.FUNCTION, Concept.BODY_PART})
_SIGNS = frozenset({Concept.SYMPTOM, Concept.BIOMARKER})
_KEEPING = frozenset({"role", "support", "protect"})
_FUNCTIONS = _PLAIN | _SIGNS
_DISEASES = frozenset({Concept.CONDITION})
_FOLLOWED = frozenset(
    {DoseRole.SINGLE, DoseRole.TOTAL, DoseRole.MAXIMUM, DoseRole.STARTING, DoseRole.MAINTENANCE, DoseRole.LOADING,
     DoseRole.TITRATION}
)  # fmt: skip
_GUIDE_HEADINGS = frozenset({"uses", "use", "used", "benefits", "benefit", "dosage", "dosing", "dose", "doses"})
_TOPICS = frozenset(
    {Trigger.TREATMENT_TOPIC, Trigger.INGESTIBLE_TOPIC, Trigger.DRUG_TOPIC, Trigger.RX_TOPIC, Trigger.RX_OFFERED,
     Trigger.SUPPLEMENT_TOPIC, Trigger.FOOD_TOPIC}
)  # fmt: skip
_OFFERS = frozenset({SignalKind.SHOP, SignalKind.OFFER, SignalKind.COUPON, SignalKind.DRUG_SALE, SignalKind.DRUG_OFFER})
_MEDICINAL = frozenset({Concept.DRUG, Concept.HERB})
_LISTED = frozenset({CitationKind.NUMBERED, CitationKind.FOOTNOTE})
_UNSEEN = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.ALT})  # what the page does not show
_SHOWN = 3  # places that a finding shows
_TELLERS = frozenset({"i", "i'm", "i've", "my"})
_OFTEN = 3  # mentions of a preparation that make it what the page is about


class Page:
    """One document as all checks see it: its facts, its triggers and own wordings, each worked out once."""

    def __init__(self, analysis: Analysis, labels: Labels, wordings: Templates) -> None:
        """`wordings` are those that rules bring along, under the rules' ids."""
        self.analysis = analysis
        self.labels = labels
        self._wordings = wordings
        self._known: dict[Trigger, tuple[Place, ...]] = {}

    def places(self, trigger: Trigger) -> tuple[Place, ...]:
        """The first words that make the trigger hold; empty if it does not."""
        known = self._known.get(trigger)
        if known is None:
            known = self._known[trigger] = tuple(islice(self.all_places(trigger), _SHOWN))
        return known

    def all_places(self, trigger: Trigger) -> Iterator[Place]:
        """All the words that make the trigger hold."""
        finder = _FINDERS.get(trigger)
        return finder(self) if finder is not None else iter(self._signals.get(trigger, ()))

    @cached_property
    def own(self) -> Sequence[BlockView]:
        """The page's blocks, boilerplate left out."""
        return [view for view in self.analysis.views if not view.block.region.boilerplate]

    @cached_property
    def words(self) -> int:
        """The length of the page in words of prose, boilerplate left out."""
        return sum([len(view.tokens.norms) for view in self.own])

    @cached_property
    def surroundings(self) -> Surroundings:
        """What stands around the page's words."""
        return Surroundings(self.analysis)

    @cached_property
    def worded(self) -> Mapping[str, Place]:
        """The rules of which a wording stands on the page, boilerplate left out, each with the first such words."""
        found: dict[str, Place] = {}
        for view in self.own:
            for _, rule, match in self._wordings.find(view.tokens, view.slots):
                span = view.tokens.span(match.start, match.end)
                found.setdefault(rule, Place(view.index, span, span.of(view.block.text)))
        return found

    @cached_property
    def benefits(self) -> tuple[Claim, ...]:
        """The claims that an intervention does good, as the page itself makes them."""
        return tuple(
            c
            for c in self.analysis.claims
            if c.direction is Direction.BENEFIT
            and c.polarity is Polarity.AFFIRMED
            and (c.subject.concept.intervention if c.subject is not None else self._own_name(c.subject_text))
            and _QUIET.isdisjoint(c.circumstances)
        )

    def on_topic(self, claim: Claim) -> bool:
        """Whether a benefit is of what the page is about or sells, in whatever form: not what it says of a walk.

        One without a subject counts.
        """
        subject, topic = claim.subject, self.analysis.topic
        if subject is None or subject.concept is Concept.PRODUCT or subject.id == topic.id:
            return True
        one, other = self.labels.base(subject.id), self.labels.base(topic.id)
        return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")

    @cached_property
    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The sentences that tell of benefit and those that tell of risk, by index in ascending order."""
        return sides(
            self.analysis,
            self.benefits,
            warnings=self.warnings(),
            topical=bool(self.places(Trigger.TREATMENT_TOPIC)),
            selling=self._sells,
        )

    def _own_name(self, subject: str) -> bool:
        """Whether the words are how a page that sells calls its product: a part of its title, in capitals."""
        words = subject.split()
        named = bool(words) and all(w[0].isupper() for w in words)
        return named and self._sells and re.search(rf"\b{re.escape(subject)}\b", self._title) is not None

    @cached_property
    def _title(self) -> str:
        title = self.analysis.document.title
        return self.analysis.document.blocks[title].text if title is not None else ""

    @cached_property
    def function_claims(self) -> tuple[Place, ...]:
        """The claims that a supplement or herb does something to the body and not to a disease, of the page's text.

        Those on a function or part of the body come first, on what may be the sign of a disease last: where such a sign
        is treated or brought down, it is the disease that is spoken of, and no note makes that lawful.
        """
        blocks = self.analysis.document.blocks
        plain = list(self.claims_on(_SUPPLEMENTS, _PLAIN, without=_DISEASES))
        signs = self.claims_on(_SUPPLEMENTS, _SIGNS, without=_DISEASES | _PLAIN, keeping=True)
        return tuple(place for place in (*plain, *signs) if blocks[place.block].kind not in _UNSEEN)

    @cached_property
    def prescription(self) -> bool:
        """Whether the page is about a medicine that needs a prescription and is not sold without one."""
        tags = self._topic_tags
        return self.analysis.topic.concept is Concept.DRUG and "rx" in tags and "otc" not in tags

    @cached_property
    def _titled(self) -> bool:
        """Whether the title or the first heading names the topic.

        Where both name neither a treatment nor what one is taken for, a later heading may, if all headings together
        name no other substance: "Why everyone drinks moon milk", "What ashwagandha does".
        """
        blocks = self.analysis.document.blocks
        naming = {
            next((i for i, b in enumerate(blocks) if b.kind is kind and not b.region.boilerplate), -1)
            for kind in (BlockKind.TITLE, BlockKind.HEADING)
        }
        topic = self.analysis.topic.id
        first = [m for m in self.analysis.mentions if m.block in naming]
        if any(m.concept in _SUBJECTS for m in first):
            return any(m.id == topic for m in first)
        headed = [
            m
            for m in self.analysis.mentions
            if m.concept in INGESTIBLE and blocks[m.block].kind.names and not blocks[m.block].region.boilerplate
        ]
        return {m.id for m in headed} == {topic} and not all(map(self._compounded, headed))

    def _compounded(self, mention: Mention) -> bool:
        """Whether the name only begins a compound that is something else: "penicillin-resistant bacteria"."""
        return self.analysis.document.blocks[mention.block].text[mention.span.end :].startswith("-")

    @cached_property
    def _sells(self) -> bool:
        return bool(self.places(Trigger.OWN_PRODUCT) or self.places(Trigger.DRUG_SALE))

    @cached_property
    def _tags(self) -> frozenset[str]:
        return frozenset[str]().union(*[mention.tags for mention in self.analysis.mentions])

    def _tagged(self, tag: Tag) -> Sequence[Mention]:
        return [m for m in self.analysis.mentions if tag in m.tags] if tag in self._tags else ()

    @cached_property
    def _topic_tags(self) -> frozenset[str]:
        topic = self.analysis.topic.id
        return frozenset(tag for m in self.analysis.mentions if m.id == topic for tag in m.tags)

    def topic(self, *concepts: Concept) -> Iterator[Place]:
        """The topic, where it is one of these, a thing rather than a class, and what the page is about by its own word.

        A substance that is merely the one most often named does not make a page on a disease a page on it,
        unless the page sells.
        """
        topic = self.analysis.topic
        if topic.concept not in concepts or Tag.CLASS in self._topic_tags or not (self._titled or self._sells):
            return
        for mention in self.analysis.mentions:
            if mention.id == topic.id:
                yield Place.of(mention)

    def offered(self) -> Iterator[Place]:
        """Prescription-only medicines: the topic, what a heading names, what a sentence names that sells or offers.

        A page on something else that is taken or used names them beside it: "berberine or metformin?"
        """
        if self.prescription:
            yield from self.topic(Concept.DRUG)
        if self.analysis.topic.id and self.analysis.topic.concept is not Concept.DRUG:
            return
        blocks = self.analysis.document.blocks
        selling = {
            sentence.index
            for signal in self.analysis.signals
            if signal.kind in _OFFERS and (sentence := self.analysis.sentence_of(signal.block, signal.span)) is not None
        }
        for mention in self.analysis.mentions:
            only = mention.concept is Concept.DRUG and Tag.RX in mention.tags and "otc" not in mention.tags
            if not only or blocks[mention.block].region.boilerplate or self._compounded(mention):
                continue
            sentence = self.analysis.sentence_of(mention.block, mention.span)
            if blocks[mention.block].kind.names or (sentence is not None and sentence.index in selling):
                yield Place.of(mention)

    def food(self) -> Iterator[Place]:
        """The food that the page is about, or praises where it is about nothing by name; no part of a remedy."""
        if any(m.concept in _MEDICINAL for m in self.analysis.mentions):
            return
        yield from self.topic(Concept.FOOD)
        subjects = [claim.subject for claim in self.benefits if claim.subject is not None]
        if not self.analysis.topic.id and all(subject.concept is Concept.FOOD for subject in subjects):
            yield from map(Place.of, subjects)

    @cached_property
    def _signals(self) -> Mapping[str, Sequence[Place]]:
        """Where the signals of each kind stand, by the value of the kind."""
        found: dict[str, list[Place]] = {}
        for signal in self.analysis.signals:
            found.setdefault(signal.kind.value, []).append(Place.of(signal))
        return found

    def claims_on(
        self,
        subjects: frozenset[Concept] | None,
        targets: frozenset[Concept],
        *,
        without: frozenset[Concept] = frozenset(),
        keeping: bool = False,
    ) -> Iterator[Place]:
        """The benefit claims about one of `targets` and none of `without`, made for one of `subjects` (None: any).

        With `keeping` only those that something is supported or kept as it is.
        """
        for claim in self.benefits:
            subject = claim.subject
            if subject is not None and subjects is not None and subject.concept not in subjects:
                continue
            found = {target.concept for target in claim.targets}
            if keeping and claim.predicate not in _KEEPING:
                continue
            if found & targets and not found & without:
                yield Place.of(claim)

    def doses(self) -> Iterator[Dose]:
        """The doses that a reader could follow."""
        for dose in self.analysis.doses:
            if (
                dose.role in _FOLLOWED
                and dose.substance
                and not self.analysis.document.blocks[dose.block].region.boilerplate
            ):
                yield dose

    def off_label(self) -> Iterator[Place]:
        """Uses of the topic, a medicine, that its label does not have, and preparations known as off-label."""
        topic = self.analysis.topic
        if topic.concept is not Concept.DRUG:
            return
        yield from self._unmarketed_dose()
        yield from self._put_to_use(Tag.OFF_LABEL)
        for claim in self.benefits:
            if (
                claim.subject is not None
                and claim.subject.id == topic.id
                and unapproved(self.labels, self.analysis, claim)
            ):
                yield Place.of(claim)

    def _put_to_use(self, tag: Tag) -> Iterator[Place]:
        """The first preparation with a tag, where the page is about it and has more than what was approved.

        It then says what the preparation does, gives a dose of it, offers or praises one, sets out to guide, or names
        an illness that the topic has no approval for.
        """
        topic, labels = self.analysis.topic.id, self.labels
        tagged = self._tagged(tag)
        ids = {m.id for m in tagged}
        if not tagged or (len(tagged) < _OFTEN and topic not in ids):
            return
        if (
            any(map(self.places, (Trigger.GUIDE, Trigger.TESTIMONIAL, *map(Trigger, _OFFERS))))
            or any(c.subject is not None and c.subject.id in ids and c.targets for c in self.analysis.claims)
            or any(labels.is_off_label_dose(d.substance, d) for d in self.doses())
            or any(
                m.concept is Concept.CONDITION and not labels.is_indicated(labels.base(topic), m.id)
                for m in self.analysis.mentions
            )
        ):
            yield Place.of(tagged[0])

    def _unmarketed_dose(self) -> Iterator[Place]:
        """The title's dose, where it is one amount of a medicine that is not sold in that strength."""
        topic = self.analysis.topic
        dose = topic.dose
        if dose is None or topic.concept is not Concept.DRUG or dose.per or dose.high is not None:
            return
        if self.labels.is_marketed(topic.id, dose) is False:
            yield Place.of(dose)

    def unmarketed(self) -> Iterator[Place]:
        """The strength that the page is about, where no such tablet or capsule is marketed."""
        yield from self._unmarketed_dose()
        yield from self._put_to_use(Tag.COMPOUNDED)

    def names(self, place: Place) -> bool:
        """Whether the place lies in the title or a heading, which seldom tells much by itself."""
        return self.analysis.document.blocks[place.block].kind.names

    def guide(self) -> Iterator[Place]:
        """Headings that set out to inform on a treatment: uses, benefits, dosage."""
        for index, block in enumerate(self.analysis.document.blocks):
            heading = block.kind.names and not block.region.boilerplate
            if heading and not _GUIDE_HEADINGS.isdisjoint(
                block.text.lower().replace(",", " ").replace(":", " ").split()
            ):
                yield Place(index, Span(0, len(block.text)), block.text)

    def source(self) -> Authority | None:
        """Where the drug reference has what it says of the topic from."""
        source = self.labels.source(self.analysis.topic.id)
        return source.authority if source is not None else None

    def dangling(self) -> Iterator[Place]:
        """The numbered references and footnotes that lead nowhere, on a page with a list of sources."""
        lost = [c for c in self.analysis.citations if not c.resolved and c.kind in _LISTED]
        if lost and self.analysis.references:
            yield from (Place(c.block, c.span, c.text) for c in lost if c.block is not None)

    def warnings(self) -> tuple[str, ...]:
        """The topics of the key warnings that the drug reference has for the medicine the page is about."""
        topic = self.analysis.topic
        return tuple(self.labels.warnings(topic.id)) if topic.concept is Concept.DRUG else ()


def _testimonials(page: Page) -> Iterator[Place]:
    """Words of customers; a heading that only announces them ("Why our customers love it") has none."""
    for signal in page.analysis.signals:
        place = Place.of(signal)
        told = not page.names(place) or not _TELLERS.isdisjoint(signal.text.lower().replace("’", "'").split())
        if signal.kind is SignalKind.TESTIMONIAL and told:
            yield place


def _doses(page: Page) -> Iterator[Place]:
    return map(Place.of, page.doses())


def _unplaced_doses(page: Page) -> Iterator[Place]:
    doses = list(page.doses())
    if not any(d.population for d in doses):
        yield from map(Place.of, doses)


_FINDERS: Mapping[Trigger, Callable[[Page], Iterator[Place]]] = {
    Trigger.TESTIMONIAL: _testimonials,
    Trigger.BENEFIT_CLAIM: lambda page: iter(sorted(map(Place.of, page.benefits), key=page.names)),
    Trigger.TOPIC_BENEFIT: lambda page: iter(
        sorted(map(Place.of, filter(page.on_topic, page.benefits)), key=page.names)
    ),
    Trigger.DISEASE_CLAIM: lambda page: page.claims_on(None, ILLNESS),
    Trigger.SYMPTOM_CLAIM: lambda page: page.claims_on(None, frozenset({Concept.SYMPTOM})),
    Trigger.FUNCTION_CLAIM: lambda page: chain(
        page.function_claims, page.claims_on(_SUPPLEMENTS, _FUNCTIONS, without=_DISEASES)
    ),
    Trigger.TREATMENT_TOPIC: lambda page: page.topic(*TREATMENTS),
    Trigger.INGESTIBLE_TOPIC: lambda page: page.topic(*INGESTIBLE),
    Trigger.DRUG_TOPIC: lambda page: page.topic(Concept.DRUG),
    Trigger.RX_TOPIC: lambda page: page.topic(Concept.DRUG) if page.prescription else iter(()),
    Trigger.RX_OFFERED: Page.offered,
    Trigger.FOOD_TOPIC: Page.food,
    Trigger.SUPPLEMENT_TOPIC: lambda page: page.topic(Concept.SUPPLEMENT, Concept.HERB),
    Trigger.DOSE: _doses,
    Trigger.UNPLACED_DOSE: _unplaced_doses,
    Trigger.OFF_LABEL_USE: Page.off_label,
    Trigger.UNMARKETED_STRENGTH: Page.unmarketed,
    Trigger.DANGLING_CITATION: Page.dangling,
    Trigger.DENIED_WARNING: lambda page: denied_warnings(page.analysis, page.labels),
    Trigger.GUIDE: Page.guide,
}


def triggered(
    page: Page, *, every: Sequence[Trigger] = (), any_of: Sequence[Trigger] = (), none: Sequence[Trigger] = ()
) -> tuple[Place, ...] | None:
    """The words that make the triggers hold, None if they do not."""
    if any(map(page.places, none)) or not all(map(page.places, every)):
        return None
    if any_of and not any(map(page.places, any_of)):
        return None
    telling = [t for t in every if t not in _TOPICS] + [t for t in any_of if t not in _TOPICS] + [*every, *any_of]
    unique = dict.fromkeys(place for trigger in telling for place in page.places(trigger))
    return tuple(unique)[:_SHOWN]
