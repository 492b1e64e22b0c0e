"""The whole file written anew: what was erased is gone from its bytes, and so is the order in which rows came.

SQLite puts each new cell of a page in front of the one before it, so the bytes tell the order of votes, and what is
deleted can survive between the cells. A rebuild writes all rows in the order of their keys into fresh pages; it holds
up writers for as long as it takes (docs/performance.md), readers not at all.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.storage.errors import StorageUnavailable
from bot.storage.sqlite.explain import explain_os, reraise

MOST_IN_MEMORY = 256 * 1024 * 1024  # bytes: the new pages wait somewhere until all of them are there
_SHORT_MS = 100  # that writers wait for readers of old snapshots, each time


def rebuild(connection: sqlite3.Connection, path: Path) -> None:
    """Write every row anew; `empty_journal` makes it whole. StorageUnavailable, and then all is as it was.

    The new pages are plain text, so they never wait in a temporary folder that others share: they are kept in memory,
    those of a large database in a folder of ours beside it.
    """
    size = path.stat().st_size
    try:
        if size <= MOST_IN_MEMORY:
            connection.execute("VACUUM").close()
            return
        with _temporary_folder(connection, path):
            connection.execute("VACUUM").close()
    except sqlite3.Error as problem:
        reraise(problem, path)
    except OSError as problem:
        raise explain_os(problem, path) from problem


def empty_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Move the journal into the file and empty it. StorageUnavailable while somebody reads an old snapshot."""
    try:
        before = connection.execute("PRAGMA busy_timeout").fetchone()[0]
        connection.execute(f"PRAGMA busy_timeout = {_SHORT_MS}").close()
        try:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.execute(f"PRAGMA busy_timeout = {before}").close()
    except sqlite3.Error as problem:
        reraise(problem, path)
    if busy:
        raise StorageUnavailable("somebody kept reading an old snapshot, so the journal could not be emptied")


@contextmanager
def _temporary_folder(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Temporary files of this connection in a folder that only we can read; in memory where SQLite takes no folder.

    The folder is SQLite's for the whole process, but every other connection of ours keeps such things in memory.
    """
    folder = path.absolute().with_name(f"{path.name}.rebuilding")
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    try:
        connection.execute(f"PRAGMA temp_store_directory = {_quoted(folder)}").close()
        if connection.execute("PRAGMA temp_store_directory").fetchone():
            connection.execute("PRAGMA temp_store = FILE").close()
        yield
    finally:
        connection.execute("PRAGMA temp_store = MEMORY").close()
        connection.execute("PRAGMA temp_store_directory = ''").close()
        shutil.rmtree(folder, ignore_errors=True)


def _quoted(folder: Path) -> str:
    return "'" + str(folder).replace("'", "''") + "'"
