"""The words by which amounts are told apart, as rules/lexicon/doses.yaml writes them down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property

from caveat.packs.reference import Population, Route
from caveat.values import dataclass


class Comparator(StrEnum):
    """How a stated amount bounds what is meant."""

    BELOW = "<"
    AT_MOST = "<="
    ABOUT = "~"
    AT_LEAST = ">="
    ABOVE = ">"


class People(StrEnum):
    """Who a dose is for."""

    ADULT = "adult"
    MEN = "men"
    WOMEN = "women"
    CHILD = "child"
    TODDLER = "toddler"
    INFANT = "infant"
    ADOLESCENT = "adolescent"
    PREGNANCY = "pregnancy"
    OLDER_ADULT = "older-adult"
    RENAL = "renal"  # with kidneys that work badly
    HEPATIC = "hepatic"  # with a liver that works badly

    @property
    def young(self) -> bool:
        """Whether they are children."""
        return self in (People.CHILD, People.TODDLER, People.INFANT, People.ADOLESCENT)

    @property
    def few(self) -> bool:
        """Whether their dose is another than most adults'."""
        return self in (People.PREGNANCY, People.OLDER_ADULT, People.RENAL, People.HEPATIC)

    @property
    def group(self) -> Population:
        """Whose bands of the reference they are held to."""
        if self.young:
            return Population.CHILD
        return {People.PREGNANCY: Population.PREGNANCY, People.OLDER_ADULT: Population.OLDER_ADULT}.get(
            self, Population.ADULT
        )


Phrase = tuple[str, ...]


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Texts as the words that they are made of."""
    return tuple(tuple(text.split()) for text in texts)


@dataclass(frozen=True)
class ComparatorWords:
    """What bounds an amount: `before` it, or `behind` it.

    After `gains`, "over" compares what two doses do: "no benefit over 40 mg"; after `adding`, "up to" tells a sum or
    the end of a climb: "adds up to 900 mg".
    """

    before: Mapping[Comparator, tuple[str, ...]]
    behind: Mapping[Comparator, tuple[str, ...]]
    gains: frozenset[str]
    adding: frozenset[str]

    @cached_property
    def of_phrase(self) -> Mapping[Phrase, Comparator]:
        """The comparator that a phrase before an amount is."""
        return {phrase: comparator for comparator, texts in self.before.items() for phrase in phrases(texts)}

    @cached_property
    def of_afterthought(self) -> Mapping[Phrase, Comparator]:
        """The comparator that a phrase behind an amount is."""
        return {phrase: comparator for comparator, texts in self.behind.items() for phrase in phrases(texts)}


@dataclass(frozen=True)
class RoleWords:
    """What says which dose an amount is.

    `maximum_denied` are phrases that make a maximum where they are denied ("never go above"), `said_maximum`
    words that do behind the amount ("is the limit"), `allowed` what one may do the most.
    `ambiguous` words of trials, animals, overdoses and history say nothing of what the reader is told to take with
    one of the `directives`.
    What `swallowers` have `swallowed` is an overdose, `harms` what an amount itself does. `earlier` counts before
    `editions`: "older labels"; what was once `advised` is no longer. `changed` and `climbs` count near the amount
    only. `totals` stand behind a sum, `sums` before it, `daily_amounts` beside "daily"; `daily_columns` hold the
    amounts of a day.
    """

    maximum: frozenset[str]
    maximum_phrases: tuple[str, ...]
    maximum_denied: tuple[str, ...]
    said_maximum: tuple[str, ...]
    allowed: frozenset[str]
    starting: frozenset[str]
    loading: frozenset[str]
    maintenance: frozenset[str]
    trial: frozenset[str]
    trial_headings: frozenset[str]
    animal: frozenset[str]
    overdose: frozenset[str]
    swallowed: frozenset[str]
    swallowers: frozenset[str]
    ambiguous: frozenset[str]
    directives: frozenset[str]
    harms: frozenset[str]
    historical: frozenset[str]
    earlier: frozenset[str]
    editions: frozenset[str]
    advised: frozenset[str]
    titration: frozenset[str]
    changed: frozenset[str]
    climbs: tuple[str, ...]
    titration_headings: frozenset[str]
    totals: tuple[str, ...]
    sums: tuple[str, ...]
    daily_columns: frozenset[str]
    daily_amounts: frozenset[str]

    @cached_property
    def limits(self) -> tuple[tuple[Phrase, bool], ...]:
        """The phrases of a maximum, each with whether it makes one only where it is denied."""
        plain = tuple((phrase, False) for phrase in phrases(self.maximum_phrases))
        return (*plain, *((phrase, True) for phrase in phrases(self.maximum_denied)))

    @cached_property
    def climbing(self) -> tuple[Phrase, ...]:
        """`climbs`, word by word."""
        return phrases(self.climbs)

    @cached_property
    def summed(self) -> tuple[Phrase, ...]:
        """`sums`, word by word."""
        return phrases(self.sums)

    @cached_property
    def totalled(self) -> tuple[Phrase, ...]:
        """`totals`, word by word."""
        return phrases(self.totals)


@dataclass(frozen=True, slots=True)
class StrengthWords:
    """What says that a product has an amount.

    A product has `content`; forms and `holders` `hold` it; it is `sold` in strengths, by
    `counts`: "60 count"; columns of
    `product_columns` list them.
    """

    content: frozenset[str]
    hold: frozenset[str]
    holders: frozenset[str]
    sold: frozenset[str]
    counts: frozenset[str]
    product_columns: frozenset[str]


@dataclass(frozen=True)
class PreparationWords:
    """What a substance comes in: `forms` and `products` by name, with further spellings, and `routes`.

    `adjectives` stand between a strength and its form; `oral` forms are swallowed.
    """

    forms: Mapping[str, tuple[str, ...]]
    adjectives: frozenset[str]
    oral: frozenset[str]
    products: Mapping[str, tuple[str, ...]]
    routes: Mapping[Route, tuple[str, ...]]

    @cached_property
    def form_of(self) -> Mapping[str, str]:
        """The form that a word names."""
        return {word: form for form, words in self.forms.items() for word in (form, *words)}

    @cached_property
    def product_of(self) -> tuple[tuple[Phrase, str], ...]:
        """The product that a phrase names, word by word."""
        return tuple((phrase, name) for name, texts in self.products.items() for phrase in phrases(texts))

    @cached_property
    def route_of(self) -> Mapping[str, Route]:
        """The route that a word names."""
        return {word: route for route, words in self.routes.items() for word in words}


@dataclass(frozen=True)
class PeopleWords:
    """Who takes it, by `names`. `organs` name people where they are `ailing`.

    Before `mothers`, what is `bearing` makes a child no patient ("a growing baby"), nor is a woman pregnant who
    is `becoming` so. `anybody` goes before an age: "people over 65".
    """

    names: Mapping[People, tuple[str, ...]]
    organs: Mapping[People, tuple[str, ...]]
    ailing: frozenset[str]
    mothers: frozenset[str]
    becoming: frozenset[str]
    bearing: frozenset[str]
    anybody: frozenset[str]

    @cached_property
    def of_name(self) -> Mapping[str, People]:
        """The people that a word names."""
        return {word: people for people, words in self.names.items() for word in words}

    @cached_property
    def of_organ(self) -> Mapping[str, People]:
        """The people whose organ a word names."""
        return {word: people for people, words in self.organs.items() for word in words}


@dataclass(frozen=True, slots=True)
class LookalikeWords:
    """What is measured and no dose: levels in blood, nutrients of food, drinks, packages and things counted.

    `analytes` only a laboratory measures; levels are `compared`. `macronutrients` and what is `eaten` are told in
    grams beside `meals`. `unlabelled` nutrients are no label of an amount that follows. `taking` and `often` are
    what makes a number of drops a dose, `clear_forms` are doses however many.
    """

    levels: frozenset[str]
    analytes: frozenset[str]
    compared: frozenset[str]
    nutrients: frozenset[str]
    macronutrients: frozenset[str]
    eaten: frozenset[str]
    meals: frozenset[str]
    drinks: frozenset[str]
    packages: frozenset[str]
    counted: frozenset[str]
    tubes: frozenset[str]
    taking: frozenset[str]
    often: frozenset[str]
    clear_forms: frozenset[str]
    liquids: frozenset[str]
    unlabelled: frozenset[str]


@dataclass(frozen=True, slots=True)
class StatementWords:
    """What says whose word a dose is, and what a counted dose is of.

    `labels` and the other `sources` speak by one of the `saying` verbs, with words `between`; what stands in
    `contrast` to that is the page's own word. `generic` names and `object_ends` say nothing of what is taken.
    """

    labels: frozenset[str]
    sources: frozenset[str]
    saying: frozenset[str]
    between: frozenset[str]
    contrast: frozenset[str]
    generic: frozenset[str]
    object_ends: frozenset[str]


@dataclass(frozen=True)
class AdviceWords:
    """Who is told to take a dose, and in which words.

    An order begins with one of the `orders`, or of the `ways` to take something; `urging` words are weaker. A dose is
    called `usual`, `everybody` may take it. What is `avoided` is no advice. The `first` dose may hold for some
    `spans`, what is `later` for those after it; a schedule tells the reader to go up by a `climbing` verb.
    """

    orders: frozenset[str]
    ways: frozenset[str]
    urging: frozenset[str]
    usual: frozenset[str]
    everybody: frozenset[str]
    avoided: frozenset[str]
    first: frozenset[str]
    later: frozenset[str]
    spans: frozenset[str]
    climbing: frozenset[str]

    @cached_property
    def directives(self) -> frozenset[str]:
        """Every verb that may begin an order."""
        return self.orders | self.ways


@dataclass(frozen=True, slots=True)
class BoundWords:
    """How a page bounds what anybody may take.

    `columns` of a table hold bounds, of what is `bounded`, which is `denied` beyond them. `readers` are all who read,
    with their `verbs`. `plain` words and the `heads` of cautions and directions name no case. A bound may hold
    `during` something only.
    """

    columns: frozenset[str]
    bounded: frozenset[str]
    denied: frozenset[str]
    readers: frozenset[str]
    verbs: frozenset[str]
    plain: frozenset[str]
    heads: frozenset[str]
    during: frozenset[str]


@dataclass(frozen=True, slots=True)
class RestrictionWords:
    """What holds a dose to some readers: `cases`, or an age behind one of the `age_bounds`.

    `advisers` may tell a reader otherwise. A column with a word of `any_case` is for every case.
    """

    cases: frozenset[str]
    advisers: frozenset[str]
    any_case: frozenset[str]
    age_bounds: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderWords:
    """What tells whether two orders hold for the same reader at the same time.

    An order of `plain` words holds for every case, whatever `reasons` it tells behind; "you" `must` take it. `times`
    are those of the day. `otherwise` words in the sentence before open another case, and headings of other words than
    `headings` name one.
    """

    must: frozenset[str]
    plain: frozenset[str]
    times: frozenset[str]
    reasons: frozenset[str]
    otherwise: frozenset[str]
    headings: frozenset[str]


@dataclass(frozen=True, slots=True)
class DoseWords:
    """The whole file."""

    comparators: ComparatorWords
    roles: RoleWords
    strengths: StrengthWords
    preparations: PreparationWords
    people: PeopleWords
    lookalikes: LookalikeWords
    statements: StatementWords
    advice: AdviceWords
    bounds: BoundWords
    restrictions: RestrictionWords
    orders: OrderWords
