"""The command line. Heavy imports happen inside the commands."""

from __future__ import annotations


def main() -> None:
    """Run `caveat`; the process exits with 0, 1 (findings) or 2 (usage or configuration mistake)."""
    from caveat.cli.app import app  # noqa: PLC0415 - click is not needed to import the package

    app(prog_name="caveat")
