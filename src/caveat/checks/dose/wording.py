"""What the words around a dose say: its sentence, whether it is called usual, whether the sentence is an order."""

from __future__ import annotations

from typing import Final

from caveat.analysis.doses.tokens import word_set
from caveat.analysis.facts import Direction, Dose
from caveat.checks.dose.setting import Setting
from caveat.packs.scope import MARKETING
from caveat.packs.when.disclosure import DisclosureKind
from caveat.regex import regex

_TO_READERS: Final = regex(
    r"\b(?:you (?:need|want|should|must|have to)|(?:i|we) (?:recommend|suggest|advise)|is recommended)\b"
)
_HARMFUL: Final = frozenset({DisclosureKind.SIDE_EFFECTS, DisclosureKind.KEY_WARNING})
_EXCESS: Final = regex(
    r"\b(?:times|above|over|beyond|exceeds?|exceeding|pass(?:es|ing)?|double|twice|triple) the "
    r"(?:(?:adult|daily|safe|tolerable|recommended|usual|label(?:'s|’s)?) )*"
    r"(?:upper|limit|maximum|ceiling|label|amount|level)"
)
_TOO_MUCH: Final = regex(
    r"[^;,]*?\b(?:is|are|was|were|would be|can be|may be) (?:far |way |much |simply |just )?"
    r"(?:too (?:much|high)|more than (?:is|anyone|anybody|most|you|needed)|excessive|unsafe|not safe|"
    r"dangerous|toxic|harmful)\b"
)
_APART: Final = regex(r"\b(?:12|twelve)[- ]hours? (?:apart|intervals?)|\bevery (?:12|twelve) hours|\b12[- ]hourly")
_ADVISED: Final = regex(r"\byou (?:should|must|need to|have to|can|may) ")
_SUPPOSED: Final = regex(
    r"\b(?:if you(?:['’]re| are)?(?: already| currently| now)?|"
    r"(?:when|once) you(?:['’]re| are) (?:already|currently|now))"
    r" (?:drink|take|taking|use|using|took)\b(?P<object>[^,;]*)$"
)
_TELLING: Final = word_set("you will would")  # what a reader is told with, beside verbs
_ORDER: Final = 6  # words of an order before its dose
WORD: Final = regex(r"\w+")
_NEAR: Final = 90  # code points before a dose in which a word speaks of it
_LONG: Final = 800  # of a sentence that is read as a whole


def called_usual(setting: Setting, dose: Dose) -> bool:
    """Whether the dose is called the usual one, near enough before it in its sentence to speak of it."""
    text = setting.block(dose.block).text
    sentence = setting.reader.sentence(dose)
    start = max(sentence.span.start if sentence else 0, dose.span.start - _NEAR)
    said = text[start : dose.span.start].lower().replace(",", " ").split()
    return not setting.reader.words.advice.usual.isdisjoint(said)


def text_before(setting: Setting, dose: Dose) -> str:
    """What of the dose's sentence stands before it, in lower case."""
    sentence = setting.reader.sentence(dose)
    return setting.block(dose.block).text[sentence.span.start if sentence else 0 : dose.span.start].lower()


def words_before(setting: Setting, dose: Dose) -> list[str]:
    """The words of the dose's sentence that stand before it, in order."""
    return WORD.findall(text_before(setting, dose))


def own_words(setting: Setting, substance: str) -> frozenset[str]:
    """The words by which the page and the lexicon call a substance."""
    return frozenset((*WORD.findall(setting.name(substance).lower()), *substance.split("-"))) - {""}


def product_of(setting: Setting, dose: Dose) -> str:
    """The name that the dose's block stands under or opens with, other than that of its substance; or ""."""
    name = setting.names[dose.block]
    return "" if own_words(setting, dose.substance).issuperset(name.split()) else name


def sentence_words(setting: Setting, dose: Dose) -> frozenset[str]:
    """The words of the dose's sentence, or those near it where the sentence is very long."""
    return frozenset(w.strip(".,;:()*“”") for w in _said(setting, dose).split())


def directed(setting: Setting, dose: Dose, orders: frozenset[str] | None = None) -> bool:
    """Whether the sentence orders the reader to take the dose: "take", "for best results, take", "you should take".

    `orders` are the verbs that do, if others than those that always do.
    """
    verbs = setting.reader.words.advice.orders if orders is None else orders
    said = text_before(setting, dose)
    order = _ADVISED.search(said)
    words = (said[order.end() :] if order is not None else said.rpartition(", ")[2]).split()
    return bool(words) and words[0] in verbs and len(words) <= _ORDER


def header_words(setting: Setting, dose: Dose) -> frozenset[str]:
    """The words of the table headers that govern the dose."""
    cell = setting.block(dose.block).cell
    return word_set(f"{cell.row_header} {cell.column_header}".lower()) if cell is not None else frozenset()


def _said(setting: Setting, dose: Dose) -> str:
    """The dose's sentence in lower case, or what is near the dose where the sentence is very long."""
    sentence = setting.reader.sentence(dose)
    text = setting.block(dose.block).text
    said = sentence.span.of(text) if sentence else text
    if len(said) > _LONG:
        said = text[max(0, dose.span.start - _LONG // 2) : dose.span.end + _LONG // 2]
    return said.lower()


def rest_of_sentence(setting: Setting, dose: Dose) -> str:
    """The text of the dose's sentence after it, as far as it can speak of the dose."""
    text = setting.block(dose.block).text
    sentence = setting.reader.sentence(dose)
    return text[dose.span.end : min(sentence.span.end if sentence else len(text), dose.span.end + _LONG)]


def over_one_day(setting: Setting, dose: Dose) -> bool:
    """Whether a week's dose is split over one day, as the label of methotrexate allows: three doses, 12 hours apart.

    Only what the reference calls weekly is split so.
    """
    if not setting.reference.weekly(dose.substance):
        return False
    words = sentence_words(setting, dose)
    return "doses" in words and bool({"week", "weekly"} & words) and _APART.search(_said(setting, dose)) is not None


def advised(setting: Setting, dose: Dose) -> bool:
    """Whether readers are told to take the dose: "try at least …", "you need …", "I recommend …"."""
    advice = setting.reader.words.advice
    return (
        directed(setting, dose, advice.orders | advice.urging)
        or _TO_READERS.search(text_before(setting, dose)) is not None
    )


def supposed(setting: Setting, dose: Dose) -> bool:
    """Whether the dose is what a reader may be taking already: "if you drink 600 mg of caffeine a day".

    Between the verb and the dose stands its object alone: "if you take it regularly you may go up to 6 g" tells to.
    """
    found = _SUPPOSED.search(text_before(setting, dose))
    if found is None or advised(setting, dose):
        return False
    words = setting.reader.words
    verbs = words.advice.directives | words.advice.urging | words.advice.climbing | words.bounds.verbs
    verbs |= words.roles.changed | _TELLING
    return verbs.isdisjoint(WORD.findall(found["object"]))


def tells_harm(setting: Setting, dose: Dose) -> bool:
    """Whether the dose's sentence tells of a harm: "side effects are common at 2,500 mg a day"."""
    sentence = setting.reader.sentence(dose)
    if sentence is None:
        return False
    claims = setting.analysis.claims_by_block.get(dose.block, ())
    if any(c.direction is Direction.HARM and sentence.span.contains(c.span) for c in claims):
        return True
    told = setting.analysis.disclosures_by_block.get(dose.block, ())
    return any(d.kind in _HARMFUL and sentence.span.contains(d.span) for d in told)


def admits_excess(setting: Setting, dose: Dose) -> bool:
    """Whether the sentence tells of the excess itself: "some take 25,000 IU, twice the upper level".

    A seller who does so boasts of it.
    """
    if setting.analysis.profile in MARKETING:
        return False
    words = words_before(setting, dose)
    if words and words[0] in setting.reader.words.advice.orders:
        return False
    rest = rest_of_sentence(setting, dose).lower()
    return _EXCESS.search(rest) is not None or _TOO_MUCH.match(rest) is not None
