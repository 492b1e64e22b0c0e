"""Edits of running polls that were said back and wait for a moderator's yes: what was typed doesn't fit a button."""

from __future__ import annotations

from bot.storage.port import Tx

LAST_MS = 86_400_000


async def keep(tx: Tx, edit_id: str, poll_id: str, question: str, options: str, now_ms: int) -> None:
    """Keep what was typed, and forget what nobody said yes to."""
    await tx.run("DELETE FROM pending_edits WHERE at_ms < ?", now_ms - LAST_MS)
    await tx.run(
        "INSERT INTO pending_edits (edit_id, poll_id, question, options, at_ms) VALUES (?, ?, ?, ?, ?)",
        edit_id,
        poll_id,
        question,
        options,
        now_ms,
    )


async def find(tx: Tx, edit_id: str, poll_id: str) -> tuple[str, str] | None:
    """The question and the options as typed."""
    row = await tx.one(
        "SELECT question, options FROM pending_edits WHERE edit_id = ? AND poll_id = ?", edit_id, poll_id
    )
    return None if row is None else (row[0], row[1])


async def drop(tx: Tx, poll_id: str) -> None:
    """Forget what waits for a poll: it was edited, closed or erased."""
    await tx.run("DELETE FROM pending_edits WHERE poll_id = ?", poll_id)
