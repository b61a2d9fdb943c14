"""Directions that lack what a reader needs: how often, by which route, for what age or weight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from caveat.analysis.doses.frequencies import Manner, frequencies
from caveat.analysis.doses.numbers import whole_number
from caveat.analysis.doses.tokens import Token, read_line, word_set
from caveat.analysis.facts import Concept, Dose, DoseRole, Mention
from caveat.checks.dose.setting import Hit, Setting, dose_text
from caveat.checks.dose.wording import called_usual, directed, rest_of_sentence
from caveat.document import BlockKind
from caveat.packs.units import Dimension
from caveat.packs.when.dose import DoseWhen
from caveat.regex import regex
from caveat.source import Span

_TIMED: Final = word_set(
    "when before after during single once one-time bedtime morning night hour hours day days "
    "daily week weekly meal meals "
    "needed dose-escalation immediately symptoms attack first missed a then until per each test loading extra within"
)
_CHILD_WORDS: Final = word_set(
    "child children kids kid toddler toddlers infant infants baby babies newborn newborns"
)  # fmt: skip
_AGE_OR_WEIGHT: Final = word_set(
    "kg kilogram kilograms kilo lb lbs pounds pound weight months month years year year-old "
    "year-olds age aged ages weighs weighing"
)
_GIVING: Final = word_set("give gives take takes have get gets use need needs dose receive swallow can should may")
_HOLDING: Final = word_set("contain contains containing holds")  # what is said of a liquid, and no direction
_HANDING: Final = word_set("give gives take takes have get gets receive swallow")
_OPEN_ROLES: Final = frozenset((DoseRole.SINGLE, DoseRole.TOTAL, DoseRole.STARTING))


def incomplete(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """A direction to take a dose that never says how often, in a block that has no frequency at all."""
    for dose in setting.analysis.doses:
        block = setting.block(dose.block)
        if (
            dose.role not in _OPEN_ROLES
            or not dose.substance
            or dose.frequency_text
            or dose.period
            or dose.as_needed
            or dose.per
        ):
            continue
        if (
            block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            or setting.units.units[dose.unit].dimension is Dimension.FORM
        ):
            continue
        standard = called_usual(setting, dose)
        if not (standard or directed(setting, dose)) or _timed(setting, dose) or _in_proportion(setting, dose):
            continue
        if dose.sentence >= 0 and any(
            h.sentence == dose.sentence and h.span.start < dose.span.start
            for h in setting.analysis.doses_by_block[dose.block]
        ):
            continue
        missing = "how often" if dose.route or _one_route(setting, dose) else "how often and by which route"
        fills = {
            "dose": dose_text(dose),
            "substance": setting.name(dose.substance),
            "wanted": missing,
            "frequency": missing,
        }
        yield Hit(dose.block, dose.span, fills, (dose.text,), dose=dose)


def unitless(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """An order to take a number without its unit: "take 50 of levothyroxine", "take metformin 500 twice a day".

    Behind the name a number is one where how often it is taken follows; a few of something are tablets of it. Where
    the name is part of another ("12 garlic cloves", "of aspirin's critics") or a food, the number counts things.
    """
    ends, orders = setting.reader.words.statements.object_ends, setting.reader.words.advice.orders
    for index, block in setting.figured:
        mentions = setting.reader.mentions.taken(index)
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not mentions:
            continue
        reading, tokens = setting.reading(index), setting.tokens(index)
        measured = {i for q in reading.quantities for i in range(q.first, q.last + 1)} if reading is not None else set()
        begun, ended = {m.span.start: m for m in mentions}, {m.span.end: m for m in mentions}
        for i, token in enumerate(tokens[1:-1], start=1):
            if i in measured or (whole_number(token.text) or 0) < _A_FEW:
                continue
            before, after = tokens[i - 1], tokens[i + 1]
            of = after.word == "of" and i + 2 < len(tokens)
            named = begun.get(tokens[i + 2].start if of else after.start)
            if before.word in orders:
                named = named if named is not None and _counts_amount(tokens, named, ends) else None
            else:
                named = ended.get(before.end) if _often_at(tokens, i + 1) else None
                first = _token_at(tokens, named.span.start) if named is not None else 0
                named = named if first and tokens[first - 1].word in orders else None
            if named is not None:
                start = min(token.start, named.span.start)
                end = max(token.end, named.span.end)
                fills = {"value": token.text, "substance": named.text}
                yield Hit(index, Span(start, end), fills, (token.text,))


_A_FEW: Final = 10


def _token_at(tokens: Sequence[Token], offset: int) -> int:
    return bisect_left(tokens, offset, key=lambda token: token.start)


def _counts_amount(tokens: Sequence[Token], named: Mention, ends: Collection[str]) -> bool:
    """Whether a number before a name is of what it names: none of a food, or of what is called by more than the name.

    Behind the name its clause ends, or how often, when or what for it is taken follows.
    """
    at = _token_at(tokens, named.span.end)
    ended = at >= len(tokens) or tokens[at].word in ends or tokens[at].text in _SIGNS or _often_at(tokens, at)
    return ended and named.concept is not Concept.FOOD


_SIGNS: Final = frozenset(".,;:!?()…–—")  # with which a clause ends


def _often_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words at a token tell how often something is taken."""
    text = " ".join(t.text for t in tokens[at : at + _OFTEN])
    return any(f.first == 0 and f.manner in _TOLD for f in frequencies(read_line(text)))


_TOLD: Final = (Manner.TIMES, Manner.PERIOD, Manner.TIMING)
_OFTEN: Final = 4  # words that tell how often


def _in_proportion(setting: Setting, dose: Dose) -> bool:
    """Whether the dose goes by the amount of another: "1 mg of copper for every 15 mg of zinc"."""
    return _FOR_EVERY.search(rest_of_sentence(setting, dose).lower()) is not None


_FOR_EVERY: Final = regex(r"\b(?:for (?:every|each)|per) \d")


def _one_route(setting: Setting, dose: Dose) -> bool:
    """Whether what the reference knows of the substance is all taken one way, so that the route is plain."""
    return len({band.route for band in setting.reference.bands(dose.substance)}) == 1


def _timed(setting: Setting, dose: Dose) -> bool:
    reading = setting.reading(dose.block)
    if reading is None:
        return True
    if any(f.manner is not Manner.TIMING for f in reading.frequencies) or any(
        d.frequency or d.period for d in setting.analysis.doses_by_block[dose.block]
    ):
        return True
    at = reading.token_at(dose.span.start)
    first, last = reading.sentence_of(at)
    words = {t.word for t in reading.line.tokens[first:last]}
    return bool(words & (_TIMED - {"a", "dose"}))


def pediatric(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """A child's dose without weight, age or the strength of the liquid."""
    told: set[int] = set()
    for dose in setting.analysis.doses:
        if dose.per == "kg" or dose.role not in _OPEN_ROLES or not _young(dose):
            continue
        reading = setting.reading(dose.block)
        if reading is None or dose.sentence in told:
            continue
        at = reading.token_at(dose.span.start)
        first, last = reading.sentence_of(at)
        words = {t.word for t in reading.line.tokens[first:last]}
        above = " ".join((*setting.block(dose.block).section[-1:], _headers(setting, dose))).lower().split()
        if not words & _CHILD_WORDS or not (words & _GIVING or dose.frequency) or (words | set(above)) & _AGE_OR_WEIGHT:
            continue
        if words & _HOLDING and not words & _HANDING:
            continue
        if any(ch.isdigit() for word in above for ch in word) or _by_weight(setting, dose):
            continue
        if _worked_out(setting, dose):
            continue
        told.add(dose.sentence)
        start, end = reading.line.tokens[first].start, reading.line.tokens[last - 1].end
        span = type(dose.span)(start, end)
        yield Hit(
            dose.block, span, {"dose": dose_text(dose), "wanted": "age, weight and strength"}, (dose.text,), dose=dose
        )


def _young(dose: Dose) -> bool:
    """Whether it is for children of whom no age is told."""
    return dose.people is not None and dose.people.young and not dose.ages


def _headers(setting: Setting, dose: Dose) -> str:
    cell = setting.block(dose.block).cell
    lead = setting.block(dose.block).lead
    headers = f"{cell.row_header} {cell.column_header}" if cell else ""
    return f"{headers} {setting.block(lead).text}" if lead is not None else headers


def _by_weight(setting: Setting, dose: Dose) -> bool:
    return any(d.per == "kg" and d.sentence == dose.sentence for d in setting.analysis.doses_by_block[dose.block])


def _worked_out(setting: Setting, dose: Dose) -> bool:
    """Whether the sentence works out what a volume of a liquid holds, whose strength it tells."""
    here = [d for d in setting.analysis.doses_by_block[dose.block] if d.sentence == dose.sentence]
    liquid = any(d.role is DoseRole.STRENGTH and d.per == "mL" for d in here)
    return liquid and not any(directed(setting, d) or d.frequency for d in here)
