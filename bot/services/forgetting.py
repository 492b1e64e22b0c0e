"""What was erased or sealed must not linger: a closed poll's key, and old pages in the database's journal."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from bot.services.desk import Desk
from bot.storage.errors import StorageUnavailable

log = logging.getLogger("tertulia.forgetting")


async def seal(desk: Desk, poll_ids: Iterable[str]) -> None:
    """Nobody can tell any more who voted how in these polls, nor in which order the votes came."""
    for poll_id in poll_ids:
        desk.keys.destroy(poll_id)
    await scrub(desk)


async def scrub(desk: Desk) -> None:
    """What was erased is erased already: trouble with the journal is for the log, not for the person."""
    try:
        await desk.db.scrub()
    except StorageUnavailable as error:
        log.warning("journal not scrubbed", extra={"error": str(error)})
