"""Turns a checked file into the values the rest of the house works with."""

from __future__ import annotations

from bot.content.schema import ArticleFile, BlockFile, ItemFile, PointFile, SectionFile
from bot.core.article import (
    Article,
    Block,
    Item,
    ItemKind,
    ItemList,
    Paragraph,
    Point,
    Points,
    Section,
    Source,
)

KEYS = {
    ItemKind.TAKEAWAY: "takeaways",
    ItemKind.PRO: "pros",
    ItemKind.CON: "cons",
    ItemKind.ACTION: "actions",
}
KINDS = {key: kind for kind, key in KEYS.items()}


def article(file: ArticleFile) -> Article:
    """The article of one language."""
    cited = file.source
    return Article(
        language=file.language,
        title=file.title,
        subtitle=file.subtitle,
        source=Source(cited.title, cited.publisher, cited.url, cited.date),
        note=file.note,
        sections=tuple(map(_section, file.sections)),
        items=tuple(_item(kind, item) for kind in ItemKind for item in getattr(file, KEYS[kind])),
    )


def _item(kind: ItemKind, file: ItemFile) -> Item:
    return Item(file.id, kind, file.text, file.title)


def _section(file: SectionFile) -> Section:
    return Section(file.id, file.title, tuple(map(_block, file.body)))


def _block(file: BlockFile) -> Block:
    if file.items is not None:
        return ItemList(KINDS[file.items])
    if file.points is not None:
        return Points(tuple(map(_point, file.points)))
    return Paragraph(file.paragraph or "")


def _point(file: PointFile) -> Point:
    return Point(file.text, file.title, tuple(map(_point, file.points)))
