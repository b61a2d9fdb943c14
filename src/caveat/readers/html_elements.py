"""The elements of HTML that a reader of text must know, after the HTML standard."""

from __future__ import annotations

from typing import Final

from caveat.document import BlockKind


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID: Final = _names("area base br col embed hr img input link meta param source track wbr")
"""Elements without content or end tag."""

BLOCK: Final = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p search section summary table tbody"
    " td tfoot th thead tr ul"
)
"""Elements that begin and end a run of text."""

INLINE: Final = _names(
    "a abbr acronym b bdi bdo big cite data del dfn em font i ins kbd label mark nobr q rp rt ruby s small span strike"
    " strong sub sup time tt u var"
)
"""Elements inside a run of text."""

HEADINGS: Final = _names("h1 h2 h3 h4 h5 h6")
LISTS: Final = _names("ul ol menu dir dl")
TABLE_PARTS: Final = _names("table thead tbody tfoot tr")
BARRIERS: Final = LISTS | _names("table td th caption")
"""Elements that the end tag of something outside them does not reach through."""

NOT_READ: Final = _names(
    "script style template noscript svg math code pre samp textarea select object iframe canvas audio video applet"
    " datalist map noembed noframes xmp progress meter"
)
"""Elements whose content is no prose or is not shown."""

STANDS_FOR: Final = _names("svg math code samp object canvas audio video progress meter")
"""Of what is not read, what takes a place between words."""

BUTTON_INPUTS: Final = _names("submit button reset")
"""Types of `input` that show a button with their value on it."""

_SECTIONS = _names("thead tbody tfoot")
IMPLIED_ENDS: Final = {
    "li": (_names("li"), LISTS),
    "dt": (_names("dt dd"), _names("dl")),
    "dd": (_names("dt dd"), _names("dl")),
    "td": (_names("td th"), _names("table tr")),
    "th": (_names("td th"), _names("table tr")),
    "tr": (_names("tr"), _names("table")),
    "thead": (_SECTIONS, _names("table")),
    "tbody": (_SECTIONS, _names("table")),
    "tfoot": (_SECTIONS, _names("table")),
}
"""For a start tag: the open elements that it ends, unless one of the others lies between (optional tags)."""


def is_component(name: str) -> bool:
    """Whether a tag's name, as written, is that of a custom element or of a component such as `Callout`."""
    return "-" in name or (name[0].isupper() and not name.isupper() and name.lower() not in INLINE)


BLOCK_KINDS: Final = {
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "legend": BlockKind.CAPTION,
    "dt": BlockKind.TERM,
}
