"""Configuration: where it is found, what it says, what of it holds for a file, and its mistakes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caveat.config import Accepted, Config, ConfigFile, FailOn, FrontMatterKeys, Layer
from caveat.configfile import ConfigFinder, load_config, unknown_rules
from caveat.packs.errors import ConfigError
from caveat.packs.override import Grade
from caveat.packs.scope import Jurisdiction, Level, Profile

FULL = (Path(__file__).parent / "packs/samples/config.yaml").read_text(encoding="utf-8")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def full(folder: Path) -> ConfigFile:
    return load_config(write(folder / ".caveat.yaml", FULL))


def mistakes(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return [f"{m.line}:{m.column}: {m.message} | {m.hint}" for m in caught.value.mistakes]


def test_every_key_is_read(tmp_path: Path) -> None:
    config = full(tmp_path).config
    assert config.profile is Profile.PATIENT_GUIDE
    assert config.jurisdictions == (Jurisdiction.US, Jurisdiction.UK)
    assert config.severity == {
        "dosing/*": Grade(Level.NOTE, {}),
        "efficacy/shown-promise": Grade(Level.WARNING, {Profile.ARTICLE: Level.OFF}),
    }
    assert config.fail_on is FailOn.WARNING
    assert config.front_matter == FrontMatterKeys(author=("byline",), date=("last_updated",))
    assert config.today == date(2026, 1, 31)
    assert config.accepted == (
        Accepted("efficacy/shown-promise", "Quoted from the trial.", "A promising plant.", date(2026, 6, 30)),
    )
    assert full(tmp_path).pack_paths() == (tmp_path / "rules/ours.yaml",)
    assert full(tmp_path).baseline_path() == tmp_path / ".caveat-baseline.json"


def test_pyproject_says_the_same_in_toml(tmp_path: Path) -> None:
    text = """\
[project]
name = "site"

[tool.caveat]
profile = "patient-guide"
fail-on = "warning"
today = 2026-01-31

[tool.caveat.severity]
"dosing/*" = "note"

[[tool.caveat.overrides]]
files = ["shop/**"]
profile = "supplement-marketing"

[[tool.caveat.overrides]]
files = ["*.uk.md"]
jurisdictions = ["uk"]
"""
    file = load_config(write(tmp_path / "pyproject.toml", text))
    assert file.config.fail_on is FailOn.WARNING
    assert file.config.today == date(2026, 1, 31)
    settings = file.resolve(tmp_path / "shop/a.uk.md")
    assert settings.profile is Profile.SUPPLEMENT_MARKETING
    assert settings.origins["profile"] == ("pyproject.toml:14 for shop/**",)
    assert settings.origins["jurisdictions"] == ("pyproject.toml:18 for *.uk.md",)
    assert settings.origins["severity"] == ("pyproject.toml:9",)


@pytest.mark.parametrize(
    ("path", "profile", "jurisdictions"),
    [
        ("guide.md", "patient-guide", ["us", "uk"]),
        ("shop/deep/item.md", "supplement-marketing", ["us", "uk"]),
        ("guides/ldn.uk.md", "patient-guide", ["uk"]),
        ("shop/item.uk.md", "supplement-marketing", ["uk"]),
        ("../elsewhere/shop/item.uk.md", "patient-guide", ["us", "uk"]),
        ("myshop/item.md", "patient-guide", ["us", "uk"]),
    ],
)
def test_overrides_hold_for_their_globs(tmp_path: Path, path: str, profile: str, jurisdictions: list[str]) -> None:
    settings = full(tmp_path / "site").resolve(tmp_path / "site" / path)
    assert settings.profile == profile
    assert list(settings.jurisdictions) == jurisdictions


def test_lists_add_up_and_later_layers_win(tmp_path: Path) -> None:
    settings = full(tmp_path).resolve(
        tmp_path / "shop/a.md",
        page=Layer(profile=Profile.ARTICLE, ignore=("efficacy/",)),
        command_line=Layer(jurisdictions=(Jurisdiction.EU,), ignore=("dosing/",), fail_on=FailOn.NEVER),
    )
    assert settings.profile is Profile.ARTICLE
    assert settings.jurisdictions == (Jurisdiction.EU,)
    assert settings.ignore == ("dosing/no-space", "editorial/", "efficacy/", "dosing/")
    assert settings.severity["dosing/*"] == Grade(Level.ERROR, {})
    assert settings.fail_on is FailOn.NEVER
    assert settings.origins["ignore"] == (
        ".caveat.yaml:4",
        ".caveat.yaml:21 for shop/**",
        "front matter",
        "command line",
    )
    assert settings.origins["profile"] == ("front matter",)


def test_without_a_file_everything_is_default() -> None:
    settings = ConfigFile().resolve("a.md")
    assert settings.profile is None
    assert settings.jurisdictions == (Jurisdiction.US,)
    assert settings.fail_on is FailOn.ERROR
    assert set(settings.origins.values()) == {("default",)}


def test_exclusion_names_its_glob_and_place(tmp_path: Path) -> None:
    file = full(tmp_path)
    assert file.excluded_by(tmp_path / "drafts/a.md") == "drafts/ (.caveat.yaml:14)"
    assert file.excluded_by(tmp_path / "a.md") is None
    assert file.excluded_by(tmp_path.parent / "drafts/a.md") is None
    assert file.included(tmp_path / "x/page.mdoc")
    assert not file.included(tmp_path / "x/page.md")


def test_a_negated_glob_takes_a_file_back_in(tmp_path: Path) -> None:
    file = load_config(write(tmp_path / ".caveat.yaml", 'exclude: ["drafts/*", "!drafts/keep.md"]\n'))
    assert file.excluded_by(tmp_path / "drafts/keep.md") is None
    assert file.excluded_by(tmp_path / "drafts/other.md") == "drafts/* (.caveat.yaml:1)"


def test_windows_separators_match(tmp_path: Path) -> None:
    file = load_config(write(tmp_path / ".caveat.yaml", "exclude: ['old\\drafts\\']\n"))
    assert file.excluded_by(tmp_path / "old/drafts/a.md") is not None
    assert file.excluded_by(f"{tmp_path}/old\\drafts\\a.md") is not None


class TestFinding:
    def test_the_nearest_holds_and_git_ends_the_search(self, tmp_path: Path) -> None:
        write(tmp_path / ".caveat.yaml", "fail-on: note\n")
        (tmp_path / "repo/.git").mkdir(parents=True)
        write(tmp_path / "repo/docs/.caveat.yml", "fail-on: warning\n")
        finder = ConfigFinder()
        assert finder.for_path(tmp_path / "a.md").config.fail_on is FailOn.NOTE
        assert finder.for_path(tmp_path / "repo/docs/deep/a.md").config.fail_on is FailOn.WARNING
        assert finder.for_path(tmp_path / "repo/a.md").config == Config()

    def test_a_pyproject_without_our_table_is_passed_over(self, tmp_path: Path) -> None:
        write(tmp_path / ".caveat.yaml", "fail-on: note\n")
        write(tmp_path / "sub/pyproject.toml", "[project]\nname = 'x'\n")
        write(tmp_path / "broken/pyproject.toml", "[project\n")
        finder = ConfigFinder()
        assert finder.for_path(tmp_path / "sub/a.md").config.fail_on is FailOn.NOTE
        assert finder.for_path(tmp_path / "broken/a.md").config.fail_on is FailOn.NOTE

    def test_yaml_wins_over_pyproject_beside_it(self, tmp_path: Path) -> None:
        write(tmp_path / ".caveat.yaml", "fail-on: note\n")
        write(tmp_path / "pyproject.toml", "[tool.caveat]\nfail-on = 'warning'\n")
        assert ConfigFinder().for_path(tmp_path).config.fail_on is FailOn.NOTE

    def test_an_explicit_file_holds_for_everything(self, tmp_path: Path) -> None:
        write(tmp_path / ".caveat.yaml", "fail-on: note\n")
        explicit = write(tmp_path / "other/strict.yaml", "fail-on: warning\n")
        finder = ConfigFinder(explicit)
        assert finder.for_path(tmp_path / "a.md").config.fail_on is FailOn.WARNING
        assert [file.name for file in finder.used()] == ["strict.yaml"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("profil: article\n", ['1:1: unknown key "profil" | did you mean "profile"?']),
        ("fail_on: error\n", ['1:1: unknown key "fail_on" | did you mean "fail-on"?']),
        ("profile: artical\n", ['1:10: unknown value "artical" | did you mean "article"?']),
        (
            "jurisdictions: [us, gb]\nfail-on: waring\n",
            [
                '1:21: unknown value "gb" | choose from au, ca, eu, uk, us',
                '2:10: unknown value "waring" | did you mean "warning"?',
            ],
        ),
        ("ignore: dosing/\n", ['1:9: a list is wanted here, not "dosing/" | put it in [ ]']),
        ("severity: {dosing/: of}\n", ['1:21: unknown value "of" | did you mean "off"?']),
        ("overrides:\n  - profile: article\n", ['2:5: "files" is missing | say which files it is for']),
        ("overrides:\n  - {files: [a], packs: [b]}\n", ['2:18: unknown key "packs" | CHOICES']),
        ("accepted:\n  - {rule: efficacy/detox, text: A sentence.}\n", ['2:5: "reason" is missing | ']),
        ("accepted:\n  - {rule: efficacy/detox, text: cures, reason: r}\n", None),
        (
            "accepted:\n  - {rule: efficacy/detoxx, text: 3, reason: r}\nignore: [dosign/, caveat/x]\n",
            [
                '2:12: no rule is named "efficacy/detoxx" | did you mean "efficacy/detox"?',
                "2:35: text is wanted here, not 3 | put it in quotes",
                '3:10: no rule is named "dosign/" | did you mean "dosing/"?',
            ],
        ),
        (
            "profil: article\noverrides: [{profile: artical}]\naccepted:\n- {rule: dosing/, reson: r, text: a}\n",
            [
                '1:1: unknown key "profil" | did you mean "profile"?',
                '2:13: "files" is missing | say which files it is for',
                '2:23: unknown value "artical" | did you mean "article"?',
                '4:19: unknown key "reson" | did you mean "reason"?',
                '4:35: "a" is too short to accept | give the words of the sentence',
            ],
        ),
        (
            "profile: [article]\n",
            ["1:10: one word is wanted here, not a list | CHOICES"],
        ),
        ("today: soon\n", ['1:8: a date such as 2026-03-31 is wanted here, not "soon" | ']),
        ("- profile\n", ["1:1: a configuration is a mapping of keys to values | "]),
        ("profile: article\nprofile: article\n", ['2:1: key "profile" is given twice | first on line 1']),
        ("profile: [\n", None),
    ],
)
def test_mistakes_are_told_with_place_and_nearest_word(tmp_path: Path, text: str, expected: list[str] | None) -> None:
    found = mistakes(write(tmp_path / ".caveat.yaml", text))
    if expected is None:
        assert len(found) == 1
    else:
        assert [f.split(" | ")[0] if "CHOICES" in e else f for f, e in zip(found, expected, strict=True)] == [
            e.removesuffix(" | CHOICES") for e in expected
        ]


def test_mistakes_in_toml_have_lines(tmp_path: Path) -> None:
    head = '[tool.caveat]\nprofile = "article"\nfail_on = "error"\n\n'
    text = head + '[[tool.caveat.overrides]]\nfiles = ["a"]\nprofil = "x"\n'
    assert mistakes(write(tmp_path / "pyproject.toml", text)) == [
        '3:1: unknown key "fail_on" | did you mean "fail-on"?',
        '7:1: unknown key "profil" | did you mean "profile"?',
    ]
    assert mistakes(write(tmp_path / "pyproject.toml", "[tool.caveat]\nprofile = \n"))[0].startswith("2:11: ")


def test_an_empty_file_is_a_configuration_of_defaults(tmp_path: Path) -> None:
    assert load_config(write(tmp_path / ".caveat.yaml", "# nothing yet\n")).config == Config()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "can not be read" in mistakes(tmp_path / "none.yaml")[0]
    assert "can not be read" in mistakes(tmp_path / "none.toml")[0]


def test_disclosures_of_the_template_that_there_are_not_are_told(tmp_path: Path) -> None:
    names = "[informational-only, cite-missing, disclosure/date-missing, informatonal-only, date-mising, consult]"
    file = load_config(write(tmp_path / ".caveat.yaml", f"provided-by-template: {names}\n"))
    told = [(m.message, m.hint) for m in unknown_rules(file, ["disclosure/date-missing", "disclosure/cite-missing"])]
    assert told == [
        ('no disclosure or rule is named "informatonal-only"', 'did you mean "informational-only"?'),
        ('no disclosure or rule is named "date-mising"', 'did you mean "date-missing"?'),
        ('no disclosure or rule is named "consult"', 'did you mean "consult-professional"?'),
    ]


def test_patterns_that_name_no_rule_get_the_nearest(tmp_path: Path) -> None:
    rules = ["dosing/no-space", "efficacy/shown-promise", "editorial/clickbait-title", "caveat/suppression-unused",
             "disclosure/informational-disclaimer"]  # fmt: skip
    assert unknown_rules(full(tmp_path), rules) == []
    text = """\
select: [dose/]
ignore: [dosing/nospace, caveat/suppression-unused]
severity: {efficacy/shown-promises: off}
overrides:
  - {files: [a], ignore: [editorials/]}
accepted:
  - {rule: shown-promise, text: Some words., reason: r}
"""
    found = unknown_rules(load_config(write(tmp_path / ".caveat.yaml", text)), rules)
    assert [f"{m.line}:{m.column} {m.message} | {m.hint}" for m in found] == [
        '1:10 no rule is named "dose/" | did you mean "dosing/"?',
        '2:10 no rule is named "dosing/nospace" | did you mean "dosing/no-space"?',
        '3:12 no rule is named "efficacy/shown-promises" | did you mean "efficacy/shown-promise"?',
        '5:27 no rule is named "editorials/" | did you mean "editorial/"?',
        '7:12 no rule is named "shown-promise" | did you mean "efficacy/shown-promise"?',
    ]
