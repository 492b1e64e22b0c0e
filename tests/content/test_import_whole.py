"""Whatever the blocks are, they all end in the pack, and the pack passes the check."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.importing.assemble import assemble
from bot.content.importing.blocks import Block, Bullet, Heading, Meta, Para, Reading, Table
from bot.content.importing.outline import outline
from bot.content.importing.text import cut, split
from bot.content.limits import units
from bot.content.load import load_pack
from bot.content.write import pack_to_yaml
from bot.core.article import Article, Paragraph, Point, Points

TELLING = [
    "Pros",
    "Cons",
    "Pros and cons",
    "Key takeaways",
    "Next steps",
    "Summary",
    "Benefits",
    "Risks",
    "Pros:",
    "Against:",
]
WORDS = st.integers(0, 10**6).map(lambda number: f"w{number}")
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
LONG = st.integers(100, 900).map(lambda count: " ".join(f"long{n}." for n in range(count)))
HEADINGS = st.builds(Heading, st.sampled_from(TELLING) | TEXTS | LONG, st.sampled_from([None, 1, 2, 2, 3]))
PARAS = st.builds(Para, TEXTS | LONG | TEXTS.map(lambda text: f"{text}:"), st.sampled_from(["", "", "emphasis"]))
BULLETS = st.builds(Bullet, TEXTS | LONG | st.tuples(TEXTS, TEXTS).map(": ".join), st.integers(0, 3))
TABLES = st.builds(Table, st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3).map(tuple))
BLOCKS = st.lists(HEADINGS | PARAS | BULLETS | BULLETS | TABLES, min_size=1, max_size=60)


def said(article: Article) -> Counter[str]:
    """Every word that a reader of the pack can see."""
    texts = [article.title, article.subtitle]
    for section in article.sections:
        texts.append(section.title)
        for block in section.body:
            if isinstance(block, Paragraph):
                texts.append(block.text)
            elif isinstance(block, Points):
                texts += [text for point in block.points for text in _said(point)]
    texts += [text for item in article.items for text in (item.title, item.text)]
    return Counter(word for text in texts for word in _words(text))


def _said(point: Point) -> list[str]:
    return [point.title, point.text, *(text for below in point.points for text in _said(below))]


def _words(text: str) -> list[str]:
    return list(text.replace(":", " ").replace(".", " ").replace("|", " ").replace("…", " ").split())


@settings(max_examples=30, deadline=None)
@given(BLOCKS)
def test_nothing_is_lost(blocks: list[Block]) -> None:
    """No word of any block is missing, ids are unique and every text fits its card."""
    reading = Reading(tuple(blocks))
    found = outline(reading, "A name")
    pack, _ = assemble(found, Meta(), "en", "a-pack", "a.txt")
    article = pack.articles["en"]
    read: set[str] = set()
    for block in blocks:
        cells = [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block.text]
        read.update(word for cell in cells for word in _words(cell))
    assert not read - set(said(article))
    with TemporaryDirectory() as parent:
        folder = Path(parent, "a-pack")
        folder.mkdir()
        for name, text in pack_to_yaml(pack).items():
            (folder / name).write_text(text, encoding="utf-8")
        loaded = load_pack(folder)
    assert loaded.problems == ()
    assert loaded.pack == pack


@given(st.text(max_size=400), st.integers(2, 60))
def test_cutting_keeps_every_letter(text: str, limit: int) -> None:
    """Pieces fit, and only the space between them is gone."""
    pieces = split(text, limit)
    assert all(units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_cutting_prefers_the_end_of_a_sentence() -> None:
    """Then the end of a word, then any place."""
    assert cut("One is here. Two is there. Three", 20) == ("One is here.", "Two is there. Three")
    assert cut("several words without an end", 15) == ("several words", "without an end")
    assert cut("x" * 30, 10) == ("x" * 10, "x" * 20)
