"""`caveat rules`, `caveat explain` and `caveat schema`: what the packs hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from caveat.cli.common import Commands, Exit, Words, mistakes_told, pack_option, remembering


@click.group(cls=Commands)
def rules() -> None:
    """List the rules, run their examples or write their pages."""


@rules.command("list")
@click.argument("prefix", default="")
@pack_option
def list_rules(*, prefix: str, packs: tuple[Path, ...]) -> None:
    """One line a rule: id, severity, title.

    With PREFIX only the rules whose id starts so: dosing/, efficacy/detox.
    """
    from caveat.packs.library import load_rules  # noqa: PLC0415

    with mistakes_told():
        loaded = [rule for pack in load_rules(packs) for rule in pack.rules]
    _refuse_unknown(prefix, [rule.id for rule in loaded])
    for rule in loaded:
        if rule.id.startswith(prefix):
            click.echo(f"{rule.id:<44} {rule.severity.value:<8} {rule.title}")


@rules.command("test")
@click.argument("prefix", default="")
@pack_option
@click.pass_context
def test_rules(context: click.Context, *, prefix: str, packs: tuple[Path, ...]) -> None:
    """Run the examples of every rule: each bad one must be marked, no good one may be.

    Of its bad ones, at least one must also be reported under the rule's own name when all rules are asked, unless
    "spoken-for-by" names those that precede it.

    With PREFIX only of the rules whose id starts so: dosing/, efficacy/detox. The packs that the configuration names
    are among them; nothing else of it counts, as a rule is tested for itself.
    """
    from caveat.config import ConfigFile  # noqa: PLC0415
    from caveat.configfile import ConfigFinder  # noqa: PLC0415
    from caveat.engine.linter import Linter  # noqa: PLC0415
    from caveat.engine.proof import Failure, prove  # noqa: PLC0415
    from caveat.packs.files import builtin_packs  # noqa: PLC0415
    from caveat.packs.load import rule_places  # noqa: PLC0415
    from caveat.report.wording import count  # noqa: PLC0415

    with mistakes_told():
        configured = ConfigFinder().for_path(Path.cwd()).pack_paths()
        given = dict.fromkeys(path.resolve() for path in (*configured, *packs))
        linter = remembering(Linter.load(packs=tuple(given), config=ConfigFile(), cache=False))
        _refuse_unknown(prefix, linter.ruleset.rules)
        ran, wrong = prove(linter, rules=prefix)
        places = rule_places([*builtin_packs(), *given]) if wrong else {}
    for one in wrong:
        click.echo(f"{places[one.rule]}: {one}")
    failed = sum(isinstance(one, Failure) for one in wrong)
    unheard = f"; {count(len(wrong) - failed, 'rule')} not heard as its pack says" if len(wrong) > failed else ""
    click.echo(f"{ran} examples, {failed} wrong{unheard}")
    context.exit(Exit.FINDINGS if wrong else Exit.CLEAN)


def _refuse_unknown(prefix: str, rules: Iterable[str]) -> None:
    """End the run with a usage mistake if no rule's id starts so."""
    from caveat.packs.override import pattern_hint  # noqa: PLC0415

    ids = tuple(rules)
    if not any(rule.startswith(prefix) for rule in ids):
        is_file = prefix.endswith((".yaml", ".yml")) or Path(prefix).is_file()
        hint = f"did you mean --pack {prefix}?" if is_file else pattern_hint(prefix, ids)
        raise click.BadParameter(
            f'no rule starts with "{prefix}"' + (f" ({hint})" if hint else ""), param_hint="PREFIX"
        )


@rules.command("docs")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@pack_option
def write_docs(*, folder: Path, packs: tuple[Path, ...]) -> None:
    """Write a Markdown page for every rule, and an index, into FOLDER. Pages of other rules are left as they are."""
    from caveat.packs.library import load_rules  # noqa: PLC0415
    from caveat.report.pages import rule_pages  # noqa: PLC0415

    with mistakes_told():
        loaded = load_rules(packs)
    pages = rule_pages(loaded)
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{len(pages)} pages in {folder.as_posix()}")
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    for name in sorted(kept - pages.keys()):
        click.echo(f"no rule has this page: {(folder / name).as_posix()}")


@click.command()
@click.argument("rule")
@pack_option
def explain(*, rule: str, packs: tuple[Path, ...]) -> None:
    """Print what RULE looks for, why, by what authority, and how to silence it."""
    from caveat.packs.library import load_rules  # noqa: PLC0415
    from caveat.packs.override import pattern_hint  # noqa: PLC0415
    from caveat.report.explain import own_page, page  # noqa: PLC0415
    from caveat.suppress import OWN_RULES  # noqa: PLC0415

    with mistakes_told():
        loaded = load_rules(packs)
    pages = {one.id: partial(page, one, loaded) for pack in loaded for one in pack.rules}
    pages |= {one.id: partial(own_page, one) for one in OWN_RULES}
    if rule not in pages:
        name = rule.rstrip("/")
        if any(one.startswith(name + "/") for one in pages):
            told = f'"{name}" is a pack, not a rule (caveat rules list {name}/ has its rules)'
        else:
            hint = pattern_hint(rule, pages)
            told = f'unknown rule "{rule}"' + (f" ({hint})" if hint else "")
        raise click.BadParameter(told, param_hint="RULE")
    click.echo(pages[rule](), nl=False)


@click.command()
@click.argument("what", type=Words(["pack", "lexicon", "config"]), default="pack")
def schema(*, what: str) -> None:
    """Print the JSON Schema of pack, lexicon or configuration files, for completion in editors."""
    from caveat import schema as schemas  # noqa: PLC0415

    click.echo(json.dumps(schemas.json_schema(what), indent=2, ensure_ascii=False))
