"""Packs survive being written down and read again."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.load import load_pack
from bot.content.write import pack_from_json, pack_to_json, pack_to_yaml
from bot.core.article import (
    Article,
    Item,
    ItemKind,
    ItemList,
    Pack,
    Paragraph,
    Point,
    Points,
    Section,
    Source,
)

KEEP = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf"), exclude_characters="\ufffe\uffff")


def texts(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """Stripped texts, among them those that YAML would read as something else."""
    odd = st.sampled_from(
        ["yes", "null", "2024-05-01", "- a", "a: b", "# c", "'", '"', "*x", "&y", "!z", "a\nb", "0x1"]
    )
    plain = (odd | st.text(KEEP, max_size=most)).map(lambda text: text.strip()[: most // 2].strip())
    return plain.filter(lambda text: len(text) >= least)


points = st.recursive(
    st.builds(Point, texts(90), texts(40, 0)),
    lambda below: st.builds(Point, texts(90), texts(40, 0), st.lists(below, max_size=2).map(tuple)),
    max_leaves=4,
)
blocks = st.builds(Paragraph, texts(200)) | st.builds(Points, st.lists(points, min_size=1, max_size=3).map(tuple))


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Packs with one pro, one con and up to three sections, in one or two languages."""
    sections = draw(st.integers(1, 3))
    languages = draw(st.sampled_from([("en",), ("es",), ("en", "es"), ("es", "fr")]))
    articles = {language: _article(draw, language, sections) for language in languages}
    pairs = draw(st.sampled_from([(), (("p-a", "c-a"),)]))
    return Pack("a-pack", articles, pairs, "en" if "en" in languages else languages[0])


def _article(draw: st.DrawFn, language: str, count: int) -> Article:
    body = st.lists(blocks, min_size=1, max_size=3).map(tuple)
    return Article(
        language=language,
        title=draw(texts(80)),
        subtitle=draw(texts(80, 0)),
        source=Source(draw(texts(80)), draw(texts(80, 0)), draw(st.sampled_from(["", "https://example.org/a"]))),
        note=draw(texts(80, 0)),
        sections=tuple(
            Section(f"s-{n}", draw(texts(60)), (*draw(body), *((ItemList(ItemKind.PRO),) if n == 0 else ())))
            for n in range(count)
        ),
        items=(
            Item("p-a", ItemKind.PRO, draw(texts(90)), draw(texts(40, 0))),
            Item("c-a", ItemKind.CON, draw(texts(90))),
        ),
    )


@settings(max_examples=30, deadline=None)
@given(packs())
def test_json_round_trip(pack: Pack) -> None:
    """A pack stored in the database comes back equal, and with the same version."""
    again = pack_from_json(json.loads(json.dumps(pack_to_json(pack))))
    assert again == pack
    assert (again.version, again.item_versions) == (pack.version, pack.item_versions)


@settings(max_examples=30, deadline=None)
@given(packs())
def test_yaml_round_trip(pack: Pack) -> None:
    """What is written as YAML passes the check and is the same pack."""
    with TemporaryDirectory() as parent:
        folder = Path(parent, pack.id)
        folder.mkdir()
        for name, text in pack_to_yaml(pack).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        loaded = load_pack(folder)
    assert loaded.problems == ()
    assert loaded.pack == pack
    assert loaded.pack.version == pack.version
