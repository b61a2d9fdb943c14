"""Which hosts carry studies or speak for a health authority, and what sites are called (rules/lexicon/hosts.yaml)."""

from __future__ import annotations

from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class Hosts:
    """Host names; each covers its subdomains. `sites` are names of sites that are written like those of products."""

    study: frozenset[str]
    authority: frozenset[str]
    sites: frozenset[str]

    def is_evidence(self, host: str) -> bool:
        """Whether a link to `host` (lower case, without port) can stand as a citation."""
        parts = host.split(".")
        names = {".".join(parts[i:]) for i in range(len(parts))}
        return not names.isdisjoint(self.study) or not names.isdisjoint(self.authority)
