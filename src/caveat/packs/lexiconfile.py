"""Vocabulary files as they are written, read and checked together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from caveat.packs.decode import Decoder
from caveat.packs.errors import Mistake, did_you_mean
from caveat.packs.files import shown
from caveat.packs.lexicon import Entry, Lexicon, Stem, Stems
from caveat.packs.model import Concept, Tag
from caveat.packs.yaml import Loc, parse_file
from caveat.regex import regex
from caveat.values import dataclass

_OTHERS = frozenset({"cues.yaml", "predicates.yaml", "phrases.yaml", "hosts.yaml", "doses.yaml"})
"""The files of the folder that have readers of their own."""

_ALTERNATIVES = regex(r"[()]")
_ID = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry as it is written: what it leaves out, the file's defaults give; `tags` add to the file's.

    A phrase of `not_in` may hold alternatives, "(the|this) product of", and stands for each way through them.
    """

    names: tuple[str, ...]
    abbr: tuple[str, ...] = ()
    concept: Concept | None = None
    group: str = ""
    tags: tuple[Tag, ...] = ()
    needs: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """A file of things of one concept. `group` and `tags` are defaults of its entries."""

    concept: Concept
    entries: Mapping[str, EntryText]
    group: str = ""
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Suffix:
    """An ending that tells what a word is, and the words that end so by chance."""

    ending: str
    concept: Concept
    group: str = ""
    except_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StemFile:
    """A file of endings."""

    suffixes: tuple[Suffix, ...]


class Gathered:
    """The entries and endings of any number of files, with the place of each."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self._entries: dict[str, Entry] = {}
        self._places: dict[str, tuple[Decoder, Loc]] = {}
        self._stems: dict[str, Stem] = {}

    def add(self, folder: Path) -> None:
        """Read a file, or the files in and below a folder."""
        files = sorted(folder.rglob("*.yaml")) if folder.is_dir() else [folder]
        for path in files:
            if path.name in _OTHERS:
                continue
            decoder = Decoder(parse_file(path, shown(path)))
            value = decoder.parsed.value
            if isinstance(value, Mapping) and "suffixes" in value:
                self._add_stems(decoder, value)
            elif not decoder.mistakes:
                self._add_entries(decoder, value)
            self.mistakes.extend(decoder.mistakes)

    def check(self) -> None:
        """Note what needs all files together.

        Names that two things claim without a word to tell them apart, once a pair, and an `of` that is no entry.
        """
        owners: dict[str, str] = {}
        clashes: set[tuple[str, str]] = set()
        for entry in self._entries.values():
            decoder, loc = self._places[entry.id]
            if entry.of and entry.of not in self._entries:
                hint = did_you_mean(entry.of, self._entries, list_up_to=0)
                self.mistakes.append(decoder.parsed.mistake((*loc, "of"), f'no entry "{entry.of}"', hint))
            for form in (*(f.casefold() for f in entry.forms), *entry.abbr):
                owner = owners.setdefault(form, entry.id)
                if owner == entry.id or (entry.id, owner) in clashes:
                    continue
                if not (entry.needs and self._entries[owner].needs):
                    clashes.add((entry.id, owner))
                    self._clash(entry, owner, form)

    def lexicon(self) -> Lexicon:
        """What was read."""
        return Lexicon(tuple(self._entries.values()), Stems(dict(self._stems)))

    def _clash(self, entry: Entry, owner: str, form: str) -> None:
        decoder, loc = self._places[entry.id]
        for key, listed in (("abbr", entry.abbr), ("names", entry.names)):
            for i, name in enumerate(listed):
                if form == name or (key == "names" and form == name.casefold()):
                    loc = (*loc, key, i)
        mine = decoder.parsed.mistake(
            loc,
            f'"{form}" also names "{owner}", {self._where(owner)}',
            'keep it in one of them, or give both "needs"',
        )
        self.mistakes.append(mine)

    def _where(self, entry: str) -> str:
        decoder, loc = self._places[entry]
        line, column = decoder.parsed.place(loc, key=True)
        return f"{decoder.parsed.path}:{line}:{column}"

    def _add_stems(self, decoder: Decoder, value: Mapping[str, Any]) -> None:
        decoder.refuse_empty(value)
        decoded = decoder.decode(StemFile, value)
        for i, suffix in enumerate(decoded.suffixes if decoded is not None else ()):
            loc = ("suffixes", i, "ending")
            ending = suffix.ending.removeprefix("-")
            if len(ending) < 2 or not ending.isalpha() or ending != ending.lower():
                decoder.complain(loc, f'"{suffix.ending}" is not an ending of at least two lower-case letters')
            elif ending in self._stems:
                decoder.complain(loc, f'ending "{ending}" is given twice')
            else:
                self._stems[ending] = Stem(ending, suffix.concept, suffix.group, frozenset(suffix.except_))

    def _add_entries(self, decoder: Decoder, value: Any) -> None:
        decoder.refuse_empty(value)
        decoded = decoder.decode(VocabularyFile, value)
        if decoded is None:
            return
        for key, text in decoded.entries.items():
            loc: Loc = ("entries", key)
            if not _ID.match(key):
                decoder.complain(loc, f'"{key}" is not an id', "lower-case words joined by hyphens", key=True)
            if key in self._entries:
                decoder.complain(loc, f'id "{key}" is given twice, first at {self._where(key)}', key=True)
                continue
            if not text.names:
                decoder.complain((*loc, "names"), "no name")
            self._check_repeats(decoder, (*loc, "names"), text.names)
            entry = self._entries[key] = _entry(key, text, decoded)
            self._places[key] = (decoder, loc)
            _check_needs(decoder, loc, entry)
            if entry.names and entry.not_in:  # most have none, and all forms of a name take long
                _check_not_in(decoder, loc, entry, text.not_in)

    def _check_repeats(self, decoder: Decoder, loc: Loc, names: tuple[str, ...]) -> None:
        for i, name in enumerate(names):
            if name in names[:i]:
                decoder.complain((*loc, i), f'"{name}" is listed twice')


def _check_needs(decoder: Decoder, loc: Loc, entry: Entry) -> None:
    for i, word in enumerate(entry.needs):
        if " " in word:
            decoder.complain((*loc, "needs", i), f'"{word}" is more than one word, and only words are looked for')


def _check_not_in(decoder: Decoder, loc: Loc, entry: Entry, not_in: Sequence[str]) -> None:
    """Note phrases that keep nothing away, since no name of the thing stands in them."""
    names = {_words(form) for form in (*entry.forms, *entry.abbr, *(one + "s" for one in entry.abbr))}
    longest = max(map(len, names), default=0)
    for i, written in enumerate(not_in):
        for words in map(_words, _ways(written)):
            if names.isdisjoint(words[a : a + n] for n in range(1, longest + 1) for a in range(len(words))):
                decoder.complain((*loc, "not-in", i), f'no name of "{entry.id}" stands in "{" ".join(words)}"')


def _ways(phrase: str) -> Iterator[str]:
    """A phrase with each way through its alternatives."""
    parts = [part.split("|") for part in _ALTERNATIVES.split(phrase)]
    for way in product(*parts):
        yield " ".join("".join(way).split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().replace("-", " ").replace("'s", " 's").split())


def _entry(key: str, text: EntryText, file: VocabularyFile) -> Entry:
    return Entry(
        id=key,
        concept=text.concept or file.concept,
        names=text.names,
        abbr=text.abbr,
        group=text.group or file.group,
        tags=tuple(dict.fromkeys(tag.value for tag in (*file.tags, *text.tags))),
        needs=text.needs,
        not_in=tuple(phrase for written in text.not_in for phrase in _ways(written)),
        of=text.of,
    )
