"""The placeholders that a rule's message and suggestion may hold: what its check fills in."""

from __future__ import annotations

from collections.abc import Mapping

from caveat.packs.when import BalanceWhen, ClaimWhen, DisclosureWhen, DoseWhen, MetadataWhen, PhraseWhen, When
from caveat.packs.when.claim import Reasoning
from caveat.packs.when.disclosure import Fault
from caveat.packs.when.dose import DoseTest
from caveat.regex import regex

PLACEHOLDER = regex(r"\{([\w-]+)(?:: ([^{}]+))?\}")
"""A name and, where the rule has its own, the words for it where no article is spoken of: "{wanted: the limit}"."""

IN_GENERAL: Mapping[str, str] = {
    "subject": "the product",
    "target": "the condition",
    "substance": "the substance",
    "dose": "this dose",
    "other": "the dose for that use",
    "listed": "Use the wording that is listed for a nutrient which the product holds in the amount required.",
}
"""What fills a placeholder where the text names nothing for it."""

_WORDS = frozenset({"text", "cue"})  # of a finding on words
_PAGE = frozenset({"substance", "cue"})  # of a finding on the page as a whole

_BY_REASONING: Mapping[Reasoning, frozenset[str]] = {
    Reasoning.DOSE_BAND: frozenset({"dose", "other"}),
    Reasoning.CERTAINTY_DRIFT: frozenset({"other"}),
}

_BY_FAULT: Mapping[Fault, frozenset[str]] = {
    Fault.MISSING: _PAGE | {"dose"},
    Fault.ALTERED: _PAGE | {"found"},
    Fault.UNLINKED: _PAGE | {"found", "count", "where"},
    Fault.APART: _PAGE | {"found"},
    Fault.MISPLACED: _PAGE | {"found"},
    Fault.LATE: _PAGE | {"found"},
    Fault.FORBIDDEN: _PAGE | {"dose"},
    Fault.IN_PLACE: _WORDS,
    Fault.UNANSWERED: _PAGE | {"missing", "count"},
}

_AS_WRITTEN = frozenset({"value", "wanted", "unit", "dose", "substance"})
_SUMMED = frozenset({"expected", "stated", "single", "total", "value"})
_COMPARED = frozenset({"first", "second", "other", "value", "substance", "dose"})

_BY_TEST: Mapping[DoseTest, frozenset[str]] = {
    DoseTest.TRAILING_ZERO_WHOLE: _AS_WRITTEN,
    DoseTest.TRAILING_ZERO_FRACTION: _AS_WRITTEN,
    DoseTest.NAKED_DECIMAL: _AS_WRITTEN,
    DoseTest.NO_SPACE: _AS_WRITTEN - {"substance"},
    DoseTest.RUN_TOGETHER: frozenset({"value", "wanted"}),
    DoseTest.UNIT_PERIOD: _AS_WRITTEN,
    DoseTest.THOUSANDS: _AS_WRITTEN,
    DoseTest.UNIT_WRITTEN: _AS_WRITTEN,
    DoseTest.FREQUENCY_WRITTEN: frozenset({"wanted", "frequency"}),
    DoseTest.DRUG_WRITTEN: frozenset({"wanted", "substance"}),
    DoseTest.SYMBOL_WRITTEN: frozenset({"wanted"}),
    DoseTest.RANGE: frozenset({"value", "wanted"}),
    DoseTest.PRECISION: frozenset({"first", "second", "unit"}),
    DoseTest.CONFLICT: _COMPARED,
    DoseTest.TOTAL: _SUMMED,
    DoseTest.FACTOR_1000: frozenset({"dose", "substance", "expected", "wanted", "limit", "reference"}),
    DoseTest.IU: frozenset({"dose", "substance", "stated", "expected", "factor"}),
    DoseTest.LIMIT: (_SUMMED - {"expected"})
    | {"dose", "substance", "frequency", "limit", "reference", "source", "wanted"},
    DoseTest.USUAL: frozenset({"dose", "substance", "stated", "limit", "reference", "source"}),
    DoseTest.INCOMPLETE: frozenset({"dose", "substance", "frequency", "wanted"}),
    DoseTest.UNITLESS: frozenset({"value", "substance"}),
    DoseTest.WEEKLY: frozenset({"dose", "substance", "frequency", "wanted"}),
    DoseTest.PEDIATRIC: frozenset({"dose", "wanted"}),
}


def placeholders(when: When) -> frozenset[str]:
    """Those that every finding of a rule with this trigger fills."""
    match when:
        case PhraseWhen():
            return _WORDS | {"subject", "target"}
        case ClaimWhen():
            told = [_BY_REASONING.get(test, frozenset()) for test in when.reasoning]
            return _WORDS.union({"subject", "predicate", "target", "hedge", "listed"}, *told)
        case DisclosureWhen():
            return _BY_FAULT[when.fault]
        case DoseWhen():
            return _WORDS | _BY_TEST[when.test]
        case MetadataWhen():
            untold = bool(when.missing or when.stale_months)
            of_date = {"months", "date"} if untold and not when.density else set()
            of_title = {"count", "value", "limit"} if when.density and not untold else set()
            return _PAGE | {"found"} | of_date | of_title
        case BalanceWhen():
            return _PAGE | {"benefits", "risks", "ratio"}


def in_general(text: str) -> str:
    """A suggestion as it reads where no article is spoken of: each placeholder in words, or as "…"."""
    return PLACEHOLDER.sub(lambda found: found[2] or IN_GENERAL.get(found[1], "…"), text)
