"""The files of `rules/reference/` as they are written, read and checked.

Each file holds `sources` and `substances`. A substance is keyed by its lexicon id; its `doses` are bands, one
for each product, route, population and period. Amounts are written as text, `325-1,000 mg`, and read exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from caveat.packs.decode import Decoder
from caveat.packs.errors import Mistake, PackError, did_you_mean
from caveat.packs.reference import (
    Amount,
    Band,
    LimitKind,
    Per,
    Period,
    Population,
    Reference,
    Route,
    Source,
    Status,
    Substance,
)  # fmt: skip
from caveat.packs.units import UnitTable
from caveat.packs.yaml import parse_file
from caveat.regex import regex
from caveat.values import dataclass

_AMOUNT: Final = regex(r"(?P<low>[\d.,]+)(?:-(?P<high>[\d.,]+))? (?P<unit>\S+)")


@dataclass(frozen=True, slots=True)
class Named:
    """What the names in the reference are checked against: lexicon ids, topics of key warnings."""

    ids: frozenset[str]
    warnings: frozenset[str]


@dataclass(frozen=True, slots=True)
class BandEntry:
    """A dose band as the YAML writes it; see `Band`."""

    single: str = ""
    usual: str = ""
    limit: str = ""
    single_limit: str = ""
    kind: LimitKind | None = None
    product: str = ""
    route: Route = Route.ORAL
    population: Population = Population.ADULT
    period: Period = Period.DAY
    per: Per = Per.NOTHING
    every: int = 1
    indications: tuple[str, ...] = ()
    off_label: bool = False
    rx: bool = False
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SubstanceEntry:
    """A substance as the YAML writes it; see `Substance`.

    `indications` are those that `source` tells; `uses` maps each of the others to the source that tells it.
    """

    status: Status
    source: str
    indications: tuple[str, ...] = ()
    uses: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    iu: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    weekly: bool = False
    doses: tuple[BandEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """One file of `rules/reference/`."""

    sources: Mapping[str, Source]
    substances: Mapping[str, SubstanceEntry]


def load_reference(folder: Path, units: UnitTable, named: Named | None = None) -> Reference:
    """The reference in the YAML files of `folder`.

    Without `named` the ids and topics in it are taken on trust.

    Raises:
        PackError: with every mistake and its place: an unknown key, unit, source, kind, route, population,
            period, id or warning, an amount that is none, a substance given twice, a limit without its kind.
    """
    mistakes: list[Mistake] = []
    substances: dict[str, Substance] = {}
    for path in sorted(folder.glob("*.yaml")):
        decoder = Decoder(parse_file(path, f"{folder.name}/{path.name}"))
        written = decoder.decode_as_meant(ReferenceFile, decoder.parsed.value) if not decoder.mistakes else None
        if written is not None:
            for found in _Builder(decoder, written, units, named).build():
                names = (found.id, *written.substances[found.id].aliases)
                for name in names:
                    if name in substances:
                        decoder.complain(("substances", found.id), f'"{name}" is given twice', key=True)
                    substances[name] = found
        mistakes.extend(decoder.mistakes)
    if mistakes:
        raise PackError(mistakes)
    return Reference.of(substances, units)


class _Builder:
    """Turns one decoded file into substances, noting what is wrong at its place."""

    def __init__(self, decoder: Decoder, written: ReferenceFile, units: UnitTable, named: Named | None) -> None:
        self._decoder = decoder
        self._written = written
        self._units = units
        self._named = named

    def build(self) -> Iterator[Substance]:
        for name, entry in self._written.substances.items():
            loc: tuple[Any, ...] = ("substances", name)
            source = self._source(entry.source, (*loc, "source"))
            self._check_names(name, entry, loc)
            bands = [self._band(name, b, entry, (*loc, "doses", i)) for i, b in enumerate(entry.doses)]
            uses = {use: self._source(told, (*loc, "uses", use)) for use, told in entry.uses.items()}
            indications = frozenset(entry.indications).union(uses)
            yield Substance(
                id=name,
                status=entry.status,
                indications=indications.union(*(b.indications for b in bands)),
                warnings=entry.warnings,
                strengths=self._amounts(entry.strengths, (*loc, "strengths")),
                iu=self._amounts(entry.iu, (*loc, "iu")),
                weekly=entry.weekly,
                bands=tuple(bands),
                source=source,
                unread=frozenset(use for use, told in uses.items() if not told.verified),
                sources=tuple(dict.fromkeys((source, *uses.values(), *(band.source for band in bands)))),
            )

    def _check_names(self, name: str, entry: SubstanceEntry, loc: tuple[Any, ...]) -> None:
        if self._named is None:
            return
        ids, topics = self._named.ids, self._named.warnings
        for one in (name, *entry.aliases):
            if one not in ids:
                hint = did_you_mean(one, ids)
                self._decoder.complain(loc, f'the lexicon has no "{one}"', hint, key=True)
        for at, indications in (
            (loc, entry.indications),
            *(((*loc, "doses", i), band.indications) for i, band in enumerate(entry.doses)),
        ):
            for i, one in enumerate(indications):
                if one not in ids:
                    hint = did_you_mean(one, ids)
                    self._decoder.complain((*at, "indications", i), f'the lexicon has no "{one}"', hint)
        for one in entry.uses:
            if one not in ids:
                hint = did_you_mean(one, ids)
                self._decoder.complain((*loc, "uses", one), f'the lexicon has no "{one}"', hint, key=True)
            elif one in entry.indications:
                self._decoder.complain((*loc, "uses", one), f'"{one}" is among the "indications" too', key=True)
        for i, topic in enumerate(entry.warnings):
            if topic not in topics:
                hint = did_you_mean(topic, topics)
                self._decoder.complain((*loc, "warnings", i), f'no key warning is on "{topic}"', hint)

    def _band(self, name: str, entry: BandEntry, owner: SubstanceEntry, loc: tuple[Any, ...]) -> Band:
        if (entry.limit or entry.single_limit) and entry.kind is None:
            self._decoder.complain(loc, 'a limit without its "kind"')
        return Band(
            substance=name,
            single=self._amount(entry.single, (*loc, "single")),
            usual=self._amount(entry.usual, (*loc, "usual")),
            limit=self._amount(entry.limit, (*loc, "limit")),
            single_limit=self._amount(entry.single_limit, (*loc, "single-limit")),
            kind=entry.kind,
            product=entry.product,
            route=entry.route,
            population=entry.population,
            period=entry.period,
            per=entry.per,
            indications=frozenset(entry.indications),
            off_label=entry.off_label,
            rx=entry.rx,
            note=entry.note,
            every=entry.every,
            source=self._source(entry.source or owner.source, (*loc, "source")),
        )

    def _source(self, name: str, loc: tuple[Any, ...]) -> Source:
        found = self._written.sources.get(name)
        if found is None:
            self._decoder.complain(loc, f'unknown source "{name}"', did_you_mean(name, self._written.sources))
            return Source(name, "")
        return found

    def _amounts(self, texts: Sequence[str], loc: tuple[Any, ...]) -> tuple[Amount, ...]:
        found = (self._amount(text, (*loc, i)) for i, text in enumerate(texts))
        return tuple(amount for amount in found if amount is not None)

    def _amount(self, text: str, loc: tuple[Any, ...]) -> Amount | None:
        if not text:
            return None
        match = _AMOUNT.fullmatch(text)
        unit = self._units.units.get(match["unit"]) if match else None
        if match is None or unit is None:
            self._decoder.complain(loc, f'"{text}" is no amount', "write it as 325-1,000 mg, with a canonical unit")
            return None
        low = Decimal(match["low"].replace(",", ""))
        high = Decimal((match["high"] or match["low"]).replace(",", ""))
        if low > high:
            self._decoder.complain(loc, f'"{text}" runs backwards')
        return Amount(low, high, unit.symbol)
