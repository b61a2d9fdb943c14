"""Facts: what the analysis found, as plain values. No spaCy object appears here.

A fact lies in a block (`block` is its index in the document, `span` a span of the block's text) or, where
`block` is None, in the page's metadata (`span` is then a span of the source).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from caveat.document import BlockKind, Document
from caveat.packs.cues import Role as Role  # noqa: PLC0414 - facts speak of roles
from caveat.packs.doses import Comparator as Comparator  # noqa: PLC0414 - and of doses
from caveat.packs.doses import People as People  # noqa: PLC0414
from caveat.packs.model import Circumstance
from caveat.packs.model import Concept as Concept  # noqa: PLC0414 - facts speak of concepts
from caveat.packs.model import Tag as Tag  # noqa: PLC0414 - and of tags
from caveat.packs.reference import Period, Route
from caveat.packs.scope import Profile
from caveat.packs.when.claim import Direction as Direction  # noqa: PLC0414 - and of how claims are put
from caveat.packs.when.claim import Form as Form  # noqa: PLC0414
from caveat.packs.when.claim import Strength as Strength  # noqa: PLC0414
from caveat.packs.when.disclosure import DisclosureKind as DisclosureKind  # noqa: PLC0414 - and of disclosures
from caveat.packs.when.disclosure import SignalKind
from caveat.source import Span
from caveat.values import dataclass

if TYPE_CHECKING:
    from caveat.analysis.disclosures.owners import Owners
    from caveat.analysis.doses import DoseReader
    from caveat.analysis.evidence import References
    from caveat.analysis.view import BlockView


ILLNESS = frozenset({Concept.CONDITION, Concept.SYMPTOM})
"""What somebody has or suffers from."""
HEALTH = ILLNESS | {Concept.BIOMARKER, Concept.FUNCTION}
"""What an intervention may do good or harm to."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block, without its trailing space. `index` counts the document's sentences."""

    index: int
    block: int
    span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing. `id` is the lexicon's (or, for the unlisted, the lower-cased words); `group` its family."""

    block: int
    span: Span
    text: str
    concept: Concept
    id: str
    group: str = ""
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that change what others say, and how far they reach.

    `scope` is a span of the same block that holds the cue itself and the words it governs. A `weak` cue
    says less than its role: "can" among hedges, "experts say" among attributions.
    """

    block: int
    span: Span
    text: str
    role: Role
    scope: Span
    weak: bool = False


class Polarity(StrEnum):
    """Whether the claim is made or denied."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class CitationKind(StrEnum):
    """How a source is pointed to."""

    DOI = "doi"
    PMID = "pmid"
    NCT = "nct"
    JOURNAL = "journal"  # year, volume and page: "1998;352:854-65"
    STUDY_LINK = "study-link"
    NUMBERED = "numbered"
    FOOTNOTE = "footnote"
    AUTHOR_YEAR = "author-year"
    NAMED_STUDY = "named-study"  # but a name: "the Framingham Heart Study"


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to a source.

    `resolved` is false for `[7]` where there is no seventh reference, `independent` is so where the source is what
    the seller asked its own customers.
    """

    block: int | None
    span: Span
    text: str
    kind: CitationKind
    target: str
    resolved: bool = True
    independent: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """Who does what to what. Spans are of the block's text; `span` is the hull of predicate and targets."""

    block: int
    span: Span
    text: str
    sentence: int
    subject: Mention | None
    subject_text: str
    predicate: str  # predicate class
    predicate_span: Span
    targets: tuple[Mention, ...]
    target_text: str
    strength: Strength
    polarity: Polarity
    direction: Direction
    form: Form
    circumstances: frozenset[Circumstance] = frozenset()
    evidence: tuple[Citation, ...] = ()
    cues: tuple[Cue, ...] = ()


class DoseRole(StrEnum):
    """What a quantity of a substance is."""

    SINGLE = "single"
    TOTAL = "total"  # per day, or per `per`
    MAXIMUM = "maximum"
    STARTING = "starting"
    MAINTENANCE = "maintenance"
    LOADING = "loading"
    STRENGTH = "strength"  # of a tablet, capsule, solution
    TRIAL = "trial"
    ANIMAL = "animal"
    OVERDOSE = "overdose"
    HISTORICAL = "historical"
    TITRATION = "titration"  # a step of a schedule that rises or falls

    @property
    def reported(self) -> bool:
        """Whether the dose is told as what somebody took, in a trial or by mistake, and no reader is to take it."""
        return self in (DoseRole.TRIAL, DoseRole.ANIMAL, DoseRole.OVERDOSE, DoseRole.HISTORICAL)


@dataclass(frozen=True, slots=True)
class Dose:
    """A quantity of a substance as the text states it. Numbers are exact decimals, units canonical symbols.

    `people` and `ages` ("6-12 years") say who takes it. `per` is "kg", "m2", "mL", "tablet"… or "". `frequency`
    is times per day as a decimal where it can be computed, `frequency_text` what the text says.

    `numerals` are the spans of the numbers as written (two for a range), `unit_span` that of the unit;
    `low_unit` is the unit written at the lower end of a range, where it is another. `per_amount` is the 5 of
    mg/5 mL. `frequency_high` is the more frequent end of "every 4 to 6 hours". `period` is set
    where the amount is for the whole of it ("a day"). `product` tells preparations of one substance
    apart: "extended-release", "extra-strength", a brand in lower case.
    """

    block: int
    span: Span
    text: str
    low: Decimal
    high: Decimal | None
    unit: str
    role: DoseRole
    comparator: Comparator | None = None
    count: Decimal | None = None  # two 500 mg tablets: 2
    per: str = ""
    frequency: Decimal | None = None
    frequency_text: str = ""
    duration: str = ""
    route: Route | None = None
    form: str = ""
    people: People | None = None
    ages: str = ""
    substance: str = ""  # lexicon id
    indication: str = ""  # lexicon id
    sentence: int = -1
    cues: tuple[str, ...] = ()
    numerals: tuple[Span, ...] = ()
    unit_span: Span | None = None
    low_unit: str = ""
    per_amount: Decimal | None = None
    frequency_high: Decimal | None = None
    frequency_span: Span | None = None
    period: Period | None = None
    as_needed: bool = False
    alternate: bool = False  # with dose-free days: every other day, on Mondays
    combined: bool = False  # one part of 80 mg/400 mg
    product: str = ""

    @property
    def at_least(self) -> bool:
        """Whether the amount is the least that is meant."""
        return self.comparator in (Comparator.AT_LEAST, Comparator.ABOVE)

    @property
    def population(self) -> str:
        """Who takes it, in words: "child 6-12 years"; "" where the text does not say."""
        return f"{self.people or ''} {self.ages}".strip()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A disclosure that the page makes. `exact` is false for a DSHEA note whose wording is altered."""

    block: int | None
    span: Span
    text: str
    kind: DisclosureKind
    topic: str = ""
    exact: bool = True
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """Words or a link that show what kind of page this is: a testimonial, a shop, a prescription service.

    `topic` is that of the key warning whose harm they deny, if they do.
    """

    block: int
    span: Span
    text: str
    kind: SignalKind
    topic: str = ""


@dataclass(frozen=True)
class Topic:
    """What the article is about: its main substance or therapy, if one stands out, with its concept."""

    id: str = ""
    text: str = ""
    concept: Concept | None = None
    dose: Dose | None = None  # the dose that the title names: "Naltrexone 4.5 mg"
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Analysis:
    """All facts of one document, each tuple in reading order.

    `views` are the blocks with their tokens, for checks that match phrase templates; `dose_reader` is what has read
    the doses, for checks that look again, `references` the list of sources, `owners` tells whose harm is spoken of.
    """

    document: Document
    profile: Profile
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    cues: tuple[Cue, ...] = ()
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    doses: tuple[Dose, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    signals: tuple[Signal, ...] = ()
    topic: Topic = field(default_factory=Topic)
    profile_reason: str = ""
    views: tuple[BlockView, ...] = field(default=(), repr=False)
    dose_reader: DoseReader | None = field(default=None, repr=False)
    references: References | None = field(default=None, repr=False)
    owners: Owners | None = field(default=None, repr=False)

    @cached_property
    def sentences_by_block(self) -> Mapping[int, tuple[Sentence, ...]]:
        """The sentences of each block, by the block's index."""
        return by_block(self.sentences)

    @cached_property
    def cues_by_block(self) -> Mapping[int, tuple[Cue, ...]]:
        """The cues of each block, by the block's index."""
        return by_block(self.cues)

    @cached_property
    def citations_by_block(self) -> Mapping[int, tuple[Citation, ...]]:
        """The citations of each block, by the block's index."""
        return by_block(self.citations)

    @cached_property
    def claims_by_block(self) -> Mapping[int, tuple[Claim, ...]]:
        """The claims of each block, by the block's index."""
        return by_block(self.claims)

    @cached_property
    def disclosures_by_block(self) -> Mapping[int, tuple[Disclosure, ...]]:
        """The disclosures of each block, by the block's index."""
        return by_block(self.disclosures)

    @cached_property
    def doses_by_block(self) -> Mapping[int, tuple[Dose, ...]]:
        """The doses of each block, by the block's index."""
        return by_block(self.doses)

    def doses_in(self, block: int, span: Span) -> Iterator[Dose]:
        """The doses of a block that lie inside `span` of its text."""
        doses = self.doses_by_block.get(block, ())
        first = bisect_left(doses, span.start, key=lambda d: d.span.start)
        for dose in islice(doses, first, None):
            if dose.span.start >= span.end:
                return
            if span.contains(dose.span):
                yield dose

    @cached_property
    def heading_doses(self) -> Mapping[tuple[str, str], Dose]:
        """The first dose of the headings that share a text, by that text and the dose's substance."""
        found: dict[tuple[str, str], Dose] = {}
        for dose in self.doses:
            block = self.document.blocks[dose.block]
            if block.kind is BlockKind.HEADING:
                found.setdefault((block.text, dose.substance), dose)
        return found

    @cached_property
    def small_names(self) -> frozenset[str]:
        """What the page calls things in small letters somewhere, so that a capital elsewhere begins a sentence."""
        return frozenset(m.text for m in self.mentions if m.text.islower())

    @cached_property
    def doses_by_indication(self) -> Mapping[str, tuple[Dose, ...]]:
        """The doses that are stated for an indication, by its id; of those that state the same, the first."""
        found: dict[str, dict[tuple[object, ...], Dose]] = {}
        for dose in self.doses:
            if dose.indication:
                stated = dose.low, dose.high, dose.unit, dose.role
                found.setdefault(dose.indication, {}).setdefault(stated, dose)
        return {indication: tuple(doses.values()) for indication, doses in found.items()}

    @cached_property
    def hedged_claims(self) -> Mapping[tuple[str, Direction, str], tuple[Claim, Cue]]:
        """The first affirmed claim that words hedge, and these, by the ids of subject and target and the direction."""
        found: dict[tuple[str, Direction, str], tuple[Claim, Cue]] = {}
        for claim in self.claims:
            if claim.strength is not Strength.CONDITIONAL or claim.polarity is not Polarity.AFFIRMED:
                continue
            hedge = self._hedge_of(claim)
            if hedge is not None and claim.subject is not None:
                for target in claim.targets:
                    found.setdefault((claim.subject.id, claim.direction, target.id), (claim, hedge))
        return found

    def _hedge_of(self, claim: Claim) -> Cue | None:
        """The last words of a claim's sentence before its predicate that hedge."""
        sentence, end = self.sentences[claim.sentence].span, claim.predicate_span.end
        hedges = (c for c in self.cues_by_block.get(claim.block, ()) if c.role is Role.HEDGE and not c.weak)
        return max((c for c in hedges if sentence.start <= c.span.start < end), key=lambda c: c.span, default=None)

    def sentence_of(self, block: int, span: Span) -> Sentence | None:
        """The sentence of a block in which `span` starts."""
        sentences = self.sentences_by_block.get(block, ())
        at = bisect_right(sentences, span.start, key=lambda s: s.span.start) - 1
        return sentences[at] if at >= 0 else None

    @cached_property
    def mentions_by_block(self) -> Mapping[int, tuple[Mention, ...]]:
        """The mentions of each block, by the block's index."""
        return by_block(self.mentions)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the article calls each thing that it mentions, by id: the name it uses most, as within a sentence."""
        written: dict[str, Counter[str]] = {}
        for mention in self.mentions:
            written.setdefault(mention.id, Counter())[mention.text] += 1
        return {id_: _common_name(id_, texts) for id_, texts in written.items()}

    def mentions_in(self, block: int, span: Span | None = None) -> tuple[Mention, ...]:
        """The mentions of a block, or those that lie inside `span` of its text."""
        mentions = self.mentions_by_block.get(block, ())
        if span is None:
            return mentions
        return tuple(m for m in mentions if span.contains(m.span))


def _common_name(id_: str, texts: Counter[str]) -> str:
    """The commonest of the names, whatever their case, with as few capitals as it is ever written with."""
    folded: Counter[str] = Counter()
    for text, count in texts.items():
        folded[text.casefold()] += count
    (most, _), *_ = folded.most_common(1)
    name = min((t for t in texts if t.casefold() == most), key=lambda t: sum(map(str.isupper, t)))
    first, _, rest = name.partition(" ")
    plain = id_.removeprefix("dietary-") + "-"
    generic = plain.startswith(most.replace(" ", "-") + "-") and first.istitle()  # it only opens a sentence
    return " ".join(filter(None, (first.lower(), rest))) if generic else name


_Placed = TypeVar("_Placed", Sentence, Cue, Mention, Citation, Claim, Dose, Disclosure)


def by_block(facts: Sequence[_Placed]) -> Mapping[int, tuple[_Placed, ...]]:
    """Facts by the index of their block, in the order in which they are given; none of the metadata, which has none."""
    found: dict[int, list[_Placed]] = {}
    for fact in facts:
        if fact.block is not None:
            found.setdefault(fact.block, []).append(fact)
    return {block: tuple(these) for block, these in found.items()}
