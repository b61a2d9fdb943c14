"""What on a page is furniture of the site: navigation, cookie notices, comment forms, footers, side notes.

In HTML the element and its `class`, `id`, `role` and `aria-label` tell; in Markdown and plain text, where a
page was pasted whole, only the wording does.
"""

from __future__ import annotations

from typing import Final

from caveat.document import Region
from caveat.regex import regex

_LANDMARKS: Final = {
    "nav": Region.NAVIGATION,
    "footer": Region.FOOTER,
    "aside": Region.ASIDE,
    "navigation": Region.NAVIGATION,
    "menu": Region.NAVIGATION,
    "menubar": Region.NAVIGATION,
    "search": Region.NAVIGATION,
    "contentinfo": Region.FOOTER,
    "complementary": Region.ASIDE,
    "note": Region.ASIDE,
}
"""HTML elements, and the ARIA roles that say the same."""

_NAMES: Final = (
    (Region.COOKIE, regex(r"cookie|gdpr|ccpa|onetrust|(?<!informed-)(?<!informed_)consent")),
    (
        Region.COMMENT_FORM,
        regex(
            r"^(comments?|respond|disqus)([-_]*(form|area|list|section|respond|wrapper|thread|container|reply|box))?$"
            r"|^leave-a-(reply|comment)$"
        ),
    ),
    (
        Region.NAVIGATION,
        regex(
            r"breadcrumb|^skip-?(link|to|nav)|pagination|^(site-|page-)?masthead$|^site-header$|^social-?(share|links)|^share-?"
            r"(buttons|links|bar)|^((main|site|primary|secondary|top|mobile|header|global|footer)[-_]?)?(nav|navbar|navigation"
            r"|menu)([-_](bar|menu|links|list|container|wrapper))?$"
        ),
    ),
    (Region.FOOTER, regex(r"^(site-|page-|global-)?footer$|^colophon$")),
    (
        Region.ASIDE,
        regex(r"^side-?bar|^callout|^admonition|^info-?box$|^(side|pull)-?note$|^widget|^related-(posts|articles)$"),
    ),
)
# A page or article carries state in its classes ("cookies-not-set", "comments-open") and is never furniture.
_NEVER: Final = frozenset({"html", "body", "main", "article"})
_QUOTE_NAME = regex(
    r"testimonial|^((customer|user|client|patient)-)?reviews?([-_](card|text|body|item|content|list|quote))?$"
)
CALLOUTS: Final = frozenset(
    {"callout", "note", "tip", "info", "warning", "caution", "danger", "important", "admonition", "alert", "aside"}
)
"""Names of components and containers for side notes, lower-cased."""

_NAMES_MAX = 40  # names on one element that are looked at


def region_of(element: str, names: str, role: str, inside: Region) -> Region:
    """The region of an HTML element: its lower-cased name, its class and id words, its role, what surrounds it."""
    if inside.boilerplate or element in _NEVER:
        return inside
    words = names.lower().split()[:_NAMES_MAX]
    for region, pattern in _NAMES:
        if any(pattern.search(word) for word in words):
            return region
    if element in CALLOUTS and element != "info":
        return Region.ASIDE
    return _LANDMARKS.get(element) or _LANDMARKS.get(role.strip().lower()) or inside


def is_quote(element: str, names: str) -> bool:
    """Whether an HTML element holds someone's words: a quotation, a testimonial, a customer's review."""
    if element == "blockquote":
        return True
    return element not in _NEVER and any(_QUOTE_NAME.search(word) for word in names.lower().split()[:_NAMES_MAX])


_COMMENT_HEADING = regex(
    r"(leave|write|post|add|submit) (a|your) (reply|comment|response)\b|join the (discussion|conversation)$"
)
_COMMENT_LINE = regex(
    r"(leave|write|post|add|submit) (a|your) (reply|comment|response)\W*$"
    r"|cancel reply|your e-?mail( address)? (will|is) not (be )?(published|shared|required)"
    r"|required fields are marked|save my name, e-?mail"
    r"|you must be logged in to post|notify me of (new|follow-?up) (comments|posts)"
)
_COMMENT_WORDS = ("reply", "comment", "response", "publish", "required", "shared", "save my", "to post", "posts")
"""One of these stands in every such line."""

_COOKIE_LINE = regex(
    r"\b(we|this (web)?site|our (web)?site|our partners)( and (our|its) partners)?( may)? uses? (\w+ ){0,3}cookies\b"
    r"|\b(accept|reject|manage|allow)( all)? cookies\b|\bcookie (policy|settings|preferences|notice|consent)\b"
    r"|\bby continuing to (use|browse) (this|our) (web)?site\b"
)
_NOTICE_MAX = 500  # characters: a longer paragraph is about cookies rather than asking for consent


def is_comment_heading(text: str) -> bool:
    """Whether a heading begins a comment form, such as the one that blog software puts under every article."""
    return len(text) < 60 and _COMMENT_HEADING.match(text.lower()) is not None


def region_of_wording(text: str) -> Region | None:
    """The furniture that a block's wording gives away, or None for text of the article."""
    if len(text) > _NOTICE_MAX:
        return None
    lowered = text.lower()
    if "cookie" in lowered or "by continuing" in lowered:
        return Region.COOKIE if _COOKIE_LINE.search(lowered) else None
    told = any(map(lowered.__contains__, _COMMENT_WORDS))
    return Region.COMMENT_FORM if told and _COMMENT_LINE.search(lowered) else None
