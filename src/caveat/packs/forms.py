"""The ways in which a listed name is written: plurals, hyphens, possessives, American and British spelling."""

from __future__ import annotations

from collections.abc import Iterator

from caveat.regex import regex

_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "tooth": "teeth",
    "goose": "geese", "mouse": "mice", "louse": "lice", "leaf": "leaves", "calf": "calves", "knife": "knives",
    "loaf": "loaves", "half": "halves", "bacterium": "bacteria", "ovum": "ova", "diverticulum": "diverticula",
    "vertebra": "vertebrae", "larva": "larvae", "bursa": "bursae", "fungus": "fungi", "thrombus": "thrombi",
    "embolus": "emboli", "bacillus": "bacilli", "nucleus": "nuclei", "bronchus": "bronchi",
    "testis": "testes", "penis": "penises", "pelvis": "pelvises", "criterion": "criteria", "phenomenon": "phenomena",
    "tomato": "tomatoes", "potato": "potatoes", "cortex": "cortices", "ganglion": "ganglia",
}  # fmt: skip

_PREPOSITIONS = frozenset({"of", "in", "with", "for", "to", "from", "by", "at", "on", "during", "after", "without"})

_SPELLINGS: tuple[tuple[str, str], ...] = (
    # American, British. Each is tried both ways wherever it stands in a name.
    ("anemi", "anaemi"), ("leukemi", "leukaemi"), ("ischemi", "ischaemi"), ("glycemi", "glycaemi"),
    ("lipidemi", "lipidaemi"), ("cholesterolemi", "cholesterolaemi"), ("uremi", "uraemi"), ("septicemi", "septicaemi"),
    ("bacteremi", "bacteraemi"), ("viremi", "viraemi"), ("natremi", "natraemi"), ("kalemi", "kalaemi"),
    ("calcemi", "calcaemi"), ("uricemi", "uricaemi"), ("hypoxemi", "hypoxaemi"), ("thalassemi", "thalassaemi"),
    ("toxemi", "toxaemi"), ("insulinemi", "insulinaemi"), ("hemo", "haemo"), ("hema", "haema"),
    ("pediatric", "paediatric"), ("orthopedic", "orthopaedic"), ("gynecolog", "gynaecolog"),
    ("gynecomast", "gynaecomast"), ("anesthe", "anaesthe"), ("cesarean", "caesarean"), ("feces", "faeces"),
    ("fecal", "faecal"), ("etiolog", "aetiolog"), ("rrhea", "rrhoea"),
    ("dyspnea", "dyspnoea"), ("apnea", "apnoea"), ("estrogen", "oestrogen"), ("estradiol", "oestradiol"),
    ("estriol", "oestriol"), ("edema", "oedema"), ("esophag", "oesophag"), ("celiac", "coeliac"), ("fetal", "foetal"),
    ("fetus", "foetus"), ("homeopath", "homoeopath"), ("tumor", "tumour"), ("color", "colour"), ("odor", "odour"),
    ("behavior", "behaviour"), ("labor", "labour"), ("flavor", "flavour"), ("vapor", "vapour"), ("fiber", "fibre"),
    ("center", "centre"), ("sulf", "sulph"), ("aluminum", "aluminium"), ("paralyze", "paralyse"),
    ("paralyzing", "paralysing"),
    ("analyze", "analyse"), ("analyzing", "analysing"), ("ization", "isation"), ("izing", "ising"),
    ("aging", "ageing"), ("gray", "grey"),
    ("mold", "mould"), ("licorice", "liquorice"), ("pajama", "pyjama"),
)  # fmt: skip


_ONLY_WHERE = {
    "hemo": "(?<!c)hemo", "hema": "(?<!c)hema", "color": "color(?!ect|ad)", "labor": "labor(?!at)",
    "aging": r"\baging", "gray": r"\bgray", "mold": r"\bmold", "edema": "(?<!o)edema", "fiber": "fiber(?!g)",
}  # fmt: skip
"""American fragments that stand in other words too: chemotherapy, colorectal, laboratory, imaging."""

_TO_BRITISH = dict(_SPELLINGS)
_TO_AMERICAN = {uk: us for us, uk in _SPELLINGS}
_AMERICAN = regex("|".join(_ONLY_WHERE.get(us, us) for us in sorted(_TO_BRITISH, key=len, reverse=True)))
_BRITISH = regex("|".join(sorted(_TO_AMERICAN, key=len, reverse=True)))


def surface_forms(name: str) -> tuple[str, ...]:
    """A name as listed, then every other way to write it, without repeats."""
    seen: dict[str, None] = {}
    for spelling in _spelled(name):
        for number in (spelling, plural(spelling)):
            for form in _joined(number):
                seen.setdefault(form)
                for bare in _possessive(form):
                    seen.setdefault(bare)
    return tuple(seen)


def plural(name: str) -> str:
    """The name with its head noun in the plural: the last word, or the word before the first preposition.

    Returned as it is where no regular plural exists: words that already end in s, numbers, possessives.
    """
    words = name.split(" ")
    head = len(words) - 1
    for i, word in enumerate(words[1:], 1):
        if word in _PREPOSITIONS:
            head = i - 1
            break
    words[head] = _plural_word(words[head])
    return " ".join(words)


def _plural_word(word: str) -> str:
    lower = word.lower()
    if not lower.isascii() or not lower[-1:].isalpha() or lower.endswith("'s"):
        return word
    stem, _, last = lower.rpartition("-")
    if last in _IRREGULAR:
        return word[: len(word) - len(last)] + _IRREGULAR[last]
    for ending, replacement in (("sis", "ses"), ("xis", "xes"), ("itis", "itides"), ("us", "uses"), ("ss", "sses")):
        if lower.endswith(ending):
            return word[: len(word) - len(ending)] + replacement
    if lower.endswith("s") or (len(last) < 2 and stem):
        return word
    if lower.endswith(("x", "z", "ch", "sh")):
        return word + "es"
    if lower.endswith("y") and lower[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


def _spelled(name: str) -> Iterator[str]:
    """The name in its own spelling, then in American and in British throughout."""
    yield name
    american = _BRITISH.sub(lambda m: _TO_AMERICAN[m[0]], name)
    british = _AMERICAN.sub(lambda m: _TO_BRITISH[m[0]], american)
    for other in (american, british):
        if other != name:
            yield other


def _joined(name: str) -> Iterator[str]:
    """Hyphens as spaces or left out, and a name of two or three words hyphenated."""
    yield name
    if "-" in name:
        yield name.replace("-", " ")
        yield name.replace("-", "")
    elif 2 <= len(name.split(" ")) <= 3 and "'" not in name:
        yield name.replace(" ", "-")


def _possessive(name: str) -> Iterator[str]:
    """The name "Crohn's disease" without its apostrophe, and without its s."""
    if "'s " in name:
        yield name.replace("'s ", "s ")
        yield name.replace("'s ", " ")
