"""The trigger of a `metadata` rule: who wrote the page and when, and how often it repeats its keyword."""

from __future__ import annotations

from caveat.packs.when.disclosure import DisclosureKind, Trigger
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class MetadataWhen:
    """Fires on a page of at least `words` words of prose, where one of the triggers `any` (if given) holds.

    What it asks of such a page, each of which can fail:

    - every one of `missing` is told, in front matter, HTML meta, JSON-LD or a visible line; `named` asks that
      an author or reviewer be a person rather than a team;
    - the newest date lies no more than `stale_months` months back (0: never);
    - no phrase of the title stands more than `density` times per thousand words (0: any number) and at least
      `occurrences` times.
    """

    missing: tuple[DisclosureKind, ...] = ()
    named: bool = False
    stale_months: int = 0
    density: int = 0
    occurrences: int = 0
    any: tuple[Trigger, ...] = ()
    words: int = 0

    def __post_init__(self) -> None:
        """Refuse a rule that could never report, and what nothing would ask for.

        Raises:
            ValueError: where nothing is asked of the page, for `named` where neither author nor reviewer is, and for
                `occurrences` without `density`.
        """
        if not (self.missing or self.stale_months or self.density):
            raise ValueError('"missing", "stale-months" or "density" must say what is asked of the page')
        if self.named and not {DisclosureKind.AUTHOR, DisclosureKind.REVIEWER}.intersection(self.missing):
            raise ValueError('"named" needs the author or the reviewer under "missing"')
        if self.occurrences and not self.density:
            raise ValueError('"occurrences" needs a "density"')
