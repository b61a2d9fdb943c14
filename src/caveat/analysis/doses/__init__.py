"""Doses: every quantity of a substance that an article states, read like a pharmacist reads it."""

from caveat.analysis.doses.assemble import DoseReader, plain
from caveat.analysis.doses.reading import Reading

__all__ = ["DoseReader", "Reading", "plain"]
