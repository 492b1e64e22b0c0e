"""What is due at a moment, once: a scheduled start, a reminder. It is kept, so that no restart loses it."""

from __future__ import annotations

from bot.storage.port import Tx

REACH = "reach:"  # acts that wait for a platform begin so: a loop of their own does them, and no deadline waits for it
Timer = tuple[str, str, int]
"""What is to be done, what with ("poll:ID"), and when, in ms since 1970."""


async def set_(tx: Tx, act: str, subject: str, due_ms: int) -> None:
    """Do it at this moment, and not at the one that was set before."""
    await tx.run(
        "INSERT INTO timers (act, subject, due_ms) VALUES (?, ?, ?)"
        " ON CONFLICT (act, subject) DO UPDATE SET due_ms = excluded.due_ms",
        act,
        subject,
        due_ms,
    )


async def bring_forward(tx: Tx, act: str, subject: str, due_ms: int) -> None:
    """Do it at this moment, or at the one that was set before if that is earlier."""
    await tx.run(
        "INSERT INTO timers (act, subject, due_ms) VALUES (?, ?, ?)"
        " ON CONFLICT (act, subject) DO UPDATE SET due_ms = excluded.due_ms WHERE excluded.due_ms < timers.due_ms",
        act,
        subject,
        due_ms,
    )


async def due(tx: Tx, now_ms: int, *, reach: bool = False, limit: int = 100) -> list[Timer]:
    """What is due by now, the oldest first; `reach`: of the acts that wait for a platform."""
    rows = await tx.all(
        f"SELECT act, subject, due_ms FROM timers WHERE {_ours(reach)} AND due_ms <= ?"  # noqa: S608
        " ORDER BY due_ms, act, subject LIMIT ?",
        now_ms,
        limit,
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def next_(tx: Tx, *, reach: bool = False) -> int | None:
    """The nearest moment at which something is due, in ms since 1970; `reach` as above."""
    row = await tx.one(f"SELECT MIN(due_ms) FROM timers WHERE {_ours(reach)}")  # noqa: S608
    return None if row is None else row[0]


async def earliest(tx: Tx, act: str) -> int | None:
    """When this act is due first, in ms since 1970."""
    row = await tx.one("SELECT MIN(due_ms) FROM timers WHERE act = ?", act)
    return None if row is None else row[0]


async def subjects(tx: Tx, act: str) -> list[str]:
    """What this act is to be done with, whenever."""
    return [row[0] for row in await tx.all("SELECT subject FROM timers WHERE act = ? ORDER BY subject", act)]


async def is_set(tx: Tx, act: str, subject: str) -> bool:
    """Whether it is still to be done."""
    return await tx.one("SELECT 1 FROM timers WHERE act = ? AND subject = ?", act, subject) is not None


async def done(tx: Tx, timer: Timer) -> None:
    """Forget a timer that was acted on; one that was set anew meanwhile stays."""
    await tx.run("DELETE FROM timers WHERE act = ? AND subject = ? AND due_ms = ?", *timer)


async def drop(tx: Tx, act: str, subject: str) -> None:
    """Don't do it after all."""
    await tx.run("DELETE FROM timers WHERE act = ? AND subject = ?", act, subject)


def _ours(reach: bool) -> str:
    return f"act {'LIKE' if reach else 'NOT LIKE'} '{REACH}%'"
