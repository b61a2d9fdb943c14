"""The vocabulary of rules/lexicon: what things are called, what kind of thing they are, and what they are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path

from caveat.packs.errors import PackError
from caveat.packs.forms import surface_forms
from caveat.packs.model import Concept
from caveat.values import dataclass

UMBRELLAS = frozenset({"intervention", "health"})
"""Names for several concepts at once: whatever can be the subject of a claim, and whatever can be its object."""


@dataclass(frozen=True)
class Entry:
    """One thing with its names.

    `names` are in lower case unless proper names, the preferred one first; `abbr` are matched in their own
    case only. Where `needs` is given, one of these words must stand in the same block or its headings.
    `not_in` are phrases that hold a name without meaning this thing. `of` is the id of the
    substance that this is a form or regimen of.
    """

    id: str
    concept: Concept
    names: tuple[str, ...]
    abbr: tuple[str, ...] = ()
    group: str = ""
    tags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    of: str = ""

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Every way to write one of the names, without repeats; abbreviations are not among them."""
        return tuple(dict.fromkeys(form for name in self.names for form in surface_forms(name)))


@dataclass(frozen=True, slots=True)
class Stem:
    """Words that end so are of this concept ("-statin"), but those listed."""

    ending: str
    concept: Concept
    group: str = ""
    except_: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stems:
    """Endings, found by the longest that fits."""

    by_ending: Mapping[str, Stem] = field(default_factory=dict)

    def of(self, word: str) -> Stem | None:
        """The stem of a lower-cased word, which must be longer than its ending; None if it has none."""
        for start in range(1, len(word) - 1):
            stem = self.by_ending.get(word[start:])
            if stem is not None:
                return None if word in stem.except_ else stem
        return None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All vocabulary files together."""

    entries: tuple[Entry, ...] = ()
    stems: Stems = field(default_factory=Stems)

    def vocabulary(self) -> frozenset[str]:
        """Every name by which a rule may ask for things: concepts and umbrellas of them, groups, tags and ids."""
        names: set[str] = {*(c.value for c in Concept), *UMBRELLAS}
        for entry in self.entries:
            names.update((entry.id, entry.group, *entry.tags))
        names.update(stem.group for stem in self.stems.by_ending.values())
        return frozenset(names - {""})


def load_lexicon(folders: Iterable[Path]) -> Lexicon:
    """Read every vocabulary file in and below the folders (or the files themselves).

    A file with `suffixes` lists endings, every other lists things, but those that have readers of their own.

    Raises:
        PackError: with every mistake of every file.
    """
    from caveat.packs.lexiconfile import Gathered  # noqa: PLC0415 - a compiled library reads no YAML

    gathered = Gathered()
    for folder in folders:
        gathered.add(folder)
    gathered.check()
    if gathered.mistakes:
        raise PackError(gathered.mistakes)
    return gathered.lexicon()
