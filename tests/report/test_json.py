"""The JSON report, version 1."""

from __future__ import annotations

import json

from caveat.report import Format, render
from caveat.result import Report

from .hostile import any_report
from .sample import ARTICLE, report

DOCUMENTED = {
    "rule",
    "severity",
    "scope",
    "message",
    "text",
    "start",
    "end",
    "cues",
    "suggestion",
    "authority",
    "related",
    "fix",
    "fingerprint",
}


def values(of: Report) -> dict:
    return json.loads(render(of, Format.JSON))


def test_has_the_documented_shape() -> None:
    out = values(report())
    assert out["version"] == 1
    assert out["tool"] == {"name": "caveat", "version": "1.2.3"}
    assert [file["path"] for file in out["files"]] == [
        "articles/low-dose-naltrexone.md",
        "articles/broken.md",
        "articles/clean.md",
    ]
    assert out["summary"] == {
        "files": 3,
        "failed": 1,
        "error": 4,
        "warning": 6,
        "note": 2,
        "suppressed": 1,
        "skipped": 1,
    }
    finding = out["files"][0]["findings"][1]
    assert set(finding) >= DOCUMENTED
    assert finding["rule"] == "efficacy/disease-treatment"
    assert finding["text"] == "reverses fibromyalgia"
    assert (finding["start"]["line"], finding["start"]["column"]) == (3, 46)
    assert finding["authority"][0]["jurisdiction"] == "us"


def test_offsets_cut_the_text_out_of_the_file() -> None:
    for finding in values(report())["files"][0]["findings"]:
        assert ARTICLE[finding["start"]["offset"] : finding["end"]["offset"]] == finding["text"]


def test_a_fix_says_what_to_replace() -> None:
    fix = values(report())["files"][0]["findings"][0]["fix"]
    edit = fix["edits"][0]
    assert fix["safe"] is True
    assert ARTICLE[edit["start"]["offset"] : edit["end"]["offset"]] == "4.50mg"
    assert edit["text"] == "4.5 mg"


def test_a_file_that_cannot_be_read_says_why_and_a_clean_one_is_empty() -> None:
    _, broken, clean = values(report())["files"]
    assert broken["error"] == "not UTF-8: byte 0xff at offset 12"
    assert broken["findings"] == []
    assert clean["error"] is None
    assert clean["findings"] == []


def test_suppressed_findings_stand_apart_with_their_reason() -> None:
    (known,) = values(report())["files"][0]["suppressed"]
    assert (known["rule"], known["suppressed_by"]) == ("efficacy/vague-research", "comment")
    assert known["reason"] == "quoted from the clinic's leaflet"


@any_report
def test_any_text_survives_as_ascii(of: Report) -> None:
    out = render(of, Format.JSON)
    assert out.isascii()
    parsed = json.loads(out)
    assert [file["path"] for file in parsed["files"]] == [file.path for file in of.files]
    messages = [finding["message"] for file in parsed["files"] for finding in file["findings"]]
    assert messages == [finding.message for file in of.files for finding in file.findings]
