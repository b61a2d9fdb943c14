"""Block text → tokens and sentences, by a blank spaCy pipeline. No spaCy object leaves this module.

A blank English pipeline is tokenizer and norms only: no model, no network, the same answer every time.
Norms join what readers see as one word: "n't", "n’t" and "not"; "'ll" and "will". Hyphens inside words are
dropped from the token sequence, so that "low-dose" and "low dose" are the same two tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from caveat.source import Span
from caveat.values import dataclass

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

_UNIFORM = {0x2010: "-", 0x2011: "-"}  # of one length, so that offsets hold
_HYPHENS = frozenset("-–−")
_DASHES = frozenset("—–")
_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "!!!", "??"})
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "»", "''"})
_OPENERS = frozenset({'"', "“", "‘", "(", "[", "«", "``"})
_BRIDGED_WORDS = 6
_MOST_WORDS = 50_000  # four times the words of 120 articles, in some 40 MB

# Abbreviations whose full stop ends no sentence, beside those that spaCy's English data already has.
_ABBREVIATIONS = (
    "approx.", "al.", "b.i.d.", "t.i.d.", "q.i.d.", "q.d.", "i.v.", "i.m.", "s.c.", "p.o.", "p.r.n.", "vs.", "v.",
    "cf.", "ca.", "dept.", "est.", "fig.", "figs.", "ref.", "refs.", "no.", "nos.", "vol.", "ed.", "eds.", "max.",
    "min.", "resp.", "spp.", "sp.", "subsp.", "var.", "wt.", "tab.", "tabs.", "cap.", "caps.", "hr.", "hrs.", "wk.",
    "wks.", "mo.", "yr.", "yrs.", "oz.", "lb.", "lbs.", "tsp.", "tbsp.", "Ph.D.", "M.D.", "R.N.", "R.D.", "Pharm.D.",
)  # fmt: skip


@dataclass(frozen=True)
class Tokens:
    """The tokens of one block: parallel tuples, white space and word-internal hyphens left out.

    `starts` and `ends` are offsets in the block's text. `sentences` are half-open ranges of token indices.
    """

    norms: tuple[str, ...]
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """The text span of the tokens `start` to `end` (exclusive)."""
        if end <= start:
            return Span(self.starts[start], self.starts[start]) if start < len(self.starts) else Span(0, 0)
        return Span(self.starts[start], self.ends[end - 1])

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


class Pipeline:
    """A blank spaCy tokenizer with Caveat's abbreviations. Build once: it imports spaCy.

    The words it has met stay with it from text to text, up to `_MOST_WORDS`; then it starts anew, so that a long
    run needs no more memory than a short one.
    """

    def __init__(self) -> None:
        self._tokenizer = _build()

    def tokenize(self, texts: Iterable[str]) -> list[Tokens]:
        """The tokens of each text, in order."""
        if len(self._tokenizer.vocab) > _MOST_WORDS:
            self._tokenizer = _build()
        tokenizer = self._tokenizer
        return [_plain(tokenizer(text.translate(_UNIFORM))) for text in texts]

    def norms(self, phrase: str) -> tuple[str, ...]:
        """The token norms of a phrase, as `tokenize` would see it inside a sentence."""
        return _plain(self._tokenizer(phrase.translate(_UNIFORM))).norms


def _build() -> Tokenizer:
    """The tokenizer of `spacy.blank("en")`, made of its data alone.

    The rest of that pipeline is never asked, and making it takes as long again; so do the other attributes of words,
    for each new one.
    """
    from spacy.attrs import NORM  # noqa: PLC0415 - half a second that only the analysis pays
    from spacy.lang.en import English  # noqa: PLC0415 - as above
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex  # noqa: PLC0415
    from spacy.vocab import create_vocab  # noqa: PLC0415

    data: Any = English.Defaults
    vocab: Any = create_vocab(English.lang, data)
    vocab.lex_attr_getters = {NORM: vocab.lex_attr_getters[NORM]}
    own = {form: [{"ORTH": form}] for one in _ABBREVIATIONS for form in (one, one.capitalize())}
    return Tokenizer(
        vocab,
        rules={**data.tokenizer_exceptions, **own},
        prefix_search=compile_prefix_regex(data.prefixes).search,
        suffix_search=compile_suffix_regex(data.suffixes).search,
        infix_finditer=compile_infix_regex(data.infixes).finditer,
        token_match=data.token_match,
        url_match=data.url_match,
    )


def _plain(doc: Doc) -> Tokens:
    norms: list[str] = []
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    spaced: list[bool] = []
    tokens = list(_parted(_rows(doc)))
    last = len(tokens) - 1
    for i, (text, norm, start, space) in enumerate(tokens):
        if text.isspace():
            if spaced:
                spaced[-1] = True
            continue
        inside = 0 < i < last and not space and not tokens[i - 1][3]
        if inside and text in _HYPHENS and tokens[i - 1][0][-1].isalnum() and tokens[i + 1][0][0].isalpha():
            continue
        norms.append("—" if text in _DASHES else norm.lower())
        texts.append(text)
        starts.append(start)
        ends.append(start + len(text))
        spaced.append(space)
    return Tokens(tuple(norms), tuple(texts), tuple(starts), tuple(ends), _sentences(texts, spaced))


def _rows(doc: Doc) -> list[tuple[str, str, int, bool]]:
    """Text, norm, offset and whether white space follows, of every token, read as one array."""
    from spacy.attrs import IDS  # noqa: PLC0415 - as above

    strings = doc.vocab.strings
    columns = [IDS[name] for name in ("ORTH", "NORM", "IDX", "SPACY")]
    rows = doc.to_array(columns).tolist()
    return [(strings[orth], strings[norm], start, bool(space)) for orth, norm, start, space in rows]


def _sentences(texts: list[str], spaced: list[bool]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    start, i, count = 0, 0, len(texts)
    while i < count:
        if texts[i] not in _ENDS and not (texts[i][-1:] in "!?" and len(texts[i]) > 1):
            i += 1
            continue
        end = i + 1
        while end < count and not spaced[end - 1] and (texts[end] in _CLOSERS or texts[end] in _ENDS):
            end += 1
        if end < count and not spaced[end - 1] and texts[end][:1] not in _OPENERS and not texts[end][:1].isupper():
            i = end  # "1.5", "example.com": no white space, no sentence
            continue
        if end < count and texts[i] in ("...", "…") and texts[end][:1].islower():
            i = end
            continue
        if end < count and texts[end - 1] in _CLOSERS and texts[end][:1].islower() and end - start <= _BRIDGED_WORDS:
            i = end  # “Is it safe?” people ask
            continue
        found.append((start, end))
        start = i = end
    if start < count:
        found.append((start, count))
    return tuple(found)


def _parted(tokens: list[tuple[str, str, int, bool]]) -> Iterator[tuple[str, str, int, bool]]:
    """The tokens, with the full stop of "vitamin D." set apart; that of "J. Smith" stays with its letter."""
    for i, (text, norm, start, space) in enumerate(tokens):
        if len(text) == 2 and text[1] == "." and text[0].isupper():
            before = tokens[i - 1][0].lower() if i else ""
            if before in ("and", "or") and i > 1 and len(tokens[i - 2][0]) == 1:  # vitamins C and E.
                before = "vitamins"
            if i == len(tokens) - 1 or text == "I." or before in _LETTERED:
                yield text[0], text[0].lower(), start, False
                yield ".", ".", start + 1, space
                continue
        yield text, norm, start, space


_LETTERED = frozenset(
    {"vitamin", "vitamins", "hepatitis", "influenza", "type", "group", "class", "schedule", "plan",
     "part", "option", "appendix", "protein", "factor", "coenzyme", "provitamin", "phase", "grade", "stage"}
)  # fmt: skip
