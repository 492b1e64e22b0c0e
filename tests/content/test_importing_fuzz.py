"""Whatever comes in, an importer refuses in a sentence or makes a sound pack with every word in it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.importing import ImportRefused, import_article, summary
from bot.content.importing.assemble import assemble
from bot.content.importing.blocks import Block, Bullet, Heading, Meta, Para, Reading, words_of
from bot.content.importing.outline import outline
from bot.content.importing.text import folded
from bot.core.article import Article
from tests.content.imported import article_of, passes_check, texts_of

STARTS = {"txt": b"", "md": b"# ", "html": b"<html><body><p>", "docx": b"PK\x03\x04", "pdf": b"%PDF-1.4\n"}
WORDS = st.integers(0, 10**6).map(lambda number: f"w{number}")
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
LABELS = st.sampled_from(
    [
        "Pros",
        "Cons",
        "For",
        "Against",
        "Ventajas",
        "En contra",
        "TL;DR",
        "Key points",
        "Next steps",
        "Benefits",
        "Risks",
    ]
)
LISTS = st.tuples(st.sampled_from(["; ", ". W", ", ", ", and "]), st.lists(TEXTS, min_size=1, max_size=4)).map(
    lambda drawn: drawn[0].join(drawn[1])
)
LABELLED = st.tuples(LABELS, st.sampled_from([": ", " – ", ":\n"]), LISTS).map("".join)
LINES = st.tuples(
    st.sampled_from(["", "", "", "# ", "## ", "- ", "• ", "1. ", "2) ", "(ii) ", "\t- ", "**", "2.1 "]),
    LABELS | LABELLED | TEXTS | LISTS,
    st.sampled_from(["", ".", ":", "\n", "\n===", "**"]),
).map("".join)
BLOCKS = st.lists(
    st.builds(Heading, LABELS | TEXTS, st.sampled_from([None, None, 1, 2, 3]))
    | st.builds(Para, LABELLED | LISTS | TEXTS)
    | st.builds(Bullet, LABELLED | TEXTS, st.integers(0, 2)),
    min_size=1,
    max_size=30,
)


def missing(text: str, article: Article) -> set[str]:
    """Made-up words of a text that are nowhere in the article."""
    here = {word for said in texts_of(article) for word in folded(said).split()}
    return {word for word in folded(text).split() if word[1:].isdigit()} - here


@pytest.mark.parametrize("ending", STARTS)
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=600))
def test_random_bytes_are_refused_or_read(ending: str, data: bytes) -> None:
    """No other error ever comes out, with or without the first bytes of the kind."""
    for given_bytes in (data, STARTS[ending] + data):
        try:
            found = summary(import_article(f"a.{ending}", given_bytes))
        except ImportRefused as refused:
            assert refused.sentence("es")
        else:
            assert found["sections"]


@pytest.mark.parametrize("ending", ["txt", "md"])
@settings(max_examples=30, deadline=None)
@given(lines=st.lists(LINES, min_size=1, max_size=25), gap=st.sampled_from(["\n", "\n\n"]))
def test_random_lines_are_whole(ending: str, lines: list[str], gap: str) -> None:
    """Headings, labels, marks and rules in any order: every word arrives, and the pack passes the check."""
    text = gap.join(lines)
    imported = import_article(f"a.{ending}", text.encode())
    assert not missing(text, article_of(imported))
    with TemporaryDirectory() as folder:
        assert passes_check(imported, Path(folder))


@settings(max_examples=60, deadline=None)
@given(blocks=BLOCKS)
def test_random_blocks_are_whole(blocks: list[Block]) -> None:
    """Every word arrives, ids are unique, and no section is empty or without a title."""
    pack, _ = assemble(outline(Reading(tuple(blocks)), "A name"), Meta(), "en", "a-pack", "a.txt")
    article = pack.articles["en"]
    assert not missing(" ".join(map(words_of, blocks)), article)
    ids = [*(section.id for section in article.sections), *(item.id for item in article.items)]
    assert len(ids) == len(set(ids))
    assert all(section.title and section.body for section in article.sections)
