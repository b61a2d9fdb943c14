"""Who a claim is about: the words before its predicate, or what a pronoun or nothing at all stands for."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.analysis.facts import Concept, Mention
from caveat.analysis.grammar import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    HELP,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    is_adverb,
    is_open,
)
from caveat.analysis.mentions import Placed
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.sentence import SentenceView
from caveat.values import dataclass

_REACH = 16
_AGENT = 4
_PRONOUNS = frozenset({"it", "this", "these", "they", "that", "those", "them", "which"})
_NO_AGENTS = _PRONOUNS | DETERMINERS
_USED = frozenset({"it", "them"})
ALONE = frozenset({"it", "they"})  # what follows one is a verb
_STANDING = (_PRONOUNS & SUBJECT_PRONOUNS) - RELATIVES
_GENERIC = frozenset(
    {"dose", "doses", "dosage", "drug", "medication", "medicine", "treatment", "therapy", "supplement", "product",
     "products", "supplements", "formula", "regimen", "compound", "compounds", "remedy", "ingredients", "ingredient",
     "herb", "herbs", "extract", "formulation", "blend", "capsule", "capsules", "tincture", "preparation",
     "intake", "serving", "servings", "spoonful", "drop", "drops", "scoop", "scoops", "gummy", "gummies", "pill",
     "pills", "tablet", "tablets", "sachet", "sachets", "lozenge", "lozenges", "softgel", "softgels", "drip", "drips",
     "infusion", "infusions", "jab", "jabs"}
)  # fmt: skip
_SPARE = frozenset(  # words beside a pronoun that name nothing: "taking it daily", "each of these four"
    {"daily", "nightly", "weekly", "regularly", "once", "twice", "day", "night", "morning", "bedtime", "two", "three",
     "four", "five", "six", "seven", "ten", "one", "every"}
)  # fmt: skip
_OWNING = frozenset({"its", "their"})
_STAND_IN = _GENERIC | _OWNING | _PRONOUNS | RELATIVES
SOLD = frozenset(
    {"product", "products", "supplement", "supplements", "formula", "herbs", "herb", "formulation", "blend",
     "capsule", "capsules", "tincture", "remedy", "remedies", "tonic", "tonics", "ingredients"}
)  # fmt: skip
_HELPING = AUXILIARIES | HELP | {"to", "not"}
_VERBS = frozenset({Shape.ACTIVE, Shape.COORDINATE, Shape.IMPERATIVE, Shape.PASSIVE})
_COMPARED = frozenset({"of", "than", "as", "to", "like", "without"})  # "the relief of ibuprofen"
_NOUN_REACH = 4  # words between an article and "that" behind its noun
_NEW = frozenset({"a", "an"})  # articles of what has not been named before
_LISTING = frozenset({",", ";"})
_BLOCKS_BACK = 2  # how far back "it" looks for what it stands for, headings aside
_FRONTING = PREPOSITIONS | frozenset(
    {"if", "when", "while", "although", "though", "besides", "unlike", "instead", "along", "together", "apart", "aside",
     "whether", "rather"}
)  # fmt: skip
_TESTS = frozenset(
    {"test", "tests", "testing", "level", "levels", "assay", "measurement", "measurements", "screening",
     "receptor", "receptors"}
)  # fmt: skip
_MEANS_LINKS = frozenset({"with", "using", "to", "through", "via"})
OWN_PRODUCT = "own-product"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who the claim is about: a mention where one is known, and the words that stand for it."""

    mention: Mention | None
    text: str


def subject_of(sentence: SentenceView, predicate: Predicate) -> Subject:
    """The subject of a predicate: named before it, sold by the page, or what a pronoun or a gap refers to."""
    low = _own_clause(sentence, sentence.left(predicate.start), predicate.start)
    named = sentence.interventions(low, predicate.start)
    beside = _beside(sentence, low, predicate.start, named) if named else []
    high = predicate.start if beside else _before_earlier(sentence, low, predicate)
    named = [p for p in beside or named if p.end <= high and not _measured(sentence, p)]
    if named:
        return Subject(named[0].mention, named[0].mention.text)
    if predicate.shape is Shape.NOUN and sentence.norm(predicate.end) == "of":
        behind = sentence.interventions(predicate.end, min(predicate.end + 6, sentence.end))
        if behind:
            return Subject(behind[0].mention, behind[0].mention.text)
    text = sentence.text(low, _end_of_subject(sentence, low, high))
    own = own_product(sentence, low, high)
    if own is not None:
        return Subject(own, own.text)
    if predicate.shape is Shape.IMPERATIVE:
        inherited = _antecedent(sentence, low) if _promises(sentence, predicate.start) else None
        return Subject(_means(sentence, predicate) or inherited, "")
    if _stands_for_another(sentence, low, high):
        return Subject(_antecedent(sentence, low) or _means(sentence, predicate) or _sold(sentence, low, high), text)
    boundary = sentence.norm(low - 1)
    if any(map(is_open, sentence.norms[low:high])):
        inserted = boundary in RELATIVES and not (predicate.shape is Shape.ACTIVE and _told(sentence, low))
        meant = _antecedent(sentence, low) if inserted else _with_what(sentence, predicate)
        return Subject(meant, text)
    if boundary == "which":
        head = _head(sentence, low - 1)
        if head is not None:
            return head
    return Subject(_means(sentence, predicate) or _antecedent(sentence, low), text)


def _measured(sentence: SentenceView, placed: Placed) -> bool:
    """Whether a thing is only what a test looks for or a receptor takes up: "DHEA testing helps evaluate …"."""
    return sentence.norm(placed.end) in _TESTS


def _own_clause(sentence: SentenceView, low: int, high: int) -> int:
    """Where a clause that "that" opens begins: in "tests confirm that VitaGlow lowers …" tests lower nothing."""
    own = sentence.after_that(low, high)
    if own == low or sentence.norms[own] in _HELPING or any(p.start == own for p in sentence.predicates):
        return low  # "a hormone that helps burn fat and build muscle"
    return own


def _told(sentence: SentenceView, low: int) -> bool:
    """Whether "that" begins what is told, with a subject of its own: "remember that a walk eases …".

    Not where it follows a noun, "is a root that, once dried, eases …", or what goes before the verb is no subject.
    """
    if sentence.norm(low - 1) != "that":
        return False
    first = sentence.norm(low)
    noun = any(sentence.norm(at) in DETERMINERS for at in range(low - 1 - _NOUN_REACH, low - 1))
    return not noun and (is_open(first) or first in _NEW)


def _head(sentence: SentenceView, at: int) -> Subject | None:
    """What "which", at a token, takes up: the thing named just before, or a new one that only opens the sentence.

    None where that may be another word for something named before: "The root, which …".
    """
    place = at - 1 if sentence.norm(at - 1) == "," else at
    named = sentence.interventions(sentence.start, place)
    if named and named[-1].end == place:
        return Subject(named[-1].mention, named[-1].mention.text)
    opening = sentence.norm(sentence.start)
    new = opening in _NEW or opening.endswith("ing")
    words = sentence.norms[sentence.start : place]
    return Subject(None, sentence.text(sentence.start, place)) if new and _STAND_IN.isdisjoint(words) else None


def _promises(sentence: SentenceView, at: int) -> bool:
    """Whether what a sentence bids the reader do, at a token, is a promise: "Order now and reduce stress".

    Not where it is one of several pieces of advice: "Eat well, sleep enough and reduce stress".
    """
    opened = any(map(is_open, sentence.norms[sentence.start : sentence.predicates[0].start]))
    listed = opened and not _LISTING.isdisjoint(sentence.norms[sentence.start : at])
    return not sentence.carried.advice and not listed


def _beside(sentence: SentenceView, low: int, at: int, named: Sequence[Placed]) -> list[Placed]:
    """Which of the interventions named before a predicate stands directly before it, auxiliaries between."""
    place = at - 1
    while place >= low and (sentence.norms[place] in _HELPING or is_adverb(sentence.norms[place])):
        place -= 1
    last = [p for p in named if p.end == place + 1]
    return last if last and sentence.norm(last[0].start - 1) not in PREPOSITIONS else []


def _before_earlier(sentence: SentenceView, low: int, predicate: Predicate) -> int:
    """Where the subject's words end: before the first verb of the clause, whose objects are no subjects."""
    for earlier in sentence.predicates:
        if earlier.start >= predicate.start:
            break
        if earlier.start > low and earlier.shape in _VERBS:
            return earlier.start
    return predicate.start


def _end_of_subject(sentence: SentenceView, low: int, high: int) -> int:
    """Where the words of a subject end: before the verb group that leads to its predicate, "is proven to" say."""
    for at in range(low + 1, high):
        norm = sentence.norms[at]
        if norm in RELATIVES:
            break
        if norm in AUXILIARIES:
            return at
    while high > low + 1 and (sentence.norms[high - 1] in _HELPING or is_adverb(sentence.norms[high - 1])):
        high -= 1
    return high


def _with_what(sentence: SentenceView, predicate: Predicate) -> Mention | None:
    """The means that people use: "doctors treat it with insulin"."""
    named = sentence.interventions(predicate.end, min(predicate.end + _REACH, sentence.end))
    return next((p.mention for p in named if sentence.norm(p.start - 1) in _MEANS_LINKS), None)


def agent_of(sentence: SentenceView, predicate: Predicate) -> Subject:
    """The subject of a passive: "pain is relieved by X"."""
    for at in range(predicate.end, min(predicate.end + 4, sentence.end)):
        if sentence.norms[at] in ("by", "with", "after", "following", "in"):
            named = sentence.interventions(at, sentence.end)
            if named:
                return Subject(named[0].mention, named[0].mention.text)
            if sentence.norms[at] == "by" or (sentence.norms[at] == "with" and at == predicate.end):
                return _unknown_agent(sentence, at + 1) or subject_of(sentence, predicate)
    return subject_of(sentence, predicate)


def thanks_to(sentence: SentenceView, predicate: Predicate) -> Subject | None:
    """What an illness that is gone went by: what the sentence names, or a pronoun before the predicate stands for.

    "Rub it in and the migraines are history". None where nothing tells.
    """
    named = _foremost(sentence, sentence.start, sentence.end)
    if named is None and not _USED.isdisjoint(sentence.norms[sentence.start : predicate.start]):
        named = _of_sentence_before(sentence) or sentence.carried.antecedent
    return Subject(named, named.text) if named is not None else None


def _unknown_agent(sentence: SentenceView, at: int) -> Subject | None:
    """The agent of a passive that the lexicon does not know, "by surgeons"; None for "by it" and "with this drug"."""
    high = sentence.right(at, _AGENT)
    words = sentence.norms[at:high]
    if not any(map(is_open, words)) or words[0] in _NO_AGENTS or not _GENERIC.isdisjoint(words):
        return None
    return Subject(None, sentence.text(at, high))


def subject_around(sentence: SentenceView, predicate: Predicate) -> Subject:
    """The subject of a word that may stand before or after it: "pain-relieving arnica", "antimicrobial herbs"."""
    named = sentence.interventions(predicate.end, min(predicate.end + 6, sentence.end))
    if named and sentence.norm(named[0].start - 1) == "of":
        return Subject(named[0].mention, named[0].mention.text)  # "the calming effects of kava"
    found = subject_of(sentence, predicate)
    return Subject(named[0].mention, named[0].mention.text) if named and found.mention is None else found


def own_product(sentence: SentenceView, low: int, high: int) -> Mention | None:
    """What the page sells, whatever it calls it: "our oil"."""
    for at in range(low, high - 1) if "our" in sentence.words else ():
        if sentence.norms[at] == "our" and sentence.norms[at + 1].isalpha() and not _own_body(sentence, at + 1, high):
            return _product(sentence, at, at + 2, OWN_PRODUCT)
    return None


def _own_body(sentence: SentenceView, low: int, high: int) -> bool:
    """Whether the words of a subject are a part or function of the body: "our immune systems"."""
    named = [p for p in sentence.targets(low, high) if p.start == low]
    return any(p.end == high or sentence.norm(p.end) in AUXILIARIES for p in named)


def _product(sentence: SentenceView, start: int, end: int, name: str) -> Mention:
    span = sentence.span(start, end)
    return Mention(sentence.view.index, span, span.of(sentence.view.block.text), Concept.PRODUCT, name)


def _sold(sentence: SentenceView, low: int, high: int) -> Mention | None:
    """Something sold, though neither named here nor before: "the herbs in this formula"."""
    for at in range(low, high):
        if sentence.norms[at] in SOLD:
            return _product(sentence, at, at + 1, OWN_PRODUCT)
    return None


def _means(sentence: SentenceView, predicate: Predicate) -> Mention | None:
    """The intervention after the predicate: "say goodbye to gout with our tea", "its power makes garlic …"."""
    named = sentence.interventions(predicate.end, min(predicate.end + _REACH, sentence.end))
    return next((p.mention for p in named if sentence.norm(p.start - 1) not in _COMPARED), None)


def _antecedent(sentence: SentenceView, low: int) -> Mention | None:
    """What a left-out or pronominal subject stands for: an intervention before it in the sentence, or inherited."""
    named = _foremost(sentence, sentence.start, low) or _of_sentence_before(sentence)
    if named is not None:
        return named
    meant = sentence.carried.antecedent
    far = meant is not None and sentence.view.index - meant.block > _BLOCKS_BACK
    return None if far and meant is sentence.carried.last else meant


def _of_sentence_before(sentence: SentenceView) -> Mention | None:
    """The intervention that the sentence before in the same block is about: "Arnica is a flower. It relieves …".

    A sentence that takes up another is about what that one is: "Arnica is a flower. It beats surgery. It relieves …".
    """
    for low, high in reversed(sentence.view.tokens.sentences[: sentence.number]):
        if sentence.norms[low] not in ALONE:
            return _foremost(sentence, low, high)
    return None


def _foremost(sentence: SentenceView, low: int, high: int) -> Mention | None:
    """The first intervention between two tokens, those set before the clause last: "Besides kava, try a walk"."""
    named = sentence.interventions(low, high)
    if not named:
        return None
    norms = sentence.norms
    if len(named) > 1 and norms[low] in _FRONTING and "," in norms[low:high]:
        comma = norms.index(",", low, high)
        return next((p for p in named if p.start > comma), named[0]).mention
    return named[0].mention


def _stands_for_another(sentence: SentenceView, low: int, high: int) -> bool:
    """Whether the words before a predicate are a pronoun, "its ability to", or "the drug"."""
    if high > low and sentence.norms[high - 1] in _STANDING:
        return True  # "for this reason it cures"
    if sentence.norms[low] in ALONE and sentence.norm(high - 1) in CONJUNCTIONS:
        return True  # "it scrubs your liver and flushes out …"
    if _STAND_IN.isdisjoint(sentence.norms[low:high]):
        return False
    for at in range(low, high):
        norm = sentence.norms[at]
        if norm in _GENERIC:
            return True
        if norm in _OWNING:  # "beyond its role, estrogen …" speaks of estrogen
            behind = sentence.norms[at:high]
            return "," not in behind or not any(map(is_open, behind[behind.index(",") :]))
        if norm in RELATIVES and any(p.end == at for p in sentence.targets(low, at)):
            return False  # "a hormone that regulates …" is not what the page is about
        if norm in _PRONOUNS:
            return not any(is_open(word) and word not in _SPARE for word in sentence.norms[at + 1 : high])
    return False
