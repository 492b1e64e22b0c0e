"""A running bot on a loopback Discord that takes only what Discord's own schema takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.platforms.discord.platform import DiscordPlatform
from bot.services.desk import Desk
from bot.settings import Settings
from tests.loopback.bare import pointed_at
from tests.loopback.people import Channel, Guild
from tests.loopback.server import LoopbackDiscord
from tests.spec.gate import violations
from tests.support import Table, a_desk

Starting = Callable[[Desk, LoopbackDiscord], AbstractAsyncContextManager[DiscordPlatform]]


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A desk on a fresh database."""
    async with a_desk(tmp_path) as made:
        yield made


@pytest.fixture
async def discord_() -> AsyncIterator[LoopbackDiscord]:
    """A Discord with one server of two channels."""
    guild = Guild("Reading circle", 4001, (Channel("reading", 500), Channel("talk", 501)))
    async with LoopbackDiscord([guild], judge=violations) as place:
        yield place


@pytest.fixture
def starting(tmp_path: Path) -> Starting:
    """Starts bots whose files lie in one folder, so that a second one is a restart."""

    @asynccontextmanager
    async def start(desk: Desk, place: LoopbackDiscord) -> AsyncIterator[DiscordPlatform]:
        ready = asyncio.Event()
        settings = Settings(
            discord_token=place.token, discord_api_base=place.api_base, database_url=f"sqlite:///{tmp_path / 't.db'}"
        )
        with pointed_at(place.api_base):
            platform = DiscordPlatform(desk, settings, ready.set)
            running = asyncio.create_task(platform.run())
            said = asyncio.create_task(ready.wait())
            await asyncio.wait({running, said}, return_when=asyncio.FIRST_COMPLETED, timeout=20)
            said.cancel()
            if running.done():
                running.result()
            yield platform
            await platform.close()
            await running

    return start


@pytest.fixture
async def bot(table: Table, discord_: LoopbackDiscord, starting: Starting) -> AsyncIterator[DiscordPlatform]:
    """A bot that is ready."""
    async with starting(table.desk, discord_) as platform:
        yield platform
