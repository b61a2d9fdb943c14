"""`rules/families.yaml` as it is written, read and checked."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from caveat.packs.datafile import load_file
from caveat.packs.decode import Decoder
from caveat.packs.errors import did_you_mean
from caveat.packs.families import Families, Family
from caveat.packs.yaml import Loc


def load_families(path: Path, *, ids: Collection[str] = (), indications: Collection[str] = ()) -> Families:
    """The families at `path`, checked against the lexicon's `ids` of conditions and symptoms and the `indications` of
    the reference where these are given.

    Raises:
        PackError: with every mistake and its place: an unknown key or id, an id that a family lists twice, a family
            that is about one thing only, or about nothing that a medicine is approved for.
    """

    def check(decoder: Decoder, data: Families) -> None:
        for name, family in data.families.items():
            _check(decoder, family, ids, indications, ("families", name))

    return load_file(path, Families, path.name, check=check)


def _check(decoder: Decoder, family: Family, ids: Collection[str], indications: Collection[str], at: Loc) -> None:
    seen: set[str] = set()
    for key, listed in (("members", family.members), ("also", family.also)):
        for i, one in enumerate(listed):
            if ids and one not in ids:
                decoder.complain((*at, key, i), f'no condition or symptom "{one}"', did_you_mean(one, ids))
            if one in seen:
                decoder.complain((*at, key, i), f'"{one}" is listed twice')
            seen.add(one)
    if len(seen) < 2:
        decoder.complain(at, "a family of one covers nothing", key=True)
    if indications and not any(member in indications for member in family.members):
        decoder.complain((*at, "members"), "no medicine of the reference is approved for any of these")
