"""Who stands behind a link, and names that are no product's: of sites, peoples, studies (rules/lexicon/hosts.yaml)."""

from __future__ import annotations

from functools import cached_property

from caveat.values import dataclass


@dataclass(frozen=True)
class StudyWords:
    """Capitalised words before "Study": `generic` ones name none, nor do `bodies` and `methods` by themselves.

    `short` are names that a study has although they are no longer than a body's.
    """

    generic: frozenset[str]
    bodies: frozenset[str]
    methods: frozenset[str]
    short: frozenset[str]

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words that are no study's own."""
        return self.bodies | self.methods


@dataclass(frozen=True, slots=True)
class Hosts:
    """Host names; each covers its subdomains.

    `sites` are names of sites that are written like those of products, `origins` words that have a capital wherever
    they stand and say whence a thing comes.
    `studies` are the words by which the name of a study is told.
    """

    study: frozenset[str]
    authority: frozenset[str]
    sites: frozenset[str]
    origins: frozenset[str]
    studies: StudyWords

    @property
    def no_products(self) -> frozenset[str]:
        """Names that are written like those of products and are none."""
        return self.sites | self.origins

    def is_evidence(self, host: str) -> bool:
        """Whether a link to `host` (lower case, without port) can stand as a citation."""
        parts = host.split(".")
        names = {".".join(parts[i:]) for i in range(len(parts))}
        return not names.isdisjoint(self.study) or not names.isdisjoint(self.authority)
