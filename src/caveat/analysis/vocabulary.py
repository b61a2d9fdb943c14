"""What spaCy's tokenizer says of words, asked once for each. No spaCy object leaves this module.

What it has said can be kept, so that a later run on words that have been met before does not even import spaCy: that
import takes longer than checking dozens of articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from hashlib import blake2b
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from caveat.regex import regex
from caveat.values import dataclass

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

Row = tuple[str, str, int]
"""A token of a chunk: its text, its norm and where in the chunk it begins."""
Cut = tuple[tuple[int, ...], tuple[tuple[int, str], ...]]
"""How a chunk is parted: where its tokens begin, and the norms that are not what `Sayings.norm` gives, by token."""

_BETWEEN = "\n"  # a token of its own
_PLAIN = regex(r"([A-Za-z]+)([,;:!?)]|(?<=[a-z])\.)?")
_MOST_CUTS = 50_000  # kept; 120 articles have some 2,500
_MOST_WORDS = 50_000  # that spaCy holds before its tokenizer is made anew
_KEY = 16  # bytes of a chunk's digest: no two chunks are taken for each other
_NOTE_MARKS = "[†‡§¶]"  # a mark behind a word or a full stop leads to a note and belongs to neither

# Abbreviations whose full stop ends no sentence, beside those that spaCy's English data already has.
_ABBREVIATIONS = (
    "approx.", "al.", "b.i.d.", "t.i.d.", "q.i.d.", "q.d.", "i.v.", "i.m.", "s.c.", "p.o.", "p.r.n.", "vs.", "v.",
    "cf.", "ca.", "dept.", "est.", "fig.", "figs.", "ref.", "refs.", "no.", "nos.", "vol.", "ed.", "eds.", "max.",
    "min.", "resp.", "spp.", "sp.", "subsp.", "var.", "wt.", "tab.", "tabs.", "cap.", "caps.", "hr.", "hrs.", "wk.",
    "wks.", "mo.", "yr.", "yrs.", "oz.", "lb.", "lbs.", "tsp.", "tbsp.", "Ph.D.", "M.D.", "R.N.", "R.D.", "Pharm.D.",
)  # fmt: skip


@dataclass
class Sayings:
    """What spaCy has said. Plain data: it can be pickled, and holds digests of chunks in place of their text.

    `special` are the strings for which it has rules of their own, `given` the norms that its language data give to
    words, `cuts` how it parts the chunks that it was asked for, by `key`.
    """

    special: frozenset[str]
    given: Mapping[str, str]
    cuts: dict[int, Cut] = field(default_factory=dict)

    def norm(self, word: str) -> str:
        """The norm of a word that is no exception of the tokenizer: the one of spaCy's language data, if any."""
        return self.given.get(word) or word.lower()

    @classmethod
    def of_spacy(cls) -> Sayings:
        """What spaCy says before it is asked for any chunk. Imports it."""
        from spacy.lang.norm_exceptions import BASE_NORMS  # noqa: PLC0415 - see `_tokenizer`

        return cls(frozenset(_rules()), dict(BASE_NORMS))


class Vocabulary:
    """Parts chunks, stretches of text without white space, into tokens as spaCy does.

    Args:
        sayings: what spaCy has said in earlier runs; grows with what it is asked now. Without, or for a chunk of
            which they tell nothing, spaCy is imported.
    """

    def __init__(self, sayings: Sayings | None = None) -> None:
        self._kept = sayings
        self._new: dict[int, Cut] = {}

    @cached_property
    def sayings(self) -> Sayings:
        """What spaCy has said."""
        return self._kept or Sayings.of_spacy()

    def learn(self, cuts: Mapping[int, Cut]) -> None:
        """Take over what spaCy has said, in this process or another; past `_MOST_CUTS` the oldest are forgotten."""
        for known in (self.sayings.cuts, self._new):
            known.update(cuts)
            for old in list(islice(known, max(0, len(known) - _MOST_CUTS))):
                del known[old]

    def learned(self) -> Mapping[int, Cut]:
        """What was learned since this was last asked."""
        new, self._new = self._new, {}
        return new

    def part(self, chunks: Sequence[str]) -> dict[str, Sequence[Row]]:
        """The tokens of each chunk."""
        found: dict[str, Sequence[Row]] = {}
        unknown: dict[str, int] = {}
        for chunk in chunks:
            rows = self._plain(chunk)
            if rows is None:
                number = key(chunk)
                cut = self.sayings.cuts.get(number)
                if cut is None:
                    unknown[chunk] = number
                    continue
                rows = self._rows(chunk, cut)
            found[chunk] = rows
        if unknown:
            cuts = dict(zip(unknown.values(), self._ask(list(unknown)), strict=True))
            self.learn(cuts)
            found |= {chunk: self._rows(chunk, cuts[number]) for chunk, number in unknown.items()}
        return found

    def _plain(self, chunk: str) -> list[Row] | None:
        """The tokens of a plain word with what may follow it, of which spaCy's rules can only part that; else None."""
        parts = _PLAIN.fullmatch(chunk)
        special = self.sayings.special
        if parts is None or chunk in special or parts[1] in special:
            return None
        word, sign = parts.groups()
        row = word, self.sayings.norm(word), 0
        return [row, (sign, sign, len(word))] if sign else [row]

    def _rows(self, chunk: str, cut: Cut) -> list[Row]:
        starts, norms = cut
        own = dict(norms)
        texts = [chunk[a:b] for a, b in pairwise((*starts, len(chunk)))]
        return [
            (text, own.get(i) or self.sayings.norm(text), start)
            for i, (text, start) in enumerate(zip(texts, starts, strict=True))
        ]

    def _ask(self, chunks: Sequence[str]) -> list[Cut]:
        """How spaCy parts some chunks, all read as one array."""
        from spacy.attrs import IDS  # noqa: PLC0415 - see `_tokenizer`

        if len(self._spacy.vocab) > _MOST_WORDS:
            del self._spacy
        doc = self._spacy(_BETWEEN.join(chunks))
        strings = doc.vocab.strings
        cuts: list[tuple[list[int], list[tuple[int, str]]]] = [([], [])]
        begin = 0
        for orth, norm, at in doc.to_array([IDS[name] for name in ("ORTH", "NORM", "IDX")]).tolist():
            text = strings[orth]
            if text == _BETWEEN:
                cuts.append(([], []))
                begin = at + 1
                continue
            starts, norms = cuts[-1]
            # the norm of the tokenizer's exceptions ("n't": "not") stands before the word's own
            if norm and strings[norm] != self.sayings.norm(text):
                norms.append((len(starts), strings[norm]))
            starts.append(at - begin)
        return [(tuple(starts), tuple(norms)) for starts, norms in cuts]

    @cached_property
    def _spacy(self) -> Tokenizer:
        return _tokenizer()


def key(chunk: str) -> int:
    """The number by which a chunk is known: a digest of it."""
    return int.from_bytes(blake2b(chunk.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest(), "big")


def _tokenizer() -> Tokenizer:
    """The tokenizer of `spacy.blank("en")` with Caveat's abbreviations, made of its data alone.

    The rest of that pipeline is never asked, and making it takes as long again. The vocabulary looks up nothing of a
    word: what is asked of one, its norm, `Sayings` has.
    """
    from spacy.lang.en import English  # noqa: PLC0415 - more than a second that only words not met before cost
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex  # noqa: PLC0415
    from spacy.vocab import Vocab  # noqa: PLC0415

    data: Any = English.Defaults
    return Tokenizer(
        Vocab(),
        rules=_rules(),
        prefix_search=compile_prefix_regex(data.prefixes).search,
        suffix_search=compile_suffix_regex([*data.suffixes, _NOTE_MARKS]).search,
        infix_finditer=compile_infix_regex(data.infixes).finditer,
        token_match=data.token_match,
        url_match=data.url_match,
    )


def _rules() -> dict[str, list[dict[str, str]]]:
    """What is a token, or several, whatever the rest of the tokenizer says: spaCy's exceptions, our abbreviations."""
    from spacy.lang.en import English  # noqa: PLC0415 - see `_tokenizer`

    data: Any = English.Defaults
    own = {form: [{"ORTH": form}] for one in _ABBREVIATIONS for form in (one, one.capitalize())}
    return {**data.tokenizer_exceptions, **own}
