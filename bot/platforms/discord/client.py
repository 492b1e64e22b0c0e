"""discord.py's client with what we need of it: the guilds' names and sizes, interactions, nothing privileged."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import discord

from bot.platforms.discord.directory import Directory
from bot.platforms.discord.door import Door
from bot.platforms.discord.gate import Interaction
from bot.platforms.discord.limits import raise_limits
from bot.platforms.discord.payload import commands
from bot.platforms.discord.sync import sync

log = logging.getLogger("tertulia.discord")

GUILDS_SETTLE = 0.1  # seconds without a new guild until we count as ready: names and sizes may come later
LEAVING = 5.0  # seconds that answers under way get when we stop


class TertuliaClient(discord.Client):
    """Hands interactions to the door. `kept` is the file that remembers which commands are registered."""

    def __init__(self, door: Door, kept: Path, ready: Callable[[], None] | None = None) -> None:
        # Because we never speak, nobody needs to be warned at every start that we can't.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            guild_ready_timeout=GUILDS_SETTLE,
        )
        raise_limits(self.http)
        self.directory = Directory(self)
        self._door = door
        self._kept = kept
        self._tell_ready = ready
        self._under_way: set[asyncio.Task[None]] = set()

    async def setup_hook(self) -> None:
        """Register the commands before the first interaction can come."""
        application = self.application_id or 0
        register: Callable[..., Awaitable[object]] = self.http.bulk_upsert_global_commands
        try:
            await sync(application, commands(), self._kept, lambda payload: register(application, payload))
        except discord.DiscordServerError:
            raise
        except (discord.HTTPException, discord.RateLimited) as error:
            # because those registered before still work, and a bot that answers beats one that doesn't start
            log.error("commands not registered; restart to try again", extra={"why": str(error)})

    async def on_ready(self) -> None:
        """Once a start; discord.py says it again after a lost session."""
        log.info("ready", extra={"guilds": len(self.guilds)})
        tell, self._tell_ready = self._tell_ready, None
        if tell is not None:
            spare_the_collector()
            tell()

    async def on_interaction(self, interaction: Interaction) -> None:
        """Everything that people do."""
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            await self._door.serve(interaction)
        finally:
            self._under_way.discard(task)

    async def close(self) -> None:
        """Let answers under way finish, then leave."""
        others = self._under_way - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=LEAVING)
        await super().close()


def spare_the_collector() -> None:
    """Keep full collections rare and short: they are most of a click's 99th percentile.

    What was built at start (packs, words, modules) lives until the end, so it is taken out of the count; and a click
    makes hundreds of small values that die by themselves, so the young generation may grow before it is looked at.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
