"""What the pages say is so: packs in them load and pass their examples, links lead somewhere, commands exist."""

from __future__ import annotations

import os
import re
import textwrap
from pathlib import Path

import click
import pytest

from caveat.cli.app import app
from caveat.document import BlockKind
from caveat.engine.linter import Linter
from caveat.engine.proof import prove
from caveat.packs.model import Circumstance, ExampleFormat, Kind
from caveat.packs.scope import Jurisdiction, Profile
from caveat.packs.when.claim import Direction, Form, Reasoning, Strength
from caveat.packs.when.disclosure import DisclosureKind, Fault, Trigger
from caveat.packs.when.dose import DoseTest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "docs" / "writing-a-rule.md",
         ROOT / "docs" / "ci.md", ROOT / "docs" / "configuration.md", ROOT / "docs" / "json.md",
         ROOT / "docs" / "commands.md", ROOT / "docs" / "speed.md"]  # fmt: skip
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "writing-a-rule.md").read_text(encoding="utf-8")

_FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def fenced(text: str, language: str) -> list[str]:
    return [
        textwrap.dedent(found[3]) if found[1] else found[3] for found in _FENCE.finditer(text) if found[2] == language
    ]


def guide_packs() -> list[str]:
    """The packs of the guide: a block that opens a pack, with the blocks that go on with its rules."""
    packs: list[str] = []
    for block in fenced(GUIDE, "yaml"):
        if block.startswith("pack:"):
            packs.append(block)
        else:
            packs[-1] += "\n" + block
    return packs


def test_the_packs_of_the_guide_pass_their_examples(tmp_path: Path) -> None:
    packs = []
    for number, text in enumerate(guide_packs()):
        packs.append(tmp_path / f"{number}.yaml")
        packs[-1].write_text(text, encoding="utf-8")
    linter = Linter.load(packs=packs, start=tmp_path, cache=False)
    assert prove(linter, rules="house/") == (5, [])
    assert prove(linter, rules="desk/") == (4, [])
    ran, failures = prove(linter, rules="handbook/")
    assert ran >= 12
    assert not failures, "\n".join(map(str, failures))
    kinds = {rule.kind for rule in linter.ruleset.rules.values() if rule.id.startswith("handbook/")}
    assert kinds == set(Kind)


CLOSED = (Circumstance, Kind, Profile, Jurisdiction, Strength, Direction, Form, Reasoning, DoseTest, Fault, Trigger,
          DisclosureKind, BlockKind, ExampleFormat)  # fmt: skip


@pytest.mark.parametrize("name", [name for words in CLOSED for name in words])
def test_the_guide_names_everything_that_a_rule_may_name(name: str) -> None:
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [found for found in re.findall(r"\]\(<?([^)>#\s]+)[^)]*\)", text) if "://" not in found]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_exist(page: Path) -> None:
    wrong = []
    for line in re.findall(
        r"\bcaveat ((?:check|facts|rules|explain|schema|init|config|baseline)\b[^`\n|>#]*)", page.read_text("utf-8")
    ):
        words = line.split()
        command: click.Command | None = app
        while words and isinstance(command, click.Group):
            command = command.get_command(click.Context(command), words.pop(0).rstrip(".;,"))
        options = {name for one in command.params for name in one.opts} if command else set()
        unknown = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)} - options - {"--help", "-h"}
        if command is None or unknown:
            wrong.append(f"caveat {line}")
    assert wrong == []


def excerpt() -> str:
    """What the README shows of the report on the naltrexone guide: two findings, a disclosure, the summary."""
    report = (ROOT / "tests" / "golden" / "low-dose-naltrexone-guide.txt").read_text(encoding="utf-8")
    blocks = report.strip("\n").split("\n\n")
    findings = [
        next(block for block in blocks if rule in block)
        for rule in ("efficacy/misattributed-dose-indication", "efficacy/uncited-establishment")
    ]
    checklist = next(block for block in blocks if block.startswith("Disclosures"))
    title, *items = re.split(r"\n(?=  [✓✗])", checklist)
    missing = next(item for item in items if "disclosure/compounded-missing" in item)
    return "\n[…]\n".join([*findings, title, missing, blocks[-1]])


def test_the_readme_quotes_the_report() -> None:
    """`CAVEAT_UPDATE_GOLDEN=1` rewrites the quotation, after the golden reports."""
    head, start, rest = README.partition("<!-- excerpt -->\n")
    quoted, end, tail = rest.partition("<!-- /excerpt -->\n")
    wanted = f"```text\n{excerpt()}\n```\n"
    if os.environ.get("CAVEAT_UPDATE_GOLDEN"):
        (ROOT / "README.md").write_text(head + start + wanted + end + tail, encoding="utf-8", newline="\n")
        quoted = wanted
    assert quoted == wanted


def test_the_readme_runs_in_python(capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = fenced(README, "python")
    exec(compile(program, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("drops.md 1 efficacy/cure-absolute ")


def test_the_readme_sets_up_in_two_commands() -> None:
    setup = re.search(r"<!-- setup -->\n```sh\n(.*?)```\n<!-- /setup -->", README, re.DOTALL)
    assert setup is not None
    assert len(setup[1].splitlines()) == 2
