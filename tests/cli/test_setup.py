"""`caveat init` and `caveat config`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result

from caveat.configfile import load_config

Caveat = Callable[..., Result]


def test_init_writes_what_can_be_used(caveat: Caveat) -> None:
    Path(".git").mkdir()
    done = caveat("init")
    assert done.exit_code == 0
    assert load_config(Path(".caveat.yaml")).config.jurisdictions
    hooks = yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert hooks["repos"][0]["hooks"][0]["entry"] == "caveat check"
    assert "pre-commit install" in done.stdout


def test_the_commented_keys_are_sound(caveat: Caveat, tmp_path: Path) -> None:
    caveat("init")
    lines = Path(".caveat.yaml").read_text(encoding="utf-8").splitlines()
    keys = [line[2:] if line.startswith(("# ", "#  ")) else line for line in lines]
    start = [i for i, line in enumerate(keys) if line.partition(":")[0].replace("-", "").isalpha() and ":" in line]
    text = "\n".join(line for i, line in enumerate(keys) if i in start or line.startswith(" "))
    file = tmp_path / "all.yaml"
    file.write_text(text, encoding="utf-8")
    config = load_config(file).config
    assert config.overrides
    assert config.accepted
    assert config.baseline


def test_init_overwrites_nothing_and_says_so(caveat: Caveat) -> None:
    for name, text in ((".caveat.yml", "profile: article\n"), (".pre-commit-config.yaml", "repos: []\n")):
        Path(name).write_text(text, encoding="utf-8")
    done = caveat("init")
    assert ".caveat.yml is there already and left alone." in done.stdout
    assert ".pre-commit-config.yaml is there already and left alone. To check" in done.stdout
    assert "entry: caveat check" in done.stdout
    assert Path(".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: []\n"
    assert not Path(".caveat.yaml").exists()


def test_init_sees_a_project_that_is_configured(caveat: Caveat) -> None:
    Path("pyproject.toml").write_text("[tool.caveat]\nprofile = 'article'\n", encoding="utf-8")
    assert "pyproject.toml is there already" in caveat("init").stdout
    assert not Path(".caveat.yaml").exists()


def test_init_outside_a_repository_only_prints_the_hook(caveat: Caveat) -> None:
    assert "entry: caveat check" in caveat("init").stdout
    assert not Path(".pre-commit-config.yaml").exists()


@pytest.fixture
def shop() -> Path:
    Path(".caveat.yaml").write_text(
        "jurisdictions: [us, uk]\nexclude: ['*.bak.md']\noverrides:\n  - files: [shop/]\n    fail-on: note\n",
        encoding="utf-8",
    )
    Path("shop").mkdir()
    page = Path("shop/a.md")
    page.write_text("---\ncaveat:\n  profile: supplement-marketing\n---\n\n# Ginger\n", encoding="utf-8")
    return page


def test_config_tells_values_and_where_they_come_from(caveat: Caveat, shop: Path) -> None:
    lines = [" ".join(line.split()) for line in caveat("config", str(shop)).stdout.splitlines()]
    assert "profile supplement-marketing (front matter)" in lines
    assert "jurisdictions us, uk (.caveat.yaml:1)" in lines
    assert "fail-on note (.caveat.yaml:5 for shop/)" in lines
    assert "ignore none (default)" in lines


def test_config_says_what_keeps_a_file_out(caveat: Caveat, shop: Path) -> None:
    assert "*.bak.md (.caveat.yaml:2)" in caveat("config", "x.bak.md").stdout
    told = json.loads(caveat("config", "x.bak.md", "--format", "json").stdout)
    assert told["excluded_by"] == "*.bak.md (.caveat.yaml:2)"


def test_config_as_json(caveat: Caveat, shop: Path) -> None:
    settings = json.loads(caveat("config", str(shop), "--format", "json").stdout)["settings"]
    assert settings["jurisdictions"] == {"value": ["us", "uk"], "origins": [".caveat.yaml:1"]}
    assert settings["profile"] == {"value": "supplement-marketing", "origins": ["front matter"]}


def test_explain_knows_packs_and_our_own_rules(caveat: Caveat) -> None:
    done = caveat("explain", "efficacy")
    assert (done.exit_code, '"efficacy" is a pack' in done.stderr) == (2, True)
    assert "caveat rules list efficacy/" in done.stderr
    listed = [line.split()[0] for line in caveat("rules", "list", "efficacy/").stdout.splitlines()]
    assert listed
    assert all(rule.startswith("efficacy/") for rule in listed)
    assert "did you mean" in caveat("explain", "efficacy/detx").stderr
    for command in ("list", "test"):
        done = caveat("rules", command, "eficacy/")
        assert (done.exit_code, 'no rule starts with "eficacy/" (did you mean "efficacy/"?)' in done.stderr) == (
            2,
            True,
        )
    told = caveat("explain", "caveat/suppression-unused")
    assert (told.exit_code, "Remove it" in told.stdout) == (0, True)


def test_config_tells_mistakes(caveat: Caveat) -> None:
    Path(".caveat.yaml").write_text("ignore: [dosng/]\n", encoding="utf-8")
    done = caveat("config")
    assert (done.exit_code, 'did you mean "dosing/"' in done.stderr) == (2, True)
    Path(".caveat.yaml").write_text("ignor: [dosing/]\n", encoding="utf-8")
    done = caveat("config")
    assert (done.exit_code, 'did you mean "ignore"' in done.stderr) == (2, True)


def test_a_pack_that_can_not_be_read_hides_no_other_mistake(caveat: Caveat) -> None:
    text = "profil: article\npacks: [ours.yaml]\nignore: [dosing/no-spce, ourz/praise]\n"
    Path(".caveat.yaml").write_text(text, encoding="utf-8")
    Path("a.md").write_text("Zinc.\n", encoding="utf-8")
    done = caveat("check")
    assert (done.exit_code, done.stderr.splitlines()) == (
        2,
        [
            'caveat: .caveat.yaml:1:1: unknown key "profil" (did you mean "profile"?)',
            "caveat: .caveat.yaml:2:9: ours.yaml is no file or folder",
            'caveat: .caveat.yaml:3:10: no rule is named "dosing/no-spce" (did you mean "dosing/no-space"?)',
        ],
    )


def test_a_pack_given_as_rules_gets_the_option_that_was_meant(caveat: Caveat) -> None:
    Path("house.yaml").write_text("pack: house\n", encoding="utf-8")
    refused = caveat("rules", "test", "house.yaml")
    assert refused.exit_code == 2
    assert "did you mean --pack house.yaml?" in refused.stderr


def test_what_is_wrong_with_a_rule_is_told_with_its_place(caveat: Caveat) -> None:
    rule = "title: T\n  kind: phrase\n  severity: note\n  when: {any: [stardust]}\n  message: m\n  why: w\n"
    rule += "  suggestion: s\n  authority: [{title: Ours}]\n  examples: {bad: [Stardust.], good: [A star.]}\n"
    head = "pack: pair\ntitle: Two\nprecedence: [[loud, quiet]]\nrules:\n"
    Path("pair.yaml").write_text(f"{head}- id: loud\n  {rule}- id: quiet\n  {rule}", encoding="utf-8")
    done = caveat("rules", "test", "--pack", "pair.yaml", "pair/")
    place, last = done.stdout.splitlines()
    assert place.startswith("pair.yaml:15:7: pair/quiet: never reported when all rules are asked: pair/loud before it")
    assert (done.exit_code, last) == (1, "4 examples, 0 wrong; 1 rule not heard as its pack says")


def test_rules_are_tested_whatever_the_site_is_set_to(caveat: Caveat) -> None:
    Path(".caveat.yaml").write_text("provided-by-template: [affiliate]\nignore: [disclosure/]\n", encoding="utf-8")
    done = caveat("rules", "test", "disclosure/affiliate")
    assert (done.exit_code, done.stdout.endswith(" 0 wrong\n")) == (0, True)
