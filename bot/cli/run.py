"""`tertulia run`: the Discord bot where there is a token, the web console where there is none."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any, TextIO

from bot import paths
from bot.app import App, open_app
from bot.settings import Settings


def run(settings: Settings, out: TextIO = sys.stdout) -> int:
    """Run until Ctrl-C or SIGTERM; 0 when it ended as asked."""
    return asyncio.run(_run(settings, out))


async def _run(settings: Settings, out: TextIO) -> int:
    async with open_app(settings) as app:
        if settings.discord_token:
            await _until_stopped(_discord(app, out))
        else:
            await _until_stopped(_web(app, out))
    print("Stopped. Everything is stored.", file=out, flush=True)
    return 0


async def _discord(app: App, out: TextIO) -> None:
    from bot.platforms.discord.platform import DiscordPlatform  # here, so that the console starts without discord.py

    def ready() -> None:
        print("Tertulia is on Discord. Ctrl-C stops it.", file=out, flush=True)

    platform = DiscordPlatform(app.desk, app.settings, ready)
    async with asyncio.TaskGroup() as group:
        loops = group.create_task(app.loops({platform.stage.name: platform.stage}))
        try:
            await platform.run()
        finally:
            loops.cancel()
            await platform.close()


async def _web(app: App, out: TextIO) -> None:
    from bot.platforms.web.people import SPOT
    from bot.platforms.web.server import WebPlatform
    from bot.services.planting import plant

    await plant(app.desk, SPOT, paths.seeds_dir())
    platform = WebPlatform(app.desk, app.settings)

    def started(url: str) -> None:
        print(f"Tertulia, the web console: open this link. Ctrl-C stops it.\n\n  {url}\n", file=out, flush=True)

    async with asyncio.TaskGroup() as group:
        loops = group.create_task(app.loops({platform.stage.name: platform.stage}))
        try:
            await platform.run(started)
        finally:
            loops.cancel()


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run it until it ends by itself or the process is asked to stop; its errors are this function's."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
    except BaseExceptionGroup as group:
        raise _first(group) from group


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one error that matters of a task group: the platform's own."""
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
