"""The closed classes of English words, and looks at the words beside a place. There is no parser behind it."""

from __future__ import annotations

from collections.abc import Sequence

BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being", "'s", "'re", "get", "gets", "got"})
COPULAS = BE | frozenset(
    {"seem", "seems", "seemed", "appear", "appears", "appeared", "become", "becomes", "became", "remain", "remains",
     "remained", "prove", "proves", "proved", "feel", "feels", "considered", "proven", "shown", "found", "as"}
)  # fmt: skip
HAVE = frozenset({"has", "have", "had", "having", "'ve"})
DO = frozenset({"do", "does", "did"})
MODALS = frozenset({"can", "could", "may", "might", "will", "would", "shall", "should", "must", "'ll", "'d", "cannot"})
AUXILIARIES = BE | HAVE | DO | MODALS
HELP = frozenset({"help", "helps", "helped", "helping", "aid", "aids", "assist", "assists"})
SUBJECT_PRONOUNS = frozenset({"it", "this", "these", "they", "that", "those", "which", "who", "we", "you", "i", "both"})
POSSESSIVES = frozenset({"its", "their", "your", "our", "his", "her", "my"})
RELATIVES = frozenset({"which", "that", "who"})
CONJUNCTIONS = frozenset({"and", "or", ",", "/", "&", "plus", "/or"})
DETERMINERS = POSSESSIVES | frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "any", "some", "no", "each", "every", "such", "more", "most",
     "significant", "greater", "further", "other", "many", "several", "great", "added", "potential", "possible",
     "main", "key", "major", "few", "better", "new", "good", "natural", "additional", "one", "two", "three"}
)  # fmt: skip
PREPOSITIONS = frozenset(
    {"of", "in", "on", "for", "with", "by", "from", "at", "about", "against", "without", "between", "among", "during",
     "after", "before", "through", "via", "under", "over", "into", "within", "across", "despite", "than", "per",
     "towards", "toward", "to", "compared", "since", "until", "as", "following", "relative"}
)  # fmt: skip
PEOPLE = frozenset(
    {"patients", "patient", "participants", "people", "women", "men", "children", "infants", "adults", "subjects",
     "individuals", "eyes", "knees", "cases", "rats", "mice", "animals", "volunteers", "users", "smokers", "students",
     "nurses", "adolescents", "boys", "girls"}
)  # fmt: skip
BOUNDARIES = frozenset(
    {";", ":", "—", "but", "however", "although", "though", "while", "whereas", "because", "which", "who", "whose",
     "when", "if", "unless", "since", "so", "whether", "than", "where", "yet", "until", "nor", "as"}
)  # fmt: skip
CONTRASTS = frozenset({"but", "however", "although", "though", "while", "whereas", "yet"})
CLAUSE_SUBJECTS = frozenset({"it", "they", "we", "you", "i", "he", "she", "there"})
_ADVERBS = frozenset(
    {"also", "not", "even", "often", "never", "always", "thus", "then", "still", "either", "both", "well", "further",
     "just", "soon", "only", "ever", "now", "dramatically", "once", "thereby", "therefore", "too", "very",
     "more", "most", "better", "quickly", "highly", "equally"}
)  # fmt: skip
_NOT_ADVERBS = frozenset(
    {"family", "elderly", "daily", "anomaly", "belly", "supply", "early", "likely", "italy", "july", "rely",
     "apply", "imply"}
)  # fmt: skip
_FUNCTION_WORDS = (
    DETERMINERS | MODALS | BE | HAVE | DO | HELP | PREPOSITIONS | frozenset(
        {"also", "not", "and", "or", "both", "even", "then", "thus", "found", "shown", "known", "proven", "thought",
         "believed", "said", "reported", "never", "always", "often"}
    )
)  # fmt: skip


def is_adverb(norm: str) -> bool:
    """Whether a word only colours the verb beside it."""
    return norm in _ADVERBS or (norm.endswith("ly") and len(norm) > 4 and norm not in _NOT_ADVERBS)


def before(norms: Sequence[str], at: int, start: int) -> int:
    """The index of the word before `at`, adverbs skipped; `start - 1` at the start of the sentence."""
    at -= 1
    while at >= start and ((norm := norms[at]) in _ADVERBS or (norm.endswith("ly") and is_adverb(norm))):
        at -= 1
    return at


def after(norms: Sequence[str], at: int, end: int) -> int:
    """The index of the first word from `at` on that is no adverb; `end` if there is none."""
    while at < end and ((norm := norms[at]) in _ADVERBS or (norm.endswith("ly") and is_adverb(norm))):
        at += 1
    return at


def last_open(norms: Sequence[str]) -> str:
    """The last of the words that carry meaning; "" if none does."""
    return next(filter(is_open, reversed(norms)), "")


def is_open(norm: str) -> bool:
    """Whether a word carries meaning, as "il-6" does: no article, auxiliary, preposition or adverb."""
    return norm not in _FUNCTION_WORDS and norm[:1].isalpha() and not is_adverb(norm)


def antecedent(norms: Sequence[str], verb: int, low: int) -> int:
    """Behind which token the word stands for which "that" or "which" is the subject of a verb; 0 if none is."""
    at = verb - 1
    while at > low and not is_open(norms[at]) and norms[at] not in RELATIVES:
        at -= 1
    if at <= low or norms[at] not in RELATIVES:
        return 0
    return at - 1 if norms[at - 1] == "," else at
