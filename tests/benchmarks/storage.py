"""How many durable, acknowledged votes a second: grouped, and with a commit per vote, in the same run.

Run it as `python tests/benchmarks/storage.py`. Absolute figures say more about the disk than about us; the ratio is
what the group commit is for.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

from bot.storage.port import Tx, Work
from bot.storage.sqlite.connection import HopConnection, open_writing
from bot.storage.sqlite.database import open_database
from bot.storage.sqlite.group import Failed, commit_group

CALLERS = (1, 10, 100, 1000)
SECONDS = 1.5  # per point

PLACE = "INSERT INTO places (place_id, platform, name, created_ms) VALUES ('p', 'text', 'P', 1)"
POLL = (
    "INSERT INTO polls"
    " (poll_id, place_id, number, kind, question, options, rules, state, named, channel_id, created_by, created_ms)"
    " VALUES ('q', 'p', 1, 'single', 'Q', '[]', '{}', 'open', 1, 'c', 'm', 1)"
)
POST = (
    "INSERT INTO posts (post_id, place_id, channel_id, subject, state, created_ms)"
    " VALUES ('b', 'p', 'c', 'q', 'live', 1)"
)

Write = Callable[[Work[Any]], Awaitable[Any]]


async def _prepare(tx: Tx) -> None:
    for sql in (PLACE, POLL, POST):
        await tx.run(sql)


def vote(number: int) -> Work[None]:
    """What a vote does: the event, whether the poll is open, the ballot, and the board that is now behind."""

    async def work(tx: Tx) -> None:
        await tx.run("INSERT INTO events (event_id, at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING", f"e{number}", number)
        await tx.one("SELECT state FROM polls WHERE poll_id = ?", "q")
        await tx.run(
            "INSERT INTO ballots (poll_id, voter, voter_name, marks, cast_ms) VALUES ('q', ?, ?, '[\"A\"]', ?)"
            " ON CONFLICT (poll_id, voter) DO UPDATE SET marks = excluded.marks, changes = ballots.changes + 1",
            f"v{number % 5000}",
            "Name",
            number,
        )
        await tx.run("UPDATE posts SET revision = revision + 1 WHERE subject = ?", "q")

    return work


async def _point(write: Write, callers: int, numbers: count[int], seconds: float) -> dict[str, float]:
    """Votes a second and the waiting times (ms) of so many callers, each asking again once answered."""
    waits: list[float] = []
    begin = time.perf_counter()

    async def caller() -> None:
        while (asked := time.perf_counter()) - begin < seconds:
            await write(vote(next(numbers)))
            waits.append(time.perf_counter() - asked)

    await asyncio.gather(*(caller() for _ in range(callers)))
    took = time.perf_counter() - begin
    waits.sort()
    return {
        "votes_per_second": round(len(waits) / took),
        "p50_ms": round(waits[len(waits) // 2] * 1000, 1),
        "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000, 1),
    }


def _single(connection: HopConnection, path: Path) -> Write:
    """The same work with a commit of its own, one after another: what grouping is compared with."""
    turn = asyncio.Lock()

    async def write(work: Work[Any]) -> Any:
        async with turn:
            (outcome,) = await connection.hop(lambda bare: commit_group(bare, path, [work]))
        if isinstance(outcome, Failed):
            raise outcome.problem
        return outcome.value

    return write


async def measure(seconds: float = SECONDS, folder: Path | None = None) -> dict[str, dict[str, dict[str, float]]]:
    """`{"grouped" | "single": {callers: {votes_per_second, p50_ms, p99_ms}}}`, both measured in turn on one disk."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        path, numbers = Path(name) / "t.db", count()
        found: dict[str, dict[str, dict[str, float]]] = {"grouped": {}, "single": {}}
        async with await open_database(path, exclusive=True) as database:
            await database.write(_prepare)
            alone = await open_writing(path)
            for callers in CALLERS:
                found["single"][str(callers)] = await _point(_single(alone, path), callers, numbers, seconds)
                found["grouped"][str(callers)] = await _point(database.write, callers, numbers, seconds)
            await alone.close()
        return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure()), indent=2))
