"""Block text → tokens and sentences, by a blank spaCy pipeline. No spaCy object leaves this module.

A blank English pipeline is tokenizer and norms only: no model, no network, the same answer every time.
Norms join what readers see as one word: "n't", "n’t" and "not"; "'ll" and "will". Hyphens inside words are
dropped from the token sequence, so that "low-dose" and "low dose" are the same two tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from caveat.analysis.sieve import WordIndex
from caveat.source import Span
from caveat.values import dataclass

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

_BETWEEN = "\n"  # a token of its own
_PLAIN = re.compile(r"([A-Za-z]+)([,;:!?)]|(?<=[a-z])\.)?")
_UNIFORM = {0x2010: "-", 0x2011: "-"}  # of one length, so that offsets hold
_HYPHENS = frozenset("-–−")
_DASHES = frozenset("—–")
_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "!!!", "??"})
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "»", "''"})
_OPENERS = frozenset({'"', "“", "‘", "(", "[", "«", "``"})
_BRIDGED_WORDS = 6
_MOST_WORDS = 50_000  # four times the words of 120 articles, in some 40 MB

_NOTE_MARKS = "[†‡§¶]"  # a mark behind a word or a full stop leads to a note and belongs to neither

# Abbreviations whose full stop ends no sentence, beside those that spaCy's English data already has.
_ABBREVIATIONS = (
    "approx.", "al.", "b.i.d.", "t.i.d.", "q.i.d.", "q.d.", "i.v.", "i.m.", "s.c.", "p.o.", "p.r.n.", "vs.", "v.",
    "cf.", "ca.", "dept.", "est.", "fig.", "figs.", "ref.", "refs.", "no.", "nos.", "vol.", "ed.", "eds.", "max.",
    "min.", "resp.", "spp.", "sp.", "subsp.", "var.", "wt.", "tab.", "tabs.", "cap.", "caps.", "hr.", "hrs.", "wk.",
    "wks.", "mo.", "yr.", "yrs.", "oz.", "lb.", "lbs.", "tsp.", "tbsp.", "Ph.D.", "M.D.", "R.N.", "R.D.", "Pharm.D.",
)  # fmt: skip
# Abbreviations that are words as well; before a capital and at the end the full stop ends the sentence.
_WORDS_TOO = frozenset({"no.", "nos."})
# Units that are read as abbreviations with their full stop; behind a number and before a capital it ends the sentence.
_MEASURES = frozenset(
    ("g.", "mL.", "dL.", "L.", "l.", "min.", "hr.", "hrs.", "wk.", "wks.", "mo.", "yr.", "yrs.", "oz.", "lb.", "lbs.",
     "tsp.", "tbsp.")
)  # fmt: skip


@dataclass(frozen=True)
class Tokens:
    """The tokens of one block: parallel tuples, white space and word-internal hyphens left out.

    `starts` and `ends` are offsets in the block's text. `sentences` are half-open ranges of token indices. `index` has
    the words of all blocks that were tokenised together, `first_sentence` is the number there of the first sentence.
    """

    norms: tuple[str, ...]
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    index: WordIndex
    first_sentence: int

    def span(self, start: int, end: int) -> Span:
        """The text span of the tokens `start` to `end` (exclusive)."""
        if end <= start:
            return Span(self.starts[start], self.starts[start]) if start < len(self.starts) else Span(0, 0)
        return Span(self.starts[start], self.ends[end - 1])

    @cached_property
    def words(self) -> tuple[dict[str, list[int]], ...]:
        """Of each sentence, its distinct norms and the indices of the tokens that have them."""
        found: list[dict[str, list[int]]] = []
        for start, end in self.sentences:
            places: dict[str, list[int]] = {}
            for i in range(start, end):
                places.setdefault(self.norms[i], []).append(i)
            found.append(places)
        return tuple(found)

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """Bracket depth of each token."""
        depth, out = 0, []
        for text in self.norms:
            if text in ("(", "["):
                depth += 1
            out.append(depth)
            if text in (")", "]") and depth:
                depth -= 1
        return tuple(out)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between white space, tokenised: parallel tuples, offsets from its start.

    `enders` are the places of tokens that may end a sentence, `initial` that of a capital letter or a unit with a full
    stop ("D.", "mL."), of which only what stands around it tells whether the stop is its own; -1 for none.
    """

    norms: tuple[str, ...]
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    enders: tuple[int, ...]
    initial: int


class Pipeline:
    """A blank spaCy tokenizer with Caveat's abbreviations. Build once: it imports spaCy.

    It asks spaCy once for each distinct chunk between white space, of a document's new ones all at once, but for
    plain words, of which its rules can only part the punctuation behind. The chunks and words it has met stay with it
    from text to text, up to `_MOST_WORDS`; then it starts anew, so that a long run needs no more memory than a short
    one.
    """

    def __init__(self) -> None:
        self._tokenizer = _build()
        self._given = _given_norms()
        self._chunks: dict[str, _Chunk] = {}

    def tokenize(self, texts: Iterable[str]) -> list[Tokens]:
        """The tokens of each text, in order."""
        if max(len(self._tokenizer.vocab), len(self._chunks)) > _MOST_WORDS:
            self._tokenizer = _build()
            self._chunks = {}
        uniform = [text.translate(_UNIFORM) for text in texts]
        self._meet(uniform)
        blocks: list[tuple[Sequence[str], Sequence[tuple[int, int]]]] = []
        index, first = WordIndex(blocks), 0
        tokens: list[Tokens] = []
        for text in uniform:
            one = _assembled(text, self._chunks, index, first)
            tokens.append(one)
            blocks.append((one.norms, one.sentences))
            first += len(one.sentences)
        return tokens

    def norms(self, phrase: str) -> tuple[str, ...]:
        """The token norms of a phrase, as `tokenize` would see it inside a sentence."""
        return self.tokenize([phrase])[0].norms

    def _meet(self, texts: Sequence[str]) -> None:
        """Tokenise the chunks of the texts that are not known yet."""
        new: list[str] = []
        for chunk in set().union(*[text.split() for text in texts]).difference(self._chunks):
            plain = self._plain(chunk)
            if plain is None:
                new.append(chunk)
            else:
                self._chunks[chunk] = _chunk(plain)
        if not new:
            return
        rows: list[list[tuple[str, str, int]]] = [[]]
        for row in _rows(self._tokenizer(_BETWEEN.join(new)), self._norm):
            if row[0] == _BETWEEN:
                rows.append([])
            else:
                rows[-1].append(row)
        for chunk, own in zip(new, rows, strict=True):
            self._chunks[chunk] = _chunk(own)

    def _norm(self, word: str) -> str:
        """The norm of a word that is no exception of the tokenizer: the one of spaCy's language data, if any."""
        return self._given.get(word) or word.lower()

    def _plain(self, chunk: str) -> list[tuple[str, str, int]] | None:
        """The rows of a plain word with what may follow it; None if only spaCy knows them."""
        parts = _PLAIN.fullmatch(chunk)
        special = self._tokenizer.rules
        if parts is None or chunk in special or parts[1] in special:
            return None
        word, sign = parts.groups()
        row = word, self._norm(word), 0
        return [row, (sign, sign, len(word))] if sign else [row]


def _build() -> Tokenizer:
    """The tokenizer of `spacy.blank("en")`, made of its data alone.

    The rest of that pipeline is never asked, and making it takes as long again. The vocabulary looks up nothing of a
    word: what is asked of one, its norm, `Pipeline` finds.
    """
    from spacy.lang.en import English  # noqa: PLC0415 - half a second that only the analysis pays
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex  # noqa: PLC0415
    from spacy.vocab import Vocab  # noqa: PLC0415

    data: Any = English.Defaults
    own = {form: [{"ORTH": form}] for one in _ABBREVIATIONS for form in (one, one.capitalize())}
    return Tokenizer(
        Vocab(),
        rules={**data.tokenizer_exceptions, **own},
        prefix_search=compile_prefix_regex(data.prefixes).search,
        suffix_search=compile_suffix_regex([*data.suffixes, _NOTE_MARKS]).search,
        infix_finditer=compile_infix_regex(data.infixes).finditer,
        token_match=data.token_match,
        url_match=data.url_match,
    )


def _given_norms() -> Mapping[str, str]:
    """The norms that spaCy's language data give to words."""
    from spacy.lang.norm_exceptions import BASE_NORMS  # noqa: PLC0415 - as above

    return BASE_NORMS


def _rows(doc: Doc, norm_of: Callable[[str], str]) -> list[tuple[str, str, int]]:
    """Text, norm and offset of every token, read as one array."""
    from spacy.attrs import IDS  # noqa: PLC0415 - as above

    strings = doc.vocab.strings
    columns = [IDS[name] for name in ("ORTH", "NORM", "IDX")]
    rows: list[tuple[str, str, int]] = []
    for orth, norm, start in doc.to_array(columns).tolist():
        text = strings[orth]
        # the norm of the tokenizer's exceptions ("n't": "not") stands before the word's own
        rows.append((text, strings[norm] if norm else norm_of(text), start))
    return rows


def _chunk(rows: Sequence[tuple[str, str, int]]) -> _Chunk:
    """A chunk from its tokens, without the hyphens inside its words."""
    rows = list(_unglued(rows))
    last = len(rows) - 1
    kept = [
        ("—" if text in _DASHES else norm.lower(), text, start - rows[0][2])
        for i, (text, norm, start) in enumerate(rows)
        if not (0 < i < last and text in _HYPHENS and rows[i - 1][0][-1].isalnum() and rows[i + 1][0][0].isalpha())
    ]
    norms, texts, starts = zip(*kept, strict=True)
    return _Chunk(
        norms,
        texts,
        starts,
        tuple(start + len(text) for start, text in zip(starts, texts, strict=True)),
        tuple(i for i, text in enumerate(texts) if text in _ENDS or (text[-1:] in "!?" and len(text) > 1)),
        next((i for i, text in enumerate(texts) if _is_initial(text) or _is_measure(text) or _is_word(text)), -1),
    )


def _is_initial(text: str) -> bool:
    return len(text) == 2 and text[1] == "." and text[0].isupper()


def _is_word(text: str) -> bool:
    return text.lower() in _WORDS_TOO


def _is_measure(text: str) -> bool:
    """Whether it is a unit with a full stop, or one run together with its number: "mL.", "5mL."."""
    return text[-1:] == "." and text.lstrip("0123456789.,") in _MEASURES


def _assembled(text: str, chunks: Mapping[str, _Chunk], index: WordIndex, first_sentence: int) -> Tokens:
    norms: list[str] = []
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    enders: list[int] = []
    end = 0
    for written in text.split():
        at = text.index(written, end)
        end = at + len(written)
        chunk = chunks[written]
        if chunk.initial >= 0:
            chunk = _without_initial(chunk, texts, text[end : end + _NEXT].lstrip()[:1])
        if chunk.enders:
            enders += [len(norms) + i for i in chunk.enders]
        norms += chunk.norms
        texts += chunk.texts
        if len(chunk.norms) == 1:
            starts.append(at)
            ends.append(end)
        else:
            starts += [at + start for start in chunk.starts]
            ends += [at + stop for stop in chunk.ends]
    sentences = _sentences(text, texts, ends, enders)
    return Tokens(tuple(norms), tuple(texts), tuple(starts), tuple(ends), sentences, index, first_sentence)


def _sentences(
    text: str, texts: Sequence[str], ends: Sequence[int], enders: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """The sentences of a block as ranges of tokens; `enders` are the tokens that may end one."""
    found: list[tuple[int, int]] = []
    start, read, count = 0, 0, len(texts)
    for i in enders:
        if i < read:
            continue
        end = i + 1
        while end < count and not _spaced(text, ends[end - 1]) and (texts[end] in _CLOSERS or texts[end] in _ENDS):
            end += 1
        end = _past_citations(text, texts, ends, end)
        read = end
        if end < count and _goes_on(texts, i, end, start, spaced=_spaced(text, ends[end - 1])):
            continue
        found.append((start, end))
        start = end
    if start < count:
        found.append((start, count))
    return tuple(found)


def _spaced(text: str, at: int) -> bool:
    return text[at : at + 1].isspace()


def _goes_on(texts: Sequence[str], ender: int, end: int, start: int, *, spaced: bool) -> bool:
    """Whether the sentence from `start` goes on at `end`, behind an ender and what closes with it."""
    following = texts[end][:1]
    if not spaced and following not in _OPENERS and not following.isupper():
        return True  # "1.5", "example.com": no white space, no sentence
    if not following.islower():
        return False
    if texts[ender] in ("...", "…"):
        return True
    return texts[end - 1] in _CLOSERS and end - start <= _BRIDGED_WORDS  # “Is it safe?” people ask


_NEXT = 3  # code points behind a chunk in which the next one begins


def _without_initial(chunk: _Chunk, before: Sequence[str], following: str) -> _Chunk:
    """The chunk with the full stop of "vitamin D.", "5 mL." or "to say no." set apart.

    That of "J. Smith" stays with its letter, that of "no. 5" with its word.
    """
    i = chunk.initial
    words = [*before[-2:], *chunk.texts[:i]]
    previous = words[-1].lower() if words else ""
    number = chunk.texts[i] if chunk.texts[i][0].isdigit() else previous[-1:]
    measured = _is_measure(chunk.texts[i]) and number[:1].isnumeric() and not following.islower()
    if previous in ("and", "or") and len(words) > 1 and len(words[-2]) == 1:  # vitamins C and E.
        previous = "vitamins"
    ends_block = not following and i == len(chunk.texts) - 1
    lettered = ends_block or chunk.texts[i] == "I." or previous in _LETTERED
    worded = _is_word(chunk.texts[i]) and (not following or following.isupper())
    if not (measured or worded or (lettered and _is_initial(chunk.texts[i]))):
        return chunk
    word, stop = chunk.texts[i][:-1], chunk.ends[i] - 1
    return _Chunk(
        (*chunk.norms[:i], word.lower(), ".", *chunk.norms[i + 1 :]),
        (*chunk.texts[:i], word, ".", *chunk.texts[i + 1 :]),
        (*chunk.starts[: i + 1], stop, *chunk.starts[i + 1 :]),
        (*chunk.ends[:i], stop, *chunk.ends[i:]),
        (*(e for e in chunk.enders if e < i), i + 1, *(e + 1 for e in chunk.enders if e > i)),
        -1,
    )


def _past_citations(text: str, texts: Sequence[str], ends: Sequence[int], end: int) -> int:
    """Past the references that stand right behind a full stop: "sugar.[1]", "sugar.¹"."""
    while end < len(texts) and not _spaced(text, ends[end - 1]):
        if texts[end][0] in _RAISED:
            end += 1
        elif texts[end] == "[" and "]" in (near := texts[end : end + _MARK]):
            end += near.index("]") + 1
        else:
            break
    return end


def _marked(text: str) -> int:
    """Where in a token the mark of a reference begins that is glued to its word: "sugar.[1", "sugar¹"; 0 for none."""
    at = next((i for i, char in enumerate(text) if char in _MARKS), 0)
    word = text[:at].rstrip(".")
    return at if len(word) > 2 and word.isalpha() else 0


def _unglued(rows: Sequence[tuple[str, str, int]]) -> Iterator[tuple[str, str, int]]:
    """The tokens of a chunk, with references set apart from the words that they are glued to."""
    for text, norm, start in rows:
        mark = 0 if text.isalpha() else _marked(text)
        if not mark:
            yield text, norm, start
            continue
        word = text[:mark].rstrip(".")
        yield word, word.lower(), start
        if len(word) < mark:
            yield ".", ".", start + len(word)
        if text[mark] == "[":
            yield "[", "[", start + mark
            mark += 1
        if mark < len(text):
            yield text[mark:], text[mark:].lower(), start + mark


_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = _RAISED | {"["}
_MARK = 8  # tokens of the longest reference in brackets
_LETTERED = frozenset(
    {"vitamin", "vitamins", "hepatitis", "influenza", "type", "group", "class", "schedule", "plan",
     "part", "option", "appendix", "protein", "factor", "coenzyme", "provitamin", "phase", "grade", "stage"}
)  # fmt: skip
