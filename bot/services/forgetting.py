"""What went for good is gone from the journal at once, and soon from the file's bytes: it is written anew in time.

Whatever erases says so in its own transaction, as a timer: no crash loses it, and what comes close together shares one
rebuild, since writers wait for each.
"""

from __future__ import annotations

import logging

from bot.services.desk import Desk
from bot.storage import timers
from bot.storage.errors import StorageUnavailable
from bot.storage.port import Tx

log = logging.getLogger("tertulia.forgetting")

REBUILD = "rebuild"  # the timers' act
ASKED, UNDER_WAY = "database:asked", "database:under-way"  # its subjects: what is asked for meanwhile needs another one
SOON_MS = 30_000  # after a close or an erasure
HALF_AN_HOUR_MS = 1_800_000  # what a person changed or took back is gone by the next half hour
AGAIN_MS = 60_000  # until a rebuild that failed is tried again


async def forget_soon(tx: Tx, now_ms: int) -> None:
    """Something went for good: have it gone from the bytes in half a minute, and the order of what stays."""
    await timers.bring_forward(tx, REBUILD, ASKED, now_ms + SOON_MS)


async def forget_in_time(tx: Tx, now_ms: int) -> None:
    """Somebody changed or took back what was theirs: have it gone by the half hour, which says nothing of when."""
    await timers.bring_forward(tx, REBUILD, ASKED, (now_ms // HALF_AN_HOUR_MS + 1) * HALF_AN_HOUR_MS)


async def scrub(desk: Desk) -> None:
    """Empty the journal. What was erased is erased already: trouble is for the log, and for the rebuild that comes."""
    try:
        await desk.db.scrub()
    except StorageUnavailable as error:
        log.warning("journal not scrubbed", extra={"error": str(error)})


async def rebuild(desk: Desk, subject: str) -> None:
    """Write the database anew. What can't be is told to the operator, and tried again."""
    now = desk.clock()
    await desk.db.write(lambda tx: _begin(tx, now))
    try:
        await desk.db.rebuild()
    except StorageUnavailable as error:
        log.error("database not rebuilt: what was erased is still in its bytes", extra={"error": str(error)})
        return
    await desk.db.write(lambda tx: timers.drop(tx, REBUILD, UNDER_WAY))


async def finish(desk: Desk) -> None:
    """Do what is due at once, whenever it is due: the program has just started, or stops."""
    if await desk.db.read(due_ms) is not None:
        await rebuild(desk, ASKED)


async def due_ms(tx: Tx) -> int | None:
    """When the database is to be written anew, in ms since 1970; None where nothing went since it was."""
    return await timers.earliest(tx, REBUILD)


async def _begin(tx: Tx, now_ms: int) -> None:
    await timers.drop(tx, REBUILD, ASKED)
    await timers.set_(tx, REBUILD, UNDER_WAY, now_ms + AGAIN_MS)
