"""A rule's page: what it looks for, why and by what authority, what it marks, how it yields, how to silence it.

One list of parts, written as plain text for the terminal and as Markdown for `docs/rules`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from enum import Enum

from caveat.finding import Authority
from caveat.packs.model import Circumstance, Example, Pack, Rule
from caveat.packs.placeholders import in_general
from caveat.regex import regex
from caveat.report.markdown import code
from caveat.report.visible import one_line, visible
from caveat.report.wording import authority_text, mark, reason, web_address
from caveat.result import RuleInfo
from caveat.values import dataclass

_LISTED = 12  # values of a trigger that a page names
_WIDTH = 80

_MARKUP = regex(r"([\\`*_\[\]<>&~|#])|\A(?=[-+=])|(?<=\A\d)(?=[.)])")

_CIRCUMSTANCES = {
    Circumstance.NEGATED: "it is denied (not, no, never)",
    Circumstance.QUESTION: "it is asked",
    Circumstance.HEDGED: "it is hedged (may, can, might)",
    Circumstance.LIMITED: "a limitation of the evidence is stated beside it",
    Circumstance.WARNING: "it stands in a warning",
    Circumstance.CAUTIONS: "it stands below a heading of adverse effects, cautions or contraindications",
    Circumstance.ATTRIBUTED: "somebody who is named says it",
    Circumstance.DEBUNKED: "it is told as a myth or a false claim",
    Circumstance.QUOTED: "it is quoted",
    Circumstance.CITED: "a citation that resolves stands beside it",
    Circumstance.NAMED: "the study is named or cited, there or just before",
    Circumstance.AUTHORISED: "a regulator has authorised this claim for this nutrient",
    Circumstance.NUTRIENT_ROLE: "a page that sells nothing tells the known part of a vitamin or mineral in the body",
    Circumstance.ON_LABEL: "the drug reference has this use",
    Circumstance.CONTRAST: "it is set against something else (unlike, whereas)",
    Circumstance.CONDITIONAL: "it is a condition (if, in case)",
    Circumstance.HISTORY: "it tells history (of an approval, of a family, of what was once believed)",
    Circumstance.TESTIMONIAL: "it is a first-person story",
    Circumstance.STUDIED: "it is only said to be studied",
    Circumstance.BOILERPLATE: "it stands in navigation, a cookie notice or a comment form",
    Circumstance.HEADING: "it stands in a heading",
}


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class _Items:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sources:
    authorities: tuple[Authority, ...]


@dataclass(frozen=True, slots=True)
class _Examples:
    sign: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Code:
    text: str
    language: str


_Part = _Paragraph | _Items | _Sources | _Examples | _Code


def page(rule: Rule, packs: Sequence[Pack]) -> str:
    """The page of a rule of one of the packs, 80 columns wide at most: plain text that is safe for a terminal."""
    head = f"{one_line(rule.id)}  {rule.severity.value}"
    out = [head, one_line(rule.title), ""]
    for title, part in _parts(rule, packs):
        out.extend((title, *_plain(part), ""))
    return "\n".join(out[:-1]) + "\n"


def own_page(rule: RuleInfo) -> str:
    """The same for a rule that no pack holds, on suppressions and settings."""
    out = [f"{one_line(rule.id)}  {rule.severity.value}", one_line(rule.title), ""]
    out += ["Why", *_plain(_Paragraph(rule.why)), "", "What to do", *_plain(_Paragraph(rule.suggestion))]
    return "\n".join(out) + "\n"


def markdown(rule: Rule, packs: Sequence[Pack]) -> str:
    """The page of a rule of one of the packs as Markdown; ends in a newline."""
    out = [f"# {prose(rule.title)}", "", f"{code(rule.id)}: {rule.severity.value}", ""]
    for title, part in _parts(rule, packs):
        out.extend((f"## {title}", "", *_marked_up(part), ""))
    return "\n".join(out[:-1]) + "\n"


def prose(text: str) -> str:
    """`text` on one line, as Markdown that shows it: only what would act as markup is escaped."""
    return _MARKUP.sub(lambda found: "\\" + found.group(), one_line(text))


def _parts(rule: Rule, packs: Sequence[Pack]) -> Iterator[tuple[str, _Part]]:
    yield "Why", _Paragraph(reason(rule.why, rule.authority))
    yield "What to do", _Paragraph(in_general(rule.suggestion))
    if rule.authority:
        yield "Sources", _Sources(rule.authority)
    if rule.examples.bad:
        yield "Marked", _Examples("✗", rule.examples.bad)
    if rule.examples.good:
        yield "Not marked", _Examples("✓", rule.examples.good)
    yield "Looks for", _Items((f"kind: {rule.kind.value}", *_trigger(rule)))
    yielding = tuple(_yielding(rule, packs))
    if yielding:
        yield "How it yields", _Items(yielding)
    yield "Where it holds", _Items(tuple(_holds(rule)))
    directive, reach = ("caveat-ignore-file", "page") if rule.kind.of_page else ("caveat-ignore", "next block")
    yield f"To silence it for the {reach}", _Code(f"<!-- {directive}: {rule.id} -- the reason -->", "markdown")
    yield "To silence it everywhere, in .caveat.yaml", _Code(f"ignore: [{rule.id}]", "yaml")


def _trigger(rule: Rule) -> Iterator[str]:
    """The fields of the trigger that are not at their default, as they are written in a pack."""
    for field in fields(rule.when):
        value = getattr(rule.when, field.name)
        if value == field.default or value is None:
            continue
        yield f"{field.name.replace('_', '-')}: {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        value = tuple(f"{key} → {_value(one)}" if one else str(key) for key, one in value.items())
    if isinstance(value, (tuple, list, frozenset)):
        values = [_value(one) for one in (sorted(value, key=str) if isinstance(value, frozenset) else value)]
        more = f" and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
        return ", ".join(values[:_LISTED]) + more
    return str(value)


def _yielding(rule: Rule, packs: Sequence[Pack]) -> Iterator[str]:
    if rule.unless:
        yield f"Silent when {'; '.join(_CIRCUMSTANCES[one] for one in rule.unless)}."
    if rule.soften:
        level = f"{rule.softened.value.capitalize()} instead" if rule.softened else "One level lower"
        yield f"{level} when {'; '.join(_CIRCUMSTANCES[one] for one in rule.soften)}."
    orders = [order for pack in packs for order in pack.orders if rule.id in order]
    before = dict.fromkeys(other for order in orders for other in order[: order.index(rule.id)])
    if before:
        yield f"Gives way {'on one page' if rule.kind.of_page else 'in one sentence'} to {', '.join(before)}."
    of_places = {one.id for pack in packs for one in pack.rules if one.jurisdictions}
    if any(not of_places.isdisjoint(order) for order in orders):
        yield "Where the rule of a country is among those that fire in a sentence, the gravest speaks first."
    if rule.spoken_for_by:
        yield f"Always spoken for by {', '.join(rule.spoken_for_by)}, unless those are not asked."


def _holds(rule: Rule) -> Iterator[str]:
    yield "Profiles: " + (", ".join(one.value for one in rule.profiles) or "all")
    yield "Jurisdictions: " + (", ".join(one.value for one in rule.jurisdictions) or "all")
    for profile, level in rule.severity_by.items():
        yield f"Under {profile.value}: {level.value}"


def _plain(part: _Part) -> list[str]:
    match part:
        case _Paragraph(text):
            return _wrapped(one_line(text), "  ")
        case _Items(items):
            return [line for item in items for line in _wrapped(one_line(item), "  - ")]
        case _Sources(authorities):
            return [line for one in authorities for line in _wrapped(_source(one, _mark(one, authorities)), "  - ")]
        case _Examples(sign, examples):
            return [line for example in examples for line in _wrapped(_example(example), f"  {sign} ")]
        case _Code(text, _):
            return [f"  {visible(text)}"]


def _marked_up(part: _Part) -> list[str]:
    match part:
        case _Paragraph(text):
            return [prose(text)]
        case _Items(items):
            return [f"- {prose(item)}" for item in items]
        case _Sources(authorities):
            return [f"- {_source_link(one, _mark(one, authorities))}" for one in authorities]
        case _Examples(_, examples):
            return _fenced_examples(examples)
        case _Code(text, language):
            return [f"```{language}", visible(text), "```"]


def _wrapped(text: str, lead: str) -> list[str]:
    indent = " " * len(lead)
    lines = textwrap.wrap(
        text, _WIDTH, initial_indent=lead, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return lines or [lead.rstrip()]


def _mark(authority: Authority, authorities: Sequence[Authority]) -> str:
    return mark(authority, authorities, reasoned=True)


def _source(authority: Authority, unsure: str) -> str:
    return one_line(f"{unsure}{authority_text(authority)} {authority.url}")


def _source_link(authority: Authority, unsure: str) -> str:
    url = web_address(authority.url)
    name = prose(authority_text(authority))
    return f"{unsure}[{name}](<{url}>)" if url and not set("<>") & set(url) else f"{unsure}{name}"


def _example(example: Example) -> str:
    where = ", ".join(str(one.value) for one in (example.profile, example.jurisdiction) if one)
    return one_line(example.text) + (f"  [{where}]" if where else "")


def _fenced_examples(examples: Sequence[Example]) -> list[str]:
    """Each example as a code block: its text is shown as it is written, whatever it holds."""
    out: list[str] = []
    for example in examples:
        lines = [visible(line) for line in example.text.strip("\n").split("\n")]
        fence = "```"
        while any(fence in line for line in lines):
            fence += "`"
        out.extend((*([""] if out else []), f"{fence}{example.format}", *lines, fence))
    return out
