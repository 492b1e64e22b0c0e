"""The tally of a place's discussion of an article."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import tally as cards
from bot.core import intents as i
from bot.core.article import ItemKind, Pack
from bot.core.card import Show
from bot.core.intents import Intent
from bot.core.place import Scope
from bot.core.stance import ArticleTally, tally_items
from bot.services.articles import current
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.storage import stances
from bot.storage.port import Tx


async def article_tally(tx: Tx, scope: Scope, pack: Pack) -> ArticleTally:
    """How a place answers an article: one consistent snapshot, in the transaction it is given.

    Stances are the whole place's; polls and their ballots are those of the scope.
    """
    rows = await stances.counts(tx, scope.place, pack.id)
    took_part = await stances.participation(tx, scope, pack.id)
    return ArticleTally(
        tally_items(rows, dict(pack.item_versions)),
        took_part.people,
        took_part.polls,
        took_part.ballots,
        took_part.anonymous,
    )


async def show_tally(desk: Desk, here: Here, intent: i.ShowTally) -> Show:
    """The tally; an item's counts only for those who have answered it."""
    pack = await current(desk, here, intent.article)

    scope = await here.scope(desk.db)

    async def work(tx: Tx) -> tuple[ArticleTally, set[str]]:
        mine = await stances.mine(tx, here.place.id, pack.id, here.actor.id)
        return await article_tally(tx, scope, pack), set(mine)

    tally, answered = await desk.db.read(work)
    kind = intent.kind if intent.kind in set(ItemKind) else ""
    return Show(cards.tally_card(here.t, pack, tally, answered, kind, intent.part), replace=True)


HANDLERS: Mapping[type[Intent], Handler] = {i.ShowTally: show_tally}
