"""Sentences that several reports share."""

from __future__ import annotations

from collections.abc import Iterable

from caveat.finding import Authority, Finding
from caveat.result import Summary

FROM_TEMPLATE = "from the site's template"
UNVERIFIED = "Unverified, check before relying on it: "


def reason(why: str, authorities: Iterable[Authority]) -> str:
    """Why a rule is, marked where nobody has read any of the sources that it names."""
    return f"{UNVERIFIED}{why}" if why and _unread(authorities) else why


def mark(authority: Authority, authorities: Iterable[Authority], *, reasoned: bool) -> str:
    """What stands before a source that nobody has read: nothing where the `reason` above it says so of all of them."""
    return "" if authority.verified or (reasoned and _unread(authorities)) else UNVERIFIED


def _unread(authorities: Iterable[Authority]) -> bool:
    found = tuple(authorities)
    return bool(found) and not any(authority.verified for authority in found)


def authority_text(authority: Authority) -> str:
    """The authority's title, section and jurisdiction on one line, without its address."""
    section = f", {authority.section}" if authority.section else ""
    code = authority.jurisdiction
    law = f" ({code.upper() if len(code) == 2 else code})" if code else ""
    return authority.title + section + law


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def findings_text(summary: Summary) -> str:
    """`4 errors, 1 note`; `nothing found` if there is nothing."""
    counts = ((summary.error, "error"), (summary.warning, "warning"), (summary.note, "note"))
    return ", ".join(count(number, noun) for number, noun in counts if number) or "nothing found"


def web_address(url: str) -> str:
    """`url` if it is an address on the web without blanks or controls, else nothing."""
    plain = url.startswith(("https://", "http://")) and all("!" <= char <= "~" for char in url)
    return url if plain else ""


def told(finding: Finding) -> str:
    """The message and the suggestion as sentences on one line."""
    if not finding.suggestion:
        return finding.message
    stop = "" if finding.message.endswith((".", "!", "?", "…")) else "."
    return f"{finding.message}{stop} {finding.suggestion}"
