"""Names for findings that survive moved lines and edited neighbours."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from caveat.finding import Finding, Scope

_LENGTH = 16


def with_fingerprints(findings: Iterable[Finding], sentence_texts: Mapping[tuple[int, int], str]) -> list[Finding]:
    """The findings with fingerprints.

    A fingerprint is made of the rule, the words of the sentence it marks (white space folded) and, where the
    same words occur again, their count; never of the place. `sentence_texts` gives the sentence's text by the
    finding's span; a finding about the whole document is its rule alone.
    """
    seen: Counter[str] = Counter()
    named: list[Finding] = []
    for finding in findings:
        if finding.scope is Scope.DOCUMENT:
            content = ""
        else:
            key = (finding.span.start, finding.span.end)
            content = " ".join((sentence_texts.get(key) or finding.text).split())
        stem = f"{finding.rule}\0{content}\0{finding.text if content else ''}"
        seen[stem] += 1
        digest = hashlib.sha256(f"{stem}\0{seen[stem]}".encode("utf-8", "surrogatepass")).hexdigest()
        named.append(replace(finding, fingerprint=digest[:_LENGTH]))
    return named


def all_named(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those that have no fingerprint yet given one by the words that they mark."""
    lacking = iter(with_fingerprints((f for f in findings if not f.fingerprint), {}))
    return [finding if finding.fingerprint else next(lacking) for finding in findings]
