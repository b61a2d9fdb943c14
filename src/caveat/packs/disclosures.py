"""How disclosures are recognised, as the files of rules/disclosures write it down."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from caveat.packs.decode import Decoder, hyphenated
from caveat.packs.errors import Mistake, PackError, did_you_mean
from caveat.packs.when.disclosure import DisclosureKind, SignalKind
from caveat.packs.yaml import Loc, parse_file
from caveat.values import dataclass


class Reading(StrEnum):
    """What a sentence does with what it speaks of."""

    FORBIDS = "forbids"  # do not take it, avoid, not for
    LEAVES_OPEN = "leaves-open"  # nobody knows whether it is safe
    RESTRICTS = "restricts"  # only for, unless, a lower dose
    ADVISES = "advises"  # ask your doctor, watch for, call
    WARNS = "warns"  # it damages, has been reported
    MAY_HAPPEN = "may-happen"  # may, sometimes, common: a caution only where what may happen is itself a harm
    PERMITS = "permits"  # safe for, you can take it
    REASSURES = "reassures"  # no risk, no need to ask
    PROMOTES = "promotes"  # it supports, it relieves

    @property
    def comforts(self) -> bool:
        """Whether it is the contrary of a caution."""
        return self in _COMFORTS


_BYLINES = frozenset({DisclosureKind.AUTHOR, DisclosureKind.REVIEWER, DisclosureKind.DATE})
_COMFORTS = frozenset({Reading.PERMITS, Reading.REASSURES, Reading.PROMOTES})


@dataclass(frozen=True, slots=True)
class Act:
    """Words that do something with what a sentence speaks of: affirmed they are `reading`, negated `denied`.

    An act with neither only keeps away the shorter acts in it. `names` says that they name a harm, so that they do
    nothing where they are what a sentence says something else of: "the risk … is small", "swollen ankles go down".
    """

    any: tuple[str, ...]
    reading: Reading | None = None
    denied: Reading | None = None
    names: bool = False


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Wordings of one disclosure: a sentence says it where a template of `any` and none of `none` matches.

    Several recognisers may serve one kind, so that each keeps its own decoys. `questions` admits sentences
    that end in a question mark, `headings` admits headings. `readings` are those of which one must lie over
    the match, `refuses` those of which none may. `partners` are words for what takes part in the danger, so that
    it may be what a sentence says to do the harm.
    """

    kind: DisclosureKind
    any: tuple[str, ...]
    none: tuple[str, ...] = ()
    topic: str = ""
    questions: bool = False
    headings: bool = False
    readings: tuple[Reading, ...] = ()
    refuses: tuple[Reading, ...] = ()
    partners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """The words that tell whose harm a sentence speaks of, explained in rules/disclosures/owners.yaml."""

    own: frozenset[str]
    others: frozenset[str]
    people: frozenset[str]
    takes: frozenset[str]
    objects: frozenset[str]
    besides: frozenset[str]
    habits: frozenset[str]
    handles: frozenset[str]
    joins: frozenset[str]
    uses: frozenset[str]
    likelier: frozenset[str]
    suffers: frozenset[str]
    programmes: frozenset[str]
    orders: frozenset[str]
    fronts: frozenset[str]
    breaks: frozenset[str]
    after_comma: frozenset[str]
    says: frozenset[str]
    signs: frozenset[str]
    pronouns: frozenset[str]
    pointing: frozenset[str]
    shown: frozenset[str]
    apart: frozenset[str]
    of: frozenset[str]
    put: frozenset[str]
    beside: frozenset[str]
    times: frozenset[str]
    reasons: frozenset[str]
    named: frozenset[str]
    taking: frozenset[str]
    how: frozenset[str]
    things: frozenset[str]
    medicines: frozenset[str]
    against: frozenset[str]
    marks: frozenset[str]
    with_it: frozenset[str]
    seen: frozenset[str]
    refers: frozenset[str]
    gentle: frozenset[str]
    undone: frozenset[str]
    asks: frozenset[str]
    leaves: frozenset[str]
    lacks: frozenset[str]
    little: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """The words by which clauses and negations are told apart, explained in rules/disclosures/readings.yaml."""

    contrasts: frozenset[str]
    exceptions: frozenset[str]
    negators: frozenset[str]
    seldom: frozenset[str]
    openers: frozenset[str]
    asks: frozenset[str]


@dataclass(frozen=True, slots=True)
class SignalWords:
    """Wordings that show what kind of page this is. `headings` limits them to headings.

    `topic` is that of the key warning whose harm they deny.
    """

    kind: SignalKind
    any: tuple[str, ...]
    none: tuple[str, ...] = ()
    headings: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    """Words before a name ("Written by") or a date ("Last updated"). `kind` is author, reviewer or date.

    With `behind` they stand behind the name: "… wrote this guide". With `titled` that name must bear a credential,
    since others review and verify things too; with `speaking` it is enough that the block goes on as "I".
    """

    kind: DisclosureKind
    any: tuple[str, ...]
    behind: bool = False
    titled: bool = False
    speaking: bool = False


@dataclass(frozen=True, slots=True)
class MetadataKeys:
    """Keys of front matter, HTML meta and JSON-LD, lower case, `_` and `-` alike, that tell of the page.

    `text` are words in the keys of values that hold disclosures as sentences; `organisations` are words that
    a team's name holds and a person's does not; `credentials` follow a person's name; `subjects` are the words
    before a byline that speak of the page; `particles` are small words inside a name; `articles` are words that only
    lead to what a person is: "our consultant pharmacist …".
    """

    author: frozenset[str]
    reviewer: frozenset[str]
    date: frozenset[str]
    references: frozenset[str]
    funding: frozenset[str]
    text: frozenset[str]
    organisations: frozenset[str]
    credentials: frozenset[str]
    subjects: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shops:
    """What makes a link a paid one: hosts (with their subdomains), query parameters, words in the path.

    `hosts_beside` are parts of a shop's address where it sells nothing ("docs.").
    `affiliate_parameters` make it one wherever it leads, `referral_parameters` where it leads to a shop or where the
    page speaks of paid links. `disclosure_labels`, `disclaimer_labels` and `dshea_labels` are links that lead to a
    disclosure and say nothing of it themselves; `label_openings` and `label_closings` are words around them.
    """

    hosts: frozenset[str]
    hosts_beside: frozenset[str]
    affiliate_hosts: frozenset[str]
    affiliate_parameters: frozenset[str]
    referral_parameters: frozenset[str]
    shop_paths: frozenset[str]
    own_paths: frozenset[str]
    shop_labels: frozenset[str] = frozenset()
    disclosure_labels: frozenset[str] = frozenset()
    disclaimer_labels: frozenset[str] = frozenset()
    dshea_labels: frozenset[str] = frozenset()
    label_openings: frozenset[str] = frozenset()
    label_closings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DisclosureData:
    """All that recognition needs. `never` are templates of sentences that speak about disclosures.

    `illness` tell what an illness does, their slot, which is no warning of anything else; `definitions` what one is.
    `causes` are verbs of harm, `origins` lead a harm back to what it comes of, `overturns` take one back that was
    spoken of. `dshea` are the wordings of 21 CFR 101.93(c) in full.
    """

    recognisers: tuple[Recogniser, ...]
    signals: tuple[SignalWords, ...]
    bylines: tuple[Byline, ...]
    never: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    keys: MetadataKeys
    shops: Shops
    owners: OwnerWords
    reading_words: ReadingWords
    dshea: tuple[str, ...]
    acts: tuple[Act, ...] = ()
    illness: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    overturns: tuple[str, ...] = ()

    def topics(self, *kinds: DisclosureKind) -> frozenset[str]:
        """The topics by which disclosures of these kinds (of all, if none is given) are told apart."""
        return frozenset(r.topic for r in self.recognisers if r.topic and (not kinds or r.kind in kinds))


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the folder; every key may be left out."""

    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    disclosures: tuple[Recogniser, ...] = ()
    signals: tuple[SignalWords, ...] = ()
    bylines: tuple[Byline, ...] = ()
    never: tuple[str, ...] = ()
    dshea: tuple[str, ...] = ()
    metadata: MetadataKeys | None = None
    shops: Shops | None = None
    owners: OwnerWords | None = None
    reading_words: ReadingWords | None = None
    acts: tuple[Act, ...] = ()
    illness: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    overturns: tuple[str, ...] = ()


def load_disclosures(folder: Path, *, things: Collection[str] = ()) -> DisclosureData:
    """Read every YAML file of `folder` as one: named lists are shared.

    `things` are the names that the slots of templates may ask for, if they are checked.

    Raises:
        PackError: with every mistake of every file.
    """
    decoders: list[Decoder] = []
    read: list[tuple[Decoder, _File]] = []
    given: dict[Loc, str] = {}  # what may be given once, and the file that gives it
    for path in sorted(folder.glob("*.yaml")):
        decoder = Decoder(parse_file(path, f"{folder.name}/{path.name}"))
        decoders.append(decoder)
        decoded = decoder.decode(_File, decoder.parsed.value or {})
        decoder.refuse_empty(decoder.parsed.value)
        decoder.refuse_unknown_slots(decoder.parsed.value, things)
        if decoded is not None:
            read.append((decoder, decoded))
            for loc in _once(decoded):
                if given.setdefault(loc, path.name) != path.name:
                    decoder.complain(loc, f'"{loc[-1]}" is given in {given[loc]}, too', key=True)
    files = [file for _, file in read]
    _check_asked(read)
    keys = next((f.metadata for f in files if f.metadata is not None), None)
    shops = next((f.shops for f in files if f.shops is not None), None)
    owners = next((f.owners for f in files if f.owners is not None), None)
    words = next((f.reading_words for f in files if f.reading_words is not None), None)
    mistakes = [mistake for decoder in decoders for mistake in decoder.mistakes]
    if mistakes or keys is None or shops is None or owners is None or words is None:
        wanted = (("metadata", keys), ("shops", shops), ("owners", owners), ("reading-words", words))
        missing = [Mistake(folder.name, 0, 0, f'no file has "{key}"') for key, value in wanted if value is None]
        raise PackError([*mistakes, *missing])
    return DisclosureData(
        recognisers=tuple(r for f in files for r in f.disclosures),
        signals=tuple(s for f in files for s in f.signals),
        bylines=tuple(b for f in files for b in f.bylines),
        never=tuple(t for f in files for t in f.never),
        lists={name: templates for f in files for name, templates in f.lists.items()},
        keys=keys,
        shops=shops,
        owners=owners,
        reading_words=words,
        dshea=tuple(t for f in files for t in f.dshea),
        acts=tuple(a for f in files for a in f.acts),
        illness=tuple(t for f in files for t in f.illness),
        definitions=tuple(t for f in files for t in f.definitions),
        causes=tuple(t for f in files for t in f.causes),
        origins=tuple(t for f in files for t in f.origins),
        overturns=tuple(t for f in files for t in f.overturns),
    )


def _once(file: _File) -> Iterator[Loc]:
    """What a file gives that no other may."""
    yield from (("lists", name) for name in file.lists)
    for key in ("metadata", "shops", "owners", "reading_words"):
        if getattr(file, key) is not None:
            yield (hyphenated(key),)


def _check_asked(read: Sequence[tuple[Decoder, _File]]) -> None:
    """Note what nothing would ask for: bylines of what no byline tells, denials of harms that nothing warns of."""
    warned = {r.topic for _, file in read for r in file.disclosures if r.kind is DisclosureKind.KEY_WARNING}
    for decoder, file in read:
        for i, byline in enumerate(file.bylines):
            if byline.kind not in _BYLINES:
                hint = did_you_mean(byline.kind, _BYLINES)
                decoder.complain(("bylines", i, "kind"), f'no byline tells "{byline.kind.value}"', hint)
        for i, signal in enumerate(file.signals):
            if signal.topic and signal.topic not in warned:
                hint = did_you_mean(signal.topic, warned)
                decoder.complain(("signals", i, "topic"), f'no key warning is named "{signal.topic}"', hint)
