"""The moderators' log, and the reports that wait for them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards import log as cards
from bot.cards.log import Act, Waiting
from bot.core import intents as i
from bot.core.card import Show
from bot.core.intents import Intent
from bot.core.logbook import Entry, Report
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.record import logged
from bot.storage import events, logbook, reports
from bot.storage.port import Tx


async def show_log(desk: Desk, here: Here, intent: i.ShowLog) -> Show:
    """Open reports, then what moderators did, newest first."""
    return await desk.db.read(lambda tx: _page(tx, here, intent.part))


async def settle_report(desk: Desk, here: Here, intent: i.SettleReport) -> Show:
    """Mark a report as dealt with and show the log as it is now. A second press finds it done."""

    async def work(tx: Tx) -> Show:
        first = await events.first_time(tx, here.ctx.event, desk.clock())
        if first and await logbook.settle(tx, here.place.id, intent.report):
            await logged(tx, here, desk.clock(), "settle_report", f"report:{intent.report}")
        return await _page(tx, here, 0)

    return await desk.db.write(work)


async def _page(tx: Tx, here: Here, part: int) -> Show:
    place = here.place.id
    last = max(0, (await logbook.count(tx, place) - 1) // cards.ENTRIES)
    number = min(max(part, 0), last)
    open_reports = await logbook.open_reports(tx, place, cards.REPORTS)
    entries = await logbook.newest(tx, place, cards.ENTRIES, skip=number * cards.ENTRIES)
    card = cards.log_card(
        here.t,
        [_waiting(report) for report in open_reports],
        await reports.waiting(tx, place),
        [_act(entry) for entry in entries],
        number,
        last,
    )
    return Show(card, replace=True)


def _waiting(report: Report) -> Waiting:
    reason, _, excerpt = report.excerpt.partition("\n\n")
    return Waiting(report.id, report.at_ms, report.message.startswith("item:"), reason, excerpt)


def _act(entry: Entry) -> Act:
    return Act(entry.at_ms, entry.actor_name, entry.act, entry.subject, entry.detail)


HANDLERS: Mapping[type[Intent], Handler] = {i.ShowLog: show_log, i.SettleReport: settle_report}
