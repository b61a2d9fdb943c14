"""How often, how long: frequencies and durations as people and pharmacists write them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final

from caveat.analysis.doses.numbers import Number, number_at, number_starts, whole_number
from caveat.analysis.doses.quantities import RANGE_SIGNS
from caveat.analysis.doses.tokens import Line, TokenKind, word_set
from caveat.values import dataclass


class Manner(StrEnum):
    """What a frequency says about the amount beside it."""

    TIMES = "times"  # the amount is taken that often: twice daily, every 6 hours
    PERIOD = "period"  # the amount is for the whole period: a day, per week
    TIMING = "timing"  # the amount is taken at that time of the day: at bedtime, with breakfast
    AS_NEEDED = "as-needed"
    DIVIDED = "divided"  # the amount is split: in two divided doses
    ALTERNATE = "alternate"  # every other day, on Saturdays: days without a dose lie between


@dataclass(frozen=True, slots=True)
class Frequency:
    """`low` to `high` times in `hours`, at tokens `first` to `last` (inclusive); `low` is 0 where it is not said."""

    manner: Manner
    low: Decimal
    high: Decimal
    hours: Decimal
    first: int
    last: int

    @property
    def per_day(self) -> tuple[Decimal, Decimal] | None:
        """The times a day, lowest and highest; None where the text does not say."""
        if not self.low or not self.hours:
            return None
        return self.low * 24 / self.hours, self.high * 24 / self.hours


_DAY: Final = Decimal(24)
_ONE: Final = Decimal(1)
_HOURS: Final = {
    **dict.fromkeys(("minute", "minutes", "min", "mins"), _ONE / 60),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h", "hourly"), _ONE),
    **dict.fromkeys(
        ("day", "days", "d", "daily", "night", "nights", "nightly", "morning", "mornings", "evening", "evenings",
         "bedtime",
         "afternoon", "24hours", "24h", "24hr", "breakfast", "lunch", "dinner", "supper"), _DAY),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "weekly", "monday", "tuesday", "wednesday", "thursday", "friday",
                     "saturday",
                     "sunday"), _DAY * 7),
    **dict.fromkeys(("fortnight", "fortnightly"), _DAY * 14),
    **dict.fromkeys(("month", "months", "monthly", "mo"), _DAY * 30),
    **dict.fromkeys(("year", "years", "yearly", "annually"), _DAY * 365),
}  # fmt: skip
_LY: Final = word_set("daily nightly weekly monthly fortnightly yearly hourly")
_WHOLE_DAYS: Final = word_set("day days d daily 24hours 24h 24hr")
_ADVERBS: Final = {"once": _ONE, "twice": Decimal(2), "thrice": Decimal(3)}
_LATIN: Final = {
    "qd": 1, "od": 1, "bid": 2, "bd": 2, "tid": 3, "tds": 3, "qid": 4, "qds": 4, "qhs": 1,
    "qam": 1, "qpm": 1, "hs": 1, "q1d": 1,
}  # fmt: skip
_LATIN_WEEKLY: Final = {"biw": 2, "tiw": 3, "qw": 1}
_ALTERNATE: Final = frozenset(("qod", "eod"))
_WEEKDAYS: Final = word_set("monday tuesday wednesday thursday friday saturday sunday")
_MEALS: Final = word_set("breakfast lunch dinner supper")
_LINKS: Final = frozenset(
    ("a", "per", "each", "every", "/", "an", "in", "over", "within", "-", "any", "one", "the", "single")
)


def frequencies(line: Line) -> tuple[Frequency, ...]:
    """Every frequency in the block, in order, none overlapping."""
    starts = [i for i, token in enumerate(line.tokens) if token.word in _READERS or token.word[0] == "q"]
    found: list[Frequency] = []
    read = 0
    for i in sorted({*starts, *number_starts(line)}):
        frequency = _frequency_at(line, i) if i >= read else None
        if frequency is not None:
            found.append(frequency)
            read = frequency.last + 1
    return tuple(found)


def of_column(header: Line) -> Frequency | None:
    """The frequency that the header of a column gives: "Twice daily", "Morning"; its tokens are none of the cell's."""
    found = frequencies(header)
    named = [t.word for t in header.tokens]
    if len(named) == 1 and _HOURS.get(named[0]) == _DAY and named[0] not in _WHOLE_DAYS:
        return Frequency(Manner.TIMING, _ONE, _ONE, _DAY, -1, -1)
    if len(found) != 1 or found[0].manner not in (Manner.TIMES, Manner.TIMING):
        return None
    return Frequency(found[0].manner, found[0].low, found[0].high, found[0].hours, -1, -1)


def duration(line: Line, first: int, last: int) -> str:
    """The words of a duration ("for 21 days", "over 4 hours") between two tokens, or ""."""
    tokens = line.tokens
    text = line.text
    for i in range(first, last):
        if tokens[i].word not in ("for", "over", "x", "×"):
            continue
        j = i + 1
        while j < last and tokens[j].word in (
            "up",
            "to",
            "at",
            "least",
            "about",
            "a",
            "another",
            "the",
            "first",
            "next",
        ):
            j += 1
        number = number_at(line, j) if j < last else None
        end = number.last + 1 if number else j
        if (
            end < len(tokens) and tokens[end].text in RANGE_SIGNS | {"to"} and number_at(line, end + 1)
            if end + 1 < len(tokens)
            else False
        ):
            end += 2
        if end < len(tokens) and tokens[end].word in _HOURS and tokens[end].word not in _LY and (number or j > i + 1):
            if tokens[i].word == "over" and tokens[end].word in ("years", "year"):
                continue  # an age
            return text[tokens[i].start : tokens[end].end]
    return ""


def _frequency_at(line: Line, i: int) -> Frequency | None:
    tokens = line.tokens
    token = tokens[i]
    if token.kind in (TokenKind.NUMBER, TokenKind.FRACTION):
        return _counted(line, i)
    reader = _READERS.get(token.word)
    if reader is not None:
        found = reader(line, i)
        if found is not None:
            return found
    if token.kind is TokenKind.WORD and token.word.startswith("q") and len(token.word) <= 5:
        return _q_hours(line, i)
    return _counted(line, i) if token.kind is TokenKind.WORD else None


def _counted(line: Line, i: int) -> Frequency | None:
    """Reads 3 times a day, 3–4×/day, three doses in 24 hours, 6-hourly, two divided doses."""
    tokens = line.tokens
    low = number_at(line, i)
    if low is None:
        return None
    high = _second(line, low)
    end = (high or low).last + 1
    end += end < len(tokens) and tokens[end].text == "-"
    if end >= len(tokens):
        return None
    word = tokens[end].word
    if word == "hourly" and low.value:
        return Frequency(Manner.TIMES, _ONE, _ONE, low.value, i, end)
    if word == "daily" and line.words(end + 1, 2) == ("doses", "of"):
        return Frequency(Manner.TIMES, low.value, (high or low).value, _DAY, i, end + 1)  # three daily doses of 250 mg
    if word in ("divided", "equal", "separate", "daily"):
        return _divided(line, i, end, low, high)
    if word == "/" and i and tokens[i - 1].word in ("x", "×") and (daily := _period(line, end)) is not None:
        return Frequency(Manner.TIMES, low.value, (high or low).value, daily[0], i, daily[1])  # x 3/day
    if word not in ("times", "time", "x", "×", "doses", "dose"):
        return None
    period = _period(line, end + 1)
    if period is None:
        return (
            _divided(line, i, end, low, high)
            if word == "doses" and i and tokens[i - 1].word in ("in", "into", "as")
            else None
        )
    return Frequency(Manner.TIMES, low.value, (high or low).value, period[0], i, period[1])


def _divided(line: Line, i: int, at: int, low: Number, high: Number | None) -> Frequency | None:
    tokens = line.tokens
    end = at + 1 if at + 1 < len(tokens) and tokens[at + 1].word == "doses" else at
    if tokens[end].word != "doses":
        return None
    return Frequency(Manner.DIVIDED, low.value, (high or low).value, _DAY, i, end)


def _second(line: Line, low: Number) -> Number | None:
    tokens = line.tokens
    i = low.last + 1
    if i + 1 < len(tokens) and (tokens[i].text in RANGE_SIGNS or tokens[i].word in ("to", "or")):
        return number_at(line, i + 1)
    return None


def _period(line: Line, i: int) -> tuple[Decimal, int] | None:
    """The period "a day", "daily", "/24 hours", "in any 24-hour period" at token `i`: hours and last token."""
    tokens = line.tokens
    start = i
    while i < len(tokens) and i < start + 3 and tokens[i].word in _LINKS:
        i += 1
    if i >= len(tokens):
        return None
    number = number_at(line, i) if tokens[i].kind is TokenKind.NUMBER or i > start else None
    if number is not None and i > start:
        i = number.last + 1
        i += i < len(tokens) and tokens[i].text == "-"
    elif number is not None:
        return None
    if i >= len(tokens) or tokens[i].word not in _HOURS or not (i > start or tokens[i].word in _LY):
        return None
    if tokens[i].word in ("d", "h", "mo") and tokens[i - 1].text != "/" and number is None:
        return None
    return _HOURS[tokens[i].word] * (number.value if number else _ONE), i


def _adverb(line: Line, i: int) -> Frequency | None:
    """Reads once daily, twice a day, once every 4 weeks, once a week on Mondays."""
    tokens = line.tokens
    times = _ADVERBS[tokens[i].word]
    period = _period(line, i + 1)
    if period is not None:
        return Frequency(Manner.TIMES, times, times, period[0], i, period[1])
    if [t.word for t in tokens[i + 1 : i + 3]] in (["every", "other"], ["every", "second"]) and i + 3 < len(tokens):
        return Frequency(Manner.ALTERNATE, times, times, _HOURS.get(tokens[i + 3].word, _DAY) * 2, i, i + 3)
    return None


_ORDINALS: Final = {"other": 2, "second": 2, "third": 3, "alternate": 2, "fourth": 4}


def _spaced(line: Line, i: int, end: int, hours: Decimal, number: Decimal) -> Frequency:
    """So many hours or days apart, at tokens `i` to `end`; "while awake" leaves a part of the day out."""
    apart = hours * number
    awake = next((len(said) for said in _AWAKE if line.words(end + 1, len(said)) == said), 0)
    if awake and apart < _SLEEP:
        return Frequency(Manner.TIMES, (_DAY - 2 * _SLEEP) / apart, (_DAY - _SLEEP / 2) / apart, _DAY, i, end + awake)
    manner = Manner.ALTERNATE if hours == _DAY and number > 1 else Manner.TIMES
    return Frequency(manner, _ONE, _ONE, apart, i, end)


_SLEEP: Final = Decimal(6)  # hours: who is awake is so for half the day at least, and for all but three hours at most
_AWAKE: Final = tuple(
    (begun, *who, "awake")
    for begun in ("while", "when")
    for who in ((), ("you", "are"), ("you", "'", "re"), ("you", "’", "re"))
)


def _meals(line: Line, at: int) -> tuple[Decimal, int] | None:
    """How many meals a day has, and the last token, where "meal" or "of your three meals" stands at a token."""
    if line.words(at, 1) in (("meal",), ("meals",)):
        return Decimal(3), at
    of = line.words(at, 4)
    number = number_at(line, at + 2) if len(of) == _OF_MEALS and of[0] == "of" and of[3] == "meals" else None
    return (number.value, at + 3) if number is not None else None


_OF_MEALS: Final = 4  # words of "of your three meals"


def _every(line: Line, i: int) -> Frequency | None:
    """Reads every day, every 6 to 8 hours, every other day, each morning, on alternate days."""
    tokens = line.tokens
    j = i + 1
    if j >= len(tokens):
        return None
    word = tokens[j].word
    if word in _ORDINALS and j + 1 < len(tokens) and tokens[j + 1].word in _HOURS:
        return Frequency(Manner.ALTERNATE, _ONE, _ONE, _HOURS[tokens[j + 1].word] * _ORDINALS[word], i, j + 1)
    if word in _HOURS:
        paired = [t.word for t in tokens[j + 1 : j + 3]]
        if word == "morning" and paired in (["and", "evening"], ["and", "night"]):
            return Frequency(Manner.TIMES, Decimal(2), Decimal(2), _DAY, i, j + 2)
        return Frequency(Manner.TIMES, _ONE, _ONE, _HOURS[word], i, j)
    if (meals := _meals(line, j)) is not None:
        return Frequency(Manner.TIMES, meals[0], meals[0], _DAY, i, meals[1])
    low = number_at(line, j)
    if low is None or not low.value:
        return None
    high = _second(line, low)
    end = (high or low).last + 1
    end += end < len(tokens) and tokens[end].text == "-"
    if end >= len(tokens) or tokens[end].word not in _HOURS:
        return None
    hours = _HOURS[tokens[end].word]
    if high is not None and high.value > low.value:
        return Frequency(Manner.TIMES, _ONE, high.value / low.value, hours * high.value, i, end)
    return _spaced(line, i, end, hours, low.value)


_LASTING: Final = frozenset(("for", "after", "than", "least"))
_WITHIN: Final = frozenset(("in", "over", "within", "the"))
_CLOCK: Final = word_set("hours hour day h hr hrs")
_AGED: Final = frozenset((("-", "old"), ("-", "olds")))
_NOUNS_OF_DAILY: Final = word_set("dose doses maximum limit value intake life total allowance use upper")


def _whole_period(line: Line, i: int) -> Frequency | None:
    """Reads a day, per week, /day, in 24 hours: the amount is for the whole of it."""
    tokens = line.tokens
    if tokens[i].word == "a" and i and (tokens[i].text == "A" or tokens[i - 1].word in _LASTING):
        return None  # "vitamin A a day" and "for a week"
    period = _period(line, i)
    if period is None or tokens[period[1]].word in _WEEKDAYS or period[0] < _DAY:
        return None
    if line.words(period[1] + 1, 2) in _AGED:
        return None  # "a 6-year-old"
    if tokens[i].word in _WITHIN and tokens[period[1]].word not in _CLOCK:
        single = period[1] == i + 2 and tokens[i + 1].word in ("a", "any", "one")
        if not single or tokens[period[1]].word not in ("week", "month"):
            return None  # "in 2 weeks" and "over a year" are durations
    return Frequency(Manner.PERIOD, _ONE, _ONE, period[0], i, period[1])


def _ly(line: Line, i: int) -> Frequency | None:
    tokens = line.tokens
    if i + 1 < len(tokens) and tokens[i + 1].word in _NOUNS_OF_DAILY:
        return None  # an adjective
    manner = Manner.PERIOD if tokens[i].word in ("daily", "weekly", "monthly") else Manner.TIMES
    return Frequency(manner, _ONE, _ONE, _HOURS[tokens[i].word], i, i)


def _latin(line: Line, i: int) -> Frequency | None:
    tokens = line.tokens
    word = tokens[i].word
    if word in ("od", "hs", "bd") and not (tokens[i].text.isupper() or "." in tokens[i].text or word == "bd"):
        return None
    if word in _ALTERNATE:
        return Frequency(Manner.ALTERNATE, _ONE, _ONE, _DAY * 2, i, i)
    if word in _LATIN_WEEKLY:
        return Frequency(Manner.TIMES, Decimal(_LATIN_WEEKLY[word]), Decimal(_LATIN_WEEKLY[word]), _DAY * 7, i, i)
    return Frequency(Manner.TIMES, Decimal(_LATIN[word]), Decimal(_LATIN[word]), _DAY, i, i)


def _q_hours(line: Line, i: int) -> Frequency | None:
    """Reads q6h, q4-6h and q12hr."""
    tokens = line.tokens
    word = tokens[i].word
    body = word[1:].rstrip("hr")
    if word[-1] in "hr" and whole_number(body):
        return Frequency(Manner.TIMES, _ONE, _ONE, Decimal(body), i, i)
    if whole_number(word[1:]) and i + 2 < len(tokens) and tokens[i + 1].text in RANGE_SIGNS:
        end = i + 3 if i + 3 < len(tokens) and tokens[i + 3].word in ("h", "hr", "hours") else i + 2
        high = tokens[i + 2].text
        if tokens[end].word in ("h", "hr", "hours") and whole_number(high):
            return Frequency(Manner.TIMES, _ONE, Decimal(high) / Decimal(word[1:]), Decimal(high), i, end)
    return None


_AT_TIMES: Final = {
    "at": frozenset(("bedtime", "night", "nighttime", "noon", "breakfast", "lunch", "dinner", "supper")),
    "before": frozenset(("bed", "bedtime", "sleep", "breakfast", "lunch", "dinner", "supper")),
    "with": _MEALS | {"food"},
    "after": _MEALS,
    "in": frozenset(("morning", "evening", "afternoon")),
}


def _timing(line: Line, i: int) -> Frequency | None:
    """Reads at bedtime, in the morning, with breakfast, with each meal, in the morning and evening."""
    tokens = line.tokens
    j = i + 1
    while (
        j < len(tokens)
        and j < i + 4
        and tokens[j].word in ("the", "your", "evening", "morning", "a", "main", "each", "every", "going", "to")
    ):
        if tokens[j].word in ("each", "every"):
            return _every(line, j)
        if tokens[j].word in _AT_TIMES[tokens[i].word] and not (j + 1 < len(tokens) and tokens[j + 1].word == "meal"):
            break
        j += 1
    if j >= len(tokens):
        return None
    word = tokens[j].word
    if word == "meal" and j > i + 1:
        return Frequency(Manner.TIMING, _ONE, _ONE, _DAY, i, j)
    if word == "food" or word not in _AT_TIMES[tokens[i].word]:
        return _whole_period(line, i) if tokens[i].word == "in" else None
    times = _ONE
    end = j
    if [t.word for t in tokens[j + 1 : j + 2]] == ["and"]:
        k = j + 2
        while k < len(tokens) and tokens[k].word in ("in", "the", "at", "with"):
            k += 1
        if k < len(tokens) and tokens[k].word in ("evening", "night", "bedtime", *_MEALS):
            times, end = Decimal(2), k
    return Frequency(Manner.TIMING if times == 1 else Manner.TIMES, times, times, _DAY, i, end)


_ENDS_OF_DAY: Final = frozenset(("morning", "evening", "night"))


def _both_ends(line: Line, i: int) -> Frequency | None:
    """Reads morning and night, without an article."""
    words = [t.word for t in line.tokens[i : i + 3]]
    if len(words) < 3 or words[1] != "and" or not {words[0], words[2]} <= _ENDS_OF_DAY or words[0] == words[2]:
        return None
    return Frequency(Manner.TIMES, Decimal(2), Decimal(2), _DAY, i, i + 2)


def _needed(line: Line, i: int) -> Frequency | None:
    tokens = line.tokens
    zero = Decimal(0)
    word = tokens[i].word
    if word == "prn":
        return Frequency(Manner.AS_NEEDED, zero, zero, zero, i, i)
    if i + 1 < len(tokens) and tokens[i + 1].word in ("needed", "required", "necessary"):
        return Frequency(Manner.AS_NEEDED, zero, zero, zero, i, i + 1)
    return None


_PARTS_OF_WEEK: Final = {"weekdays": 5, "weekends": 2}


def _on_days(line: Line, i: int) -> Frequency | None:
    """Reads on Mondays, Wednesdays and Fridays; on alternate days; on a Monday."""
    tokens = line.tokens
    j = i + 1
    if j < len(tokens) and tokens[j].word == "alternate":
        return _every(line, i)
    days = _PARTS_OF_WEEK.get(" ".join(line.words(j, 1)), 0)
    if days:
        return Frequency(Manner.ALTERNATE, Decimal(days), Decimal(days), _DAY * 7, i, j)
    last = j
    while j < len(tokens):
        word = tokens[j].word
        day = word.removesuffix("s")
        if day in _WEEKDAYS:
            days, last = days + 1, j
        elif word not in (",", "and", "a", "&", "every", "the"):
            break
        j += 1
    if not days:
        return None
    return Frequency(Manner.ALTERNATE, Decimal(days), Decimal(days), _DAY * 7, i, last)


_READERS: Final = {
    **dict.fromkeys(_ADVERBS, _adverb),
    **dict.fromkeys(("every", "each", "alternate"), _every),
    **dict.fromkeys(("a", "per", "/", "over", "within"), _whole_period),
    **dict.fromkeys(_LY, _ly),
    **dict.fromkeys((*_LATIN, *_LATIN_WEEKLY, *_ALTERNATE), _latin),
    **dict.fromkeys(("at", "before", "with", "after", "in"), _timing),
    **dict.fromkeys(_ENDS_OF_DAY, _both_ends),
    **dict.fromkeys(("as", "when", "if", "prn", "where"), _needed),
    "on": _on_days,
}
