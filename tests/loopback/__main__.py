"""A loopback Discord in a process of its own, so that a benchmark's bot has its core to itself.

`python -m tests.loopback --port 0` prints one line of JSON (`api_base`, `token`, `control`) and then takes orders, one
JSON object a line, on standard input; each is answered by one line. It ends when its input does.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import orjson

from tests.loopback.asks import Ask
from tests.loopback.calls import busiest
from tests.loopback.people import Json, User
from tests.loopback.server import LoopbackDiscord

Order = Callable[[LoopbackDiscord, Json], Awaitable[Any]]


def ask_of(told: Json) -> Ask:
    """An ask from its JSON, as `tests.loopback.remote` writes it."""
    user = dict(told["user"], joined_at=datetime.fromisoformat(told["user"]["joined_at"]))
    user["roles"] = tuple(user["roles"])
    return Ask(**{**told, "user": User(**user)})


async def _storm(discord: LoopbackDiscord, order: Json) -> Json:
    asks = [ask_of(told) for told in order["asks"]]
    result = await discord.storm(asks, in_flight=order["in_flight"], rate=order["rate"])
    answers = [
        None if one is None else {"type": one.type, "data": one.data, "elapsed": one.elapsed} for one in result.answers
    ]
    return {"answers": answers, "seconds": result.seconds}


async def _ready(discord: LoopbackDiscord, order: Json) -> None:
    await discord.ready(order.get("timeout", 30))


async def _messages(discord: LoopbackDiscord, order: Json) -> list[Json]:
    return discord.messages(order.get("channel"))


async def _drop(discord: LoopbackDiscord, order: Json) -> None:
    await discord.gateway.drop(resumable=order.get("resumable", True))


async def _counts(discord: LoopbackDiscord, order: Json) -> Json:
    """Calls by method, and the busiest window of edits against Discord's five in five seconds."""
    by_method: Json = {}
    for call in discord.world.calls:
        by_method[call.method] = by_method.get(call.method, 0) + 1
    edits = busiest(discord.calls("PATCH", "/channels"), 5.0)
    return {"calls": by_method, "edits_in_5_s": edits, "logins": discord.gateway.logins}


ORDERS: dict[str, Order] = {
    "storm": _storm,
    "ready": _ready,
    "messages": _messages,
    "drop": _drop,
    "counts": _counts,
}


def _say(told: Any) -> None:
    sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
    sys.stdout.buffer.flush()


async def serve(port: int, limits: bool) -> None:
    """Serve until standard input ends."""
    async with LoopbackDiscord(port=port, limits=limits) as discord:
        _say({"api_base": discord.api_base, "token": discord.token})
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            order = orjson.loads(line)
            try:
                _say({"result": await ORDERS[order["order"]](discord, order)})
            except (LookupError, TimeoutError) as error:
                _say({"error": repr(error)})


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.loopback", description="A loopback Discord.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--limits", action="store_true", help="enforce the edit limits")
    given = parser.parse_args()
    gc.disable()  # because our pauses would be counted as the bot's, and the process is a short one
    asyncio.run(serve(given.port, given.limits))


if __name__ == "__main__":
    main()
