"""What the terminal report says of an article as a whole: where it can go, disclosures, doses, benefits and risks."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from caveat.finding import Finding, Scope, Severity
from caveat.report.advice import Advice
from caveat.report.grouping import line_list
from caveat.report.screen import STYLE, Screen
from caveat.report.wording import FROM_TEMPLATE
from caveat.result import ChecklistItem, DoseRow, FileReport, Report, SuppressedBy
from caveat.source import Source, Span

_SENTENCES = 4  # of each kind, unless verbose
_SENTENCE = 150  # code points of each, unless verbose
_RETAINED = "eu/"  # the rules on food that hold in Great Britain as well
_PLACES = 4  # runs of lines in a table cell


def disclosures(screen: Screen, file: FileReport, source: Source, missing: Sequence[Finding], advice: Advice) -> None:
    """The checklist: what is there and where, what is missing and what to add. `missing` are its findings."""
    if not file.checklist:
        return
    present = [item for item in file.checklist if item.present]
    heading(screen, "Disclosures", f"{len(present)} of {len(file.checklist)} present")
    if present:
        grid = Table.grid(padding=(0, 2, 0, 0))
        for item in present:
            line = f"line {source.position(item.place.start).line}" if item.place else FROM_TEMPLATE
            grid.add_row(Text(screen.signs.present, "bold"), screen.text(item.label), Text(line, "dim"))
        screen.show(grid, indent=2)
    for item in file.checklist:
        if not item.present:
            _missing(screen, item, [finding for finding in missing if finding.rule == item.rule], advice)


def _missing(screen: Screen, item: ChecklistItem, findings: Sequence[Finding], advice: Advice) -> None:
    severity = max((finding.severity for finding in findings), key=lambda s: s.rank, default=Severity.NOTE)
    style = STYLE[severity] if findings else "bold"
    screen.line(
        (f"{screen.signs.missing}  ", style),
        (item.label, "bold"),
        (f"  {severity.value}" if findings else "", style),
        (f"  {item.rule}", "dim"),
        indent=2,
    )
    for finding in findings:
        screen.line(finding.message, indent=5)
    rows = [advice.suggestion(item.add)] if item.add else []
    for finding in findings:
        rows.extend(advice.rows(finding, suggestion=not item.add))
    screen.labelled(rows, indent=5)


def doses(screen: Screen, rows: Sequence[DoseRow], source: Source) -> None:
    """The doses that the article states, equal ones in one row, and why some are in question."""
    if not rows:
        return
    places: dict[tuple[str, str, str, bool, str], list[int]] = {}
    for row in rows:
        key = (row.name, " ".join(row.text.split()), row.role, row.questioned, row.note)
        places.setdefault(key, []).append(source.position(row.span.start).line)
    questioned = sum(row.questioned for row in rows)
    heading(screen, "Doses", f"{len(rows)} stated" + (f", {questioned} in question" if questioned else ""))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for title in ("Substance", "Dose", "Stated as", "Line", ""):
        table.add_column(title, overflow="fold")
    previous = None
    told: dict[str, int] = {}  # the line that a verdict is shown at; it is not said twice
    order = {key[0]: rank for rank, key in reversed(list(enumerate(places)))}
    for (substance, text, role, doubted, note), lines in sorted(places.items(), key=lambda row: order[row[0][0]]):
        times = f" ({len(lines)} times)" if len(lines) > 1 else ""
        elsewhere = "as above" if told.get(note) == lines[0] else f"see line {told.get(note)}"
        said = elsewhere if note in told else note or "in question"
        told.setdefault(note, lines[0])
        verdict = screen.text((screen.signs.warning + " ", STYLE[Severity.WARNING]), said)
        table.add_row(
            screen.text("" if substance == previous else substance or "not named"),
            screen.text((text, "bold" if doubted else "")),
            screen.text(role),
            Text(line_list(lines, most=_PLACES) + times),
            verdict if doubted else screen.text((note, "dim")),
        )
        previous = substance
    screen.show(table, indent=2)


def balance(screen: Screen, file: FileReport, source: Source, *, everything: bool) -> None:
    """The sentences about benefits beside those about risks."""
    benefit, risk = file.balance.benefit, file.balance.risk
    if not benefit and not risk:
        return
    heading(screen, "Benefits and risks", "")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False, expand=True)
    for title, spans in (("of benefit", benefit), ("of risk", risk)):
        table.add_column(f"{len(spans)} sentence{'s' * (len(spans) != 1)} {title}", ratio=1, overflow="fold")
    shown = max(len(benefit), len(risk)) if everything else _SENTENCES
    table.add_row(*(_sentences(screen, spans, source, shown) for spans in (benefit, risk)))
    screen.show(table, indent=2, width=screen.width)


def verdicts(screen: Screen, file: FileReport, source: Source) -> None:
    """Where the article can be published, and what stops it elsewhere: what holds everywhere apart, with lines.

    Nothing for a single jurisdiction: the findings themselves say it.
    """
    if len(file.verdicts) < 2:
        return
    good = [verdict.jurisdiction.upper() for verdict in file.verdicts if verdict.publishable]
    heading(screen, "Where it can be published", f"{len(good)} of {len(file.verdicts)}")
    if len(good) == len(file.verdicts):
        screen.line((f"{screen.signs.present}  ", "bold"), f"{', '.join(good)}: no error stops it", indent=2)
        return
    everywhere = set.intersection(*(set(verdict.stops) for verdict in file.verdicts))
    lines: dict[str, list[int]] = {}
    for finding in dict.fromkeys((*file.findings, *(one for rivals in file.rivals for one in rivals.findings))):
        if finding.severity is Severity.ERROR:
            whole = finding.scope is Scope.DOCUMENT
            lines.setdefault(finding.rule, []).extend([] if whole else [source.position(finding.span.start).line])
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for title in ("", "", "Stopped by", "Line"):
        table.add_column(title, overflow="fold")
    rows = [(verdict.jurisdiction.upper(), sorted(set(verdict.stops) - everywhere)) for verdict in file.verdicts]
    if everywhere:
        rows.insert(0, ("all", sorted(everywhere)))
    for place, stops in rows:
        sign = (screen.signs.present, "bold") if place in good else (screen.signs.missing, STYLE[Severity.ERROR])
        if place not in good and not stops:
            table.add_row(screen.text(sign), place, screen.text(("what stops it everywhere", "dim")), "")
            continue
        for rule in stops or [""]:
            shown = (screen.text(sign), place) if rule == (stops or [""])[0] else ("", "")
            places = line_list(sorted(set(lines[rule])), most=_PLACES) if lines.get(rule) else ""
            table.add_row(*shown, screen.text(rule), Text(places or ("whole page" if rule else ""), "dim"))
    screen.show(table, indent=2)
    if any(place == "UK" and any(rule.startswith(_RETAINED) for rule in stops) for place, stops in rows):
        screen.line(f"UK: {_RETAINED} is law of Great Britain too, retained after it left the EU", indent=2)


def publishable(screen: Screen, report: Report) -> None:
    """How many of several files can be published in each place, where several places were asked.

    A place counts the files that were asked for it. What a baseline records still stops a file, and the line says so.
    """
    files = [file for file in report.files if file.verdicts]
    places = dict.fromkeys(verdict.jurisdiction for file in files for verdict in file.verdicts)
    if len(files) < 2 or len(places) < 2:
        return
    counts = []
    for place in places:
        verdicts_there = [v for file in files for v in file.verdicts if v.jurisdiction == place]
        counts.append(f"{place.upper()} {sum(v.publishable for v in verdicts_there)} of {len(verdicts_there)}")
    recorded = any(known.by is SuppressedBy.BASELINE for file in files for known in file.suppressed)
    note = ", what the baseline records included" if recorded else ""
    screen.line(f"Publishable as they stand{note}: {', '.join(counts)}.")


def _sentences(screen: Screen, spans: Sequence[Span], source: Source, shown: int) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for span in spans[:shown]:
        text = " ".join(span.of(source.text).split())
        if shown == _SENTENCES and len(text) > _SENTENCE:
            text = text[:_SENTENCE].rsplit(" ", 1)[0] + " " + screen.signs.ellipsis
        grid.add_row(str(source.position(span.start).line), screen.text(text))
    if len(spans) > shown:
        grid.add_row("", Text(f"and {len(spans) - shown} more", "dim"))
    if not spans:
        grid.add_row("", Text("none found", "dim"))
    return grid


def heading(screen: Screen, title: str, remark: str) -> None:
    """A blank line and the title of a panel."""
    screen.blank()
    screen.line((title, "bold underline"), (f"  {remark}" if remark else "", "dim"))
