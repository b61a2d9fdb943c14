"""Facts: what the analysis found, as plain values. No spaCy object appears here.

A fact lies in a block (`block` is its index in the document, `span` a span of the block's text) or, where
`block` is None, in the page's metadata (`span` is then a span of the source).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from caveat.document import Document
from caveat.packs.model import Circumstance, Profile
from caveat.packs.model import Concept as Concept  # noqa: PLC0414 - facts speak of concepts
from caveat.source import Span


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


class Role(StrEnum):
    """What a cue does to the words in its scope."""

    NEGATION = "negation"
    HEDGE = "hedge"
    LIMITATION = "limitation"
    QUESTION = "question"
    ATTRIBUTION = "attribution"
    DEBUNK = "debunk"
    WARNING = "warning"
    CONDITION = "condition"
    CONTRAST = "contrast"
    HISTORY = "history"
    STUDIED = "studied"
    BOOSTER = "booster"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that change what others say, and how far they reach: `scope` is a span of the same block."""

    block: int
    span: Span
    text: str
    role: Role
    scope: Span


class Strength(StrEnum):
    """How strongly a claim is put."""

    CORRELATIONAL = "correlational"
    CONDITIONAL = "conditional"
    CAUSAL = "causal"


class Polarity(StrEnum):
    """Whether the claim is made or denied."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Direction(StrEnum):
    """Whether what is claimed is good or bad for the reader."""

    BENEFIT = "benefit"
    HARM = "harm"
    NEUTRAL = "neutral"


class Form(StrEnum):
    """How the claim is built."""

    ASSERTION = "assertion"  # X reduces Y
    FACTIVE = "factive"  # its ability to reduce Y, the Y-lowering effects of X
    LABEL = "label"  # X for Y; a list under "Helps with:"
    USE = "use"  # X is used for Y
    ADJECTIVE = "adjective"  # X is anti-inflammatory, effective for Y


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to a source. `resolved` is false for `[7]` where there is no seventh reference."""

    block: int | None
    span: Span
    text: str
    kind: str  # doi, pmid, nct, study-link, link, shop-link, numbered, footnote, author-year
    target: str
    resolved: bool = True


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


@dataclass(frozen=True, slots=True)
class Dose:
    """A quantity of a substance as the text states it. Numbers are exact decimals, units canonical symbols.

    `comparator` is "", "<", "<=", ">", ">=" or "~". `per` is "kg", "m2", "mL", "tablet"… or "". `frequency`
    is times per day as a decimal where it can be computed, `frequency_text` what the text says.
    """

    block: int
    span: Span
    text: str
    low: Decimal
    high: Decimal | None
    unit: str
    role: DoseRole
    comparator: str = ""
    count: Decimal | None = None  # two 500 mg tablets: 2
    per: str = ""
    frequency: Decimal | None = None
    frequency_text: str = ""
    duration: str = ""
    route: str = ""
    form: str = ""
    population: str = ""
    substance: str = ""  # lexicon id
    indication: str = ""  # lexicon id
    sentence: int = -1
    cues: tuple[str, ...] = ()


class DisclosureKind(StrEnum):
    """The disclosures that an article may owe its readers."""

    INFORMATIONAL = "informational-only"
    CONSULT = "consult-professional"
    DSHEA = "dshea"
    RESULTS_VARY = "results-vary"
    TYPICAL_RESULTS = "typical-results"
    AFFILIATE = "affiliate"
    OFF_LABEL = "off-label"
    COMPOUNDED = "compounded"
    EMERGENCY = "emergency"
    PREGNANCY = "pregnancy"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    DATE = "date"
    REFERENCES = "references"
    FUNDING = "funding"
    PRESCRIPTION_ONLY = "prescription-only"
    AGE_LIMIT = "age-limit"
    SIDE_EFFECTS = "side-effects"
    CONTRAINDICATIONS = "contraindications"
    INTERACTIONS = "interactions"
    EVIDENCE_LIMITS = "evidence-limits"
    ALTERNATIVES = "alternatives"
    KEY_WARNING = "key-warning"  # `topic` says which: opioid-free-interval, overdose-after-stopping, liver, mood…


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


@dataclass(frozen=True)
class Topic:
    """What the article is about: its main substance or therapy, if one stands out, with its concept."""

    id: str = ""
    text: str = ""
    concept: Concept | None = None
    dose: Dose | None = None  # the dose that the title names: "Naltrexone 4.5 mg"


@dataclass(frozen=True)
class Analysis:
    """All facts of one document, each tuple in reading order."""

    document: Document
    profile: Profile
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    cues: tuple[Cue, ...] = ()
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    doses: tuple[Dose, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    topic: Topic = field(default_factory=Topic)

    @cached_property
    def _mentions_by_block(self) -> Mapping[int, tuple[Mention, ...]]:
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.block, []).append(mention)
        return {block: tuple(mentions) for block, mentions in found.items()}

    def mentions_in(self, block: int, span: Span | None = None) -> tuple[Mention, ...]:
        """The mentions of a block, or those that lie inside `span` of its text."""
        mentions = self._mentions_by_block.get(block, ())
        if span is None:
            return mentions
        return tuple(m for m in mentions if span.contains(m.span))
