"""The formats for programs, each against its consumer's schema or parser, with texts that try to break out."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import jsonschema
import pytest

from caveat.finding import Finding, Severity
from caveat.report import FORMATS, Format, github, markdown, render
from caveat.report.uri import path_uri
from caveat.result import FileReport, Report
from caveat.source import Source, Span

from .hostile import any_report
from .sample import ARTICLE, FINDINGS, article, report

SCHEMAS = Path(__file__).parent / "schemas"

# The messages and fields of reviewdog's proto/rdf/reviewdog.proto, closed, so that a misspelt field is found.
RDJSON = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$ref": "#/$defs/result",
    "$defs": {
        "result": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "diagnostics": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
                "source": {"$ref": "#/$defs/source"},
                "severity": {"$ref": "#/$defs/severity"},
            },
        },
        "diagnostic": {
            "type": "object",
            "additionalProperties": False,
            "required": ["message", "location"],
            "properties": {
                "message": {"type": "string"},
                "location": {"$ref": "#/$defs/location"},
                "severity": {"$ref": "#/$defs/severity"},
                "source": {"$ref": "#/$defs/source"},
                "code": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
                },
                "suggestions": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["range", "text"],
                        "properties": {"range": {"$ref": "#/$defs/range"}, "text": {"type": "string"}},
                    },
                },
                "original_output": {"type": "string"},
                "related_locations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"message": {"type": "string"}, "location": {"$ref": "#/$defs/location"}},
                    },
                },
            },
        },
        "location": {
            "type": "object",
            "additionalProperties": False,
            "required": ["path"],
            "properties": {"path": {"type": "string"}, "range": {"$ref": "#/$defs/range"}},
        },
        "range": {
            "type": "object",
            "additionalProperties": False,
            "required": ["start"],
            "properties": {"start": {"$ref": "#/$defs/position"}, "end": {"$ref": "#/$defs/position"}},
        },
        "position": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
        },
        "source": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
        },
        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
    },
}

# What docs.gitlab.com asks of an issue in a Code Quality report.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{40}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


@cache
def sarif_schema() -> Any:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema)


def values(of: Report, to: Format) -> Any:
    return json.loads(render(of, to))


def found(of: Report) -> list[Finding]:
    return [finding for _, _, finding in of.findings()]


def test_every_format_is_in_the_table() -> None:
    assert set(FORMATS) | {Format.TERMINAL} == set(Format)


@pytest.mark.parametrize("to", Format)
@any_report
def test_any_report_can_be_written_as_utf_8(to: Format, of: Report) -> None:
    out = render(of, to)
    assert not out or out.encode("utf-8").endswith(b"\n")


class TestSarif:
    @any_report
    def test_schema(self, of: Report) -> None:
        sarif_schema().validate(values(of, Format.SARIF))

    def test_results_point_at_their_rule_and_place(self) -> None:
        (run,) = values(report(), Format.SARIF)["runs"]
        assert run["columnKind"] == "unicodeCodePoints"
        rules = run["tool"]["driver"]["rules"]
        for result, finding in zip(run["results"], FINDINGS, strict=False):
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
            region = result["locations"][0]["physicalLocation"]["region"]
            start = region["charOffset"]
            assert ARTICLE[start : start + region["charLength"]] == region["snippet"]["text"]
            assert result["partialFingerprints"] == {"caveat/v1": finding.fingerprint}
        assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)

    def test_a_fix_replaces_what_it_says(self) -> None:
        (run,) = values(report(), Format.SARIF)["runs"]
        (replacement,) = run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"]
        region = replacement["deletedRegion"]
        assert ARTICLE[region["charOffset"] :][: region["charLength"]] == "4.50mg"
        assert replacement["insertedContent"]["text"] == "4.5 mg"

    def test_suppressed_findings_and_unread_files_are_told(self) -> None:
        (run,) = values(report(), Format.SARIF)["runs"]
        (suppression,) = run["results"][-1]["suppressions"]
        assert (suppression["kind"], suppression["justification"]) == ("inSource", "quoted from the clinic's leaflet")
        (invocation,) = run["invocations"]
        assert invocation["executionSuccessful"] is False
        (notification,) = invocation["toolExecutionNotifications"]
        assert "not UTF-8" in notification["message"]["text"]

    def test_an_unverified_source_is_never_printed_as_fact(self) -> None:
        rules = values(report(), Format.SARIF)["runs"][0]["tool"]["driver"]["rules"]
        help_ = next(rule for rule in rules if rule["id"] == "dosing/trailing-zero-fraction")["help"]
        assert "Unverified" in help_["text"]
        assert "Unverified" in help_["markdown"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/c#d?.md", "a%20b/c%23d%3F.md"),
        ("./a.md", "a.md"),
        ("../a.md", "../a.md"),
        ("c:d.md", "c%3Ad.md"),
        ("C:/x y.md", "file:///C:/x%20y.md"),
        ("/home/x.md", "file:///home/x.md"),
        ("50%.md", "50%25.md"),
        ("ключ.md", "%D0%BA%D0%BB%D1%8E%D1%87.md"),
        ("bad\udcff.md", "bad%FF.md"),
        ("a\nb.md", "a%0Ab.md"),
    ],
)
def test_paths_become_uris(path: str, uri: str) -> None:
    assert path_uri(path) == uri
    assert unquote_to_bytes(uri).endswith(path.removeprefix("./").encode("utf-8", "surrogateescape"))


def commands(out: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them: a line each, unescaped after it was split."""
    parsed = []
    for line in re.split("[\r\n]", out.removesuffix("\n")) if out else ():
        match = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
        assert match, line
        properties = {}
        for pair in match.group(2).split(","):
            key, _, value = pair.partition("=")
            properties[key] = value.replace("%3A", ":").replace("%2C", ",").replace("%0A", "\n").replace("%0D", "\r")
        parsed.append((match.group(1), properties, match.group(3)))
    return parsed


class TestGithub:
    @any_report
    def test_every_line_is_a_command_of_ours(self, of: Report) -> None:
        parsed = commands(render(of, Format.GITHUB))
        unread = sum(file.error is not None for file in of.files)
        assert len(parsed) == len(found(of)) + unread
        assert all(
            set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"} for _, properties, _ in parsed
        )

    def test_place_and_message(self) -> None:
        level, properties, message = commands(render(report(article()), Format.GITHUB))[0]
        assert level == "error"
        assert properties == {
            "file": "articles/low-dose-naltrexone.md",
            "line": "3",
            "endLine": "3",
            "col": "46",
            "endColumn": "67",
            "title": "efficacy/disease-treatment",
        }
        assert message.startswith("says that naltrexone reverses a disease: fibromyalgia. Say what")

    def test_columns_only_within_a_line(self) -> None:
        finding = Finding("efficacy/a", Severity.ERROR, "m", Span(0, 3))
        of = Report((FileReport("a.md", Source("a.md", "a\nb"), findings=(finding,)),))
        _, properties, _ = commands(render(of, Format.GITHUB))[0]
        assert "col" not in properties
        assert (properties["line"], properties["endLine"]) == ("1", "2")

    def test_hostile_values_are_read_back(self) -> None:
        finding = Finding("efficacy/a", Severity.ERROR, "50%\n::error::x", Span(0, 1))
        path = "a,b:c%0A\n.md"
        of = Report((FileReport(path, Source(path, "ab"), findings=(finding,)),))
        ((_, properties, message),) = commands(render(of, Format.GITHUB))
        assert properties["file"].replace("%25", "%") == path
        assert message == "50%25%0A::error::x"

    def test_no_more_than_github_shows_and_the_rest_is_counted(self) -> None:
        findings = tuple(
            Finding("efficacy/a", severity, f"m{i}", Span(0, 1)) for severity in Severity for i in range(12)
        )
        of = Report((FileReport("a.md", Source("a.md", "text"), findings=findings),))
        parsed = commands(render(of, Format.GITHUB))
        levels = [level for level, _, _ in parsed]
        assert {level: levels.count(level) for level in levels} == {"error": 10, "warning": 10, "notice": 10}
        assert parsed[-1][2].startswith("7 more findings not shown here")

    def test_the_step_summary_fits(self) -> None:
        findings = tuple(Finding("efficacy/a", Severity.ERROR, f"m{i} " + "x" * 500, Span(0, 1)) for i in range(4000))
        of = Report((FileReport("a.md", Source("a.md", "text"), findings=findings),))
        out = github.step_summary(of)
        assert len(out.encode()) <= 1024 * 1024
        left = int(re.search(r"… and (\d+) more findings", out).group(1))
        assert left + out.count("**error**") == 4000


class TestGitlab:
    @any_report
    def test_documented_fields_and_unique_fingerprints(self, of: Report) -> None:
        issues = values(of, Format.GITLAB)
        jsonschema.validate(issues, GITLAB)
        assert len(issues) == len(found(of)) + sum(file.error is not None for file in of.files)
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)

    def test_a_fingerprint_stays_when_lines_move(self) -> None:
        finding = Finding("efficacy/a", Severity.ERROR, "m", Span(0, 3), fingerprint="f")
        moved = Finding("efficacy/a", Severity.ERROR, "m", Span(2, 5), fingerprint="f")
        one, two = (
            values(Report((FileReport("a.md", Source("a.md", text), findings=(f,)),)), Format.GITLAB)[0]
            for text, f in (("abc", finding), ("\n\nabc", moved))
        )
        assert one["fingerprint"] == two["fingerprint"]
        assert (one["location"]["lines"]["begin"], two["location"]["lines"]["begin"]) == (1, 3)


class TestRdjson:
    @any_report
    def test_schema(self, of: Report) -> None:
        jsonschema.validate(values(of, Format.RDJSON), RDJSON)

    @any_report
    def test_columns_count_bytes(self, of: Report) -> None:
        diagnostics = [d for d in values(of, Format.RDJSON)["diagnostics"] if "range" in d["location"]]
        for (_, source, finding), diagnostic in zip(of.findings(), diagnostics, strict=True):
            for end, offset in (("start", finding.span.start), ("end", finding.span.end)):
                place = diagnostic["location"]["range"][end]
                line = source.text.encode("utf-8", "surrogatepass").split(b"\n")[place["line"] - 1]
                before = source.text[:offset].rpartition("\n")[2].encode("utf-8", "surrogatepass")
                assert line[: place["column"] - 1] == before

    def test_long_lines(self) -> None:
        text = "é" * 5000
        of = Report(
            (
                FileReport(
                    "a.md",
                    Source("a.md", text),
                    findings=tuple(Finding("a/b", Severity.NOTE, "m", Span(i, i)) for i in (0, 1023, 1024, 5000)),
                ),
            )
        )
        columns = [d["location"]["range"]["start"]["column"] for d in values(of, Format.RDJSON)["diagnostics"]]
        assert columns == [1, 2047, 2049, 10001]


def xml(of: Report, to: Format) -> ElementTree.Element:
    return ElementTree.fromstring(render(of, to).encode("utf-8"))


class TestJunit:
    @any_report
    def test_parses_and_counts_agree(self, of: Report) -> None:
        root = xml(of, Format.JUNIT)
        assert root.tag == "testsuites"
        assert len(root) == len(of.files)
        for suite, file in zip(root, of.files, strict=True):
            cases = suite.findall("testcase")
            assert int(suite.get("tests")) == len(cases) == len(suite)
            assert all(case.get("name") and case.get("classname") is not None for case in cases)
            for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                assert int(suite.get(attribute)) == len(suite.findall(f"testcase/{tag}"))
            failing = [f for f in file.findings if f.severity is not Severity.NOTE]
            assert len(suite.findall("testcase/failure")) == len(failing)

    def test_text_comes_back_as_it_was(self) -> None:
        message = 'a ]]> b <x> & "q"\n\tπ 👍'
        finding = Finding("efficacy/a", Severity.ERROR, message, Span(0, 1))
        of = Report((FileReport("<&>.md", Source("<&>.md", "text"), findings=(finding,)),))
        failure = xml(of, Format.JUNIT).find("testsuite/testcase/failure")
        assert failure.get("message") == message
        assert message in failure.text


class TestCheckstyle:
    @any_report
    def test_parses_and_holds_every_finding(self, of: Report) -> None:
        root = xml(of, Format.CHECKSTYLE)
        assert root.tag == "checkstyle"
        assert root.get("version")
        assert [child.tag for child in root] == ["file"] * len(of.files)
        for element, file in zip(root, of.files, strict=True):
            assert len(element) == len(file.findings) + (file.error is not None)
            for error in element:
                assert error.tag == "error"
                assert int(error.get("line")) >= 1
                assert error.get("severity") in {"error", "warning", "info", "ignore"}
                assert error.get("source").startswith("caveat.")

    def test_controls_are_replaced(self) -> None:
        finding = Finding("efficacy/a", Severity.ERROR, "a\x1b[0m\x00\ufffe", Span(0, 1))
        of = Report((FileReport("a.md", Source("a.md", "text"), findings=(finding,)),))
        assert xml(of, Format.CHECKSTYLE).find("file/error").get("message") == "a\ufffd[0m\ufffd\ufffd"


class TestCsv:
    @any_report
    def test_reads_back_as_many_rows_and_no_formulas(self, of: Report) -> None:
        rows = list(csv.DictReader(io.StringIO(render(of, Format.CSV), newline="")))
        unread = sum(file.error is not None for file in of.files)
        assert len(rows) == len(found(of)) + unread
        for row in rows:
            assert None not in row
            assert not any(value.lstrip(" ").startswith(("=", "+", "-", "@")) for value in row.values())

    def test_columns(self) -> None:
        rows = list(csv.DictReader(io.StringIO(render(report(article()), Format.CSV))))
        row = rows[1]
        assert (row["path"], row["line"], row["column"]) == ("articles/low-dose-naltrexone.md", "3", "46")
        assert (row["severity"], row["rule"], row["text"]) == (
            "error",
            "efficacy/disease-treatment",
            "reverses fibromyalgia",
        )


class TestMarkdown:
    @any_report
    def test_text_cannot_mention_link_or_open_a_tag(self, of: Report) -> None:
        out = render(of, Format.MARKDOWN)
        prose = re.sub(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)", "", out)  # code spans are inert
        for own in ("<details>", "</details>", "<summary>", "</summary>", "<!-- -->"):
            prose = prose.replace(own, "" if own != "<!-- -->" else "\0")
        assert not re.search(r"(?<!\\)<(?!https?://)", prose)
        assert not re.search(r"@(?!\0)", prose)
        assert not re.search(r"(?<!\\)\]\(", prose)

    def test_reads_well(self) -> None:
        out = render(report(), Format.MARKDOWN)
        assert out.startswith("## Caveat: 4 errors, 6 warnings, 2 notes in 2 files\n")
        assert "- ❌ **error** line 3: says that naltrexone reverses a disease" in out
        assert "- [x] talk to a professional (line 11)" in out
        assert "- [ ] author and reviewer: A byline\\." in out

    def test_code_spans_hold_any_backticks(self) -> None:
        assert markdown.code("a ``b`` c") == "```a ``b`` c```"
        assert markdown.code("`") == "`` ` ``"

    def test_a_comment_stays_below_the_limit(self) -> None:
        findings = tuple(Finding("efficacy/a", Severity.ERROR, f"é{i}" * 200, Span(0, 1)) for i in range(1000))
        of = Report((FileReport("a.md", Source("a.md", "text"), findings=findings),))
        assert len(render(of, Format.MARKDOWN).encode()) <= markdown.COMMENT_BYTES
