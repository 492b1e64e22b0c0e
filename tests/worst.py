"""The largest pack that `tertulia check` lets through, in three alphabets: what every card has to survive."""

from __future__ import annotations

from bot.content import limits
from bot.core.article import Article, Item, ItemKind, ItemList, Pack, Paragraph, Point, Points, Section, Source

ALPHABETS = {"words": "palabra ", "marks": "*_`~|> [](#) ", "wide": "ñandú 🗳️ "}


def filled(text: str, units: int) -> str:
    """`text` over and over, in at most `units` UTF-16 units."""
    whole = text * (units // len(text) + 1)
    while len(whole.encode("utf-16-le")) // 2 > units:
        whole = whole[:-1]
    return whole.strip()


def worst_pack(text: str) -> Pack:
    """Every text at its limit, 25 sections, 25 items of each kind, ids of 24 characters."""
    articles = {language: _article(language, text) for language in ("en", "es")}
    pairs = tuple((_id("p", n), _id("c", n)) for n in range(10))
    return Pack("w" * limits.ID, articles, pairs)


def _article(language: str, text: str) -> Article:
    return Article(
        language=language,
        title=filled(text, limits.TITLE),
        subtitle=filled(text, limits.SUBTITLE),
        source=Source(
            filled(text, limits.SOURCE), filled(text, limits.SOURCE), "https://e.example/" + "x" * 400, "2026"
        ),
        note=filled(text, limits.NOTE),
        sections=tuple(_section(n, text) for n in range(limits.SECTIONS)),
        items=tuple(_item(kind, n, text) for kind in ItemKind for n in range(limits.ITEMS)),
    )


def _section(number: int, text: str) -> Section:
    long = filled(text, limits.PARAGRAPH)
    bullets = tuple(Point(filled(text, 60), filled(text, 20), (Point(filled(text, 40)),)) for _ in range(30))
    kinds = list(ItemKind)
    body = (Paragraph(long), Paragraph(filled(text, 400)), Points((*bullets, Point(long, filled(text, 75)))))
    return Section(_id("s", number), filled(text, limits.SECTION_TITLE), (*body, ItemList(kinds[number % 4])))


def _item(kind: ItemKind, number: int, text: str) -> Item:
    return Item(_id(kind[0], number), kind, filled(text, limits.ITEM_TEXT), filled(text, limits.ITEM_TITLE))


def _id(letter: str, number: int) -> str:
    return f"{letter}-{number:02d}-".ljust(limits.ID, letter)
