"""The moderators' log, append-only, and the reports that members send them."""

from __future__ import annotations

import json

from bot.core.logbook import Entry, Report
from bot.storage.port import Tx


async def write(tx: Tx, log_id: str, place_id: str, entry: Entry) -> None:
    """Add an entry. There is no way to change one."""
    await tx.run(
        "INSERT INTO mod_log (log_id, place_id, at_ms, actor_id, actor_name, act, subject, detail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        log_id,
        place_id,
        entry.at_ms,
        entry.actor_id,
        entry.actor_name,
        entry.act,
        entry.subject,
        json.dumps(entry.detail, ensure_ascii=False),
    )


async def newest(tx: Tx, place_id: str, limit: int, skip: int = 0, subject: str | None = None) -> list[Entry]:
    """The newest entries of a place, of one subject if given."""
    rows = await tx.all(
        "SELECT at_ms, actor_id, actor_name, act, subject, detail FROM mod_log WHERE place_id = ?"
        " AND (? = '' OR subject = ?) ORDER BY at_ms DESC, log_id DESC LIMIT ? OFFSET ?",
        place_id,
        subject or "",
        subject or "",
        limit,
        skip,
    )
    return [Entry(row[0], row[1], row[2], row[3], row[4], json.loads(row[5])) for row in rows]


async def count(tx: Tx, place_id: str) -> int:
    """How many entries a place has."""
    row = await tx.one("SELECT COUNT(*) FROM mod_log WHERE place_id = ?", place_id)
    return int(row[0]) if row else 0


async def report(tx: Tx, place_id: str, report: Report) -> None:
    """Keep a report for the moderators."""
    await tx.run(
        "INSERT INTO reports"
        " (report_id, place_id, at_ms, reporter_id, channel_id, message_id, author_id, excerpt, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')",
        report.id,
        place_id,
        report.at_ms,
        report.reporter,
        report.channel,
        report.message,
        report.author,
        report.excerpt,
    )


async def open_reports(tx: Tx, place_id: str, limit: int) -> list[Report]:
    """The reports that nobody has dealt with, oldest first."""
    rows = await tx.all(
        "SELECT report_id, at_ms, reporter_id, channel_id, message_id, author_id, excerpt FROM reports"
        " WHERE place_id = ? AND state = 'open' ORDER BY at_ms, report_id LIMIT ?",
        place_id,
        limit,
    )
    return [Report(*(row[n] for n in range(7))) for row in rows]


async def settle(tx: Tx, place_id: str, report_id: str) -> int:
    """Mark a report as dealt with; how many it was."""
    return await tx.run(
        "UPDATE reports SET state = 'done' WHERE place_id = ? AND report_id = ? AND state = 'open'",
        place_id,
        report_id,
    )
