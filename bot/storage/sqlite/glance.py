"""A few rows by their keys, read where the event loop runs: handing them to a thread and back costs five times more.

Only for what every click needs and SQLite finds in its cache. It waits for nobody: where the file is locked for a
moment (a checkpoint that cuts the journal), it says so and the caller goes the long way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar, cast

from bot.storage.errors import DatabaseClosed
from bot.storage.port import Work
from bot.storage.sqlite.connection import connect_reading
from bot.storage.sqlite.group import Failed, in_snapshot

T = TypeVar("T")


class Glance:
    """One reading connection that belongs to the thread it was made in."""

    def __init__(self, path: Path, mode: str) -> None:
        self._path = path
        self._connection = connect_reading(path, mode)
        self._connection.execute("PRAGMA busy_timeout = 0").close()
        self._closed = False

    def read(self, work: Work[T]) -> T:
        """Run `work` on a snapshot. Raises `StorageUnavailable` instead of waiting, `DatabaseClosed`."""
        if self._closed:
            raise DatabaseClosed
        (outcome,) = in_snapshot(self._connection, self._path, [work])
        if isinstance(outcome, Failed):
            raise outcome.problem
        return cast("T", outcome.value)

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        self._connection.close()
