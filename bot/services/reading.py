"""Reading: the article's card, its sections, takeaways, calls to action, and what speaks for and against."""

from __future__ import annotations

import random
from collections.abc import Mapping

from bot.cards import article as article_cards
from bot.cards import items, reader, sides
from bot.cards.article import Standing
from bot.cards.passages import chosen_part
from bot.core import intents as i
from bot.core import suggest
from bot.core.article import Article, Pack
from bot.core.card import Audience, Card, Show
from bot.core.errors import Refusal, refuse
from bot.core.intents import Intent
from bot.core.poll.values import State
from bot.core.text import folded
from bot.services.articles import current
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.remembering import article_choice, remember
from bot.storage import polls


def page(card: Card) -> Show:
    """A card to read: best seen by one person, and turned like a page."""
    return Show(card, Audience.PREFER_PRIVATE, replace=True)


async def open_article(desk: Desk, here: Here, intent: i.OpenArticle) -> Show:
    """The article that is on, or the one chosen, which the reader keeps."""
    packs = await desk.shelf.all(desk.db, here)
    try:
        pack = await current(desk, here, intent.article)
    except Refusal as refusal:
        if refusal.key != "no_article":
            raise
        return page(article_cards.no_article(here.t, packs, here.moderator))
    if intent.article:
        await _choose(desk, here, pack)
    standing = Standing(
        started=_left_off(here, pack) is not None,
        on_here=next((other for other in packs if other.id == here.place.article), None),
        moderator=here.moderator,
        others=tuple(packs),
    )
    return page(article_cards.article_card(here.t, pack, standing))


async def read_section(desk: Desk, here: Here, intent: i.ReadSection) -> Show:
    """A section; where the reader left off when none is named. The place is remembered."""
    pack = await current(desk, here, intent.article)
    article = pack.article(here.locale)
    left_off = None if intent.section else _left_off(here, pack)
    number = find_section(pack, intent.section, here.locale) if intent.section else left_off or 0
    section = article.sections[number]
    await remember(desk, here, article=article_choice(here, pack.id), section=section.id)
    part = chosen_part(article, section, intent.part)
    return page(reader.section_card(here.t, pack, number, part, resumed=bool(left_off)))


async def show_takeaways(desk: Desk, here: Here, intent: i.ShowTakeaways) -> Show:
    """The takeaways."""
    pack = await current(desk, here, intent.article)
    return page(items.takeaways(here.t, pack, intent.part))


async def show_actions(desk: Desk, here: Here, intent: i.ShowActions) -> Show:
    """The calls to action, with the open polls about them."""
    pack = await current(desk, here, intent.article)
    scope = await here.scope(desk.db)
    opened = await desk.db.read(lambda tx: polls.about(tx, scope, pack.id, State.OPEN))
    return page(items.actions(here.t, pack, intent.part, opened, here.moderator))


async def show_proscons(desk: Desk, here: Here, intent: i.ShowProsCons) -> Show:
    """For and against; the side that stands first is drawn once for each reader, then kept."""
    pack = await current(desk, here, intent.article)
    first = here.reader.side_first
    if first is None:
        drawn = random.choice(("pro", "con"))
        first = (await remember(desk, here, side_first=drawn)).side_first or drawn
    layout = intent.layout if intent.layout == sides.SIDES else sides.PAIRED
    return page(sides.proscons(here.t, pack, first, layout, intent.part))


def find_section(pack: Pack, typed: str, locale: str) -> int:
    """A section's number from 0, by id, number (from 1) or title in any language. Refusal: unknown_section."""
    article = pack.article(locale)
    by_id = article.section_number(typed)
    if by_id is not None:
        return by_id
    number = typed.strip().strip(".#")
    if number.isdecimal() and 0 < int(number[:9]) <= len(article.sections):
        return int(number) - 1
    others = [other for other in pack.articles.values() if other is not article]
    for told in (article, *others):
        if (found := _by_title(told, typed)) is not None:
            return found
    titles = _titles(article)
    near = suggest.ranked(typed, titles)
    raise refuse("unknown_section", typed=typed, suggestion=titles[near[0]] if near else "")


def _by_title(article: Article, typed: str) -> int | None:
    """The one section whose title is, begins with or holds what was typed."""
    titles = _titles(article)
    holding = [section for section, title in titles.items() if folded(typed) and folded(typed) in folded(title)]
    found = suggest.exact(typed, titles) or (holding[0] if len(holding) == 1 else None)
    return None if found is None else article.section_number(found)


def _titles(article: Article) -> dict[str, str]:
    return {section.id: section.title for section in article.sections}


def _left_off(here: Here, pack: Pack) -> int | None:
    """Where the reader was in this article, if they were in it."""
    if (here.reader.article or here.place.article) != pack.id or not here.reader.section:
        return None
    return pack.article(here.locale).section_number(here.reader.section)


async def _choose(desk: Desk, here: Here, pack: Pack) -> None:
    """Keep the reader's choice; in another article they have not left off anywhere."""
    choice = article_choice(here, pack.id)
    if choice != here.reader.article:
        await remember(desk, here, article=choice, section=None)


HANDLERS: Mapping[type[Intent], Handler] = {
    i.OpenArticle: open_article,
    i.ReadSection: read_section,
    i.ShowTakeaways: show_takeaways,
    i.ShowActions: show_actions,
    i.ShowProsCons: show_proscons,
}
