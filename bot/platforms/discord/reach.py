"""Discord's long arm: how many a server has, who somebody is there now, a direct message, a thread.

Nothing here needs a privileged intent. One member may be asked for by id without one; the list of all may not.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from contextlib import suppress

import discord

from bot.core.card import Card
from bot.core.ctx import Actor, ChannelAccess
from bot.platforms.discord.census import members_of
from bot.platforms.discord.directory import WRITABLE, Directory, ForeignChannel
from bot.platforms.discord.draw import plain
from bot.platforms.discord.gate import CHANNELS, access_of, actor_of, number_of
from bot.platforms.discord.message import said
from bot.platforms.discord.threads import Threads
from bot.platforms.discord.trouble import translated
from bot.services.reach import ChannelState, OutOfReach

log = logging.getLogger("tertulia.discord")

PATIENCE = 8.0  # seconds for one person
MOST_REFUSED = 20  # in a row: whoever goes on knocking at closed doors is taken for spam
REST = 3600.0  # seconds without direct messages after that


class DiscordReach(Threads):
    """`pace_s`: seconds between two direct messages, whatever they are about."""

    pace_s = 1.0

    def __init__(self, client: discord.Client, directory: Directory) -> None:
        super().__init__(client, directory)
        self._one_at_a_time = asyncio.Lock()
        self._free_at = 0.0
        self._refused = 0

    async def members(self, place: str) -> int | None:
        """How many people the server has, as Discord counts them: approximately, and with bots."""
        return await members_of(self._client, number_of(place))

    async def person(self, place: str, actor_id: str) -> Actor | None:
        """A member as they are now. Raises SlowDown."""
        self._awake()
        guild = self._client.get_guild(number_of(place))
        if guild is None:
            return None
        with suppress(OutOfReach), translated():
            async with asyncio.timeout(PATIENCE):
                member = await guild.fetch_member(number_of(actor_id))
            return actor_of(member, "", member.guild_permissions)
        return None

    def access(self, place: str, actor: Actor) -> ChannelAccess:
        """By the roles that `person` told of."""
        return access_of(self._directory, place, actor)

    async def channel(self, place: str, channel: str) -> ChannelState | None:
        """A channel of the server, and what we lack to write there. Raises SlowDown."""
        self._awake()
        guild, number = number_of(place), int(channel)
        with suppress(OutOfReach, ForeignChannel), translated():
            async with asyncio.timeout(PATIENCE):
                located = await self._directory.locate(guild, number)
                lacking = await self._directory.lacking(guild, number, located)
            return ChannelState(self._directory.channel_name(guild, number), located.type in WRITABLE, lacking)
        return None

    def roles(self, place: str) -> Mapping[str, str] | None:
        """The server's roles by id, without @everyone."""
        names = self._directory.role_names(number_of(place))
        return None if names is None else {str(number): name for number, name in names.items()}

    async def whisper(self, place: str, actor_id: str, card: Card) -> bool:
        """A direct message, at our own pace; False where this person takes none from us. Raises SlowDown."""
        self._awake()
        async with self._one_at_a_time:
            if self._refused >= MOST_REFUSED and time.monotonic() < self._free_at:
                return False
            await asyncio.sleep(max(0.0, self._free_at - time.monotonic()))
            arrived = await self._write_to(number_of(actor_id), card)
            self._refused = 0 if arrived else self._refused + 1
            tired = self._refused >= MOST_REFUSED
            self._free_at = time.monotonic() + (REST if tired else self.pace_s)
        if tired:
            log.warning("no direct messages for a while: too many were refused in a row")
        return arrived

    async def _write_to(self, user: int, card: Card) -> bool:
        try:
            with translated():
                async with asyncio.timeout(PATIENCE):
                    channel = await self._client.http.start_private_message(user)
                    target = self._client.get_partial_messageable(int(channel["id"]))
                    await target.send(**said(plain(card), f"whisper {user} {card!r}"))
        except OutOfReach as refused:
            log.info("direct message refused", extra={"why": refused.why})  # not to whom
            return False
        return True

    def address(self, place: str, channel: str, message: str = "") -> str:
        """Discord's own address of a channel, a thread or a message."""
        return "/".join([CHANNELS, str(number_of(place)), channel, *([message] if message else [])])
