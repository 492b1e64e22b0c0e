"""A bell between those who change something and the loop that shows or times it."""

from __future__ import annotations

import asyncio
import contextlib


class Bell:
    """Rings are counted, so that a loop which takes its ticket before it looks can't miss one."""

    def __init__(self) -> None:
        self._rung = 0
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Something changed."""
        self._rung += 1
        self._event.set()

    def ticket(self) -> int:
        """Take this before looking; hand it to `wait`."""
        return self._rung

    async def wait(self, ticket: int, seconds: float | None) -> None:
        """Wait until the bell rang after the ticket was taken, at most `seconds`."""
        if self._rung != ticket:
            return
        self._event.clear()
        # Not `wait_for`: in Python 3.11 it swallows a cancellation that meets a ring, and its loop never ends.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()
