"""A process with a bare discord.py client and nothing else: what our start, memory and speed are held against.

`python -m tests.benchmarks.bare_client API_BASE TOKEN` runs until it is told to end.
"""

from __future__ import annotations

import asyncio
import sys

from tests.loopback.bare import Bare, running


async def main(api_base: str, token: str) -> None:
    """Stay on the line."""
    async with running(Bare(), api_base, token):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
