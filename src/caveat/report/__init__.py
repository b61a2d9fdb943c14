"""Reporters: pure functions of a `Report`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from caveat.report import json
from caveat.report.options import Color, TerminalOptions, Verbosity
from caveat.result import Report

__all__ = ["FORMATS", "Color", "Format", "TerminalOptions", "Verbosity", "render"]


class Format(StrEnum):
    """What a report can be written as."""

    TERMINAL = "terminal"
    JSON = "json"


FORMATS: Mapping[Format, Callable[[Report], str]] = MappingProxyType({Format.JSON: json.render})
"""The formats for programs. The terminal report takes options and has its own module."""


def render(report: Report, format: Format, *, options: TerminalOptions | None = None) -> str:  # noqa: A002
    """The report in a format, as text that ends in a newline. `options` concern the terminal report only."""
    if format is Format.TERMINAL:
        from caveat.report import terminal  # noqa: PLC0415 - rich is dear and only this format needs it

        return terminal.render(report, options or TerminalOptions())
    return FORMATS[format](report)
