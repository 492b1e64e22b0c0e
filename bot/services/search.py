"""Searching the article that somebody reads, with a way to each passage found."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import search as cards
from bot.cards.passages import part_with
from bot.core import intents as i
from bot.core import search
from bot.core.article import Pack
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import Intent
from bot.core.text import cut, folded, one_line
from bot.services.articles import current
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.reading import page

LONGEST = 100  # units of what is searched for; a sentence is enough


async def search_article(desk: Desk, here: Here, intent: i.SearchArticle) -> Show:
    """Where the article says the words. Refusals: empty_search, nothing_found with the nearest words."""
    wanted = cut(one_line(intent.words), LONGEST)
    if not folded(wanted):
        raise refuse("empty_search")
    pack = await current(desk, here, intent.article)
    article = pack.article(here.locale)
    found = search.search(article, wanted)
    if not found.hits:
        near = search.nearest(article, wanted)
        raise refuse("nothing_found", words=wanted, suggestion=near[0] if near else "")
    shown = [(hit, _way(pack, here.locale, hit)) for hit in found.hits[: cards.MOST]]
    return page(cards.found(here.t, pack, wanted, shown, len(found.hits), found.complete))


def _way(pack: Pack, locale: str, hit: search.Hit) -> Intent:
    """To the part of the section where it stands, or to the item."""
    if hit.item:
        return i.AnswerItems(pack.id, hit.item)
    article = pack.article(locale)
    section = article.sections[article.section_number(hit.section) or 0]
    return i.ReadSection(pack.id, section.id, part_with(article, section, hit.passage))


HANDLERS: Mapping[type[Intent], Handler] = {i.SearchArticle: search_article}
