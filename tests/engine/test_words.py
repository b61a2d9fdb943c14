"""What spaCy has said is kept from run to run, and is never anything but what it says."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from caveat.analysis import vocabulary
from caveat.analysis.vocabulary import Vocabulary
from caveat.engine import cache
from caveat.engine.cache import Compiled, kept, look
from caveat.engine.words import Words

CHUNKS = ["(10mg/day),", "isn’t", "plain"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("CAVEAT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def without_spacy(words: Words, chunks: list[str]) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_tokenizer", None)  # calling it raises
        return words.vocabulary.part(chunks)


def test_a_later_run_knows_them() -> None:
    first = Words.recalled()
    said = first.vocabulary.part(CHUNKS)
    first.remember()
    assert without_spacy(Words.recalled(), CHUNKS) == said == Vocabulary().part(CHUNKS)


def test_what_another_run_has_kept_meanwhile_stays() -> None:
    one, other = Words.recalled(), Words.recalled()
    said = one.vocabulary.part(CHUNKS[:1]) | other.vocabulary.part(CHUNKS[1:])
    one.remember()
    other.remember()
    assert without_spacy(Words.recalled(), CHUNKS) == said


@pytest.mark.parametrize("damage", [b"", b"rubbish", None])
def test_what_is_damaged_or_gone_meanwhile_is_kept_again(folder: Path, damage: bytes | None) -> None:
    words = Words.recalled()
    said = words.vocabulary.part(CHUNKS)
    (file,) = folder.glob("*.words")
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    words.remember()
    assert without_spacy(Words.recalled(), CHUNKS) == said


def test_they_are_kept_under_the_versions_that_they_were_recalled_under(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Words.recalled()
    words.vocabulary.part(CHUNKS)
    monkeypatch.setattr(cache, "__version__", "upgraded meanwhile")
    words.remember()
    assert [file.stem for file in folder.glob("*.words")] == [words.name]


def test_a_full_disk_leaves_what_was_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Words.recalled()
    said = words.vocabulary.part(CHUNKS[:1])
    words.remember()
    (file,) = folder.iterdir()
    before = file.read_bytes()
    words.vocabulary.part(CHUNKS[1:])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(cache, "write_atomically", full)
    words.remember()
    assert file.read_bytes() == before
    assert without_spacy(Words.recalled(), CHUNKS[:1]) == said


def test_a_folder_that_is_a_file_is_no_reason_to_fail(folder: Path) -> None:
    folder.write_text("", encoding="utf-8")
    words = Words.recalled()
    words.vocabulary.part(CHUNKS)
    words.remember()
    assert words.vocabulary.part(CHUNKS) == Vocabulary().part(CHUNKS)
    assert folder.read_text(encoding="utf-8") == ""


def test_the_oldest_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_MOST_CUTS", 3)
    words = Words.recalled()
    chunks = [f"{number}mg/day" for number in range(5)]
    for chunk in chunks:
        words.vocabulary.part([chunk])
    words.remember()
    again = Words.recalled()
    assert len(again.vocabulary.sayings.cuts) == 3
    assert without_spacy(again, chunks[2:]) == Vocabulary().part(chunks[2:])
    with pytest.raises(TypeError):
        without_spacy(again, chunks[:1])


def test_what_was_kept_under_another_name_is_damage(folder: Path) -> None:
    kept("name", lambda: ["rules"], kind=Compiled.RULES, folder=folder)
    (folder / "name.rules").rename(folder / "name.words")
    assert look("name", kind=Compiled.WORDS, folder=folder) is None
    assert kept("name", lambda: "words", kind=Compiled.WORDS, folder=folder) == "words"
