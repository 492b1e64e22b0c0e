"""Articles as moderators handle them: put one on, import a file of their own, look at it, publish it, take it away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace

from bot.cards import shelving as cards
from bot.content.importing import ImportRefused, import_article, summary
from bot.content.write import pack_from_json, pack_to_json
from bot.core.article import Pack
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import DropImport, ImportArticle, Intent, PublishImport, RemoveArticle, UseArticle
from bot.services import articles
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.record import logged
from bot.storage import events, packs, places, posts
from bot.storage.packs import KeptPack
from bot.storage.port import Tx

LONGEST_ID = 24


async def use(desk: Desk, here: Here, intent: UseArticle) -> Show:
    """Put an article on; its board is posted in this channel, the board of the one before stays as it is."""
    pack = await articles.current(desk, here, intent.article)
    title, now = pack.article(here.place_locale).title, desk.clock()

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.event, now):
            await places.ensure(tx, here.spot, now)
            if here.place.article:
                await posts.retire(tx, _board(here, here.place.article))
            await posts.retire(tx, _board(here, pack.id))
            await places.set_article(tx, here.place.id, pack.id)
            await posts.add(tx, new_id(), here.place.id, here.spot.channel, _board(here, pack.id), now)
            await logged(tx, here, now, "article_on", f"article:{pack.id}", title=title)

    await desk.db.write(work)
    desk.boards.ring()
    return Show(cards.on(here.t, pack), replace=True)


async def import_(desk: Desk, here: Here, intent: ImportArticle) -> Show:
    """Read an attached file and show what was found. Nobody else sees it before it is published."""
    if intent.file is None:
        return Show(cards.import_form(here.t))
    try:
        found = await asyncio.to_thread(import_article, intent.file.name, intent.file.data, intent.language or None)
    except ImportRefused as refused:
        raise refuse("import_refused", why=refused.sentence(here.locale)) from refused
    pack = replace(found.pack, id=await _free_id(desk, here, found.pack.id))
    now, data = desk.clock(), json.dumps(pack_to_json(pack), ensure_ascii=False)
    kept = KeptPack(pack.id, pack.version, "preview", data)

    async def work(tx: Tx) -> None:
        await places.ensure(tx, here.spot, now)
        await packs.put(tx, here.place.id, kept, here.actor.id, now)

    await desk.db.write(work)
    return Show(cards.preview(here.t, pack, summary(found, here.locale)))


async def publish(desk: Desk, here: Here, intent: PublishImport) -> Show:
    """Publish the import that was looked at. Refusal: import_stale when it isn't the one any more."""
    now = desk.clock()

    async def work(tx: Tx) -> Pack:
        kept = await packs.get(tx, here.place.id, intent.article)
        if kept is None or kept.version != intent.version or kept.state == "removed":
            raise refuse("import_stale")
        pack = pack_from_json(json.loads(kept.data))
        if kept.state == "preview":
            await packs.set_state(tx, here.place.id, intent.article, "published")
            await logged(
                tx, here, now, "article_imported", f"article:{pack.id}", title=pack.article(here.place_locale).title
            )
        return pack

    return Show(cards.published(here.t, await desk.db.write(work)), replace=True)


async def drop(desk: Desk, here: Here, intent: DropImport) -> Show:
    """Throw the preview away; again, it is gone already. Refusal: import_stale when it was published meanwhile."""

    async def work(tx: Tx) -> None:
        await packs.discard(tx, here.place.id, intent.article)
        if await packs.get(tx, here.place.id, intent.article):
            raise refuse("import_stale")

    await desk.db.write(work)
    return Show(cards.dropped(here.t), replace=True)


async def remove(desk: Desk, here: Here, intent: RemoveArticle) -> Show:
    """Take an imported article out of this server, once sure. Stances on it and polls about it stay on record."""
    pack = await articles.current(desk, here, intent.article)
    if pack.id not in dict(here.imports):
        raise refuse("article_built_in")
    if not intent.sure:
        return Show(cards.sure_to_remove(here.t, pack), replace=True)
    now = desk.clock()

    async def work(tx: Tx) -> None:
        if not await events.first_time(tx, here.event, now):
            return
        await packs.set_state(tx, here.place.id, pack.id, "removed")
        if here.place.article == pack.id:
            await places.set_article(tx, here.place.id, None)
        await posts.bump(tx, _board(here, pack.id))
        title = pack.article(here.place_locale).title
        await logged(tx, here, now, "article_removed", f"article:{pack.id}", title=title)

    await desk.db.write(work)
    desk.boards.ring()
    return Show(cards.removed(here.t, pack), replace=True)


def _board(here: Here, article_id: str) -> str:
    """What an article's board shows: the article, in this place's language."""
    return f"article:{here.place.id}:{article_id}"


async def _free_id(desk: Desk, here: Here, wanted: str) -> str:
    """The wanted id, or one with a number behind it where an article has it already."""
    taken = {pack.id for pack in await desk.shelf.all(desk.db, here)}
    number, free = 2, wanted
    while free in taken or await _removed(desk, here, free):
        free = f"{wanted[: LONGEST_ID - 1 - len(str(number))]}-{number}"
        number += 1
    return free


async def _removed(desk: Desk, here: Here, article_id: str) -> bool:
    """Whether a removed article has this id: its stances and polls must not become another's."""
    kept = await desk.db.read(lambda tx: packs.get(tx, here.place.id, article_id))
    return kept is not None and kept.state == "removed"


HANDLERS: Mapping[type[Intent], Handler] = {
    UseArticle: use,
    ImportArticle: import_,
    PublishImport: publish,
    DropImport: drop,
    RemoveArticle: remove,
}
