"""Advice that can hurt: medicines left, doses doubled, safety promised. Beside it what is near to it and right."""

from __future__ import annotations

import pytest

from caveat.engine.linter import Linter
from caveat.finding import Severity
from caveat.packs.scope import Profile


@pytest.fixture(scope="module")
def linters() -> dict[Profile, Linter]:
    """The built-in packs for articles and for pages that sell."""
    return {
        profile: Linter.load(profile=profile, cache=False)
        for profile in (Profile.ARTICLE, Profile.SUPPLEMENT_MARKETING)
    }


def _grave(linter: Linter, text: str) -> set[str]:
    found = linter.check_text(text).files[0].findings
    return {f.rule for f in found if f.scope == "text" and f.severity is not Severity.NOTE}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("After three good months you can stop azathioprine.", "efficacy/stopping-advised"),
        ("It does no harm to leave out a week, and it is fine to skip your warfarin.", "efficacy/stopping-advised"),
        ("I was so much better that I dumped my Lexapro.", "efficacy/stopping-advised"),
        ("Boswellia works every bit as well as prescription painkillers.", "efficacy/drug-equivalence"),
        ("With ginkgo you could come off your blood pressure tablets.", "efficacy/discourage-treatment"),
        ("Missed the morning tablet? Double up at the next dose.", "dosing/double-missed-dose"),
        ("If you forget an injection, take two doses together the next day.", "dosing/double-missed-dose"),
        ("Your toddler can have the same amount of the syrup as you take yourself.", "dosing/child-as-adult"),
        ("Give your child half the adult dose of cetirizine.", "dosing/child-as-adult"),
        ("One dose of magnesium for all: the same dose suits parents and children.", "dosing/child-as-adult"),
    ],
)
def test_advice_that_can_hurt_is_found_in_an_article(linters: dict[Profile, Linter], text: str, rule: str) -> None:
    assert rule in _grave(linters[Profile.ARTICLE], text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("A month on the gummies and I chucked my Prozac.", "efficacy/stopping-advised"),
        ("Since the drops he no longer takes his atenolol.", "efficacy/testimonial-efficacy"),
        ("Our syrup has no interactions with other medicines.", "efficacy/no-side-effects"),
        ("Our balm is as good as steroid creams.", "efficacy/drug-equivalence"),
        ("With our drops you can drop the statin that your doctor put you on.", "efficacy/discourage-treatment"),
    ],
)
def test_advice_that_can_hurt_is_found_on_a_page_that_sells(
    linters: dict[Profile, Linter], text: str, rule: str
) -> None:
    assert rule in _grave(linters[Profile.SUPPLEMENT_MARKETING], text)


@pytest.mark.parametrize(
    "text",
    [
        "You can stop azathioprine only if your specialist says so.",
        "You should not stop azathioprine by yourself.",
        "I stopped taking my Lexapro because it made me dizzy, and my doctor found another one.",
        "You may have to stop your anticoagulant before an operation.",
        "Throw away your leftover eye drops after four weeks.",
        "If you miss a dose, skip it and never double the next one.",
        "There were no interactions between age and sex.",
        "Interactions with other medicines have not been studied.",
        "In the double-dose arm, two of ten stopped.",
        "From their twelfth birthday, children aged 12 take the same dose of loratadine as adults.",
        "Children need less of cetirizine than the adult dose, so ask a pharmacist.",
        "Should babies have the same dose of vitamin D as adults?",
    ],
)
@pytest.mark.parametrize("profile", [Profile.ARTICLE, Profile.SUPPLEMENT_MARKETING])
def test_what_is_near_to_it_passes(linters: dict[Profile, Linter], profile: Profile, text: str) -> None:
    assert not _grave(linters[profile], text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Losartan cures asthma. It is not licensed for gout.", True),
        ("Butterbur keeps migraine at bay. There is little evidence that it helps hay fever.", True),
        ("Butterbur keeps migraine at bay. There is little evidence that it helps.", False),
        ("Losartan cures asthma. It is not licensed for asthma.", False),
        ("Losartan cures asthma. This has not been confirmed in people with gout.", False),
        ("Losartan cures asthma. It has not been tested in people with gout.", False),
        ("Losartan cures asthma. It has not been shown to cure any disease.", False),
    ],
)
def test_a_limitation_of_another_illness_exempts_nothing(
    linters: dict[Profile, Linter], text: str, *, found: bool
) -> None:
    assert bool(_grave(linters[Profile.ARTICLE], text)) is found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hops tea makes you fall asleep sooner, and it helps you fall asleep faster.", "falling asleep faster"),
        ("Valerian supports falling asleep.", "falling asleep"),
    ],
)
def test_what_readers_do_is_named_as_a_noun(linters: dict[Profile, Linter], text: str, named: str) -> None:
    found = linters[Profile.SUPPLEMENT_MARKETING].check_text(text).files[0].findings
    assert any(f" for {named} " in finding.message for finding in found), [f.message for f in found]
