"""A few reading connections, so that a long list never stands between a voter and the writer.

As the writer groups commits, so readers group reads: what waits while a connection is busy goes there in one hop, since
a hop between threads costs several times what a voter's small read does.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.storage.errors import DatabaseClosed
from bot.storage.port import Work
from bot.storage.sqlite.connection import HopConnection
from bot.storage.sqlite.group import Failed, Outcome, in_snapshot

T = TypeVar("T")

GROUP_LIMIT = 32  # reads in one hop: one of them may be a long list, and the others wait for it


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work[Any]
    answer: asyncio.Future[Any]


class Readers:
    """Hands reading works to free connections, first come first served."""

    def __init__(self, connections: list[HopConnection], path: Path) -> None:
        self._path = path
        self._free = [*connections]
        self._waiting: deque[_Job] = deque()
        self._under_way: set[asyncio.Task[None]] = set()
        self._closed = False

    async def read(self, work: Work[T]) -> T:
        """Run `work` on a snapshot taken after this call."""
        if self._closed:
            raise DatabaseClosed
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Job(work, answer))
        self._hand_out()
        return await answer

    def stop(self) -> None:
        """Refuse new reads; those under way finish, because a connection closes after what it was asked before."""
        self._closed = True
        while self._waiting:
            job = self._waiting.popleft()
            if not job.answer.done():
                job.answer.set_exception(DatabaseClosed())

    def _hand_out(self) -> None:
        while self._waiting and self._free:
            task = asyncio.create_task(self._serve(self._free.pop(), self._take()), name="storage-reader")
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def _take(self) -> list[_Job]:
        """The first that wait, without those whose callers were cancelled."""
        count = min(len(self._waiting), GROUP_LIMIT)
        return [job for job in (self._waiting.popleft() for _ in range(count)) if not job.answer.done()]

    async def _serve(self, connection: HopConnection, group: Sequence[_Job]) -> None:
        try:
            outcomes = await self._ask(connection, [job.work for job in group])
            for job, outcome in zip(group, outcomes, strict=True):
                _answer(job, outcome)
        finally:
            self._free.append(connection)
            self._hand_out()

    async def _ask(self, connection: HopConnection, works: Sequence[Work[Any]]) -> list[Outcome]:
        try:
            return await connection.hop(partial(in_snapshot, path=self._path, works=works))
        except Exception as problem:  # noqa: BLE001 - the connection itself is gone: its callers must hear of it
            return [Failed(problem) for _ in works]


def _answer(job: _Job, outcome: Outcome) -> None:
    if job.answer.done():  # cancelled meanwhile: nobody listens
        return
    if isinstance(outcome, Failed):
        job.answer.set_exception(outcome.problem)
    else:
        job.answer.set_result(outcome.value)
