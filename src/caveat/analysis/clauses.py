"""Where clauses end: those in which a predicate has its subject and objects, and those over which a cue has its scope.

After ConText (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002): a scope runs from its cue to the next
terminator. Beyond that list of words, a comma, "and" or "or" ends a clause where a new subject with a
finite verb, or a finite verb, follows. A predicate asks less (see `boundaries`): its objects may lie behind a finite
verb that would end a scope, and are cut by words like "when" that a scope goes over. All positions are token indices.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

from caveat.analysis.grammar import AUXILIARIES, BOUNDARIES, CLAUSE_SUBJECTS, MODALS, PREPOSITIONS, RELATIVES
from caveat.analysis.inflect import inflections, third_person
from caveat.analysis.pipeline import Tokens
from caveat.packs.cues import CueData, Reach
from caveat.values import dataclass

_DEMONSTRATIVES = frozenset({"this", "these", "that", "those"})
_SUBJECTS = CLAUSE_SUBJECTS | _DEMONSTRATIVES
_CONJUNCTIONS = frozenset({"and", "or", "nor", "&", "/"})
_SEPARATORS = _CONJUNCTIONS | {","}
_SPLITTING = _SEPARATORS | {":"}
_BRACKETS = frozenset("()[]")
_PRONOUN_VERBS = frozenset({"'s", "'re", "'ve", "'ll", "'d", "'m"})
_ADVERBS = frozenset({"also", "then", "even", "still", "now", "just", "thus", "always", "often", "instead", "so"})
_CONCESSIONS = frozenset({"but", "although", "though", "while", "albeit", "with"})
_SUBORDINATE = frozenset({"although", "though", "while"})
_FRONTED = frozenset({"in", "at", "on", "by", "with", "for", "over", "during", "today", "sometimes", "now", "here"})
_LEADING_IN = frozenset({"following", "these", "such", "include", "including", "as", "to"})
_ENDING = frozenset({".", "!", "?", "…", "...", '"', "'", ";", ":", ",", "—"})
_AUXILIARIES_IN_S = frozenset({"is", "was", "has", "does"})
_JOINTS = frozenset({",", "and", "or"})
_FINITE_AUXILIARIES = AUXILIARIES - {"be", "been", "being", "having", "get", "gets", "got", "'s"}
_NO_FURTHER = _JOINTS | CLAUSE_SUBJECTS | RELATIVES | BOUNDARIES | {"to"}  # before these a subject has had its verb
_NO_SUBJECT = _NO_FURTHER | PREPOSITIONS | {"not"}
_SUBJECT_REACH = 6  # the longest subject that is looked for before a finite verb
_FURTHEST = 160  # words; a longer clause is none, and what is looked at for one cue stays bounded
_SUBJECT_WORDS = 8  # the longest subject that is looked for before a finite verb
_LIST_WORDS = 5  # the longest member of a list
_LISTED = 20


@dataclass(frozen=True)
class Verbs:
    """Finite verb forms that show a clause, and -ing forms that open a participle clause after a comma.

    `parting` are the finite forms and what else may part two clauses by itself.
    """

    finite: frozenset[str]
    participles: frozenset[str]
    parting: frozenset[str]

    @classmethod
    def of(cls, data: CueData) -> Verbs:
        """The verbs of a cue file."""
        third = {third_person(verb) for verb in data.clause_verbs}
        ing = {form for verb in data.clause_verbs for form in inflections(verb) if form.endswith("ing")}
        finite = frozenset(third | set(data.clause_words))
        return cls(finite, frozenset(ing), finite | _SPLITTING)


class Clauses:
    """One sentence with its terminators, answering how far a cue in it reaches.

    `terminators` are token ranges in order; `negations` are the starts of negation cues in order, each with
    whether it always cuts the scope of a negation before it.
    """

    def __init__(
        self,
        tokens: Tokens,
        bounds: tuple[int, int],
        verbs: Verbs,
        terminators: Sequence[tuple[int, int]],
        negations: Sequence[tuple[int, bool]],
    ) -> None:
        self._norms = tokens.norms
        self._start, self._end = bounds
        self._bracketed = not _BRACKETS.isdisjoint(self._norms[self._start : self._end])
        self._depths = tokens.depths if self._bracketed else (0,) * len(self._norms)
        while self._end > self._start and self._norms[self._end - 1] in _ENDING:
            self._end -= 1
        self._verbs = verbs
        self._stops = dict(terminators)
        self._stop_ends = {end: start for start, end in terminators}
        self._negations = dict(negations)

    @cached_property
    def _finite(self) -> list[int]:
        finite = self._verbs.finite
        return [i for i in range(self._start, self._end) if self._norms[i] in finite]

    def _has_finite(self, start: int, end: int) -> bool:
        at = bisect_left(self._finite, start)
        return at < len(self._finite) and self._finite[at] < end

    def forward(self, start: int, end: int, reach: Reach, *, limit: int = 0, negation: bool = False) -> int:
        """Where the scope of the cue `start` to `end` ends on its right."""
        if reach is Reach.CUE:
            return end
        last = min(self._end, end + limit) if limit else self._end
        last = max(last, end)
        if reach in (Reach.SENTENCE, Reach.BLOCK):
            return last
        last = min(last, end + _FURTHEST)
        at = end
        if at < last and self._norms[at] == ":":
            at += 1
        depth = self._depths[start]
        if start > self._start and self._norms[start - 1] in RELATIVES and self._norms[start] in self._verbs.finite:
            reach = Reach.PHRASE  # "those who do not respond can …"
        if negation and self._of_a_phrase(start, end):
            reach = Reach.PHRASE
        parting = self._verbs.parting
        while at < last:
            may_end = self._bracketed or self._norms[at] in parting or at in self._stops or at in self._negations
            if may_end and self._ends_at(at, start, end, depth, reach, negation=negation):
                break
            at += 1
        while at > end and (self._norms[at - 1] in _SEPARATORS or self._norms[at - 1] in _ENDING):
            at -= 1
        return at

    def _of_a_phrase(self, start: int, end: int) -> bool:
        """Whether a negation denies a phrase: "fat, but not sugar, was …", "though not large, …", "not eating …"."""
        alone = start == self._start
        if self._norms[start:end] == ("not",) and self._is_ing(end):
            return alone or self._norms[start - 1] not in self._verbs.finite
        if alone:
            return False
        verbal = end - start > 1 or (end < self._end and self._norms[end] in self._verbs.finite)
        before = self._norms[start - 1]
        if self._norms[start] != "not":
            return not verbal and before == "with"  # "although no drug cures it" denies the clause
        return not verbal and before in _CONCESSIONS

    def _ends_at(self, at: int, start: int, end: int, depth: int, reach: Reach, *, negation: bool) -> bool:
        norm = self._norms[at]
        if self._depths[at] > depth:
            return norm in ("(", "[") and self._depths[at] == depth + 1 and self._verb_after_subject(at) >= 0
        if self._depths[at] < depth or (depth and norm in (")", "]")):
            return True
        if depth == 0 and norm.isdigit() and at + 1 < self._end and self._norms[at + 1] == ")":
            return True  # "1) … 2) …"
        if (at in self._stops and self._norms[at - 1] not in MODALS) or (  # "may therefore help"
            norm == ":" and self._norms[at - 1] not in _LEADING_IN
        ):
            return True
        if negation and at > start and self._negations.get(at, False):
            return True
        subordinate = norm == "," and start > self._start and self._norms[start - 1] in _SUBORDINATE
        if subordinate and not self._verbs.finite.isdisjoint(self._norms[end:at]):
            return True  # "Although no drug cures asthma, inhalers …"
        if reach is Reach.PHRASE and norm in self._verbs.finite:
            return True
        if norm not in _SEPARATORS:
            return False
        return self._separates(at, start, end, reach, negation=negation)

    def _separates(self, at: int, start: int, end: int, reach: Reach, *, negation: bool) -> bool:
        """Whether the comma or conjunction `at` ends the scope."""
        if negation and at in self._negations:
            return True  # "nor"
        comma = self._norms[at] == ","
        after = at + 1
        while after < self._end and self._norms[after] in _SEPARATORS:
            after += 1
        if after >= self._end:
            return False
        if negation and after in self._negations:
            return True
        if self._norms[after] in CLAUSE_SUBJECTS:
            return True
        if reach is Reach.LIST:
            return False
        if comma and reach in (Reach.PHRASE, Reach.SUBORDINATE):
            fronted = start == self._start or start in self._stop_ends or self._norms[start - 1] in _SEPARATORS
            if not self._list_goes_on(at + 1, with_and=not fronted):
                return True
        if negation and self._shares_subject(after, at, start, end):
            return False
        return self._new_clause(after, at, start, end, comma=comma and after == at + 1)

    def _shares_subject(self, after: int, separator: int, start: int, end: int) -> bool:
        """Whether a verb goes on with what "that" began: "no proof that it cures colds, or shortens them"."""
        verb = self._norms[after]
        lexical = verb in self._verbs.finite and verb.endswith("s") and verb not in _AUXILIARIES_IN_S
        return lexical and "that" in self._norms[start:separator] and self._has_finite(end, separator)

    def _new_clause(self, after: int, separator: int, start: int, end: int, *, comma: bool) -> bool:
        norms = self._norms
        norm = norms[after]
        if self._is_finite_verb(after):
            return True
        if comma and norm == "with":
            return True
        if comma and norm in self._verbs.participles and not self._is_ing(end):
            return True
        at = self._verb_after_subject(after)
        if at < 0:
            return False
        if norm in _DEMONSTRATIVES:
            return True
        # "no fever, chills or cough was seen": what is negated is itself the subject
        begun = self._has_finite(self._clause_start(start), separator)
        return begun or comma

    def _is_finite_verb(self, at: int) -> bool:
        finite = self._verbs.finite
        if self._norms[at] in finite:
            return True
        adverb = self._norms[at] in _ADVERBS or (self._norms[at].endswith("ly") and len(self._norms[at]) > 4)
        return adverb and at + 1 < self._end and self._norms[at + 1] in finite

    def _is_ing(self, at: int) -> bool:
        return at < self._end and self._norms[at].endswith("ing")

    def _verb_after_subject(self, at: int) -> int:
        """The finite verb of the clause whose subject begins `at`, -1 if another thing comes first."""
        for here in range(at, min(at + _SUBJECT_WORDS, self._end)):
            norm = self._norms[here]
            if here > at and (norm in self._verbs.finite or (norm in _PRONOUN_VERBS and here == at + 1)):
                if norm == "'s" and self._norms[here - 1] not in _SUBJECTS:
                    continue
                return here
            if norm in _SEPARATORS or here in self._stops:
                return -1
            if here > at and norm in CLAUSE_SUBJECTS and self._norms[at] not in _FRONTED:
                return -1  # "and other things it needs"
        return -1

    def _list_goes_on(self, at: int, *, with_and: bool) -> bool:
        """Whether the comma before `at` stands inside a list that closes with "or" (or "and")."""
        length = 0
        for here in range(at, min(at + _LISTED, self._end)):
            norm = self._norms[here]
            if norm in ("or", "nor") or (with_and and norm == "and"):
                return True
            if norm in self._verbs.finite or norm in CLAUSE_SUBJECTS or here in self._stops:
                return False
            length = 0 if norm == "," else length + 1
            if length > _LIST_WORDS:
                return False
        return False

    def _clause_start(self, at: int) -> int:
        furthest = max(self._start, at - _FURTHEST)
        while at > furthest and at not in self._stop_ends:
            at -= 1
        return at

    def backward(self, start: int, reach: Reach, *, limit: int = 0) -> int:
        """Where the scope of the cue at `start` begins on its left."""
        if reach is Reach.CUE:
            return start
        first = max(self._start, start - limit) if limit else self._start
        if reach in (Reach.SENTENCE, Reach.BLOCK):
            return first
        first = max(first, start - _FURTHEST)
        depth = self._depths[start]
        at = start
        if at > first and self._norms[at - 1] == ":":
            at -= 1
        segment_end = at
        while at > first:
            norm = self._norms[at - 1]
            level = self._depths[at - 1]
            if level < depth or (level == depth and (at in self._stop_ends or norm == ":")):
                break
            if depth and level == depth and norm in ("(", "["):
                break
            if level == depth and norm in _SEPARATORS and self._other_clause(at - 1):
                break
            at -= 1
        while at < min(segment_end, start) and (self._norms[at] in _SEPARATORS or self._norms[at] in _ENDING):
            at += 1
        return at

    def _other_clause(self, separator: int) -> bool:
        """Whether what stands left of a separator, up to the one before, is a clause of its own."""
        at = separator
        while at > self._start and self._norms[at - 1] not in _SEPARATORS and at not in self._stop_ends:
            at -= 1
            if at in self._negations:
                return True
        return self._has_finite(at, separator)


def boundaries(norms: Sequence[str], words: Mapping[str, Sequence[int]], verbs: Sequence[int], end: int) -> list[int]:
    """Where clauses end in a sentence, by token; "such as" and "as well as" end none.

    `words` are the places in `norms` of the sentence's words, `end` is behind the last.

    Where a clause has its verb, one of `verbs` or an auxiliary, a comma or "and" before a new subject with a finite
    verb ends it: "helps against colds, and the flu is …".
    """
    met = BOUNDARIES.intersection(words)
    found = sorted([at for word in met for at in words[word] if word != "as" or _is_boundary(norms, at)])
    separators = sorted([at for word in _JOINTS.intersection(words) for at in words[word]])
    if not separators:
        return found
    finite = _FINITE_AUXILIARIES.intersection(words)
    if not finite and CLAUSE_SUBJECTS.isdisjoint(words):
        return found
    told = sorted([*verbs, *[at for word in finite for at in words[word]]])
    opened = sorted([*found, *words.get("that", ())])
    return sorted([*found, *[at for at in separators if _ends_clause(norms, at, told, opened, end - 1)]])


def _ends_clause(norms: Sequence[str], at: int, verbs: Sequence[int], opened: Sequence[int], last: int) -> bool:
    """Whether a clause that was `opened` and has its verb ends at a separator, and another with a subject begins."""
    verb = bisect_left(verbs, at) - 1
    begun = bisect_left(opened, at) - 1
    if verb < 0 or (begun >= 0 and verbs[verb] < opened[begun]) or at == last:
        return False
    if norms[at + 1] in CLAUSE_SUBJECTS:
        return True
    if norms[at + 1] in _NO_SUBJECT:
        return False
    for here in range(at + 1, min(at + 1 + _SUBJECT_REACH, last)):
        norm = norms[here]
        if norm in _FINITE_AUXILIARIES:
            return here > at + 1
        if norm in _NO_FURTHER or not norm[0].isalnum():
            return False
    return False


def _is_boundary(norms: Sequence[str], at: int) -> bool:
    return not (at > 0 and norms[at - 1] in ("such", "well")) and norms[at + 1 : at + 2] != ("well",)
