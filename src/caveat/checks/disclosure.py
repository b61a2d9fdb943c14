"""The `disclosure` kind: what a page must tell its readers, and does not, or not as it should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caveat.analysis.facts import Analysis, CitationKind, Disclosure
from caveat.analysis.template_language import TemplateReader
from caveat.analysis.templates import Templates
from caveat.checks.base import ByProfile, compile_templates, document_finding, shorten, spoken_of, text_finding
from caveat.checks.page import Page, triggered
from caveat.checks.places import Place
from caveat.document import BlockKind
from caveat.finding import Finding, joined
from caveat.packs.model import Rule
from caveat.packs.when import DisclosureWhen
from caveat.packs.when.disclosure import DisclosureKind, Fault, SignalKind, Trigger
from caveat.source import Span

_OWES = "this makes the page owe it"
_SHOWS = "this may not stand here"
_THERE = "here it stands"
_FIRST_LINK = "the first paid link"
_SYMBOLS = ("*", "†", "‡", "§", "¹", "#")
_SHOWN = 3  # places that a finding shows
_BETWEEN = 2  # blocks between a testimonial and the result that corrects it
_AFTER = 2  # code points after a sentence in which its symbol may stand
_MARKS = frozenset({CitationKind.FOOTNOTE, CitationKind.NUMBERED, CitationKind.NAMED_STUDY})
_PAID = frozenset({SignalKind.AFFILIATE_LINK, SignalKind.SHOP_LINK})


def wordings(rules: Sequence[Rule], reader: TemplateReader) -> Templates:
    """The wordings that disclosure rules bring along, compiled once for every selection of them."""
    return compile_templates(((rule.id, _when(rule).wording, ()) for rule in rules), reader)


def _when(rule: Rule) -> DisclosureWhen:
    if not isinstance(rule.when, DisclosureWhen):
        raise TypeError(rule.id)
    return rule.when


class DisclosureCheck:
    """Some disclosure rules. A rule whose message has the placeholder {missing} names the topics that are missing.

    `provided` are the kinds of disclosure that the site's template adds to each page.
    """

    def __init__(self, rules: Sequence[Rule], provided: frozenset[str] = frozenset()) -> None:
        self._rules = ByProfile(rules)
        self._whens = {rule.id: _when(rule) for rule in rules}
        self._provided = provided

    def run(self, page: Page) -> Iterator[Finding]:
        """At most one finding a rule, about the document as a whole; with the fault `in-place` one at each place."""
        for rule in self._rules[page.analysis.profile]:
            when = self._whens[rule.id]
            if page.words < when.words or rule.id in page.worded or (when.unless and _of(page.analysis, when.unless)):
                continue
            places = triggered(page, every=when.all, any_of=when.any, none=when.none)
            if places is not None:
                if when.fault is Fault.UNLINKED:
                    yield from _unlinked(rule, page, elsewhere=not self._provided.isdisjoint(when.kinds))
                else:
                    yield from _FAULTS[when.fault](rule, page, places)


def _of(analysis: Analysis, kinds: Sequence[DisclosureKind], topics: Sequence[str] = ()) -> list[Disclosure]:
    return [d for d in analysis.disclosures if d.kind in kinds and (not topics or d.topic in topics)]


def _there(found: Sequence[Disclosure]) -> tuple[Place, ...]:
    return tuple(Place(d.block, d.span, d.text) for d in found if d.block is not None)[:1]


def _missing(rule: Rule, page: Page, places: Sequence[Place]) -> Iterator[Finding]:
    when = _when(rule)
    if not (DisclosureKind.REFERENCES in when.kinds and _cites(page.analysis)) and not _of(
        page.analysis, when.kinds, when.topics
    ):
        yield document_finding(rule, page.analysis, places=places, note=_OWES, fills=_dose_of(page))


def _cites(analysis: Analysis) -> bool:
    """Whether the prose itself points to a source. A mark counts by what stands in the list that it leads to."""
    return any(c.resolved and c.kind not in _MARKS for c in analysis.citations)


def _unanswered(rule: Rule, page: Page, places: Sequence[Place]) -> Iterator[Finding]:
    when = _when(rule)
    given = {d.topic for d in _of(page.analysis, when.kinds)}
    missing = [when.names.get(topic, topic.replace("-", " ")) for topic in page.warnings() if topic not in given]
    if missing:
        fills = {"missing": "; ".join(missing), "count": str(len(missing))}
        source = page.source()
        authority = (source,) if source is not None else ()
        yield document_finding(rule, page.analysis, places=places, note=_OWES, fills=fills, authority=authority)


def _forbidden(rule: Rule, page: Page, places: Sequence[Place]) -> Iterator[Finding]:
    offered = next(iter(page.places(Trigger.RX_OFFERED)), None) if Trigger.RX_OFFERED in _when(rule).all else None
    named = {"substance": spoken_of(offered.text, page.analysis)} if offered is not None else {}
    yield document_finding(rule, page.analysis, places=places, note=_SHOWS, fills={**_dose_of(page), **named})


def _in_place(rule: Rule, page: Page, _places: Sequence[Place]) -> Iterator[Finding]:
    when = _when(rule)
    for place in dict.fromkeys(place for trigger in (*when.all, *when.any) for place in page.all_places(trigger)):
        yield text_finding(rule, page.analysis, block=place.block, span=place.span, cues=(place.text,))


def _altered(rule: Rule, page: Page, _places: Sequence[Place]) -> Iterator[Finding]:
    found = _of(page.analysis, _when(rule).kinds)
    if found and not any(d.exact for d in found):
        there = _there(found)
        fills = {"found": found[0].text}
        yield document_finding(rule, page.analysis, places=there, note=_THERE, fills=fills)


def _misplaced(rule: Rule, page: Page, _places: Sequence[Place]) -> Iterator[Finding]:
    found = _of(page.analysis, _when(rule).kinds)
    if found:
        yield document_finding(rule, page.analysis, places=_there(found), note=_THERE, fills={"found": found[0].text})


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
            fills={"found": found[0].text},
        )


def _unlinked(rule: Rule, page: Page, *, elsewhere: bool) -> Iterator[Finding]:
    """Claims that neither stand next to the note nor carry the symbol that leads to it, each by itself.

    Of a note that stands only `elsewhere`, in the site's template, nobody knows the symbol: any will do.
    """
    analysis = page.analysis
    notes = [d for d in _of(analysis, _when(rule).kinds) if d.block is not None]
    before = next((s for d in notes if (s := _symbol_before(analysis, d))), "")
    symbols = (before,) if before else _SYMBOLS if elsewhere and not notes else ()
    loose = [
        place
        for place in sorted(page.function_claims, key=lambda p: (p.block, p.span))
        if not any(abs(place.block - note.block) <= 1 for note in notes if note.block is not None)
        and not any(_carries(analysis, place, symbol) for symbol in symbols)
    ]
    if loose and (notes or elsewhere):
        fills = {"found": notes[0].text if notes else "", "count": str(len(loose)), "where": _where(analysis, loose)}
        yield document_finding(rule, analysis, places=loose[:_SHOWN], note=_OWES, fills=fills)


def _where(analysis: Analysis, places: Sequence[Place]) -> str:
    """The first of some places with their lines, and how many more there are: "line 3 (“…”) and 2 more"."""
    source, blocks = analysis.document.source, analysis.document.blocks
    shown = [
        f"line {source.position(blocks[p.block].to_source(p.span).start).line} (“{shorten(p.text)}”)"
        for p in places[:_SHOWN]
    ]
    return joined([*shown, *([f"{len(places) - _SHOWN} more"] if len(places) > _SHOWN else [])])


def _apart(rule: Rule, page: Page, places: Sequence[Place]) -> Iterator[Finding]:
    """What is to stand next to each of the places that call for it, and stands elsewhere on the page."""
    analysis = page.analysis
    given = [d for d in _of(analysis, _when(rule).kinds) if d.block is not None]
    far = [p for p in places if not any(_near(analysis, p.block, d.block) for d in given if d.block is not None)]
    if given and far:
        fills = {"found": given[0].text}
        yield document_finding(rule, analysis, places=far, note=_OWES, fills=fills)


def _near(analysis: Analysis, first: int, second: int) -> bool:
    """Whether at most two blocks of prose lie between two blocks, whichever comes first."""
    low, high = sorted((first, second))
    between = analysis.document.blocks[low + 1 : high]
    return sum(block.kind is not BlockKind.HEADING for block in between) <= _BETWEEN


def _symbol_before(analysis: Analysis, note: Disclosure) -> str:
    """The symbol that opens the note's block or stands just before the note."""
    if note.block is None:
        return ""
    block = analysis.document.blocks[note.block]
    opening = block.text.lstrip()[:1]
    before = block.text[: note.span.start].rstrip()[-1:]
    inside = Span(note.span.start, note.span.start + 1).of(block.text)
    return next((s for s in (opening, before, inside) if s in _SYMBOLS and s), "")


def _carries(analysis: Analysis, place: Place, symbol: str) -> bool:
    """Whether the symbol stands at a claim: in its sentence or just after it."""
    text = analysis.document.blocks[place.block].text
    sentence = analysis.sentence_of(place.block, place.span)
    end = sentence.span.end if sentence is not None else place.span.end
    return symbol in text[place.span.start : end + _AFTER]


def _dose_of(page: Page) -> dict[str, str]:
    dose = page.analysis.topic.dose
    return {"dose": dose.text if dose is not None else ""}


_FAULTS = {
    Fault.MISSING: _missing,
    Fault.UNANSWERED: _unanswered,
    Fault.FORBIDDEN: _forbidden,
    Fault.IN_PLACE: _in_place,
    Fault.ALTERED: _altered,
    Fault.MISPLACED: _misplaced,
    Fault.LATE: _late,
    Fault.APART: _apart,
}
