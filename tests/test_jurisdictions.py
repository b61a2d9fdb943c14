"""One page under all five jurisdictions at once: the report, and where it can be published.

`CAVEAT_UPDATE_GOLDEN=1 pytest tests/test_jurisdictions.py` rewrites the golden report.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from caveat.config import Layer
from caveat.engine.linter import Linter
from caveat.packs.scope import Jurisdiction
from caveat.report import Format, TerminalOptions, render

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).parent / "golden_jurisdictions" / "supplement-shop.txt"


def test_the_shop_page_under_all_jurisdictions(linter: Linter) -> None:
    everywhere = replace(linter, command_line=Layer(jurisdictions=tuple(Jurisdiction)))
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        report = everywhere.check_paths(["examples/supplement-shop.html"])
    finally:
        os.chdir(before)
    out = render(report, Format.TERMINAL, options=TerminalOptions(width=80))
    if os.environ.get("CAVEAT_UPDATE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(out, encoding="utf-8", newline="\n")
    assert out == GOLDEN.read_text(encoding="utf-8")
    verdicts = report.files[0].verdicts
    assert [v.jurisdiction for v in verdicts] == [j.value for j in Jurisdiction]
    assert all(not v.publishable for v in verdicts)
    by_country = {v.jurisdiction: {rule.partition("/")[0] for rule in v.stops} for v in verdicts}
    assert "eu" in by_country["eu"]
    assert "eu" not in by_country["us"]
    assert "ca" in by_country["ca"]
