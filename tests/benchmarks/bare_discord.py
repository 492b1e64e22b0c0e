"""How fast real discord.py can be at all: a bare handler answering "ok" through a loopback Discord.

What our bot does is measured against this in the same run, with the same function and its own client.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from tests.loopback.asks import COMPONENT, Ask
from tests.loopback.bare import Bare, running
from tests.loopback.people import User
from tests.loopback.remote import LoopbackProcess

Factory = Callable[[str], discord.Client]
Presses = Callable[[LoopbackProcess, int], Awaitable[Sequence[Ask]]]

PEOPLE = 500
WARM_UP = 300


def people(count: int = PEOPLE) -> list[User]:
    """As many pretend members as a busy vote has."""
    return [User(f"member{number}", id=10**17 + number) for number in range(count)]


async def bare_presses(place: LoopbackProcess, count: int) -> list[Ask]:
    """Presses of a button that no message has; a bare handler doesn't look."""
    members = people()
    data = {"custom_id": "1:vote:P1:b", "component_type": 2, "id": 3}
    return [Ask(COMPONENT, data, members[number % len(members)]) for number in range(count)]


async def measure(
    factory: Factory = lambda api_base: Bare(),
    clicks: int = 3000,
    *,
    presses: Presses = bare_presses,
    in_flight: int = 64,
) -> dict[str, Any]:
    """Interactions a second and milliseconds until the answer, with `in_flight` at once, Discord in another process.

    `factory(api_base)` makes the client, which must find its gateway by itself (see `tests.loopback.bare`);
    `presses(place, count)` makes what is sent, after the client is ready. A warm-up goes first and isn't counted.
    """
    async with LoopbackProcess() as place, running(factory(place.api_base), place.api_base, place.token):
        await place.ready()
        asks = await presses(place, WARM_UP + clicks)
        await place.storm(asks[:WARM_UP], in_flight=in_flight)
        gc.collect()
        storm = await place.storm(asks[WARM_UP:], in_flight=in_flight)
    return {
        "interactions": len(storm.answers),
        "unanswered": storm.unanswered,
        "in_flight": in_flight,
        "per_second": round(storm.rate),
        "p50_ms": round(storm.percentile(0.5) * 1000, 1),
        "p99_ms": round(storm.percentile(0.99) * 1000, 1),
    }


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        print(json.dumps(asyncio.run(measure()), indent=2))
