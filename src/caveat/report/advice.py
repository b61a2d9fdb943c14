"""Why a finding matters, what to do and who says so: each said once in a file."""

from __future__ import annotations

from rich.text import Text

from caveat.finding import Authority, Finding
from caveat.report.screen import Screen
from caveat.report.wording import UNVERIFIED, authority_text


class Advice:
    """Remembers what has been said, so that a rule that fires again is not explained again."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._said: set[tuple[str, str]] = set()

    def rows(self, finding: Finding, *, suggestion: str = "Try") -> list[tuple[str, Text]]:
        """Labelled lines with what this finding adds to what was said before.

        `suggestion` is the label of the suggestion; without a label it is left out.
        """
        rows: list[tuple[str, Text]] = []
        if self._new("why", finding.why):
            rows.append(("Why", self._screen.text(finding.why)))
        if suggestion and self._new("suggestion", finding.suggestion):
            rows.append((suggestion, self._screen.text(finding.suggestion)))
        if finding.fix:
            option = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
            rows.append(("Fix", self._screen.text(finding.fix.title, (f"  ({option})", "dim"))))
        new = [authority for authority in finding.authority if self._new("authority", repr(authority))]
        rows.extend(("" if index else "Source", self._authority(one)) for index, one in enumerate(new))
        return rows

    def _new(self, what: str, text: str) -> bool:
        if not text or (what, text) in self._said:
            return False
        self._said.add((what, text))
        return True

    def _authority(self, authority: Authority) -> Text:
        warning = "" if authority.verified else UNVERIFIED
        url = f" {authority.url}" if authority.url else ""
        return self._screen.text((warning, "italic"), authority_text(authority), (url, "dim"))
