"""The port's promises, kept by the SQLite behind it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.errors import ConstraintBroken, ContractError, DatabaseClosed, DatabaseReadOnly
from bot.storage.port import Database, Row, Tx, Work
from bot.storage.sqlite.database import SqliteDatabase, open_database

ADD = "INSERT INTO events (event_id, at_ms) VALUES (?, ?)"


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with await open_database(tmp_path / "t.db") as database:
        yield database


def add(name: str) -> Work[str]:
    async def work(tx: Tx) -> str:
        await tx.run(ADD, name, 1)
        return name

    return work


async def names(db: Database) -> list[str]:
    async def work(tx: Tx) -> list[str]:
        return [row["event_id"] for row in await tx.all("SELECT event_id FROM events ORDER BY event_id")]

    return await db.read(work)


async def test_run_says_how_many_rows_changed(db: SqliteDatabase) -> None:
    """`run` counts changed rows, and a conflict that did nothing counts none."""

    async def work(tx: Tx) -> list[int]:
        again = ADD + " ON CONFLICT DO NOTHING"
        return [await tx.run(again, "a", 1), await tx.run(again, "a", 1), await tx.run("DELETE FROM events")]

    assert await db.write(work) == [1, 0, 1]


async def test_rows_answer_by_name_and_by_place(db: SqliteDatabase) -> None:
    """A row is read by column name or position; no row is None; RETURNING works in a write."""

    async def work(tx: Tx) -> tuple[Row | None, Row | None]:
        return await tx.one(ADD + " RETURNING event_id, at_ms", "a", 7), await tx.one("SELECT 1 WHERE 0")

    row, nothing = await db.write(work)
    assert row is not None and (row["event_id"], row[1], list(row.keys())) == ("a", 7, ["event_id", "at_ms"])
    assert nothing is None


async def test_a_write_is_there_for_the_next_read(db: SqliteDatabase) -> None:
    """Once `write` has answered, every reader sees it."""
    assert await db.write(add("a")) == "a"
    assert await names(db) == ["a"]


async def test_a_reader_cannot_change_anything(db: SqliteDatabase) -> None:
    """A `read` that writes is refused, and stores nothing."""
    with pytest.raises(DatabaseReadOnly):
        await db.read(add("a"))
    assert await names(db) == []


async def test_a_read_sees_one_moment(db: SqliteDatabase, tmp_path: Path) -> None:
    """What another connection commits between two statements of a read stays invisible to it."""
    other = sqlite3.connect(tmp_path / "t.db", check_same_thread=False, isolation_level=None)

    async def work(tx: Tx) -> list[int]:
        before = await tx.all("SELECT * FROM events")
        other.execute(ADD, ("a", 1))
        return [len(before), len(await tx.all("SELECT * FROM events"))]

    assert await db.read(work) == [0, 0]
    assert await names(db) == ["a"]
    other.close()


async def test_one_failure_hurts_nobody_else(db: SqliteDatabase) -> None:
    """In a storm where every third work fails after writing, the others are stored and only the failed are not."""

    async def failing(tx: Tx) -> str:
        await tx.run(ADD, "never", 1)
        raise KeyError("no")

    works = [failing if n % 3 == 0 else add(f"{n:03}") for n in range(99)]
    answers = await asyncio.gather(*(db.write(work) for work in works), return_exceptions=True)
    stored = [answer for answer in answers if isinstance(answer, str)]
    assert len(stored) == 66 and sum(isinstance(answer, KeyError) for answer in answers) == 33
    assert await names(db) == stored


async def test_works_never_share_a_transaction(db: SqliteDatabase) -> None:
    """Each work sees its own half-done change alone: two statements of one work are never parted by another's."""

    async def one_by_one(tx: Tx) -> int:
        await tx.run(ADD, "shared", 1)
        row = await tx.one("SELECT count(*) FROM events")
        await tx.run("DELETE FROM events")
        assert row is not None
        return int(row[0])

    assert await asyncio.gather(*(db.write(one_by_one) for _ in range(200))) == [1] * 200


@pytest.mark.parametrize(
    ("sql", "args"),
    [
        pytest.param(ADD, ("a", None), id="not null"),
        pytest.param(ADD, ("a", -1), id="check"),
        pytest.param(
            "INSERT INTO ballots (poll_id, voter, marks) VALUES (?, ?, ?)",
            ("none", "v", "[]"),
            id="foreign key",
        ),
    ],
)
async def test_a_broken_constraint_is_our_own_fact(db: SqliteDatabase, sql: str, args: tuple[object, ...]) -> None:
    """A refused row raises `ConstraintBroken`, which a service can catch without knowing the driver."""
    with pytest.raises(ConstraintBroken):
        await db.write(lambda tx: tx.run(sql, *args))
    assert await names(db) == []


async def test_a_caught_constraint_lets_the_work_go_on(db: SqliteDatabase) -> None:
    """A work may catch a refusal and store something else."""

    async def work(tx: Tx) -> None:
        try:
            await tx.run(ADD, "a", -1)
        except ConstraintBroken:
            await tx.run(ADD, "b", 1)

    await db.write(work)
    assert await names(db) == ["b"]


async def _sleeps(tx: Tx) -> None:
    await tx.run(ADD, "never", 1)
    await asyncio.sleep(0.01)


async def _yields(tx: Tx) -> None:
    await tx.run(ADD, "never", 1)
    await asyncio.sleep(0)


async def _begins(tx: Tx) -> None:
    await tx.run(ADD, "never", 1)
    await tx.run("commit;")


async def _uses_it_while_dying(tx: Tx) -> None:
    try:
        await asyncio.sleep(0)
    finally:
        await tx.run(ADD, "never", 1)


def _stops(tx: Tx) -> Work[None]:
    raise StopIteration


@pytest.mark.parametrize("work", [_sleeps, _yields, _begins, _uses_it_while_dying, _stops])
async def test_a_broken_contract_is_told_and_undone(db: SqliteDatabase, work: Work[None]) -> None:
    """A work that awaits something foreign or speaks of transactions gets `ContractError` and stores nothing."""
    good = asyncio.gather(db.write(add("a")), db.write(add("b")))
    with pytest.raises(ContractError):
        await db.write(work)
    await good
    assert await names(db) == ["a", "b"]


async def test_a_write_within_a_write_is_refused(db: SqliteDatabase) -> None:
    """Asking the database from within a work would wait for itself; it is refused instead."""

    async def work(tx: Tx) -> None:
        await db.write(add("inner"))

    with pytest.raises(ContractError):
        await db.write(work)
    assert await names(db) == []


async def test_a_tx_is_dead_after_its_work(db: SqliteDatabase) -> None:
    """A tx carried out of its work refuses instead of writing into somebody else's transaction."""
    kept: list[Tx] = []

    async def work(tx: Tx) -> None:
        kept.append(tx)

    await db.write(work)
    with pytest.raises(ContractError):
        await kept[0].run(ADD, "late", 1)


@pytest.mark.parametrize("problem", [KeyError, asyncio.CancelledError, GeneratorExit, MemoryError])
async def test_whatever_a_work_raises_the_writer_lives(db: SqliteDatabase, problem: type[BaseException]) -> None:
    """Even what is no `Exception` undoes only its own work and reaches its own caller."""

    async def work(tx: Tx) -> None:
        await tx.run(ADD, "never", 1)
        raise problem

    with pytest.raises(problem):
        await db.write(work)
    await db.write(add("after"))
    assert await names(db) == ["after"]


async def test_close_finishes_what_is_queued(tmp_path: Path) -> None:
    """Everything asked before `close` is stored and answered; everything after is refused; closing twice is fine."""
    db = await open_database(tmp_path / "t.db")
    waiting = [asyncio.ensure_future(db.write(add(f"{n:04}"))) for n in range(1200)]
    await asyncio.sleep(0)
    await asyncio.gather(db.close(), db.close())
    assert len(await asyncio.gather(*waiting)) == 1200
    for late in (db.write(add("late")), db.read(add("late"))):
        with pytest.raises(DatabaseClosed):
            await late
    await db.close()
    async with await open_database(tmp_path / "t.db", readonly=True) as again:
        assert len(await names(again)) == 1200


async def test_a_close_whose_caller_left_still_closes(tmp_path: Path) -> None:
    """A cancelled `close` goes on by itself: what was queued is stored and the lease is given back."""
    db = await open_database(tmp_path / "t.db", exclusive=True)
    waiting = [asyncio.ensure_future(db.write(add(f"{n:04}"))) for n in range(600)]
    closing = asyncio.create_task(db.close())
    await asyncio.sleep(0)
    closing.cancel()
    assert len(await asyncio.gather(*waiting)) == 600
    await db.close()
    async with await open_database(tmp_path / "t.db", exclusive=True) as again:
        assert len(await names(again)) == 600
