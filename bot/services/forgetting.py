"""What was erased must not linger in old pages of the database's journal."""

from __future__ import annotations

import logging

from bot.services.desk import Desk
from bot.storage.errors import StorageUnavailable

log = logging.getLogger("tertulia.forgetting")


async def scrub(desk: Desk) -> None:
    """What was erased is erased already: trouble with the journal is for the log, not for the person."""
    try:
        await desk.db.scrub()
    except StorageUnavailable as error:
        log.warning("journal not scrubbed", extra={"error": str(error)})
