"""A glance reads what a read reads, at once, and never waits for a lock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.errors import DatabaseClosed
from bot.storage.port import Tx
from bot.storage.sqlite.connection import connect
from bot.storage.sqlite.database import SqliteDatabase, open_database

EVENT = "INSERT INTO events (event_id, at_ms) VALUES (?, 1)"


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """A fresh database."""
    async with await open_database(tmp_path / "t.db", exclusive=True) as database:
        yield database


async def count(tx: Tx) -> int:
    """How many events there are."""
    row = await tx.one("SELECT COUNT(*) FROM events")
    assert row is not None
    return int(row[0])


async def test_what_was_written_is_seen_at_a_glance(db: SqliteDatabase) -> None:
    """Each time, as soon as `write` has answered."""
    for number in range(20):
        name = f"e{number}"
        await db.write(lambda tx, name=name: tx.run(EVENT, name))
        assert await db.glance(count) == number + 1


async def test_a_glance_can_not_change_anything(db: SqliteDatabase) -> None:
    """It reads."""
    with pytest.raises(Exception, match="read-only"):
        await db.glance(lambda tx: tx.run(EVENT, "x"))
    assert await db.read(count) == 0


async def test_where_the_file_is_busy_a_glance_goes_the_long_way(db: SqliteDatabase) -> None:
    """Somebody holds the file for a moment: nobody's loop stands still, and the answer is the same."""
    other = connect(db.path)
    other.execute("BEGIN IMMEDIATE")
    other.execute(EVENT, ("theirs",))
    assert await db.glance(count) == 0
    other.execute("COMMIT")
    assert await db.glance(count) == 1
    other.close()


async def test_a_closed_database_gives_no_glance(db: SqliteDatabase) -> None:
    """It says so."""
    await db.close()
    with pytest.raises(DatabaseClosed):
        await db.glance(count)
