"""What a check says about a document, and the report that gathers it. Plain data, no input or output."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from caveat.source import Span
from caveat.values import dataclass


class Severity(StrEnum):
    """How much a finding weighs. `ERROR` fails a gate by default."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return _RANKS[self]

    def softer(self) -> Severity:
        """One level lower; a note stays a note."""
        return {Severity.ERROR: Severity.WARNING}.get(self, Severity.NOTE)


_RANKS = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Scope(StrEnum):
    """Whether a finding is about words in the text or about what the whole document lacks."""

    TEXT = "text"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Authority:
    """The law, guidance or standard behind a rule. `verified` is false for what was only remembered."""

    title: str
    section: str = ""
    url: str = ""
    jurisdiction: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that the finding speaks of, with what stands there.

    `rule` is set where another finding stands there, which yields to this one: the one that it is by.
    """

    message: str
    span: Span  # of the source
    text: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the source `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend the source. A `safe` fix can not change what the sentence means."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an editor would mark.

    `span` lies in the source; for a document-level finding it is the title, or empty at the start. `text` is what
    stands there. `cues` are the words that made the rule fire, in reading order.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    scope: Scope = Scope.TEXT
    text: str = ""
    cues: tuple[str, ...] = ()
    why: str = ""
    suggestion: str = ""
    authority: tuple[Authority, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    softened: bool = False  # a hedge lowered the severity

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Sort key: place, then rule, then message."""
        return self.span.start, self.span.end, self.rule, self.message


def joined(names: Sequence[str]) -> str:
    """Names as words of a message: "a, b and c"; empty for none."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
