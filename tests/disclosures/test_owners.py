"""Whose harm a sentence tells of: a warning counts on a page on the medicine that does it, and on no other page."""

from __future__ import annotations

import pytest

from .conftest import Find


def _ticks(find: Find, topic: str, title: str, text: str) -> bool:
    found = find(f"# {title}\n\nSome words on {title} stand here.\n\n{text}\n").disclosures
    return any(d.kind.value == "key-warning" and d.topic == topic for d in found)


@pytest.mark.parametrize(
    ("title", "topic", "text"),
    [
        # another medicine, named
        ("Naltrexone", "liver", "Disulfiram can damage the liver; this medicine does not."),
        ("Varenicline", "mood", "Bupropion may cause suicidal thoughts."),
        ("Apixaban", "bleeding", "People on warfarin bleed more often."),
        ("Apixaban", "bleeding", "Warfarin patients bleed easily and must watch for bruises."),
        ("Naproxen", "cardiovascular", "Diclofenac raises the risk of heart attacks, but naproxen does not."),
        ("Sitagliptin", "pancreatitis", "Exenatide, not sitagliptin, may inflame the pancreas."),
        ("Meloxicam", "stomach-bleeding", "Stomach ulcers are a well-known risk of aspirin."),
        ("Fluconazole", "liver", "Some turn to itraconazole. It has been linked to liver failure."),
        ("Naltrexone", "kidney", "## Acamprosate\n\nIt can harm the kidneys."),
        ("Naltrexone", "kidney", "| | Acamprosate |\n|---|---|\n| Risks | may harm the kidneys |"),
        ("Valerian", "dependence", "It is gentler than zopiclone, which causes dependence."),
        # another one, not named
        ("Cetirizine", "drowsiness", "Older antihistamines make you drowsy; this one lets you drive."),
        ("Rosuvastatin", "liver", "Rival tablets can damage the liver."),
        # an illness, a habit, a thing
        ("Methotrexate", "lung", "Cigarette smoke damages the lungs."),
        ("Naproxen", "kidney", "Contrast dye can harm the kidneys."),
        ("Lisinopril", "angioedema", "A bee sting can make the throat swell."),
        ("Metformin", "kidney", "Waste builds up in the blood once the kidneys fail."),
        ("Metformin", "kidney", "Uric acid can collect in people whose kidneys are damaged."),
        ("Acetaminophen", "liver", "An opioid overdose can harm the liver."),
        ("Baclofen", "withdrawal", "Alcohol withdrawal can cause fits."),
        ("Ibuprofen", "stomach-bleeding", "Stomach ulcers are mostly caused by a germ."),
        ("Varenicline", "mood", "Giving up cigarettes alone can leave people depressed."),
        ("Naltrexone", "liver", "Years of heavy drinking scar the liver."),
        ("Celecoxib", "cardiovascular", "Hypertension and salt add to the risk of a stroke."),
        ("Fluoxetine", "mood", "Depression itself may bring suicidal thoughts."),
        ("Naltrexone", "opioid-free-interval", "Methadone clinics test the urine for opioids before the first visit."),
        ("Diclofenac", "cardiovascular", "Inactivity kills: sitting all day doubles the odds of a heart attack."),
        ("Enalapril", "angioedema", "Hereditary angioedema runs in families and can close the airway."),
        ("Sildenafil", "vision-hearing", "Rock musicians lose their hearing early."),
        ("Alprazolam", "breathing", "People with sleep apnoea stop breathing for seconds."),
        ("Metformin", "lactic-acidosis", "Lactic acid builds up in the muscles during a sprint."),
        ("Zolpidem", "drowsiness", "Shift workers feel drowsy on the way home."),
        ("Glimepiride", "hypoglycaemia", "Skipping breakfast leaves people shaky, but their sugar is not really low."),
        ("Methimazole", "infection", "Chemotherapy wipes out white cells, so infections come easily."),
        ("Semaglutide", "pancreatitis", "Exenatide came first, and cases of pancreatitis were reported with it."),
        # another one that is begun, left, or goes on behind a pronoun
        ("Naltrexone", "liver", "Before you begin disulfiram your liver is tested."),
        ("Simvastatin", "liver", "Ahead of the first dose of isoniazid everybody has a liver test."),
        ("Paroxetine", "withdrawal", "Whoever stops diazepam overnight may have fits."),
        ("Rivaroxaban", "bleeding", "Warfarin needs more checks, and people on it can bleed into the brain."),
        ("Cetirizine", "drowsiness", "Compared with promethazine, which causes drowsiness, it is mild."),
        ("Metformin", "lactic-acidosis", "Phenformin was banned because lactic acid built up in the blood."),
        ("Glimepiride", "hypoglycaemia", "People who inject insulin get low blood sugar more often."),
        ("Pravastatin", "muscle", "Cerivastatin was withdrawn after it destroyed muscle."),
        # under another's name: as a label, above the nearest heading, beside in the row
        ("Naltrexone", "kidney", "- Acamprosate: can harm the kidneys"),
        ("Naltrexone", "kidney", "Acamprosate – can harm the kidneys"),
        ("Naltrexone", "kidney", "## Acamprosate\n\nA pill.\n\n### Risks\n\nIt can harm the kidneys."),
        ("Naltrexone", "kidney", "| Medicine | Risk |\n|---|---|\n| Acamprosate | may harm the kidneys |"),
        ("Naltrexone", "liver", "Liver damage has been seen with disulfiram."),
        ("Naltrexone", "liver", "Liver damage is more common in patients taking disulfiram."),
        ("Naltrexone", "liver", "Naltrexone makes nobody sick; disulfiram does. It can damage the liver."),
        ("Naltrexone", "liver", "The hepatitis virus can damage the liver."),
        ("Naltrexone", "liver", "Herbal remedies can damage the liver."),
        ("Naltrexone", "liver", "Moonshine consumption can damage the liver."),
        ("Naltrexone", "liver", "Paracetamol is common. The painkiller can damage the liver."),
        # taken back
        ("Simvastatin", "muscle", "Such medicines can destroy muscle; simvastatin does not."),
        ("Naltrexone", "liver", "Some said that it can damage the liver. Later trials found no link."),
        ("Naltrexone", "liver", "Some said that it can damage the liver. That fear was unfounded, as we now know."),
        ("Lisinopril", "angioedema", "The warning that it can make the throat swell was withdrawn last year."),
        ("Simvastatin", "muscle", "The sugar pill caused muscle pain just as often."),
        ("Liraglutide", "thyroid-c-cell-tumours", "It was feared that it might cause thyroid cancer."),
        ("Azithromycin", "cardiovascular", "Some say that it disturbs the heartbeat. This has been disproved."),
        ("Naltrexone", "liver", "Old leaflets carried a warning about the liver, which has since been dropped."),
        (
            "Naltrexone",
            "overdose-after-stopping",
            "It is a myth that people who stop the tablets overdose more easily.",
        ),
        ("Semaglutide", "thyroid-c-cell-tumours", "Rats grew thyroid tumours, but people have nothing to fear."),
    ],
)
def test_what_another_does_is_no_warning(title: str, topic: str, text: str, find: Find) -> None:
    assert not _ticks(find, topic, title, text)


@pytest.mark.parametrize(
    ("title", "topic", "text"),
    [
        ("Naltrexone", "liver", "It can damage the liver."),
        ("Acetaminophen", "overdose-liver", "An overdose can damage the liver."),
        ("Metformin", "kidney", "If your kidneys are weak, the drug can build up."),
        ("Naltrexone", "liver", "Naltrexone, like disulfiram, can damage the liver."),
        ("Naltrexone", "liver", "High doses can damage the liver."),
        ("Ibuprofen", "stomach-bleeding", "NSAIDs can make the stomach bleed."),
        ("Low-dose naltrexone", "mood", "Naltrexone has been tied to suicidal thoughts."),
        ("Naltrexone", "opioid-free-interval", "People who take methadone must stop it 14 days before the first dose."),
        ("Naltrexone", "overdose-after-stopping", "Heroin in your old dose can kill you after treatment."),
        ("Zolpidem", "drowsiness", "Alcohol makes the drowsiness even worse."),
        ("Warfarin", "bleeding", "Aspirin taken with it can make you bleed."),
        ("Venlafaxine", "withdrawal", "Stopping overnight can cause dizziness."),
        ("Naltrexone", "liver", "## Disulfiram or naltrexone?\n\nNaltrexone can damage the liver."),
        ("Naltrexone", "liver", "Call the surgery if your skin turns yellow."),
        ("Glimepiride", "hypoglycaemia", "A missed meal can send your blood sugar crashing."),
        ("Azathioprine", "infection", "A sore throat that will not go away deserves a call to the clinic."),
        ("Ciprofloxacin", "muscle", "A snap at the heel may be a tendon giving way."),
        ("Alprazolam", "breathing", "The old and people on morphine may breathe too shallowly after a dose."),
        ("Metronidazole", "alcohol", "Leave wine, beer and cider alone until the day after the last tablet."),
        ("Ticagrelor", "bleeding", "Small cuts may bleed for a long time."),
        ("Lorazepam", "dependence", "Taken for months it gets a grip on you."),
        ("Leflunomide", "birth-defects", "It can deform a child that is conceived within two years."),
        ("Desvenlafaxine", "withdrawal", "Skipping two doses makes some people giddy and tearful."),
        ("Glipizide", "hypoglycaemia", "Trembling and a cold sweat are signs that glucose has gone too low."),
        ("Alprazolam", "dependence", "The longer it is taken, the harder it gets to stop."),
        ("Warfarin", "bleeding", "Bruises without a cause need checking at once."),
        ("Prednisone", "infection", "Stay away from anyone with chickenpox."),
        ("Topiramate", "mood", "Like other epilepsy drugs it may cause thoughts of suicide."),
        ("Eszopiclone", "drowsiness", "Some people have driven in their sleep."),
        ("Clonazepam", "withdrawal", "Cutting it out overnight can bring on seizures."),
        # under its own name, or any that stands for it
        ("Naltrexone", "liver", "## Acamprosate\n\nA pill.\n\n### Naltrexone\n\nIt can damage the liver."),
        (
            "Naltrexone",
            "liver",
            "| Medicine | Risk |\n|---|---|\n| Acamprosate | a rash |\n| Naltrexone | may damage the liver |",
        ),
        ("Metronidazole", "alcohol", "## Alcohol\n\n### What to know\n\nDo not drink alcohol during treatment."),
        ("Naltrexone", "liver", "- Naltrexone: can damage the liver"),
        ("Naltrexone", "liver", "Disulfiram makes drinkers sick; naltrexone does not. It can damage the liver."),
        ("Naltrexone", "liver", "Naltrexone helps, because it blocks opioids. It can damage the liver."),
        ("Naltrexone", "liver", "Liver damage has been seen with this medicine."),
        ("Naltrexone", "liver", "The opioid blocker can damage the liver."),
        ("Naltrexone", "liver", "The compound can damage the liver."),
        ("Naltrexone", "liver", "Chronic ingestion can damage the liver."),
        ("Tramadol", "breathing", "The painkiller can slow breathing."),
        ("Fluoxetine", "mood", "Teens may have suicidal thoughts."),
        ("Glipizide", "hypoglycaemia", "The elderly may get low blood sugar."),
        # not taken back
        ("Naproxen", "cardiovascular", "Naproxen raises the risk of heart attacks, but aspirin does not."),
        ("Ibuprofen", "stomach-bleeding", "It can make the stomach bleed. Never on an empty stomach."),
        ("Naltrexone", "liver", "Contrary to popular belief, naltrexone can damage the liver."),
        ("Ibuprofen", "stomach-bleeding", "Once thought to be gentle, ibuprofen can make the stomach bleed."),
        ("Naltrexone", "liver", "Naltrexone can damage the liver. The idea that it is harmless is false."),
        ("Naltrexone", "liver", "It can damage the liver, and the warning must not be removed from the pack."),
        (
            "Naproxen",
            "cardiovascular",
            "It raises the risk of heart attacks. Long thought to be gentle, it needs care.",
        ),
        ("Naltrexone", "liver", "It can damage the liver. Trials found no link to cancer."),
        ("Naltrexone", "liver", "It is not a myth that naltrexone can damage the liver."),
        ("Montelukast", "mood", "The FDA warned in 2020 that it may cause suicidal thoughts."),
    ],
)
def test_what_the_page_s_own_medicine_does_is_one(title: str, topic: str, text: str, find: Find) -> None:
    assert _ticks(find, topic, title, text)


@pytest.mark.parametrize(
    ("title", "kind", "text", "told"),
    [
        ("Acamprosate", "side-effects", "Disulfiram tablets cause headache and drowsiness.", False),
        ("Acamprosate", "side-effects", "Worry can bring on nausea.", False),
        ("Acamprosate", "side-effects", "Worry and nausea may occur.", True),
        ("Atenolol", "side-effects", "Unlike statins, which can make muscles ache, it is old.", False),
        ("Cetirizine", "side-effects", "## Promethazine\n\nThis drug causes a dry mouth and dizziness.", False),
        ("Apixaban", "contraindications", "Warfarin must not be taken by people with a bleeding ulcer.", False),
        ("Sitagliptin", "contraindications", "People with bladder cancer should not take pioglitazone.", False),
        (
            "Sitagliptin",
            "contraindications",
            "| | Metformin | Sitagliptin |\n|---|---|---|\n| Not for | people with kidney failure | see below |",
            False,
        ),
        ("Loratadine", "pregnancy", "Do not take ibuprofen late in pregnancy.", False),
        ("Apixaban", "interactions", "Warfarin clashes with antibiotics and cranberry.", False),
        ("Metformin", "side-effects", "One in four people has loose stools at first.", True),
        ("Cetirizine", "side-effects", "Hay fever gives people headaches.", False),
        ("Colchicine", "contraindications", "Allopurinol should not be given to people who had a rash from it.", False),
        ("Colchicine", "interactions", "Clarithromycin raises its level in the blood.", True),
        ("Apixaban", "interactions", "Warfarin interacts with nearly everything.", False),
        ("Orlistat", "side-effects", "Those on phentermine complain of a dry mouth.", False),
        ("Cetirizine", "pregnancy", "Smoking in pregnancy is harmful to the child.", False),
        ("Gabapentin", "interactions", "Antacids cut how much of it gets into the blood.", True),
        ("Orlistat", "side-effects", "Oily spotting is what most users grumble about.", True),
        ("Apixaban", "side-effects", "It can cause bruising and nausea.", True),
        ("Apixaban", "contraindications", "People with a bleeding ulcer must not take it.", True),
        ("Apixaban", "contraindications", "Do not take apixaban with a bleeding ulcer, nor warfarin.", True),
        ("Apixaban", "interactions", "Warfarin, aspirin and ketoconazole can interact with it.", True),
        (
            "Apixaban",
            "pregnancy",
            "Mothers are given heparin in its place; avoid it in pregnancy.",
            True,
        ),
        ("Naltrexone", "contraindications", "Do not use it if you take opioids.", True),
    ],
)
def test_only_what_is_said_of_the_page_s_own_medicine_counts(
    title: str, kind: str, text: str, told: bool, find: Find
) -> None:
    found = find(f"# {title}\n\nSome words on {title} stand here.\n\n{text}\n").disclosures
    assert any(d.kind.value == kind for d in found) is told


def test_a_phrase_that_ends_at_its_comma_is_read(find: Find) -> None:
    assert not _ticks(find, "kidney", "Naltrexone", "- In rare cases liver failure,")
