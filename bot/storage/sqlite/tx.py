"""On SQLite a statement never waits for the event loop, so a whole `work` runs to its end in the connection's thread.

That makes one thread hop carry a whole group of works instead of one statement: the speed of the group commit.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bot.storage.errors import ContractError, StorageUnavailable
from bot.storage.port import Row, Work
from bot.storage.sqlite.explain import reraise

T = TypeVar("T")

_THE_PORTS_OWN = frozenset(
    ("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "ATTACH", "DETACH", "VACUUM")
)  # a work that said one of these would end the transaction of its whole group


@lru_cache(maxsize=1024)
def _allowed(sql: str) -> bool:
    words = sql.split(maxsplit=1)
    return bool(words) and words[0].rstrip(";").upper() not in _THE_PORTS_OWN


class DirectTx:
    """`Tx` over a bare sqlite3 connection, in the thread that owns it."""

    __slots__ = ("_connection", "_path", "_usable")

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._usable = True

    async def run(self, sql: str, *args: object) -> int:
        self._check(sql)
        try:
            cursor = self._connection.execute(sql, args)
        except sqlite3.Error as problem:
            reraise(problem, self._path)
        changed = cursor.rowcount
        cursor.close()  # a statement left half-way would keep the COMMIT from happening
        return max(changed, 0)

    async def one(self, sql: str, *args: object) -> Row | None:
        rows = self._fetch(sql, args)
        return rows[0] if rows else None

    async def all(self, sql: str, *args: object) -> list[Row]:
        return self._fetch(sql, args)

    def end(self) -> None:
        """Refuse every later use."""
        self._usable = False

    def _fetch(self, sql: str, args: tuple[object, ...]) -> list[Row]:
        self._check(sql)
        try:
            return self._connection.execute(sql, args).fetchall()
        except sqlite3.Error as problem:
            reraise(problem, self._path)

    def _check(self, sql: str) -> None:
        if not self._usable:
            raise ContractError("A tx was used after its work had ended.")
        if not _allowed(sql):
            raise ContractError(f"A work may not say this, the port does: {sql!r}")
        if not self._connection.in_transaction:  # else the statement would commit by itself
            raise StorageUnavailable("SQLite undid the transaction after an earlier error")


def drive(work: Work[T], tx: DirectTx) -> T:
    """Run `work(tx)` to its end without an event loop; `ContractError` if it waits for anything but its tx."""
    try:
        return _to_the_end(work, tx)
    except RuntimeError as problem:
        if "no running event loop" in str(problem):  # what asyncio says to sleep(), locks and tasks here
            raise ContractError("A work awaited something of asyncio; it may await only its tx.") from problem
        raise
    except StopIteration as problem:  # a future can't carry this one
        raise ContractError("A work raised StopIteration instead of returning.") from problem
    finally:
        tx.end()


def _to_the_end(work: Work[T], tx: DirectTx) -> T:
    steps = work(tx).__await__()
    try:
        foreign = next(steps)
    except StopIteration as ended:
        result: T = ended.value
        return result
    tx.end()
    with suppress(RuntimeError):  # a work that awaits again in its `finally`
        steps.close()
    raise ContractError(f"A work waited for {foreign!r}; it may await only its tx.")
