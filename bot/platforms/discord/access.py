"""Which channels of a server one member can view, from values that Discord sent anyway; asked only about some threads.

The member's roles come with each interaction, the channels with the guilds intent. A thread is viewed by who can view
its parent; a private one also takes being in it, or managing threads. What isn't known, even after asking, is hidden.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress

import aiohttp
import discord

from bot.platforms.discord.directory import PRIVATE_THREAD, THREADS, Directory, ForeignChannel, Located
from bot.platforms.discord.permissions import (
    EVERYTHING,
    MANAGE_THREADS,
    VIEW_CHANNEL,
    Member,
    server_permissions,
)

PATIENCE = 2.0  # seconds for all that has to be asked for one answer; what was learned until then is remembered
AT_ONCE = 8  # questions to Discord at the same time


class MemberAccess:
    """One member's access. `administrator`: Discord said of this moment that they may do everything."""

    def __init__(self, directory: Directory, guild: int, member: Member, *, administrator: bool = False) -> None:
        self._directory = directory
        self._guild = guild
        self._member = member
        self._administrator = administrator
        self._joined: dict[int, bool] = {}  # private threads that were asked about

    def can_view(self, channel: str) -> bool | None:
        """Whether the member can view a channel; None where Discord has to be asked: of most threads, once."""
        if self._sees_all():
            return True
        if not channel.isdecimal():
            return False
        number = int(channel)
        located = self._directory.recall(self._guild, number)
        return None if located is None else self._can_view(number, located)

    async def ask(self, channels: Collection[str]) -> frozenset[str]:
        """Those of the channels that the member can view, asked of Discord where need be, for a limited time."""
        unknown = [int(channel) for channel in channels if self.can_view(channel) is None]
        if unknown:
            turns = asyncio.Semaphore(AT_ONCE)
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await asyncio.gather(*(self._learn(channel, turns) for channel in unknown))
        return frozenset(channel for channel in channels if self.can_view(channel))

    def _sees_all(self) -> bool:
        """Whether they own or administer the server: they see what was deleted, too."""
        roles = None if self._administrator else self._directory.roles(self._guild)
        return self._administrator or (roles is not None and server_permissions(roles, self._member) == EVERYTHING)

    def _can_view(self, channel: int, located: Located) -> bool | None:
        if located.guild != self._guild:
            return False
        if located.type not in THREADS:
            return bool((self._directory.permissions(self._guild, channel, self._member) or 0) & VIEW_CHANNEL)
        held = self._directory.permissions(self._guild, located.parent or 0, self._member) or 0
        if located.type != PRIVATE_THREAD or not held & VIEW_CHANNEL or held & MANAGE_THREADS:
            return bool(held & VIEW_CHANNEL)
        return self._joined.get(channel)

    async def _learn(self, channel: int, turns: asyncio.Semaphore) -> None:
        """Ask where a thread belongs, and whether the member is in it where that matters."""
        async with turns:
            # What Discord refuses to tell, or can't tell now, stays unknown, and so hidden.
            with suppress(ForeignChannel, discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError):
                located = await self._directory.locate(self._guild, channel)
                if self._can_view(channel, located) is None:
                    self._joined[channel] = await self._directory.is_in_thread(channel, self._member.id)
