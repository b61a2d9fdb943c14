"""What a configuration says of articles that there are not: globs and acceptances that nothing answers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from caveat.config import ConfigFile
from caveat.packs.errors import Mistake
from caveat.result import FileReport


def unmatched_globs(file: ConfigFile, articles: Iterable[Path]) -> Iterator[Mistake]:
    """The globs of overrides that name none of some articles."""
    left = file.override_globs()
    for path in articles:
        if not left:
            return
        relative = file.relative(path)
        left = {loc: spec for loc, spec in left.items() if relative is None or not spec.match_file(relative)}
    for i, override in enumerate(file.config.overrides):
        for j, glob in enumerate(override.files):
            if ("overrides", i, "files", j) in left:
                yield file.parsed.mistake(("overrides", i, "files", j), f'no article is named by "{glob}"')


def unused_acceptances(file: ConfigFile, reports: Iterable[FileReport], today: date) -> Iterator[Mistake]:
    """The acceptances that hold today and for which none of some reports has a finding."""
    used = {known.accepted for report in reports for known in report.suppressed}
    for number, accepted in enumerate(file.config.accepted):
        if number in used or (accepted.expires is not None and accepted.expires < today):
            continue
        what = f"stands by “{accepted.text}”" if accepted.text else "is accepted by this"
        yield file.parsed.mistake(("accepted", number), f"nothing that {accepted.rule} reports {what}")
