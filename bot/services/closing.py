"""What has a moment comes on time, across restarts: sleep until the nearest, ask the database, close what is due."""

from __future__ import annotations

import logging

from bot.core.poll.values import State
from bot.services.desk import Desk
from bot.services.forgetting import finish
from bot.services.polls.ending import close_one
from bot.services.polls.sealing import seal
from bot.services.timers import run_due
from bot.storage import events, polls, secret_ballots, timers
from bot.storage.port import Tx

log = logging.getLogger("tertulia.closing")

LONGEST_SLEEP_S = 300.0  # a clock that was set back or forward is noticed within this time
DRAFTS_LAST_MS = 7 * 86_400_000
TIDY_MS = 3_600_000  # between two tidyings


async def run(desk: Desk) -> None:
    """Close polls for ever. An error is logged and tried again: the loop never dies of one."""
    tidied = 0
    while True:
        ticket = desk.deadlines.ticket()
        try:
            pause = await step(desk)
            if desk.clock() - tidied >= TIDY_MS:
                await seal_left(desk)
                await tidy(desk)
                if not tidied:  # what an earlier run left undone waits no longer
                    await finish(desk)
                tidied = desk.clock()
        except Exception:
            log.exception("closing failed")
            pause = 1.0
        await desk.deadlines.wait(ticket, pause)


async def step(desk: Desk) -> float:
    """Close every poll that is due, and do what else is; how many seconds may pass until the next look."""
    now = desk.clock()
    closed = await desk.db.write(lambda tx: _close_due(tx, now))
    if closed:
        desk.boards.ring()
        log.info("polls closed", extra={"polls": closed})
        await seal(desk, closed)
    await run_due(desk)
    moments = [await desk.db.read(nearest) for nearest in (polls.next_deadline, timers.next_)]
    nearest = min((moment for moment in moments if moment is not None), default=None)
    if nearest is None:
        return LONGEST_SLEEP_S
    return min(LONGEST_SLEEP_S, max(0.0, (nearest - desk.clock()) / 1000))


async def tidy(desk: Desk) -> None:
    """Forget events too old to be repeated, and drafts that nobody opened."""
    now = desk.clock()

    async def work(tx: Tx) -> None:
        await events.prune(tx, now)
        await polls.discard_old_drafts(tx, now - DRAFTS_LAST_MS)

    await desk.db.write(work)


async def seal_left(desk: Desk) -> None:
    """Seal what a crash left unsealed: closed polls that have a key, a list of who voted, or no root.

    A key that could not be removed is tried again. A draft may need its key.
    """
    kept = {*desk.keys.kept(), *desk.keys.stuck()}
    alive = await desk.db.read(lambda tx: polls.ids_in(tx, State.OPEN, State.DRAFT))
    rootless = await desk.db.read(polls.rootless)
    listed = await desk.db.read(secret_ballots.still_listed)
    if left := {*rootless, *listed, *(poll_id for poll_id in kept if poll_id not in alive)}:
        await seal(desk, left)


async def _close_due(tx: Tx, now: int) -> list[str]:
    """A poll closes at its deadline, however late the loop comes by: no vote counted after it."""
    return [poll_id for poll_id, deadline in await polls.due(tx, now) if await close_one(tx, poll_id, deadline, None)]
