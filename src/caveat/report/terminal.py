"""The report for a person at a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TextIO

from rich.table import Table
from rich.text import Text

from caveat.finding import Finding, Scope, Severity
from caveat.report import panels
from caveat.report.advice import Advice
from caveat.report.excerpt import Cluster, Mark, Row, excerpt, underlines
from caveat.report.grouping import Folded, fold, group, line_list
from caveat.report.options import TerminalOptions, Verbosity
from caveat.report.screen import STYLE, Labelled, Screen
from caveat.report.wording import count
from caveat.result import FileReport, Report
from caveat.source import Source

_SKIPPED = 5  # named in the summary, unless verbose
_QUOTED = 90  # code points of a related place
_LINES = 12  # runs of lines of a repeated finding


def render(report: Report, options: TerminalOptions) -> str:
    """The terminal report as text, without escape sequences unless colour is asked for always."""
    stream = io.StringIO()
    print_report(report, options, stream)
    return stream.getvalue()


def print_report(report: Report, options: TerminalOptions, stream: TextIO) -> None:
    """Write the report to `stream`; what the stream is decides colour, width and signs as far as options leave it."""
    screen = Screen(stream, options)
    if options.verbosity is Verbosity.QUIET:
        _brief(screen, report, options)
    else:
        for file in report.files:
            _file(screen, file, options, alone=len(report.files) == 1)
    if options.statistics:
        _statistics(screen, report)
    _summary(screen, report, options)


def _brief(screen: Screen, report: Report, options: TerminalOptions) -> None:
    for file in report.files:
        if file.error is not None:
            screen.whole((f"{file.path}: ", ""), ("error", STYLE[Severity.ERROR]), f" cannot be read: {file.error}")
    for file, source, finding in report.findings():
        place = source.position(finding.span.start)
        screen.whole(
            f"{file.path}:{place.line}:{place.column}: ",
            (finding.severity.value, STYLE[finding.severity]),
            f" {finding.rule}: {finding.message}",
        )
    hidden = [(f, f.source, known) for f in report.files if f.source is not None for known in f.suppressed]
    for file, source, known in hidden if options.show_suppressed else ():
        place = source.position(known.finding.span.start)
        reason = f": {known.reason}" if known.reason else ""
        screen.whole(
            f"{file.path}:{place.line}:{place.column}: ",
            ("suppressed", "dim"),
            f" {known.finding.rule}: by {known.by.value}{reason}",
        )
    for file, source, finding, speaker in _behind(report.files) if options.show_suppressed else ():
        place = source.position(finding.span.start)
        screen.whole(
            f"{file.path}:{place.line}:{place.column}: ", ("behind", "dim"), f" {finding.rule}: behind {speaker}"
        )


def _behind(files: Sequence[FileReport]) -> Iterator[tuple[FileReport, Source, Finding, str]]:
    """The findings that others speak for, each with its file and the rule that does."""
    for file in files:
        if file.source is not None:
            for rivals in file.rivals:
                for finding, speaker in rivals.behind:
                    yield file, file.source, finding, speaker


def _file(screen: Screen, file: FileReport, options: TerminalOptions, *, alone: bool) -> None:
    everything = options.verbosity is Verbosity.VERBOSE
    if file.source is None:
        _title(screen, file, "")
        sign = f"{screen.signs.error} error  "
        screen.line((sign, STYLE[Severity.ERROR]), f"This file was not checked: {file.error}", indent=2)
        screen.blank()
        return
    suppressed = options.show_suppressed and (file.suppressed or file.rivals)
    if not (file.findings or suppressed or alone or everything):
        return
    told = f" ({file.profile_reason})" if file.profile_reason else ""
    places = f" for {', '.join(code.upper() for code in file.jurisdictions)}" if file.jurisdictions else ""
    _title(screen, file, f"checked as {file.profile}{told}{places}" if file.profile else "")
    _findings(screen, file, file.source, everything=everything)
    if not file.findings and not alone:
        screen.line((f"{screen.signs.present} ", "bold"), "Nothing found.")
    if suppressed:
        _suppressed(screen, file, file.source)
    screen.blank()


def _title(screen: Screen, file: FileReport, remark: str) -> None:
    screen.line((file.path, "bold underline"))
    if remark:
        screen.line((remark, "dim"))


def _findings(screen: Screen, file: FileReport, source: Source, *, everything: bool) -> None:
    panels.verdicts(screen, file, source)
    advice = Advice(screen)
    asked = {item.rule for item in file.checklist if not item.present}
    in_text = [finding for finding in file.findings if finding.scope is Scope.TEXT]
    on_whole = [finding for finding in file.findings if finding.scope is Scope.DOCUMENT]
    for together in group(fold(in_text), source):
        _group(screen, file, source, together, advice)
    loose = [finding for finding in on_whole if finding.rule not in asked]
    if loose:
        panels.heading(screen, "The article as a whole", "")
        for finding in loose:
            _verdict(screen, source, Folded(finding), advice, label="")
    panels.disclosures(screen, file, source, [finding for finding in on_whole if finding.rule in asked], advice)
    panels.doses(screen, file.doses, source)
    panels.balance(screen, file, source, everything=everything)


def _group(screen: Screen, file: FileReport, source: Source, together: Sequence[Folded], advice: Advice) -> None:
    several = len(together) > 1
    labels = [str(number) if several else "" for number in range(1, len(together) + 1)]
    place = source.position(together[0].first.span.start)
    screen.blank()
    screen.whole((f"{file.path}:{place.line}:{place.column}", "bold"))
    _excerpt(screen, source, together, labels)
    for folded, label in zip(together, labels, strict=True):
        _verdict(screen, source, folded, advice, label=label)


def _excerpt(screen: Screen, source: Source, together: Sequence[Folded], labels: Sequence[str]) -> None:
    marks = [Mark.of(folded.first, source, label=label) for folded, label in zip(together, labels, strict=True)]
    styles = [STYLE[folded.first.severity] for folded in together]
    last = source.position(max(mark.span.end for mark in marks)).line
    gutter = max(len(str(last)), 2)
    rows = excerpt(source, marks, width=screen.width - gutter - 5, encoding=screen.encoding)
    for row in rows:
        number = str(row.number) if row.number is not None else ""
        lead = f"{screen.signs.ellipsis} " if row.cut_before else ""
        screen.row(Text.assemble((f"  {number:>{gutter}} | {lead}", "dim"), _words(screen, row, marks, styles)))
        for line in underlines(row, marks):
            signs = Text.assemble((f"  {'':>{gutter}} | {' ' * len(lead)}", "dim"))
            for run, index in line:
                signs.append(run, styles[index] if index >= 0 else "")
            screen.row(signs)


def _words(screen: Screen, row: Row, marks: Sequence[Mark], styles: Sequence[str]) -> Text:
    if row.gap:
        return Text(screen.signs.ellipsis, "dim")
    out = Text()
    for style, run in groupby(row.clusters, key=lambda cluster: _style(cluster, marks, styles)):
        out.append("".join(cluster.text for cluster in run), style)
    if row.cut_after:
        out.append(f" {screen.signs.ellipsis}", "dim")
    return out


def _style(cluster: Cluster, marks: Sequence[Mark], styles: Sequence[str]) -> str:
    return next((style for style, mark in zip(styles, marks, strict=True) if mark.emphasis(cluster) == 2), "")


def _verdict(screen: Screen, source: Source, folded: Folded, advice: Advice, *, label: str) -> None:
    finding = folded.first
    style = STYLE[finding.severity]
    number = f"{label} " if label else ""
    indent = 2 + len(number)
    hedged = " (softened by a hedge)" if finding.softened else ""
    times = f"  {len(folded.all)} times" if folded.others else ""
    screen.line(
        (number, "bold"),
        (f"{screen.signs.of(finding.severity)} {finding.severity.value}", style),
        f"{hedged}  ",
        finding.rule,
        (times, "bold"),
        indent=2,
    )
    screen.line((finding.message, "bold"), indent=indent)
    rows = [*_evidence(screen, source, folded, advice), *advice.rows(finding)]
    screen.labelled(rows, indent=indent)


def _evidence(screen: Screen, source: Source, folded: Folded, advice: Advice) -> list[Labelled]:
    """Where else to look: repeats, related places, and cues that the excerpt cannot mark."""
    rows: list[Labelled] = []
    finding = folded.first
    if folded.others:
        rows.append(Labelled("Also", screen.text(_repeats(source, folded.others))))
    elsewhere = finding.scope is Scope.DOCUMENT or len(Mark.of(finding, source).cues) < len(finding.cues)
    if finding.cues and elsewhere:
        rows.append(Labelled("Words", screen.text(", ".join(f'"{cue}"' for cue in finding.cues))))
    for related in finding.related:
        place = source.position(related.span.start)
        words = " ".join((related.text or related.span.of(source.text)).split())
        shown = words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + f" {screen.signs.ellipsis}"
        quoted = f': "{shown}"' if advice.first("place", words) else ""
        rows.append(Labelled("See", screen.text((f"{place.line}:{place.column}  ", "bold"), related.message, quoted)))
    return rows


def _repeats(source: Source, others: Sequence[Finding]) -> str:
    lines = [source.position(finding.span.start).line for finding in others]
    plural = "s" if len(set(lines)) > 1 else ""
    return f"{len(others)} more on line{plural} {line_list(lines, most=_LINES)}"


def _suppressed(screen: Screen, file: FileReport, source: Source) -> None:
    if file.suppressed:
        panels.heading(screen, "Suppressed", str(len(file.suppressed)))
    for known in file.suppressed:
        place = source.position(known.finding.span.start)
        reason = f": {known.reason}" if known.reason else ""
        screen.line(
            f"{place.line}:{place.column}  ", (known.finding.rule, "bold"), f"  by {known.by.value}{reason}", indent=2
        )
    behind = list(_behind((file,)))
    if behind:
        panels.heading(screen, "Behind a finding on the same sentence", str(len(behind)))
    for _, _, finding, speaker in behind:
        place = source.position(finding.span.start)
        screen.line(f"{place.line}:{place.column}  ", (finding.rule, "bold"), f"  behind {speaker}", indent=2)


def _statistics(screen: Screen, report: Report) -> None:
    if not report.by_rule:
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right")
    for rule, number in report.by_rule.items():
        info = report.rules.get(rule)
        grid.add_row(Text(str(number), "bold"), screen.text(rule), screen.text((info.title if info else "", "dim")))
    screen.line(("Findings by rule", "bold underline"))
    screen.show(grid, indent=2)
    screen.blank()


def _summary(screen: Screen, report: Report, options: TerminalOptions) -> None:
    summary = report.summary
    files = count(summary.read, "file")
    if summary.findings:
        counts = Text(", ").join(
            screen.text((count(number, severity.value), STYLE[severity]))
            for severity, number in zip(Severity, (summary.error, summary.warning, summary.note), strict=True)
            if number
        )
        screen.show(Text.assemble(counts, f" in {files}."))
    elif summary.read:
        screen.line((f"{screen.signs.present} ", "bold"), f"Nothing found in {files}.")
    elif not summary.files:
        screen.line("No files to check.")
    panels.publishable(screen, report)
    if summary.failed:
        screen.line((f"{count(summary.failed, 'file')} could not be read.", STYLE[Severity.ERROR]))
    if summary.suppressed:
        hint = "" if options.show_suppressed else "; --show-suppressed lists them"
        screen.line((f"{summary.suppressed} suppressed{hint}.", "dim"))
    if summary.skipped:
        _skipped(screen, report, everything=options.verbosity is Verbosity.VERBOSE)


def _skipped(screen: Screen, report: Report, *, everything: bool) -> None:
    shown = report.skipped if everything else report.skipped[:_SKIPPED]
    screen.line((f"{count(len(report.skipped), 'path')} skipped:", "dim"))
    for skipped in shown:
        screen.line((f"{skipped.path}  ", "dim"), (skipped.reason, "dim"), indent=2)
    if len(shown) < len(report.skipped):
        screen.line((f"and {len(report.skipped) - len(shown)} more", "dim"), indent=2)
