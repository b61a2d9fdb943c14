"""The table: what is a cue, and what it reaches. Every row names one role; the marks are all cues of that role."""

from __future__ import annotations

import pytest

from caveat.analysis.context import ContextFinder
from caveat.analysis.facts import Role
from caveat.analysis.pipeline import Pipeline

from .marked import read

NEGATION = [
    # verbs, both kinds of apostrophe
    "Ginger [[{does not} cure arthritis]].",
    "Ginger [[{doesn't} cure arthritis]].",
    "Ginger [[{doesn’t} cure arthritis]].",
    "You [[{can’t} reverse diabetes with tea]].",
    "Zinc [[{won't} shorten a cold]].",
    "Zinc [[{never} cured a cold]].",
    "The oil [[{fails to} relieve pain]].",
    "The oil was [[{unable to} relieve pain]].",
    "The powder [[{no longer} treats anything]].",
    "The balm [[{hardly} eases pain]].",
    # a new clause ends the scope
    "It [[{does not} treat cancer]]; it eases pain.",
    "It [[{does not} treat cancer]], it eases pain.",
    "It [[{does not} treat cancer]], but it eases pain.",
    "It [[{does not} treat cancer]] but eases pain.",
    "It [[{does not} treat cancer]] — it eases pain.",
    "It [[{does not} treat cancer]], although it eases pain.",
    "It [[{does not} treat cancer]] and eases pain.",
    "It [[{does not} treat cancer]] and also eases pain.",
    "It [[{does not} treat cancer]], and honey eases a cough.",
    "It [[{does not} treat diseases]] which cause pain.",
    "It [[{does not} raise blood pressure]], making it safe for the heart.",
    "[[It {does not work}]] because the dose is low.",
    "It [[{is not} a painkiller]], however strong it feels.",
    "The study [[{did not} find a benefit]], while others did.",
    "It [[{does not} treat cancer]] (honey eases a cough).",
    "Honey (which [[{does not} treat cancer]]) eases a cough.",
    "Those who [[{do not} respond]] can try acupuncture.",
    # coordination does not
    "It [[{does not} treat, cure or prevent gout]].",
    "It [[{does not} treat gout or prevent kidney stones]].",
    "It [[{does not} relieve pain, swelling and stiffness]].",
    "It [[{does not} cure the flu, the common cold, or a cough]].",
    "[[{No} herb cures cancer]].",
    "[[{No} vitamin, mineral or herb cures cancer]].",
    "[[{No} nausea, vomiting or rash was seen]].",
    "[[{None of} these teas treats gout]].",
    "[[{Nobody} can cure a cold]].",
    "While [[{no} tea cures gout]], rest can ease it.",
    "Although [[{no} tea cures gout]], tablets control it.",
    "Gout heals, but [[{no} tea cures it]].",
    "[[{Nothing} cures arthritis]].",
    # noun phrases
    "It works [[{without} drugs, surgery or rest]] and improves sleep.",
    "[[{Without} surgery]], honey relieves pain.",
    "The tea relieves pain [[{without} drowsiness]].",
    "There is a [[{lack of} benefit in asthma]].",
    "In the [[{absence of} infection]], rest is enough.",
    "She has been [[{free of} migraine]] since May.",
    "Take honey [[{instead of} antibiotics]].",
    "It supports digestion [[{rather than} treating disease]].",
    # X, not Y
    "It is a food, [[{not a} medicine]], and it supports immunity.",
    "Honey, [[{not} ginger]], reduces pain.",
    "[[It {is not a cure}]] but a comfort.",
    "[[{Neither} ginger]] [[{nor} garlic cures cancer]].",
    # disclaimers
    "This product is [[{not intended to} diagnose, treat, cure, or prevent any disease]].",
    "It is [[{not meant to} replace medical advice, diagnosis or treatment]].",
    "We [[{make no claim to} cure, treat, or prevent illness]].",
    "The content [[{should not be used to} diagnose, treat and cure illness]].",
    # no evidence
    "There is [[{no evidence that} zinc prevents colds]].",
    "There’s [[{no proof that} zinc prevents colds]].",
    "[[{No study has shown} that zinc prevents colds]].",
    "[[Zinc {has not been shown to} prevent colds]].",
    "The [[{evidence does not support} zinc for colds]].",
    "[[Zinc {is unlikely to} prevent colds]].",
    "[[Zinc {was ineffective against} colds]].",
    # denial behind
    "[[Pneumonia {was ruled out}]].",
    "[[Pneumonia, embolism and sepsis {were ruled out}]].",
    "She had a fever, and [[pneumonia {was excluded}]].",
    "[[A cure {is unlikely}]].",
    "[[Masses {are absent}]].",
    "[[Allergies{: none}]].",
    "[[The claim that it cures gout {is false}]].",
    # clinical notes
    "[[{denies} fever]].",
    "[[{no} chest pain]], [[{no} fever]].",
    "[[{no} fever, chills or cough]].",
    "[[{no} fever]] but has a cough.",
    "[[{no} fever]], has a cough.",
    "[[{no} fever]], abdomen is soft.",
    "[[{denies} chest pain, fever and nausea]], reports a headache.",
    "he [[{denies} pain]] and has a rash.",
    "[[{without} tenderness]].",
    "[[{negative for} influenza]].",
    "1) [[{no} polyps]] 2) hemorrhoids",
    "[[{without} tenderness]] [[{no} swelling]].",
    "she has [[{no} rash]], she has a fever.",
    # pseudo-cues and boosters
    "Not only does it ease pain, it helps sleep.",
    "It not only eases pain but helps sleep.",
    "There is no doubt that it eases pain.",
    "There’s no question it eases pain.",
    "You can't help but feel better.",
    "Nothing works better than ginger for nausea.",
    "No other herb eases pain so fast.",
    "It never fails to ease pain.",
    "Don't wait to ease your pain.",
    "It eases pain whether or not you sleep.",
    "Not surprisingly, it eases pain.",
    "No more than 400 mg eases pain.",
    "It fights free radicals and eases pain.",
    "It works for gram-negative infections.",
    "It eases negative thoughts.",
]

HEDGE = [
    "It [[{may} prevent colds]].",
    "It [[{might} prevent colds]], but it tastes bad.",
    "It [[{could} prevent colds]] and tastes good.",
    "It [[{appears to} prevent colds]].",
    "It [[{seems to} prevent colds]].",
    "It [[{is thought to} prevent colds]].",
    "It [[{is believed to} prevent colds]].",
    "It [[{is said to} prevent colds]].",
    "It [[{potentially} prevents colds]].",
    "One study [[{suggests that} it prevents colds]].",
    "It [[{has the potential to} prevent colds]].",
    "It eases pain, and it [[{may} prevent colds]].",
    "The harvest is in May.",
    "It prevents colds.",
]

LIMITATION = [
    "[[The {evidence is limited}]].",
    "[[There is {limited evidence} for zinc]].",
    "[[{More research is needed} in adults]].",
    "[[{Larger trials are needed} to confirm this]].",
    "[[These results {should be interpreted with caution}]].",
    "[[It eased pain in a {small, uncontrolled study}]].",
    "[[It has {only been tested in mice}]].",
    "[[The effect has {not been confirmed in humans}]].",
    "[[There is {insufficient evidence to} recommend it]].",
    "[[The {trials were small} and {results were mixed}]].",
    "[[We {cannot conclude} that it works]].",
    "[[It {remains unclear} if it works]].",
    "[[The {evidence is weak}]]. It tastes good.",
    "Promising preliminary results from a pilot study are here.",
    "Initial studies are encouraging.",
    "Few people know how well it works.",
]

QUESTION = [
    "[[Does ginger cure gout{?}]]",
    "[[{Does} ginger cure gout]]",
    "[[{What} is ginseng]]",
    "[[{How} does ginseng work]]",
    "[[{Can} Ginseng ease pain]]",
    "[[{Is} Ginseng safe]]",
    "[[Tired of pain{?}]] Try ginseng.",
    "How ginseng works",
    "Why ginseng works",
    "Can help with pain",
    "What works",
    "Do your joints a favour.",
    "You may [[{wonder if} ginseng works]].",
]

ATTRIBUTION = [
    "[[{According to} the maker, it melts fat]].",
    "[[Dr. Osei {says} it melts fat]].",
    "[[“It melts fat,” {says} Ama Osei, a herbalist]].",
    "[[“It melts fat,” {she said}]].",
    "[[The {company claims} it melts fat]].",
    "[[{Proponents say} it melts fat]].",
    "[[{Users report} that it melts fat]].",
    "[[It {is marketed as} a fat burner]].",
    "[[{Experts say} it melts fat]].",
    "[[{Some people believe} it melts fat]].",
    "[[{It is said} it melts fat]].",
    "[[The {carton promises} that it melts fat]].",
    "[[It melts fat, {or so the carton says}]].",
    "[[It melts fat, {or so they claim}]].",
    "[[It melts fat, {or so we are told}]].",
    "[[It melts fat, {or so the story goes}]].",
    "It melts fat within a week or so.",
    "Turmeric maintains healthy joints.",
    "Avoid added sugar.",
]

DEBUNK = [
    "[[It {is a myth that} honey cures gout]].",
    "[[{Contrary to popular belief}, honey cures nothing]].",
    "The seller [[{falsely claimed} that honey cures gout]].",
    "They made [[{misleading claims that} honey cures gout]].",
    "[[The claim that honey cures gout {is nonsense}]].",
    "The [[{agency warned} a firm for saying that honey cures gout]].",
    "There is [[{no truth to the claim} that honey cures gout]].",
    "It's no myth that honey eases a cough.",
    "[[{Anyone who tells you that} honey cures gout is selling something]].",
    "[[It would {be wrong to say that} honey cures gout]].",
    # taken back in the next sentence
    "[[Some say that honey cures gout. {It does not}]].",
    "[[Some say that honey cures gout. {That is false}]].",
    "[[Honey is said to cure gout. {Studies have not confirmed}]] it.",
    "Honey is sold. [[It is said to cure gout. {There is no evidence for this}]].",
    "Honey cures gout. It does not taste of much.",
    "Honey cures gout. This is a good price.",
]

WARNING = [
    "[[{Side effects may} include nausea, headache and cramps]].",
    "[[{Common side effects} are nausea and cramps]].",
    "It [[{should not be used by} people with gout]].",
    "[[{Do not take this} with alcohol]].",
    "[[It {is contraindicated} in pregnancy]].",
    "It [[{may cause} nausea and cramps]].",
    "It may [[{increase the risk of} bleeding]].",
    "It [[{interacts with warfarin} and aspirin]].",
    "[[{Ask your doctor before} trying it]].",
    "[[Nausea and cramps {are common side effects}]].",
    "It eases pain with no side effects.",
    "It eases pain without side effects.",
    "It eases pain with few side effects.",
    "It eases pain and lowers the number of attacks.",
    "Its compounds interact with receptors in the brain.",
]

CONDITION = [
    "[[{If it} eases pain]], take it.",
    "[[{Unless} pain, fever or cough returns]], rest.",
    "Take it [[{in case} pain returns]].",
    "We asked [[{whether} it eases pain]].",
    "It eases pain even if taken late.",
]

CONTRAST = [
    "[[{Unlike} aspirin]], ginger eases pain.",
    "[[{Unlike} aspirin and ibuprofen]], ginger eases pain.",
    "Ginger eases pain, [[{whereas} aspirin upsets the stomach]].",
    "Take ginger [[{rather than} aspirin]].",
    "It worked well [[{compared with} placebo]].",
    "It feels unlikely.",
]

HISTORY = [
    "[[It {was first approved for} gout]], but it eases pain.",
    "[[It {was once believed} to cure gout]].",
    "[[{Until the 1950s}, honey treated wounds]].",
    "Ask about a [[{family history of} gout]].",
    "It is approved for gout.",
]

STUDIED = [
    "[[It {has been studied for} gout]].",
    "[[It {is being investigated as} a painkiller]].",
    "[[{Trials are under way}]].",
    "[[{Researchers are studying} honey for burns]].",
    "[[A trial was run {to find out whether} honey eases a cough]].",
    "[[It {has been tested in people} with gout]].",
    "See how honey cures gout.",
]

BOOSTER = [
    "[[{There is no doubt that} it eases pain]].",
    "[[{Not only} does it ease pain]], it helps sleep.",
    "[[{Nothing works better} than ginger for nausea]].",
    "You [[{can’t help but} feel better]].",
    "[[{No other herb} eases pain so fast]].",
    "It [[{never fails to} ease pain]].",
    "It does not ease pain.",
]

ROWS = [
    (role, marked)
    for role, rows in (
        (Role.NEGATION, NEGATION),
        (Role.HEDGE, HEDGE),
        (Role.LIMITATION, LIMITATION),
        (Role.QUESTION, QUESTION),
        (Role.ATTRIBUTION, ATTRIBUTION),
        (Role.DEBUNK, DEBUNK),
        (Role.WARNING, WARNING),
        (Role.CONDITION, CONDITION),
        (Role.CONTRAST, CONTRAST),
        (Role.HISTORY, HISTORY),
        (Role.STUDIED, STUDIED),
        (Role.BOOSTER, BOOSTER),
    )
    for marked in rows
]


@pytest.mark.parametrize(("role", "marked"), ROWS)
def test_cues_and_scopes(role: Role, marked: str, finder: ContextFinder, pipeline: Pipeline) -> None:
    text, expected = read(marked)
    (tokens,) = pipeline.tokenize([text])
    found = {(cue.text, cue.scope.of(text)) for cue in finder.find(0, text, tokens) if cue.role is role}
    assert found == expected
