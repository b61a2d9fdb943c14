"""Pack files: what loads, what is refused, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from caveat.finding import Severity
from caveat.packs.errors import PackError
from caveat.packs.files import pack_files
from caveat.packs.load import load_packs
from caveat.packs.model import Circumstance, ExampleFormat, Kind
from caveat.packs.rulefile import Known
from caveat.packs.scope import Jurisdiction, Level, Profile
from caveat.packs.when import ClaimWhen, PhraseWhen

RULE = """\
  - id: {id}
    title: A title
    kind: phrase
    severity: warning
    when: {{any: [wonder]}}
    message: "{{text}} is praise"
    why: Praise is no evidence.
    suggestion: Say what was measured.
    authority:
      - {{title: A guideline, url: "https://example.org/a"}}
    examples:
      bad: [A wonder.]
      good: [A study.]
"""


def pack_text(name: str, *slugs: str, head: str = "") -> str:
    rules = "".join(RULE.format(id=slug) for slug in slugs)
    return f"pack: {name}\ntitle: A pack\n{head}rules:\n{rules}" if slugs else f"pack: {name}\ntitle: A pack\n{head}"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(*paths: Path, builtin: tuple[Path, ...] = (), known: Known | None = None) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_packs(paths, builtin=builtin, known=known)
    return [f"{Path(m.path).name}:{m.line}:{m.column}: {m.message} | {m.hint}" for m in caught.value.mistakes]


UNKNOWN_SLUG = 'no rule "shown-promise" in this pack | did you mean "Shown promise"?'
FULL = (Path(__file__).with_name("samples") / "pack.yaml").read_text(encoding="utf-8")


def test_a_full_pack_loads_with_every_value_in_place(tmp_path: Path) -> None:
    (pack,) = load_packs([write(tmp_path, "efficacy.yaml", FULL)])
    assert (pack.name, pack.title) == ("efficacy", "Efficacy claims")
    assert pack.precedence == (("disease-treatment", "shown-promise"),)
    claim, phrase = pack.rules
    assert claim.id == "efficacy/disease-treatment"
    assert claim.kind is Kind.CLAIM
    assert claim.when == ClaimWhen(predicates=("cure", "treat"), targets=("condition",))
    assert claim.unless == (Circumstance.NEGATED, Circumstance.QUESTION, Circumstance.ON_LABEL)
    assert claim.level(Profile.ARTICLE) is Level.WARNING
    assert claim.level(Profile.SUPPLEMENT_MARKETING) is Level.ERROR
    assert claim.level(Profile.PATIENT_GUIDE) is Level.OFF
    assert claim.authority[0].verified
    assert claim.examples.bad[0].text == "It cures arthritis."
    shop = claim.examples.bad[1]
    assert (shop.profile, shop.jurisdiction, shop.format) == (
        Profile.SUPPLEMENT_MARKETING,
        Jurisdiction.UK,
        ExampleFormat.HTML,
    )
    assert phrase.when == PhraseWhen(any=("promising",), near=("drug",), near_section=True)
    assert phrase.severity is Severity.NOTE


def changed(old: str, new: str) -> tuple[str, str]:
    """The full pack with one change, and the place of the `▲` in it as `line:column`."""
    assert FULL.count(old) == 1, old
    text = FULL.replace(old, new)
    before, _, after = text.partition("▲")
    return before + after, f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("pack: eff", "▲pakc: eff", ['unknown key "pakc" | did you mean "pack"?']),
        ("severity: note", "▲serverity: note", ['unknown key "serverity" | did you mean "severity"?']),
        ("kind: phrase", "kind: ▲phrases", ['unknown value "phrases" | did you mean "phrase"?']),
        ("kind: claim", "kind: ▲claims", ['unknown value "claims" | did you mean "claim"?']),
        ("[hedged]", "[▲hegded]", ['unknown value "hegded" | did you mean "hedged"?']),
        ("question, on", "▲questoin, on", ['unknown value "questoin" | did you mean "question"?']),
        ("default: warning", "default: ▲warn", ['unknown value "warn" | did you mean "warning"?']),
        ("off}", "▲false}", ['unknown value "false" | choose from error, note, off, warning']),
        (
            "supplement-marketing: error",
            "▲supplements-marketing: error",
            ['unknown profile "supplements-marketing" | did you mean "supplement-marketing"?'],
        ),
        ("{default: warning, ", "▲{", ['"default" is missing | say what holds for the other profiles']),
        ("predicates:", "▲predicate:", ['unknown key "predicate" | did you mean "predicates"?']),
        ("section: true", "section: ▲maybe", ['true or false is wanted here, not "maybe" | ']),
        ("near-section", "▲near_section", ['unknown key "near_section" | did you mean "near-section"?']),
        (
            '"“{text}” promises a treatment of {target}."',
            '▲"{targets}"',
            ['nothing fills "{targets}" here | did you mean "target"?'],
        ),
        (
            '"“{text}” promises a treatment of {target}."',
            '▲"{target"',
            ["a brace without its other half | braces hold placeholders, such as {text}"],
        ),
        ("why: Readers take promise for proof.", "why: ▲''", ["empty text | "]),
        ("why: Readers take promise for proof.", "why: ▲null", ["no value | remove the key or give it one"]),
        ("why: Readers take promise for proof.", "why: ▲12", ["text is wanted here, not 12 | put it in quotes"]),
        ("[A plant.]", "▲[]", ["no good example | a rule must show what it lets pass"]),
        ("[A promising plant.]", "▲[]", ["no bad example | a rule must show what it marks"]),
        ("[A promising plant.]", "▲A plant.", ['a list is wanted here, not "A plant." | put it in [ ]']),
        (", good: [A plant.]", "", ['"good" is missing | ']),
        ("examples: {bad: [A promising plant.], good: [A plant.]}", "profiles: []", ['"examples" is missing | ']),
        (
            '"https://www.ecfr.gov/x"',
            '▲"www.ecfr.gov"',
            ['"www.ecfr.gov" is not a web address | it begins with https://'],
        ),
        ("jurisdiction: us", "jurisdiction: ▲usa", ['unknown jurisdiction "usa" | did you mean "us"?']),
        (
            "[disease-treatment, ",
            "[▲disease-treatments, ",
            ['no rule "disease-treatments" in this pack | did you mean "disease-treatment"?'],
        ),
        (
            "[disease-treatment, ",
            "[shown-promise, ▲",
            ['"shown-promise" stands twice in one list | '],
        ),
        (
            "- id: shown-promise",
            "- id: ▲Shown promise",
            ['"Shown promise" is not a slug | write "shown-promise"; the pack\'s name is added', UNKNOWN_SLUG],
        ),
        ("format: html", "format: ▲htm", ['unknown value "htm" | did you mean "html"?']),
        ("[us, uk]", "[us, ▲gb]", ['unknown value "gb" | choose from au, ca, eu, uk, us']),
    ],
)
def test_each_mistake_is_told_at_its_place_with_the_nearest_word(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    text, place = changed(old, new)
    found = mistakes(write(tmp_path, "p.yaml", text))
    assert sorted(f.split(": ", 1)[1] for f in found) == sorted(expected)
    if "▲" in new:
        assert f"p.yaml:{place}: {expected[0]}" in found


@pytest.mark.parametrize(
    ("kind", "when", "told"),
    [
        ("phrase", "▲{near-section: true}", '"any" or "pattern" must say what to look for'),
        ("dose", "▲{test: unit-written}", '"words" must say what is not to be written'),
        ("metadata", "▲{words: 5}", '"missing", "stale-months" or "density" must say what is asked of the page'),
        ("disclosure", "▲{any: [shop]}", '"kinds" must name a disclosure, or "wording" say how it reads'),
        ("disclosure", "▲{fault: forbidden, none: [shop]}", '"all" or "any" must say what is forbidden'),
        ("balance", "{ratio: ▲-1}", "-1 is less than nothing"),
        ("phrase", "▲{any: [a, b], none: [b]}", '"b" stands under "any" and under "none", and matches nowhere'),
        ("phrase", "▲{any: [a], none-beside: true}", '"none-beside" needs a "none"'),
        ("phrase", "▲{any: [a], near-section: true}", '"near-section" needs a "near"'),
        ("dose", "▲{test: range, words: {a: b}}", 'the test "range" reads no "words"'),
        ("metadata", "▲{missing: [date], named: true}", '"named" needs the author or the reviewer'),
        ("metadata", "▲{missing: [date], occurrences: 3}", '"occurrences" needs a "density"'),
        ("disclosure", "▲{kinds: [date], names: {a: b}}", '"names" is only read with "fault: unanswered"'),
        ("disclosure", "▲{kinds: [date], fault: late, topics: [a]}", '"topics" is only read with "fault: missing"'),
    ],
)
def test_a_rule_that_could_not_report_sensibly_is_refused(tmp_path: Path, kind: str, when: str, told: str) -> None:
    text = FULL.replace("kind: phrase", f"kind: {kind}").replace(
        "{any: [promising], near: [drug], near-section: true}", when
    )
    before = text.partition("▲")[0]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    (found,) = mistakes(write(tmp_path, "p.yaml", text.replace("▲", "")))
    assert found.startswith(f"p.yaml:{place}: {told}")


def test_circumstances_that_a_kind_never_asks_for_are_refused(tmp_path: Path) -> None:
    when = "{any: [promising], near: [drug], near-section: true}"
    text = FULL.replace("kind: phrase", "kind: disclosure").replace(when, "{kinds: [date]}\n    unless: [negated]")
    (found,) = mistakes(write(tmp_path, "p.yaml", text))
    assert found == "p.yaml:30:5: a disclosure rule speaks of the page as a whole and heeds no circumstances | "


def test_a_severity_for_a_profile_under_which_the_rule_is_off_is_refused(tmp_path: Path) -> None:
    text, place = changed("severity: note", "severity: {default: note, ▲article: error}\n    profiles: [patient-guide]")
    (found,) = mistakes(write(tmp_path, "p.yaml", text))
    assert found == f'p.yaml:{place}: the rule does not hold under "article" | see its "profiles"'


@pytest.mark.parametrize(
    ("kind", "when", "message", "told"),
    [
        ("dose", "{test: range}", "{wanted} {frequency}", 'nothing fills "{frequency}" here'),
        ("disclosure", "{kinds: [date]}", "{substance} {found}", 'nothing fills "{found}" here'),
        ("claim", "{reasoning: [certainty-drift]}", "{other} {dose}", 'nothing fills "{dose}" here'),
        ("metadata", "{missing: [date], density: 2}", "{found} {value}", 'nothing fills "{value}" here'),
    ],
)
def test_a_placeholder_that_no_finding_of_a_rule_fills_is_refused(
    tmp_path: Path, kind: str, when: str, message: str, told: str
) -> None:
    text = FULL.replace("kind: phrase", f"kind: {kind}").replace("Promise is no result.", f"'{message}'")
    text = text.replace("{any: [promising], near: [drug], near-section: true}", when)
    (found,) = mistakes(write(tmp_path, "p.yaml", text))
    assert told in found


def test_a_pattern_that_re2_can_not_match_is_refused(tmp_path: Path) -> None:
    text, place = changed("any: [promising]", "any: [promising], pattern: ▲'(?=a)'")
    (found,) = mistakes(write(tmp_path, "p.yaml", text))
    assert found.startswith(f"p.yaml:{place}: not a regular expression that RE2 can match: ")


def test_a_rule_id_given_twice_names_both_places(tmp_path: Path) -> None:
    one = write(tmp_path, "one.yaml", pack_text("ours", "praise"))
    two = write(tmp_path, "two.yaml", pack_text("ours", "praise", "blame"))
    (found,) = mistakes(one, two)
    assert found.startswith('two.yaml:4:9: rule id "ours/praise" is given twice, first at ')
    assert "one.yaml:4:9" in found


def test_every_mistake_of_every_file_is_told_at_once_in_order(tmp_path: Path) -> None:
    broken = write(tmp_path, "a.yaml", "pack: [\n")
    faulty = write(tmp_path, "b.yaml", changed("kind: claim", "kind: claims")[0].replace("[hedged]", "[hegded]"))
    empty = write(tmp_path, "c.yaml", "")
    missing = tmp_path / "d.yaml"
    files = [m.split(":")[0] for m in mistakes(missing, empty, faulty, broken)]
    assert files == ["a.yaml", "b.yaml", "b.yaml", "c.yaml", "d.yaml"]


ALL_WRONG = """\
pack: praise
titel: Praise
ruels:
  - id: wonder
    titel: A wonder
    kind: phrse
    severity: {defalt: wrning}
    unles: [negatd]
    when: {ayn: [wonder, "<drgu> wonder"], nera: [suplement], blocks: [buton, title]}
    mesage: "{txt} is praise"
    why: 3
    suggestion: "Name {txet}"
    authority:
      - {titel: A guideline, url: nowhere}
    examples:
      bad: [{txt: A wonder.}]
      good: A study.
precedence:
  - [wonder, wondr]
"""


def test_nothing_that_is_misspelt_hides_what_else_is_wrong(tmp_path: Path) -> None:
    known = Known(frozenset({"drug", "supplement"}), frozenset(), frozenset())
    assert mistakes(write(tmp_path, "p.yaml", ALL_WRONG), known=known) == [
        'p.yaml:2:1: unknown key "titel" | did you mean "title"?',
        'p.yaml:3:1: unknown key "ruels" | did you mean "rules"?',
        'p.yaml:5:5: unknown key "titel" | did you mean "title"?',
        'p.yaml:6:11: unknown value "phrse" | did you mean "phrase"?',
        'p.yaml:7:16: unknown profile "defalt" | did you mean "default"?',
        'p.yaml:7:24: unknown value "wrning" | did you mean "warning"?',
        'p.yaml:8:5: unknown key "unles" | did you mean "unless"?',
        'p.yaml:8:13: unknown value "negatd" | did you mean "negated"?',
        'p.yaml:9:12: unknown key "ayn" | did you mean "any"?',
        'p.yaml:9:26: no class, tag, group or id is named "drgu" | did you mean "drug"?',
        'p.yaml:9:44: unknown key "nera" | did you mean "near"?',
        'p.yaml:9:51: no class, tag, group or id is named "suplement" | did you mean "supplement"?',
        'p.yaml:9:72: unknown value "buton" | did you mean "button"?',
        'p.yaml:10:5: unknown key "mesage" | did you mean "message"?',
        'p.yaml:10:13: nothing fills "{txt}" here | did you mean "text"?',
        "p.yaml:11:10: text is wanted here, not 3 | put it in quotes",
        'p.yaml:12:17: nothing fills "{txet}" here | did you mean "text"?',
        'p.yaml:14:10: unknown key "titel" | did you mean "title"?',
        'p.yaml:14:35: "nowhere" is not a web address | it begins with https://',
        'p.yaml:16:14: unknown key "txt" | did you mean "text"?',
        'p.yaml:17:13: a list is wanted here, not "A study." | put it in [ ]',
        'p.yaml:19:14: no rule "wondr" in this pack | did you mean "wonder"?',
    ]


def test_files_with_the_same_pack_name_make_one_pack(tmp_path: Path) -> None:
    one = write(tmp_path, "one.yaml", pack_text("ours", "praise"))
    two = write(tmp_path, "two.yaml", pack_text("ours", "blame", head="precedence:\n  - [praise, blame]\n"))
    (pack,) = load_packs([one, two])
    assert [rule.id for rule in pack.rules] == ["ours/praise", "ours/blame"]
    assert pack.precedence == (("praise", "blame"),)


def test_a_folder_stands_for_its_pack_files(tmp_path: Path) -> None:
    write(tmp_path, "packs/b.yaml", pack_text("b", "x"))
    write(tmp_path, "packs/a.yaml", pack_text("a", "x"))
    write(tmp_path, "packs/notes.txt", "not a pack")
    assert [pack.name for pack in load_packs([tmp_path / "packs"])] == ["a", "b"]


class TestExtends:
    def test_an_extending_pack_changes_severities_and_adds_rules(self, tmp_path: Path) -> None:
        shipped = write(tmp_path, "rules/efficacy.yaml", FULL)
        head = "extends: [efficacy]\nseverity:\n  efficacy/shown-promise: error\n  'efficacy/disease-*': off\n"
        ours = write(tmp_path, "ours.yaml", pack_text("ours", "praise", head=head))
        efficacy, mine = load_packs([ours], builtin=(shipped,))
        claim, phrase = efficacy.rules
        assert phrase.severity is Severity.ERROR
        assert {claim.level(profile) for profile in Profile} == {Level.OFF}
        assert [rule.id for rule in mine.rules] == ["ours/praise"]

    def test_a_level_for_all_leaves_a_rule_off_where_it_was_off(self, tmp_path: Path) -> None:
        shipped = write(tmp_path, "efficacy.yaml", FULL)
        ours = write(
            tmp_path, "ours.yaml", pack_text("ours", head="extends: [./efficacy.yaml]\nseverity: {efficacy/: note}\n")
        )
        claim = load_packs([shipped, ours])[0].rules[0]
        assert claim.level(Profile.SUPPLEMENT_MARKETING) is Level.NOTE
        assert claim.level(Profile.PATIENT_GUIDE) is Level.OFF

    def test_a_level_by_profile_changes_only_that_profile(self, tmp_path: Path) -> None:
        shipped = write(tmp_path, "efficacy.yaml", FULL)
        head = "extends: [efficacy.yaml]\nseverity: {efficacy/disease-treatment: {patient-guide: note}}\n"
        claim = load_packs([shipped, write(tmp_path, "ours.yaml", pack_text("ours", head=head))])[0].rules[0]
        assert claim.level(Profile.PATIENT_GUIDE) is Level.NOTE
        assert claim.level(Profile.ARTICLE) is Level.WARNING

    def test_the_extender_wins_however_the_files_are_ordered(self, tmp_path: Path) -> None:
        shipped = write(tmp_path, "efficacy.yaml", FULL)
        head = "extends: [efficacy.yaml]\nseverity: {efficacy/shown-promise: error}\n"
        ours = write(tmp_path, "ours.yaml", pack_text("ours", head=head))
        for order in ([shipped, ours], [ours, shipped]):
            assert load_packs(order)[0].rules[1].severity is Severity.ERROR

    def test_unknown_names_get_the_nearest(self, tmp_path: Path) -> None:
        shipped = write(tmp_path, "rules/efficacy.yaml", FULL)
        head = "extends: [eficacy, efficacy, gone.yaml]\nseverity: {efficacy/shown-promises: off, efficasy/: off}\n"
        ours = write(tmp_path, "ours.yaml", pack_text("ours", "praise", head=head))
        assert [m.split(": ", 1)[1] for m in mistakes(ours, builtin=(shipped,))] == [
            'unknown pack "eficacy" | did you mean "efficacy"?',
            'no file "gone.yaml" beside this one | ',
            'no extended rule is named "efficacy/shown-promises" | did you mean "efficacy/shown-promise"?',
            'no extended rule is named "efficasy/" | did you mean "efficacy/"?',
        ]

    def test_a_pack_of_several_files_is_extended_whole(self, tmp_path: Path) -> None:
        one = write(tmp_path, "rules/one.yaml", pack_text("base", "praise"))
        two = write(tmp_path, "rules/two.yaml", pack_text("base", "blame"))
        ours = write(tmp_path, "ours.yaml", pack_text("ours", head="extends: [base]\nseverity: {base/: note}\n"))
        base = load_packs([ours], builtin=[one, two])[0]
        assert [(rule.id, rule.severity) for rule in base.rules] == [
            ("base/praise", Severity.NOTE),
            ("base/blame", Severity.NOTE),
        ]

    def test_every_file_that_is_read_is_known(self, tmp_path: Path) -> None:
        deep = write(tmp_path, "deep/base.yaml", pack_text("base", "x"))
        middle = write(tmp_path, "middle.yaml", pack_text("middle", "x", head="extends: [deep/base.yaml, efficacy]\n"))
        own = write(tmp_path, "own/a.yaml", pack_text("own", "x", head="extends: [../middle.yaml]\n"))
        broken = write(tmp_path, "own/b.yaml", "pack: [")
        found = pack_files([tmp_path / "own", middle])
        assert [path.resolve() for path in found] == [own, broken, middle, deep]

    def test_severities_without_an_extended_pack_are_refused(self, tmp_path: Path) -> None:
        ours = write(tmp_path, "ours.yaml", pack_text("ours", "praise", head="severity: {dosing/: off}\n"))
        assert "severities for the rules of no other pack" in mistakes(ours)[0]

    @pytest.mark.parametrize("ring", [["a"], ["a", "b"], ["a", "b", "c"]])
    def test_a_circle_is_told_once(self, tmp_path: Path, ring: list[str]) -> None:
        for one, two in zip(ring, [*ring[1:], ring[0]], strict=True):
            write(tmp_path, f"{one}.yaml", pack_text(one, "x", head=f"extends: [{two}.yaml]\n"))
        (found,) = mistakes(tmp_path / "a.yaml")
        assert "packs extend each other in a circle: a.yaml" in found

    @pytest.mark.parametrize("name", ["efficacy", "caveat"])
    def test_the_name_of_a_built_in_pack_can_not_be_taken(self, tmp_path: Path, name: str) -> None:
        shipped = write(tmp_path, "rules/efficacy.yaml", FULL)
        ours = write(tmp_path, "ours.yaml", pack_text(name, "praise"))
        (found,) = mistakes(ours, shipped, builtin=(shipped,))
        assert found.startswith(f'ours.yaml:1:7: "{name}" is the name of a built-in pack | choose another')
        assert '"extends"' in found


def test_a_broken_extended_pack_is_told_with_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", "pack: base\nrules: 3\n")
    ours = write(
        tmp_path,
        "ours.yaml",
        pack_text("ours", "praise", head="extends: [base.yaml]\n").replace("kind: phrase", "kind: prase"),
    )
    found = mistakes(ours)
    assert {m.split(":")[0] for m in found} == {"base.yaml", "ours.yaml"}


class TestKnownNames:
    KNOWN = Known(
        concepts=frozenset({"condition", "drug", "serious"}),
        predicates=frozenset({"cure", "treat"}),
        topics=frozenset(),
        template=lambda template: f"bad template {template}" if template.startswith("(") else None,
    )

    def test_names_that_exist_are_fine(self, tmp_path: Path) -> None:
        assert load_packs([write(tmp_path, "p.yaml", FULL)], known=self.KNOWN)

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                "[condition]",
                "[▲conditions]",
                'no class, tag, group or id is named "conditions" | did you mean "condition"?',
            ),
            ("[cure, treat]", "[cure, ▲treats]", 'no predicate is named "treats" | did you mean "treat"?'),
            ("{any: [promising]", "{any: [▲(promising]", "bad template (promising | "),
            (
                "{any: [promising]",
                "{any: [▲promising for <drug|conditon>]",
                'no class, tag, group or id is named "conditon" | did you mean "condition"?',
            ),
            (
                "{any: [promising]",
                "{any: [promising], none: [▲promising <numbers>]",
                'no class, tag, group or id is named "numbers" | did you mean "number"?',
            ),
            (
                "near: [drug]",
                "near: [▲drugs]",
                'no class, tag, group or id is named "drugs" | did you mean "drug"?',
            ),
        ],
    )
    def test_names_that_do_not_are_told(self, tmp_path: Path, old: str, new: str, expected: str) -> None:
        text, place = changed(old, new)
        assert mistakes(write(tmp_path, "p.yaml", text), known=self.KNOWN) == [f"p.yaml:{place}: {expected}"]
