"""What claim rules ask beyond the words: labels, dose bands, drift of certainty, lists that cure all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from caveat.analysis.facts import ILLNESS, Analysis, Claim, Concept, Dose, DoseRole, Mention, Tag
from caveat.analysis.inflect import present_participle
from caveat.checks.approval import unapproved
from caveat.finding import Related, joined
from caveat.packs.labels import Labels
from caveat.packs.model import Circumstance
from caveat.packs.register import Register
from caveat.packs.scope import MARKETING
from caveat.packs.when.claim import Reasoning
from caveat.regex import regex
from caveat.source import Span
from caveat.values import dataclass

_VERBS = frozenset({"fall", "stay", "lose", "gain"})  # with which names of what a body does begin
_CELLS = (" cell", " cells")
_ADJECTIVES = ("ic", "ous", "ant", "ive", "ory", "al")  # of names in one word
_MOST_NAMED = 3  # targets that a message names
_COMPOUND = regex(r"[-‐‑]\w+(?: \w+)?")
_NUTRIENTS = frozenset({"vitamin", "mineral"})  # groups of the lexicon
_HEALTH = "health"  # whatever is meant by it
_ROLE = "role"  # the class of what tells of a part played in the body
_KEEPING = frozenset({_ROLE, "support", "regulate"})  # classes that tell of what goes on as it should
_UNRELATED = 3  # condition groups that make a list a cure-all


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a test holds: what fills the message and the places it speaks of."""

    fills: Mapping[str, str] = field(default_factory=dict)
    related: tuple[Related, ...] = ()


class Reasoner:
    """Answers the tests of claim rules for one claim at a time."""

    def __init__(self, labels: Labels, register: Register) -> None:
        self._labels = labels
        self._register = register

    def circumstances(self, analysis: Analysis, claim: Claim) -> frozenset[Circumstance]:
        """`on-label`, where every target of the claim is an indication of its subject at the dose it names.

        `authorised`, where a regulator has authorised the claim of each of its targets. `nutrient-role`, where a page
        that sells nothing tells of a vitamin or mineral what part it plays in the healthy body, or that it keeps up
        what the register lists for it.
        """
        subject = self._substance(claim)
        base = self._labels.base(subject)
        if claim.targets and all(self._register.authorises(base, claim.predicate, t.id) for t in claim.targets):
            return frozenset({Circumstance.AUTHORISED})
        if analysis.profile not in MARKETING and self._is_role(analysis, claim, base):
            return frozenset({Circumstance.NUTRIENT_ROLE})
        targets = [t for t in claim.targets if t.concept in (Concept.CONDITION, Concept.SYMPTOM)]
        if not subject or not targets or not all(self._labels.is_indicated(subject, t.id) for t in targets):
            return frozenset()
        dose = self._dose(analysis, claim)
        if dose is not None and any(self._labels.is_dose_for(subject, t.id, dose) is False for t in targets):
            return frozenset()
        return frozenset({Circumstance.ON_LABEL})

    def _is_role(self, analysis: Analysis, claim: Claim, substance: str) -> bool:
        """Whether a claim only says what a nutrient does in a healthy body: "vitamin A is important for vision"."""
        if claim.subject is None or claim.subject.group not in _NUTRIENTS or claim.predicate not in _KEEPING:
            return False
        if claim.predicate == _ROLE:  # "helps the immune system fight off viruses"
            return bool(claim.targets) and claim.targets[0].concept not in ILLNESS
        if any(target.concept in ILLNESS for target in claim.targets):
            return False
        general = bool(claim.targets) and all(target.id == _HEALTH for target in claim.targets)
        return general or self._register.lists(substance, _all_targets(analysis, claim))

    def holds(self, test: Reasoning, analysis: Analysis, claim: Claim) -> Reason | None:
        """Why the test holds for the claim, or None."""
        match test:
            case Reasoning.OFF_LABEL:
                return self._off_label(analysis, claim)
            case Reasoning.DOSE_BAND:
                return self._dose_band(analysis, claim)
            case Reasoning.CERTAINTY_DRIFT:
                return self._drift(analysis, claim)
            case Reasoning.UNRELATED_TARGETS:
                return self._unrelated(claim)
            case Reasoning.UNLISTED:
                return self._unlisted(analysis, claim)

    def listed_claims(self, claim: Claim) -> str:
        """What may be claimed for the subject of a claim on food, in words; empty where the register is silent."""
        substance = self._labels.base(self._substance(claim))
        return self._register.advice(substance, claim.subject.text if claim.subject is not None else "")

    def _substance(self, claim: Claim) -> str:
        return claim.subject.id if claim.subject is not None else ""

    def _off_label(self, analysis: Analysis, claim: Claim) -> Reason | None:
        foreign = unapproved(self._labels, analysis, claim)
        return Reason({"target": listed(foreign)}) if foreign else None

    def _dose_band(self, analysis: Analysis, claim: Claim) -> Reason | None:
        substance = self._substance(claim)
        dose = self._dose(analysis, claim)
        if dose is None:
            return None
        wrong = [t for t in _with_patients(analysis, claim) if self._labels.is_dose_for(substance, t.id, dose) is False]
        stated = self._stated_elsewhere(analysis, claim, dose)
        wrong = wrong or [t for t in claim.targets if stated is not None and stated.indication == t.id]
        if not wrong:
            return None
        related: list[Related] = []
        if stated is not None:
            block = analysis.document.blocks[stated.block]
            sentence = analysis.sentence_of(stated.block, stated.span)
            span = block.to_source(stated.span)
            text = sentence.span.of(block.text) if sentence else stated.text
            related.append(Related(f"here the article gives {stated.text}", span, text))
        labelled = self._labels.dose_for(substance, wrong[0].id) or (stated.text if stated else "")
        named = [t for t in wrong if t.concept is Concept.CONDITION] or wrong
        return Reason({"target": listed(named), "dose": dose.text, "other": labelled}, tuple(related))

    def _dose(self, analysis: Analysis, claim: Claim) -> Dose | None:
        """The dose a claim is made for: one in its sentence before the targets, else the one its subject stands for."""
        sentence = analysis.sentences[claim.sentence]
        for dose in analysis.doses_in(claim.block, sentence.span):
            if dose.role is not DoseRole.ANIMAL:
                return dose
        return _heading_dose(analysis, analysis.document.blocks[claim.block].section, self._substance(claim))

    def _stated_elsewhere(self, analysis: Analysis, claim: Claim, dose: Dose) -> Dose | None:
        """Another dose that the article gives for the same indication and that excludes this one."""
        wanted = {t.id for t in claim.targets} | {t.group for t in claim.targets if t.group}
        for other in (d for indication in sorted(wanted) for d in analysis.doses_by_indication.get(indication, ())):
            low, high = other.low, other.high if other.high is not None else other.low
            if other.unit == dose.unit and other.role is not DoseRole.TRIAL and not low <= dose.low <= high:
                return other
        return None

    def _drift(self, analysis: Analysis, claim: Claim) -> Reason | None:
        """Another sentence that says the same of the same thing with a hedge; "surgery" is not one thing."""
        subject = claim.subject
        if subject is None or Tag.CLASS in subject.tags or subject.id == subject.group:
            return None
        for target in claim.targets:
            said = analysis.hedged_claims.get((subject.id, claim.direction, target.id))
            if said is None or said[0].sentence == claim.sentence or Tag.UMBRELLA in target.tags:
                continue
            other, hedge = said
            block = analysis.document.blocks[other.block]
            sentence = analysis.sentences[other.sentence].span
            place = Related(f"hedged here: “{hedge.text}”", block.to_source(other.span), sentence.of(block.text))
            return Reason({"other": hedge.text}, (place,))
        return None

    def _unrelated(self, claim: Claim) -> Reason | None:
        groups = {t.group or t.id for t in claim.targets if t.concept in (Concept.CONDITION, Concept.SYMPTOM)}
        return Reason({"target": listed(claim.targets)}) if len(groups) >= _UNRELATED else None

    def _unlisted(self, analysis: Analysis, claim: Claim) -> Reason | None:
        substance = self._labels.base(self._substance(claim))
        if not self._register.knows(substance) or self._register.lists(substance, _all_targets(analysis, claim)):
            return None
        return Reason()


def _all_targets(analysis: Analysis, claim: Claim) -> str:
    """All words that a claim has for its targets."""
    return " ".join([_whole_target(analysis, claim), *(t.text for t in claim.targets)])


def _whole_target(analysis: Analysis, claim: Claim) -> str:
    """The words of a claim's target, with the rest of a compound that they begin ("energy" of "energy-yielding …")."""
    text = analysis.document.blocks[claim.block].text
    start = text.find(claim.target_text, claim.predicate_span.end)
    rest = _COMPOUND.match(text, start + len(claim.target_text)) if start >= 0 else None
    return claim.target_text + (rest.group() if rest else "")


def _with_patients(analysis: Analysis, claim: Claim) -> tuple[Mention, ...]:
    """What a claim is about, and the conditions named before it: "for people with X, it can help prevent relapse"."""
    sentence = analysis.sentences[claim.sentence].span
    before = tuple(
        m
        for m in analysis.mentions_in(claim.block, sentence)
        if m.concept is Concept.CONDITION and m.span.end <= claim.span.start
    )
    return (*claim.targets, *before)


def _heading_dose(analysis: Analysis, headings: Sequence[str], substance: str) -> Dose | None:
    """The dose of a substance, or of none in particular, that the nearest heading above a block names."""
    for heading in reversed(headings):
        named = [d for s in {"", substance} if (d := analysis.heading_doses.get((heading, s))) is not None]
        if named:
            return min(named, key=lambda d: (d.block, d.span.start))
    return None


def _as_noun(mention: Mention, word: Span | None) -> str:
    """A name in a form that can follow "for".

    What readers do as what they want ("falling asleep faster"), an illness by its own name where only an adjective, its
    cells or a `word` that is a claim in itself tells of it ("malignant", "cancer cells", "anti-cancer").
    """
    name = mention.text
    ending = _CELLS if " " in name else _ADJECTIVES
    if mention.concept is Concept.CONDITION and (mention.span == word or name.casefold().endswith(ending)):
        return mention.id.replace("-", " ")
    verb, space, rest = name.partition(" ")
    return present_participle(verb) + space + rest if space and verb in _VERBS else name


def listed(mentions: Sequence[Mention], word: Span | None = None) -> str:
    """The names of some mentions as words of a sentence: at most three, then "and others"; empty for none.

    `word` is the predicate of a claim that has its target in itself ("anti-inflammatory").
    """
    names = list(dict.fromkeys(_as_noun(m, word) for m in mentions))
    if len(names) > _MOST_NAMED:
        names = [*names[:_MOST_NAMED], "others"]
    return joined(names)
