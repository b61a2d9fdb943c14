"""What each kind of rule looks for: one plain class a kind, in a file of its own."""

from caveat.packs.when.balance import BalanceWhen
from caveat.packs.when.claim import ClaimWhen
from caveat.packs.when.disclosure import DisclosureWhen
from caveat.packs.when.dose import DoseWhen
from caveat.packs.when.metadata import MetadataWhen
from caveat.packs.when.phrase import PhraseWhen

When = PhraseWhen | ClaimWhen | DisclosureWhen | DoseWhen | MetadataWhen | BalanceWhen

__all__ = ["BalanceWhen", "ClaimWhen", "DisclosureWhen", "DoseWhen", "MetadataWhen", "PhraseWhen", "When"]
