"""Words that deny a harm of which a medicine's label warns."""

from __future__ import annotations

import pytest

from caveat import Linter
from caveat.packs.disclosures import load_disclosures
from caveat.packs.files import rules_dir
from caveat.packs.when.disclosure import DisclosureKind, SignalKind

from .pages import findings


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("It has no risk of addiction.", "no risk of addiction"),
        ("You cannot get hooked.", "cannot get hooked"),
        ("It isn't addictive.", "isn't addictive"),
        ("It is not addictive and works well with acetaminophen.", "not addictive"),
        ("Acetaminophen is not addictive, and tramadol is.", None),
        ("Do not drive until you are sure that it does not make you drowsy.", None),
        ("“It is not addictive” is a dangerous slogan.", None),
        ("It is not true that it is not addictive.", None),
        ("## Non-addictive painkillers\n\nThere are some.", None),
        ("It does not slow your breathing.", "not slow your breathing"),
        ("It is not usually addictive.", None),
        ("Not only is it addictive, it is dear.", None),
        ("Will it never make you drowsy?", None),
        ("If you do not become dependent, thank your doctor.", None),
        ("Acetaminophen is not addictive.", None),
        ("It does not harm the liver.", None),  # no key warning of this medicine
        ("You do not become dependent on naltrexone.", None),
    ],
)
def test_a_denied_key_warning_is_told_where_it_stands(linter: Linter, said: str, denied: str | None) -> None:
    finding = findings(linter, f"# Tramadol for pain\n\nTramadol is a tablet.\n\n{said}\n").get(
        "disclosure/key-warning-denied"
    )
    assert (finding.text if finding is not None else None) == denied


def test_a_denied_warning_is_that_of_the_medicine_in_the_sentence(linter: Linter) -> None:
    found = findings(linter, "# How to sleep\n\nKeep the room dark. Zolpidem is not habit-forming.\n")
    assert found["disclosure/key-warning-denied"].text == "not habit-forming"


def test_denials_go_by_topics_of_key_warnings() -> None:
    data = load_disclosures(rules_dir() / "disclosures")
    topics = {signal.topic for signal in data.signals if signal.kind is SignalKind.DENIED_HARM}
    assert topics <= data.topics(DisclosureKind.KEY_WARNING)
    assert topics
