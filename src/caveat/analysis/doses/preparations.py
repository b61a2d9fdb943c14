"""What a substance comes in and how it is taken: the form, the product and the route that stand beside an amount."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caveat.analysis.doses.quantities import HYPHENS
from caveat.analysis.doses.surroundings import LISTING, Surroundings, phrase_at
from caveat.analysis.doses.tokens import NO_NAME, TokenKind, word_set
from caveat.packs.doses import PreparationWords
from caveat.packs.reference import Route


def form_after(around: Surroundings) -> str:
    """The form that a strength names: "500 mg extended-release tablets" → tablet; or ""."""
    tokens = around.line.tokens
    listed = _list_end(around)
    words = around.words.preparations
    names = _NAME_OF_FORM if set(around.before()[-1:]) & _DETERMINERS else 0  # "the 650 mg arthritis tablets"
    for token in tokens[listed : listed + 7]:
        if (form := words.form_of.get(token.word)) is not None:
            return form
        if token.word in words.adjectives or token.text in HYPHENS:
            continue
        if not names or token.kind is not TokenKind.WORD or token.word in NO_NAME:
            return ""
        names -= 1
    return ""


_DETERMINERS: Final = word_set("the these those this each every a an one two three")
_NAME_OF_FORM: Final = 2  # words that may stand between a strength and its form


def _list_end(around: Surroundings) -> int:
    """The token after the last amount of a list that the quantity opens: in "25, 50 and 100 mg tablets", "tablets"."""
    tokens, quantity = around.line.tokens, around.quantity
    unit = around.line.text[quantity.unit_start : quantity.unit_end].lower()
    end = quantity.last + 1
    for i in range(end, min(end + _LONGEST_LIST, len(tokens))):
        if tokens[i].word == unit:
            end = i + 1
        elif tokens[i].kind is not TokenKind.NUMBER and tokens[i].word not in LISTING and tokens[i].text not in HYPHENS:
            break
    return end


_LONGEST_LIST: Final = 24  # tokens


def route(around: Surroundings) -> Route | None:
    """The route that the sentence or the headers name, if any; tablets and the like are taken by mouth."""
    sentence, known = around.sentence(), around.words.preparations
    words = (*around.after(), *reversed(around.before()), *sentence, *around.header)
    found = next((known.route_of[w] for w in words if w in known.route_of and w not in ("eye", "eyes", "skin")), None)
    if found is not None:
        under_skin = found in (Route.TOPICAL, Route.INJECTION) and {"under", "skin"} <= set(sentence)
        return Route.SUBCUTANEOUS if under_skin else found
    if "eye" in words and {"drop", "drops"} & set(words):
        return Route.OPHTHALMIC
    return Route.ORAL if set(words) & known.oral else None


def product(words: Sequence[str], known: PreparationWords) -> str:
    """The preparation that `words` name: "extended-release", "extra-strength"…, or ""."""
    plain = tuple(w for w in words if w not in HYPHENS)
    for phrase, name in known.product_of:
        if phrase_at(plain, phrase) is not None:
            return name
    return ""
