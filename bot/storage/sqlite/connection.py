"""One SQLite connection in one thread of its own: aiosqlite's, plus a way to run a whole function there in one hop.

`hop` is the only use of aiosqlite's private parts (`_execute`, `_conn`, `_thread`); aiosqlite is pinned, and
`tests/storage/test_port_aiosqlite.py` fails loudly when they change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import quote

import aiosqlite

from bot.storage.sqlite.explain import reraise

T = TypeVar("T")

BUSY_SECONDS = 5.0  # how long another process (a backup, a second command) may hold the file
_JOURNAL_BYTES = 16 * 1024 * 1024  # what the WAL is cut back to after a storm
_IN_MEMORY = "PRAGMA temp_store = MEMORY"  # sorted rows and new pages are plain text: in no temporary file
_WRITING = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # an acknowledged vote survives a power cut, which NORMAL does not promise in WAL
    f"PRAGMA journal_size_limit = {_JOURNAL_BYTES}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what a person erases is overwritten, not only unlinked
    "PRAGMA trusted_schema = OFF",
    _IN_MEMORY,
)
_READING = ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF", _IN_MEMORY)
_COPYING = ("PRAGMA trusted_schema = OFF", _IN_MEMORY)  # a copy is written, even though its source is not


def connect(path: Path, mode: str = "rwc", pragmas: tuple[str, ...] = _WRITING) -> sqlite3.Connection:
    """A plain sqlite3 connection with our pragmas; `mode` is ro, rw or rwc. Raises our errors."""
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as problem:
        reraise(problem, path)
    try:
        for pragma in pragmas:
            connection.execute(pragma).close()
        connection.execute("SELECT count(*) FROM sqlite_master").close()  # a PRAGMA alone may not read the file
    except sqlite3.Error as problem:
        connection.close()
        reraise(problem, path)
    connection.row_factory = sqlite3.Row
    return connection


def connect_reading(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection that can't change anything, whatever SQL it is given."""
    return connect(path, mode, _READING)


def connect_copying(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection to copy a database from."""
    return connect(path, mode, _COPYING)


class HopConnection(aiosqlite.Connection):
    """An aiosqlite connection that can run a function on the bare sqlite3 connection, in its thread, in one hop."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # a connection nobody closed must not keep the process from ending

    async def hop(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run `job` in the connection's thread. A caller cancelled meanwhile does not stop it."""
        return cast("T", await self._execute(job, self._conn))  # type: ignore[no-untyped-call]


async def open_writing(path: Path) -> HopConnection:
    """The connection of the one writer."""
    return await HopConnection(partial(connect, path))  # type: ignore[return-value]


async def open_reading(path: Path, mode: str = "rw") -> HopConnection:
    """A connection of the reading pool; `mode="ro"` opens a file that this process may not write."""
    return await HopConnection(partial(connect_reading, path, mode))  # type: ignore[return-value]
