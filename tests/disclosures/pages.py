"""What tests of whole pages share."""

from __future__ import annotations

from caveat import Linter
from caveat.finding import Finding

FILL = (
    "The cup on my desk is blue, and the window looks out on a car park. In the morning a bus stops at the corner, and "
    "two people get off with their bags. The shop across the road sells bread, cheese and newspapers, and its owner "
    "sweeps the pavement before eight. On Saturdays there is a market with apples, plums and honey. A dog sleeps under "
    "the stall of the baker. When it rains, the awnings drip on the customers, who laugh and move closer together. "
    "Children wait there for their parents, and in the evening the lights go on along the river.\n"
)
"""Words that claim nothing, for pages that have to be long."""


def findings(linter: Linter, text: str, path: str = "page.md") -> dict[str, Finding]:
    """The findings on a page, the last of each rule by its id."""
    (file,) = linter.check_text(text, path=path).files
    return {f.rule: f for f in file.findings}
