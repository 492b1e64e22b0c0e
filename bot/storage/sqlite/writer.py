"""One task writes for everybody: it takes what is queued, commits it as one group, then answers each caller.

It never waits for a group to fill: one caller alone is committed at once, a crowd shares the next commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.storage.errors import DatabaseClosed, StorageUnavailable
from bot.storage.port import Work
from bot.storage.sqlite.connection import HopConnection
from bot.storage.sqlite.group import Failed, Outcome, commit_group
from bot.storage.sqlite.rebuilding import empty_journal, rebuild

T = TypeVar("T")
GROUP_LIMIT = 500  # works per commit: some 15 ms of them, so that nobody waits long behind a storm
PATIENCE = 10  # tries to empty the journal after a rebuild, while somebody (a backup) reads an old snapshot
BETWEEN_S = 0.5  # two of them: writers go on meanwhile


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    answer: asyncio.Future[Any]


class Writer:
    """The queue and the task that empties it. Call `start` inside the event loop."""

    def __init__(self, connection: HopConnection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._queue: asyncio.Queue[_Job | None] = asyncio.Queue()  # None: nothing comes after this
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._serve(), name="storage-writer")

    async def write(self, work: Work[T]) -> T:
        """Queue `work`; its result once it is durable."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        if self._stopping or self._task is None or self._task.done():
            raise DatabaseClosed
        self._queue.put_nowait(_Job(work, answer))
        return await answer

    async def scrub(self) -> None:
        """Move the journal into the file and empty it."""
        await self._connection.hop(partial(empty_journal, path=self._path))

    async def rebuild(self) -> None:
        """Write the file anew, while writers wait, and empty the journal; between tries of that they go on."""
        if self._stopping:
            raise DatabaseClosed
        await self._connection.hop(partial(rebuild, path=self._path))
        for tries_left in reversed(range(PATIENCE)):
            try:
                await self.scrub()
                return
            except StorageUnavailable:
                if not tries_left:
                    raise
                await asyncio.sleep(BETWEEN_S)

    async def stop(self) -> None:
        """Commit what is queued, then end the task."""
        self._stopping = True
        self._queue.put_nowait(None)
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _serve(self) -> None:
        group: list[_Job] = []
        try:
            goes_on = True
            while goes_on:
                group, goes_on = await self._take()
                _answer(group, await self._commit(group))
        finally:  # only a loop that is being torn down leaves anybody here
            self._dismiss(group)

    async def _take(self) -> tuple[list[_Job], bool]:
        """Wait for a first job, add what else is there; False when the end was met."""
        job = await self._queue.get()
        group: list[_Job] = []
        while job is not None:
            if not job.answer.done():  # its caller was cancelled before it began: not at all
                group.append(job)
            if len(group) == GROUP_LIMIT or self._queue.empty():
                return group, True
            job = self._queue.get_nowait()
        return group, False

    async def _commit(self, group: Sequence[_Job]) -> list[Outcome]:
        if not group:
            return []
        works = [job.work for job in group]
        try:
            return await self._connection.hop(partial(commit_group, path=self._path, works=works))
        except Exception as problem:  # noqa: BLE001 - the connection itself is gone; the writer lives on to say so
            return [Failed(problem) for _ in works]

    def _dismiss(self, group: Sequence[_Job]) -> None:
        left = [*group]
        while not self._queue.empty():
            job = self._queue.get_nowait()
            left += [job] if job else []
        for job in left:
            job.answer.cancel()


def _answer(group: Sequence[_Job], outcomes: Sequence[Outcome]) -> None:
    for job, outcome in zip(group, outcomes, strict=True):
        if job.answer.done():  # cancelled while it was being stored: it is stored, nobody listens
            continue
        if isinstance(outcome, Failed):
            job.answer.set_exception(outcome.problem)
        else:
            job.answer.set_result(outcome.value)
