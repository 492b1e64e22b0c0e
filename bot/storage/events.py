"""Each event of a platform counts once: a retry or a replay finds its id here and does nothing."""

from __future__ import annotations

import hashlib

from bot.storage.port import Tx

KEEP_MS = 2 * 86_400_000  # far longer than any platform repeats an event (Discord's tokens live 15 minutes)


async def first_time(tx: Tx, event_id: str, now_ms: int) -> bool:
    """Whether this event has not been acted on yet; from now on it has.

    Its hash is kept: a platform's id may name the person, and beside a time that would tell who was here when.
    """
    name = _name(event_id)
    return bool(await tx.run("INSERT INTO events (event_id, at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING", name, now_ms))


async def known(tx: Tx, event_id: str) -> bool:
    """Whether this event was acted on, as far back as events are kept."""
    return await tx.one("SELECT 1 FROM events WHERE event_id = ?", _name(event_id)) is not None


async def prune(tx: Tx, now_ms: int) -> int:
    """Forget events too old to be repeated; how many went."""
    return await tx.run("DELETE FROM events WHERE at_ms < ?", now_ms - KEEP_MS)


def _name(event_id: str) -> str:
    return hashlib.sha256(event_id.encode()).hexdigest()[:32]
