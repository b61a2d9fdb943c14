"""Links that tell what a page is: shops, affiliate programmes, and disclosures that stand behind a click."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, urlsplit

from caveat.analysis.facts import Signal
from caveat.document import Document, Link, LinkKind
from caveat.packs.disclosures import Shops
from caveat.packs.when.disclosure import SignalKind

_PAID = frozenset({"sponsored", "affiliate"})
_OPENINGS = ("read ", "see ", "view ", "click for ", "here is ", "the ", "our ", "my ", "this site's ", "full ")
_LONGEST = 4_000  # characters of an address that are looked at


def link_signals(document: Document, shops: Shops) -> Iterator[Signal]:
    """A signal for each link that sells something or earns something, or names a disclosure that it leads to."""
    for index, link in document.links():
        block = document.blocks[index]
        behind = linked_disclosure(link.span.of(block.text), shops) if link.kind is LinkKind.LINK else None
        if behind is not None:
            yield Signal(index, link.span, link.span.of(block.text), behind)
        if block.region.boilerplate or link.kind not in (LinkKind.LINK, LinkKind.BUTTON):
            continue
        kind = classify(link, link.span.of(block.text), shops)
        if kind is not None:
            yield Signal(index, link.span, link.span.of(block.text) or link.target, kind)


def classify(link: Link, label: str, shops: Shops) -> SignalKind | None:
    """Whether a link is an affiliate's, a shop's, or neither."""
    if not _PAID.isdisjoint(link.rel):
        return SignalKind.AFFILIATE_LINK
    address = _address(link)
    if address is None:
        return None
    parts, names = address
    if not names.isdisjoint(shops.affiliate_hosts):
        return SignalKind.AFFILIATE_LINK
    tagged = any(name.lower() in shops.affiliate_parameters for name, _ in parse_qsl(parts.query, max_num_fields=200))
    at_shop = not names.isdisjoint(shops.hosts)
    steps = [step.lower() for step in parts.path.split("/") if step]
    in_shop = bool(steps) and not shops.shop_paths.isdisjoint(steps[:3])
    buys = _plain(label) in shops.shop_labels
    if tagged and (at_shop or in_shop or buys):
        return SignalKind.AFFILIATE_LINK
    if at_shop or buys or (in_shop and bool(parts.hostname)):
        return SignalKind.SHOP_LINK
    return None


def leads_to_shop(link: Link, shops: Shops) -> bool:
    """Whether a link leads to a shop that sells many people's goods."""
    address = _address(link)
    return address is not None and not address[1].isdisjoint(shops.hosts)


def _address(link: Link) -> tuple[SplitResult, frozenset[str]] | None:
    """The parts of a link's address and its host with the domains this belongs to; None where it is no address."""
    try:
        parts = urlsplit(link.target[:_LONGEST])
        return parts, _names((parts.hostname or "").lower())
    except ValueError:
        return None


def linked_disclosure(label: str, shops: Shops) -> SignalKind | None:
    """Which disclosure the label of a link names without making it."""
    plain = _plain(label)
    for opening in _OPENINGS:
        plain = plain.removeprefix(opening)
    if plain in shops.disclosure_labels:
        return SignalKind.LINKED_AFFILIATE
    return SignalKind.LINKED_DISCLAIMER if plain in shops.disclaimer_labels else None


def _plain(label: str) -> str:
    return " ".join(label.lower().split()).strip(" .!→»>*")


def _names(host: str) -> frozenset[str]:
    parts = host.split(".")
    return frozenset(".".join(parts[i:]) for i in range(len(parts)))
