"""What the shipped rules rest on is the text itself: law, guidance, label or study, at its own address.

A figure of the dose reference may also rest on a compendium for prescribers, if its title says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from caveat.packs.library import load_language, load_rules
from caveat.packs.reference import Source

PRIMARY = frozenset(
    {
        # law and regulators; package leaflets as approved
        "api.fda.gov",
        "beta.nhs.uk",
        "cybercemetery.unt.edu",
        "dailymed.nlm.nih.gov",
        "dietarysupplementdatabase.usda.nih.gov",
        "eur-lex.europa.eu",
        "laws-lois.justice.gc.ca",
        "medicines.org.uk",
        "medlibrary.org",
        "open.canada.ca",
        "uscode.house.gov",
        "webprod.hc-sc.gc.ca",
        "www.accessdata.fda.gov",
        "www.asa.org.uk",
        "www.canada.ca",
        "www.ecfr.gov",
        "www.efsa.europa.eu",
        "www.ema.europa.eu",
        "www.fda.gov",
        "www.ftc.gov",
        "www.gov.uk",
        "www.legislation.gov.au",
        "www.legislation.gov.uk",
        "www.ncic.nhs.uk",
        "sps.nhs.uk",
        "www.nhs.uk",
        "www.nice.org.uk",
        "www.samhsa.gov",
        "www.tga.gov.au",
        "www2.hse.ie",
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
        "butrans.com",
        "medical.lilly.com",
        "soltamox.com",
        "www.alevehcp.com",
        "www.claritin.com",
        "www.ozempic.com",
        "www.victozapro.com",
    }
)

# compendia for prescribers and a state's formulary, named in the title as what was read; a page for consumers or of a
# shop is named too, but proves nothing
SECONDARY = {
    "download.skyscape.com": "Skyscape",
    "examine.com": "Examine",
    "globalrph.com": "GlobalRPh",
    "mobile.fpnotebook.com": "Family Practice Notebook",
    "pdr.net": "PDR",
    "reference.medscape.com": "Medscape",
    "www.drugs.com": "Drugs.com",
    "www.empr.com": "MPR",
    "www.mayoclinic.org": "Mayo Clinic",
    "www.medscape.co.uk": "Medscape UK",
    "www.mims.com": "MIMS",
    "www.mimslearning.co.uk": "MPR",
    "www.msdmanuals.com": "MSD Manual",
    "www.rxlist.com": "RxList",
    "www.stanfordchildrens.org": "Stanford Medicine Children's Health",
    "www.txvendordrug.com": "Texas Vendor Drug Program",
}


def verified() -> Iterator[tuple[str, str]]:
    """Every rule or substance with the address of a source of it that was read."""
    for pack in load_rules():
        for rule in pack.rules:
            yield from ((rule.id, one.url) for one in rule.authority if one.verified)
    for name, source in read_sources():
        if urlsplit(source.url).hostname not in SECONDARY:
            yield name, source.url


def read_sources() -> Iterator[tuple[str, Source]]:
    """Every substance of the reference with a source of its figures that was read."""
    for substance in load_language().reference.substances.values():
        yield from ((substance.id, source) for source in substance.sources if source.verified)


def test_what_is_called_verified_links_the_text_itself() -> None:
    elsewhere = {(name, url) for name, url in verified() if urlsplit(url).hostname not in PRIMARY}
    assert not elsewhere


def test_a_secondary_source_is_named_as_what_it_is() -> None:
    named = {(SECONDARY.get(str(urlsplit(s.url).hostname), ""), s.title) for _, s in read_sources()}
    assert all(title.startswith(name) for name, title in named)
    assert {name for name, _ in named} >= set(SECONDARY.values())


def test_no_host_is_allowed_that_nothing_uses() -> None:
    assert {urlsplit(url).hostname for _, url in verified()} >= PRIMARY
