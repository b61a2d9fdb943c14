"""What kind of page an article is, when nobody has said, and why it is taken for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caveat.analysis.facts import Analysis, Concept, Mention, Signal
from caveat.packs.model import Profile
from caveat.packs.when.disclosure import SignalKind

_SALE = frozenset({SignalKind.SHOP, SignalKind.COUPON, SignalKind.SHOP_LINK})
_LEAFLET_HEADINGS = 3  # different ones that make a page a leaflet
_SALES_WORDS = 3  # places that speak of buying, where no product is called "ours"
_WORDS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Detected:
    """A profile and, in words for the user, what of the page made it so (empty for a plain article)."""

    profile: Profile
    reason: str = ""


def detect_profile(analysis: Analysis) -> Detected:
    """The profile that the page's own words and links show; `article` where they show none.

    A page sells a medicine if it offers prescriptions, or sells and is about a prescription medicine. It sells
    a supplement if it speaks of its own product and of buying, or of buying over and over. It is a patient
    guide if it is built as a leaflet is. `analysis` needs mentions, signals and topic.
    """
    rx = _prescription_topic(analysis.topic.id, analysis.mentions)
    drug = list(_of(analysis.signals, {SignalKind.DRUG_SALE}))
    own = list(_of(analysis.signals, {SignalKind.OWN_PRODUCT}))
    sale = list(_of(analysis.signals, _SALE))
    leaflet = list(_of(analysis.signals, {SignalKind.LEAFLET}))
    if len(drug) >= 2 or (drug and (rx or sale)) or (rx and own and sale):
        return _detected(Profile.DRUG_MARKETING, "offers a prescription medicine", [*drug, *sale])
    if not rx and ((own and sale) or len(sale) >= _SALES_WORDS or len(own) > _SALES_WORDS):
        return _detected(Profile.SUPPLEMENT_MARKETING, "sells a product", [*own, *sale])
    if len(leaflet) >= _LEAFLET_HEADINGS and not sale:
        return _detected(Profile.PATIENT_GUIDE, "is built as a leaflet", leaflet)
    return Detected(Profile.ARTICLE)


def _of(signals: Sequence[Signal], kinds: frozenset[SignalKind] | set[SignalKind]) -> Iterator[Signal]:
    seen: set[str] = set()
    for signal in signals:
        words = signal.text.lower()
        if signal.kind in kinds and words not in seen:
            seen.add(words)
            yield signal


def _prescription_topic(topic: str, mentions: Sequence[Mention]) -> bool:
    return any(m.id == topic and m.concept is Concept.DRUG and "rx" in m.tags for m in mentions)


def _detected(profile: Profile, why: str, signals: Sequence[Signal]) -> Detected:
    words = ", ".join(f"“{signal.text}”" for signal in signals[:_WORDS_SHOWN])
    return Detected(profile, f"{why}: {words}")
