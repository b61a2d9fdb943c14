"""Bylines, dates, references and paid links."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.analysis.disclosures.people import find_date, is_person
from caveat.packs.disclosures import load_disclosures
from caveat.packs.errors import PackError
from caveat.packs.files import rules_dir
from caveat.packs.when.disclosure import DisclosureKind, SignalKind

from .conftest import Find

_KEYS = load_disclosures(rules_dir() / "disclosures").keys


@pytest.mark.parametrize("shape", ["{:%Y-%m-%d}", "{:%B} {:%d}, {:%Y}", "{:%d} {:%B} {:%Y}", "{:%d} {:%b} {:%Y}"])
@given(day=st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_date_is_read_as_it_is_written(shape: str, day: date) -> None:
    assert find_date("Updated " + shape.replace("{:", "{0:").format(day) + " by us") == day


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_dates_and_names(text: str) -> None:
    found = find_date(text)
    assert found is None or 1900 <= found.year < 2100
    assert is_person(text, _KEYS) in (True, False)


@pytest.mark.parametrize("text", ["31/31/2025", "2025-13-40", "May 2025 was 40 May 99", "version 2.0.1"])
def test_what_is_no_date(text: str) -> None:
    found = find_date(text)
    assert found is None or found == date(2025, 5, 1)


@pytest.mark.parametrize("name", ["Ana Silva", "Dr. Marsh", "Ludwig van der Meer, MD", "Mary-Jane O'Neill, RD"])
def test_people(name: str) -> None:
    assert is_person(name, _KEYS)


@pytest.mark.parametrize("name", ["Editorial Team", "The Health Library staff", "Admin", "Acme Wellness Inc", "us"])
def test_teams(name: str) -> None:
    assert not is_person(name, _KEYS)


@pytest.mark.parametrize(
    ("matter", "kind"),
    [
        ("author: Ana Silva, RN", DisclosureKind.AUTHOR),
        ("byline: Ana Silva", DisclosureKind.AUTHOR),
        ("medically_reviewed_by: Tom Okafor, MD", DisclosureKind.REVIEWER),
        ("reviewers: [Tom Okafor]", DisclosureKind.REVIEWER),
        ("medical-reviewer: {name: Tom Okafor}", DisclosureKind.REVIEWER),
        ("last_updated: 2025-03-03", DisclosureKind.DATE),
        ("lastmod: 2025-03-03T10:00:00Z", DisclosureKind.DATE),
        ("references: [https://doi.org/10.1000/x]", DisclosureKind.REFERENCES),
        ("funding: A grant of the city", DisclosureKind.FUNDING),
    ],
)
def test_front_matter(matter: str, kind: DisclosureKind, find: Find) -> None:
    found = find(f"---\ntitle: Page\n{matter}\n---\n\nSome words.\n").disclosures
    assert kind in {d.kind for d in found}


def test_empty_front_matter_names_nobody(find: Find) -> None:
    found = find("---\ntitle: Page\nauthor:\ndate: soon\nreviewer: TBD\n---\n\nSome words.\n").disclosures
    assert found == ()


def test_json_ld(find: Find) -> None:
    page = """<html><head><script type="application/ld+json">{"@type": "MedicalWebPage",
      "author": {"@type": "Person", "name": "Ana Silva"}, "reviewedBy": {"name": "Tom Okafor, MD"},
      "dateModified": "2025-03-03", "citation": "https://doi.org/10.1000/x"}</script></head>
      <body><h1>Page</h1><p>Some words.</p></body></html>"""
    kinds = {d.kind for d in find(page, "page.html").disclosures}
    assert {DisclosureKind.AUTHOR, DisclosureKind.REVIEWER, DisclosureKind.DATE, DisclosureKind.REFERENCES} <= kinds


def test_prose_is_no_byline(find: Find) -> None:
    text = "# Page\n\nIt was approved by the FDA in 1984 and studied by Ana Silva in a long and careful trial.\n"
    kinds = {d.kind for d in find(text).disclosures}
    assert not kinds & {DisclosureKind.AUTHOR, DisclosureKind.REVIEWER, DisclosureKind.DATE}


def test_a_team_is_told_from_a_person(find: Find) -> None:
    found = find("# Page\n\nReviewed by the Acme Editorial Board\n\nSome words.\n").disclosures
    assert [(d.kind, d.exact) for d in found] == [(DisclosureKind.REVIEWER, False)]


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("# Page\n\n## About the author\n\nAna Silva is a pharmacist.\n", "page.md"),
        ("# Page\n\n**Ana Silva, MD**\n\nSome words.\n", "page.md"),
        ("# Page\n\nAna Silva, PhD | 3 March 2026\n\nSome words.\n", "page.md"),
        ("# Page\n\nWhat zinc does in a cold.\n\nAna Silva, MD\n\nSome words.\n", "page.md"),
        ("# Page\n\n3 March 2026\n\nAna Silva, MD\n\nSome words.\n", "page.md"),
        ("# Page\n\nWith Dr. Ana Silva\n\nSome words.\n", "page.md"),
        ("# Page\n\nHello, I'm Dr. Ana Silva, and I work in Porto.\n", "page.md"),
        ("# Page\n\n| Written by | Medical Review |\n|---|---|\n| Ana Silva | Tom Okafor, MD |\n", "page.md"),
        ("# Page\n\n| Role | Name |\n|---|---|\n| Written by | Ana Silva |\n", "page.md"),
        ("<h1>Page</h1><div>Written by</div><div>Ana Silva</div><p>Some words.</p>", "page.html"),
        ("# Page\n\n**Words:** Ana Silva\n", "page.md"),
    ],
)
def test_a_name_stands_below_or_beside_its_label(page: str, path: str, find: Find) -> None:
    found = [d for d in find(page, path).disclosures if d.kind is DisclosureKind.AUTHOR]
    assert [(d.text[:9], d.exact) for d in found] == [("Ana Silva", True)]


@pytest.mark.parametrize(
    "text",
    [
        "## About the author of the study\n\nAna Silva was born in Porto.",
        "An interview with Dr. Ana Silva, who works in Porto.",
        "Dr. Ana Silva opened the clinic in Porto.",
        "“It helped me sleep.”\n\nDr. Ana Silva, Porto",
        "> My knees no longer creak.\n\nDr. Ana Silva, Porto",
        '"My knees no longer creak," she says.\n\nDr. Ana Silva, Porto',
        "Photo:\n\nDr. Ana Silva, MD",
        "On the picture\n\nDr. Ana Silva, MD",
        "Photo: Dr. Ana Silva, MD",
        "## Meet the author\n\nSome words stand here.\n\nAna Silva took part.",
        "The evidence was reviewed by Ana Silva.",
        "The law was published on 3 March 2024 and still holds.",
    ],
)
def test_what_does_not_speak_of_the_page_is_no_byline(text: str, find: Find) -> None:
    kinds = {d.kind for d in find(f"# Page\n\n{text}\n").disclosures}
    assert not kinds & {DisclosureKind.AUTHOR, DisclosureKind.REVIEWER, DisclosureKind.DATE}


@pytest.mark.parametrize("label", ["Medically reviewed by", "Reviewed by:", "Medical review"])
def test_a_name_below_the_label_of_a_review_is_the_reviewers_alone(label: str, find: Find) -> None:
    found = find(f"# Page\n\n{label}\n\nDr. Ana Silva, MD\n\nSome words.\n").disclosures
    assert [(d.kind, d.exact) for d in found] == [(DisclosureKind.REVIEWER, True)]


@pytest.mark.parametrize("label", ["**Sources:**", "**Scientific references:**", "Sources we used for this page:"])
def test_a_list_of_sources_may_open_with_a_line(label: str, find: Find) -> None:
    for entry, counts in (("Doe J. Zinc in colds. J Zinc. 2019;3:1-9.", True), ("Beans and eggs", False)):
        kinds = {d.kind for d in find(f"# Page\n\nSome words.\n\n{label}\n\n- {entry}\n").disclosures}
        assert (DisclosureKind.REFERENCES in kinds) is counts


def test_the_title_of_a_source_discloses_nothing(find: Find) -> None:
    page = "# Page\n\nSome words.\n\n## References\n\n- Doe J. Zinc should not be used in pregnancy. 2019;3:1-9.\n"
    assert {d.kind for d in find(page).disclosures} == {DisclosureKind.REFERENCES}
    note = "# Page\n\nSome words.\n\n## Notes\n\nDo not use it in pregnancy.\n"
    assert DisclosureKind.PREGNANCY in {d.kind for d in find(note).disclosures}


@pytest.mark.parametrize(
    ("entry", "counts"),
    [("1. Doe J. Trial of zinc. J Zinc. 2019;3:1-9.", True), ("- In our own survey, most were happy.", False)],
)
def test_references_point_to_something(entry: str, counts: bool, find: Find) -> None:
    found = find(f"# Page\n\nSome words.\n\n## References\n\n{entry}\n").disclosures
    assert any(d.kind is DisclosureKind.REFERENCES for d in found) is counts


_ONE = "This statement has not been evaluated by the Food and Drug Administration."
_MANY = "These statements have not been evaluated by the Food and Drug Administration."
_PRODUCT = "This product is not intended to diagnose, treat, cure, or prevent any disease."


@pytest.mark.parametrize(
    ("note", "exact"),
    [
        (f"{_ONE} {_PRODUCT}", True),
        (f"\\*{_MANY} {_PRODUCT}", True),
        (f"{_MANY} {_PRODUCT}".replace("Food and", "**Food** and").replace("is not", "is\nnot"), True),
        (f"{_MANY} {_PRODUCT}".replace("Food and Drug Administration", "FDA"), False),
        (_PRODUCT.replace("any ", ""), False),
        (_ONE, False),
    ],
)
def test_dshea_wording(note: str, exact: bool, find: Find) -> None:
    notes = [d for d in find(f"# Page\n\n{note}\n").disclosures if d.kind is DisclosureKind.DSHEA]
    assert notes
    assert all(d.exact is exact for d in notes)


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("[this one](https://www.amazon.com/dp/B00?tag=site-20)", SignalKind.AFFILIATE_LINK),
        ("[this one](https://amzn.to/abc)", SignalKind.AFFILIATE_LINK),
        ("[this one](https://www.iherb.com/pr/zinc)", SignalKind.SHOP_LINK),
        ("[their manual](https://docs.aws.amazon.com/manual)", None),
        ("[their report](https://investors.target.com/2025?ref=page)", None),
        ("[Buy now](/zinc)", SignalKind.SHOP_LINK),
        ("[this one](https://vitamins.example/products/zinc?ref=us)", SignalKind.AFFILIATE_LINK),
        ("[the trial](https://doi.org/10.1000/x)", None),
        ("[our guide](/guides/zinc)", None),
        ("[a page](https://example.org/article?ref=newsletter)", None),
        ("[a jar](https://jars.example/zinc?aff=12)", SignalKind.AFFILIATE_LINK),
        ("[a page](https://example.org/x?" + "&".join(f"a{i}=1" for i in range(300)) + ")", None),
        ("[broken](https://[::1)", None),
    ],
)
def test_links(link: str, kind: SignalKind | None, find: Find) -> None:
    paid = {SignalKind.AFFILIATE_LINK, SignalKind.SHOP_LINK}
    signals = [s.kind for s in find(f"# Page\n\nSee {link} for more.\n").signals if s.kind in paid]
    assert signals == ([kind] if kind else [])


def test_a_bare_address_is_shown_as_it_stands(find: Find) -> None:
    (signal,) = find("# Page\n\nWe like https://www.iherb.com/pr/zinc best.\n").signals
    assert signal.text == "https://www.iherb.com/pr/zinc"


def test_rel_sponsored_is_an_affiliate_link(find: Find) -> None:
    page = '<h1>Page</h1><p><a rel="nofollow sponsored" href="https://example.org/x">this</a></p>'
    assert [s.kind for s in find(page, "page.html").signals] == [SignalKind.AFFILIATE_LINK]


def test_mistakes_in_the_data_are_told_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("disclosures:\n  - kind: informatonal-only\n    any: [x]\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"bad\.yaml:2:\d+.*informatonal-only.*informational-only"):
        load_disclosures(tmp_path)


_ENTRIES = [
    "Doe J. Zinc in colds. J Zinc. 2019;3:1-9.",
    "Silva A, Okafor T (2021). Zinc and smell.",
    "https://doi.org/10.1000/zinc.1",
    "doi:10.1000/zinc.2",
    "PMID: 12345678",
    "PMC1234567",
    "NCT01234567",
    "[A trial of zinc](https://example.org/zinc)",
    "World Health Organization. Zinc. 2020.",
    "National Institutes of Health: https://example.org/nih-zinc",
    "ISBN 978-0-00-000000-2",
    "Label of zinc sulfate tablets, 2023",
    "www.example.org/zinc-review",
    "Okafor T, et al. BMJ 2018;361:k1",
    "Zinc guideline. London: Example Institute; 2022.",
    "Example Agency. Safety of zinc. Accessed 3 March 2025.",
    "A. Silva, “Zinc”, in Minerals, 2017, pp. 3–9",
    "Cochrane review of zinc lozenges, 10.1002/14651858.CD000001",
    "Silva 2016",
    "[Doe 2015](https://doi.org/10.1000/zinc.3)",
    "Example Trial Register, NCT07654321",
    "The zinc study group. Lancet 1999; 354: 1-2.",
    "Press release of the Example University, 4 May 2024",
    "PubMed: https://example.org/pubmed/1",
    "Federal Register 2000;65:1000",
]


@pytest.mark.parametrize("heading", ["References", "Sources", "Further reading"])
@pytest.mark.parametrize("entry", _ENTRIES)
def test_a_list_of_sources_is_found(heading: str, entry: str, find: Find) -> None:
    pages = {
        "page.md": f"# Page\n\nSome words.\n\n## {heading}\n\n1. {entry}\n",
        "page.html": f"<h1>Page</h1><p>Some words.</p><h2>{heading}</h2><ol><li>{entry}</li></ol>",
    }
    for path, page in pages.items():
        if not (path.endswith("html") and "](" in entry):
            assert DisclosureKind.REFERENCES in {d.kind for d in find(page, path).disclosures}


@pytest.mark.parametrize(
    ("meta", "kind"),
    [
        ('<meta name="author" content="Ana Silva">', DisclosureKind.AUTHOR),
        ('<meta property="article:author" content="Ana Silva">', DisclosureKind.AUTHOR),
        ('<meta property="article:modified_time" content="2025-03-03T10:00:00Z">', DisclosureKind.DATE),
        ('<meta property="article:published_time" content="2025-03-03">', DisclosureKind.DATE),
        ('<meta name="citation_reference" content="Doe 2019">', DisclosureKind.REFERENCES),
        ('<script type="application/ld+json">{"datePublished": "2025-03-03"}</script>', DisclosureKind.DATE),
    ],
)
def test_meta_tags(meta: str, kind: DisclosureKind, find: Find) -> None:
    page = f"<html><head><title>Page</title>{meta}</head><body><h1>Page</h1><p>Some words.</p></body></html>"
    assert kind in {d.kind for d in find(page, "page.html").disclosures}


def test_a_byline_goes_on_after_a_soft_line_break(find: Find) -> None:
    text = "Zinc\n====\n\nWritten by\nAna Silva, RN, and medically reviewed by Tom\nOkafor, MD.\n"
    found = {(d.kind, d.exact) for d in find(text, "leaflet.txt").disclosures}
    for kind in (DisclosureKind.AUTHOR, DisclosureKind.REVIEWER):
        assert (kind, True) in found


def test_a_heading_that_holds_the_text_is_read_as_text(find: Find) -> None:
    heading = "What is Zinclor? Zinclor is a medicine for colds. " + "It is made in a large plant by the sea. " * 4
    page = f"# Zinclor\n\n## {heading}It may cause nausea and headaches.\n"
    assert DisclosureKind.SIDE_EFFECTS in {d.kind for d in find(page).disclosures}


_ZINC = "# Zinc\n\nZinc is found in meat.\n\n"


@pytest.mark.parametrize(
    ("kinds", "line"),
    [
        ("author", "with Dr. Ines Moreau, ND"),
        ("author", "Ines Moreau, ND"),
        ("author", "Ines Moreau, Health Editor"),
        ("author", "Co-written by Ines Moreau, RD, and Tom Okafor"),
        ("author", "Guest post by Ines Moreau"),
        ("author", "Dr. Ines Moreau here, naturopath and runner."),
        ("author", "Ines Moreau here, and I have grown herbs since 1998."),
        ("author", "Ines Moreau here. I have grown herbs since 1998."),
        ("reviewer", "Ines Moreau checked this article in May."),
        ("reviewer", "Ines Moreau, RD, reviewed the leaflet."),
        ("reviewer", "Dr. Ines Moreau verified it before it went out."),
        ("author reviewer", "Written by the editorial team, checked by Tom Okafor, PharmD"),
        ("author reviewer", "Written by Ines Moreau\nReviewed by Tom Okafor, MD"),
        ("author reviewer", "Ines Moreau, RD, wrote this guide. Tom Okafor, MD, reviewed it."),
        ("author", "*Ines Moreau is a dietitian in Lyon. She wrote this article in May.*"),
        ("reviewer", "This page has been reviewed for medical accuracy by Tom Okafor, MD."),
        ("reviewer", "Checked by our consultant pharmacist Tom Okafor"),
        ("", "With Dr. Ines Moreau, who has studied zinc for years, the team looked at wounds."),
        ("", "Their paper was written by Moreau in 1998 and reviewed by Tom Okafor."),
        ("", "“Zinc is no cure,” says Ines Moreau, RD, who wrote the book on it."),
        ("", "Every jar is checked by Tom Okafor before it leaves the plant."),
        ("", "Join us for a talk with Dr. Ines Moreau, ND."),
        ("", "Ines Moreau led the trial, and the board reviewed the plan."),
        ("", "Anna Berg reviewed it and gave five stars."),
        ("", "Anna Berg, MD, reviewed it and gave five stars."),
        ("", "Anna Berg reviewed the guide and gave five stars."),
        ("", "Anna Berg verified it."),
        ("", "Mary Jones edited it, then slept."),
        ("", "Green Tea here, hot and fresh."),
        ("", "Happy Easter here!"),
        ("", "Summer Sale here and now."),
        ("", "New York here."),
    ],
)
def test_a_byline_has_many_shapes(kinds: str, line: str, find: Find) -> None:
    block = f"# Zinc\n\n{line}\n\nZinc is found in meat.\n" if not line.endswith((".", "*")) else f"{_ZINC}{line}\n"
    told = {d.kind.value for d in find(block).disclosures} & {"author", "reviewer"}
    assert " ".join(sorted(told)) == kinds
