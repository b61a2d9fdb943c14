"""The `disclosure` kind: what a page must tell its readers, and does not, or not as it should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from caveat.analysis.facts import NAMED_STUDY, Analysis, Disclosure
from caveat.analysis.template_language import Norms
from caveat.analysis.templates import Templates
from caveat.checks.base import active, compile_templates
from caveat.checks.triggers import Page, Place, document_finding, triggered
from caveat.finding import Finding
from caveat.packs.labels import Labels
from caveat.packs.model import Rule
from caveat.packs.when import DisclosureWhen
from caveat.packs.when.disclosure import DisclosureKind, Fault, SignalKind
from caveat.source import Span

_OWES = "this makes the page owe it"
_SHOWS = "this may not stand here"
_THERE = "here it stands"
_FIRST_LINK = "the first paid link"
_SYMBOLS = ("*", "†", "‡", "§", "¹", "#")
_MARKS = frozenset({"footnote", "numbered", "shop-link", NAMED_STUDY})
_PAID = frozenset({SignalKind.AFFILIATE_LINK, SignalKind.SHOP_LINK})


def wordings(rules: Sequence[Rule], norms: Norms, lists: Mapping[str, Sequence[str]]) -> Templates:
    """The wordings that disclosure rules bring along, compiled once for every selection of them."""
    return compile_templates(((rule.id, _when(rule).wording, ()) for rule in rules), norms, lists)


def _when(rule: Rule) -> DisclosureWhen:
    if not isinstance(rule.when, DisclosureWhen):
        raise TypeError(rule.id)
    return rule.when


class DisclosureCheck:
    """Some disclosure rules. A rule whose message has the slot {missing} names the topics that are missing."""

    def __init__(self, rules: Sequence[Rule], templates: Templates, labels: Labels) -> None:
        self._rules = rules
        self._labels = labels
        self._whens = {rule.id: _when(rule) for rule in rules}
        self._wordings = templates

    def run(self, analysis: Analysis) -> Iterator[Finding]:
        """At most one finding a rule, about the document as a whole."""
        page = Page(analysis, self._labels)
        worded = self._worded(analysis)
        for rule in active(self._rules, analysis.profile):
            when = self._whens[rule.id]
            if page.words < when.words or rule.id in worded or _of(analysis, when.unless):
                continue
            places = triggered(page, every=when.all, any_of=when.any, none=when.none)
            if places is not None:
                yield from _FAULTS[when.fault](rule, page, places)

    def _worded(self, analysis: Analysis) -> frozenset[str]:
        """The rules whose own wording stands on the page."""
        if not any(when.wording for when in self._whens.values()):
            return frozenset()
        return frozenset(
            key
            for view in analysis.views
            if not view.block.region.boilerplate
            for _, key, _ in self._wordings.find(view.tokens, view.slots)
        )


def _of(analysis: Analysis, kinds: Sequence[DisclosureKind], topics: Sequence[str] = ()) -> list[Disclosure]:
    return [d for d in analysis.disclosures if d.kind in kinds and (not topics or d.topic in topics)]


def _there(found: Sequence[Disclosure]) -> tuple[Place, ...]:
    return tuple(Place(d.block, d.span, d.text) for d in found if d.block is not None)[:1]


def _missing(rule: Rule, page: Page, places: Sequence[Place]) -> Iterator[Finding]:
    when = _when(rule)
    if not (DisclosureKind.REFERENCES in when.kinds and _cites(page.analysis)) and not _of(
        page.analysis, when.kinds, when.topics
    ):
        yield document_finding(rule, page.analysis, places=places, note=_OWES, slots=_dose_slot(page))


def _cites(analysis: Analysis) -> bool:
    """Whether the prose itself points to a source. A mark counts by what stands in the list that it leads to."""
    return any(c.resolved and c.kind not in _MARKS for c in analysis.citations)


def _unanswered(rule: Rule, page: Page, places: Sequence[Place]) -> Iterator[Finding]:
    when = _when(rule)
    given = {d.topic for d in _of(page.analysis, when.kinds)}
    missing = [when.names.get(topic, topic.replace("-", " ")) for topic in page.warnings() if topic not in given]
    if missing:
        slots = {"missing": "; ".join(missing), "count": str(len(missing))}
        source = page.source()
        authority = (source,) if source is not None else ()
        yield document_finding(rule, page.analysis, places=places, note=_OWES, slots=slots, authority=authority)


def _forbidden(rule: Rule, page: Page, places: Sequence[Place]) -> Iterator[Finding]:
    yield document_finding(rule, page.analysis, places=places, note=_SHOWS, slots=_dose_slot(page))


def _altered(rule: Rule, page: Page, _places: Sequence[Place]) -> Iterator[Finding]:
    found = _of(page.analysis, _when(rule).kinds)
    if found and not any(d.exact for d in found):
        there = _there(found)
        slots = {"found": found[0].text}
        yield document_finding(rule, page.analysis, places=there, note=_THERE, slots=slots)


def _misplaced(rule: Rule, page: Page, _places: Sequence[Place]) -> Iterator[Finding]:
    found = _of(page.analysis, _when(rule).kinds)
    if found:
        yield document_finding(rule, page.analysis, places=_there(found), note=_THERE, slots={"found": found[0].text})


def _late(rule: Rule, page: Page, _places: Sequence[Place]) -> Iterator[Finding]:
    analysis = page.analysis
    found = [d for d in _of(analysis, _when(rule).kinds) if d.topic != "none"]
    links = [s for s in analysis.signals if s.kind in _PAID]
    if not found or not links or any(d.block is None for d in found):
        return
    first = min((d.block or 0, d.span) for d in found)
    link = min(links, key=lambda s: (s.block, s.span))
    if (link.block, link.span) < first:
        yield document_finding(
            rule,
            analysis,
            places=(Place(link.block, link.span, link.text),),
            note=_FIRST_LINK,
            slots={"found": found[0].text},
        )


def _unlinked(rule: Rule, page: Page, places: Sequence[Place]) -> Iterator[Finding]:
    """A note and claims that no symbol joins, or a symbol at a claim that leads to no note."""
    analysis = page.analysis
    notes = [d for d in _of(analysis, _when(rule).kinds) if d.block is not None]
    blocks = {d.block for d in notes}
    symbol = next((s for d in notes if (s := _symbol_before(analysis, d))), "")
    if not notes or any(abs(p.block - b) <= 1 for p in places for b in blocks if b is not None):
        return
    marked = bool(symbol) and any(_carries(analysis, block, symbol) for block in {c.block for c in page.benefits})
    if not marked:
        yield document_finding(rule, analysis, places=places, note=_OWES, slots={"found": notes[0].text})


def _symbol_before(analysis: Analysis, note: Disclosure) -> str:
    """The symbol that opens the note's block or stands just before the note."""
    if note.block is None:
        return ""
    block = analysis.document.blocks[note.block]
    opening = block.text.lstrip()[:1]
    before = block.text[: note.span.start].rstrip()[-1:]
    inside = Span(note.span.start, note.span.start + 1).of(block.text)
    return next((s for s in (opening, before, inside) if s in _SYMBOLS and s), "")


def _carries(analysis: Analysis, block: int, symbol: str) -> bool:
    return symbol in analysis.document.blocks[block].text


def _dose_slot(page: Page) -> dict[str, str]:
    dose = page.analysis.topic.dose
    return {"dose": dose.text if dose is not None else ""}


_FAULTS = {
    Fault.MISSING: _missing,
    Fault.UNANSWERED: _unanswered,
    Fault.FORBIDDEN: _forbidden,
    Fault.ALTERED: _altered,
    Fault.MISPLACED: _misplaced,
    Fault.LATE: _late,
    Fault.UNLINKED: _unlinked,
}
