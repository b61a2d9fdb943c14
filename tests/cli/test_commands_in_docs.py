"""The commands that the pages show run, their settings hold, and docs/commands.md tells what `--help` tells."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from caveat.cli.app import app
from caveat.configfile import load_config
from caveat.engine.linter import Linter
from caveat.packs.library import load_rules

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
COMMANDS = ROOT / "docs" / "commands.md"
UPDATE = bool(os.environ.get("CAVEAT_UPDATE_GOLDEN"))  # as it is before a test sets up its own environment
GUIDE = (ROOT / "docs/writing-a-rule.md").read_text(encoding="utf-8")

_BLOCK = re.compile(r"^ *```(sh|console|yaml)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^ *(?:- run: |- |\$ )?caveat ([a-z][^|\n]*)", re.MULTILINE)


def shown() -> Iterator[str]:
    """Every line of the pages' code blocks, and every piece of code in their prose, that runs Caveat."""
    for page in PAGES:
        if page != COMMANDS:
            text = page.read_text(encoding="utf-8")
            yield from (line.strip() for block in _BLOCK.findall(text) for line in _LINE.findall(block[1]))
            yield from re.findall(r"`caveat ([a-z][^`\n]* [^`\n]*)`", _BLOCK.sub("", text))


@pytest.mark.parametrize("line", sorted(set(shown())))
def test_every_command_shown_runs(
    line: str, caveat: Callable[..., Result], git: Callable[..., None], site: Path
) -> None:
    article = "# Zinc\n\nZinc is a metal. Take 25mg a day.\n"
    for name in ("article.md", "content/a.md", "shop/b.md"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(article, encoding="utf-8")
    pack = re.search(r"Save this as `house-style.yaml`:\n\n   ```yaml\n(.*?)   ```", GUIDE, re.DOTALL)
    assert pack is not None
    (site / "house-style.yaml").write_text(pack[1], encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "Articles")
    if "--baseline" in line:
        caveat("baseline", "content")
    words = shlex.split(line.partition(" > ")[0], comments=True)
    words = [re.sub(r"\$\{\{.*?\}\}|\$\w+", "main", word) for word in words]
    words = ["article.md" if word == "PATH" else "docs" if word == "docs/rules" else word for word in words]
    done = caveat(*words)
    assert done.exit_code in (0, 1), f"{words}: {done.stderr}"


def test_the_console_of_the_guide_is_what_is_printed(caveat: Callable[..., Result], site: Path) -> None:
    pack = re.search(r"Save this as `house-style.yaml`:\n\n(   ```yaml\n.*?)   ```", GUIDE, re.DOTALL)
    assert pack is not None
    text = re.sub(r"(?m)^   ", "", pack[1].partition("\n")[2])
    passed, refused = re.findall(r"   ```console\n   \$ caveat (.*)\n   (.*)\n   ```", GUIDE)
    (site / "house-style.yaml").write_text(text, encoding="utf-8")
    assert caveat(*passed[0].split()).stdout == f"{passed[1]}\n"
    (site / "house-style.yaml").write_text(text.replace("[drug, supplement,", "[drug, suplement,"), encoding="utf-8")
    assert caveat(*refused[0].split()).stderr == f"{refused[1]}\n"


def test_what_the_configuration_shown_accepts_is_reported_without(linter: Linter, tmp_path: Path) -> None:
    text = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    file = tmp_path / ".caveat.yaml"
    file.write_text(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0], encoding="utf-8")
    for accepted in load_config(file).config.accepted:
        found = linter.check_text(f"# {accepted.text}\n").files[0].findings
        assert accepted.rule in {finding.rule for finding in found}


@pytest.mark.parametrize("text", re.findall(r"```yml\n(pack: .*?)```", GUIDE, re.DOTALL))
def test_a_pack_shown_in_part_loads(text: str, tmp_path: Path) -> None:
    (tmp_path / "shown.yaml").write_text(text, encoding="utf-8")
    assert load_rules([tmp_path / "shown.yaml"])


def page() -> str:
    """The page on all commands, from what they say of themselves."""
    lines = ["# Commands", "", "What `caveat COMMAND --help` prints. [CI](ci.md) has the exit codes."]
    for name, command in commands(app, "caveat"):
        context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])  # which the command keeps
        usage = " ".join((name, *command.collect_usage_pieces(context)))
        lines += ["", f"## {name}", "", f"`{usage}`", "", *paragraphs(command.help or "")]
        options = [one for one in command.params if isinstance(one, click.Option)]
        if options:
            lines += ["| option | what it does |", "|---|---|"]
        lines += [f"| {names(one)} | {told(one, context)} |" for one in options]
    return "\n".join(lines).replace("\n\n\n", "\n\n").rstrip("\n") + "\n"


def commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that is no group, with the words that call it."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        elif command is not None:
            yield f"{name} {word}", command


def paragraphs(text: str) -> list[str]:
    return [line for part in text.split("\n\n") for line in (" ".join(part.split()), "")]


def names(option: click.Option) -> str:
    value = f" {option.metavar}".replace("|", "\\|") if option.metavar else ""
    return ", ".join(f"`{name}{value if name == option.opts[-1] else ''}`" for name in option.opts)


def told(option: click.Option, context: click.Context) -> str:
    """What the help says of an option, with its words."""
    assert option.help
    words = f" One of `{'`, `'.join(option.type.choices)}`." if isinstance(option.type, click.Choice) else ""
    default = f" By default `{option.get_default(context)}`." if option.show_default else ""
    return (option.help + words + default).replace("|", "\\|").replace("*", "\\*")


def test_the_page_on_commands_tells_what_help_tells() -> None:
    """`CAVEAT_UPDATE_GOLDEN=1` rewrites it."""
    if UPDATE:
        COMMANDS.write_text(page(), encoding="utf-8", newline="\n")
    assert COMMANDS.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", [name for name, _ in commands(app, "caveat")])
def test_help_names_the_options_of_the_page(name: str, caveat: Callable[..., Result]) -> None:
    section = re.search(
        rf"^## {name}\n(.*?)(?=^## |\Z)", COMMANDS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert section is not None
    printed = caveat(*name.split()[1:], "--help").stdout
    on_page = set(re.findall(r"`(--?[a-z-]+)[ `]", section[1].partition("| option |")[2]))
    assert on_page | {"-h", "--help"} == _options(printed)


def _options(printed: str) -> set[str]:
    return {opt for line in re.findall(r"(?m)^  (-.*)$", printed) for opt in re.findall(r"(?:^|, )(--?[a-z-]+)", line)}
