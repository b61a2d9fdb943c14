"""Reporters: pure functions of a `Report`. Each is imported when its format is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType
from typing import cast

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


FORMATS: Mapping[Format, str] = MappingProxyType(
    {
        Format.JSON: "json:render",
        Format.SARIF: "sarif:render",
        Format.GITHUB: "github:render",
        Format.GITLAB: "gitlab:render",
        Format.JUNIT: "xml:junit",
        Format.CHECKSTYLE: "xml:checkstyle",
        Format.RDJSON: "rdjson:render",
        Format.CSV: "csv:render",
        Format.MARKDOWN: "markdown:render",
    }
)
"""The formats for programs: the module of this package and its function from a `Report` to text.

The terminal report takes options and has its own module.
"""


def render(report: Report, format: Format, *, options: TerminalOptions | None = None) -> str:  # noqa: A002
    """The report in a format, as text that can be written as UTF-8. `options` concern the terminal report only."""
    if format is Format.TERMINAL:
        from caveat.report import terminal  # noqa: PLC0415 - rich is dear and only this format needs it

        return terminal.render(report, options or TerminalOptions())
    module, _, function = FORMATS[format].partition(":")
    renderer = getattr(import_module(f"{__name__}.{module}"), function)
    return cast("Callable[[Report], str]", renderer)(report)
