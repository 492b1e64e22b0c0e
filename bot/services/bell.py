"""A bell between those who change something and the loop that shows or times it."""

from __future__ import annotations

import asyncio


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
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return
