"""The trigger of a `disclosure` rule: what a page owes its readers, and what about the page makes it owe it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from caveat.values import dataclass


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
    STATEMENT = "statement"  # a statement one country's law words; `topic` says which: au-follow-directions…


class SignalKind(StrEnum):
    """What the words or links of a page show about the kind of page it is."""

    TESTIMONIAL = "testimonial"
    EVIDENCE = "evidence"  # "studies show": evidence is spoken of
    EMERGENCY_TOPIC = "emergency-topic"  # overdose, suicide, anaphylaxis
    OWN_PRODUCT = "own-product"  # "our capsules"
    SELLER = "seller"  # "our customers", "we ship": who speaks sells something
    SHOP = "shop"  # "add to cart", "in stock"
    OFFER = "offer"  # "$30 a bottle", "free shipping": shops say so, and others tell of it
    COUPON = "coupon"
    DRUG_SALE = "drug-sale"  # "see if you qualify", "our prescribers will": who speaks offers a medicine
    DRUG_OFFER = "drug-offer"  # "delivered to your door", "savings card": those who offer say so, and others tell of it
    REPORT = "report"  # "declined to comment", "how we tested": who speaks tells of sellers, or advises buyers
    LEAFLET = "leaflet"  # "How to take", "If you miss a dose", "Tell the nurse"
    NAMED_LEAFLET = "named-leaflet"  # "Information for patients", "Read all of this leaflet"
    SHOP_LINK = "shop-link"
    AFFILIATE_LINK = "affiliate-link"
    LINKED_AFFILIATE = "linked-affiliate"  # a link "Affiliate disclosure": what readers must know stands behind it
    LINKED_DISCLAIMER = "linked-disclaimer"  # a link "Disclaimer"
    LINKED_DSHEA = "linked-dshea"  # a link "FDA disclaimer"
    DENIED_HARM = "denied-harm"  # "it is not addictive"; `topic` says which key warning the harm belongs to


class Trigger(StrEnum):
    """A fact about the page, a signal or what follows from the analysis; the check gives the words that make it so."""

    TESTIMONIAL = SignalKind.TESTIMONIAL
    EVIDENCE = SignalKind.EVIDENCE
    EMERGENCY_TOPIC = SignalKind.EMERGENCY_TOPIC
    OWN_PRODUCT = SignalKind.OWN_PRODUCT
    SELLER = SignalKind.SELLER
    SHOP = SignalKind.SHOP
    OFFER = SignalKind.OFFER
    COUPON = SignalKind.COUPON
    DRUG_SALE = SignalKind.DRUG_SALE
    DRUG_OFFER = SignalKind.DRUG_OFFER
    REPORT = SignalKind.REPORT
    LEAFLET = SignalKind.LEAFLET
    NAMED_LEAFLET = SignalKind.NAMED_LEAFLET
    SHOP_LINK = SignalKind.SHOP_LINK
    AFFILIATE_LINK = SignalKind.AFFILIATE_LINK
    LINKED_AFFILIATE = SignalKind.LINKED_AFFILIATE
    LINKED_DISCLAIMER = SignalKind.LINKED_DISCLAIMER
    LINKED_DSHEA = SignalKind.LINKED_DSHEA
    BENEFIT_CLAIM = "benefit-claim"  # an intervention is said to do good
    TOPIC_BENEFIT = "topic-benefit"  # … and it is what the page is about, or sells
    DISEASE_CLAIM = "disease-claim"  # … for a condition or symptom
    SYMPTOM_CLAIM = "symptom-claim"  # … for a symptom
    FUNCTION_CLAIM = "function-claim"  # a food, herb or supplement is said to act on a body function or symptom
    TREATMENT_TOPIC = "treatment-topic"  # the page is about a medicine, supplement, herb, device or therapy
    INGESTIBLE_TOPIC = "ingestible-topic"  # … that is swallowed or injected
    DRUG_TOPIC = "drug-topic"
    RX_TOPIC = "rx-topic"  # a prescription-only medicine
    RX_OFFERED = "rx-offered"  # … or one that a heading names, or a sentence that sells or offers
    FOOD_TOPIC = "food-topic"  # a food, and no herb or medicine is named
    SUPPLEMENT_TOPIC = "supplement-topic"  # a supplement or herb
    DOSE = "dose"  # a dose that a reader could follow
    UNPLACED_DOSE = "unplaced-dose"  # … and none says for whom
    OFF_LABEL_USE = "off-label-use"  # a use, or a dose, that the drug reference does not have
    UNMARKETED_STRENGTH = "unmarketed-strength"  # no tablet or capsule of this strength is marketed
    DANGLING_CITATION = "dangling-citation"  # a numbered reference or footnote to a source that the list has not
    DENIED_WARNING = "denied-warning"  # a harm is denied that the drug reference has a key warning of
    GUIDE = "guide"  # headings such as "Uses", "Benefits", "Dosage": the page sets out to inform on a treatment


class Fault(StrEnum):
    """What is wrong with the disclosure."""

    MISSING = "missing"
    ALTERED = "altered"  # there, in wording that does not count
    UNLINKED = "unlinked"  # a symbol at the claim without its note, or the note's symbol without claims
    APART = "apart"  # there, but not near what it is about
    MISPLACED = "misplaced"  # there, on a page that it does not belong to
    LATE = "late"  # there, but after the first link that it is about
    FORBIDDEN = "forbidden"  # what the triggers show may not be there at all; nothing that the page says mends it
    IN_PLACE = "in-place"  # the same, told at each place that a trigger shows instead of at the title
    UNANSWERED = "unanswered"  # one or more of the drug reference's key warnings is missing

    @property
    def mended_by_presence(self) -> bool:
        """Whether it is gone once the disclosure stands on every page, at its top or in its footer."""
        return self in (Fault.MISSING, Fault.UNANSWERED, Fault.ALTERED, Fault.LATE)


@dataclass(frozen=True, slots=True)
class DisclosureWhen:
    """The page owes one of `kinds` when its triggers hold: all of `all`, one of `any` (if given), none of `none`.

    With the faults `forbidden` and `in-place` nothing is owed and `kinds` stays empty: the triggers together are what
    is wrong. It may stay empty too where `wording` says how what is owed reads.

    `topics` narrows `kinds` to disclosures on one of these topics where they are missing. `words` is the least length
    of the page in words of prose. `wording` are phrase templates of which a match in one sentence counts as the
    disclosure. `names` says the topics of what is unanswered in words for the message.
    The first places of the triggers become the finding's cues and related places.
    """

    kinds: tuple[DisclosureKind, ...] = ()
    topics: tuple[str, ...] = ()
    fault: Fault = Fault.MISSING
    all: tuple[Trigger, ...] = ()
    any: tuple[Trigger, ...] = ()
    none: tuple[Trigger, ...] = ()
    unless: tuple[DisclosureKind, ...] = ()  # another disclosure that makes this one needless
    words: int = 0
    wording: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a rule that could never, or would always, report.

        Raises:
            ValueError: if `kinds` is empty although something is owed, or given although nothing is; if no trigger
                says what is forbidden; if the fault asks for no `topics` or no `names`.
        """
        forbids = self.fault in (Fault.FORBIDDEN, Fault.IN_PLACE)
        if forbids and self.kinds:
            raise ValueError(f'"kinds" stays empty with "fault: {self.fault.value}"')
        worded = self.fault is Fault.MISSING and bool(self.wording)
        if not (self.kinds or worded or forbids):
            raise ValueError('"kinds" must name a disclosure, or "wording" say how it reads')
        if forbids and not (self.all or self.any):
            raise ValueError('"all" or "any" must say what is forbidden')
        for key, given, fault in (("topics", self.topics, Fault.MISSING), ("names", self.names, Fault.UNANSWERED)):
            if given and self.fault is not fault:
                raise ValueError(f'"{key}" is only read with "fault: {fault.value}"')
