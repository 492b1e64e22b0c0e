"""What the tests of the importers share: reading a file in, and what a reader of its pack can see."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.content.importing import Imported, import_article
from bot.content.importing.blocks import Reading, words_of
from bot.content.importing.signs import bare
from bot.content.importing.text import folded
from bot.content.load import load_pack
from bot.content.write import pack_to_yaml
from bot.core.article import Article, Paragraph, Point, Points

FIXTURES = Path(__file__).parent / "fixtures"
SOURCE = Path(__file__).parents[3] / "shared" / "source-article.txt"


def article_of(imported: Imported) -> Article:
    return imported.pack.articles[imported.pack.default_language]


def import_file(path: Path) -> Imported:
    return import_article(path.name, path.read_bytes())


def texts_of(article: Article) -> list[str]:
    """Every text a reader can see, item titles before their texts."""
    texts = [article.title, article.subtitle]
    for section in article.sections:
        texts.append(section.title)
        for block in section.body:
            if isinstance(block, Paragraph):
                texts.append(block.text)
            elif isinstance(block, Points):
                texts += [text for point in block.points for text in _point_texts(point)]
    return texts + [text for item in article.items for text in (item.title, item.text)]


def _point_texts(point: Point) -> list[str]:
    return [point.title, point.text, *(text for below in point.points for text in _point_texts(below))]


def lost(reading: Reading, article: Article) -> Counter[str]:
    """The words that were read and are nowhere in the article. A title printed twice may come once."""
    here = Counter(word for text in texts_of(article) for word in folded(text).split())
    read = Counter(word for block in reading.blocks for word in folded(bare(words_of(block))).split())
    return read - here - Counter(folded(article.title).split())


def passes_check(imported: Imported, folder: Path) -> bool:
    target = folder / imported.pack.id
    target.mkdir(parents=True, exist_ok=True)
    for name, text in pack_to_yaml(imported.pack).items():
        (target / name).write_text(text, encoding="utf-8")
    loaded = load_pack(target)
    assert loaded.problems == ()
    return loaded.pack == imported.pack
