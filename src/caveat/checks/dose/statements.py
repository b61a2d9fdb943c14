"""What a stated dose holds for: its subject, whether it is for everybody, and whether the page stands by it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from caveat.analysis.doses.numbers import whole_number
from caveat.analysis.doses.tokens import Token, word_set
from caveat.analysis.facts import Concept, Dose, DoseRole, People, Sentence
from caveat.checks.dose.setting import Setting, Stance
from caveat.checks.dose.steps import step_of
from caveat.packs.reference import Period, Route
from caveat.packs.units import Dimension

_TAIL: Final = 8  # tokens behind a dose in which a condition is told
_AGES: Final = range(1, 110)


def subject_of(setting: Setting, dose: Dose) -> tuple[str, ...]:
    """What two statements of a kind must have in common to be held against each other."""
    bound = dose.role is DoseRole.MAXIMUM
    return (
        *what_is_taken(setting, dose),
        "week" if bound and dose.period is Period.WEEK else "",
        "" if bound else dose.indication,
    )


def what_is_taken(setting: Setting, dose: Dose) -> tuple[str, ...]:
    """Whose dose of what it is: substance, people, product, route, measure, case of a table, and what is counted."""
    product = dose.product if dose.product and (setting.units.is_form(dose.unit) or _tells_apart(setting, dose)) else ""
    route = "" if dose.route in (None, Route.ORAL) else dose.route
    return (
        dose.substance,
        people_of(dose),
        product,
        route,
        dose.per,
        setting.measure(dose),
        _case(setting, dose),
        _object(setting, dose),
    )


def people_of(dose: Dose) -> str:
    """Who takes a dose, where that is not every adult."""
    return "" if dose.people in (None, People.ADULT) and not dose.ages else dose.population


def _case(setting: Setting, dose: Dose) -> str:
    """The product or use that a table header holds a dose to: "arthritis caplets"; "" where it is for every case."""
    cell = setting.block(dose.block).cell
    if cell is None or dose.product:
        return ""
    return "; ".join(
        setting.block(header).text.lower() for header in setting.reader.mentions.header_blocks(dose.block)
        if _tells_a_case(setting, dose, header)
    )  # fmt: skip


def _tells_a_case(setting: Setting, dose: Dose, header: int) -> bool:
    mentions, any_case = setting.reader.mentions, setting.reader.words.restrictions.any_case
    if any(m.concept is Concept.CONDITION for m in mentions.by_block.get(header, ())):
        return True
    words = word_set(setting.block(header).text.lower().replace(",", " "))
    general = words & any_case or mentions.taken(header) or dose.people is not None
    return bool(words) and not general and step_of(setting, dose) is None


def _tells_apart(setting: Setting, dose: Dose) -> bool:
    """Whether the product is a preparation of its own rather than another name of the substance."""
    bands = setting.reference.bands(dose.substance)
    return "-" in dose.product or any(b.product == dose.product for b in bands)


def _object(setting: Setting, dose: Dose) -> str:
    """What is counted or measured beyond the substance: "cough" of "a teaspoon of the cough syrup".

    The reader of doses knows only what the lexicon names, and takes the syrup for the substance that the page is on.
    A dose that does not say goes on with what the sentence has named.
    """
    if setting.units.units[dose.unit].dimension not in (Dimension.FORM, Dimension.VOLUME):
        return ""
    here = setting.analysis.doses_by_block[dose.block]
    at = bisect_right(here, dose.span.start, key=lambda d: d.span.start)
    said = [d for d in here[max(0, at - _GOES_ON) : at] if d.sentence == dose.sentence]
    return next((found for d in reversed(said) if (found := _named_object(setting, d))), "")


def _named_object(setting: Setting, dose: Dose) -> str:
    reading = setting.reading(dose.block)
    if reading is None:
        return ""
    at = reading.token_at(dose.span.end)
    words = [t.word for t in reading.line.tokens[at : min(at + _OBJECT, reading.sentence_of(at - 1)[1])]]
    if words[:1] != ["of"]:
        return ""
    known = setting.reader.words
    own = f"{setting.name(dose.substance)} {dose.substance}".lower().replace("-", " ").split()
    told = {*own, *known.preparations.form_of} | known.statements.generic | known.lookalikes.liquids
    end = next((i for i, word in enumerate(words) if word in known.statements.object_ends or word in ".,;:()"), None)
    return " ".join(word for word in words[1:end] if word not in told)


_GOES_ON: Final = 4  # doses of a sentence
_OBJECT: Final = 5  # words from "of" in which what is taken is named


def holds_for_all(setting: Setting, dose: Dose, *, named: bool = True, unless_advised: bool = False) -> bool:
    """Whether a statement holds for everybody: no condition, comparison or other people in its sentence, no quotation.

    With `named`, its substance must be known. With `unless_advised`, "unless your doctor tells you to" restricts
    nothing, since it is no other reader's dose.
    """
    if (named and not dose.substance) or dose.alternate or dose.as_needed or dose.combined or dose.at_least:
        return False
    if (dose.people is not None and dose.people.few) or dose.duration or setting.quoted(dose):
        return False
    reading = setting.reading(dose.block)
    if reading is None:
        return False
    tokens = reading.line.tokens
    at = reading.token_at(dose.span.start)
    first, last = reading.sentence_of(at)
    before = [t.word for t in tokens[first:at]]
    after = [t.word for t in tokens[at + 1 : min(last, at + 1 + _TAIL)]]
    conditional = "if" in before and not dose.product
    known = setting.reader.words.restrictions
    restricted = not known.cases.isdisjoint(before) or _on_a_label(setting, before)
    if restricted or conditional or _bounded_by_age(setting, tokens[first:at]):
        return False
    advised = unless_advised and not known.advisers.isdisjoint(t.word for t in tokens[at:last])
    return not ({"if", "who"} if advised else {"if", "who", "unless"}) & set(after)


def _bounded_by_age(setting: Setting, tokens: Sequence[Token]) -> bool:
    """Whether a bare number is an age that bounds who is spoken of: "over 70 the recommended dose is"."""
    bounds = setting.reader.words.restrictions.age_bounds
    return any(
        one.word in bounds and whole_number(number.text) in _AGES
        and after.text != "%" and setting.units.unit(after.word) is None
        for one, number, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )  # fmt: skip


def _on_a_label(setting: Setting, words: Sequence[str]) -> bool:
    """Whether a statement is one of labels only ("the label maximum is"), not one that the page hands on."""
    said = setting.reader.words.statements
    return any(word in said.labels and not _hands_on(setting, words, i) for i, word in enumerate(words))


def _hands_on(setting: Setting, words: Sequence[str], at: int) -> bool:
    """Whether the page tells what the label at a place says: "the label says", "according to the packet"."""
    said = setting.reader.words.statements
    verb = next((word for word in words[at + 1 :] if word not in said.between), "")
    return verb in said.saying or tuple(words[max(0, at - 3) : at]) == ("according", "to", "the")


def told_against(setting: Setting, one: Dose, other: Dose) -> bool:
    """Whether the page tells what a label, packet or leaflet says only to set it against the other statement.

    "The label says two a day" is the page's own word as long as nothing contrasts the two: "but", "too much", "we
    advise", in either sentence, behind the first or before the second.
    """
    both = ((one, other), (other, one))
    return any(from_label(setting, dose) and _contrasted(setting, dose, told) for dose, told in both)


def from_label(setting: Setting, dose: Dose) -> bool:
    """Whether the sentence hands on what a label, packet or leaflet says: "the label says to take"."""
    return _stance(setting, dose, 0).label


def _contrasted(setting: Setting, label: Dose, other: Dose) -> bool:
    """Whether a contrast stands in either sentence, in the one behind the label's, or in the one before the other."""
    places = ((label, 0), (label, 1), (other, -1), (other, 0))
    return any(_stance(setting, dose, step).contrast for dose, step in places)


def _stance(setting: Setting, dose: Dose, step: int) -> Stance:
    """That of the sentence so many after the dose's in its block, read once; none where the block ends."""
    place = (dose.block, dose.sentence + step)
    if place not in setting.stances:
        setting.stances[place] = _read_stance(setting, *place)
    return setting.stances[place]


def _read_stance(setting: Setting, block: int, number: int) -> Stance:
    sentences = setting.analysis.sentences
    if not 0 <= number < len(sentences) or sentences[number].block != block:
        return Stance(label=False, contrast=False)
    said = setting.reader.words.statements
    words = _words(setting, sentences[number])
    label = any(word in said.sources and _hands_on(setting, words, i) for i, word in enumerate(words))
    return Stance(label, contrast=not said.contrast.isdisjoint(words))


def _words(setting: Setting, sentence: Sentence) -> list[str]:
    """The words of a sentence in lower case, without their stops."""
    text = sentence.span.of(setting.block(sentence.block).text).lower()
    return [word.strip(".,;:()“”\"'") for word in text.split()]
