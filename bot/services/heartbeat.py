"""A running bot says so beside its database, so that a container's health check can tell a hung one from a well one.

The file `<database>.alive` holds the time in ms since 1970. The event loop itself writes it, so that it stops when the
loop hangs; it is removed at the end.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from pathlib import Path

log = logging.getLogger("tertulia.heartbeat")

EVERY_S = 15.0
FRESH_S = 60.0  # three beats may be late before the bot counts as hung


async def run(db_path: Path) -> None:
    """Beat until cancelled. A full disk is logged and tried again."""
    try:
        while True:
            try:
                beat(db_path, now_ms())
            except OSError as error:
                log.warning("no heartbeat", extra={"error": str(error)})
            await asyncio.sleep(EVERY_S)
    finally:
        with suppress(OSError):
            alive_file(db_path).unlink(missing_ok=True)


def beat(db_path: Path, now: int) -> None:
    """Write the time down; a reader never sees half of it."""
    path = alive_file(db_path)
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(str(now), "ascii")
    draft.replace(path)


def fresh(db_path: Path, now: int) -> bool:
    """Whether a bot on this database beat within `FRESH_S` seconds."""
    try:
        at = int(alive_file(db_path).read_text("ascii"))
    except (OSError, ValueError):
        return False
    return abs(now - at) < FRESH_S * 1000


def alive_file(db_path: Path) -> Path:
    """Where the heartbeat of a database's bot stands."""
    return db_path.with_name(f"{db_path.name}.alive")


def now_ms() -> int:
    """The time, in ms since 1970."""
    return time.time_ns() // 1_000_000
