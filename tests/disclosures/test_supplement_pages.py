"""Pages about one remedy: what it does counts, and not what a lack, an illness or another thing does."""

from __future__ import annotations

import pytest

from .conftest import Find

_VALERIAN = "# Valerian root\n\nValerian is a plant. Valerian is sold as tea and capsules.\n\n"


def _kinds(find: Find, text: str) -> set[str]:
    return {d.kind.value for d in find(f"{_VALERIAN}{text}\n").disclosures}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("side-effects", "A muzzy head the morning after is the complaint we hear most."),
        ("side-effects", "The most common experience is a mild headache."),
        ("side-effects", "The most common experience is a mild headache due to a slow start."),
        ("side-effects", "While it is low in sugar, drinking large amounts could cause cramps."),
        ("side-effects", "A swollen belly is likely in the first days."),
        ("side-effects", "The drops turn stools black and bung you up."),
        ("contraindications", "With a long QT interval you must not take it."),
        ("interactions", "Antibiotics work less well when swallowed at the same hour."),
        ("pregnancy", "You should not breastfeed while on it."),
        ("prescription-only", "Your doctor may prescribe it."),
        ("age-limit", "It must not be sold to children."),
        ("emergency", "A thunderclap of a headache is a case for 911."),
        ("side-effects", "Sweating at night troubles some users for months."),
        ("contraindications", "Due an operation? Put the capsules away a fortnight earlier."),
        ("contraindications", "Avoid the capsules if you have liver disease."),
        ("interactions", "Together with sleeping tablets it makes you drowsier than either alone."),
        ("interactions", "If you take thyroid tablets, it may push your levels too high."),
        ("interactions", "Some antidepressants multiply the amount of it in your blood."),
        ("interactions", "Blood thinners and this root do not belong in one body."),
        ("interactions", "Wine and valerian in one evening are a poor idea."),
        ("pregnancy", "With a baby on the way, leave it alone."),
        ("alternatives", "A regular bedtime may do as much for you."),
        ("informational-only", "We write to inform; we do not diagnose and we do not prescribe."),
        ("date", "We last went through this page on 14 April 2025."),
        ("off-label", "For that use no agency has passed it."),
        ("results-vary", "What she felt need not be what you feel."),
        ("consult-professional", "Yellow skin belongs in front of a doctor."),
    ],
)
def test_what_a_remedy_does_is_told(find: Find, kind: str, text: str) -> None:
    assert kind in _kinds(find, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("side-effects", "Keep the jar away from children: swallowing many at once can make them sick."),
        ("side-effects", "Coffee late in the day can cause palpitations."),
        ("side-effects", "Headaches can be caused by stress."),
        ("side-effects", "A study reports that a poor diet may be associated with fatigue."),
        ("side-effects", "## Signs of a lack of sleep\n\n- fatigue\n- headache"),
        ("side-effects", "It keeps worry from causing a headache."),
        ("side-effects", "It is sold as a weight loss drug."),
        ("contraindications", "Avoid heavy meals if you have reflux."),
        ("contraindications", "It is a drink for people with cancer."),
        ("contraindications", "People with diabetes should not skip meals."),
        ("contraindications", "Do not lie awake in bed if you have insomnia."),
        ("contraindications", "Those with arthritis must not give up walking."),
        ("side-effects", "Sore joints can leave you tired and irritable."),
        ("interactions", "Avoid alcohol before bed if you want to sleep through."),
        ("interactions", "Avoid more valerian with valerian tea."),
        ("side-effects", "A study reports that an unhealthy gut may be associated with a raised risk of colds."),
        ("contraindications", "Nerves come of not eating enough greens, smoking and a lack of sleep in gout."),
        ("prescription-only", "A doctor may order a blood test."),
        ("prescription-only", "Your doctor may prescribe other medicines to help."),
        ("emergency", "Wash your hands if you visit a friend in hospital."),
        ("age-limit", "Teenagers grow fast and should not skip meat."),
        ("pregnancy", "Pregnant women should not smoke."),
        ("age-limit", "Low mood is common in teenagers and should not be brushed aside."),
        ("consult-professional", "A nurse measured their pulse twice a day."),
        ("consult-professional", "A nurse or technician draws some blood."),
        ("consult-professional", "Forget the doctor: your gut knows best."),
        ("evidence-limits", "No study is needed to see how well it works."),
        ("alternatives", "Other options for delivery are listed at checkout."),
        ("evidence-limits", "We don't know anyone who slept badly with it."),
        ("evidence-limits", "Research shows that poor sleep is an early sign of stress."),
        ("alternatives", "Other treatments had failed them."),
        ("alternatives", "It is a proven therapy."),
        ("alternatives", "It is a popular choice with coffee drinkers."),
    ],
)
def test_what_something_else_does_is_not(find: Find, kind: str, text: str) -> None:
    assert kind not in _kinds(find, text)


def test_a_title_waits_for_no_answer(find: Find) -> None:
    page = "# Valerian and your gut\n\nValerian is a plant. Valerian helps.\n\nA poor diet can lead to bloating.\n"
    assert "side-effects" not in {d.kind.value for d in find(page).disclosures}


def test_a_title_lends_its_reading_to_no_sentence(find: Find) -> None:
    page = "# When should valerian not be taken?\n\nValerian is a plant. Valerian helps.\n\n"
    found = find(f"{page}Stress and a lack of sleep are a part of asthma.\n").disclosures
    assert "contraindications" not in {d.kind.value for d in found}
    listed = find(f"{page}- asthma\n- during pregnancy\n").disclosures
    assert "pregnancy" in {d.kind.value for d in listed}
