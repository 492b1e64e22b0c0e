"""The bell between those who change something and the loop that shows it: no ring is missed, every loop can end."""

from __future__ import annotations

import asyncio

import pytest

from bot.services.bell import Bell


async def test_a_ring_after_the_ticket_is_not_missed():
    """What rang between looking and waiting ends the wait at once."""
    bell = Bell()
    ticket = bell.ticket()
    bell.ring()
    await asyncio.wait_for(bell.wait(ticket, None), 5)


async def test_nothing_rang():
    """The wait ends after its seconds."""
    bell = Bell()
    await bell.wait(bell.ticket(), 0.01)


@pytest.mark.parametrize("steps", range(4))
async def test_a_stop_that_meets_a_ring_still_stops(steps: int):
    """A loop that waits for the bell ends when it is cancelled around a ring, however far the ring has come."""
    bell = Bell()

    async def loop() -> None:
        while True:
            await bell.wait(bell.ticket(), 60)

    waiting = asyncio.create_task(loop())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    bell.ring()
    for _ in range(steps):
        await asyncio.sleep(0)
    waiting.cancel()
    ended, _ = await asyncio.wait({waiting}, timeout=5)
    assert ended == {waiting}
