"""The reports as their senders and the moderators' log ask for them; keeping and settling them is in `logbook`."""

from __future__ import annotations

from bot.core.logbook import Report
from bot.storage.port import Tx


async def waiting(tx: Tx, place_id: str) -> int:
    """How many reports nobody has dealt with."""
    row = await tx.one("SELECT COUNT(*) FROM reports WHERE place_id = ? AND state = 'open'", place_id)
    return int(row[0]) if row else 0


async def of_person(tx: Tx, place_id: str, actor_id: str) -> list[Report]:
    """What a person reported in a place, oldest first."""
    rows = await tx.all(
        "SELECT report_id, at_ms, reporter_id, channel_id, message_id, author_id, excerpt FROM reports"
        " WHERE place_id = ? AND reporter_id = ? ORDER BY at_ms, report_id",
        place_id,
        actor_id,
    )
    return [Report(*(row[n] for n in range(7))) for row in rows]


async def unlink(tx: Tx, place_id: str, actor_id: str) -> int:
    """Forget who sent a person's reports; the moderators keep what they say. How many they were."""
    return await tx.run(
        "UPDATE reports SET reporter_id = '' WHERE place_id = ? AND reporter_id = ?", place_id, actor_id
    )


async def get(tx: Tx, report_id: str) -> tuple[Report, bool] | None:
    """A report, and whether it has been dealt with."""
    row = await tx.one(
        "SELECT report_id, at_ms, reporter_id, channel_id, message_id, author_id, excerpt, state FROM reports"
        " WHERE report_id = ?",
        report_id,
    )
    return None if row is None else (Report(*(row[n] for n in range(7))), row["state"] == "done")
