"""Polls that come again, as they are kept; each time is taken once, by a conditional update."""

from __future__ import annotations

import json

from bot.core.poll.schedule import Schedule
from bot.storage.port import Row, Tx

_COLUMNS = (
    "schedule_id, place_id, channel_id, title, draft, every, timezone, first_ms, next_ms, ends_ms, most, made,"
    " created_by, created_ms"
)


async def add(tx: Tx, schedule: Schedule) -> None:
    """Keep a new one."""
    await tx.run(
        f"INSERT INTO schedules ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        schedule.id, schedule.place, schedule.channel, schedule.title,
        json.dumps(dict(schedule.plan), ensure_ascii=False), schedule.every, schedule.timezone, schedule.first_ms,
        schedule.next_ms, schedule.ends_ms, schedule.most, schedule.made, schedule.created_by, schedule.created_ms,
    )  # fmt: skip


async def get(tx: Tx, schedule_id: str) -> Schedule | None:
    """The one with this id."""
    row = await tx.one(f"SELECT {_COLUMNS} FROM schedules WHERE schedule_id = ?", schedule_id)  # noqa: S608
    return None if row is None else _schedule(row)


async def of_place(tx: Tx, place_id: str) -> list[Schedule]:
    """Those of a place that go on, the next one first."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM schedules"  # noqa: S608
        " WHERE place_id = ? AND next_ms IS NOT NULL ORDER BY next_ms, schedule_id",
        place_id,
    )
    return [_schedule(row) for row in rows]


async def advance(tx: Tx, schedule: Schedule, next_ms: int | None) -> int:
    """Take the time that is due and set the next; 0 if somebody was faster."""
    return await tx.run(
        "UPDATE schedules SET next_ms = ?, made = made + 1 WHERE schedule_id = ? AND next_ms = ?",
        next_ms,
        schedule.id,
        schedule.next_ms,
    )


async def remove(tx: Tx, place_id: str, schedule_id: str) -> int:
    """Let it come no more; how many it was. The polls that it made stay."""
    return await tx.run("DELETE FROM schedules WHERE place_id = ? AND schedule_id = ?", place_id, schedule_id)


def _schedule(row: Row) -> Schedule:
    return Schedule(
        id=row[0], place=row[1], channel=row[2], title=row[3], plan=json.loads(row[4]), every=row[5], timezone=row[6],
        first_ms=row[7], next_ms=row[8], ends_ms=row[9], most=row[10], made=row[11], created_by=row[12],
        created_ms=row[13],
    )  # fmt: skip
