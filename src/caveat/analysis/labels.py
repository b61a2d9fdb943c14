"""Claims without a verb: words that are claims in themselves, "X for Y" in headings, lists under "Helps with:"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from caveat.analysis.assertion import SHORT_KINDS
from caveat.analysis.building import build
from caveat.analysis.facts import HEALTH, Claim, Concept, Direction, Form, Mention, Polarity
from caveat.analysis.grammar import COPULAS, DETERMINERS, is_adverb
from caveat.analysis.mentions import Placed
from caveat.analysis.pipeline import Tokens
from caveat.analysis.predicates import Predicate, Shape
from caveat.analysis.sentence import Carried, SentenceView
from caveat.analysis.subjects import Subject, subject_around
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Templates
from caveat.analysis.trie import Trie
from caveat.analysis.view import BlockView
from caveat.packs.predicates import Action, Effect, Predicates
from caveat.values import dataclass

EFFECT_NOUNS = frozenset(
    {"effect", "effects", "property", "properties", "benefits", "benefit", "action", "actions", "power", "powers",
     "activity", "qualities"}
)  # fmt: skip
_DESCRIBED = EFFECT_NOUNS | {"potency", "agent", "agents"}  # what one-word claims stand before
_ARTICLES = frozenset({"a", "an", "the"})
_REACH = 12
_ITEM = 12  # words of the longest item that a heading above makes a claim of


@dataclass(frozen=True, slots=True)
class ActionWord:
    """A word that is a claim where it stands, as a token range."""

    start: int
    end: int
    action: Action
    form: Form


class ActionFinder:
    """Claims in one word: "is analgesic", "the anti-inflammatory effects of X", "antifungal herbs"."""

    def __init__(self, predicates: Predicates, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._effects = {name: one.effect for name, one in predicates.predicates.items()}
        self._words: Trie[Action] = Trie()
        for action in predicates.actions:
            for *words, last in map(norms, action.words):
                for sequence in ((*words, last), (*words, last + "s")):
                    self._words.add(sequence, action)

    def possible(self, tokens: Tokens) -> Mapping[int, Sequence[tuple[int, int, Action]]]:
        """Such words as token ranges, by the number of the sentence."""
        return self._words.by_sentence(tokens)

    def find(self, sentence: SentenceView, possible: Iterable[tuple[int, int, Action]]) -> list[ActionWord]:
        """The one-word claims of a sentence: predicative, before a noun of effect, or before an intervention."""
        found: list[ActionWord] = []
        taken = -1
        for start, end, action in sorted(possible, key=lambda f: (f[0], -f[1])):
            if start < taken:
                continue
            taken = end
            form = _form(sentence, start, end)
            if form is not None:
                found.append(ActionWord(start, end, action, form))
        return found

    def claim(self, sentence: SentenceView, word: ActionWord) -> Claim:
        """The claim that a word makes."""
        start, end, action = word.start, word.end, word.action
        predicate = Predicate(start, end, action.predicate, self._effects[action.predicate], Shape.ADJECTIVE)
        span = sentence.span(start, end)
        target = Mention(sentence.view.index, span, sentence.text(start, end), Concept.CONDITION, action.target)
        subject = subject_around(sentence, predicate)
        if subject.mention is None and not subject.text:
            subject = Subject(sentence.carried.antecedent, "")
        targets = [Placed.of(start, end, target)]
        form, direction = word.form, Direction.BENEFIT
        return build(sentence, predicate, subject, targets, target.text, form=form, direction=direction)


class LeadFinder:
    """Headings that make a claim of every item below them: "Helps with", "Conditions it treats", "Benefits of X"."""

    def __init__(self, predicates: Predicates, norms: Callable[[str], tuple[str, ...]]) -> None:
        self._effects = {name: one.effect for name, one in predicates.predicates.items()}
        self._templates = Templates()
        reader = TemplateReader(norms)
        for name, templates in predicates.leads.items():
            for template in templates:
                self._templates.add(name, template, reader)

    def find(self, view: BlockView) -> Predicate | None:
        """The predicate of a heading or header cell; None for other blocks, and for those that lead to nothing."""
        if not (view.block.kind.names or (view.block.cell is not None and view.block.cell.header)):
            return None
        for _, name, match in self._templates.find(view.tokens):
            return Predicate(match.start, match.end, name, self._effects[name], Shape.ACTIVE, phrase=True)
        return None


def _form(sentence: SentenceView, start: int, end: int) -> Form | None:
    """How a one-word claim is built where it stands; None where the word claims nothing ("antibiotic resistance")."""
    if sentence.norm(start - 1) == "other":
        return None  # "vancomycin and other antimicrobial agents"
    if _in_list_before(sentence, end, _DESCRIBED):
        return Form.FACTIVE
    if _predicative(sentence, start, end):
        return Form.ADJECTIVE
    if start == sentence.start and sentence.norm(end) in (",", "and", ".", ""):
        return Form.ADJECTIVE
    following = sentence.interventions(end, min(end + 2, sentence.end))
    if any(p.start == end for p in following):
        return Form.ADJECTIVE
    return None


def _in_list_before(sentence: SentenceView, at: int, nouns: frozenset[str]) -> bool:
    """Whether one of `nouns` follows, with only adjectives between: "antimicrobial, anti-inflammatory actions"."""
    for _ in range(_REACH):
        norm = sentence.norm(at)
        if norm in nouns:
            return True
        if not (norm in (",", "and", "or", "&") or _adjectival(norm)):
            return False
        at += 1
    return False


def _predicative(sentence: SentenceView, start: int, end: int) -> bool:
    """Whether a copula stands before, other adjectives of a list between, and no noun follows.

    Of a plural "-ing" is no adjective before it: "what's more, overusing antibiotics".
    """
    at = start - 1
    if sentence.norm(end - 1).endswith("s") and sentence.norm(at).endswith("ing"):
        return False
    for _ in range(_REACH):
        norm = sentence.norm(at)
        if norm in COPULAS:
            return not _modifies(sentence, end)
        beside = norm in (",", "and", "or", "&", "both") or norm in DETERMINERS or is_adverb(norm) or _adjectival(norm)
        if not beside and sentence.norm(at - 1) not in _ARTICLES:  # "is a gentle, effective antidepressant"
            return False
        at -= 1
    return False


def _modifies(sentence: SentenceView, end: int) -> bool:
    """Whether what follows is a noun that the word describes: "is antibiotic resistance"."""
    following = sentence.norm(end)
    return following in ("resistance", "use", "therapy", "treatment", "drugs", "prescription")


def _adjectival(norm: str) -> bool:
    return norm.startswith("anti") or norm.endswith(
        ("ic", "ive", "ent", "ant", "al", "ory", "ing", "ous", "ful", "tor", "tors", "agogue", "ics", "ide")
    )


def may_label(view: BlockView, carried: Carried) -> bool:
    """Whether sentences of a block may claim something without a verb."""
    return (carried.lead is not None or view.block.kind in SHORT_KINDS) and bool(view.targets)


def labels(sentence: SentenceView) -> Iterator[Claim]:
    """Claims without a verb: "X for anxiety" in a heading, the items of a list under "Helps with:"."""
    named = sentence.view.targets.between(sentence.start, sentence.end)
    health = [p for p in named if p.mention.concept in HEALTH]
    if not health:
        return
    if sentence.carried.lead is not None and sentence.end - sentence.start <= _ITEM:
        yield _led(sentence, sentence.carried.lead, health)
    elif sentence.view.block.kind in SHORT_KINDS:
        yield from _titled(sentence, health)


def _led(sentence: SentenceView, lead: tuple[Predicate, Mention | None, bool], health: list[Placed]) -> Claim:
    predicate, mention, negated = lead
    first = health[0]
    standing = Predicate(first.start, first.end, predicate.id, predicate.effect, Shape.ACTIVE)
    subject = Subject(mention or sentence.carried.antecedent, "")
    claim = build(sentence, standing, subject, health, first.mention.text, form=Form.LABEL)
    return replace(claim, polarity=Polarity.NEGATED) if negated else claim


def _titled(sentence: SentenceView, health: list[Placed]) -> Iterator[Claim]:
    for at in range(sentence.start, sentence.end):
        if sentence.norms[at] not in ("for", "against"):
            continue
        left = sentence.interventions(sentence.start, at)
        right = [p for p in health if p.start >= at]
        if left and right and left[-1].end >= at - 1:
            predicate = Predicate(at, at + 1, "use", Effect.USE, Shape.ACTIVE)
            subject = Subject(left[-1].mention, left[-1].mention.text)
            yield build(sentence, predicate, subject, right, right[0].mention.text, form=Form.LABEL)
            return
