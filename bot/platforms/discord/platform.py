"""The Discord platform as the program runs it: start, stay, stop, and a sentence for each way that a start can fail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import aiohttp
import discord

from bot.platforms.discord import endpoint
from bot.platforms.discord.client import TertuliaClient
from bot.platforms.discord.door import Door
from bot.platforms.discord.reach import DiscordReach
from bot.platforms.discord.stage import DiscordStage
from bot.services.desk import Desk
from bot.settings import Settings

log = logging.getLogger("tertulia.discord")

COMMANDS_FILE = "discord-commands.sha256"  # beside the database, so that it moves and is backed up with it
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between tries to log in while there is no network


class StartError(Exception):
    """Discord can't be used as it is set up: one sentence with what to do."""


class DiscordPlatform:
    """`stage` for the loops, `run` until `close`."""

    def __init__(self, desk: Desk, settings: Settings, ready: Callable[[], None] | None = None) -> None:
        endpoint.use(settings.discord_api_base)
        self._settings = settings
        door = Door(desk, settings.max_import_mb * 1024 * 1024)
        self._client = TertuliaClient(door, settings.database_path.parent / COMMANDS_FILE, ready)
        self.stage = DiscordStage(self._client, self._client.directory)
        desk.reach[self.stage.name] = DiscordReach(self._client, self._client.directory)

    async def run(self) -> None:
        """Log in and serve until `close` or cancellation. Raises StartError when Discord refuses us."""
        try:
            async with self._client:
                await self._login()
                await endpoint.follow(self._client, self._settings.discord_api_base)
                await self._client.connect()
        except discord.LoginFailure as error:
            raise StartError(
                "DISCORD_TOKEN is not accepted by Discord. Make a new one on the Bot page of your application in "
                "Discord's developer portal (Reset Token) and put it in the place of the old one."
            ) from error
        except discord.PrivilegedIntentsRequired as error:
            raise StartError("Discord refuses our intents, although none is privileged. Please report it.") from error
        except discord.ConnectionClosed as error:
            raise StartError(_closed(error)) from error

    async def close(self) -> None:
        """Finish the answers under way and leave; `run` returns."""
        await self._client.close()

    async def _login(self) -> None:
        """Log in; without network, or while Discord is ill, say so and try again."""
        token = self._settings.discord_token
        wait = FIRST_WAIT
        while not self._client.is_closed():
            try:
                return await self._client.login(token.get_secret_value() if token else "")
            except (aiohttp.ClientError, OSError, discord.DiscordServerError) as error:
                log.warning("Discord is out of reach; trying again", extra={"seconds": wait, "why": str(error)})
            await endpoint.reset(self._client)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
        return None


async def run_discord(desk: Desk, settings: Settings, ready: Callable[[], None] | None = None) -> None:
    """Serve Discord until cancelled. `ready` is called once, when interactions can come. Raises StartError."""
    await DiscordPlatform(desk, settings, ready).run()


def _closed(error: discord.ConnectionClosed) -> str:
    if error.code == 4004:
        return "DISCORD_TOKEN stopped being valid. Make a new one in Discord's developer portal (Bot, Reset Token)."
    return f"Discord closed the connection for good (code {error.code}). Start again; if it stays so, report it."
