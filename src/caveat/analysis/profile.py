"""What kind of page an article is, when nobody has said, and why it is taken for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from caveat.analysis.facts import Analysis, Concept, Mention, Signal, Tag
from caveat.analysis.quotations import quotations
from caveat.document import BlockKind, Document, Region
from caveat.packs.scope import Profile
from caveat.packs.when.disclosure import SignalKind
from caveat.values import dataclass

_SALE = frozenset({SignalKind.SHOP, SignalKind.COUPON, SignalKind.SHOP_LINK})
_GOODS = frozenset({Concept.SUPPLEMENT, Concept.HERB, Concept.FOOD, Concept.DEVICE})
_LEAFLET_SIGNS = 3  # different ones that make a page a leaflet
_SALES_WORDS = 3  # places that speak of buying, where no product is called "ours"
_SALES_WORDS_BESIDE_GOODS = 2  # … where the page names a supplement, herb or the like
_WORDS_SHOWN = 3
PLAIN = "nothing on it shows another kind of page"
_PRODUCT_TYPES = frozenset({"product", "productgroup", "individualproduct"})


@dataclass(frozen=True, slots=True)
class Detected:
    """A profile and, in words for the user, what of the page made it so."""

    profile: Profile
    reason: str


def detect_profile(analysis: Analysis) -> Detected:
    """The profile that the page's own words, buttons, links and data show; `article` where they show none.

    A page sells a medicine if it offers prescriptions, or sells and is about a prescription medicine or names
    nothing but medicines. It sells a supplement if it speaks of its own product and of buying, has a button or data
    that sell one, or speaks of buying over and over. It is a patient guide if it says so or is built as one. Offers
    and links to shops alone sell nothing: a blog has them too. `analysis` needs mentions, signals and topic.
    """
    said = _said(analysis)
    drug, own = _of(said, {SignalKind.DRUG_SALE}), _of(said, {SignalKind.OWN_PRODUCT})
    shop, sale, offers = _of(said, {SignalKind.SHOP}), _of(said, _SALE), _of(said, {SignalKind.OFFER})
    counter = [*_buttons(analysis), *_product_data(analysis.document)]
    named = {m.concept for m in analysis.mentions}
    rx = _prescription_topic(analysis.topic.id, analysis.mentions)
    medicine = rx or _names_medicines(analysis.mentions)
    goods = Concept.PRODUCT in named or not _GOODS.isdisjoint(named)
    needed = _SALES_WORDS_BESIDE_GOODS if goods or medicine else _SALES_WORDS
    sells = (own and (sale or offers)) or (shop and len({*shop, *offers, *_codes(said)}) >= needed)
    if len(drug) >= 2 or (drug and (rx or sale or (medicine and offers))) or (medicine and (counter or sells)):
        words = [*_texts(drug), *counter, *_texts([*sale, *offers])]
        return _detected(Profile.DRUG_MARKETING, "offers a medicine", words)
    if not medicine and (sells or (goods and counter) or len(own) > _SALES_WORDS):
        words = [*_texts(own), *counter, *_texts([*sale, *offers])]
        return _detected(Profile.SUPPLEMENT_MARKETING, "sells a product", words)
    leaflet, says_so = _of(said, {SignalKind.LEAFLET}), _of(said, {SignalKind.NAMED_LEAFLET})
    if not sale and (len(leaflet) >= _LEAFLET_SIGNS or (says_so and len(says_so) + len(leaflet) >= 2)):
        why = "says that it is for patients" if says_so else "is built as a leaflet"
        return _detected(Profile.PATIENT_GUIDE, why, _texts([*says_so, *leaflet]))
    return Detected(Profile.ARTICLE, PLAIN)


def _said(analysis: Analysis) -> list[Signal]:
    """The signals but those in quotation marks: whoever quotes an advertisement sells nothing by it."""
    blocks = analysis.document.blocks
    showing = {signal.block for signal in analysis.signals}
    quoted = {index: [place for _, place in quotations(blocks[index].text)] for index in showing}
    return [s for s in analysis.signals if not any(place.contains(s.span) for place in quoted[s.block])]


def _of(signals: Iterable[Signal], kinds: frozenset[SignalKind] | set[SignalKind]) -> list[Signal]:
    """The first signal of these kinds with each wording."""
    first: dict[str, Signal] = {}
    for signal in signals:
        if signal.kind in kinds:
            first.setdefault(signal.text.lower(), signal)
    return list(first.values())


def _codes(signals: Sequence[Signal]) -> list[Signal]:
    """The discounts that the page gives; those of a page with affiliate links are somebody else's."""
    if any(signal.kind is SignalKind.AFFILIATE_LINK for signal in signals):
        return []
    return _of(signals, {SignalKind.COUPON})


def _texts(signals: Sequence[Signal]) -> Iterator[str]:
    return (signal.text for signal in signals)


def _buttons(analysis: Analysis) -> Iterator[str]:
    """What buttons of the page itself that sell say, not those of a box beside it; a link that leads nowhere is one."""
    document = analysis.document
    targets = {(index, link.span): link.target for index, link in document.links()}
    for signal in analysis.signals:
        block = document.blocks[signal.block]
        if block.region is Region.ASIDE:
            continue
        if signal.kind is SignalKind.SHOP and block.kind is BlockKind.BUTTON:
            yield block.text
        elif signal.kind is SignalKind.SHOP_LINK and targets.get((signal.block, signal.span), "").startswith("#"):
            yield signal.text


def _product_data(document: Document) -> Iterator[str]:
    """What the page's own data call what it offers: a product with an offer."""
    types = (value.value for value in document.metadata.get("schema:@type", ()))
    if any(key.startswith("schema:offers") for key in document.metadata):
        yield from (name for name in types if name.lower() in _PRODUCT_TYPES)


def _prescription_topic(topic: str, mentions: Sequence[Mention]) -> bool:
    return any(m.id == topic and m.concept is Concept.DRUG and Tag.RX in m.tags for m in mentions)


def _names_medicines(mentions: Sequence[Mention]) -> bool:
    """Whether what may be sold is medicines: one is named first, and other goods no more often."""
    sold = [m.concept for m in mentions if m.concept is Concept.DRUG or m.concept in _GOODS]
    return sold[:1] == [Concept.DRUG] and 2 * sold.count(Concept.DRUG) >= len(sold)


def _detected(profile: Profile, why: str, words: Iterable[str]) -> Detected:
    shown = list(dict.fromkeys(words))[:_WORDS_SHOWN]
    return Detected(profile, f"{why}: {', '.join(f'“{word}”' for word in shown)}")
