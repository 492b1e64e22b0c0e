"""Every act of a moderator goes into the log of its place, in the same transaction as the act."""

from __future__ import annotations

from bot.core.logbook import Entry
from bot.services.here import Here
from bot.services.ids import new_id
from bot.storage import logbook
from bot.storage.port import Tx


async def logged(tx: Tx, here: Here, now_ms: int, act: str, subject: str, **detail: object) -> None:
    """Write down who did what: `act` has its words under `log.<act>`, `detail` fills them."""
    entry = Entry(now_ms, here.actor.id, here.actor.name, act, subject, detail)
    await logbook.write(tx, new_id(), here.place.id, entry)
