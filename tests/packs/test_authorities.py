"""What the shipped rules rest on is the text itself: law, guidance, label or study, at its own address."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from caveat.packs.library import load_language, load_rules

PRIMARY = frozenset(
    {
        # law and regulators
        "dailymed.nlm.nih.gov",
        "dietarysupplementdatabase.usda.nih.gov",
        "eur-lex.europa.eu",
        "laws-lois.justice.gc.ca",
        "open.canada.ca",
        "uscode.house.gov",
        "www.asa.org.uk",
        "www.canada.ca",
        "www.ecfr.gov",
        "www.efsa.europa.eu",
        "www.fda.gov",
        "www.ftc.gov",
        "www.gov.uk",
        "www.legislation.gov.au",
        "www.legislation.gov.uk",
        "www.nhs.uk",
        "www.samhsa.gov",
        "www.tga.gov.au",
        # bodies that set a standard, at their own address
        "developers.google.com",
        "nap.nationalacademies.org",
        "static.googleusercontent.com",
        "support.google.com",
        "www.healthnewsreview.org",
        "www.ismp.org",
        "www.jointcommission.org",
        # studies and reviews; the withdrawn HONcode is read where a journal printed it
        "bjsm.bmj.com",
        "bmjopen.bmj.com",
        "doi.org",
        "pmc.ncbi.nlm.nih.gov",
        "www.ncbi.nlm.nih.gov",
        # makers, on their own products
        "medical.lilly.com",
        "www.claritin.com",
    }
)


def verified() -> Iterator[tuple[str, str]]:
    """Every rule or substance with the address of a source of it that was read."""
    for pack in load_rules():
        for rule in pack.rules:
            yield from ((rule.id, one.url) for one in rule.authority if one.verified)
    for substance in load_language().reference.substances.values():
        sources = {substance.source, *(band.source for band in substance.bands)}
        yield from ((substance.id, source.url) for source in sources if source.verified)


def test_what_is_called_verified_links_the_text_itself() -> None:
    elsewhere = {(name, url) for name, url in verified() if urlsplit(url).hostname not in PRIMARY}
    assert not elsewhere


def test_no_host_is_allowed_that_nothing_uses() -> None:
    assert {urlsplit(url).hostname for _, url in verified()} >= PRIMARY
