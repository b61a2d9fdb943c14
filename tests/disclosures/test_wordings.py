"""Every wording of every disclosure, wherever and however it stands; and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from .conftest import Find

_WORDINGS = yaml.safe_load((Path(__file__).parent / "wordings.yaml").read_text(encoding="utf-8"))
_FOUND: dict[str, list[str]] = _WORDINGS["found"]
_REFUSED = [(kind, text) for kind, texts in _WORDINGS["refused"].items() for text in texts]
_DANGEROUS = [(kind, text) for kind, texts in _WORDINGS["dangerous"].items() for text in texts]
_COMFORTS = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text(encoding="utf-8"))["dangerous"]
_BY_KEY = {"author", "reviewer", "date"}  # in front matter these stand under keys of their own


def _middle(text: str, join: str) -> str:
    words = text.split(" ")
    if len(words) < 3:
        return text
    at = len(words) // 2
    return " ".join(words[:at]) + join + " ".join(words[at:])


def _bold(text: str) -> str:
    words = text.split(" ")
    if len(words) < 3:
        return text
    at = next((i for i in range(len(words) // 2, len(words)) if words[i].strip(".,:|·").isalpha()), 0)
    bare = words[at].rstrip(".,:?")
    words[at] = f"**{bare}**" + words[at][len(bare) :]
    return " ".join(words)


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&rsquo;")


def _front_matter(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'---\ntitle: Page\ndisclaimer: "{quoted}"\n---\n\nSome words stand here.\n'


_PLACES: dict[str, tuple[str, Callable[[str], str]]] = {
    "prose": ("page.md", lambda t: f"# Page\n\nSome words stand here.\n\n{t}\n"),
    "bold": ("page.md", lambda t: f"# Page\n\nSome words stand here.\n\n{_bold(t)}\n"),
    "wrapped": ("page.md", lambda t: "# Page\n\nSome words stand here.\n\n" + _middle(t, "\n") + "\n"),
    "aside": ("page.md", lambda t: f"# Page\n\nSome words stand here.\n\n> {t}\n"),
    "front matter": ("page.md", _front_matter),
    "html": ("page.html", lambda t: f"<h1>Page</h1><p>Some words stand here.</p><p>{_html(t)}</p>"),
    "footer": ("page.html", lambda t: f"<h1>Page</h1><p>Some words.</p><footer><p>{_html(t)}</p></footer>"),
}


@pytest.mark.parametrize("kind", sorted(_FOUND))
def test_each_kind_has_enough_different_wordings(kind: str) -> None:
    assert len(set(_FOUND[kind])) >= 25


_OWED = (
    "informational-only", "consult-professional", "dshea", "results-vary", "affiliate", "off-label", "compounded",
    "emergency", "pregnancy", "author", "reviewer", "date", "references", "funding", "prescription-only", "age-limit",
    "key-warning", "typical-results",
)  # fmt: skip


@pytest.mark.parametrize("kind", _OWED)
def test_each_kind_has_enough_decoys(kind: str) -> None:
    decoys = {text for at, text in (*_REFUSED, *_DANGEROUS) if at == kind}
    decoys |= {text for key, texts in _COMFORTS.items() if key.partition(":")[0] == kind for text in texts}
    assert len(decoys) >= 15


@pytest.mark.parametrize("place", sorted(_PLACES))
@pytest.mark.parametrize("kind", sorted(_FOUND))
def test_found(kind: str, place: str, find: Find) -> None:
    if place == "front matter" and kind in _BY_KEY:
        pytest.skip("stands under keys of its own there")
    path, put = _PLACES[place]
    missed = [t for t in _FOUND[kind] if not any(d.kind.value == kind for d in find(put(t), path).disclosures)]
    assert missed == []


@pytest.mark.parametrize(("kind", "text"), _REFUSED)
def test_refused(kind: str, text: str, find: Find) -> None:
    found = find(f"# Page\n\nSome words stand here.\n\n{text}\n").disclosures
    assert [d for d in found if d.kind.value == kind] == []


@pytest.mark.parametrize(("kind", "text"), _DANGEROUS)
def test_a_claim_or_reassurance_is_no_warning(kind: str, text: str, find: Find) -> None:
    found = find(f"# Page\n\nSome words stand here.\n\n{text}\n").disclosures
    assert [(d.kind.value, d.topic) for d in found if d.kind.value == kind] == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("It can damage your liver.", "liver"),
        ("## Warnings\n\nLiver problems.", "liver"),
        ("Tell your doctor if you have:\n\n- liver trouble\n- gout", "liver"),
        ("Do not use it to replace your tablets, and watch your mood.", "mood"),
        ("Nobody knows whether it is safe in pregnancy.", "birth-defects"),
        ("Alcohol makes the effect worse.", "alcohol"),
        ("It lifts the mood, but it may worsen liver disease.", "liver"),
    ],
)
def test_a_warning_is_known_by_its_sentence_or_what_stands_above(text: str, topic: str, find: Find) -> None:
    found = find(f"# Page\n\nSome words stand here.\n\n{text}\n").disclosures
    assert topic in {d.topic for d in found if d.kind.value == "key-warning"}


@pytest.mark.parametrize(
    "text",
    ["## Cleanse\n\n- Liver\n- Kidneys", "## How it works\n\nThe liver breaks it down."],
)
def test_a_bare_word_warns_of_nothing(text: str, find: Find) -> None:
    found = find(f"# Page\n\nSome words stand here.\n\n{text}\n").disclosures
    assert "key-warning" not in {d.kind.value for d in found}


@pytest.mark.parametrize(
    "text",
    [
        "A typical disclaimer reads:\n\n> This page is not medical advice.\n",
        "Here is a sample disclaimer:\n\n- This page is not medical advice.\n",
        'The site says "this page is not medical advice" in small print.\n',
    ],
)
def test_a_disclaimer_that_is_spoken_of_is_not_made(text: str, find: Find) -> None:
    assert [d for d in find(f"# On disclaimers\n\n{text}").disclosures if d.kind.value == "informational-only"] == []


def test_boilerplate_discloses_nothing(find: Find) -> None:
    page = "<nav><p>Ask your doctor before you start.</p></nav><h1>Page</h1><p>Some words.</p>"
    assert [d for d in find(page, "page.html").disclosures if d.kind.value == "consult-professional"] == []
