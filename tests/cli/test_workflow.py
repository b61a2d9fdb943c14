"""Fixes, baselines and changed lines, on a site as it is worked on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Caveat = Callable[..., Result]
Git = Callable[..., None]

BASELINE = ".caveat-baseline.json"
DOSES = "\ufeff# Ginger\r\n\r\nTake 5.0 mg of ginger twice a day, or 10mg once.\r\nGinger cures colds.\r\n"


def write(name: str, text: str) -> Path:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return file


def found(done: Result, *, key: str = "findings") -> list[str]:
    """Line and rule of each finding in a JSON report."""
    files = json.loads(done.stdout)["files"]
    return [f"{f['start']['line']} {f['rule']}" for file in files for f in file[key]]


class TestFix:
    def test_mends_what_is_safe_and_reports_the_rest(self, caveat: Caveat) -> None:
        file = write("a.md", DOSES)
        done = caveat("check", "--fix", "--format", "json", "--select", "efficacy/cure,dosing/trail,dosing/no-space")
        assert file.read_bytes().decode("utf-8") == DOSES.replace("5.0", "5").replace("10mg", "10 mg")
        assert found(done) == ["4 efficacy/cure-absolute"]
        assert (done.exit_code, done.stderr) == (1, "caveat: 2 findings fixed in 1 file\n")

    def test_a_second_time_changes_nothing(self, caveat: Caveat) -> None:
        file = write("a.md", DOSES)
        caveat("check", "--fix")
        before = file.stat().st_mtime_ns, file.read_bytes()
        done = caveat("check", "--fix")
        assert (file.stat().st_mtime_ns, file.read_bytes()) == before
        assert "fixed" not in done.stderr

    def test_what_is_answered_for_is_not_mended(self, caveat: Caveat) -> None:
        text = "<!-- caveat-ignore: dosing/ -- as printed on the label -->\n\nTake 5.0 mg of ginger.\n"
        file = write("a.md", text)
        write("b.md", "Take 7.0 mg of ginger.\n")
        caveat("baseline", "b.md")
        caveat("check", "--fix", "--baseline", BASELINE)
        assert file.read_text(encoding="utf-8") == text
        assert "7.0" in Path("b.md").read_text(encoding="utf-8")

    def test_only_rules_that_are_asked_mend(self, caveat: Caveat) -> None:
        file = write("a.md", DOSES)
        caveat("check", "--fix", "--select", "dosing/no-space")
        assert file.read_bytes().decode("utf-8") == DOSES.replace("10mg", "10 mg")

    def test_only_changed_lines_are_mended(self, caveat: Caveat, git: Git) -> None:
        file = write("a.md", "Take 5.0 mg of ginger.\n\nRest.\n")
        git("init", "-q")
        git("add", ".")
        git("commit", "-qm", "first")
        write("a.md", "Take 5.0 mg of ginger.\n\nTake 7.0 mg of ginger.\n")
        caveat("check", "--fix", "--changed-since", "HEAD")
        assert file.read_text(encoding="utf-8") == "Take 5.0 mg of ginger.\n\nTake 7 mg of ginger.\n"

    def test_the_diff_applies_and_writes_nothing(self, caveat: Caveat, git: Git) -> None:
        file = write("a.md", DOSES + "No line feed at the end: 3.0 mg of ginger.")
        before = file.read_bytes()
        done = caveat("check", "--diff")
        assert (done.exit_code, file.read_bytes()) == (1, before)
        Path("patch").write_bytes(done.stdout_bytes)
        git("init", "-q")
        git("apply", "--whitespace=nowarn", "patch")
        patched = file.read_bytes()
        file.write_bytes(before)
        caveat("check", "--fix")
        assert file.read_bytes() == patched != before
        done = caveat("check", "--diff")
        assert (done.exit_code, done.stdout) == (0, "")

    def test_a_file_that_can_not_be_read_fails_the_diff(self, caveat: Caveat) -> None:
        Path("a.md").write_bytes(b"\xff\x00")
        assert caveat("check", "--diff").exit_code == 1

    def test_a_file_that_can_not_be_written_is_told(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("caveat.engine.fix.write_atomically", refuse)
        write("a.md", "Take 5.0 mg of ginger.\n")
        done = caveat("check", "--fix", "--format", "json", "--fail-on", "never")
        assert (done.exit_code, done.stderr) == (1, "caveat: a.md is left as it was: Permission denied\n")
        assert "1 dosing/trailing-zero-whole" in found(done)


class TestBaseline:
    CHECK = "check", "--format", "json", "--select", "efficacy/cure", "--baseline", BASELINE

    def test_hides_what_was_there(self, caveat: Caveat) -> None:
        write("a.md", "# Ginger\n\nGinger cures colds.\n")
        done = caveat("baseline", "--select", "efficacy/cure")
        assert (done.exit_code, "1 finding in 1 file recorded (1 new" in done.stdout) == (0, True)
        done = caveat(*self.CHECK)
        assert (done.exit_code, found(done)) == (0, [])
        assert found(done, key="suppressed") == ["3 efficacy/cure-absolute"]
        shown = caveat("check", "--baseline", BASELINE, "--select", "efficacy/cure", "--show-suppressed").stdout
        assert "by baseline" in shown

    def test_survives_moved_lines_and_edited_neighbours(self, caveat: Caveat) -> None:
        write("a.md", "# Ginger\n\nIt is hot. Ginger cures colds. It is a root.\n")
        caveat("baseline")
        write("a.md", "# Ginger\n\nA root.\n\nThis root is hot. Ginger\ncures colds. It grows in Asia.\n")
        assert found(caveat(*self.CHECK)) == []

    def test_what_yielded_to_a_recorded_finding_does_not_come_up(self, caveat: Caveat) -> None:
        write(
            "ours.yaml",
            "pack: ours\ntitle: T\nprecedence: [[magic, wonder]]\nrules:\n"
            + "".join(
                f"  - {{id: {word}, title: T, kind: phrase, severity: error, when: {{any: [{word}]}}, message: m,"
                f" why: w, suggestion: s, authority: [], examples: {{bad: [{word}], good: [x]}}}}\n"
                for word in ("magic", "wonder")
            ),
        )
        write("a.md", "A magic wonder.\n")
        given = "--pack", "ours.yaml", "--select", "ours/"
        assert found(caveat("check", *given, "--format", "json")) == ["1 ours/magic"]
        done = caveat("baseline", *given)
        assert "2 findings in 1 file recorded" in done.stdout
        assert "1 of them are not in reports" in done.stdout
        assert found(caveat("check", *given, "--format", "json", "--baseline", BASELINE)) == []

    def test_a_renamed_file_keeps_its_record(self, caveat: Caveat) -> None:
        file = write("a.md", "# Ginger\n\nGinger cures colds.\n")
        caveat("baseline")
        file.rename("b.md")
        assert found(caveat(*self.CHECK)) == []

    def test_shows_a_sentence_that_has_changed(self, caveat: Caveat) -> None:
        write("a.md", "# Ginger\n\nGinger cures colds.\n")
        caveat("baseline")
        write("a.md", "# Ginger\n\nGinger cures all colds.\n")
        assert found(caveat(*self.CHECK)) == ["3 efficacy/cure-absolute"]

    def test_shows_a_second_sentence_of_the_same_words(self, caveat: Caveat) -> None:
        write("a.md", "Ginger cures colds.\n")
        caveat("baseline")
        write("a.md", "Ginger cures colds.\n\nGinger cures colds.\n")
        assert len(found(caveat(*self.CHECK))) == 1

    def test_counts_stale_entries(self, caveat: Caveat) -> None:
        write("a.md", "Ginger cures colds.\n\nGinger cures flu.\n")
        caveat("baseline", "--select", "efficacy/cure")
        write("a.md", "Ginger cures colds.\n\nGinger cures asthma.\n")
        done = caveat("baseline", "--select", "efficacy/cure")
        assert "2 findings in 1 file recorded (1 new, 1 as before, 1 stale and dropped)" in done.stdout
        before = Path(BASELINE).read_bytes()
        caveat("baseline", "--select", "efficacy/cure")
        assert Path(BASELINE).read_bytes() == before

    def test_is_used_where_the_configuration_says_so(self, caveat: Caveat) -> None:
        write("a.md", "Ginger cures colds.\n")
        write(".caveat.yaml", "baseline: known/base.json\nselect: [efficacy/cure-absolute]\n")
        done = caveat("check")
        assert (done.exit_code, "known/base.json: there is no such baseline" in done.stderr) == (2, True)
        Path("known").mkdir()
        done = caveat("baseline")
        assert (done.exit_code, done.stdout.startswith("known/base.json: ")) == (0, True)
        assert '"path": "../a.md"' in Path("known/base.json").read_text(encoding="utf-8")
        assert caveat("check").exit_code == 0
        assert caveat("check", "--no-baseline").exit_code == 1

    def test_each_file_has_the_one_that_its_configuration_names(self, caveat: Caveat) -> None:
        for folder, baseline in (("shop", "shop.json"), ("blog", ""), (".", "base.json")):
            write(f"{folder}/a.md", "Ginger cures colds.\n")
            line = f"baseline: {baseline}\n" if baseline else ""
            write(f"{folder}/.caveat.yaml", f"{line}select: [efficacy/cure-absolute]\n")
        done = caveat("baseline")
        told = [line.partition(" in 1 file")[0] for line in done.stdout.splitlines() if "recorded" in line]
        assert told == ["base.json: 1 finding", ".caveat-baseline.json: 1 finding", "shop/shop.json: 1 finding"]
        for paths in ((), ("shop/a.md", "blog/a.md", "a.md"), ("blog/a.md", "a.md", "shop/a.md")):
            report = json.loads(caveat("check", "--format", "json", *paths).stdout)
            assert {file["path"] for file in report["files"] if file["findings"]} == {"blog/a.md"}

    def test_several_configurations_may_name_the_same(self, caveat: Caveat) -> None:
        for folder, baseline in (("shop", "../base.json"), (".", "base.json")):
            write(f"{folder}/a.md", "Ginger cures colds.\n")
            write(f"{folder}/.caveat.yaml", f"baseline: {baseline}\nselect: [efficacy/cure-absolute]\n")
        assert "base.json: 2 findings in 2 files recorded (2 new" in caveat("baseline").stdout
        assert "base.json: 2 findings in 2 files recorded (0 new, 1 as before" in caveat("baseline", "shop").stdout
        for paths in ((), ("shop",), ("a.md",)):
            assert found(caveat("check", "--format", "json", *paths)) == []

    def test_a_damaged_one_is_a_mistake(self, caveat: Caveat) -> None:
        write(BASELINE, "{")
        for arguments in (["check", "--baseline", BASELINE], ["baseline"]):
            done = caveat(*arguments)
            assert (done.exit_code, "not JSON" in done.stderr) == (2, True)
        assert Path(BASELINE).read_text(encoding="utf-8") == "{"


class TestChangedSince:
    CHECK = "check", "--format", "json", "--select", "efficacy/cure,disclosure/", "--changed-since"

    @pytest.fixture(autouse=True)
    def repository(self, git: Git) -> None:
        git("init", "-q")
        write("a.md", "# Ginger\n\nGinger cures colds.\n\nRest.\n")
        write("b.md", "Ginger cures flu.\n")
        git("add", ".")
        git("commit", "-qm", "first")

    def test_only_changed_lines_and_what_changed_articles_lack(self, caveat: Caveat) -> None:
        shop = "--profile", "supplement-marketing"
        write("a.md", "# Ginger\n\nGinger cures colds.\n\nGinger cures flu. It supports digestion.\n")
        done = caveat(*self.CHECK, "HEAD", *shop)
        assert [f for f in found(done) if "efficacy/" in f] == ["5 efficacy/cure-absolute"]
        assert "1 disclosure/dshea-missing" in found(done)
        assert [file["path"] for file in json.loads(done.stdout)["files"]] == ["a.md"]

    def test_new_files_count_whole(self, caveat: Caveat) -> None:
        write("new.md", "Ginger cures flu.\n")
        assert "1 efficacy/cure-absolute" in found(caveat(*self.CHECK, "HEAD"))

    def test_a_missing_file_is_told_all_the_same(self, caveat: Caveat) -> None:
        done = caveat(*self.CHECK, "HEAD", "gone.md")
        assert (done.exit_code, json.loads(done.stdout)["files"][0]["error"]) == (1, "no such file")

    def test_nothing_has_changed(self, caveat: Caveat) -> None:
        done = caveat(*self.CHECK, "HEAD")
        assert (done.exit_code, found(done)) == (0, [])

    def test_from_a_folder_below(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        write("below/c.md", "Ginger cures flu.\n")
        monkeypatch.chdir("below")
        assert "1 efficacy/cure-absolute" in found(caveat(*self.CHECK, "HEAD"))

    def test_an_unknown_revision_is_a_mistake(self, caveat: Caveat) -> None:
        done = caveat(*self.CHECK, "nonsense")
        assert (done.exit_code, 'no revision "nonsense"' in done.stderr) == (2, True)


def test_changed_since_outside_a_repository_is_a_mistake(caveat: Caveat) -> None:
    write("a.md", "Rest.\n")
    done = caveat("check", "--changed-since", "HEAD")
    assert (done.exit_code, "is not in a Git repository" in done.stderr) == (2, True)
