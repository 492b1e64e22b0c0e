"""Polls close on time, across restarts: sleep until the nearest deadline, ask the database, close what is due."""

from __future__ import annotations

import logging

from bot.core.poll.values import Poll, State
from bot.services.desk import Desk
from bot.services.polls.running import close_one
from bot.storage import events, polls
from bot.storage.port import Tx

log = logging.getLogger("tertulia.closing")

LONGEST_SLEEP_S = 300.0  # a clock that was set back or forward is noticed within this time
DRAFTS_LAST_MS = 7 * 86_400_000


async def run(desk: Desk) -> None:
    """Close polls for ever. An error is logged and tried again: the loop never dies of one."""
    await tidy(desk)
    while True:
        ticket = desk.deadlines.ticket()
        try:
            pause = await step(desk)
        except Exception:
            log.exception("closing failed")
            pause = 1.0
        await desk.deadlines.wait(ticket, pause)


async def step(desk: Desk) -> float:
    """Close every poll that is due; how many seconds may pass until the next look."""
    now = desk.clock()
    closed = await desk.db.write(lambda tx: _close_due(tx, now))
    for poll_id in closed:
        desk.keys.destroy(poll_id)
        log.info("poll closed", extra={"poll": poll_id})
    if closed:
        desk.boards.ring()
    nearest = await desk.db.read(polls.next_deadline)
    if nearest is None:
        return LONGEST_SLEEP_S
    return min(LONGEST_SLEEP_S, max(0.0, (nearest - desk.clock()) / 1000))


async def tidy(desk: Desk) -> None:
    """Once at start: forget old events and drafts, and destroy keys that a crash left behind a closed poll."""
    now = desk.clock()

    async def work(tx: Tx) -> set[str]:
        await events.prune(tx, now)
        await polls.discard_old_drafts(tx, now - DRAFTS_LAST_MS)
        return await polls.ids_in(tx, State.OPEN)

    open_ = await desk.db.write(work)
    for poll_id in desk.keys.kept():
        if poll_id not in open_:
            desk.keys.destroy(poll_id)


async def _close_due(tx: Tx, now: int) -> list[str]:
    closed = []
    for poll_id in await polls.due(tx, now):
        poll = await polls.get(tx, poll_id)
        if poll and await close_one(tx, poll, _moment(poll, now), None):
            closed.append(poll_id)
    return closed


def _moment(poll: Poll, now: int) -> int:
    """A poll closes at its deadline, however late the loop comes by: no vote counted after it."""
    return poll.closes_ms if poll.closes_ms is not None else now
