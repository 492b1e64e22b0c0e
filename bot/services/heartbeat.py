"""A sign of life in a file beside the database, for `tertulia doctor --health` and the container's health check."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path

BEAT_S = 15.0
STALE_S = 60.0


def sign(database: Path) -> Path:
    """The file that a running bot touches."""
    return database.with_name(database.name + ".alive")


async def run(database: Path) -> None:
    """Touch the file every `BEAT_S` seconds; take it away at the end. A full disk doesn't stop the bot for this."""
    path = sign(database)
    try:
        while True:
            with contextlib.suppress(OSError):
                path.write_text(str(int(time.time())), encoding="ascii")
            await asyncio.sleep(BEAT_S)
    finally:
        path.unlink(missing_ok=True)
