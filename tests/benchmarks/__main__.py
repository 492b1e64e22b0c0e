"""`make bench`: every figure of docs/performance.md, each beside what it is compared with in the same run, as JSON.

`python -m tests.benchmarks [votes|discord|boards|charts|counting …]` measures all or some. It takes some five minutes.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.benchmarks import boards, charts, counting, discord_bot, exports, storage, votes


async def _votes() -> dict[str, Any]:
    kept = await storage.measure(1.0)
    return {"desk": await votes.measure(), "storage": kept["grouped"], "commit_per_vote": kept["single"]}


MEASURES: Mapping[str, Callable[[], Awaitable[dict[str, Any]]]] = {
    "votes": _votes,
    "boards": boards.measure,
    "charts": charts.measure,
    "counting": counting.measure,
    "discord": discord_bot.measure,
    "exports": exports.measure,
}


async def measure(names: list[str]) -> dict[str, Any]:
    """What was measured, by name, and on what machine."""
    found: dict[str, Any] = {"machine": machine()}
    for name in names or MEASURES:
        found[name] = await MEASURES[name]()
    return found | {"load_at_end": [round(load, 1) for load in os.getloadavg()]}


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {"python": platform.python_version(), "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1:])), indent=2))
