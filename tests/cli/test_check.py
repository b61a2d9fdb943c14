"""`caveat check`: what it checks, how it ends, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Caveat = Callable[..., Result]

CURE = "Ginger cures colds.\n"
GUIDE = "# Ginger\n\nGinger is a spice.\n"


def write(name: str, text: str) -> Path:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def rules(result: Result) -> list[str]:
    return [f["rule"] for file in json.loads(result.stdout)["files"] for f in file["findings"]]


def test_exit_codes(caveat: Caveat) -> None:
    write("bad.md", CURE)
    write("good.md", GUIDE)
    assert caveat("check", "good.md", "--select", "efficacy/").exit_code == 0
    assert caveat("check", "bad.md").exit_code == 1
    assert caveat("check", "bad.md", "--exit-zero").exit_code == 0
    assert caveat("check", "bad.md", "--fail-on", "never").exit_code == 0
    assert caveat("check", "bad.md", "--nonsense").exit_code == 2


def test_a_missing_file_is_a_failure_of_the_file(caveat: Caveat) -> None:
    write("good.md", GUIDE)
    done = caveat("check", "missing.md", "good.md", "--fail-on", "never", "--format", "json")
    assert done.exit_code == 1
    assert [f["error"] for f in json.loads(done.stdout)["files"]] == ["no such file", None]


def test_fail_on_comes_from_the_configuration_of_each_file(caveat: Caveat) -> None:
    write("a/bad.md", CURE)
    write("b/bad.md", CURE)
    write(".caveat.yaml", "fail-on: never\noverrides:\n  - {files: [b/], fail-on: error}\n")
    assert caveat("check", "a").exit_code == 0
    assert caveat("check", ".").exit_code == 1
    assert caveat("check", "a", "--fail-on", "error").exit_code == 1


def test_select_and_ignore_by_prefix(caveat: Caveat) -> None:
    write("bad.md", "Ginger cures colds. Take 5.0 mg, or 10mg.\n")
    dosing = rules(caveat("check", "--format", "json", "--select", "dosing/no,dosing/trailing-zero-whole"))
    assert sorted(set(dosing)) == ["dosing/no-space", "dosing/trailing-zero-whole"]
    assert rules(caveat("check", "--format", "json", "--select", "dosing/no", "--ignore", "dosing/no-sp")) == []


def test_unknown_rules_are_refused_all_at_once_with_the_nearest(caveat: Caveat) -> None:
    write("bad.md", CURE)
    done = caveat("check", "--select", "efficay/cure-absolute", "--ignore", "dosng/", "--format", "json=out.json")
    assert done.exit_code == 2
    assert 'no rule is named "efficay/cure-absolute" (did you mean "efficacy/cure-absolute"?)' in done.stderr
    assert 'no rule is named "dosng/" (did you mean "dosing/"?)' in done.stderr
    assert not Path("out.json").exists()


def test_mistakes_in_configurations_are_told_before_anything_is_written(caveat: Caveat) -> None:
    write("ok/a.md", "Take 5.0 mg of ginger.\n")
    write("one/.caveat.yaml", "profil: article\nfail-on: eror\n")
    write("one/a.md", CURE)
    write("two/.caveat.yaml", "ignore: [dosing/no-spce]\n")
    write("two/a.md", CURE)
    done = caveat("check", "--fix", "--format", "json=out.json")
    assert done.exit_code == 2
    assert done.stderr.count("one/.caveat.yaml") == 2
    assert not Path("out.json").exists()
    assert "5.0 mg" in Path("ok/a.md").read_text(encoding="utf-8")
    Path("one/.caveat.yaml").unlink()
    done = caveat("check", "--fix")
    assert (done.exit_code, '(did you mean "dosing/no-space"?)' in done.stderr) == (2, True)
    assert "5.0 mg" in Path("ok/a.md").read_text(encoding="utf-8")


def test_a_mistake_in_a_pack_is_told_before_anything_is_written(caveat: Caveat) -> None:
    write("a.md", "Take 5.0 mg of ginger.\n")
    write("ours.yaml", "pack: ours\nruls: []\n")
    done = caveat("check", "--fix", "--pack", "ours.yaml")
    assert (done.exit_code, 'did you mean "rules"' in done.stderr) == (2, True)
    assert "5.0 mg" in Path("a.md").read_text(encoding="utf-8")


PACK = """\
pack: {name}
title: T
rules:
  - id: {word}
    title: T
    kind: phrase
    severity: error
    when: {{any: [{word}]}}
    message: m
    why: w
    suggestion: s
    authority: []
    examples: {{bad: [{word}], good: [x]}}
"""


class TestPacksOfConfigurations:
    """Packs hold for the files of the configuration that names them, wherever the run starts."""

    @pytest.fixture(autouse=True)
    def two_rooms(self, site: Path) -> None:
        for folder, word in (("shop", "magic"), ("blog", "wonder")):
            write(f"{folder}/a.md", "A magic wonder.\n")
            write(f"{folder}/.caveat.yaml", "packs: [ours.yaml]\n")
            write(f"{folder}/ours.yaml", PACK.format(name=folder, word=word))
        write("a.md", "A magic wonder.\n")

    def found(self, done: Result) -> list[tuple[str, str]]:
        files = json.loads(done.stdout)["files"]
        return [(file["path"], f["rule"]) for file in files for f in file["findings"] if f["message"] == "m"]

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_hold_for_its_files(self, caveat: Caveat, jobs: str) -> None:
        wanted = [("blog/a.md", "blog/wonder"), ("shop/a.md", "shop/magic")]
        for _ in range(2):  # the second time from kept reports
            assert self.found(caveat("check", "--format", "json", "--jobs", jobs)) == wanted

    def test_hold_from_wherever_the_run_starts(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.found(caveat("check", "--format", "json", "blog", "shop/a.md")) == [
            ("blog/a.md", "blog/wonder"), ("shop/a.md", "shop/magic"),
        ]  # fmt: skip
        monkeypatch.chdir("shop")
        assert self.found(caveat("check", "--format", "json", "../blog/a.md")) == [("../blog/a.md", "blog/wonder")]

    def test_are_known_to_selections(self, caveat: Caveat) -> None:
        done = caveat("check", "--format", "json", "--select", "shop/magic")
        assert self.found(done) == [("shop/a.md", "shop/magic")]

    def test_are_compiled_anew_when_they_change(self, caveat: Caveat) -> None:
        caveat("check")
        write("shop/ours.yaml", PACK.format(name="shop", word="wonder"))
        assert ("shop/a.md", "shop/wonder") in self.found(caveat("check", "--format", "json"))

    def test_mistakes_in_all_of_them_are_told_before_anything_is_checked(self, caveat: Caveat) -> None:
        write("shop/ours.yaml", "pack: shop\nruls: []\n")
        write("blog/.caveat.yaml", "packs: [ours.yaml]\nignore: [shop/magic]\n")
        done = caveat("check", "--format", "json=out.json")
        assert done.exit_code == 2
        assert "shop/ours.yaml:2:1" in done.stderr
        assert 'blog/.caveat.yaml:2:10: no rule is named "shop/magic"' in done.stderr
        assert not Path("out.json").exists()


def test_excluded_files_named_by_a_hook_stay_excluded(caveat: Caveat) -> None:
    write("drafts/bad.md", CURE)
    write(".caveat.yaml", "exclude: [drafts/]\n")
    done = caveat("check", "drafts/bad.md")
    assert done.exit_code == 0
    assert "drafts/bad.md" in done.stdout
    assert "excluded by drafts/ (.caveat.yaml:1)" in done.stdout


def test_nothing_to_check_is_told_on_standard_error(caveat: Caveat) -> None:
    write("drafts/bad.md", CURE)
    write(".caveat.yaml", "exclude: [drafts/]\n")
    for arguments in (["drafts"], ["drafts/bad.md"], ["."]):
        done = caveat("check", "--format", "json", *arguments)
        assert (done.exit_code, done.stderr) == (0, "caveat: no articles found under the given paths\n")
        assert [skipped["path"] for skipped in json.loads(done.stdout)["skipped"]] == arguments
    write("a.md", GUIDE)
    assert caveat("check", "drafts", "a.md").stderr == ""


class TestUnusedSettings:
    CONFIGURATION = """\
overrides:
  - {files: [shop/, "shpo/**", "!shop/old/"], ignore: [editorial/]}
accepted:
  - {rule: efficacy/cure-absolute, text: Ginger cures colds, reason: quoted}
  - {rule: efficacy/cure-absolute, text: Ginger cures flu, reason: quoted}
  - {rule: efficacy/cure-absolute, text: Ginger cured flu, reason: quoted, expires: 2020-01-31}
"""
    TOLD = (
        'caveat: .caveat.yaml:2:21: no article is named by "shpo/**"\n'
        "caveat: .caveat.yaml:5:5: nothing that efficacy/cure-absolute reports stands by “Ginger cures flu”\n"
    )

    @pytest.fixture(autouse=True)
    def site_with_settings(self, site: Path) -> None:
        write("shop/a.md", CURE)
        write(".caveat.yaml", self.CONFIGURATION)

    def test_are_told_of_a_folder_that_is_checked_whole(self, caveat: Caveat) -> None:
        for _ in range(2):  # the second time from kept reports
            assert caveat("check").stderr == self.TOLD

    @pytest.mark.parametrize(
        "arguments",
        [["shop"], ["shop/a.md"], ["--select", "dosing/"], ["--jurisdiction", "eu"], ["--profile", "article"]],
    )
    def test_are_not_told_of_a_part(self, caveat: Caveat, arguments: list[str]) -> None:
        assert caveat("check", *arguments).stderr == ""


class TestStandardInput:
    def test_goes_by_its_name(self, caveat: Caveat) -> None:
        write(".caveat.yaml", "overrides:\n  - {files: [shop/], ignore: [efficacy/]}\n")
        given = "--format", "json", "--select", "efficacy/"
        named = caveat("check", "-", "--stdin-filename", "shop/a.md", *given, stdin=CURE)
        assert json.loads(named.stdout)["files"][0]["path"] == "shop/a.md"
        assert rules(named) == []
        assert "efficacy/cure-absolute" in rules(caveat("check", "-", *given, stdin=CURE))

    def test_without_a_name_is_called_what_it_is(self, caveat: Caveat) -> None:
        done = caveat("check", "-", "--format", "json", stdin=CURE)
        assert json.loads(done.stdout)["files"][0]["path"] == "<stdin>"
        assert caveat("check", "-", stdin=f"# Zinc\n\n{CURE}").stdout.startswith("<stdin>\n")

    def test_may_be_excluded(self, caveat: Caveat) -> None:
        write(".caveat.yaml", "exclude: [drafts/]\n")
        done = caveat("check", "-", "--stdin-filename", "drafts/a.md", stdin=CURE)
        assert (done.exit_code, "excluded by" in done.stdout) == (0, True)

    def test_that_is_no_text_is_a_failure(self, caveat: Caveat) -> None:
        done = caveat("check", "-", "--format", "json", stdin=b"\xff\xfe\xfa")
        assert done.exit_code == 1
        assert "UTF" in json.loads(done.stdout)["files"][0]["error"]

    def test_is_mended_to_standard_output(self, caveat: Caveat) -> None:
        done = caveat("check", "-", "--fix", stdin="Take 5.0 mg of ginger.\r\n")
        assert done.stdout_bytes == b"Take 5 mg of ginger.\r\n"
        assert caveat("check", "-", "--fix", stdin="Ginger.").stdout == "Ginger."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--fix", "--diff"], "--fix and --diff"),
        (["--unsafe-fixes"], "give --fix or --diff"),
        (["-q", "-v"], "--quiet and --verbose"),
        (["-", "a.md"], "standard input and other paths"),
        (["-", "--changed-since", "HEAD"], "--changed-since and standard input"),
        (["--diff", "--format", "json"], "--diff and a format"),
        (["--jurisdiction", "us,ukk"], 'unknown jurisdiction "ukk"'),
        (["--jobs", "0"], "0"),
    ],
)
def test_contradictions_are_usage_mistakes(caveat: Caveat, arguments: list[str], told: str) -> None:
    done = caveat("check", *arguments)
    assert (done.exit_code, told in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("chekc a.md", 'unknown command "chekc" (did you mean "check"?)'),
        ("a.md", 'unknown command "a.md" (did you mean caveat check a.md?)'),
        ("a" * 300, f'unknown command "{"a" * 300}"'),
        ("rules tset", 'unknown command "tset" (did you mean "test"?)'),
        ("rules zzz", 'unknown command "zzz" (choose from docs, list, test)'),
        ("check --profile articel", 'unknown value "articel" (did you mean "article"?)'),
        ("check --jurisdiction uss", 'unknown jurisdiction "uss" (did you mean "us"?)'),
        ("check --fail-on eror", 'unknown value "eror" (did you mean "error"?)'),
        ("check --color alwyas", 'unknown value "alwyas" (did you mean "always"?)'),
        ("check --format jsn", 'unknown format "jsn" (did you mean "json"?)'),
        ("check --format jsn=a.json", 'unknown format "jsn" (did you mean "json"?)'),
        ("check --select dosign/", 'no rule is named "dosign/" (did you mean "dosing/"?)'),
        ("facts --format jsnl", 'unknown value "jsnl" (did you mean "jsonl"?)'),
        ("facts --profile zzz", "choose from article, drug-marketing, patient-guide, supplement-marketing"),
        ("config --format jsn", 'unknown value "jsn" (did you mean "json"?)'),
        ("schema confg", 'unknown value "confg" (did you mean "config"?)'),
        ("explain efficacy/detx", 'unknown rule "efficacy/detx" (did you mean "efficacy/detox"?)'),
    ],
)
def test_a_misspelt_word_is_told_with_the_nearest_in_a_line(caveat: Caveat, arguments: str, told: str) -> None:
    write("a.md", CURE)
    done = caveat(*arguments.split())
    assert (done.exit_code, done.stdout, told in done.stderr.splitlines()[-1]) == (2, "", True), done.stderr


def test_words_of_a_closed_set_may_be_in_capitals(caveat: Caveat) -> None:
    write("a.md", CURE)
    done = caveat(
        "check", "--profile", "Patient-Guide", "--fail-on", "NEVER", "--format", "JSON", "--jurisdiction", "UK"
    )
    assert (done.exit_code, json.loads(done.stdout)["files"][0]["profile"]) == (0, "patient-guide")


def test_statistics(caveat: Caveat) -> None:
    write("bad.md", CURE)
    assert "Findings by rule" in caveat("check", "--statistics").stdout


def test_paths_have_forward_slashes(caveat: Caveat) -> None:
    write("a b/c#d.md", CURE)
    assert json.loads(caveat("check", "--format", "json").stdout)["files"][0]["path"] == "a b/c#d.md"


EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SENTENCES = (
    "{herb} cures {ill}.", "{herb} does not cure {ill}.", "Studies show that {herb} relieves {ill}.",
    "Take 5.0 mg of {herb} twice a day, 20 mg in total.", "Does {herb} help with {ill}? Nobody knows.",
    "<!-- caveat-ignore: efficacy/ -- quoted -->\n\nHe says that {herb} heals {ill} at once.",
)  # fmt: skip


def pages() -> None:
    """The examples, and pages made of every sentence in turn, in each format."""
    for example in EXAMPLES.iterdir():
        write(example.name, example.read_text(encoding="utf-8"))
    things = [(herb, ill) for herb in ("Ginger", "Kava", "Saw palmetto") for ill in ("colds", "gout")]
    for number, (herb, ill) in enumerate(things):
        told = [sentence.format(herb=herb, ill=ill) for sentence in SENTENCES[number % 3 :]]
        write(f"{number}.md", f"# {herb} \U0001f33f\n\n" + "\n\n".join(told))
        write(f"{number}.html", f"<h1>{herb} &amp; {ill}</h1>" + "".join(f"<p>{one}</p>\r\n" for one in told))
        write(f"{number}.txt", "\n\n".join(told))
    Path("bad.md").write_bytes(b"\xff\x00")


def test_neither_cache_nor_processes_change_a_byte(caveat: Caveat) -> None:
    pages()
    options = ("--jurisdiction", "us,uk", "--show-suppressed", "--statistics")
    formats = ("json", "sarif", "terminal", "github", "gitlab", "junit", "checkstyle", "rdjson", "csv", "markdown")

    def reports(name: str, *how: str) -> dict[str, bytes]:
        out = Path(".out", name)
        out.mkdir(parents=True)
        files = [part for one in formats for part in ("--format", f"{one}={out / one}")]
        assert caveat("check", *how, *options, *files).exit_code == 1
        return {one: (out / one).read_bytes() for one in formats}

    plain = reports("plain", "--no-cache", "--jobs", "1")
    assert all(plain.values())
    assert reports("processes", "--no-cache", "--jobs", "2") == plain
    assert reports("kept by processes", "--jobs", "2") == plain
    assert reports("recalled") == plain
    write("5.md", CURE)
    Path("4.txt").unlink()
    assert reports("some recalled", "--jobs", "2") == reports("anew", "--no-cache", "--jobs", "1") != plain


def test_the_file_that_the_report_goes_to_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nGinger cures gout.\n", encoding="utf-8")
    command = [sys.executable, "-m", "caveat", "check", ".", "--format", "json", "--exit-zero", "--no-cache"]
    with (tmp_path / "all.txt").open("w", encoding="utf-8") as out:
        subprocess.run(command, cwd=tmp_path, stdout=out, check=True)
    told = json.loads((tmp_path / "all.txt").read_text(encoding="utf-8"))
    assert [file["path"] for file in told["files"]] == ["a.md"]
    subprocess.run([*command, "--output", "all.txt"], cwd=tmp_path, check=True)
    told = json.loads((tmp_path / "all.txt").read_text(encoding="utf-8"))
    assert [file["path"] for file in told["files"]] == ["a.md"]
