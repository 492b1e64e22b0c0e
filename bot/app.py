"""Builds everything long-lived, in order, and takes it down in the opposite one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import paths
from bot.charts.artist import Artist
from bot.content.load import load_library
from bot.content.ready import ready_polls
from bot.services import closing, forgetting, heartbeat, reaching
from bot.services.boards import Boards
from bot.services.desk import Desk
from bot.services.here import Defaults
from bot.services.keys import Keys, folder_of
from bot.services.registry import HANDLERS
from bot.services.shelf import Shelf
from bot.services.stage import Stage
from bot.services.suggestions import suggest
from bot.settings import Settings
from bot.storage.errors import DatabaseFolderUnwritable
from bot.storage.port import Database
from bot.storage.sqlite.database import open_database

log = logging.getLogger("tertulia.app")


@dataclass(frozen=True)
class App:
    """The desk on its database, and the loops that run beside the platforms."""

    desk: Desk
    db: Database
    settings: Settings

    async def loops(self, stages: Mapping[str, Stage]) -> None:
        """Close polls on time, keep boards in step on these stages, threads and reminders too, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(closing.run(self.desk), name="closing")
            group.create_task(Boards(self.desk, stages, time.monotonic).run(), name="boards")
            group.create_task(reaching.run(self.desk), name="reaching")
            group.create_task(heartbeat.run(self.settings.database_path), name="heartbeat")


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[App]:
    """The app on the settings' database, which it holds alone.

    Raises what `open_database` raises, and `PackError` for a pack that can't be read.
    """
    library = load_library(paths.content_dir(), *filter(None, [settings.content_dir]))
    ready = ready_polls(paths.seeds_dir() / "polls.yaml", library)
    make_folder(settings.database_path)
    db = await open_database(settings.database_path, exclusive=True)
    artist = Artist()
    try:
        desk = Desk(
            db=db,
            shelf=Shelf(library),
            keys=Keys(folder_of(settings.database_path)),
            clock=now_ms,
            handlers=HANDLERS,
            suggester=suggest,
            ready=ready,
            defaults=Defaults(settings.locale, settings.timezone),
            artist=artist,
        )
        try:
            yield App(desk, db, settings)
        finally:
            await leave_nothing(desk)
    finally:
        artist.close()
        await db.close()


async def leave_nothing(desk: Desk) -> None:
    """Seal and forget now what would wait for the loops: the files may lie for long. Trouble is for the log."""
    try:
        await closing.seal_left(desk)
        await forgetting.finish(desk)
    except Exception:
        log.exception("not all is sealed and forgotten; the next start goes on")


def make_folder(db_path: Path) -> None:
    """Make the database's folder on a first start. One with an absolute path may be a volume that isn't mounted.

    DatabaseFolderUnwritable where it may not be made; what else is wrong with the place is said at opening.
    """
    if db_path.is_absolute():
        return
    try:
        db_path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # a file of that name: the opening says that there is no such folder
        return
    except OSError as problem:
        raise DatabaseFolderUnwritable(db_path) from problem


def now_ms() -> int:
    """The time, in ms since 1970."""
    return time.time_ns() // 1_000_000
