"""Which sentences of benefit and of risk a page is weighed by."""

from __future__ import annotations

import pytest

from caveat import Linter

from .pages import FILL, findings


def test_risk_is_counted_against_benefit(linter: Linter) -> None:
    benefits = " ".join(
        f"Ashwagandha {does}." for does in ("reduces stress", "improves sleep", "relieves anxiety", "boosts energy")
    )
    filler = "The root is dried, ground and filled into capsules, or cooked in milk with honey. " * 12
    risks = "It can cause drowsiness. Do not take it if you are pregnant. Liver injury has been reported."
    rule = "disclosure/benefit-risk-balance"
    few = findings(linter, f"# Ashwagandha\n\n{benefits} It can cause drowsiness.\n\n{filler}\n")
    assert "benefit: 4; that tell of a risk: 1." in few[rule].message
    assert rule not in findings(linter, f"# Ashwagandha\n\n{benefits} {risks}\n\n{filler}\n")
    listed = "## Side effects\n\nNausea is the most common one. Headaches pass. A rash is rare."
    assert rule not in findings(linter, f"# Ashwagandha\n\n{benefits}\n\n{filler}\n\n{listed}\n")
    rivals = "It is a safe alternative to sleeping pills, which cause addiction."
    rival = findings(linter, f"# Ashwagandha\n\n{benefits} It can cause drowsiness. {rivals}\n\n{filler}\n")
    assert "risk: 1." in rival[rule].message


def _weighed(linter: Linter, text: str) -> tuple[list[str], list[str]]:
    """The sentences of benefit and of risk that the report shows."""
    (file,) = linter.check_text(text, path="page.md").files
    benefit, risk = ([span.of(text) for span in side] for side in (file.balance.benefit, file.balance.risk))
    return benefit, risk


def test_the_rule_and_the_report_weigh_the_same_sentences(linter: Linter) -> None:
    text = "# Ashwagandha for calm\n\nAshwagandha reduces stress. Ashwagandha improves sleep. It relieves anxiety. "
    text += f"It boosts energy.\n\nSome people notice:\n\n- drowsiness\n- an upset stomach\n\n{FILL}{FILL}"
    benefit, risk = _weighed(linter, text)
    assert risk == ["drowsiness", "an upset stomach"]
    assert "disclosure/benefit-risk-balance" not in findings(linter, text)
    alone = text.replace("- drowsiness\n- an upset stomach", "- drowsiness")
    message = findings(linter, alone)["disclosure/benefit-risk-balance"].message
    assert message.startswith(f"Sentences that claim a benefit: {len(benefit)}; that tell of a risk: 1.")


def test_what_an_illness_does_is_no_risk_of_a_treatment(linter: Linter) -> None:
    text = "# Whooping cough\n\nThe fits of coughing cause vomiting and broken ribs. A rash is seen in rare cases.\n"
    assert _weighed(linter, text)[1] == []


def test_the_warnings_of_another_medicine_are_no_risk_of_the_page_s(linter: Linter) -> None:
    text = "# Cholecalciferol dosage\n\nStrong capsules of cholecalciferol are swallowed once a week.\n"
    assert _weighed(linter, text)[1] == []


def test_that_no_harm_is_told_is_said_once(linter: Linter) -> None:
    text = "# Ashwagandha for calm\n\nAshwagandha reduces stress. Ashwagandha improves sleep. Ashwagandha relieves "
    text += f"anxiety. Ashwagandha boosts energy. Ashwagandha improves memory.\n\n{FILL}{FILL}"
    found = findings(linter, text)
    assert "disclosure/side-effects-missing" in found
    assert "disclosure/benefit-risk-balance" not in found


@pytest.mark.parametrize(
    "said",
    ["Completely safe, with zero side effects reported.", "It is completely safe, unlike drugs that harm the liver.",
     "Side effects: none.", "Contraindications: none known.", "The warnings about it are nonsense."],
)  # fmt: skip
def test_what_is_called_safe_is_no_sentence_of_risk(linter: Linter, said: str) -> None:
    (file,) = linter.check_text(f"# Zinc\n\nOur zinc is sold in jars.\n\n{said}\n", path="page.md").files
    assert file.balance.risk == ()
    assert not [item for item in file.checklist if item.present]


def test_on_a_page_about_an_illness_only_what_a_treatment_does_is_a_risk(linter: Linter) -> None:
    page = (
        "# Gout\n\nGout is a kind of arthritis. Gout may run in families. In gout, attacks can cause fever.\n\n"
        "Older people with kidney disease must not ignore it. Colchicine causes diarrhea.\n"
    )
    risk = linter.check_text(page, path="gout.md").files[0].balance.risk
    assert [page[span.start : span.end] for span in risk] == ["Colchicine causes diarrhea."]


_FLU = "# The flu\n\nThe flu is an infection. The flu passes in a week. The flu is worst in winter.\n\n"


@pytest.mark.parametrize(
    ("risk", "text"),
    [
        (True, "Oseltamivir can cause vomiting."),
        (True, "More than a dozen medicines can cause a dry mouth."),
        (True, "The use of nasal sprays can cause nosebleeds."),
        (True, "Some take antivirals for five days. They can cause nausea."),
        (True, "Some doctors prescribe antivirals that cause headaches."),
        (True, "Drowsiness may be caused by antihistamines."),
        (False, "The flu can cause vomiting."),
        (False, "Oseltamivir shortens the flu. The flu itself can cause pneumonia."),
        (False, "Ibuprofen eases an illness that causes fever and aches."),
        (False, "A swab shows germs that can cause pneumonia."),
        (False, "A lack of exercise raises the risk of bronchitis."),
        (False, "Antivirals fight the virus, which causes fever."),
        (False, "Beer and wine can cause headaches."),
        (False, "Coughs may be caused by dust."),
        (False, "## Who is at risk?\n\nA walk every day prevents colds."),
        (False, "## Side effects and safety\n\nOseltamivir relieved a fever sooner than placebo."),
    ],
)
def test_a_treatment_has_to_do_the_harm(linter: Linter, risk: bool, text: str) -> None:
    assert bool(_weighed(linter, f"{_FLU}{text}\n")[1]) is risk


@pytest.mark.parametrize(
    ("risk", "text"),
    [
        (True, "Too much of it can cause kidney stones."),
        (True, "People with kidney stones should avoid taking zinc."),
        (True, "Zinc helps the skin but can cause nausea."),
        (True, "Do not take more than six of these tablets a day."),
        (True, "Children under 12 years should not take these tablets."),
        (False, "A zinc deficiency can cause hair loss."),
        (False, "If you run low on zinc, it can cause hair loss."),
        (False, "Low zinc can lead to serious problems with wounds."),
        (False, "Zinc is for adults with an illness that causes wounds."),
        (False, "Hair loss can be caused by stress and age."),
        (False, "Talk to your doctor before you start."),
        (False, "Women past the change are at increased risk of fractures."),
    ],
)
def test_the_page_s_own_medicine_has_to_do_the_harm(linter: Linter, risk: bool, text: str) -> None:
    assert bool(_weighed(linter, f"# Zinc\n\nZinc is a mineral. Zinc is found in meat.\n\n{text}\n")[1]) is risk


def test_a_cited_title_weighs_nothing(linter: Linter) -> None:
    text = "# Zinc\n\nZinc is a mineral.\n\n## References\n\n1. Doe J. Zinc causes nausea. J Nutr. 2019;149:1-9.\n"
    assert _weighed(linter, text) == ([], [])
