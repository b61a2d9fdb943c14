"""Families of conditions: what an approved use covers, and what a doctor would not read into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat import Linter
from caveat.finding import Severity
from caveat.packs.errors import PackError
from caveat.packs.families import Families, Family
from caveat.packs.familiesfile import load_families
from caveat.packs.labels import Labels
from caveat.packs.library import load_language


@pytest.fixture(scope="module")
def labels() -> Labels:
    return load_language().labels


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.load()


def test_a_member_covers_its_family_and_what_is_in_also_covers_nothing() -> None:
    families = Families({"pressure": Family(("hypertension", "prehypertension"), ("stroke",))})
    assert families.covers({"hypertension"}, "prehypertension")
    assert families.covers({"hypertension"}, "stroke")
    assert not families.covers({"stroke"}, "hypertension")
    assert families.covers({"gout"}, "gout")
    assert not families.covers(set(), "stroke")


def test_what_two_families_of_a_member_hold_is_not_joined() -> None:
    families = Families({"one": Family(("a", "b")), "two": Family(("b", "c"))})
    assert families.covers({"b"}, "a")
    assert families.covers({"b"}, "c")
    assert not families.covers({"a"}, "c")


@pytest.mark.parametrize(
    ("medicine", "covered", "foreign"),
    [
        ("acetaminophen", "toothache menstrual-cramp sprain common-cold", "alzheimers-disease covid-19 lupus epilepsy"),
        ("acetaminophen", "back-pain renal-colic arthritis", "kidney-stone herniated-disc spinal-stenosis dry-socket"),
        ("naproxen", "bursitis gout pelvic-pain", "endometriosis rotator-cuff-tear tendon-injury"),
        ("ibuprofen", "migraine rheumatoid-arthritis inflammation", "parkinsons-disease multiple-sclerosis hiv"),
        ("aspirin", "thrombosis deep-vein-thrombosis stroke heart-attack", "heart-failure hypertension dementia"),
        ("lisinopril", "stroke heart-attack cardiomyopathy", "varicose-vein arrhythmia"),
        ("warfarin", "deep-vein-thrombosis pulmonary-embolism", "hypertension heart-failure"),
        ("amoxicillin", "tonsillitis kidney-infection bronchitis", "influenza covid-19 tuberculosis yeast-infection"),
        ("acyclovir", "cold-sore shingles chickenpox", "hiv hepatitis-c influenza"),
        ("metformin", "prediabetes hyperglycemia", "type-1-diabetes gout"),
        ("sertraline", "postpartum-depression anxiety-disorder", "schizophrenia bipolar-disorder suicide"),
        ("alprazolam", "anxiety-disorder", "depression schizophrenia"),
        ("gabapentin", "diabetic-neuropathy", "dementia migraine shingles"),
        ("donepezil", "memory-loss", "parkinsons-disease stroke"),
        ("loperamide", "gastroenteritis", "crohns-disease"),
        ("prednisone", "eczema uveitis", "type-2-diabetes parkinsons-disease influenza"),
        ("prednisone", "leukemia lymphoma", "breast-cancer lung-cancer multiple-myeloma"),
        ("dexamethasone", "leukemia multiple-myeloma", "breast-cancer"),
        ("naltrexone", "alcohol-craving", "nicotine-dependence alcohol-withdrawal"),
        ("vitamin-d", "rickets", "arthritis fibromyalgia"),
    ],
)
def test_what_is_approved(labels: Labels, medicine: str, covered: str, foreign: str) -> None:
    assert [one for one in covered.split() if not labels.is_indicated(medicine, one)] == []
    assert [one for one in foreign.split() if labels.is_indicated(medicine, one)] == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Acetaminophen is proven to prevent Alzheimer's disease.", True),
        ("Advil prevents Parkinson's disease.", True),
        ("Zithromax treats influenza.", True),
        ("Paracetamol treats an aching back and period pain.", False),
        ("Aspirin prevents blood clots.", False),
        ("Simvastatin prevents strokes in people with diabetes.", False),
        ("Sertraline treats depression in adults and lupus in children.", True),
        ("Naproxen is effective for lupus.", True),
        ("Tizanidine is used for spasticity in multiple sclerosis and after a stroke.", False),
        ("Pregabalin is used for epilepsy and nerve damage from diabetes.", False),
        ("Ibuprofen is effective in headache and in Parkinson's disease.", True),
        ("Metformin is useful in diabetes, in prediabetes and in gout.", True),
        ("Ibuprofen is effective in headache during migraine and in people with asthma.", False),
        ("Acetaminophen treats kidney stones.", True),
        ("Paracetamol is used for slipped discs.", True),
        ("Acetaminophen relieves the pain of kidney stones.", False),
        ("Acetaminophen is used for pain from a slipped disc.", False),
        ("Acetaminophen treats kidney stone pain.", False),
        ("Gabapentin treats shingles pain.", False),
        ("Gabapentin treats shingles.", True),
        ("Naproxen is used for bursitis.", False),
        ("Prednisone treats breast cancer.", True),
        ("Prednisone is used for lymphoma.", False),
        ("Prednisolone treats scleritis.", False),  # no name that the lexicon lists
    ],
)
def test_claims_beyond_what_is_approved_are_found(linter: Linter, sentence: str, found: bool) -> None:
    findings = [f for _, _, f in linter.check_text(f"# Notes\n\n{sentence}\n", path="a.md").findings()]
    assert any(f.rule.startswith("efficacy/") and f.severity is not Severity.NOTE for f in findings) is found


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("members: [hedache, pain]", r"families.yaml:2:\d+: .*hedache.*did you mean \"headache\""),
        ("members: [headache], also: [pane]", r"did you mean \"pain\""),
        ("members: [headache, pain, headache]", r"\"headache\" is listed twice"),
        ("members: [headache], also: [headache, pain]", r"\"headache\" is listed twice"),
        ("members: [headache]", "a family of one covers nothing"),
        ("members: [pain, ache]", "no medicine of the reference is approved"),
        ("members: [headache, pain], to: [ache]", "unknown key"),
    ],
)
def test_mistakes_are_told_at_their_place(tmp_path: Path, wrong: str, told: str) -> None:
    file = tmp_path / "families.yaml"
    file.write_text(f"families:\n  heads: {{{wrong}}}\n", encoding="utf-8")
    with pytest.raises(PackError, match=told):
        load_families(file, ids={"headache", "pain", "ache"}, indications={"headache"})
