"""Caveat: a linter for health-claim writing."""

__version__ = "0.1.0"
