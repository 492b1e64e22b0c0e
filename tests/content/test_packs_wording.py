"""Guards what no schema can see in the packs and seeds: whose words they are, and whose claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ORIGINAL = ROOT.parent / "shared" / "source-article.txt"
FILES = sorted([*ROOT.glob("content/*/*.yaml"), *ROOT.glob("seeds/*.yaml")])
PACKS = sorted(path for path in ROOT.glob("content/*") if path.is_dir())
FIRST = ROOT / "content" / "us-mexico-bargain"
RUN = 8  # words in a row in common with the original that would be copying
KINDS = ("takeaways", "pros", "cons", "actions")
SCALE = {"oppose-strongly", "oppose", "neutral", "support", "support-strongly", "no-opinion"}
ATTRIBUTED = {
    "en": re.compile(r"\b(article|it|author)( \w+)? (argues|warns|expects|recalls|considers|finds|holds|sees)\b"),
    "es": re.compile(r"\b(sostiene|advierte|prevé|recuerda|considera|afirma|concluye|plantea)\b"),
}
HEDGED = {
    "en": re.compile(r"\b(article|could|might|would)\b"),
    "es": re.compile(r"\b(artículo|(?!mayoría)\w+rían?)\b"),
}


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def plain(text: str) -> str:
    return text.replace("’", "'").lower()


def runs(text: str, length: int = RUN) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w']+", plain(text))
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def original() -> str:
    if not ORIGINAL.exists():
        pytest.skip("the original article isn't distributed with the project")
    return ORIGINAL.read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_sentence_is_copied(path: Path, original: str) -> None:
    """No eight words in a row come from the original, its cited title aside."""
    cited = plain(original.strip().splitlines()[0])
    copied = {run for text in texts(read(path)) for run in runs(plain(text).replace(cited, " ")) & runs(original)}
    assert not copied


@pytest.mark.parametrize("pack", PACKS, ids=name)
def test_languages_have_the_same_ids(pack: Path) -> None:
    """Every pack comes in English and Spanish, with the same sections and items in the same order."""
    articles = {path.stem: read(path) for path in pack.glob("*.yaml")}
    ids = [
        [(kind, entry["id"]) for kind in ("sections", *KINDS) for entry in article[kind]]
        for article in articles.values()
    ]
    assert {"en", "es"} <= articles.keys()
    assert all(one == ids[0] for one in ids)


@pytest.mark.parametrize("language", ["en", "es"])
def test_first_pack_is_complete(language: str) -> None:
    """Six takeaways, four pros, seven cons, five actions, four mechanisms, two scenarios, the two senses."""
    article = read(FIRST / f"{language}.yaml")
    points = {
        section["id"]: sum(
            len(block["points"]) for block in section["body"] if isinstance(block, dict) and "points" in block
        )
        for section in article["sections"]
    }
    assert [len(article[kind]) for kind in KINDS] == [6, 4, 7, 5]
    assert (points["mechanics"], points["outlook"]) == (4, 2)
    assert re.search("two senses|dos sentidos", article["note"])
    assert "Politico" in article["source"]["publisher"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_sections_attribute(language: str) -> None:
    """Every section of the first pack says whose view it reports."""
    sections = read(FIRST / f"{language}.yaml")["sections"]
    silent = [s["id"] for s in sections if not ATTRIBUTED[language].search(" ".join(texts(s["body"])))]
    assert not silent


@pytest.mark.parametrize("language", ["en", "es"])
def test_items_claim_nothing_bare(language: str) -> None:
    """An item is read alone on its card, so each one names the article or says could, might, would."""
    article = read(FIRST / f"{language}.yaml")
    bare = [item["id"] for kind in KINDS for item in article[kind] if not HEDGED[language].search(item["text"])]
    assert not bare


def test_nothing_will_simply_happen() -> None:
    """The English text of the first pack never states the future as a fact."""
    assert not [text for text in texts(read(FIRST / "en.yaml")) if re.search(r"\b(will|shall|won't)\b", text)]


def test_ready_polls_belong_to_packs() -> None:
    """Every call to action has its support scale; every poll's article, item and question exist in both languages."""
    polls = read(ROOT / "seeds" / "polls.yaml")
    actions = {(pack.name, item["id"]) for pack in PACKS for item in read(pack / "en.yaml")["actions"]}
    asked = {(poll["article"], poll["item"]) for poll in polls if poll["kind"] == "support"}
    said = [entry for poll in polls for entry in (poll["question"], *poll.get("options", []))]
    assert asked == actions
    assert all({"en", "es"} <= entry.keys() for entry in said)
    assert {(p["article"], p["kind"]) for p in polls} >= {(a, k) for a, _ in actions for k in ("single", "multiple")}
    assert len({poll["id"] for poll in polls}) == len(polls)


def test_demo_refers_to_what_exists() -> None:
    """The demo's people, items, polls and marks are all there, and nobody answers twice."""
    demo = read(ROOT / "seeds" / "demo.yaml")
    article = read(ROOT / "content" / demo["article"] / "en.yaml")
    items = {item["id"] for kind in KINDS for item in article[kind]}
    people = {person["id"] for person in (*demo["members"], *demo["moderators"])}
    polls = {poll["id"]: poll for poll in read(ROOT / "seeds" / "polls.yaml")}
    taken = [(stance["member"], stance["item"]) for stance in demo["stances"]]
    assert {member for member, _ in taken} <= people
    assert {item for _, item in taken} <= items
    assert len(set(taken)) == len(taken)
    for planted in demo["polls"]:
        allowed = {option["id"] for option in polls[planted["ready"]].get("options", [])} or SCALE
        voters = [ballot["member"] for ballot in planted["ballots"]]
        assert len(set(voters)) == len(voters) and set(voters) <= people
        assert all(set(ballot["marks"]) <= allowed for ballot in planted["ballots"])
