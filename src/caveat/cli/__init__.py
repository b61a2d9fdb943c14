"""The command line. Heavy imports happen inside the commands."""

from __future__ import annotations

import atexit
import gc

COLLECT_AFTER = 5_000_000
"""Objects held before garbage is looked for. A run makes many that live to its end and hardly a cycle: looking for
them at Python's own pace takes a fifth of the start-up and of a long article; 960 articles need 16 MiB more without."""


def main() -> None:
    """Run `caveat`; the process exits with 0, 1 (findings) or 2 (usage or configuration mistake)."""
    gc.set_threshold(COLLECT_AFTER)
    atexit.register(gc.freeze)  # an interpreter that ends looks for cycles once more: a fifth of a run on one article
    from caveat.cli.app import app  # noqa: PLC0415 - click is not needed to import the package

    app(prog_name="caveat")
