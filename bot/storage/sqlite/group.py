"""The group commit itself, as a plain function over one sqlite3 connection: many works, one durable COMMIT."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.storage.errors import StorageUnavailable
from bot.storage.port import Work
from bot.storage.sqlite.explain import explain
from bot.storage.sqlite.tx import DirectTx, drive


@dataclass(frozen=True, slots=True)
class Stored:
    """A work that is on the disk, and what it returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """A work that left nothing behind, and why."""

    problem: BaseException


Outcome = Stored | Failed


class _GroupLostError(Exception):
    """SQLite gave up the whole transaction, as it does on a full disk or an I/O error in mid-statement."""


def commit_group(connection: sqlite3.Connection, path: Path, works: Sequence[Work[Any]]) -> list[Outcome]:
    """Run every work in its own savepoint, commit once, and say how each ended, in order.

    When the commit fails, all of them failed, and the connection is ready for the next group. (An fsync that failed
    can't be taken back by anybody: after a crash at that very moment SQLite may find the group complete. A caller
    who tries again brings the same event id, so nothing counts twice.)
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = [_in_savepoint(connection, path, work) for work in works]
        connection.execute("COMMIT")
    except BaseException as problem:  # noqa: BLE001 - no caller may be left without an answer
        _undo(connection)
        return [Failed(_reason(problem, path)) for _ in works]  # one exception each: tracebacks are not shared
    return outcomes


def in_snapshot(connection: sqlite3.Connection, path: Path, works: Sequence[Work[Any]]) -> list[Outcome]:
    """Run reading works on one consistent snapshot, and say how each ended, in order."""
    try:
        connection.execute("BEGIN")
        return [_read(connection, path, work) for work in works]
    except sqlite3.Error as problem:
        return [Failed(explain(problem, path) or problem) for _ in works]
    finally:
        _undo(connection)


def _read(connection: sqlite3.Connection, path: Path, work: Work[Any]) -> Outcome:
    try:
        return Stored(drive(work, DirectTx(connection, path)))
    except BaseException as problem:  # noqa: BLE001 - it belongs to the caller, not to this thread
        return Failed(problem)


def _in_savepoint(connection: sqlite3.Connection, path: Path, work: Work[Any]) -> Outcome:
    connection.execute("SAVEPOINT one_work")
    try:
        outcome: Outcome = Stored(drive(work, DirectTx(connection, path)))
    except BaseException as problem:  # noqa: BLE001 - it belongs to one caller, the group goes on
        outcome = Failed(problem)
    if not connection.in_transaction:
        raise _GroupLostError from (outcome.problem if isinstance(outcome, Failed) else None)
    if isinstance(outcome, Failed):
        connection.execute("ROLLBACK TO one_work")
    connection.execute("RELEASE one_work")
    return outcome


def _undo(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _reason(problem: BaseException, path: Path) -> BaseException:
    if isinstance(problem, _GroupLostError):
        problem = problem.__cause__ or problem
    if isinstance(problem, StorageUnavailable):
        problem = problem.__cause__ or problem
    fact = explain(problem, path) if isinstance(problem, sqlite3.Error) else None
    fact = fact if isinstance(fact, StorageUnavailable) else StorageUnavailable(f"the group was undone ({problem!r})")
    fact.__cause__ = problem
    return fact
