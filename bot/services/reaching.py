"""The loop for what waits for a platform: threads and reminders, in their turn, while deadlines are kept elsewhere."""

from __future__ import annotations

import asyncio
import logging

from bot.services.desk import Desk
from bot.services.polls.reminding import tell_cut_short, walk_on
from bot.services.timers import run_due
from bot.storage import timers

log = logging.getLogger("tertulia.reaching")

LONGEST_SLEEP_S = 300.0  # a clock that was set back or forward is noticed within this time
BREATH_S = 1.0  # a crowd's votes ring the bell all the time, and change nothing here


async def run(desk: Desk) -> None:
    """Do it for ever. An error is logged and tried again: the loop never dies of one.

    It listens to the boards' bell: whatever moves a poll is shown.
    """
    cut = False
    while True:
        ticket = desk.boards.ticket()
        try:
            if not cut:
                await tell_cut_short(desk)
                cut = True
            pause = await step(desk)
        except Exception:
            log.exception("reaching failed")
            pause = BREATH_S
        if pause:
            await desk.boards.wait(ticket, pause)
            await asyncio.sleep(BREATH_S)


async def step(desk: Desk) -> float:
    """Do what is due; how many seconds may pass until the next look."""
    await run_due(desk, reach=True)
    walking = await walk_on(desk)
    nearest = await desk.db.read(lambda tx: timers.next_(tx, reach=True))
    timer = None if nearest is None else max(0.0, (nearest - desk.clock()) / 1000)
    return min(LONGEST_SLEEP_S, *(pause for pause in (walking, timer) if pause is not None), LONGEST_SLEEP_S)
