"""A few reading connections, so that a long list never stands between a voter and the writer."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from bot.storage.errors import DatabaseClosed
from bot.storage.port import Work
from bot.storage.sqlite.connection import HopConnection
from bot.storage.sqlite.group import Failed, Outcome, in_snapshot

T = TypeVar("T")


class Readers:
    """Hands each reading work to a free connection, first come first served."""

    def __init__(self, connections: list[HopConnection], path: Path) -> None:
        self._path = path
        self._free: asyncio.Queue[HopConnection] = asyncio.Queue()
        self._closed = False
        for connection in connections:
            self._free.put_nowait(connection)

    async def read(self, work: Work[T]) -> T:
        """Run `work` on a snapshot. A caller cancelled meanwhile gives its connection back in order."""
        if self._closed:
            raise DatabaseClosed
        connection = await self._free.get()
        try:
            outcome = await self._ask(connection, work)
        finally:
            self._free.put_nowait(connection)
        if isinstance(outcome, Failed):
            raise outcome.problem
        return cast("T", outcome.value)

    async def _ask(self, connection: HopConnection, work: Work[T]) -> Outcome:
        if self._closed:
            raise DatabaseClosed
        return await connection.hop(partial(in_snapshot, path=self._path, work=work))

    def stop(self) -> None:
        """Refuse new reads; those under way finish, because a connection closes after what it was asked before."""
        self._closed = True
