"""What an article is published as, whose rules are asked of it, and how grave what they find is."""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """What kind of page an article is; it chooses rules and severities."""

    ARTICLE = "article"
    SUPPLEMENT_MARKETING = "supplement-marketing"
    DRUG_MARKETING = "drug-marketing"
    PATIENT_GUIDE = "patient-guide"


MARKETING = frozenset({Profile.SUPPLEMENT_MARKETING, Profile.DRUG_MARKETING})
"""Profiles of pages that sell what they write about."""


class Jurisdiction(StrEnum):
    """Whose rules are asked."""

    US = "us"
    EU = "eu"
    UK = "uk"
    AU = "au"
    CA = "ca"


class Level(StrEnum):
    """A severity, or off."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"
