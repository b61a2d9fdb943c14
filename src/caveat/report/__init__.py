"""Reporters: pure functions of a `Report`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from caveat.report import csv, github, gitlab, json, markdown, rdjson, sarif, xml
from caveat.report.options import Color, TerminalOptions, Verbosity
from caveat.result import Report

__all__ = ["FORMATS", "Color", "Format", "TerminalOptions", "Verbosity", "render"]


class Format(StrEnum):
    """What a report can be written as."""

    TERMINAL = "terminal"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    CHECKSTYLE = "checkstyle"
    RDJSON = "rdjson"
    CSV = "csv"
    MARKDOWN = "markdown"


FORMATS: Mapping[Format, Callable[[Report], str]] = MappingProxyType(
    {
        Format.JSON: json.render,
        Format.SARIF: sarif.render,
        Format.GITHUB: github.render,
        Format.GITLAB: gitlab.render,
        Format.JUNIT: xml.junit,
        Format.CHECKSTYLE: xml.checkstyle,
        Format.RDJSON: rdjson.render,
        Format.CSV: csv.render,
        Format.MARKDOWN: markdown.render,
    }
)
"""The formats for programs. The terminal report takes options and has its own module."""


def render(report: Report, format: Format, *, options: TerminalOptions | None = None) -> str:  # noqa: A002
    """The report in a format, as text that can be written as UTF-8. `options` concern the terminal report only."""
    if format is Format.TERMINAL:
        from caveat.report import terminal  # noqa: PLC0415 - rich is dear and only this format needs it

        return terminal.render(report, options or TerminalOptions())
    return FORMATS[format](report)
