"""Block text → tokens and sentences, by a blank spaCy pipeline (see `vocabulary`).

A blank English pipeline is tokenizer and norms only: no model, no network, the same answer every time.
Norms join what readers see as one word: "n't", "n’t" and "not"; "'ll" and "will". Hyphens inside words are
dropped from the token sequence, so that "low-dose" and "low dose" are the same two tokens.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import add

from caveat.analysis.sieve import WordIndex
from caveat.analysis.vocabulary import Row, Vocabulary
from caveat.source import Span
from caveat.values import dataclass

_HYPHENS = frozenset("-–−")
_DASHES = frozenset("—–")
_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "!!!", "??"})
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "»", "''"})
_OPENERS = frozenset({'"', "“", "‘", "(", "[", "«", "``"})
_BRIDGED_WORDS = 6
_MOST_CHUNKS = 50_000  # twice those of 120 articles, in some 40 MB

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

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin between two offsets of the text."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

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


_Chunk = tuple[Sequence[Row], tuple[int, ...], int]
"""What stands between white space: its tokens with their norms as compared, the places of those that may end a
sentence, and that of a capital letter or a unit with a full stop ("D.", "mL."), of which only what stands around it
tells whether the stop is its own; -1 for none."""


class Pipeline:
    """Tokenises texts by a vocabulary.

    It asks for each distinct chunk between white space once, for a document's new ones all at once. Those that it has
    met stay with it from text to text, up to `_MOST_CHUNKS`; then it starts anew, so that a long run needs no more
    memory than a short one.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self._vocabulary = vocabulary or Vocabulary()
        self._chunks: dict[str, _Chunk] = {}

    def tokenize(self, texts: Iterable[str]) -> list[Tokens]:
        """The tokens of each text, in order."""
        blocks: list[tuple[Sequence[str], Sequence[tuple[int, int]]]] = []
        index, first = WordIndex(blocks), 0
        tokens: list[Tokens] = []
        for text, written in self._met(texts):
            one = _assembled(text, written, self._chunks, index, first)
            tokens.append(one)
            blocks.append((one.norms, one.sentences))
            first += len(one.sentences)
        return tokens

    def norms(self, phrase: str) -> tuple[str, ...]:
        """The token norms of a phrase, as `tokenize` would see it inside a sentence."""
        return self.norms_of([phrase])[0]

    def norms_of(self, phrases: Sequence[str]) -> list[tuple[str, ...]]:
        """The token norms of each phrase; many at once cost far less than one by one."""
        return [self._norms(phrase, written) for phrase, written in self._met(phrases)]

    def _norms(self, phrase: str, written: Sequence[str]) -> tuple[str, ...]:
        chunks = [self._chunks[one] for one in written]
        if any(initial >= 0 for _, _, initial in chunks):
            return _assembled(phrase, written, self._chunks, WordIndex(()), 0).norms
        return tuple([norm for rows, _, _ in chunks for _, norm, _ in rows])

    def _met(self, texts: Iterable[str]) -> list[tuple[str, list[str]]]:
        """The texts as they are read, with their chunks, after the vocabulary was asked for all that are new."""
        if len(self._chunks) > _MOST_CHUNKS:
            self._chunks = {}
        read = [(text, text.split()) for text in map(_uniform, texts)]
        known = self._chunks
        new = {chunk for _, written in read for chunk in written if chunk not in known}
        if new:
            known |= {chunk: _chunk(chunk, rows) for chunk, rows in self._vocabulary.part(sorted(new)).items()}
        return read


def _uniform(text: str) -> str:
    """The text with one kind of hyphen, each of the length of what it stands for."""
    return text.replace("\u2010", "-").replace("\u2011", "-")


def _chunk(written: str, rows: Sequence[Row]) -> _Chunk:
    """A chunk from its tokens, without the hyphens inside its words."""
    if len(rows) == 1 and written.isalpha():  # most are words
        return ((written, rows[0][1].lower(), 0),), (), -1
    if not _JOINING.isdisjoint(written):
        rows = _unhyphenated(list(_unglued(rows)))
    first = rows[0][2]
    texts = [text for text, _, _ in rows]
    return (
        [(text, norm.lower(), start - first) for text, norm, start in rows],
        tuple([i for i, text in enumerate(texts) if text in _ENDS or (text[-1:] in "!?" and len(text) > 1)]),
        next((i for i, text in enumerate(texts) if text[-1:] == "." and _keeps_its_stop(text)), -1),
    )


def _unhyphenated(rows: Sequence[Row]) -> list[Row]:
    """The tokens of a chunk without the hyphens inside its words, with one norm for all dashes."""
    last = len(rows) - 1
    return [
        (text, "—" if text in _DASHES else norm, start)
        for i, (text, norm, start) in enumerate(rows)
        if not (0 < i < last and text in _HYPHENS and rows[i - 1][0][-1].isalnum() and rows[i + 1][0][0].isalpha())
    ]


def _keeps_its_stop(text: str) -> bool:
    return _is_initial(text) or _is_measure(text) or _is_word(text)


def _is_initial(text: str) -> bool:
    return len(text) == 2 and text[1] == "." and text[0].isupper()


def _is_word(text: str) -> bool:
    return text.lower() in _WORDS_TOO


def _is_measure(text: str) -> bool:
    """Whether it is a unit with a full stop, or one run together with its number: "mL.", "5mL."."""
    return text[-1:] == "." and text.lstrip("0123456789.,") in _MEASURES


def _assembled(
    text: str, written: Sequence[str], chunks: Mapping[str, _Chunk], index: WordIndex, first_sentence: int
) -> Tokens:
    """The tokens of a text that consists of the chunks `written`."""
    rows: list[Row] = []
    enders: list[int] = []
    end = 0
    for chunk in written:
        at = text.index(chunk, end)
        end = at + len(chunk)
        parts, ending, initial = chunks[chunk]
        if initial >= 0:
            parts, ending = _without_initial(chunks[chunk], rows[-2:], text[end : end + _NEXT].lstrip()[:1])
        if ending:
            enders += [len(rows) + i for i in ending]
        for word, norm, start in parts:
            rows.append((word, norm, at + start))
    texts, norms, starts = zip(*rows, strict=True) if rows else ((), (), ())
    ends = tuple(map(add, starts, map(len, texts)))
    return Tokens(norms, texts, starts, ends, _sentences(text, texts, ends, enders), index, first_sentence)


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


def _without_initial(chunk: _Chunk, before: Sequence[Row], following: str) -> tuple[Sequence[Row], tuple[int, ...]]:
    """The tokens and enders of a chunk with the full stop of "vitamin D.", "5 mL." or "to say no." set apart.

    That of "J. Smith" stays with its letter, that of "no. 5" with its word. `before` are the two tokens before it.
    """
    rows, enders, i = chunk
    text, _, start = rows[i]
    words = [word for word, _, _ in (*before, *rows[:i])]
    previous = words[-1].lower() if words else ""
    number = text if text[0].isdigit() else previous[-1:]
    measured = _is_measure(text) and number[:1].isnumeric() and not following.islower()
    if previous in ("and", "or") and len(words) > 1 and len(words[-2]) == 1:  # vitamins C and E.
        previous = "vitamins"
    ends_block = not following and i == len(rows) - 1
    lettered = ends_block or text == "I." or previous in LETTERED
    worded = _is_word(text) and (not following or following.isupper())
    if not (measured or worded or (lettered and _is_initial(text))):
        return rows, enders
    word = text[:-1]
    parted = (*rows[:i], (word, word.lower(), start), (".", ".", start + len(word)), *rows[i + 1 :])
    return parted, (*(e for e in enders if e < i), i + 1, *(e + 1 for e in enders if e > i))


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


def _unglued(rows: Sequence[Row]) -> Iterator[Row]:
    """The tokens of a chunk, with references set apart from the words that they are glued to."""
    for text, norm, start in rows:
        mark = 0 if _MARKS.isdisjoint(text) else _marked(text)
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
_JOINING = _HYPHENS | _DASHES | _MARKS
_MARK = 8  # tokens of the longest reference in brackets
LETTERED = frozenset(  # words that a letter may name: "vitamin A"
    {"vitamin", "vitamins", "hepatitis", "influenza", "type", "group", "class", "schedule", "plan",
     "part", "option", "appendix", "protein", "factor", "coenzyme", "provitamin", "phase", "grade", "stage"}
)  # fmt: skip
