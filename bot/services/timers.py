"""What is due is done once its moment comes, across restarts: every act in one table, run by the closing loop."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.services.desk import Desk
from bot.services.polls import planned
from bot.services.polls.talking import votes_count
from bot.storage import timers
from bot.storage.timers import Timer

log = logging.getLogger("tertulia.timers")

AGAIN_MS = 60_000  # until an act that failed is tried again

Act = Callable[[Desk, str], Awaitable[None]]
"""Does what is due with a subject. It may be run twice (a crash between doing and forgetting), so the second time it
finds nothing left to do. It raises when it wants to be tried again."""

ACTS: Mapping[str, Act] = {
    planned.START: planned.start_due,
    planned.AGAIN: planned.again_due,
    "votes-count": votes_count,
}


async def run_due(desk: Desk) -> None:
    """Do what is due. A timer goes only after its act; one that fails or is unknown to this build is tried later."""
    now = desk.clock()
    for timer in await desk.db.read(lambda tx: timers.due(tx, now)):
        await _run(desk, timer)


async def _run(desk: Desk, timer: Timer) -> None:
    act, subject, _ = timer
    try:
        await ACTS[act](desk, subject)
    except Exception:
        log.exception("timer failed", extra={"act": act, "subject": subject})
        await desk.db.write(lambda tx: timers.set_(tx, act, subject, desk.clock() + AGAIN_MS))
        return
    await desk.db.write(lambda tx: timers.done(tx, timer))
