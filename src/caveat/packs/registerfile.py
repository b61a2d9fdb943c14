"""`rules/register.yaml` as it is written, read and checked."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from caveat.packs.datafile import load_file
from caveat.packs.decode import Decoder
from caveat.packs.errors import did_you_mean
from caveat.packs.register import Register
from caveat.packs.yaml import Loc


def load_register(path: Path, *, ids: Collection[str] = (), predicates: Collection[str] = ()) -> Register:
    """The register at `path`. Names are checked against the lexicon's `ids` and `predicates` where these are given.

    Raises:
        PackError: with every mistake and its place: an unknown key, jurisdiction, id, predicate or source.
    """

    def check(decoder: Decoder, data: Register) -> None:
        for i, listing in enumerate(data.registers):
            at: Loc = ("registers", i)
            _check(decoder, listing.none, ids, (*at, "none"))
            for j, listed in enumerate(listing.claims):
                _check(decoder, listed.of, ids, (*at, "claims", j, "of"))
            for j, permitted in enumerate(listing.outcomes):
                there: Loc = (*at, "outcomes", j)
                _check(decoder, permitted.of, ids, (*there, "of"))
                _check(decoder, permitted.outcomes, ids, (*there, "outcomes"))
                _check(decoder, permitted.predicates, predicates, (*there, "predicates"))
                if permitted.source not in listing.sources:
                    hint = did_you_mean(permitted.source, listing.sources)
                    decoder.complain((*there, "source"), f'unknown source "{permitted.source}"', hint)

    return load_file(path, Register, path.name, check=check)


def _check(decoder: Decoder, names: Collection[str], known: Collection[str], loc: Loc) -> None:
    for name in sorted(names):
        if known and name not in known:
            decoder.complain(loc, f'the lexicon has no "{name}"', did_you_mean(name, known))
