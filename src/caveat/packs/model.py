"""What a rule is: plain data, the same for every kind.

The YAML keys are these field names with hyphens for underscores. `load` validates against these classes
and `schema` derives the JSON Schema from them, so a field is written down once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from caveat.finding import Authority, Severity
from caveat.packs.scope import Jurisdiction, Level, Profile
from caveat.packs.when import When
from caveat.values import dataclass


class Kind(StrEnum):
    """The closed set of rule kinds; each has one check that interprets it."""

    PHRASE = "phrase"
    CLAIM = "claim"
    DISCLOSURE = "disclosure"
    DOSE = "dose"
    METADATA = "metadata"
    BALANCE = "balance"

    @property
    def of_page(self) -> bool:
        """Whether its findings are on the page as a whole, not on words of it."""
        return self in (Kind.DISCLOSURE, Kind.METADATA, Kind.BALANCE)


class Circumstance(StrEnum):
    """What the surroundings of some words do to what they say; rules name these under `unless` and `soften`."""

    NEGATED = "negated"
    QUESTION = "question"
    HEDGED = "hedged"  # may, can, might help: softens, never exempts
    LIMITED = "limited"  # an explicit limitation of the evidence stands near
    WARNING = "warning"  # words that warn
    CAUTIONS = "cautions"  # below a heading of adverse effects, contraindications, interactions
    ATTRIBUTED = "attributed"  # somebody named says so
    DEBUNKED = "debunked"  # told as a myth, a false claim or what a regulator forbade
    QUOTED = "quoted"  # inside quotation marks or a block quote
    CITED = "cited"  # a citation that resolves stands by it
    NAMED = "named"  # so does one, or the name of a study, also in the sentences before: "This trial found"
    AUTHORISED = "authorised"  # the reference has this claim of the nutrient as one that a regulator has authorised
    NUTRIENT_ROLE = "nutrient-role"  # what a vitamin or mineral does in a healthy body, told where nothing is sold
    ON_LABEL = "on-label"  # the drug reference has this substance, indication, dose and route
    CONTRAST = "contrast"  # set against the claim: "unlike", "whereas", "rather than"
    CONDITIONAL = "conditional"  # "if it treats", "in case"
    HISTORY = "history"  # approval history, family history, what was once believed
    TESTIMONIAL = "testimonial"  # first-person story
    STUDIED = "studied"  # "has been studied in", "is being investigated for": neutral
    BOILERPLATE = "boilerplate"  # navigation, cookie notice, comment form
    HEADING = "heading"  # in a title or heading


class Concept(StrEnum):
    """The classes of things that an article mentions."""

    DRUG = "drug"
    SUPPLEMENT = "supplement"
    HERB = "herb"
    FOOD = "food"
    DEVICE = "device"
    THERAPY = "therapy"
    PRODUCT = "product"  # "the formula", "our capsule", a brand, the article's own topic
    CONDITION = "condition"
    SYMPTOM = "symptom"
    BIOMARKER = "biomarker"
    FUNCTION = "function"  # body function: sleep, immunity, digestion
    BODY_PART = "body-part"
    POPULATION = "population"
    NUTRIENT_STATE = "nutrient-state"  # deficiency, intake

    @property
    def intervention(self) -> bool:
        """Whether it can be the subject of an efficacy claim."""
        return self in _INTERVENTIONS


INGESTIBLE = frozenset({Concept.DRUG, Concept.SUPPLEMENT, Concept.HERB})
TREATMENTS = INGESTIBLE | {Concept.DEVICE, Concept.THERAPY}
_INTERVENTIONS = TREATMENTS | {Concept.FOOD, Concept.PRODUCT}


class Tag(StrEnum):
    """What the lexicon says of things beside their class and group; rules and templates may ask for any."""

    CLASS = "class"  # many substances by one name: antibiotics
    COLLECTIVE = "collective"  # a word for whatever is taken: vitamins, eye drops
    UMBRELLA = "umbrella"  # many conditions by one name: arthritis

    RX = "rx"
    OTC = "otc"
    OFF_LABEL = "off-label"  # taken for what, or in a dose, that no approval covers
    COMPOUNDED = "compounded"
    CONTROLLED = "controlled"
    OPIOID = "opioid"
    VACCINE = "vaccine"
    WEEKLY = "weekly"  # taken once a week
    INVESTIGATIONAL = "investigational"
    RESEARCH_CHEMICAL = "research-chemical"
    VETERINARY = "veterinary"
    UNPROVEN_PROMOTED = "unproven-promoted"  # sold for what nobody has shown
    HAZARD = "hazard"  # does harm as it is taken

    SERIOUS = "serious"  # a disease that nobody should treat unsupervised
    SCHEDULE_A = "schedule-a"  # its cure may not be advertised in Canada
    NATURAL_STATE = "natural-state"  # of life, not of illness
    EMERGENCY = "emergency"
    ADVERSE = "adverse"  # what treatments do
    LOWER_BETTER = "lower-better"  # of what is measured: more of it is a harm
    HIGHER_BETTER = "higher-better"  # … less of it is
    CHRONIC = "chronic"
    PEDIATRIC = "pediatric"
    ADDICTION = "addiction"
    AUTOIMMUNE = "autoimmune"
    CANCER = "cancer"
    INFECTION = "infection"
    MENTAL = "mental"
    PAIN = "pain"
    SEXUAL = "sexual"
    WEIGHT = "weight"


class ExampleFormat(StrEnum):
    """How an example's text is written: the suffix of the file it would stand in."""

    MARKDOWN = "md"
    HTML = "html"
    TEXT = "txt"


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of text that a rule must (bad) or must not (good) mark, and how it is to be read."""

    text: str
    profile: Profile | None = None
    jurisdiction: Jurisdiction | None = None
    format: ExampleFormat = ExampleFormat.MARKDOWN


@dataclass(frozen=True, slots=True)
class Examples:
    """A rule's own proof. The loader refuses a rule that lacks either side."""

    bad: tuple[Example, ...]
    good: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when it fires, what keeps it silent, and what it tells the writer.

    `severity` is the default; `severity_by` overrides it for a profile (`off` silences the rule there). What `soften`
    names lowers it by one level, or to `softened` where that is given.
    Empty `profiles` or `jurisdictions` mean all of them. `message` may hold the placeholders that its check fills:
    see `placeholders`. `spoken_for_by` are the rules of which one is always reported in its place where all are asked.
    """

    id: str
    title: str
    kind: Kind
    severity: Severity
    when: When
    message: str
    why: str
    suggestion: str
    authority: tuple[Authority, ...]
    examples: Examples
    severity_by: Mapping[Profile, Level] = field(default_factory=dict)
    unless: tuple[Circumstance, ...] = ()
    soften: tuple[Circumstance, ...] = ()
    profiles: tuple[Profile, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()
    softened: Level | None = None
    spoken_for_by: tuple[str, ...] = ()

    def level(self, profile: Profile) -> Level:
        """The severity that holds under `profile`."""
        return self.severity_by.get(profile, Level(self.severity.value))

    def lowered(self, profile: Profile) -> Level:
        """The severity under `profile` of what a circumstance named in `soften` lowers; never above the plain one."""
        level = self.level(profile)
        if self.softened is None:
            return level if level is Level.OFF else Level(Severity(level.value).softer().value)
        return max(self.softened, level, key=list(Level).index)  # the gravest stands first


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of rules.

    Each list in `precedence` orders slugs of this pack, or ids where rules of others are meant: of those that
    fire in one sentence, only the first is reported. A slug may stand in several lists.
    """

    name: str
    title: str
    rules: tuple[Rule, ...]
    precedence: tuple[tuple[str, ...], ...] = ()

    @property
    def orders(self) -> tuple[tuple[str, ...], ...]:
        """The lists of `precedence` with the ids of all rules."""
        return tuple(tuple(full_id(name, self.name) for name in names) for names in self.precedence)


def full_id(name: str, pack: str) -> str:
    """The id of the rule that a pack means by a slug of its own or by an id."""
    return name if "/" in name else f"{pack}/{name}"
