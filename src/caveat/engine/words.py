"""What spaCy has said of words, kept from run to run."""

from __future__ import annotations

from dataclasses import replace

from caveat.analysis.vocabulary import Sayings, Vocabulary
from caveat.engine.cache import Compiled, digest, kept, look, rewrite
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of a run, and the name under which it is kept: of the spaCy and the Caveat that it began with."""

    vocabulary: Vocabulary
    name: str

    @classmethod
    def recalled(cls) -> Words:
        """Those of earlier runs; new ones, for which spaCy is imported, where none have been kept."""
        name = digest(())
        return cls(Vocabulary(kept(name, Sayings.of_spacy, kind=Compiled.WORDS)), name)

    def remember(self) -> None:
        """Keep what has been learned, beside what other runs have kept by now.

        Of two runs that do so at the same moment one is lost: it is asked again.
        """
        new = self.vocabulary.learned()
        if new:
            own = self.vocabulary.sayings
            found = look(self.name, kind=Compiled.WORDS)
            now = Vocabulary(found if isinstance(found, Sayings) else replace(own, cuts=dict(own.cuts)))
            now.learn(new)
            rewrite(self.name, now.sayings, kind=Compiled.WORDS)
