"""The least bot there is: real discord.py pointed at a loopback Discord, answering "ok" to everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

Interaction = discord.Interaction[discord.Client]


class Bare(discord.Client):
    """Answers every interaction with a private "ok". It keeps no views and asks for no intents."""

    def __init__(self, **options: Any) -> None:
        super().__init__(intents=discord.Intents.none(), max_messages=None, guild_ready_timeout=0, **options)

    async def setup_hook(self) -> None:
        """Go to the gateway that the API names: discord.py asks for it only when it shards."""
        await find_gateway(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Don't wait five seconds before a second IDENTIFY; nobody counts ours."""

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer."""
        await interaction.response.send_message("ok", ephemeral=True)


async def find_gateway(client: discord.Client) -> None:
    """Make the gateway named by GET /gateway/bot the one that every websocket opens."""
    _, url, _ = await client.http.get_bot_gateway()
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


@contextmanager
def pointed_at(api_base: str) -> Iterator[None]:
    """While inside, discord.py of this whole process talks to `api_base`."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = api_base
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def running(client: discord.Client, api_base: str, token: str) -> AsyncIterator[discord.Client]:
    """A client logged in and ready, closed afterwards. An error while it starts is raised here."""
    with pointed_at(api_base):
        async with client:
            await client.login(token)
            life = asyncio.create_task(client.connect())
            ready = asyncio.create_task(client.wait_until_ready())
            await asyncio.wait({life, ready}, return_when=asyncio.FIRST_COMPLETED, timeout=30)
            if life.done():
                life.result()
            yield client
        await life
