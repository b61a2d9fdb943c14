"""Paths as the service sees them that a report is for: from the top of its checkout, wherever the run started."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from caveat.report import Format
from caveat.result import FileReport, Report

_TOP: Mapping[Format, str] = MappingProxyType(
    {
        Format.GITHUB: "GITHUB_WORKSPACE",
        Format.SARIF: "GITHUB_WORKSPACE",
        Format.GITLAB: "CI_PROJECT_DIR",
    }
)
"""The variable that names the top of the checkout to the steps of a job, by the format that the service reads."""


def from_top(report: Report, format_: Format) -> Report:
    """The report with the paths that the service of a format expects; as it is outside a job of that service."""
    top = os.environ.get(_TOP.get(format_, ""), "")
    if not top or Path(top).absolute() == Path.cwd():
        return report
    return replace(report, files=tuple(_moved(file, Path(top).absolute()) for file in report.files))


def _moved(file: FileReport, top: Path) -> FileReport:
    place = Path(os.path.abspath(file.path))  # noqa: PTH100 - links stay as they were named
    if not place.is_relative_to(top):
        return file
    path = place.relative_to(top).as_posix()
    return replace(file, path=path, source=None if file.source is None else replace(file.source, path=path))
