"""What is due is done once its moment comes, across restarts: every act in a table, run by the loop of that table.

What waits for a platform has a loop of its own, so that no deadline waits for a slow network.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.services import forgetting
from bot.services.desk import Desk
from bot.services.polls import planned, reminding, threads
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
    forgetting.REBUILD: forgetting.rebuild,
}


REACHING: Mapping[str, Act] = {
    threads.KEEP: threads.keep,
    reminding.REMIND: reminding.remind,
    reminding.REMINDED: reminding.forget,
    reminding.UNDER_WAY: reminding.forget,
}
"""The acts that wait for a platform, by names that begin with `storage.timers.REACH`."""


async def run_due(desk: Desk, *, reach: bool = False) -> None:
    """Do what is due: of ACTS, or of REACHING.

    A timer goes only after its act; one that fails or is unknown to this build is tried later.
    """
    now, acts = desk.clock(), REACHING if reach else ACTS
    for timer in await desk.db.read(lambda tx: timers.due(tx, now, reach=reach)):
        await _run(desk, timer, acts)


async def _run(desk: Desk, timer: Timer, acts: Mapping[str, Act]) -> None:
    act, subject, _ = timer
    try:
        await acts[act](desk, subject)
    except Exception:
        log.exception("timer failed", extra={"act": act, "subject": subject})
        await desk.db.write(lambda tx: timers.set_(tx, act, subject, desk.clock() + AGAIN_MS))
        return
    await desk.db.write(lambda tx: timers.done(tx, timer))
