"""The same article gives the same items and sections, whatever kind of file it comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.content.importing import import_article, summary
from bot.content.importing.blocks import Block, Heading, words_of
from bot.content.importing.plain import read
from bot.content.importing.signs import bare
from bot.content.importing.text import folded
from tests.content.dressing import KINDS
from tests.content.imported import FIXTURES, SOURCE, article_of, passes_check, texts_of

PLAIN = ["shapes/labels.txt", "shapes/box-before.txt", "shapes/en-breve.txt", "shapes/inline.txt"]


def agree(data: bytes, kind: str, folder: Path) -> dict[str, Any]:
    """The summary of plain text dressed as another kind; asserts that nothing is lost and the pack is sound."""
    blocks = read(data).blocks
    name, dress = KINDS[kind]
    imported = import_article(name, dress(blocks))
    here = Counter(word for text in texts_of(article_of(imported)) for word in folded(text).split())
    title = Counter(folded(article_of(imported).title).split())  # may be printed twice and come once
    assert set(_words(blocks) - here - title) <= {"and", "y"}
    assert passes_check(imported, folder)
    return summary(imported)


def _words(blocks: Sequence[Block]) -> Counter[str]:
    texts = [bare(words_of(block)) if isinstance(block, Heading) else words_of(block) for block in blocks]
    return Counter(word for text in texts for word in folded(text).split())


def told(found: dict[str, Any]) -> list[object]:
    """What no kind of file changes: title, language, counts."""
    return [found[key] for key in ("title", "language", "takeaways", "pros", "cons", "actions")]


@pytest.mark.skipif(not SOURCE.is_file(), reason="the source article does not lie beside this checkout")
@pytest.mark.parametrize("kind", KINDS)
def test_the_first_article_in_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    """Six takeaways, four pros, seven cons, five calls to action, seven sections, nothing lost."""
    found = agree(SOURCE.read_bytes(), kind, tmp_path)
    assert [found[key] for key in ("takeaways", "pros", "cons", "actions")] == [6, 4, 7, 5]
    plain = summary(import_article("a.txt", SOURCE.read_bytes()))
    assert told(found) == told(plain)
    # A heading right below the title is the subtitle or the first section, as the file ranks it.
    assert [part["id"] for part in found["sections"][1:]] == [part["id"] for part in plain["sections"][1:]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", PLAIN)
def test_small_articles_in_every_kind_of_file(name: str, kind: str, tmp_path: Path) -> None:
    """What is found in plain text is found in all the others."""
    data = (FIXTURES / name).read_bytes()
    found = agree(data, kind, tmp_path)
    assert told(found) == told(summary(import_article("a.txt", data)))
