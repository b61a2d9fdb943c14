"""Disclosures: what a page tells its readers about itself, and what shows that it owes them more.

`DisclosureFinder` is compiled once from rules/disclosures; `find` gives the disclosures and signals of a
document. Wordings are phrase templates; names, dates and metadata are read by the sibling modules.
"""

from caveat.analysis.disclosures.finder import DisclosureFinder, Found

__all__ = ["DisclosureFinder", "Found"]
