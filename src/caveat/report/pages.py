"""The rules as a folder of Markdown pages: one page a rule, and an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caveat.packs.model import Pack, Rule
from caveat.packs.scope import Level
from caveat.report.explain import markdown, prose
from caveat.report.markdown import code

INDEX = "README.md"


def rule_pages(packs: Sequence[Pack]) -> Mapping[str, str]:
    """The pages by their path in the folder: `README.md` and `<pack>/<slug>.md`. Each ends in a newline."""
    ordered = sorted(packs, key=lambda pack: pack.name)
    pages = {f"{rule.id}.md": markdown(rule, ordered) for pack in ordered for rule in pack.rules}
    return {INDEX: _index(ordered), **pages}


def _index(packs: Sequence[Pack]) -> str:
    lines = [
        "# Rules",
        "",
        "Written from the packs by `caveat rules docs docs/rules`; change the packs, not these pages.",
    ]
    for pack in packs:
        lines += [
            "",
            f"## {prose(pack.title)} ({code(pack.name)})",
            "",
            "| rule | severity | looks for |",
            "|---|---|---|",
        ]
        lines += [_row(rule) for rule in pack.rules]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    return f"| [{code(rule.id)}]({rule.id}.md) | {_severity(rule)} | {prose(rule.title)} |"


def _severity(rule: Rule) -> str:
    """The severity, with the profiles under which it differs."""
    differing = [f"{p.value}: {level.value}" for p, level in rule.severity_by.items() if level != Level(rule.severity)]
    return rule.severity.value + (f" ({', '.join(differing)})" if differing else "")
