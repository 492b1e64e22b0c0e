"""Reports to the moderators: of an item's wording, or of somebody's message. Only moderators see them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import reports as cards
from bot.core import intents as i
from bot.core.card import Show
from bot.core.intents import Intent
from bot.core.logbook import Report
from bot.core.text import clean, cut, one_line
from bot.services.articles import current, find_item
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.storage import events, logbook, posts
from bot.storage.port import Tx


async def report_item(desk: Desk, here: Here, intent: i.ReportItem) -> Show:
    """Ask why, then keep the report."""
    pack = await current(desk, here, intent.article)
    item = find_item(pack, intent.item, here.locale)
    if not one_line(intent.reason):
        return Show(cards.ask_item(here.t, i.ReportItem(pack.id, item.id), item.name))
    await _keep(desk, here, f"item:{pack.id}/{item.id}", "", intent.reason, item.name)
    return Show(cards.thanks(here.t, i.AnswerItems(pack.id)))


async def report_message(desk: Desk, here: Here, intent: i.ReportMessage) -> Show:
    """Ask why, then keep the report with the message's id and its text at this moment."""
    if not one_line(intent.reason):
        return Show(cards.ask_message(here.t, intent))
    await _keep(desk, here, intent.message, intent.author, intent.reason, intent.excerpt)
    return Show(cards.thanks(here.t))


async def _keep(desk: Desk, here: Here, message: str, author: str, reason: str, excerpt: str) -> None:
    told = f"{cut(one_line(reason), cards.REASON)}\n\n{cut(clean(excerpt), cards.EXCERPT)}"
    report = Report(new_id(), desk.clock(), here.actor.id, here.spot.channel, message, author, told)

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.event, desk.clock()):
            await logbook.report(tx, here.place.id, report)
            if channel := here.place.settings.reports:
                await posts.add(tx, new_id(), here.place.id, channel, f"report:{report.id}", desk.clock())

    await desk.db.write(work)
    desk.boards.ring()


HANDLERS: Mapping[type[Intent], Handler] = {i.ReportItem: report_item, i.ReportMessage: report_message}
