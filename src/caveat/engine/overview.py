"""The parts of a report about the article as a whole: disclosure checklist, dose table, benefit against risk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from caveat.analysis.facts import Analysis, Concept, DisclosureKind
from caveat.checks.base import active, shorten
from caveat.checks.page import Page, triggered
from caveat.finding import Finding, Scope, Severity
from caveat.packs.model import Rule
from caveat.packs.scope import Jurisdiction
from caveat.packs.when import DisclosureWhen, DoseWhen, MetadataWhen
from caveat.packs.when.disclosure import Fault
from caveat.result import Balance, ChecklistItem, DoseRow, Verdict
from caveat.source import Span

_BY_TOPIC = frozenset({DisclosureKind.KEY_WARNING, DisclosureKind.STATEMENT})
_OF_TREATMENT = frozenset(
    {DisclosureKind.SIDE_EFFECTS, DisclosureKind.CONTRAINDICATIONS, DisclosureKind.INTERACTIONS,
     DisclosureKind.PREGNANCY, DisclosureKind.AGE_LIMIT, DisclosureKind.EVIDENCE_LIMITS, DisclosureKind.ALTERNATIVES}
)  # fmt: skip
"""What is told of a treatment: on a page about no medicine, such words are told of an illness as often as not."""
_NEVER_ENOUGH = frozenset({DisclosureKind.RESULTS_VARY})  # no rule is content with it: what counts is typical results
_SPOILT = frozenset({Fault.ALTERED, Fault.MISPLACED, Fault.LATE, Fault.APART})  # there, and not as it should be
_WORDED = 40  # code points of a wording of one's own that stand for it
_NAMES = {
    DisclosureKind.INFORMATIONAL: "Information only, no medical advice",
    DisclosureKind.CONSULT: "Advice to ask a professional",
    DisclosureKind.DSHEA: "Supplement note (DSHEA)",
    DisclosureKind.AFFILIATE: "Word on paid links",
    DisclosureKind.COMPOUNDED: "Compounded medicine",
    DisclosureKind.EMERGENCY: "Where to find urgent help",
}
_TOPICS = {
    "eu-balanced-diet": "balanced diet",
    "eu-quantity": "quantity and pattern of use",
    "eu-who-should-avoid": "who should avoid it",
    "eu-excess": "warning of excess",
    "au-follow-directions": "follow the directions for use",
}


def checklist(
    page: Page, rules: Sequence[Rule], findings: Sequence[Finding], *, provided: Sequence[Finding] = ()
) -> tuple[ChecklistItem, ...]:
    """What the page discloses, and what it owes and does not: one item for each kind a disclosure rule asks for.

    A rule that words what it asks for itself is met by those words. What is told of a treatment is an item only on
    a page about medicines, or one that owes it, at whatever length. Of key warnings only the topics count that the
    drug reference asks of the page's medicine; of statements only those that a rule of the jurisdiction asks for. What
    a finding calls faulty is no item here. Of what the site's template provides `provided` has the findings that it
    answers; their items have no place.
    """
    analysis = page.analysis
    missing = {f.rule: f for f in findings if f.scope is Scope.DOCUMENT}
    owing = [(rule, rule.when) for rule in rules if isinstance(rule.when, DisclosureWhen)]
    asked = {topic for _, when in owing for topic in when.topics} | set(page.warnings())
    owed = {
        kind
        for rule in active([rule for rule, _ in owing], analysis.profile)
        if isinstance(when := rule.when, DisclosureWhen) and not _OF_TREATMENT.isdisjoint(when.kinds)
        if triggered(page, every=when.all, any_of=when.any, none=when.none) is not None
        for kind in when.kinds
    }
    on_medicines = _on_medicines(analysis)
    faulty = {kind for rule, when in owing if rule.id in missing and when.fault in _SPOILT for kind in when.kinds}
    present: dict[tuple[DisclosureKind, str], Span] = {}
    for disclosure in analysis.disclosures:
        kind = disclosure.kind
        if kind in _OF_TREATMENT and kind not in owed and not on_medicines:
            continue
        if kind in faulty or kind in _NEVER_ENOUGH or (kind in _BY_TOPIC and disclosure.topic not in asked):
            continue
        if disclosure.block is None:
            place = disclosure.span
        else:
            place = analysis.document.blocks[disclosure.block].to_source(disclosure.span)
        present.setdefault((kind, disclosure.topic if kind in _BY_TOPIC else ""), place)
    items: list[ChecklistItem] = []
    for (kind, topic), place in present.items():
        items.append(ChecklistItem(kind.value, _label(kind, topic), present=True, place=place))
    for rule in active([rule for rule, _ in owing if rule.id in page.worded], analysis.profile):
        words = page.worded[rule.id]
        place = analysis.document.blocks[words.block].to_source(words.span)
        slug = rule.id.partition("/")[2]
        items.append(ChecklistItem(slug, f"“{shorten(words.text, most=_WORDED)}”", present=True, place=place))
    items.extend(_provided(rules, provided, frozenset(kind for kind, _ in present)))
    for rule, _ in owing:
        if rule.id in missing:
            finding = missing[rule.id]
            items.append(
                ChecklistItem(
                    rule.id.partition("/")[2], rule.title, present=False, rule=rule.id, add=finding.suggestion
                )
            )
    return tuple(items)


def _on_medicines(analysis: Analysis) -> bool:
    """Whether a page is about a medicine, or names medicines more often than illnesses."""
    if analysis.topic.concept is not None:
        return analysis.topic.concept is Concept.DRUG
    named = Counter(mention.concept for mention in analysis.mentions)
    return named[Concept.DRUG] > named[Concept.CONDITION]


def _provided(
    rules: Sequence[Rule], provided: Sequence[Finding], present: frozenset[DisclosureKind]
) -> Iterator[ChecklistItem]:
    """What the site's template has and the page itself has not, one item a kind or rule."""
    dropped = {finding.rule for finding in provided}
    told: set[str] = set()
    for rule in rules:
        if rule.id not in dropped:
            continue
        kinds: Sequence[DisclosureKind] = ()
        if isinstance(rule.when, DisclosureWhen):
            kinds = rule.when.kinds[:1]
        elif isinstance(rule.when, MetadataWhen):
            kinds = rule.when.missing
        slug = rule.id.partition("/")[2]
        unnamed = (slug, slug.removesuffix("-missing").replace("-", " ").capitalize())
        items = [(kind.value, _label(kind, "")) for kind in kinds if kind not in present] if kinds else [unnamed]
        for name, label in items:
            if name not in told:
                told.add(name)
                yield ChecklistItem(name, label, present=True, rule=rule.id)


def _label(kind: DisclosureKind, topic: str) -> str:
    name = _NAMES.get(kind) or kind.value.replace("-", " ").capitalize()
    return f"{name}: {_TOPICS.get(topic) or topic.replace('-', ' ')}" if topic else name


def dose_rows(analysis: Analysis, rules: Sequence[Rule], findings: Sequence[Finding]) -> tuple[DoseRow, ...]:
    """Every dose that the article states; those whose sense a finding calls wrong or incomplete are in question."""
    if not analysis.doses:
        return ()
    about = {rule.id for rule in rules if isinstance(rule.when, DoseWhen) and not rule.when.test.notation}
    questioned: dict[Span, str] = {}
    for finding in findings:
        if finding.rule in about:
            questioned.setdefault(finding.span, finding.message)
            for related in (one for one in finding.related if not one.rule):
                questioned.setdefault(related.span, finding.message)
    places = sorted(questioned, key=lambda place: (place.start, place.end))
    starts = [place.start for place in places]
    ends = list(accumulate((place.end for place in places), max))  # ascending, so that both sides can be searched
    first = {place: order for order, place in enumerate(questioned)}
    rows: list[DoseRow] = []
    for dose in analysis.doses:
        block = analysis.document.blocks[dose.block]
        span = block.to_source(dose.span)
        near = places[bisect_left(ends, span.start) : bisect_right(starts, span.end)]
        where = min((place for place in near if place.overlaps(span)), key=first.__getitem__, default=None)
        note = questioned[where] if where is not None else ""
        name = analysis.names.get(dose.substance, "")
        rows.append(DoseRow(dose.substance, dose.text, dose.role.value, span, bool(note), note, name))
    return tuple(rows)


def balance(page: Page) -> Balance:
    """The sentences of benefit and those of risk, as the rules weigh them."""
    benefit, risk = page.sides
    return Balance(_places(page.analysis, benefit), _places(page.analysis, risk))


def _places(analysis: Analysis, sentences: Iterable[int]) -> tuple[Span, ...]:
    found = (analysis.sentences[i] for i in sentences)
    return tuple(analysis.document.blocks[s.block].to_source(s.span) for s in found)


def verdict(jurisdiction: Jurisdiction, findings: Iterable[Finding]) -> Verdict:
    """Whether an article with these findings can be published under a jurisdiction, and which errors stop it."""
    stops = Counter(finding.rule for finding in findings if finding.severity is Severity.ERROR)
    return Verdict(jurisdiction.value, dict(sorted(stops.items())))
