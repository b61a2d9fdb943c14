"""Links that tell what a page is: shops, affiliate programmes, and disclosures that stand behind a click."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from caveat.analysis.facts import Signal
from caveat.document import PLACEHOLDER, Document, Link, LinkKind, Region
from caveat.packs.disclosures import Shops
from caveat.packs.when.disclosure import SignalKind
from caveat.values import dataclass

_PAID = frozenset({"sponsored", "affiliate"})
_LONGEST = 4_000  # characters of an address that are looked at
_MOST_PARAMETERS = 200  # an address with more is none that a writer has set


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a link leads: its host with the domains this belongs to, the steps of its path, names of parameters.

    `parts` are the words between the dots of the host.
    """

    hosts: frozenset[str]
    parts: frozenset[str]
    steps: tuple[str, ...]
    parameters: frozenset[str]


class Links:
    """The links of a document, each address read once."""

    def __init__(self, document: Document, shops: Shops) -> None:
        self._document = document
        self._shops = shops
        self._addresses: dict[str, _Address | None] = {}

    def signals(self) -> Iterator[Signal]:
        """A signal for each link that sells something or earns something, or names a disclosure that it leads to."""
        referred: list[Signal] = []
        paid = False
        for index, link in self._document.links():
            block = self._document.blocks[index]
            label = link.span.of(block.text).strip(PLACEHOLDER)
            behind = linked_disclosure(label, self._shops) if link.kind is LinkKind.LINK else None
            if behind is not None:
                paid = paid or behind is SignalKind.LINKED_AFFILIATE
                yield Signal(index, link.span, label, behind)
            if block.region.boilerplate or link.kind not in (LinkKind.LINK, LinkKind.BUTTON):
                continue
            kind = self._kind(link, label)
            if kind is SignalKind.SHOP and block.region is Region.ASIDE:
                continue
            if kind is not None:
                yield Signal(index, link.span, label or link.target, kind)
            elif self._refers(link):
                referred.append(Signal(index, link.span, label or link.target, SignalKind.AFFILIATE_LINK))
        if paid:
            yield from referred

    def lead_to_shop(self) -> bool:
        """Whether one leads to a shop that sells many people's goods."""
        addresses = (self._address(link) for _, link in self._document.links())
        return any(one is not None and self._at_shop(one) for one in addresses)

    def _kind(self, link: Link, label: str) -> SignalKind | None:
        """Whether a link by itself is an affiliate's, leads to a shop or into the site's own, or none of these."""
        if not _PAID.isdisjoint(link.rel):
            return SignalKind.AFFILIATE_LINK
        address, shops = self._address(link), self._shops
        if address is None:
            return None
        if not (
            address.hosts.isdisjoint(shops.affiliate_hosts)
            and address.parameters.isdisjoint(shops.affiliate_parameters)
        ):
            return SignalKind.AFFILIATE_LINK
        at_shop = self._at_shop(address)
        in_shop = not shops.shop_paths.isdisjoint(address.steps[:3])
        buys = _plain(label) in shops.shop_labels
        if (at_shop or in_shop or buys) and not address.parameters.isdisjoint(shops.referral_parameters):
            return SignalKind.AFFILIATE_LINK
        if at_shop or buys or (in_shop and address.hosts):
            return SignalKind.SHOP_LINK
        own = link.target.startswith("/") and not address.hosts and not shops.own_paths.isdisjoint(address.steps[:1])
        return SignalKind.SHOP if own else None

    def _at_shop(self, address: _Address) -> bool:
        """Whether it is that of a shop, where it sells."""
        return not address.hosts.isdisjoint(self._shops.hosts) and address.parts.isdisjoint(self._shops.hosts_beside)

    def _refers(self, link: Link) -> bool:
        """Whether a link to another site tells that site who sent the reader."""
        address = self._address(link)
        if address is None or not address.hosts:
            return False
        return not address.parameters.isdisjoint(self._shops.referral_parameters)

    def _address(self, link: Link) -> _Address | None:
        if link.target not in self._addresses:
            self._addresses[link.target] = _read(link.target)
        return self._addresses[link.target]


def _read(target: str) -> _Address | None:
    """The parts of the address to which a link leads; None where it is none."""
    try:
        parts = urlsplit(target[:_LONGEST])
        query = parse_qsl(parts.query, max_num_fields=_MOST_PARAMETERS)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    steps = tuple(step.lower() for step in parts.path.split("/") if step)
    parameters = frozenset(name.lower() for name, _ in query)
    return _Address(_names(host) if host else frozenset(), frozenset(host.split(".")), steps, parameters)


def linked_disclosure(label: str, shops: Shops) -> SignalKind | None:
    """Which disclosure the label of a link names without making it."""
    words = _plain(label).split()
    while words:
        plain = " ".join(words)
        if plain in shops.disclosure_labels:
            return SignalKind.LINKED_AFFILIATE
        if plain in shops.disclaimer_labels:
            return SignalKind.LINKED_DISCLAIMER
        if plain in shops.dshea_labels:
            return SignalKind.LINKED_DSHEA
        if words[0] in shops.label_openings:
            del words[0]
        elif words[-1] in shops.label_closings:
            del words[-1]
        else:
            break
    return None


def _plain(label: str) -> str:
    return " ".join(label.lower().split()).strip(" .!→»>*")


def _names(host: str) -> frozenset[str]:
    parts = host.split(".")
    return frozenset(".".join(parts[i:]) for i in range(len(parts)))
