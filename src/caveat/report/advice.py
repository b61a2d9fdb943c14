"""Why a finding matters, what to do and who says so: each said once in a file."""

from __future__ import annotations

from caveat.finding import Authority, Finding
from caveat.report.screen import Labelled, Screen
from caveat.report.wording import authority_text, mark, reason


class Advice:
    """Remembers what has been said, so that a rule that fires again is not explained again."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._said: set[tuple[str, str]] = set()

    def rows(self, finding: Finding, *, suggestion: bool = True) -> list[Labelled]:
        """Labelled lines with what this finding adds to what was said before, with or without its suggestion."""
        rows: list[Labelled] = []
        why = reason(finding.why, finding.authority)
        if self.first("why", why):
            rows.append(Labelled("Why", self._screen.text(why)))
        if suggestion and self.first("suggestion", finding.suggestion):
            rows.append(self.suggestion(finding.suggestion))
        if finding.fix:
            option = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
            rows.append(Labelled("Fix", self._screen.text(finding.fix.title, (f"  ({option})", "dim"))))
        marked = [(mark(a, finding.authority, reasoned=bool(why)), a) for a in finding.authority]
        new = [one for one in marked if self.first("authority", repr(one))]
        rows.extend(self._authority("" if index else "Source", *one) for index, one in enumerate(new))
        return rows

    def first(self, what: str, text: str) -> bool:
        """Whether this text is there and has not been said in the file."""
        if not text or (what, text) in self._said:
            return False
        self._said.add((what, text))
        return True

    def suggestion(self, text: str) -> Labelled:
        """What to do, under `Add` where it is words to add."""
        words = text.removeprefix("Add: ")
        return Labelled("Try" if words == text else "Add", self._screen.text(words))

    def _authority(self, label: str, warning: str, authority: Authority) -> Labelled:
        text = self._screen.text((warning, "italic"), authority_text(authority))
        return Labelled(label, text, self._screen.safe(authority.url))
