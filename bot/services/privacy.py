"""What is kept about a person, as a file for them, and erased when they ask twice."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.cards import privacy as cards
from bot.core import intents as i
from bot.core.card import File, Show
from bot.core.intents import Intent
from bot.services.desk import Desk, Handler
from bot.services.erasing import erase
from bot.services.forgetting import scrub
from bot.services.here import Here
from bot.services.mydata import collect
from bot.storage import events
from bot.storage.port import Tx


async def show_privacy(desk: Desk, here: Here, intent: i.ShowPrivacy) -> Show:
    """What is kept, with this person's own counts."""
    return Show(cards.privacy(here.t, await _counts(desk, here)), replace=True)


async def export_my_data(desk: Desk, here: Here, intent: i.ExportMyData) -> Show:
    """A JSON file with all of it."""
    text = json.dumps(await collect(desk, here), ensure_ascii=False, indent=2)
    return Show(cards.export(here.t, File("tertulia-my-data.json", text.encode(), "application/json")))


async def erase_my_data(desk: Desk, here: Here, intent: i.EraseMyData) -> Show:
    """Ask; on the second press, erase."""
    if not intent.sure:
        return Show(cards.ask_erase(here.t, await _counts(desk, here)), replace=True)

    async def work(tx: Tx) -> dict[str, int]:
        if not await events.first_time(tx, here.event, desk.clock()):
            return {}
        return await erase(desk, tx, here)

    gone = await desk.db.write(work)
    desk.boards.ring()
    desk.deadlines.ring()
    await scrub(desk)
    return Show(cards.erased(here.t, gone), replace=True)


async def _counts(desk: Desk, here: Here) -> dict[str, int]:
    document = await collect(desk, here)
    return {name: len(document[name]) for name in cards.COUNTED}


HANDLERS: Mapping[type[Intent], Handler] = {
    i.ShowPrivacy: show_privacy,
    i.ExportMyData: export_my_data,
    i.EraseMyData: erase_my_data,
}
