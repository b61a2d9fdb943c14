"""What spaCy has said of words, kept from run to run."""

from __future__ import annotations

from caveat.analysis.vocabulary import Sayings, Vocabulary
from caveat.engine.cache import Compiled, digest, kept, rewrite


def recalled() -> Vocabulary:
    """The vocabulary of earlier runs; a new one, for which spaCy is imported, where none has been kept."""
    return Vocabulary(kept(digest(()), Sayings.of_spacy, kind=Compiled.WORDS))


def remember(vocabulary: Vocabulary) -> None:
    """Keep what a vocabulary has learned since, beside what other runs have kept meanwhile."""
    new = vocabulary.learned()
    if new:
        name = digest(())
        now = Vocabulary(kept(name, lambda: vocabulary.sayings, kind=Compiled.WORDS))
        now.learn(new)
        rewrite(name, now.sayings, kind=Compiled.WORDS)
