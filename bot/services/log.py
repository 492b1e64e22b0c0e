"""The moderators' log, and the reports that wait for them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import log as cards
from bot.core import intents as i
from bot.core.card import Show
from bot.core.intents import Intent
from bot.core.place import Scope
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.record import logged
from bot.storage import events, logbook, reports
from bot.storage.port import Tx


async def show_log(desk: Desk, here: Here, intent: i.ShowLog) -> Show:
    """Open reports, then what moderators did, newest first."""
    scope = await here.scope(desk.db)
    return await desk.db.read(lambda tx: _page(tx, here, scope, intent.part))


async def settle_report(desk: Desk, here: Here, intent: i.SettleReport) -> Show:
    """Mark a report as dealt with and show the log as it is now. A second press finds it done."""

    scope = await here.scope(desk.db)

    async def work(tx: Tx) -> Show:
        first = await events.first_time(tx, here.event, desk.clock())
        if first and await logbook.settle(tx, here.place.id, intent.report):
            await logged(tx, here, desk.clock(), "settle_report", f"report:{intent.report}")
        return await _page(tx, here, scope, 0)

    show = await desk.db.write(work)
    desk.boards.ring()
    return show


async def _page(tx: Tx, here: Here, scope: Scope, part: int) -> Show:
    place = here.place.id
    last = max(0, (await logbook.count(tx, scope) - 1) // cards.ENTRIES)
    number = min(max(part, 0), last)
    page = cards.Page(
        reports=await logbook.open_reports(tx, place, cards.REPORTS),
        waiting=await reports.waiting(tx, place),
        entries=await logbook.newest(tx, scope, cards.ENTRIES, skip=number * cards.ENTRIES),
        part=number,
        last=last,
    )
    return Show(cards.log_card(here.t, page, here.spot.address), replace=True)


HANDLERS: Mapping[type[Intent], Handler] = {i.ShowLog: show_log, i.SettleReport: settle_report}
