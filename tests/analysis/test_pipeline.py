"""Tokens, norms and sentences."""

from __future__ import annotations

import pickle
import sys

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from caveat.analysis import vocabulary
from caveat.analysis.inflect import inflections
from caveat.analysis.pipeline import Pipeline
from caveat.analysis.trie import Trie
from caveat.analysis.vocabulary import Vocabulary

PIPELINE = Pipeline()
BLANK = spacy.blank("en")


@pytest.mark.parametrize(
    "marked",
    [
        "It works.| It is safe.",
        "Take 1.5 mg.| Then 4.50mg b.i.d. with food.",
        "Dr. Miller, M.D., wrote it.| J. Smith read it.",
        "You need vitamin D.| It helps.",
        "Vitamins C and E.| Then zinc.",
        "“Is it safe?” people ask.| It is.",
        "He said: “It works.”| She laughed.",
        "It costs $4.50!| Why?| No idea…",
        "no chest pain.| denies fever.",
        "See example.com for more.| Then stop.",
        "Used by Smith et al. in 2019.| Not since.",
        "Approx. 5 mg vs. 10 mg.| Fine.",
        "(It works.)| Well.",
        "Gout is a reason to say no.| So is an ulcer.",
        "Batch no. 5 and fig. 2 stay, at 2 tabs. daily (see Tab. S3).| Close the cap.",
        "Give 5 mL.| Then wait 30 min.| Take 4 g.| Stop at 5mL.| Done.",
        "Give 5 mL. of it, 2 oz. of that.| J. Smith and Dr. L. Jones say so.",
    ],
)
def test_sentences(marked: str) -> None:
    text = marked.replace("|", "")
    tokens = PIPELINE.tokenize([text])[0]
    assert [tokens.span(a, b).of(text).strip() for a, b in tokens.sentences] == [s.strip() for s in marked.split("|")]


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("doesn't", ("does", "not")),
        ("doesn’t", ("does", "not")),
        ("can't", ("can", "not")),
        ("low-dose", ("low", "dose")),
        ("low‑dose", ("low", "dose")),
        ("pain—free", ("pain", "—", "free")),
        ("pain – gone", ("pain", "—", "gone")),
        ("sugar¹", ("sugar", "¹")),
        ("sugar.[1]", ("sugar", ".", "[", "1", "]")),
        ("4.50mg", ("4.50", "mg")),
        ("Crohn’s disease", ("crohn", "'s", "disease")),
    ],
)
def test_norms(text: str, norms: tuple[str, ...]) -> None:
    assert PIPELINE.norms(text) == norms


@given(st.text(max_size=200))
def test_offsets_hold_for_any_text(text: str) -> None:
    tokens = PIPELINE.tokenize([text])[0]
    uniform = text.translate({0x2010: "-", 0x2011: "-"})
    assert [uniform[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == list(tokens.texts)
    assert list(tokens.starts) == sorted(tokens.starts)
    assert [a for a, _ in tokens.sentences] == [0, *(b for _, b in tokens.sentences)][: len(tokens.sentences)]
    assert not tokens.norms or tokens.sentences[-1][1] == len(tokens.norms)


def test_tokens_are_those_of_the_blank_english_pipeline() -> None:
    text = "Don't take 10mg/day of St. John's wort (e.g. as tea), U.K. readers: it's £5... he’ll say so!"
    theirs = BLANK(text)
    ours = PIPELINE.tokenize([text])[0]
    assert ours.texts == tuple(token.text for token in theirs)
    assert ours.norms == tuple(token.norm_ for token in theirs)


@given(st.lists(st.from_regex(r"[A-Za-z]{1,12}[,;:!?)]?|[a-z]{8,12}\.", fullmatch=True), min_size=1, max_size=8))
def test_plain_words_are_parted_as_spacy_does(words: list[str]) -> None:
    text = " ".join([*words, "x"])
    theirs = BLANK(text)
    ours = PIPELINE.tokenize([text])[0]
    assert list(zip(ours.starts, ours.texts, strict=True)) == [(token.idx, token.text) for token in theirs]
    assert ours.norms == tuple(token.norm_.lower() for token in theirs)


WRITTEN = ["don’t", "low-dose", "(10 mg/day),", "b.i.d.", "e.g.", "I.", "“Yes!”", "x"]


@given(st.lists(st.sampled_from(WRITTEN), max_size=12))
def test_a_stretch_between_white_space_is_read_alike_wherever_it_stands(words: list[str]) -> None:
    alone = [norm for word in words for norm in PIPELINE.tokenize([f"{word} x"])[0].norms[:-1]]
    together = list(PIPELINE.tokenize([" ".join([*words, "x"])])[0].norms[:-1])
    assert together == alone


@given(st.lists(st.text(max_size=12) | st.sampled_from(WRITTEN), max_size=12))
def test_what_spacy_has_said_is_said_again_without_it(words: list[str]) -> None:
    asked = Vocabulary()
    chunks = list(dict.fromkeys(" ".join(words).split()))
    said = asked.part(chunks)
    kept = pickle.loads(pickle.dumps(asked.sayings))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_tokenizer", None)  # calling it raises
        assert Vocabulary(kept).part(chunks) == said


def test_a_vocabulary_tells_what_it_has_learned_once() -> None:
    asked, other = Vocabulary(), Vocabulary()
    rows = asked.part(["plain", "10mg/day"])
    learned = asked.learned()
    assert len(learned) == 1
    assert not asked.learned()
    assert not any(word in repr(learned) for word in ("10mg", "day"))
    other.learn(learned)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_tokenizer", None)
        assert other.part(["plain", "10mg/day"]) == rows


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory in kilobytes, as Linux tells it")
def test_new_words_take_no_more_memory_in_a_long_run_than_in_a_short_one() -> None:
    import resource  # noqa: PLC0415 - not on every system

    pipeline = Pipeline()

    def peak_after(first: int, last: int) -> int:
        for batch in range(first, last):
            pipeline.tokenize([" ".join(f"w{batch * 26_000 + n}x" for n in range(26_000))])
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    settled = peak_after(0, 6)  # the tokenizer has started anew several times by then
    assert peak_after(6, 9) - settled < 20_000


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("treat", {"treat", "treats", "treated", "treating"}),
        ("relieve", {"relieve", "relieves", "relieved", "relieving"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("control", {"control", "controls", "controlled", "controlling"}),
        ("lower", {"lower", "lowers", "lowered", "lowering"}),
        ("fight", {"fight", "fights", "fought", "fighting"}),
        ("shrink", {"shrink", "shrinks", "shrank", "shrunk", "shrinking"}),
        ("label", {"label", "labels", "labeled", "labelled", "labeling", "labelling"}),
        ("fix", {"fix", "fixes", "fixed", "fixing"}),
        ("die", {"die", "dies", "died", "dying"}),
    ],
)
def test_inflections(word: str, forms: set[str]) -> None:
    assert set(inflections(word)) == forms


@given(
    st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), max_size=8),
    st.lists(st.sampled_from("abcd"), max_size=20),
)
def test_trie_finds_what_a_search_finds(phrases: list[list[str]], words: list[str]) -> None:
    trie: Trie[str] = Trie()
    for phrase in phrases:
        trie.add(phrase, " ".join(phrase))
    wanted = {
        (at, at + len(phrase), " ".join(phrase))
        for phrase in phrases
        for at in range(len(words))
        if words[at : at + len(phrase)] == phrase
    }
    assert trie.scan(words) == sorted(trie.scan(words), key=lambda hit: (hit[0], hit[1]))
    assert set(trie.scan(words)) == wanted


def test_trie_refuses_an_empty_phrase() -> None:
    with pytest.raises(ValueError, match="empty phrase"):
        Trie[str]().add([], "x")
