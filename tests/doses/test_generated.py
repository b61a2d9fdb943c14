"""Ten thousand consistent statements without a finding; each with one number changed, exactly the one finding."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from checking import findings, reported

Make = Callable[[random.Random], tuple[str, str]]
TIMES = {2: "twice a day", 3: "three times a day", 4: "four times a day"}
HOURS = {2: "every 12 hours", 3: "every 8 hours", 4: "every 6 hours"}
SAYS = ("comes to {}", "adds up to {}", "makes {}", "({})", "({} a day)", "which is {}", "for a total of {}")
WEIGHED = ("needs {}", "works out to {}", "gives {}", "({})")


def number(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def wrong(rng: random.Random, value: Decimal) -> Decimal:
    """Another value, far enough off for any rounding."""
    return value + rng.choice((1, 2, 3)) * max(value / 4, Decimal(1)).quantize(Decimal(1)) + 1


def repeated(rng: random.Random) -> tuple[str, str]:
    single, times = Decimal(rng.choice((25, 50, 100, 250, 500, 850))), rng.choice((2, 3, 4))
    often = rng.choice((TIMES, HOURS))[times]
    says = rng.choice(SAYS)
    text = f"Amoxicillin {number(single)} mg {often} {says}."
    return text.format(number(single * times) + " mg"), text.format(number(wrong(rng, single * times)) + " mg")


def counted(rng: random.Random) -> tuple[str, str]:
    count, strength = rng.choice((2, 3, 4)), Decimal(rng.choice((10, 25, 100, 250, 325, 500)))
    word = {2: "two", 3: "three", 4: "four"}[count]
    form = rng.choice(("tablets", "capsules", "caplets"))
    text = f"Take {word} {number(strength)} mg {form} of gabapentin ({{}}) once daily."
    return text.format(number(strength * count) + " mg"), text.format(number(wrong(rng, strength * count)) + " mg")


def added(rng: random.Random) -> tuple[str, str]:
    one, other = (Decimal(rng.choice((250, 500, 850, 1000))) for _ in range(2))
    text = f"Metformin: {number(one)} mg with breakfast and {number(other)} mg with supper, {{}} in total."
    return text.format(number(one + other) + " mg"), text.format(number(wrong(rng, one + other)) + " mg")


def weighed(rng: random.Random) -> tuple[str, str]:
    weight, rate = Decimal(rng.randint(8, 40)), Decimal(rng.choice((5, 10, 15)))
    says = rng.choice(WEIGHED)
    text = f"A child of {weight} kg at {rate} mg/kg of acetaminophen {says}."
    return text.format(number(weight * rate) + " mg"), text.format(number(wrong(rng, weight * rate)) + " mg")


def supplied(rng: random.Random) -> tuple[str, str]:
    daily, days = rng.choice((1, 2, 3, 4)), rng.choice((10, 14, 15, 20, 30, 60))
    word = {1: "one", 2: "two", 3: "three", 4: "four"}[daily]
    text = f"A bottle of {daily * days} tablets of zinc, {word} a day, lasts {{}} days."
    return text.format(days), text.format(days * 2 + 5)


def converted(rng: random.Random) -> tuple[str, str]:
    units = Decimal(rng.choice((200, 400, 600, 800, 1000, 2000, 4000)))
    mass = units * Decimal("0.025")
    text = f"Vitamin D {number(units)} IU ({{}}) a day."
    return text.format(number(mass) + " mcg"), text.format(number(mass * 2) + " mcg")


def restated(rng: random.Random) -> tuple[str, str]:
    grams = Decimal(rng.choice(("0.5", "1.5", "2", "3")))
    text = f"Creatine {number(grams)} g ({{}}) is common."
    return text.format(number(grams * 1000) + " mg"), text.format(number(grams * 1000 + 400) + " mg")


def ranged(rng: random.Random) -> tuple[str, str]:
    low, high = rng.choice(((200, 400), (325, 650), (500, 1000), (25, 50)))
    text = f"Metformin {{}}{rng.choice(('–', '-', ' to '))}{{}} mg with supper."
    return text.format(low, f"{high:,}"), text.format(f"{high * 2:,}", f"{high:,}")


def weekly(rng: random.Random) -> tuple[str, str]:
    dose = rng.choice(("7.5", "10", "12.5", "15"))
    text = f"Methotrexate {dose} mg every {{}}."
    return text.format("7 days"), text.format(rng.choice(("day", "1 day", "24 hours")))


def for_a_child(rng: random.Random) -> tuple[str, str]:
    age, dose = rng.randint(6, 11), rng.choice((100, 200))
    text = f"Children{{}} can take {dose} mg of ibuprofen every 8 hours."
    return text.format(f" of {age} years"), text.format("")


def usual(rng: random.Random) -> tuple[str, str]:
    dose = rng.choice((50, 100, 150, 200))
    text = f"The usual dose of sertraline is {{}} mg {rng.choice(('once daily', 'once a day'))}."
    return text.format(dose), text.format(rng.choice((5, 10)))


def in_unit(rng: random.Random) -> tuple[str, str]:
    dose = rng.choice((50, 75, 100, 125))
    text = f"Levothyroxine {dose} {{}} each morning."
    return text.format("mcg"), text.format("mg")


def measured(rng: random.Random) -> tuple[str, str]:
    strength, volume = rng.choice((40, 100, 125, 250)), rng.choice((5, 10, 15, 20))
    text = f"Amoxicillin {strength} mg/5 mL: {volume} mL gives {{}}."
    amount = Decimal(strength * volume) / 5
    return text.format(number(amount) + " mg"), text.format(number(wrong(rng, amount)) + " mg")


def by_week(rng: random.Random) -> tuple[str, str]:
    single, often = rng.choice((Decimal(5), Decimal(10), Decimal("7.5"))), rng.choice(("two", "three", "four"))
    times = {"two": 2, "three": 3, "four": 4}[often]
    text = f"Prednisone {number(single)} mg {often} times a week comes to {{}} a week."
    return text.format(number(single * times) + " mg"), text.format(number(wrong(rng, single * times)) + " mg")


def in_parts(rng: random.Random) -> tuple[str, str]:
    count, part = rng.choice((2, 3, 4)), rng.choice((5, 4, 3))
    word = {2: "two", 3: "three", 4: "four"}[count]
    text = f"Psyllium {{}} a day, taken as {word} doses of {part} g, swells in water."
    return text.format(f"{count * part} g"), text.format(f"{count * part + rng.choice((1, 2, 3))} g")


def two_strengths(rng: random.Random) -> tuple[str, str]:
    one, other = rng.choice(((3, 1), (5, 2), (10, 5), (4, 3)))
    text = f"Take one {one} mg and one {other} mg tablet of warfarin ({{}}) once a day."
    return text.format(f"{one + other} mg"), text.format(f"{one + other + rng.choice((1, 2))} mg")


def in_a_row(rng: random.Random) -> tuple[str, str]:
    strength, count = rng.choice((100, 250, 500)), rng.choice((2, 3, 4))
    table = "| Medicine | Most in a day |\n|---|---|\n"
    text = f"{table}| Metformin {strength} mg | {count} tablets ({{}}) |"
    return text.format(number(Decimal(strength * count)) + " mg"), text.format(
        number(Decimal(strength * (count + 1))) + " mg"
    )


def above_the_limit(rng: random.Random) -> tuple[str, str]:
    substance, right, high = rng.choice(
        (
            ("acetaminophen", 650, 1500), ("loratadine", 10, 20), ("sertraline", 100, 250), ("zinc", 25, 60),
            ("vitamin B6", 50, 150), ("famotidine", 20, 90),
        )
    )  # fmt: skip
    often = "every 6 hours" if substance == "acetaminophen" else rng.choice(("once a day", "once daily"))
    text = f"Take {{}} mg of {substance} {often}."
    return text.format(right), text.format(f"{high:,}")


def twice_told(rng: random.Random) -> tuple[str, str]:
    substance, most = rng.choice(
        (("ibuprofen", 1200), ("metformin", 2000), ("cetirizine", 10), ("acetaminophen", 4000))
    )
    says = rng.choice(("The maximum of {0} is {1} mg a day.", "Do not take more than {1} mg of {0} in 24 hours."))
    again = rng.choice(("Never exceed {1} mg of {0} a day.", "The daily limit for {0} is {1} mg."))
    less = most - max(most // rng.choice((4, 5, 10)), 1)
    text = f"{says.format(substance, f'{most:,}')}\n\nKeep the box dry.\n\n{{}}"
    return text.format(again.format(substance, f"{most:,}")), text.format(again.format(substance, f"{less:,}"))


def beside_a_maximum(rng: random.Random) -> tuple[str, str]:
    dose, times = rng.choice((250, 500)), rng.choice((2, 3))
    text = f"Take {dose} mg of metformin {TIMES[times]}, at most {{}} mg a day."
    return text.format(f"{dose * times:,}"), text.format(f"{dose * times - 100:,}")


def by_step(rng: random.Random) -> tuple[str, str]:
    first, second, third = rng.choice((("1.5", "3", "4.5"), ("0.5", "1", "2"), ("2.5", "5", "7.5")))
    says = rng.choice(("In week {} take {{}} mg.", "In the {} week you take {{}} mg.", "Take {{}} mg in week {}."))
    week, dose = rng.choice((("2", second), ("1", first)))
    week = {"1": "first", "2": "second"}[week] if "the {}" in says else week
    page = f"| Week | Naltrexone |\n|---|---|\n| 1 | {first} mg |\n| 2 | {second} mg |\n| 3 | {third} mg |\n\n"
    text = page + says.format(week)
    return text.format(dose), text.format(rng.choice(("6", "9")))


def on_a_panel(rng: random.Random) -> tuple[str, str]:
    substance, amount = rng.choice((("magnesium", 200), ("zinc", 10), ("melatonin", 3), ("vitamin C", 90)))
    says = rng.choice(("Each serving gives you {} mg of {}.", "One serving holds {} mg of {}."))
    panel = f"| Supplement Facts | Amount per serving |\n|---|---|\n| {substance} | {amount} mg |"
    text = f"{says.format('{}', substance)}\n\n{panel}"
    return text.format(amount), text.format(amount * 2)


def along_a_row(rng: random.Random) -> tuple[str, str]:
    single, times = Decimal(rng.choice((100, 250, 300, 500))), rng.choice((2, 3, 4))
    head = "| Drug | Dose | How often | Daily total |\n|---|---|---|---|\n"
    row, amounts = f"| Gabapentin | {number(single)} mg | {TIMES[times]} | {{}} mg |", (single * times,)
    if rng.random() < 1 / 2:
        other = Decimal(rng.choice((100, 300, 600)))
        head = "| Drug | Morning | Night | Total |\n|---|---|---|---|\n"
        row, amounts = f"| Gabapentin | {number(single)} mg | {number(other)} mg | {{}} mg |", (single, other)
    text, total = head + row, sum(amounts, Decimal(0))
    return text.format(number(total)), text.format(number(wrong(rng, total)))


def drawn_up(rng: random.Random) -> tuple[str, str]:
    strength, volume = rng.choice((100, 125, 160, 250)), rng.choice((5, 10, 15))
    amount = strength * volume // 5
    text = f"Amoxicillin syrup has {strength} mg in 5 mL. Take {number(Decimal(amount))} mg ({{}} mL) twice a day."
    return text.format(volume), text.format(volume * 2)


CHANGED: tuple[tuple[Make, str], ...] = (
    (above_the_limit, "exceeds-limit"),
    (twice_told, "same-context-conflict"),
    (beside_a_maximum, "same-context-conflict"),
    (by_step, "same-context-conflict"),
    (on_a_panel, "same-context-conflict"),
    (ranged, "range-reversed-or-mixed"),
    (weekly, "weekly-as-daily"),
    (for_a_child, "pediatric-weight"),
    (usual, "reference-mismatch"),
    (in_unit, "unit-factor-1000"),
)
SUMS: tuple[Make, ...] = (
    repeated, counted, added, weighed, supplied, restated, measured, by_week, in_parts, two_strengths, in_a_row,
    along_a_row, drawn_up,
)  # fmt: skip
CASES = (*((make, "total-mismatch") for make in SUMS), (converted, "iu-conversion"), *CHANGED)
EVERY = tuple(make for make, _ in CASES)
EACH = 10_000 // len(EVERY) + 1
A_PAGE = 50  # statements


@pytest.mark.parametrize("make", EVERY, ids=lambda m: m.__name__)
def test_consistent_statements_are_left_alone(make: Make) -> None:
    """Ten thousand in all. That two statements of a page differ is a conflict by chance, and not asked here."""
    rng = random.Random(7)
    for _ in range(0, EACH, A_PAGE):
        page = "\n\n".join(make(rng)[0] for _ in range(A_PAGE))
        assert [f.message for f in reported(page) if f.rule != "dosing/same-context-conflict"] == []


@pytest.mark.parametrize(("make", "slug"), CASES, ids=[make.__name__ for make, _ in CASES])
def test_one_changed_number_gives_the_one_finding(make: Make, slug: str) -> None:
    rng = random.Random(13)
    for _ in range(40):
        right, wrong = make(rng)
        assert reported(right) == [], right
        assert [f.rule for f in reported(wrong)] == [f"dosing/{slug}"], wrong


@pytest.mark.parametrize("limit", [1200, 2400, 3000])
def test_two_maxima_conflict_only_when_they_differ(limit: int) -> None:
    page = f"The maximum of ibuprofen is {{}} mg a day.\n\nNever take more than {limit:,} mg of ibuprofen a day."
    assert findings(page.format(f"{limit:,}"), ["same-context-conflict"]) == []
    (found,) = findings(page.format(f"{limit - 400:,}"), ["same-context-conflict"])
    assert found.text == f"{limit:,} mg"
    assert [r.text for r in found.related] == [f"{limit - 400:,} mg"]
