"""Opening and closing: everything long-lived about one SQLite file stands in one exit stack, so that nothing leaks."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

from bot.storage.errors import DatabaseReadOnly, StorageUnavailable
from bot.storage.migrate import check_version, migrate_file
from bot.storage.port import Work
from bot.storage.sqlite.connection import HopConnection, open_reading, open_writing
from bot.storage.sqlite.files import check_readable, prepare_place
from bot.storage.sqlite.glance import Glance
from bot.storage.sqlite.lease import take_lease
from bot.storage.sqlite.readers import Readers
from bot.storage.sqlite.writer import Writer

T = TypeVar("T")
READERS = 2  # reading connections; each costs a thread and SQLite's page cache (2 MB)


class SqliteDatabase:
    """The port's `Database` over one file. Made by `open_database`."""

    def __init__(
        self, path: Path, glance: Glance, readers: Readers, writer: Writer | None, held: AsyncExitStack
    ) -> None:
        self.path = path
        self._glance = glance
        self._readers = readers
        self._writer = writer
        self._held = held
        self._closing: asyncio.Task[None] | None = None

    async def read(self, work: Work[T]) -> T:
        return await self._readers.read(work)

    async def glance(self, work: Work[T]) -> T:
        try:
            return self._glance.read(work)
        except StorageUnavailable:
            return await self.read(work)

    async def write(self, work: Work[T]) -> T:
        if self._writer is None:
            raise DatabaseReadOnly(self.path)
        return await self._writer.write(work)

    async def scrub(self) -> None:
        if self._writer is None:
            raise DatabaseReadOnly(self.path)
        await self._writer.scrub()

    async def rebuild(self) -> None:
        if self._writer is None:
            raise DatabaseReadOnly(self.path)
        await self._writer.rebuild()

    async def close(self) -> None:
        if self._closing is None:
            self._closing = asyncio.create_task(self._held.aclose(), name="storage-close")
        await asyncio.shield(self._closing)  # a caller in a hurry must not leave it half closed

    async def __aenter__(self) -> SqliteDatabase:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


async def open_database(path: Path, *, exclusive: bool = False, readonly: bool = False) -> SqliteDatabase:
    """Open the file at `path`, making it and bringing its schema up to date unless `readonly`.

    `exclusive` is for the bot: it holds the lease that a second bot and `restore` respect. Commands beside a running
    bot leave it out. Raises `DatabaseInUse`, `DatabaseMissing` (readonly), `DatabaseFolderMissing`,
    `DatabaseFolderUnwritable`, `DatabaseCorrupt`, `DatabaseReadOnly`, `DiskFull`, `DatabaseForeign`,
    `SchemaTooNew`, `SchemaTooOld` (readonly), `MigrationFailed`.
    """
    async with AsyncExitStack() as opening:
        if readonly:
            return await _open_readonly(path, opening)
        prepare_place(path)
        if exclusive:
            opening.enter_context(take_lease(path))
        await asyncio.to_thread(migrate_file, path, holds_lease=exclusive)
        return await _open_writable(path, opening)


async def _open_readonly(path: Path, opening: AsyncExitStack) -> SqliteDatabase:
    check_readable(path)
    await asyncio.to_thread(check_version, path)
    readers = await _open_readers(path, "ro", opening)
    return SqliteDatabase(path, _open_glance(path, "ro", opening), readers, None, opening.pop_all())


async def _open_writable(path: Path, opening: AsyncExitStack) -> SqliteDatabase:
    connection = await _held(await open_writing(path), opening)
    readers = await _open_readers(path, "rw", opening)
    glance = _open_glance(path, "rw", opening)
    writer = Writer(connection, path)
    writer.start()
    opening.push_async_callback(writer.stop)  # first to go: it drains while the connections still stand
    return SqliteDatabase(path, glance, readers, writer, opening.pop_all())


async def _open_readers(path: Path, mode: str, opening: AsyncExitStack) -> Readers:
    connections = [await _held(await open_reading(path, mode), opening) for _ in range(READERS)]
    readers = Readers(connections, path)
    opening.callback(readers.stop)
    return readers


def _open_glance(path: Path, mode: str, opening: AsyncExitStack) -> Glance:
    glance = Glance(path, mode)
    opening.callback(glance.close)
    return glance


async def _held(connection: HopConnection, opening: AsyncExitStack) -> HopConnection:
    opening.push_async_callback(connection.close)
    return connection
