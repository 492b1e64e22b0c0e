"""Group commit: many callers share one COMMIT, and nobody is answered before it."""

from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bot.storage.errors import DiskFull, StorageUnavailable
from bot.storage.port import Tx, Work
from bot.storage.sqlite.connection import connect
from bot.storage.sqlite.database import SqliteDatabase, open_database
from bot.storage.sqlite.group import Failed, Stored, commit_group
from bot.storage.sqlite.writer import GROUP_LIMIT

ADD = "INSERT INTO events (event_id, at_ms) VALUES (?, ?)"
BIG = "INSERT INTO packs VALUES (?, 'a', '1', ?, 'preview', 1, 'me')"


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with await open_database(tmp_path / "t.db") as database:
        yield database


@pytest.fixture
def bare(tmp_path: Path, db: SqliteDatabase) -> Iterator[sqlite3.Connection]:
    connection = connect(tmp_path / "t.db")
    yield connection
    connection.close()


def add(name: str) -> Work[int]:
    return lambda tx: tx.run(ADD, name, 1)


def big(name: str) -> Work[int]:
    return lambda tx: tx.run(BIG, name, "x" * 400_000)


async def count(db: SqliteDatabase, table: str = "events") -> int:
    row = await db.read(lambda tx: tx.one(f"SELECT count(*) FROM {table}"))
    return int(row[0]) if row else -1


@contextmanager
def said(connection: sqlite3.Connection) -> Iterator[list[str]]:
    """Every statement the connection ran."""
    lines: list[str] = []
    connection.set_trace_callback(lines.append)
    yield lines
    connection.set_trace_callback(None)


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """A real I/O error for whoever writes past `size` bytes, on any machine and for any user."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, former)


async def test_a_crowd_shares_commits(db: SqliteDatabase) -> None:
    """1,200 writes asked at once need the three commits that the group limit makes of them."""
    lines: list[str] = []
    assert db._writer is not None
    hop = db._writer._connection.hop
    await hop(lambda connection: connection.set_trace_callback(lines.append))
    await asyncio.gather(*(db.write(add(f"{n}")) for n in range(1200)))
    assert lines.count("COMMIT") == -(-1200 // GROUP_LIMIT)
    assert await count(db) == 1200


async def test_one_caller_does_not_wait_for_others(db: SqliteDatabase) -> None:
    """A lonely write is committed by itself, at once."""
    lines: list[str] = []
    assert db._writer is not None
    await db._writer._connection.hop(lambda connection: connection.set_trace_callback(lines.append))
    await db.write(add("a"))
    assert lines.count("COMMIT") == 1


def test_nobody_is_answered_before_the_commit(bare: sqlite3.Connection, tmp_path: Path) -> None:
    """Outcomes exist only once another connection can see the rows."""
    with said(bare) as lines:
        assert commit_group(bare, tmp_path, [add("a"), add("b")]) == [Stored(1), Stored(1)]
    assert [line.split()[0] for line in lines if "one_work" not in line] == [
        "BEGIN",
        "INSERT",
        "INSERT",
        "COMMIT",
    ]
    assert not bare.in_transaction


async def test_a_caller_cancelled_before_its_turn_leaves_nothing(db: SqliteDatabase) -> None:
    """Cancelled while queued: not stored at all; the writer goes on."""
    task = asyncio.create_task(db.write(add("never")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await db.write(add("after"))
    assert await count(db) == 1


async def test_a_caller_cancelled_at_any_moment_is_whole_or_nothing(db: SqliteDatabase) -> None:
    """However far a write has come when its caller goes, both of its rows are there or neither."""

    def pair(name: str) -> Work[None]:
        async def work(tx: Tx) -> None:
            await tx.run(ADD, name + "-1", 1)
            await tx.run(ADD, name + "-2", 1)

        return work

    for turn in range(60):
        tasks = [asyncio.create_task(db.write(pair(f"{turn}-{n}"))) for n in range(3)]
        for _ in range(turn % 12):
            await asyncio.sleep(0)
        tasks[1].cancel()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert answers[0] is None and answers[2] is None
    rows = await db.read(
        lambda tx: tx.all("SELECT count(*) FROM events GROUP BY substr(event_id, 1, length(event_id)-2)")
    )
    assert {row[0] for row in rows} == {2} and len(rows) >= 120


async def test_a_reader_that_is_cancelled_gives_its_connection_back(db: SqliteDatabase) -> None:
    """Cancelled reads never use up the pool."""
    for _ in range(20):
        task = asyncio.create_task(count(db))
        await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert await asyncio.gather(*(count(db) for _ in range(5))) == [0] * 5


async def test_a_full_disk_is_told_to_its_caller_and_passes(db: SqliteDatabase) -> None:
    """When no page is left, what does not fit is refused as `DiskFull`; with room again, it goes on."""
    assert db._writer is not None
    hop = db._writer._connection.hop
    pages = await hop(lambda connection: connection.execute("PRAGMA page_count").fetchone()[0])
    await hop(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages + 2}").close())
    answers = await asyncio.gather(db.write(big("a")), db.write(big("b")), return_exceptions=True)
    assert all(isinstance(answer, StorageUnavailable) for answer in answers)
    assert isinstance(answers[0], DiskFull) and "full" in str(answers[0])
    assert await count(db, "packs") == 0
    await hop(lambda connection: connection.execute("PRAGMA max_page_count = 1000000").close())
    assert await db.write(big("c")) == 1


async def test_a_commit_that_fails_fails_for_the_whole_group(db: SqliteDatabase, tmp_path: Path) -> None:
    """A disk error at COMMIT: every caller of the group hears it, nothing is stored, and the next write works."""
    size = (tmp_path / "t.db-wal").stat().st_size
    with no_file_beyond(size + 100_000):
        works = [add("a"), big("b"), add("c")]
        answers = await asyncio.gather(*(db.write(work) for work in works), return_exceptions=True)
    assert [type(answer) for answer in answers] == [StorageUnavailable] * 3
    assert len({id(answer) for answer in answers}) == 3
    assert (await count(db), await count(db, "packs")) == (0, 0)
    assert await db.write(big("b")) == 1


def test_a_work_that_swallows_the_loss_cannot_go_on_alone(bare: sqlite3.Connection, tmp_path: Path) -> None:
    """When SQLite itself undoes the transaction, what a work does next is refused instead of committed by itself."""

    async def swallows(tx: Tx) -> str:
        bare.execute("ROLLBACK")  # what SQLite does by itself after some disk errors
        with suppress(StorageUnavailable):
            await tx.run(ADD, "alone", 1)
        return "fine"

    outcomes = commit_group(bare, tmp_path, [add("a"), swallows, add("b")])
    assert all(isinstance(each, Failed) and isinstance(each.problem, StorageUnavailable) for each in outcomes)
    assert bare.execute("SELECT count(*) FROM events").fetchone()[0] == 0
    assert commit_group(bare, tmp_path, [add("b")]) == [Stored(1)]


def test_a_database_held_by_another_is_unavailable_not_lost(bare: sqlite3.Connection, tmp_path: Path) -> None:
    """Busy at BEGIN: each caller is told, and the same works succeed once the other is done."""
    bare.execute("PRAGMA busy_timeout = 0")
    other = connect(tmp_path / "t.db")
    other.execute("BEGIN IMMEDIATE")
    (outcome,) = commit_group(bare, tmp_path, [add("a")])
    assert isinstance(outcome, Failed) and isinstance(outcome.problem, StorageUnavailable)
    other.close()
    assert commit_group(bare, tmp_path, [add("a")]) == [Stored(1)]


def test_a_commit_refused_with_the_transaction_still_open_is_undone(bare: sqlite3.Connection, tmp_path: Path) -> None:
    """SQLite may refuse a COMMIT and keep the transaction; nothing of it may leak into the next group."""
    bare.execute("CREATE TABLE late (place_id TEXT REFERENCES places DEFERRABLE INITIALLY DEFERRED)")
    owing = [add("a"), lambda tx: tx.run("INSERT INTO late VALUES ('nowhere')")]
    outcomes = commit_group(bare, tmp_path, owing)
    assert all(isinstance(each, Failed) and isinstance(each.problem, StorageUnavailable) for each in outcomes)
    assert commit_group(bare, tmp_path, [add("b")]) == [Stored(1)]
    assert [row[0] for row in bare.execute("SELECT event_id FROM events")] == ["b"]
