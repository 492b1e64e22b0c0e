"""Each event of a platform counts once: a retry or a replay finds its id here and does nothing.

What is kept is made with a key outside the database (`services/keys.py`), and the day: neither who nor when.
"""

from __future__ import annotations

from bot.core.ctx import EventId
from bot.storage.days import to_the_day
from bot.storage.port import Tx

KEEP_MS = 2 * 86_400_000  # far longer than any platform repeats an event (Discord's tokens live 15 minutes)


async def first_time(tx: Tx, event: EventId, now_ms: int) -> bool:
    """Whether this event has not been acted on yet; from now on it has."""
    statement = "INSERT INTO events (event_id, at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING"
    return bool(await tx.run(statement, event, to_the_day(now_ms)))


async def known(tx: Tx, event: EventId) -> bool:
    """Whether this event was acted on, as far back as events are kept."""
    return await tx.one("SELECT 1 FROM events WHERE event_id = ?", event) is not None


async def prune(tx: Tx, now_ms: int) -> int:
    """Forget events too old to be repeated, whole days of them; how many went."""
    return await tx.run("DELETE FROM events WHERE at_ms < ?", to_the_day(now_ms - KEEP_MS))
