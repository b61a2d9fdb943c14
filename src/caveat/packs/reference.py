"""The dose reference of `rules/reference/`: what a substance is, what it is approved for, and its usual doses.

Each file holds `sources` and `substances`. A substance is keyed by its lexicon id; its `doses` are bands, one
for each product, route, population and period. Amounts are written as text, `325-1,000 mg`, and read exactly.
A limit is no recommendation, and its kind says who set it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from caveat.packs.decode import Decoder
from caveat.packs.errors import Mistake, PackError, did_you_mean
from caveat.packs.units import UnitTable
from caveat.packs.yaml import parse_file


class Status(StrEnum):
    """How a substance is sold where most readers live (the United States, if markets differ)."""

    RX = "rx"
    OTC = "otc"
    SUPPLEMENT = "supplement"
    FOOD = "food"


class LimitKind(StrEnum):
    """Who set a limit, and so how much a higher figure weighs."""

    LABEL_MAX = "label-max"  # the approved label's maximum
    UL = "ul"  # tolerable upper intake level, all sources
    UL_SUPPLEMENT = "ul-supplement"  # upper level that counts supplements only
    AGENCY_LEVEL = "agency-level"  # a level that an agency calls safe
    LEGAL = "legal"  # a legal limit on products
    GUIDELINE = "guideline"
    STUDIED = "studied"  # the highest dose in ordinary trials; no limit was set

    @property
    def binding(self) -> bool:
        """Whether a recommendation above it is an error rather than a reason to look twice."""
        return self in (LimitKind.LABEL_MAX, LimitKind.LEGAL)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from. `checked` is a date; `verified` is false for what was only remembered."""

    title: str
    checked: str
    url: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact amount or range in a canonical unit."""

    low: Decimal
    high: Decimal
    unit: str

    def __str__(self) -> str:
        """The amount as people write it: 325–1,000 mg."""
        if self.low == self.high:
            return f"{self.high:,f} {self.unit}"
        return f"{self.low:,f}–{self.high:,f} {self.unit}"


@dataclass(frozen=True, slots=True)
class BandEntry:
    """A dose band as the YAML writes it; see `Band`."""

    single: str = ""
    usual: str = ""
    limit: str = ""
    single_limit: str = ""
    kind: LimitKind | None = None
    product: str = ""
    route: str = "oral"
    population: str = "adult"
    period: str = "day"
    per: str = ""
    indications: tuple[str, ...] = ()
    off_label: bool = False
    rx: bool = False
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SubstanceEntry:
    """A substance as the YAML writes it; see `Substance`."""

    status: Status
    source: str
    indications: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True)
class Band:
    """What one preparation is usually taken as, by one population.

    `single` is one dose, `usual` the amount over `period` ("day", "week", "month"), `limit` the most over
    it, `single_limit` the most at once; `per` is "kg" where amounts are by body weight. `indications` are
    the lexicon ids of the conditions that this band is approved for; an `off_label` band has none. `rx` marks
    a band that needs a prescription where the substance is also sold without one.
    """

    substance: str
    single: Amount | None
    usual: Amount | None
    limit: Amount | None
    single_limit: Amount | None
    kind: LimitKind | None
    product: str
    route: str
    population: str
    period: str
    per: str
    indications: frozenset[str]
    off_label: bool
    rx: bool
    note: str
    source: Source

    def holds(self, value: Decimal, unit: str, units: UnitTable) -> bool:
        """Whether `value` of `unit` lies in the band, as one dose or over the period."""
        amounts = [a for a in (self.single, self.usual) if a is not None]
        return any((v := units.convert(value, unit, a.unit)) is not None and a.low <= v <= a.high for a in amounts)


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance of the reference. `iu` are its IU factors as amounts of one IU; `strengths` are as marketed."""

    id: str
    status: Status
    indications: frozenset[str]
    warnings: tuple[str, ...]
    strengths: tuple[Amount, ...]
    iu: tuple[Amount, ...]
    weekly: bool
    bands: tuple[Band, ...]
    source: Source


@dataclass(frozen=True)
class Reference:
    """The reference, asked by lexicon id. An id that it does not hold is answered with nothing, never an error."""

    substances: Mapping[str, Substance]
    units: UnitTable = field(repr=False)

    def get(self, substance: str) -> Substance | None:
        """The substance with this lexicon id (or an alias of it)."""
        return self.substances.get(substance)

    def bands(self, substance: str, *, route: str = "", population: str = "", product: str = "") -> tuple[Band, ...]:
        """The bands that fit what is known of a dose; an empty argument asks nothing.

        A population counts as adult unless it names children, pregnancy or older people. A product that
        no band names is ignored, so that a generic or house brand gets the bands of the substance.
        """
        found = self.get(substance)
        if found is None:
            return ()
        bands = [b for b in found.bands if not population or b.population in ("any", _group(population))]
        if any(b.product == product for b in bands if b.product) and product:
            bands = [b for b in bands if b.product == product]
        if route and any(_same_route(b.route, route) for b in bands):
            bands = [b for b in bands if _same_route(b.route, route)]
        return tuple(bands)

    def limits(
        self, substance: str, *, route: str = "", population: str = "adult", product: str = ""
    ) -> tuple[Band, ...]:
        """The fitting bands that set a limit, the lowest first; their `source` says who set it."""
        bands = self.bands(substance, route=route, population=population, product=product)
        with_limit = [b for b in bands if b.limit is not None or b.single_limit is not None]
        return tuple(sorted(with_limit, key=lambda b: (b.limit or b.single_limit or _NOTHING).high))

    def indications(self, substance: str, value: Decimal | None = None, unit: str = "") -> frozenset[str]:
        """The conditions that the substance is approved for; with a dose, those of the bands that hold it.

        Naltrexone 50 mg gives alcohol and opioid use disorder, naltrexone 4.5 mg gives none. A dose outside
        every band, or bands that name no indications of their own, leave the substance's.
        """
        found = self.get(substance)
        if found is None:
            return frozenset()
        if value is None:
            return found.indications
        holding = [b for b in found.bands if b.holds(value, unit, self.units)]
        if not holding:
            return found.indications
        own = [b.indications or (frozenset() if b.off_label else found.indications) for b in holding]
        return frozenset().union(*own)

    def off_label_dose(self, substance: str, value: Decimal, unit: str) -> bool:
        """Whether the dose lies only in bands that no approval covers."""
        found = self.get(substance)
        holding = [b for b in found.bands if b.holds(value, unit, self.units)] if found else []
        return bool(holding) and all(b.off_label for b in holding)

    def is_marketed_strength(self, substance: str, value: Decimal, unit: str) -> bool | None:
        """Whether the substance is sold in this strength; None where the reference does not list strengths."""
        found = self.get(substance)
        if found is None or not found.strengths:
            return None
        return any(self.units.convert(value, unit, s.unit) == s.high for s in found.strengths)

    def key_warnings(self, substance: str) -> tuple[str, ...]:
        """The warnings that a page on this medicine owes its readers, by topic (opioid-free-interval, liver…)."""
        found = self.get(substance)
        return found.warnings if found else ()

    def status(self, substance: str) -> Status | None:
        """How the substance is sold; None where the reference does not know it."""
        found = self.get(substance)
        return found.status if found else None

    def weekly(self, substance: str) -> bool:
        """Whether every or most uses of the medicine are once a week, so that "daily" is dangerous."""
        found = self.get(substance)
        return found is not None and found.weekly

    def iu_factors(self, substance: str) -> tuple[Amount, ...]:
        """What one IU of the substance is, one amount for each form (vitamin E has three)."""
        found = self.get(substance)
        return found.iu if found else ()


_NOTHING: Final = Amount(Decimal(0), Decimal(0), "mg")
_GROUPS: Final = ("child", "infant", "toddler", "adolescent", "pregnancy", "older-adult")
_AMOUNT: Final = re.compile(r"(?P<low>[\d.,]+)(?:-(?P<high>[\d.,]+))? (?P<unit>\S+)")


def _group(population: str) -> str:
    head = population.partition(" ")[0]
    if head in ("infant", "toddler", "adolescent"):
        return "child"
    return head if head in _GROUPS else "adult"


def _same_route(one: str, other: str) -> bool:
    injected = ("injection", "subcutaneous", "intramuscular", "intravenous")
    return one == other or (one in injected and other == "injection")


def load_reference(folder: Path, units: UnitTable) -> Reference:
    """The reference in the YAML files of `folder`.

    Raises:
        PackError: with every mistake and its place: an unknown key, unit, source or kind, an amount that is
            none, a substance given twice, a limit without its kind.
    """
    mistakes: list[Mistake] = []
    substances: dict[str, Substance] = {}
    for path in sorted(folder.glob("*.yaml")):
        decoder = Decoder(parse_file(path, f"{folder.name}/{path.name}"))
        written = decoder.decode(ReferenceFile, decoder.parsed.value) if not decoder.mistakes else None
        if written is not None:
            for found in _Builder(decoder, written, units).build():
                names = (found.id, *written.substances[found.id].aliases)
                for name in names:
                    if name in substances:
                        decoder.complain(("substances", found.id), f'"{name}" is given twice', key=True)
                    substances[name] = found
        mistakes.extend(decoder.mistakes)
    if mistakes:
        raise PackError(mistakes)
    return Reference(substances, units)


class _Builder:
    """Turns one decoded file into substances, noting what is wrong at its place."""

    def __init__(self, decoder: Decoder, written: ReferenceFile, units: UnitTable) -> None:
        self._decoder = decoder
        self._written = written
        self._units = units

    def build(self) -> Iterator[Substance]:
        for name, entry in self._written.substances.items():
            loc: tuple[Any, ...] = ("substances", name)
            source = self._source(entry.source, (*loc, "source"))
            bands = [self._band(name, b, entry, (*loc, "doses", i)) for i, b in enumerate(entry.doses)]
            indications = frozenset(entry.indications)
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
            )

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
