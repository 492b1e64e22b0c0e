"""The moderators' log, append-only, and the reports that members send them."""

from __future__ import annotations

import json

from bot.core.logbook import Entry, Report
from bot.core.place import Scope
from bot.storage.polls import within
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


async def newest(tx: Tx, scope: Scope, limit: int, skip: int = 0, subject: str | None = None) -> list[Entry]:
    """The newest entries of a scope, of one subject if given."""
    condition, values = _within(scope)
    rows = await tx.all(
        f"SELECT at_ms, actor_id, actor_name, act, subject, detail FROM mod_log WHERE {condition}"  # noqa: S608
        " AND (? = '' OR subject = ?) ORDER BY at_ms DESC, log_id DESC LIMIT ? OFFSET ?",
        *values,
        subject or "",
        subject or "",
        limit,
        skip,
    )
    return [Entry(row[0], row[1], row[2], row[3], row[4], json.loads(row[5])) for row in rows]


async def count(tx: Tx, scope: Scope) -> int:
    """How many entries a scope has."""
    condition, values = _within(scope)
    row = await tx.one(f"SELECT COUNT(*) FROM mod_log WHERE {condition}", *values)  # noqa: S608
    return int(row[0]) if row else 0


def _within(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """The condition that an entry is of the place, and not about a poll outside the scope; and its values.

    What an entry says of a poll that is gone (a draft thrown away) names nothing of it.
    """
    if scope.channels is None:
        return "mod_log.place_id = ?", (scope.place,)
    condition, values = within(scope, "p")
    hidden = f"SELECT 1 FROM polls p WHERE mod_log.subject = 'poll:' || p.poll_id AND NOT ({condition})"  # noqa: S608
    return f"mod_log.place_id = ? AND NOT EXISTS ({hidden})", (scope.place, *values)


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
