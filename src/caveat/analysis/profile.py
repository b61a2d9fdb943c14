"""What kind of page an article is, when nobody has said, and why it is taken for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from caveat.analysis.facts import Analysis, Concept, Mention, Signal, Tag
from caveat.analysis.quotations import quotations
from caveat.document import BlockKind, Document, Region
from caveat.packs.scope import Profile
from caveat.packs.when.disclosure import SignalKind
from caveat.values import dataclass

_GOODS = frozenset({Concept.SUPPLEMENT, Concept.HERB, Concept.FOOD, Concept.DEVICE})
_VOICE = frozenset({SignalKind.OWN_PRODUCT, SignalKind.SELLER})
_CALLS = frozenset({SignalKind.SHOP, SignalKind.DRUG_SALE})
_TELLS = frozenset({SignalKind.OFFER, SignalKind.COUPON, SignalKind.DRUG_OFFER, SignalKind.SHOP_LINK})
_DRUG = frozenset({SignalKind.DRUG_SALE, SignalKind.DRUG_OFFER})
_LEAFLET_SIGNS = 3  # different ones that make a page a leaflet
_SELLS = 3  # points from which a page that names a medicine, supplement or the like sells it
_SELLS_UNNAMED = 4  # … and one that names none
_REPORT = 3  # points that a sign of a reporter or tester takes away
_TERMS = 2  # terms of sale that speak for themselves
_BRIEF = 40  # words; a shorter page that gives terms of sale has no room to report on them
_OWN_ALONE = 4  # places that speak of "our" product and make a seller without a word of buying
_WORDS_SHOWN = 3
_LONGEST = 9  # words of a place that are shown
PLAIN = "nothing on it shows another kind of page"
REPORTS = "speaks of what is sold, as one who reports on it or tests it"
_PRODUCT_TYPES = frozenset({"product", "productgroup", "individualproduct"})


@dataclass(frozen=True, slots=True)
class Detected:
    """A profile and, in words for the user, what of the page made it so."""

    profile: Profile
    reason: str


@dataclass(frozen=True, slots=True)
class _Sale:
    """What speaks for a page that sells, and what for one that tells of sellers.

    `voice` speaks as the seller, `calls` ask the reader to buy or book, `counter` are buttons and data that sell,
    `tells` are prices and terms, which reports have too, `reports` speak as a reporter, tester or adviser of buyers.
    `prescribed` says that the page is about a prescription medicine, `brief` that it has few words and no link of an
    affiliate, who sells for somebody else.
    """

    voice: list[Signal]
    calls: list[Signal]
    counter: list[str]
    tells: list[Signal]
    reports: list[Signal]
    prescribed: bool
    brief: bool

    def points(self) -> int:
        """How much speaks for selling; each kind of sign counts up to a limit, so that none decides by repetition."""
        terms = self._terms()
        if not (self.voice or self.calls or self.counter or terms):
            return 0
        voice = _OWN_ALONE if len(self.voice) >= _OWN_ALONE else 2 * bool(self.voice)
        named = self.prescribed and any(s.kind in _DRUG or s.kind is SignalKind.SELLER for s in self._signals())
        told = min(len(self.tells), 3) + terms
        return voice + 2 * min(len(self.calls), 2) + 3 * bool(self.counter) + told + named

    def _terms(self) -> bool:
        """Whether the terms speak for themselves: those of a prescription service, or a short text of hardly more."""
        of_service = [signal for signal in self.tells if signal.kind is SignalKind.DRUG_OFFER]
        own = [signal for signal in self.tells if signal.kind is not SignalKind.SHOP_LINK]  # a link may lead elsewhere
        return len(of_service) >= _TERMS or (self.brief and len(own) >= _TERMS)

    def against(self) -> int:
        return _REPORT * min(len(self.reports), 2)

    def only_voice(self) -> bool:
        return not (self.counter or self.tells or len(self.calls) > 1)

    def words(self, first: frozenset[SignalKind]) -> Iterator[str]:
        """The words that say it: one of each kind, those of the kinds `first` before the others, then the rest."""
        signals = sorted(self._signals(), key=lambda signal: signal.kind not in first)
        lead = list({signal.kind: signal for signal in reversed(signals)}.values())[::-1]
        if lead:
            yield lead[0].text
        yield from self.counter
        shown = lead[:1]
        for signal in [*lead[1:], *signals]:
            if not any(s.block == signal.block and s.span.overlaps(signal.span) for s in shown):
                shown.append(signal)
                yield signal.text

    def _signals(self) -> list[Signal]:
        return [*self.voice, *self.calls, *self.tells]


def detect_profile(analysis: Analysis) -> Detected:
    """The profile that the page's own words, buttons, links and data show; `article` where they show none.

    Who speaks decides: a page sells if it speaks as the seller ("our capsules", "we ship") or asks the reader to buy
    or book. Prices, terms and links to shops add to that and sell nothing alone: a blog has them too; and what
    speaks as a reporter, tester or adviser of buyers weighs against. What is named decides which: a page sells a
    medicine if it offers prescriptions, is about a prescription medicine or names nothing but medicines. It is a
    patient guide if it says so or is built as one, and then the hospital's "our pharmacists" sells nothing.
    `analysis` needs mentions, signals and topic.
    """
    said = unquoted(analysis, analysis.signals)
    named = {m.concept for m in analysis.mentions}
    rx = _prescription_topic(analysis.topic.id, analysis.mentions)
    medicine = rx or _names_medicines(analysis.mentions)
    goods = Concept.PRODUCT in named or not _GOODS.isdisjoint(named)
    sale = _sale(analysis, said, prescribed=rx)
    drug = _of(said, _DRUG)
    leaflet, says_so = _of(said, {SignalKind.LEAFLET}), _of(said, {SignalKind.NAMED_LEAFLET})
    guides = len(leaflet) >= _LEAFLET_SIGNS or (says_so and len(says_so) + len(leaflet) >= 2)
    guide = Detected(
        Profile.PATIENT_GUIDE,
        _because("says that it is for patients" if says_so else "speaks to patients as a leaflet does",
                 _texts([*says_so, *leaflet])),
    )  # fmt: skip
    if guides and sale.only_voice():
        return guide
    needed = _SELLS if goods or medicine else _SELLS_UNNAMED
    if sale.points() >= needed:
        if sale.points() - sale.against() < needed:
            return Detected(Profile.ARTICLE, _because(REPORTS, _texts(sale.reports)))
        if medicine or len(drug) >= 2 or (drug and not goods):
            return Detected(Profile.DRUG_MARKETING, _because("offers a medicine", sale.words(_DRUG)))
        return Detected(Profile.SUPPLEMENT_MARKETING, _because("sells a product", sale.words(_VOICE)))
    if guides and not sale.calls:
        return guide
    return Detected(Profile.ARTICLE, PLAIN)


def _sale(analysis: Analysis, said: Sequence[Signal], *, prescribed: bool) -> _Sale:
    """What of `said` speaks for a sale. A box beside the text sells something else than what the page is about.

    `prescribed` says that the page is about a prescription medicine.
    """
    blocks = analysis.document.blocks
    said = [signal for signal in said if blocks[signal.block].region is not Region.ASIDE]
    affiliate = any(signal.kind is SignalKind.AFFILIATE_LINK for signal in said)
    tells = _TELLS - {SignalKind.COUPON} if affiliate else _TELLS  # its discounts are somebody else's
    return _Sale(
        voice=_of(said, _VOICE),
        calls=_of(said, _CALLS),
        counter=[*_buttons(analysis), *_product_data(analysis.document)],
        tells=_of(said, tells),
        reports=_of(said, {SignalKind.REPORT}),
        prescribed=prescribed,
        brief=not affiliate and all(words < _BRIEF for words in accumulate(len(b.text.split()) for b in blocks)),
    )


def unquoted(analysis: Analysis, signals: Sequence[Signal]) -> list[Signal]:
    """The signals but those in quotation marks: whoever quotes an advertisement sells nothing by it."""
    blocks = analysis.document.blocks
    showing = {signal.block for signal in signals}
    quoted = {index: [place for _, place in quotations(blocks[index].text)] for index in showing}
    return [s for s in signals if not any(place.contains(s.span) for place in quoted[s.block])]


def _of(signals: Iterable[Signal], kinds: frozenset[SignalKind] | set[SignalKind]) -> list[Signal]:
    """The first signal of these kinds with each wording."""
    first: dict[str, Signal] = {}
    for signal in signals:
        if signal.kind in kinds:
            first.setdefault(signal.text.lower(), signal)
    return list(first.values())


def _texts(signals: Sequence[Signal]) -> Iterator[str]:
    return (signal.text for signal in signals)


def _buttons(analysis: Analysis) -> Iterator[str]:
    """What buttons of the page itself that sell say, not those of a box beside it; a link that leads nowhere is one."""
    blocks = analysis.document.blocks
    for signal in analysis.signals:
        block = blocks[signal.block]
        if block.region is Region.ASIDE:
            continue
        if signal.kind is SignalKind.SHOP and block.kind is BlockKind.BUTTON:
            yield block.text
        elif signal.kind is SignalKind.SHOP_LINK:
            target = next((link.target for link in reversed(block.links) if link.span == signal.span), "")
            if target.startswith("#"):
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


def _because(why: str, words: Iterable[str]) -> str:
    shown = list(dict.fromkeys(_shortened(word) for word in words))[:_WORDS_SHOWN]
    return f"{why}: {', '.join(f'“{word}”' for word in shown)}"


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= _LONGEST else " ".join(words[:_LONGEST]) + "…"
