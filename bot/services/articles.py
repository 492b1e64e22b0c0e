"""Which article somebody means: the one they name, the one they are reading, or the one that is on here."""

from __future__ import annotations

from bot.core import suggest
from bot.core.article import Item, Pack
from bot.core.errors import refuse
from bot.i18n import LOCALES
from bot.services.desk import Desk
from bot.services.here import Here


async def current(desk: Desk, here: Here, named: str = "") -> Pack:
    """The article named by id or title; else the reader's, else the place's. Refusal: unknown_article, no_article."""
    if named:
        return await _named(desk, here, named)
    for article in (here.reader.article, here.place.article):
        if article and (pack := await desk.shelf.pack(desk.db, here, article)):
            return pack
    raise refuse("no_article")


async def on_here(desk: Desk, here: Here) -> Pack:
    """The article that moderators put on here. Refusal: no_article."""
    pack = await desk.shelf.pack(desk.db, here, here.place.article) if here.place.article else None
    if pack is None:
        raise refuse("no_article")
    return pack


def find_item(pack: Pack, typed: str, locale: str) -> Item:
    """The item with this id, or whose name is meant. Refusal: unknown_item with a suggestion."""
    article = pack.article(locale)
    if item := article.item(typed):
        return item
    names = {item.id: item.name for item in article.items}
    for spoken in (article, *pack.articles.values()):  # whoever reads Spanish may still have the English words at hand
        if found := suggest.exact(typed, {item.id: item.name for item in spoken.items}):
            return article.item(found) or article.items[0]
    near = suggest.ranked(typed, names)
    raise refuse("unknown_item", typed=typed, suggestion=names[near[0]] if near else "")


async def _named(desk: Desk, here: Here, named: str) -> Pack:
    if pack := await desk.shelf.pack(desk.db, here, named):
        return pack
    packs = {pack.id: pack for pack in await desk.shelf.all(desk.db, here)}
    titles = {pack.id: pack.article(here.locale).title for pack in packs.values()}
    for locale in (here.locale, *LOCALES):
        if found := suggest.exact(named, {pack.id: pack.article(locale).title for pack in packs.values()}):
            return packs[found]
    near = suggest.ranked(named, titles)
    raise refuse("unknown_article", typed=named, suggestion=titles[near[0]] if near else "")
