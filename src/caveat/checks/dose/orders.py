"""Plain orders: "Take 200 mg twice a day" in one place, "take 400 mg twice a day" in another, and nothing between them.

Two orders contradict each other only where nothing makes them two cases: no other reader, use, product, strength, week
or time of the day, and no "or". Whatever is not known to be the same case is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caveat.analysis.facts import Dose, DoseRole, Sentence
from caveat.checks.dose.setting import Setting
from caveat.checks.dose.statements import from_label, holds_for_all
from caveat.checks.dose.steps import step_of
from caveat.checks.dose.wording import WORD, own_words, product_of, rest_of_sentence, words_before
from caveat.document import BlockKind
from caveat.packs.reference import Period

_ROLES: Final = frozenset((DoseRole.SINGLE, DoseRole.TOTAL, DoseRole.MAINTENANCE))
_BETWEEN: Final = 3  # sentences before an order that may open another case
_HOURS: Final = frozenset(("hour", "hours", "hourly"))
_COUNTS: Final = frozenset(("once", "twice", "times", "daily", "day"))


def is_order(setting: Setting, dose: Dose) -> bool:
    """Whether every reader is plainly told to take so much of a known substance so often."""
    block = setting.block(dose.block)
    if dose.role not in _ROLES or block.cell is not None or block.kind.names or dose.low_unit or dose.per:
        return False
    often = dose.period is Period.DAY or dose.frequency is not None
    if not often or not holds_for_all(setting, dose) or step_of(setting, dose) is not None:
        return False
    return (_ordered(setting, dose) or from_label(setting, dose)) and _plain_behind(setting, dose)


def cadence(setting: Setting, dose: Dose) -> str:
    """How it is told how often a dose is taken: by the hour, by the day, or at a time of the day, which is then told.

    "Two at breakfast" and "one at night" are no two ways to tell one dose, nor is what is split over the day.
    """
    words = WORD.findall(dose.frequency_text.lower())
    times = sorted(setting.reader.words.orders.times.intersection(WORD.findall(_sentence_text(setting, dose))))
    often = "hours" if not _HOURS.isdisjoint(words) else "counts" if not _COUNTS.isdisjoint(words) else "times"
    once = dose.period is not Period.DAY and dose.frequency == 1
    return " ".join((often, *(times if once else ())))


def of_two_cases(setting: Setting, one: Dose, other: Dose) -> bool:
    """Whether the page may mean two cases by two orders: two items, products, sections, strengths, or "if" between."""
    first, second = setting.block(one.block), setting.block(other.block)
    if first.kind is BlockKind.LIST_ITEM and second.kind is BlockKind.LIST_ITEM and first.section == second.section:
        return True
    if product_of(setting, one) != product_of(setting, other) or _strengths_differ(setting, one, other):
        return True
    if _another_section(setting, first.section, second.section, one.substance):
        return True
    return any(_opens_a_case(setting, dose) for dose in (one, other))


def _ordered(setting: Setting, dose: Dose) -> bool:
    """Whether an order with nothing but plain words before its verb leads to the dose."""
    words, known = words_before(setting, dose), setting.reader.words
    verbs = known.advice.directives
    at = next((i for i, word in enumerate(words) if word in verbs), None)
    if at is None:
        return False
    lead = words[:at]
    if lead[-1:] and lead[-1] in known.orders.must:
        lead = lead[:-1]
    return set(words[at + 1 :]) | set(lead) <= known.orders.plain | known.statements.generic | own_words(
        setting, dose.substance
    )


def _plain_behind(setting: Setting, dose: Dose) -> bool:
    """Whether nothing behind the dose sets a case apart, up to where a reason is told."""
    known = setting.reader.words.orders
    words = WORD.findall(rest_of_sentence(setting, dose).lower())
    reason = next((i for i, word in enumerate(words) if word in known.reasons), len(words))
    return set(words[:reason]) <= _general(setting, dose) | known.times


def _general(setting: Setting, dose: Dose) -> frozenset[str]:
    """The words that set no case apart beside a dose: plain ones and the names of what is taken."""
    known = setting.reader.words
    taken = known.advice.directives | own_words(setting, dose.substance)
    return known.orders.plain | known.statements.generic | taken


def _strengths_differ(setting: Setting, one: Dose, other: Dose) -> bool:
    """Whether the orders are of tablets that the page has in several strengths, or each of its own."""
    if (one.form or other.form) and (one.low, one.unit, one.form) != (other.low, other.unit, other.form):
        return True
    if not setting.units.is_form(one.unit):
        return False
    return len(setting.strength_amounts.get(one.substance, ())) > 1


def _another_section(setting: Setting, one: Sequence[str], other: Sequence[str], substance: str) -> bool:
    """Whether a heading above one order and not the other may name a case of its own."""
    if one == other:
        return False
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    known = setting.reader.words.orders.headings | own_words(setting, substance)
    return not all(known.issuperset(WORD.findall(heading.lower())) for heading in (*one[shared:], *other[shared:]))


def _opens_a_case(setting: Setting, dose: Dose) -> bool:
    """Whether one of the sentences before an order opens a case: "some need more", "for bad nights:", a question."""
    sentences, at = setting.analysis.sentences, dose.sentence
    otherwise = setting.reader.words.orders.otherwise
    section = setting.block(dose.block).section
    for sentence in reversed(sentences[max(0, at - _BETWEEN) : max(at, 0)]):
        block = setting.block(sentence.block)
        if block.section != section or block.kind.names:
            break
        text = _text(setting, sentence)
        near, words = sentence.block == dose.block, set(WORD.findall(text))
        if text.endswith(":" if not near else "?"):
            return not words <= setting.reader.words.orders.headings
        if not otherwise.isdisjoint(words):
            return True
        if not near:
            break  # further up it is said of something else
    return False


def _sentence_text(setting: Setting, dose: Dose) -> str:
    sentence = setting.reader.sentence(dose)
    return _text(setting, sentence) if sentence is not None else setting.block(dose.block).text.lower()


def _text(setting: Setting, sentence: Sentence) -> str:
    return sentence.span.of(setting.block(sentence.block).text).lower().rstrip()
