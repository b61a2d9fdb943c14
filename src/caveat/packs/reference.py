"""The dose reference of `rules/reference/`: what a substance is, what it is approved for, and its usual doses.

A substance is known by its lexicon id; its bands are one for each product, route, population and period. A limit
is no recommendation, and its kind says who set it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum

from caveat.finding import Authority
from caveat.lazily import Lazily
from caveat.packs.scope import Jurisdiction
from caveat.packs.units import UnitTable
from caveat.values import dataclass


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


class Route(StrEnum):
    """How a preparation is taken."""

    ORAL = "oral"
    SUBLINGUAL = "sublingual"
    SUBCUTANEOUS = "subcutaneous"
    INTRAMUSCULAR = "intramuscular"
    INTRAVENOUS = "intravenous"
    INJECTION = "injection"  # one of the three above
    INTRATHECAL = "intrathecal"
    TOPICAL = "topical"
    TRANSDERMAL = "transdermal"
    INHALATION = "inhalation"
    NASAL = "nasal"
    OPHTHALMIC = "ophthalmic"
    RECTAL = "rectal"
    VAGINAL = "vaginal"


class Population(StrEnum):
    """Who a band is for."""

    ANY = "any"
    ADULT = "adult"
    CHILD = "child"
    PREGNANCY = "pregnancy"
    OLDER_ADULT = "older-adult"


class Period(StrEnum):
    """Over which time an amount is counted."""

    DAY = "day"
    WEEK = "week"
    TWO_WEEKS = "2 weeks"
    FOUR_WEEKS = "4 weeks"
    MONTH = "month"

    @property
    def each(self) -> str:
        """As a rate is spoken: "a day", "every 4 weeks"."""
        return f"every {self.value}" if self in (Period.TWO_WEEKS, Period.FOUR_WEEKS) else f"a {self.value}"

    @property
    def days(self) -> int:
        """How many days it has; a month counts as thirty."""
        return {Period.DAY: 1, Period.WEEK: 7, Period.TWO_WEEKS: 14, Period.FOUR_WEEKS: 28, Period.MONTH: 30}[self]


class Per(StrEnum):
    """What an amount is multiplied by."""

    NOTHING = ""
    KG = "kg"
    HOUR = "h"  # of a patch or an infusion


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from. `checked` is a date; `verified` is false for what was only remembered.

    A law binds in its `jurisdiction` alone; without one the figure holds anywhere.
    """

    title: str
    checked: str
    url: str = ""
    verified: bool = False
    jurisdiction: Jurisdiction | None = None

    @property
    def authority(self) -> Authority:
        """The source as what a finding rests on."""
        jurisdiction = self.jurisdiction.value if self.jurisdiction is not None else ""
        return Authority(self.title, url=self.url, jurisdiction=jurisdiction, verified=self.verified)


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
class Band:
    """What one preparation is usually taken as, by one population.

    `single` is one dose, `usual` the amount over `period`, `limit` the most over it, `single_limit` the most
    at once; `per` says whether amounts are by body weight; a patch is changed `every` so many days. `indications` are
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
    route: Route
    population: Population
    period: Period
    per: Per
    indications: frozenset[str]
    off_label: bool
    rx: bool
    note: str
    source: Source
    every: int = 1

    def holds(self, value: Decimal, unit: str, units: UnitTable) -> bool:
        """Whether `value` of `unit` lies in the band, as one dose or over the period."""
        amounts = [a for a in (self.single, self.usual) if a is not None]
        return any((v := units.convert(value, unit, a.unit)) is not None and a.low <= v <= a.high for a in amounts)


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance of the reference. `iu` are its IU factors as amounts of one IU; `strengths` are as marketed.

    `unread` are the indications whose own source nobody has read: a claim of them is let pass, and nothing is told of
    them. `sources` are all that the entry rests on.
    """

    id: str
    status: Status
    indications: frozenset[str]
    warnings: tuple[str, ...]
    strengths: tuple[Amount, ...]
    iu: tuple[Amount, ...]
    weekly: bool
    bands: tuple[Band, ...]
    source: Source
    unread: frozenset[str] = frozenset()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Reference:
    """The reference, asked by lexicon id. An id that it does not hold is answered with nothing, never an error.

    `of_week` are the substances that are `weekly`, `of_days` those of which there is a patch that is worn for more than
    a day.
    """

    substances: Mapping[str, Substance]
    units: UnitTable = field(repr=False)
    of_week: frozenset[str]
    of_days: frozenset[str]

    @classmethod
    def of(cls, substances: Mapping[str, Substance], units: UnitTable) -> Reference:
        """The reference of these substances. Out of a pickle comes each when it is asked for."""
        worn = ((name, band) for name, found in substances.items() for band in found.bands)
        return cls(
            Lazily(substances, substances.__getitem__),
            units,
            frozenset(name for name, found in substances.items() if found.weekly),
            frozenset(name for name, band in worn if band.route is Route.TRANSDERMAL and band.every > 1),
        )

    def under(self, jurisdictions: Collection[Jurisdiction]) -> Reference:
        """The reference without the limits that bind only elsewhere."""
        all_, bound = self.substances, frozenset(jurisdictions)
        return replace(self, substances=Lazily(all_, lambda name: _under(all_[name], bound)))

    @property
    def all_indications(self) -> frozenset[str]:
        """Every condition for which any substance is approved."""
        return frozenset().union(*(found.indications for found in self.substances.values()))

    def get(self, substance: str) -> Substance | None:
        """The substance with this lexicon id (or an alias of it)."""
        return self.substances.get(substance)

    def bands(
        self, substance: str, *, route: Route | None = None, population: Population | None = None, product: str = ""
    ) -> tuple[Band, ...]:
        """The bands that fit what is known of a dose; an argument left out asks nothing.

        Pregnant and older people are held to what adults are, where nothing is said of them. A product that
        no band names is ignored, so that a generic or house brand gets the bands of the substance.
        """
        found = self.get(substance)
        if found is None:
            return ()
        bands = _for_people(found.bands, population) if population is not None else list(found.bands)
        if any(b.product == product for b in bands if b.product) and product:
            bands = [b for b in bands if b.product == product]
        if route is not None and any(_same_route(b.route, route) for b in bands):
            bands = [b for b in bands if _same_route(b.route, route)]
        return tuple(bands)

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


def _under(substance: Substance, jurisdictions: Collection[Jurisdiction]) -> Substance:
    foreign = [b.source.jurisdiction not in (None, *jurisdictions) for b in substance.bands]
    if not any(foreign):
        return substance
    bands = (
        replace(b, limit=None, single_limit=None, kind=None) if elsewhere else b
        for b, elsewhere in zip(substance.bands, foreign, strict=True)
    )
    return replace(substance, bands=tuple(bands))


def _for_people(bands: Sequence[Band], population: Population) -> list[Band]:
    own = [b for b in bands if b.population in (Population.ANY, population)]
    if own or population is Population.CHILD:
        return own
    return [b for b in bands if b.population is Population.ADULT]


def _same_route(one: Route, other: Route) -> bool:
    injected = (Route.INJECTION, Route.SUBCUTANEOUS, Route.INTRAMUSCULAR, Route.INTRAVENOUS)
    return one is other or (one in injected and other is Route.INJECTION)
