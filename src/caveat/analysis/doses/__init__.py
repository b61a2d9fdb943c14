"""Doses: every quantity of a substance that an article states, read like a pharmacist reads it."""

from caveat.analysis.doses.assemble import DoseReader, dose_reader, plain
from caveat.analysis.doses.reading import Reading

__all__ = ["DoseReader", "Reading", "dose_reader", "plain"]
