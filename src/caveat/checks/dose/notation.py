"""How a dose is written: zeros, points, spaces, commas and abbreviations that are read wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from caveat.analysis.doses import plain
from caveat.analysis.doses.tokens import Token, word_set
from caveat.analysis.facts import Dose, DoseRole
from caveat.checks.dose.limits import within_reference
from caveat.checks.dose.setting import Hit, Setting
from caveat.finding import Fix
from caveat.packs.units import Dimension
from caveat.packs.when.dose import DoseWhen
from caveat.regex import regex
from caveat.source import Span

# A comma with one or two digits behind it parts no thousands, so that it is a decimal sign wherever it stands.
_WHOLE: Final = regex(r"[\d,]*\d(?P<zeros>\.0+)|\d+(?P<comma>,00?)")
_FRACTION: Final = regex(r"[\d,]*\.\d*[1-9](?P<zeros>0+)|\d+,[1-9](?P<comma>0)")
_GROUP: Final = len(".000")
_AMBIGUOUS: Final = frozenset(("HS", "hs"))  # at bedtime, or half-strength
_BARE: Final = regex(r"\d{4,}")
_UNIT_LETTERS: Final = regex(r"[A-Za-zµμ]+")
_FUSED: Final = regex(r"(?P<name>[A-Za-z]{4,})(?P<number>\d+)(?P<unit>mg|mcg|g|mL|ml)?")
# The look back comes second, since a search can skip only to the set of characters with which a pattern begins.
_FUSED_LOOK: Final = regex(r"\d(?<=[A-Za-z]{4}\d)")
_SIGN_LOOK: Final = regex(r"[<>≥≤&@IVX](?:(?<=@)| ?\d| (?:mg|mcg|g|mL)\b)")
_INSIDE: Final = regex(r"\.(?:[,;)]|\s+[a-z])")
_SLASHED: Final = regex(r"\d+[/⁄]\d+")


def trailing_zero_whole(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """5.0 mg is read as 50 mg."""
    for dose, numeral, text in setting.numerals:
        match = _WHOLE.fullmatch(text)
        start = _zeros(match) if match is not None else len(text)
        size = len(text) - start
        if size and not (setting.reader.decimal_comma and size == _GROUP):
            zeros = Span(numeral.start + start, numeral.end)
            safe = size != _GROUP  # 1.000 may be a thousand
            safe = safe and setting.editable(dose.block, numeral)
            fix = setting.fix("Drop the trailing zero", dose.block, zeros, "") if safe else None
            yield _hit(setting, dose, numeral, wanted=text[:start], fix=fix)


def trailing_zero_fraction(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """4.50 mg says no more than 4.5 mg, and is read as 450 or 50."""
    for dose, numeral, text in setting.numerals:
        match = _FRACTION.fullmatch(text)
        if match is not None:
            start = _zeros(match)
            zeros = Span(numeral.start + start, numeral.end)
            safe = setting.editable(dose.block, numeral)
            fix = setting.fix("Drop the trailing zero", dose.block, zeros, "") if safe else None
            yield _hit(setting, dose, numeral, wanted=text[:start], fix=fix)


def _zeros(match: re.Match[str]) -> int:
    """Where the zeros begin, with the sign before them where nothing else stands behind it."""
    return match.start("zeros" if match["zeros"] else "comma")


def naked_decimal(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """.5 mg is read as 5 mg."""
    for dose, numeral, text in setting.numerals:
        if text.startswith("."):
            split = setting.block(dose.block).text[: numeral.start].rstrip()[-1:].isdigit()  # "1 .5" may be 1.5
            letters = _letters(setting, dose, numeral)
            written = numeral if letters is None else numeral.hull(letters)
            unit = "" if letters is None else " " + letters.of(setting.block(dose.block).text)
            fix = None if split else setting.fix("Write the leading zero", dose.block, written, "0" + text + unit)
            yield _hit(setting, dose, numeral, wanted="0" + text, fix=fix)


def no_space(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """In 10mg the m is read as zeros. What `naked_decimal` says of .5mg, with the space, is not said twice."""
    for dose, numeral, number in setting.numerals:
        letters = _letters(setting, dose, numeral)
        if letters is None or number.startswith("."):
            continue
        unit = letters.of(setting.block(dose.block).text)
        fix = setting.insertion("Put a space before the unit", dose.block, letters, " ")
        fills = {"value": number, "wanted": f"{number} {unit}", "unit": dose.unit, "dose": dose.text}
        yield Hit(dose.block, numeral.hull(letters), fills, (number + unit,), fix=fix, dose=dose)


def _letters(setting: Setting, dose: Dose, numeral: Span) -> Span | None:
    """The unit that stands right behind a number, without a space."""
    match = _UNIT_LETTERS.match(setting.block(dose.block).text, numeral.end)
    return Span(match.start(), match.end()) if match and setting.units.unit(match.group()) is not None else None


def run_together(setting: Setting, when: DoseWhen) -> Iterator[Hit]:
    """Inderal40 mg was once read as Inderal 140 mg."""
    for index, block in setting.figured:
        tokens = setting.tokens(index) if _FUSED_LOOK.search(block.text) else ()
        for i, token in enumerate(tokens):
            match = _FUSED.fullmatch(token.text)
            if match is None or match["name"].lower() in when.words:
                continue
            unit = setting.units.unit(tokens[i + 1].word) if not match["unit"] and i + 1 < len(tokens) else None
            if match["unit"] or (unit is not None and unit.dimension in (Dimension.MASS, Dimension.VOLUME)):
                last = token if match["unit"] else tokens[i + 1]
                wanted = f"{match['name']} {match['number']} {match['unit'] or last.text}"
                yield Hit(
                    index, Span(token.start, last.end), {"wanted": wanted, "value": match["number"]}, (token.text,)
                )


def unit_period(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """The full stop in "mg. of" is read as a 1."""
    for dose in setting.analysis.doses:
        text = setting.block(dose.block).text
        unit = setting.units.units.get(dose.unit)
        if dose.unit_span is None or unit is None or unit.dimension is Dimension.FORM:
            continue
        end = dose.unit_span.end
        if text[end - 1 : end] != "." and _INSIDE.match(text, end):
            written = dose.unit_span.of(text)
            fix = setting.fix("Drop the full stop", dose.block, Span(end, end + 1), "")
            yield _hit(setting, dose, Span(dose.span.start, end + 1), wanted=written, fix=fix)


def thousands(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """100000 units is read as 10,000 or a million."""
    if setting.reader.decimal_comma:
        return
    for dose, numeral, text in setting.numerals:
        if _BARE.fullmatch(text):
            wanted = f"{int(text):,}"
            lost = None if within_reference(setting, dose) else _lost_dash(text)
            fix = None if lost else setting.fix("Separate the thousands", dose.block, numeral, wanted)
            unit = _unit(setting, dose)
            doubt = f", or {lost} {unit} if a dash was lost" if lost else ""
            yield _hit(setting, dose, numeral, wanted=f"{wanted} {unit}{doubt}", fix=fix)


def _lost_dash(digits: str) -> str:
    """The range that the digits are if its dash was lost, 10–20 for 1020 and 50–100 for 50100; or ""."""
    cuts = ((digits[:i], digits[i:]) for i in range(1, len(digits)))
    found = (f"{low}–{high}" for low, high in cuts if high[0] != "0" and int(low) < int(high) <= 10 * int(low))
    return next(found, "")


def unit_written(setting: Setting, when: DoseWhen) -> Iterator[Hit]:
    """Units that are misread: µg as mg, U as 0, cc as 00."""
    told: set[tuple[int, Span]] = set()  # amounts of a list share a unit
    for dose in setting.analysis.doses:
        if dose.unit_span is None or (dose.block, dose.unit_span) in told:
            continue
        written = dose.unit_span.of(setting.block(dose.block).text)
        wanted = when.words.get(written)
        if wanted is None:
            continue
        told.add((dose.block, dose.unit_span))
        one = dose.low == 1 and dose.high is None
        put = wanted.removesuffix("s") if one and wanted.endswith("units") else wanted
        fix = setting.fix(f"Write {put}", dose.block, dose.unit_span, put)
        light = written in when.light
        yield _hit(setting, dose, dose.unit_span, wanted=wanted, fix=None if light else fix, light=light)


def frequency_written(setting: Setting, when: DoseWhen) -> Iterator[Hit]:
    """Latin abbreviations that are misread: QD as QID, qhs as qhr."""
    for index, block in setting.showing(when.words):
        bare = block.cell is not None and index not in setting.analysis.doses_by_block  # of a glossary, or of a row
        for token in setting.tokens(index):
            wanted = when.words.get(token.text)
            if wanted is None:
                continue
            short = token.text in when.light or (len(token.text) <= 2 and not token.word.startswith("q"))
            if (bare or short) and not _after_dose(setting, index, token):
                continue
            span = Span(token.start, token.end)
            plain = wanted and token.text not in _AMBIGUOUS
            ends = block.cell is None and _ends_sentence(token, block.text)
            fix = setting.fix(f"Write {wanted}", index, span, wanted + "." * ends) if plain else None
            fills = {"wanted": wanted, "frequency": token.text}
            yield Hit(index, span, fills, (token.text,), fix=fix, light=token.text in when.light)


def _ends_sentence(token: Token, text: str) -> bool:
    """Whether the full stop of an abbreviation is the sentence's, too: nothing or a capital follows."""
    after = text[token.end :].lstrip("\"'”’)] ")
    return token.text.endswith(".") and (not after or after[0].isspace() or after[0].isupper())


def drug_written(setting: Setting, when: DoseWhen) -> Iterator[Hit]:
    """Drug names cut short: MS is morphine sulfate or magnesium sulfate."""
    for index, _ in setting.showing(when.words):
        for token in setting.tokens(index):
            wanted = when.words.get(token.text)
            if wanted is None or _defined(setting, token.text):
                continue
            if not (_adjoins if _OR in wanted else _beside_dose)(setting, index, token):
                continue
            yield Hit(index, Span(token.start, token.end), {"wanted": wanted, "substance": wanted}, (token.text,))


def symbol_written(setting: Setting, when: DoseWhen) -> Iterator[Hit]:
    """1/2 tablet, V mg, <10 mg: signs that are read as other numbers."""
    for dose, _numeral, text in setting.numerals:
        if _SLASHED.search(text):
            yield _hit(setting, dose, dose.span, wanted="the fraction in words")
    for index, block in enumerate(setting.analysis.document.blocks):
        found = _SIGN_LOOK.search(block.text) is not None and not block.region.boilerplate
        for one, other in pairwise(setting.tokens(index) if found else ()):
            wanted = when.words.get(one.text)
            if wanted is None:
                continue
            if one.text.isalpha():
                unit = setting.units.unit(other.word)
                if unit is None or unit.dimension is not Dimension.MASS or other.start == one.end:
                    continue
            elif not any(
                d.span.start == other.start or (one.text == "@" and d.span.end in (one.start, one.start - 1))
                for d in setting.analysis.doses_by_block.get(index, ())
            ):
                continue
            yield Hit(index, Span(one.start, other.end), {"wanted": f"“{wanted} {other.text}”"}, (one.text,))


def precision(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """One page writes a substance's dose as 1.5 mg and 4.50 mg."""
    first: dict[tuple[str, str], tuple[Dose, Span, int]] = {}
    told: set[tuple[str, str]] = set()
    for dose, numeral, text in setting.numerals:
        if "." not in text or (dose.role is DoseRole.STRENGTH and dose.combined):
            continue
        key = dose.substance, dose.unit
        places = len(text.partition(".")[2])
        padded = _FRACTION.fullmatch(text) is not None
        other = first.setdefault(key, (dose, numeral, places))
        if key in told or other[2] == places or not (padded or _padded(setting, other[0], other[1])):
            continue
        told.add(key)
        related = (setting.related(other[0], "written with another number of decimals here"),)
        fills = {"first": other[1].of(setting.block(other[0].block).text), "second": text, "unit": dose.unit}
        yield Hit(dose.block, dose.span, fills, (text,), related, dose=dose)


def range_order(setting: Setting, _when: DoseWhen) -> Iterator[Hit]:
    """10–5 mg runs backwards; 500 mcg–1 mg changes its unit on the way."""
    for dose in setting.analysis.doses:
        if dose.high is None:
            continue
        low = setting.units.convert(dose.low, dose.low_unit or dose.unit, dose.unit)
        text = setting.block(dose.block).text
        before = text[max(0, dose.span.start - _FALL) : dose.span.start].lower()
        chained = before.endswith(" to ") and any(
            d.span.end == dose.span.start - len(" to ") for d in setting.analysis.doses_by_block[dose.block]
        )
        falling = chained or before.endswith("from ") or not _FALLING.isdisjoint(before.replace(",", " ").split())
        step = dose.role is DoseRole.TITRATION and _RISING.isdisjoint(dose.cues)
        if low is not None and low > dose.high and not falling and not step:
            fills = {"value": "runs backwards", "wanted": _range(dose.high, low, dose.unit)}
            yield Hit(dose.block, dose.span, fills, (dose.text,), dose=dose)
        elif dose.low_unit and dose.low_unit != dose.unit and low is not None:
            high, unit = dose.high, dose.unit
            if low < 1 and (whole := setting.units.convert(high, unit, dose.low_unit)) is not None:
                low, high, unit = dose.low, whole, dose.low_unit
            fills = {"value": "changes its unit on the way", "wanted": _range(low, high, unit)}
            yield Hit(dose.block, dose.span, fills, (dose.low_unit, dose.unit), dose=dose, softer=True)


_FALL: Final = 40  # code points before a range in which a word says that the dose falls
_FALLING: Final = word_set("cut cuts cutting drop drops dropped dropping lowered taper tapered tapering wean weaned")

_RISING: Final = word_set("increase increased increases increasing raise raised raising raises")


def _range(low: Decimal, high: Decimal, unit: str) -> str:
    return f"{plain(low):,f}–{plain(high):,f} {unit}"


def _padded(setting: Setting, dose: Dose, numeral: Span) -> bool:
    return _FRACTION.fullmatch(numeral.of(setting.block(dose.block).text)) is not None


def _hit(setting: Setting, dose: Dose, span: Span, *, wanted: str, fix: Fix | None = None, light: bool = False) -> Hit:
    text = span.of(setting.block(dose.block).text)
    whole = span.hull(dose.unit_span) if dose.unit_span is not None else span
    unit = _unit(setting, dose)
    fills = {"value": text, "wanted": wanted, "unit": unit, "dose": dose.text, "substance": dose.substance}
    return Hit(dose.block, whole, fills, (text,), fix=fix, dose=dose, light=light)


def _unit(setting: Setting, dose: Dose) -> str:
    """The unit as the text has it."""
    return dose.unit_span.of(setting.block(dose.block).text) if dose.unit_span is not None else dose.unit


_CLOSE: Final = 24  # code points between a dose and an abbreviation of its drug or of how often
_OR: Final = " or "  # in what an abbreviation stands for: it has two meanings, and may have a third
_JOINING: Final = word_set("of iv im po oral dose at sulfate by injection tablets tablet mouth")


def _beside_dose(setting: Setting, index: int, token: Token) -> bool:
    near = any(
        abs(d.span.start - token.end) <= _CLOSE or abs(token.start - d.span.end) <= _CLOSE
        for d in setting.analysis.doses_by_block.get(index, ())
    )
    return near or _in_row(setting, index)


def _after_dose(setting: Setting, index: int, token: Token) -> bool:
    doses = setting.analysis.doses_by_block.get(index, ())
    alone = setting.block(index).text.strip() == token.text and _in_row(setting, index)
    return alone or any(0 <= token.start - d.span.end <= _CLOSE for d in doses)


def _in_row(setting: Setting, index: int) -> bool:
    """Whether another cell of the table row has a dose."""
    return any(other in setting.analysis.doses_by_block for other, _ in setting.reader.row_cells(index))


def _adjoins(setting: Setting, index: int, token: Token) -> bool:
    """Whether nothing but the route or the form stands between the token and a dose: "MS 10 mg", "10 mg of MS"."""
    text = setting.block(index).text
    gaps = (
        text[token.end : d.span.start] if d.span.start >= token.end else text[d.span.end : token.start]
        for d in setting.analysis.doses_by_block.get(index, ())
        if abs(d.span.start - token.end) <= _CLOSE or abs(token.start - d.span.end) <= _CLOSE
    )
    return any(_JOINING.issuperset(gap.lower().replace(":", " ").replace("(", " ").split()) for gap in gaps)


def _defined(setting: Setting, abbreviation: str) -> bool:
    return any(f"({abbreviation}" in block.text for block in setting.analysis.document.blocks)
