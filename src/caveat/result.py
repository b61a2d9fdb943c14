"""What a run found: the value that every reporter receives. Plain data, no input or output.

All spans lie in the source of the file they belong to and count code points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from functools import cached_property

from caveat.finding import Authority, Finding, Severity
from caveat.source import Source, Span
from caveat.values import dataclass

ACCEPTANCE_EXPIRED = "caveat/acceptance-expired"
"""The rule by which a report tells that a date has passed until which a finding was accepted."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a report says about a rule that was asked, whether or not it fired. `severity` is its default."""

    id: str
    title: str
    severity: Severity
    why: str = ""
    suggestion: str = ""
    authority: tuple[Authority, ...] = ()

    @property
    def pack(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]


class SuppressedBy(StrEnum):
    """Where it was said that a finding is not to be reported."""

    COMMENT = "comment"  # in the article: a comment or the front matter
    ACCEPTED = "accepted"  # in the configuration
    BASELINE = "baseline"  # known before


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is known and kept out of the counts, with the reason that was given.

    `accepted` is the number, from 0, of the configuration's acceptance that answers for it.
    """

    finding: Finding
    by: SuppressedBy
    reason: str = ""
    accepted: int | None = None


@dataclass(frozen=True, slots=True)
class Rivals:
    """Findings on one sentence, not all of which are reported.

    `before` has, for the rule of each, those that it yields to wherever they are reported.
    """

    findings: tuple[Finding, ...]
    before: Mapping[str, frozenset[str]]

    @property
    def behind(self) -> tuple[tuple[Finding, str], ...]:
        """Those that are not reported, each with the rule that speaks for it."""
        reported = speaking(self.before)
        spoken = ((f, [rule for rule in self.before if rule in reported & self.before[f.rule]]) for f in self.findings)
        return tuple((f, by[0]) for f, by in spoken if by and f.rule not in reported)


def speaking(before: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Those of some rules on one sentence that are reported, given for each the rules that it yields to.

    Rules that yield to each other silence each other in the order given.
    """
    left = {rule: before.keys() & others for rule, others in before.items()}
    reported: set[str] = set()
    while left:
        speaks = next((rule for rule, others in left.items() if not others), next(iter(left)))
        reported.add(speaks)
        gone = {speaks, *(rule for rule, others in before.items() if speaks in others)}
        left = {rule: others - gone for rule, others in left.items() if rule not in gone}
    return frozenset(reported)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that was asked for or met on the way and not checked."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One disclosure that the article owes its readers.

    `kind` names it for programs, `label` for people. `place` is where it stands, None if it is not in the
    text (the site's template has it, or it is missing). `rule` is the rule that asks for it; `add` says
    what to add when it is missing.
    """

    kind: str
    label: str
    present: bool
    place: Span | None = None
    rule: str = ""
    add: str = ""


@dataclass(frozen=True, slots=True)
class DoseRow:
    """A dose that the article states: `role` is single, total, maximum…; `note` says why it is in question.

    `substance` is an id, `name` what the article calls it; both are empty where none is named.
    """

    substance: str
    text: str
    role: str
    span: Span
    questioned: bool = False  # a finding says that it is wrong, contradicted or incomplete
    note: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """The sentences that speak of benefits and those that speak of risks, in reading order."""

    benefit: tuple[Span, ...] = ()
    risk: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an article can be published under one jurisdiction: `stops` counts the errors by rule."""

    jurisdiction: str
    stops: Mapping[str, int] = field(default_factory=dict)

    @property
    def publishable(self) -> bool:
        """Whether no error holds there."""
        return not self.stops


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one file. `source` is None exactly if the file could not be read; `error` says why.

    `profile_reason` says where the profile came from (the command line, the configuration, front matter).
    `findings` are in reading order; `rivals` tells which others they speak for. `verdicts` holds one for each
    jurisdiction that was asked.
    """

    path: str
    source: Source | None
    error: str | None = None
    profile: str = ""
    profile_reason: str = ""
    jurisdictions: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    rivals: tuple[Rivals, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    doses: tuple[DoseRow, ...] = ()
    balance: Balance = Balance()
    verdicts: tuple[Verdict, ...] = ()

    def __post_init__(self) -> None:
        if (self.source is None) != (self.error is not None):
            raise ValueError(f"{self.path}: a file has either a source or an error")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over a run. `files` counts those that were checked or should have been; `failed` those unread."""

    files: int
    failed: int
    error: int
    warning: int
    note: int
    suppressed: int
    skipped: int

    @property
    def read(self) -> int:
        """The files that the findings are of."""
        return self.files - self.failed

    @property
    def findings(self) -> int:
        """All findings that were reported."""
        return self.error + self.warning + self.note


@dataclass(frozen=True)
class Report:
    """The whole of a run: files in the order they were checked, the rules that were asked by id, what was skipped."""

    files: tuple[FileReport, ...] = ()
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    version: str = ""

    def findings(self) -> Iterator[tuple[FileReport, Source, Finding]]:
        """Every finding with its file and that file's source."""
        for file in self.files:
            if file.source is not None:
                for finding in file.findings:
                    yield file, file.source, finding

    @cached_property
    def summary(self) -> Summary:
        """The counts of the run."""
        by_severity = Counter(finding.severity for file in self.files for finding in file.findings)
        return Summary(
            files=len(self.files),
            failed=sum(file.error is not None for file in self.files),
            error=by_severity[Severity.ERROR],
            warning=by_severity[Severity.WARNING],
            note=by_severity[Severity.NOTE],
            suppressed=sum(len(file.suppressed) for file in self.files),
            skipped=len(self.skipped),
        )

    @cached_property
    def by_rule(self) -> Mapping[str, int]:
        """How often each rule fired, most frequent first, then by id."""
        counts = Counter(finding.rule for file in self.files for finding in file.findings)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
