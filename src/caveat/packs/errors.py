"""What is wrong with a pack, a lexicon or a configuration, told so that it can be mended at once."""

from __future__ import annotations

from collections.abc import Iterable

from caveat.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to mend. Lines and columns start at 1; line 0 means the file as a whole.

    `str()` gives `rules/efficacy.yaml:14:7: unknown key "serverity" (did you mean "severity"?)`.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.message}{hint}"


class MistakesError(Exception):
    """Raised once, with every mistake of every file, in the order of files and lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(m) for m in self.mistakes))


class PackError(MistakesError):
    """Packs or lexicons that can not be used."""


class ConfigError(MistakesError):
    """A configuration that can not be used."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was most likely meant by `word`, or None if none is near."""
    known = {choice.casefold(): choice for choice in choices}
    wanted = word.casefold().replace("_", "-").strip()
    if wanted in known:
        return known[wanted]
    import difflib  # noqa: PLC0415 - most runs have nothing to tell

    close = difflib.get_close_matches(wanted, known, n=1, cutoff=0.6)
    if close:
        return known[close[0]]
    begun = [choice for folded, choice in known.items() if len(wanted) > 2 and folded.startswith(wanted)]
    if begun:
        return min(begun, key=len)
    tails = [choice for folded, choice in known.items() if folded.rpartition("/")[2] == wanted]
    return tails[0] if len(tails) == 1 else None


def did_you_mean(word: str, choices: Iterable[str], *, list_up_to: int = 20) -> str:
    """A hint that names the nearest choice, or, where none is near and they are few, all of them."""
    known = sorted(set(choices))
    near = nearest(word, known)
    if near is not None:
        return f'did you mean "{near}"?'
    if known and len(known) <= list_up_to:
        return "choose from " + ", ".join(known)
    return ""
