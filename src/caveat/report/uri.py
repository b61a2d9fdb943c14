"""Paths as URIs."""

from __future__ import annotations

from urllib.parse import quote

from caveat.regex import regex

_SAFE = "/!$&'()*+,;=@~"  # of RFC 3986, without the colon, which a first segment may not hold
_DRIVE = regex(r"^[A-Za-z]:/")


def path_uri(path: str) -> str:
    """A path with forward slashes as a URI: relative ones percent-encoded, absolute ones as `file:` URIs."""
    drive = _DRIVE.match(path)
    if drive:
        return f"file:///{drive.group()}{_quoted(path[3:])}"
    if path.startswith("/"):
        return f"file://{_quoted(path)}"
    return _quoted(path.removeprefix("./"))


def is_relative(path: str) -> bool:
    """Whether the path is relative to where the run started."""
    return not path.startswith("/") and not _DRIVE.match(path)


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape" if _bytes_only(path) else "surrogatepass"), safe=_SAFE)


def _bytes_only(path: str) -> bool:
    """Whether every lone surrogate stands for a byte that was not UTF-8."""
    return all("\udc80" <= char <= "\udcff" for char in path if "\ud800" <= char <= "\udfff")
