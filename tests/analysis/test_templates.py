"""The template language, at its door: which sentences a template finds, and where."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caveat.analysis.pipeline import Pipeline
from caveat.analysis.slots import Slots, SlotSpan
from caveat.analysis.template_language import TemplateError, TemplateReader
from caveat.analysis.templates import Templates

LISTS = {"advice": ["(professional|) medical (advice|care)", "a doctor's (advice|opinion)"], "loop": ["@loop x"]}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def found(pipeline: Pipeline, template: str, marked: str) -> list[str]:
    """What the template finds in the text without its brackets; `<…>` in the text marks a condition."""
    text = re.sub(r"[<>]", "", marked)
    tokens = pipeline.tokenize([text])[0]
    slots = []
    offset = 0
    for match in re.finditer(r"<([^>]*)>", marked):
        start = match.start() - offset
        offset += 2
        end = start + len(match[1])
        first = next(i for i, at in enumerate(tokens.starts) if at >= start)
        last = next(i for i, at in enumerate(tokens.ends) if at >= end)
        slots.append(SlotSpan(first, last + 1, frozenset({"condition"})))
    templates = Templates()
    templates.add("key", template, TemplateReader(pipeline.norms, LISTS))
    return [tokens.span(m.start, m.end).of(text) for _, _, m in templates.find(tokens, Slots(tokens, slots))]


@pytest.mark.parametrize(
    ("template", "text", "wanted"),
    [
        ("clinically (proven|tested)", "It is Clinically-Proven to work.", ["Clinically-Proven"]),
        ("clinically (proven|tested)", "It is clinical, proven.", []),
        ("does not treat", "It doesn’t treat pain.", ["doesn’t treat"]),
        ("{treat|heal}", "It treats, heals and treated.", ["treats"]),
        ("side effect free", "A side-effect-free pill.", ["side-effect-free"]),
        ("(no|without) side effects", "It has no side effects.", ["no side effects"]),
        ("(very|) safe", "It is safe.", ["safe"]),
        ("(very|) safe", "It is very safe.", ["very safe"]),
        ("lose ..2 pounds", "You lose about ten pounds.", ["lose about ten pounds"]),
        ("lose ..2 pounds", "You lose about ten or eleven pounds.", []),
        ("lose ... pounds", "You lose it. Then pounds.", []),
        ("^ what is", "What is it? And what is this?", ["What is"]),
        ("better than $", "It is better than.", ["better than"]),
        ("better than $", "It is better than tea.", []),
        ("cures ... <condition>", "It cures every <migraine> fast.", ["cures every migraine"]),
        ("cures <condition>", "It cures every <migraine>.", []),
        ("no ..3 substitute for @advice", "No substitute for medical care.", ["No substitute for medical care"]),
        ("((a|the) (big|small)|any) dose", "Take the small dose.", ["the small dose"]),
        ("((a|the) (big|small)|any) dose", "Take any dose.", ["any dose"]),
        ("(a|some <condition>) now", "So some <gout> now.", ["some gout now"]),
    ],
)  # fmt: skip
def test_finds(pipeline: Pipeline, template: str, text: str, wanted: list[str]) -> None:
    assert found(pipeline, template, text) == wanted


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("(a|b", "unclosed '('"),
        ("a)", "unexpected ')'"),
        ("a|b", "unexpected '|'"),
        ("{treat", "missing '}'"),
        ("{}", "nothing before '}'"),
        ("<condition> ... <drug>", "needs at least one literal word"),
        ("(a|)", "needs at least one literal word"),
        ("a (b|) ^ c", "has '^' behind something"),
        ("a $ b", "or '$' before it"),
        ("@nowhere a", "no list named 'nowhere'"),
        ("@loop", "contains itself"),
    ],
)
def test_says_what_is_wrong(pipeline: Pipeline, template: str, message: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(message)):
        Templates().add("key", template, TemplateReader(pipeline.norms, LISTS))


def test_many_alternatives_stay_small_and_exact(pipeline: Pipeline) -> None:
    words = "|".join(f"w{i}" for i in range(60))
    template = f"({words}) ({words}) ({words}) end"
    templates = Templates()
    templates.add("key", template, TemplateReader(pipeline.norms))
    assert len(pickle.dumps(templates)) < 200_000
    tokens = pipeline.tokenize(["w1 w59 w30 end. w1 w59 end. w1 x w30 end."])[0]
    assert [(n, m.start, m.end) for n, _, m in templates.find(tokens)] == [(0, 0, 4)]


def test_a_number_is_no_link(pipeline: Pipeline) -> None:
    templates = Templates()
    templates.add("link", "see <url>", TemplateReader(pipeline.norms))
    templates.add("either", "see <number|url>", TemplateReader(pipeline.norms))
    texts = ["Please see https://shop.example today.", "Please see 1https://shop.example today."]
    assert [[key for _, key, _ in templates.find(tokens)] for tokens in pipeline.tokenize(texts)] == [
        ["link", "either"], ["either"],
    ]  # fmt: skip


def test_survives_pickling(pipeline: Pipeline) -> None:
    templates = Templates()
    templates.add("key", "clinically (proven|tested)", TemplateReader(pipeline.norms))
    again = pickle.loads(pickle.dumps(templates))
    tokens = pipeline.tokenize(["It is clinically tested."])[0]
    assert [key for _, key, _ in again.find(tokens)] == ["key"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "stop", ".", "c"]), min_size=1, max_size=40))
def test_matches_lie_in_one_sentence(words: list[str]) -> None:
    pipeline = _shared()
    tokens = pipeline.tokenize([" ".join(words)])[0]
    templates = Templates()
    templates.add("key", "a ... b", TemplateReader(pipeline.norms))
    for number, _, match in templates.find(tokens):
        start, end = tokens.sentences[number]
        assert start <= match.start < match.end <= end
        assert tokens.norms[match.start] == "a"
        assert tokens.norms[match.end - 1] == "b"
        assert match.end - match.start - 2 <= 6


def test_what_several_keys_ask_for_is_found_for_each(pipeline: Pipeline) -> None:
    templates = Templates()
    for key in ("one", "two", "one"):
        templates.add(key, "works (wonders|magic) for", TemplateReader(pipeline.norms))
    tokens = pipeline.tokenize(["It works wonders for sleep."])[0]
    assert [key for _, key, _ in templates.find(tokens)] == ["one", "two"]


def test_only_templates_of_the_keys_that_are_wanted_are_looked_for(pipeline: Pipeline) -> None:
    templates = Templates()
    for key, template in (("one", "works wonders"), ("two", "for sleep"), ("three", "works wonders")):
        templates.add(key, template, TemplateReader(pipeline.norms))
    tokens = pipeline.tokenize(["It works wonders for sleep."])[0]
    assert [key for _, key, _ in templates.find(tokens, wanted={"two"})] == ["two"]
    assert [key for _, key, _ in templates.find(tokens, wanted={"three"})] == ["three"]
    assert not list(templates.find(tokens, wanted=set()))


def test_templates_are_found_in_the_order_of_adding(pipeline: Pipeline) -> None:
    templates = Templates()
    for key, template in (("later", "for sleep"), ("longer", "works wonders for sleep"), ("first", "it works")):
        templates.add(key, template, TemplateReader(pipeline.norms))
    tokens = pipeline.tokenize(["It works wonders for sleep."])[0]
    assert [key for _, key, _ in templates.find(tokens)] == ["later", "longer", "first"]


WORDS = ["may", "not", "help", "with", "the", "pain", "of", "gout", "."]


@given(
    phrases=st.lists(st.lists(st.sampled_from(WORDS[:-1]), min_size=1, max_size=4), min_size=1, max_size=8),
    blocks=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), min_size=1, max_size=4),
)
@settings(max_examples=200)
def test_finds_what_a_search_in_each_sentence_finds(phrases: list[list[str]], blocks: list[list[str]]) -> None:
    pipeline = _shared()
    templates = Templates()
    for number, phrase in enumerate(phrases):
        templates.add(str(number), " ".join(phrase), TemplateReader(pipeline.norms))
    for tokens in pipeline.tokenize(map(" ".join, blocks)):
        wanted = {
            (sentence, str(number))
            for sentence, (start, end) in enumerate(tokens.sentences)
            for number, phrase in enumerate(phrases)
            if any(list(tokens.norms[at : at + len(phrase)]) == phrase for at in range(start, end - len(phrase) + 1))
        }
        assert {(sentence, key) for sentence, key, _ in templates.find(tokens)} == wanted


def test_templates_that_do_not_match_cost_next_to_nothing(
    pipeline: Pipeline, spent: Callable[[Callable[[], object]], float]
) -> None:
    def among(count: int) -> Templates:
        templates = Templates()
        templates.add("hit", "helps with (pain|swelling)", TemplateReader(pipeline.norms))
        for number in range(count):
            templates.add(str(number), f"helps with word{number} (quickly|slowly)", TemplateReader(pipeline.norms))
        return templates

    def time_of(templates: Templates) -> float:  # of documents not yet asked: what is found in one is kept with it
        fresh = iter([pipeline.tokenize(texts) for _ in range(3)])
        return spent(lambda: [list(templates.find(block)) for block in next(fresh)])

    texts = [f"It helps with pain number {number} and may be safe." for number in range(400)]
    assert time_of(among(2_000)) < max(0.02, 3 * time_of(among(20)))


def _shared(cache: list[Pipeline] = []) -> Pipeline:  # noqa: B006 - one pipeline for all examples
    if not cache:
        cache.append(Pipeline())
    return cache[0]
