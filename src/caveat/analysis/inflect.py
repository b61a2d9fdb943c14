"""English inflection at load time: the forms of a word that a phrase is to match.

Spelled out when rules are compiled, so that matching stays a look-up of exact words.
"""

from __future__ import annotations

from collections.abc import Mapping

_VOWELS = frozenset("aeiou")
_SIBILANT = ("s", "x", "z", "ch", "sh")

# base: the forms that are not regular (third person and -ing are, unless given too)
_IRREGULAR: Mapping[str, tuple[str, ...]] = {
    "be": ("am", "is", "are", "was", "were", "been", "being"),
    "beat": ("beat", "beaten"),
    "become": ("became", "becoming"),
    "begin": ("began", "begun", "beginning"),
    "bind": ("bound",),
    "break": ("broke", "broken"),
    "bring": ("brought",),
    "build": ("built",),
    "rebuild": ("rebuilt",),
    "burn": ("burned", "burnt"),
    "buy": ("bought",),
    "choose": ("chose", "chosen", "choosing"),
    "come": ("came", "coming"),
    "cut": ("cut", "cutting"),
    "deal": ("dealt",),
    "do": ("does", "did", "done"),
    "drive": ("drove", "driven", "driving"),
    "eat": ("ate", "eaten"),
    "fall": ("fell", "fallen"),
    "feel": ("felt",),
    "fight": ("fought",),
    "find": ("found",),
    "forget": ("forgot", "forgotten", "forgetting"),
    "get": ("got", "gotten", "getting"),
    "give": ("gave", "given", "giving"),
    "go": ("went", "gone", "goes"),
    "grow": ("grew", "grown"),
    "have": ("has", "had", "having"),
    "hide": ("hid", "hidden", "hiding"),
    "hit": ("hit", "hitting"),
    "hold": ("held",),
    "keep": ("kept",),
    "know": ("knew", "known"),
    "lead": ("led",),
    "leave": ("left", "leaving"),
    "let": ("let", "letting"),
    "lose": ("lost", "losing"),
    "make": ("made", "making"),
    "mean": ("meant",),
    "pay": ("paid",),
    "put": ("put", "putting"),
    "quit": ("quit", "quitting"),
    "rid": ("rid", "ridding"),
    "rise": ("rose", "risen", "rising"),
    "run": ("ran", "running"),
    "say": ("said",),
    "see": ("saw", "seen"),
    "sell": ("sold",),
    "send": ("sent",),
    "set": ("set", "setting"),
    "show": ("showed", "shown"),
    "shrink": ("shrank", "shrunk", "shrinking"),
    "shut": ("shut", "shutting"),
    "sleep": ("slept",),
    "slow": ("slowed", "slowing"),
    "speed": ("sped", "speeded"),
    "spend": ("spent",),
    "stand": ("stood",),
    "strike": ("struck", "striking"),
    "swear": ("swore", "sworn"),
    "take": ("took", "taken", "taking"),
    "teach": ("taught",),
    "tell": ("told",),
    "think": ("thought",),
    "throw": ("threw", "thrown"),
    "understand": ("understood",),
    "wake": ("woke", "woken", "waking"),
    "win": ("won", "winning"),
    "write": ("wrote", "written", "writing"),
}
_STRESSED_LAST = frozenset(
    {"admit", "commit", "control", "dispel", "equip", "expel", "occur", "omit", "permit", "prefer", "propel", "rebel",
     "refer", "regret", "repel", "submit", "transfer", "unplug"}
)  # fmt: skip
_TWO_SPELLINGS = frozenset({"cancel", "counsel", "fuel", "label", "level", "model", "program", "signal", "travel"})


def inflections(word: str) -> tuple[str, ...]:
    """All forms of a verb or noun given in its base form: the base itself, -s, -ed, -ing, irregular ones."""
    forms = dict.fromkeys((word, third_person(word)))
    irregular = _IRREGULAR.get(word)
    if irregular is None:
        forms.update(dict.fromkeys((_past(word), present_participle(word))))
        if word in _TWO_SPELLINGS:  # labeled and labelled
            forms.update(dict.fromkeys((word + word[-1] + "ed", word + word[-1] + "ing")))
    else:
        if not any(form.endswith("ing") for form in irregular):
            forms[present_participle(word)] = None
        forms.update(dict.fromkeys(irregular))
    return tuple(forms)


def third_person(word: str) -> str:
    """The -s form of a verb, which is also the plural of a noun."""
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith((*_SIBILANT, "o")) and not word.endswith("oo") else "s")


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return word[:-1] + "ied"
    return word + (word[-1] if _doubles(word) else "") + "ed"


def present_participle(word: str) -> str:
    """The -ing form of a verb."""
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and word != "be":
        return word[:-1] + "ing"
    return word + (word[-1] if _doubles(word) else "") + "ing"


def _doubles(word: str) -> bool:
    """Whether a final consonant is doubled: one short syllable ending consonant, vowel, consonant."""
    if word in _STRESSED_LAST:
        return True
    if len(word) < 3 or word[-1] in _VOWELS or word[-1] in "wxy":
        return False
    vowels = sum(letter in _VOWELS for letter in word)
    return vowels == 1 and word[-2] in _VOWELS
