"""`rules/lexicon/predicates.yaml` as it is written, read and checked."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from caveat.packs.datafile import load_file
from caveat.packs.decode import Decoder
from caveat.packs.errors import did_you_mean
from caveat.packs.predicates import Predicates
from caveat.packs.yaml import Loc


def load_predicates(path: Path, *, ids: Collection[str] = (), things: Collection[str] = ()) -> Predicates:
    """Read a file of predicates.

    `ids` are those of the lexicon's entries, which one-word claims speak of, `things` the names that slots may ask for.
    Without them they are taken on trust.

    Raises:
        PackError: with every mistake and its place.
    """

    def check(decoder: Decoder, data: Predicates) -> None:
        named: list[tuple[str, Loc]] = [
            (one.predicate, ("actions", i, "predicate")) for i, one in enumerate(data.actions)
        ]
        named += [(name, ("frames", "outcomes", name)) for name in data.frames.outcomes]
        named += [(name, ("leads", name)) for name in data.leads]
        for name, loc in named:
            if name not in data.predicates:
                hint = did_you_mean(name, data.predicates)
                decoder.complain(loc, f'no predicate is named "{name}"', hint, key=loc[-1] == name)
        for i, action in enumerate(data.actions):
            if ids and action.target not in ids:
                hint = did_you_mean(action.target, ids)
                decoder.complain(("actions", i, "target"), f'the lexicon has no "{action.target}"', hint)

    return load_file(path, Predicates, things=things, check=check)
