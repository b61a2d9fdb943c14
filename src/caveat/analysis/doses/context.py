"""What the words around a quantity make of it: its role, route, population, product and comparator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from caveat.analysis.doses.frequencies import Frequency, Manner
from caveat.analysis.doses.quantities import Quantity
from caveat.analysis.doses.tokens import Line, TokenKind, word_set
from caveat.analysis.facts import Comparator, DoseRole
from caveat.packs.reference import Period, Route
from caveat.packs.units import Dimension
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A quantity in its place. `first` to `last` are the tokens of its sentence, `left` where the words that
    govern it begin (after the quantity before it), `right` where the next quantity begins. A `packed` one stands
    before what its package holds ("510 mg, 180 capsules"). `header` are the
    words of the table headers, `headings` those of the headings above, innermost last.
    """

    line: Line
    quantity: Quantity
    first: int
    last: int
    left: int
    right: int
    packed: bool = False
    header: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    headings: tuple[tuple[str, ...], ...] = ()

    def before(self) -> tuple[str, ...]:
        """The words between the quantity before, or the start of the sentence, and this one."""
        return tuple(t.word for t in self.line.tokens[self.left : self.quantity.first])

    def after(self) -> tuple[str, ...]:
        """The words between this quantity and the next, or the end of the sentence."""
        return tuple(t.word for t in self.line.tokens[self.quantity.last + 1 : self.right])

    def sentence(self) -> tuple[str, ...]:
        """All words of the sentence."""
        return tuple(t.word for t in self.line.tokens[self.first : self.last])


def _phrases(comparator: Comparator, text: str) -> dict[tuple[str, ...], Comparator]:
    return {tuple(phrase.split()): comparator for phrase in text.split(", ")}


_COMPARATORS: Final[Mapping[tuple[str, ...], Comparator]] = {
    **_phrases(
        Comparator.AT_MOST,
        "no more than, not more than, never more than, at or below, at or under, at most, up to, not over, not exceed, "
        "maximum of, max of, limit of, ≤",
    ),
    **_phrases(Comparator.BELOW, "less than, fewer than, under, below, <"),
    **_phrases(Comparator.AT_LEAST, "at least, no less than, minimum of, ≥"),
    **_phrases(Comparator.ABOVE, "more than, over, above, exceeding, exceeds, >, beyond, past"),
    **_phrases(Comparator.ABOUT, "about, around, approximately, roughly, some, ~, nearly, almost"),
}
_AFTERTHOUGHTS: Final = _phrases(Comparator.AT_LEAST, "or more") | _phrases(Comparator.AT_MOST, "or less")


def comparator(around: Surroundings) -> Comparator | None:
    """The comparator before the quantity ("up to" is at most), if one stands there."""
    before = around.before()
    if _adds_up(before) or (before[-1:] == ("over",) and before[-2:-1] != () and before[-2] in _GAINS):
        return None
    for length in (3, 2, 1):
        if (found := _COMPARATORS.get(before[-length:])) is not None and len(before) >= length:
            negated = found is Comparator.ABOVE and {"not", "never", "no", "don't", "n't"} & set(before[-7:-length])
            return Comparator.AT_MOST if negated else found
    return _AFTERTHOUGHTS.get(around.after()[:2])


_GAINS: Final = word_set("benefit benefits advantage advantages improvement superiority")  # over another dose
_ADDING: Final = word_set("add adds adding added")


def _adds_up(before: Sequence[str]) -> bool:
    """Whether "up to" closes a sum rather than sets a maximum: "adds up to 900 mg"."""
    return tuple(before[-2:]) == ("up", "to") and before[-3:-2] != () and before[-3] in _ADDING


_MAXIMUM: Final = word_set("maximum max exceed exceeds exceeded exceeding limit limits ceiling cap capped upper")
_MAXIMUM_PHRASES: Final = (
    ("no", "more", "than"), ("not", "more", "than"), ("never", "more", "than"), ("more", "than"), ("go", "past"),
    ("go", "over"), ("go", "above"), ("go", "beyond"), ("not", "over"), ("at", "or", "below"), ("at", "or", "under"),
    ("stop", "at"),
    ("at", "most"), ("stay", "under"), ("stay", "below"), ("up", "to"), ("or", "below"), ("not", "above"),
)  # fmt: skip
_NEEDS_NOT: Final = frozenset((("more", "than"), ("go", "past"), ("go", "over"), ("go", "above"), ("go", "beyond")))
_STARTING: Final = word_set("start starts started starting begin begins beginning began initial initially")
_LOADING: Final = word_set("loading load bolus loaded")
_MAINTENANCE: Final = word_set("maintenance maintain maintained maintaining")
_CONTENT: Final = word_set("contain contains contained containing provides supplies packs delivers")
_TRIAL: Final = word_set(
    "trial trials study studies studied participants volunteers randomised randomized researchers placebo cohort "
    "investigators subjects enrolled tested rct rcts arm arms"
)
_TRIAL_HEADINGS: Final = word_set("trial trials study studies research evidence studied")
_ANIMAL: Final = word_set(
    "rats rat mice mouse dogs dog rabbits rabbit monkeys monkey animals rodents rodent hamsters pigs piglets horses "
    "animal veterinary vitro cells zebrafish primates"
)
_OVERDOSE: Final = word_set(
    "overdose overdoses overdosed overdosing ingestion ingestions ingested poisoning poisonings toxic toxicity "
    "fatal lethal died deaths poisoned poison"
)
_HISTORICAL: Final = word_set("formerly historically originally previously discontinued withdrawn phased outdated")
_TITRATION: Final = word_set(
    "titrate titrated titrating titration stepwise taper tapered tapering gradually climb climbing escalate "
    "escalation escalating escalated weaned wean halve halved"
)
_CHANGED: Final = word_set(
    "increase increased increases increasing raise raised raising raises reduce reduced reducing decrease decreased "
    "decreasing"
)  # of a dose where they stand near it; far off they tell what it does: "10 mg increased blood flow"
_CHANGE: Final = 6  # tokens
_TITRATION_HEADINGS: Final = word_set(
    "titration titrating step steps climb schedule taper tapering escalation week weeks increase"
)
_TOTALS: Final = (
    ("in", "total"),
    ("total",),
    ("in", "all"),
    ("altogether",),
    ("combined",),
    ("all", "told"),
    ("overall",),
)

_SUMMED: Final = (
    ("comes", "to"), ("adds", "up", "to"), ("add", "up", "to"), ("works", "out", "to"), ("works", "out", "at"),
    ("amounts", "to"), ("totals",), ("totalling",), ("totaling",), ("equals",), ("which", "is"), ("the", "full"),
    ("uses", "up"), ("day", "is"), ("daily", "is"), ("make",), ("makes",),
)  # fmt: skip


def role(around: Surroundings, frequency: Frequency | None) -> tuple[DoseRole, tuple[str, ...]]:
    """The role of the quantity and the words that made it so."""
    sentence = around.sentence()
    for words, headings, found in _CONTEXTS:
        cue = next((w for w in sentence if w in words), None) or _heading_cue(around, headings)
        advised = found is DoseRole.TRIAL and _advised(around.before())
        if cue is not None and not advised:
            return found, (cue,)
    if (cue := _taken_too_much(around)) is not None:
        return DoseRole.OVERDOSE, (cue,)
    if (cue := _history(around)) is not None:
        return DoseRole.HISTORICAL, (cue,)
    if _is_strength(around):
        return DoseRole.STRENGTH, ()
    return _local_role(around, frequency)


_ADVICE: Final = 6  # tokens before an amount in which advice on it stands


def _advised(before: Sequence[str]) -> bool:
    """Whether researchers say what to take, not what was taken: "should not take more than"."""
    near = before[-_ADVICE:]
    return "should" in near and "," not in near[near.index("should") :]


_NONE: Final[frozenset[str]] = frozenset()
_CONTEXTS: Final = (
    (_ANIMAL, _NONE, DoseRole.ANIMAL),
    (_OVERDOSE, word_set("overdose"), DoseRole.OVERDOSE),
    (_TRIAL, _TRIAL_HEADINGS, DoseRole.TRIAL),
)


def _heading_cue(around: Surroundings, words: frozenset[str]) -> str | None:
    return next((w for heading in around.headings[-1:] for w in heading if w in words), None)


_SWALLOWED: Final = word_set("swallowed swallows")
_SWALLOWER: Final = word_set("who he she cases accidentally child man woman girl boy patient patients people")
_HARMS: Final = word_set("kill kills killed destroy destroys destroyed damage damages damaged harm harms harmed")
_CAN: Final = word_set("can may could will might")
_OF_MORE: Final = word_set("more higher larger over exceeding above beyond not never no n't cannot without but or ;")


def _harmful(after: Sequence[str]) -> str | None:
    """The word that says what the amount itself does: "10 g in a day can destroy the liver"."""
    for i, word in enumerate(after):
        if word in _OF_MORE:
            return None
        if word in _HARMS:
            return word if (word.endswith(("s", "ed")) or _CAN & set(after[max(0, i - 3) : i])) else None
    return None


def _taken_too_much(around: Surroundings) -> str | None:
    sentence = around.sentence()
    swallowed = next((w for w in sentence if w in _SWALLOWED), None)
    if swallowed is not None and _SWALLOWER & set(sentence):
        return swallowed
    if (cue := _harmful(around.after())) is not None:
        return cue
    above = " ".join(around.headings[-1]) if around.headings else ""
    return "too much" if "too much" in above or "overdose" in above else None


_PURPOSE: Final = word_set("be is are was were been being often commonly widely also sometimes usually")  # "is used to"
_EARLIER: Final = word_set("older earlier previous former old")
_EDITIONS: Final = word_set("edition editions version versions label labels leaflet leaflets guideline guidelines")


def _history(around: Surroundings) -> str | None:
    sentence = around.sentence()
    found = next((w for w in sentence if w in _HISTORICAL), None)
    if found is not None:
        return found
    for before, one, other in zip(("", *sentence), sentence, sentence[1:], strict=False):
        if one in _EARLIER and other in _EDITIONS:
            return f"{one} {other}"
        if (
            one in ("in", "since", "until", "before", "during", "the")
            and len(other) == 4
            and other.isdigit()
            and other[:2] in ("19", "20")
        ):
            return other
        if (one, other) == ("used", "to") and before not in _PURPOSE:
            return "used to"
    return None


def _is_strength(around: Surroundings) -> bool:
    quantity = around.quantity
    if around.packed or quantity.combined or (quantity.per and quantity.per[0] not in ("kg", "m2", "h", "min", "lb")):
        return True
    if quantity.count is not None or quantity.unit.dimension is Dimension.FORM:
        return False
    before = around.before()
    if set(before[-6:]) & _CONTENT or (_HOLD & set(before[-3:]) and not _HOLDERS.isdisjoint(before[-8:])):
        return True
    if _SOLD & set(before) and {"as", "in", "at", ":"} & set(before):
        return True
    column = set(around.column)
    if column & _OF_PRODUCTS and not column & {"dose", "dosage"}:
        return True
    return form_after(around) != ""


_HOLD: Final = word_set("hold holds held has have")
_SOLD: Final = word_set("available comes come sold marketed supplied stocked dispensed")
_OF_PRODUCTS: Final = word_set(
    "strength strengths product products contains medicine medicines medication medications drug drugs brand "
    "preparation formulation"
)


_BETWEEN_FORM: Final = word_set(
    "oral chewable enteric coated film extended immediate modified delayed release er ir xr sr strength dispersible "
    "effervescent soft gelatin prefilled pre filled orally disintegrating generic low extra regular"
)
_COUNTED_FORMS: Final = word_set(
    "tablet capsule caplet pill softgel lozenge sachet implant pen vial syringe injection cream gel inhaler"
)
_FORMS: Final = {
    **{w: w for w in _COUNTED_FORMS},
    **{w + "s": w for w in _COUNTED_FORMS},
    **{w: w for w in word_set("gummy patch suppository syrup suspension solution drops spray powder liquid elixir")},
    "tab": "tablet", "tabs": "tablet", "cap": "capsule", "caps": "capsule", "gummies": "gummy", "patches": "patch",
    "suppositories": "suppository",
}  # fmt: skip
FORM_WORDS: Final = frozenset(_FORMS)
_HOLDERS: Final = FORM_WORDS | word_set(
    "drop puff scoop dropper dropperful squirt actuation serving spoon teaspoon bottle bottles "
    "product products brand brands supplement supplements formula formulas multivitamin multivitamins"
)


def form_after(around: Surroundings) -> str:
    """The form that a strength names: "500 mg extended-release tablets" → tablet; or ""."""
    tokens = around.line.tokens
    listed = _list_end(around)
    names = _NAME_OF_FORM if set(around.before()[-1:]) & _DETERMINERS else 0  # "the 650 mg arthritis tablets"
    for token in tokens[listed : listed + 7]:
        if token.word in _FORMS:
            return _FORMS[token.word]
        if token.word in _BETWEEN_FORM or token.text in "-‐‑":
            continue
        if not names or token.kind is not TokenKind.WORD or token.word in _NO_NAME:
            return ""
        names -= 1
    return ""


_DETERMINERS: Final = word_set("the these those this each every a an one two three")
_NAME_OF_FORM: Final = 2  # words that may stand between a strength and its form
_NO_NAME: Final = word_set("of in as and or with per once twice daily every for at by to from on a an the plus than")


LISTING: Final = word_set(", and or / &")
"""What stands between the amounts of a list."""


def _list_end(around: Surroundings) -> int:
    """The token after the last amount of a list that the quantity opens: in "25, 50 and 100 mg tablets", "tablets"."""
    tokens, quantity = around.line.tokens, around.quantity
    unit = around.line.text[quantity.unit_start : quantity.unit_end].lower()
    end = quantity.last + 1
    for i in range(end, min(end + _LONGEST_LIST, len(tokens))):
        if tokens[i].word == unit:
            end = i + 1
        elif tokens[i].kind is not TokenKind.NUMBER and tokens[i].word not in LISTING:
            break
    return end


_LONGEST_LIST: Final = 24  # tokens


def _local_role(around: Surroundings, frequency: Frequency | None) -> tuple[DoseRole, tuple[str, ...]]:
    before, after, header = around.before(), around.after(), set(around.header)
    if (cue := maximum_cue(before, after, around.header) or _most_a_day(around.column)) is not None:
        return DoseRole.MAXIMUM, (cue,)
    if (named := _named_after(after)) is not None:
        return named[0], (named[1],)
    near = set(_own(before, follows=around.left > around.first)[-10:])
    for words, found in _STAGES:
        cues = near & words or header & words
        if cues:
            return found, (min(cues),)
    if (cue := _titration(around)) is not None:
        return DoseRole.TITRATION, (cue,)
    summed = any(before[-len(words) :] == words for words in _SUMMED)
    if summed or any(after[: len(words)] == words for words in _TOTALS) or "total" in before[-3:]:
        return DoseRole.TOTAL, ("total",)
    if frequency is not None and frequency.manner in (Manner.PERIOD, Manner.DIVIDED):
        return DoseRole.TOTAL, ()
    if frequency is None and around.quantity.count is None and (_daily_amount(before) or _BY_DAY & set(around.column)):
        return DoseRole.TOTAL, ("daily",)
    return DoseRole.SINGLE, ()


_BY_DAY: Final = word_set("daily weekly")  # of what a column holds
_AMOUNTS: Final = word_set("intake supplementation allowance amount requirement need use value")


def _daily_amount(before: Sequence[str]) -> bool:
    """Whether it is what is taken in a day: "the recommended daily intake is", "daily supplementation of"."""
    return any(one == "daily" and {other, third} & _AMOUNTS for one, other, third in zip(
        before, before[1:], (*before[2:], ""), strict=False
    ))  # fmt: skip


_STAGES: Final = ((_LOADING, DoseRole.LOADING), (_STARTING, DoseRole.STARTING), (_MAINTENANCE, DoseRole.MAINTENANCE))
_APART: Final = word_set(", ; ) then followed before and")


def _named_after(words: Sequence[str]) -> tuple[DoseRole, str, int] | None:
    """The stage that the words after a quantity give it, its word and where: "300 mg as a loading dose, then"."""
    for i, word in enumerate(words[:-1]):
        if word in _APART:
            return None
        if words[i + 1] in ("dose", "phase") and words[i + 2 : i + 3] not in (("of",), (":",), ("is",), ("was",)):
            for stage, found in _STAGES:
                if word in stage:
                    return found, word, i
    return None


def _own(before: Sequence[str], *, follows: bool) -> Sequence[str]:
    """What of the words before a quantity speaks of it rather than of the quantity that it `follows`."""
    if follows and (named := _named_after(before)) is not None:
        before = before[named[2] + 1 :]
    cut = max((i for i, word in enumerate(before) if word in ("then", "followed")), default=-1)
    return before[cut + 1 :]


def _titration(around: Surroundings) -> str | None:
    before = around.before()
    changed = (*before[-_CHANGE:], *(w for w in around.after()[:_CHANGE] if w.endswith("ing")))  # "5 mg, increasing to"
    cue = (
        next((w for w in around.sentence() if w in _TITRATION), None)
        or next((w for w in changed if w in _CHANGED), None)
        or _schedule_heading(around)
    )
    if cue is not None:
        return cue
    follows = around.left > around.first  # another amount of the sentence
    if follows and ("then" in before[-4:] or "followed" in before[-4:]):
        return "then"
    opening = around.line.words(0, 2)
    if (
        len(opening) == 2
        and opening[0] in ("week", "weeks", "day", "days", "month", "months", "step", "phase")
        and opening[1].isdigit()
    ):
        return opening[0]
    return next((w for w in around.header if w in _TITRATION_HEADINGS), None)


def _schedule_heading(around: Surroundings) -> str | None:
    """The word of the heading that makes what is below it steps of a schedule: "Taper", "Week 2", "Step 1"."""
    heading = around.headings[-1] if around.headings else ()
    numbered = (one for one, other in pairwise(heading) if one in _TITRATION_HEADINGS and other.isdigit())
    return next((word for word in heading if word in _TITRATION | {"schedule"}), None) or next(numbered, None)


_SAID: Final = 7  # tokens after an amount in which "is the maximum" begins


def maximum_cue(before: Sequence[str], after: Sequence[str], header: Sequence[str]) -> str | None:
    """The word or phrase that makes a quantity a maximum, from the words around it."""
    for word in before:
        if word in _MAXIMUM:
            return word
    for phrase in _MAXIMUM_PHRASES:
        at = phrase_at(before, phrase)
        if at is None or len(before) - at > 8 or _adds_up(before[: at + len(phrase)]):
            continue
        if phrase not in _NEEDS_NOT or {"not", "never", "no", "don't", "n't", "without"} & set(
            before[max(0, at - 5) : at]
        ):
            return " ".join(phrase)
    said = phrase_at(after[:_SAID], ("is", "the"))  # "4 g a day is the maximum"
    close = tuple(after[said + 2 : said + 4] if said is not None else after[:4])
    for word in ("maximum", "max", "limit", "ceiling", "tops", "upper"):
        if word in close and not {",", ";", "("} & set(close[: close.index(word)]):
            return word
    if phrase_at(before, ("the", "most")) is not None and before[-1] in ("is", "are") and _TAKEN & set(before):
        return "most"
    return next((w for w in header if w in _MAXIMUM), None)


_TAKEN: Final = word_set("take have use give safe allowed")


def _most_a_day(column: Sequence[str]) -> str | None:
    """Whether a column is headed "Most in a day" or the like."""
    return "most" if column[:1] == ("most",) and {"day", "daily", "24"} & set(column) else None


def period_named(around: Surroundings) -> Period | None:
    """The period that "daily", "per day", "24 hours" or "weekly" before the quantity or in the headers gives."""
    words = (*around.before(), *around.header)
    if "weekly" in words:
        return Period.WEEK
    phrases = (
        ("24", "hours"),
        ("per", "day"),
        ("a", "day"),
        ("upper", "level"),
        ("upper", "limit"),
        ("upper", "intake"),
    )
    by_day = (*words, *around.after()[:4])
    return Period.DAY if "daily" in words or any(phrase_at(by_day, p) is not None for p in phrases) else None


def phrase_at(words: Sequence[str], phrase: Sequence[str]) -> int | None:
    """Where `phrase` last begins in `words`, or None."""
    size = len(phrase)
    for i in range(len(words) - size, -1, -1):
        if tuple(words[i : i + size]) == tuple(phrase):
            return i
    return None


_ROUTES: Final[Mapping[str, Route]] = {
    **dict.fromkeys(("oral", "orally", "mouth", "swallow", "swallowed", "po", "chew", "chewable"), Route.ORAL),
    **dict.fromkeys(("intravenous", "intravenously", "iv", "infusion", "infused", "drip"), Route.INTRAVENOUS),
    **dict.fromkeys(("intramuscular", "intramuscularly", "im"), Route.INTRAMUSCULAR),
    **dict.fromkeys(("subcutaneous", "subcutaneously", "sc", "subq", "sq"), Route.SUBCUTANEOUS),
    **dict.fromkeys(("inject", "injected", "injection", "injections"), Route.INJECTION),
    **dict.fromkeys(("topical", "topically", "cream", "ointment", "apply", "applied", "skin"), Route.TOPICAL),
    **dict.fromkeys(
        ("inhaled", "inhale", "inhalation", "nebuliser", "nebulizer", "nebulised", "inhaler", "puff", "puffs"),
        Route.INHALATION,
    ),
    **dict.fromkeys(("nasal", "nasally", "nostril", "intranasal"), Route.NASAL),
    **dict.fromkeys(("eye", "eyes", "ophthalmic"), Route.OPHTHALMIC),
    **dict.fromkeys(("sublingual", "sublingually", "tongue"), Route.SUBLINGUAL),
    **dict.fromkeys(("rectal", "rectally", "suppository"), Route.RECTAL),
    **dict.fromkeys(("vaginal", "vaginally"), Route.VAGINAL),
    **dict.fromkeys(("transdermal", "patch", "patches"), Route.TRANSDERMAL),
    **dict.fromkeys(("intrathecal",), Route.INTRATHECAL),
}  # fmt: skip
_ORAL_FORMS: Final = word_set(
    "tablet tablets capsule capsules caplet caplets pill pills softgel softgels gummy gummies lozenge lozenges tab cap"
)


def route(around: Surroundings) -> Route | None:
    """The route that the sentence or the headers name, if any; tablets and the like are taken by mouth."""
    sentence = around.sentence()
    words = (*around.after(), *reversed(around.before()), *sentence, *around.header)
    found = next((_ROUTES[w] for w in words if w in _ROUTES and w not in ("eye", "eyes", "skin")), None)
    if found is not None:
        return Route.SUBCUTANEOUS if found is Route.TOPICAL and {"under", "skin"} <= set(sentence) else found
    if "eye" in words and {"drop", "drops"} & set(words):
        return Route.OPHTHALMIC
    return Route.ORAL if set(words) & _ORAL_FORMS else None


_PRODUCTS: Final = (
    (("extended", "release"), "extended-release"), (("modified", "release"), "extended-release"),
    (("slow", "release"), "extended-release"), (("prolonged", "release"), "extended-release"),
    (("sustained", "release"), "extended-release"), (("immediate", "release"), "immediate-release"),
    (("extra", "strength"), "extra-strength"), (("regular", "strength"), "regular-strength"),
    (("maximum", "strength"), "maximum-strength"), (("low", "dose"), "low-dose"), (("er",), "extended-release"),
    (("xr",), "extended-release"), (("sr",), "extended-release"), (("ir",), "immediate-release"),
)  # fmt: skip


def product(words: Sequence[str]) -> str:
    """The preparation that `words` name: "extended-release", "extra-strength"…, or ""."""
    plain = tuple(w for w in words if w not in "-‐‑")
    for phrase, name in _PRODUCTS:
        if phrase_at(plain, phrase) is not None:
            return name
    return ""
