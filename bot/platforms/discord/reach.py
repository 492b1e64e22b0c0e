"""Discord's long arm: how many a server has, who somebody is there now, a direct message, a thread.

Nothing here needs a privileged intent. One member may be asked for by id without one; the list of all may not.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress

import discord

from bot.core.card import Card
from bot.core.ctx import Actor
from bot.platforms.discord.census import members_of
from bot.platforms.discord.draw import plain
from bot.platforms.discord.gate import CHANNELS, actor_of
from bot.platforms.discord.message import said
from bot.platforms.discord.threads import Threads
from bot.platforms.discord.trouble import translated
from bot.services.reach import OutOfReach

log = logging.getLogger("tertulia.discord")

PATIENCE = 8.0  # seconds for one person
MOST_REFUSED = 20  # in a row: whoever goes on knocking at closed doors is taken for spam
REST = 3600.0  # seconds without direct messages after that


class DiscordReach(Threads):
    """`pace_s`: seconds between two direct messages, whatever they are about."""

    pace_s = 1.0

    def __init__(self, client: discord.Client) -> None:
        super().__init__(client)
        self._one_at_a_time = asyncio.Lock()
        self._free_at = 0.0
        self._refused = 0

    async def members(self, place: str) -> int | None:
        """How many people the server has, as Discord counts them: approximately, and with bots."""
        return await members_of(self._client, _number(place))

    async def person(self, place: str, actor_id: str) -> Actor | None:
        """A member as they are now. Raises SlowDown."""
        self._awake()
        guild = self._client.get_guild(_number(place))
        if guild is None:
            return None
        with suppress(OutOfReach), translated():
            async with asyncio.timeout(PATIENCE):
                member = await guild.fetch_member(_number(actor_id))
            return actor_of(member, "", member.guild_permissions)
        return None

    async def whisper(self, place: str, actor_id: str, card: Card) -> bool:
        """A direct message, at our own pace; False where this person takes none from us. Raises SlowDown."""
        self._awake()
        async with self._one_at_a_time:
            if self._refused >= MOST_REFUSED and time.monotonic() < self._free_at:
                return False
            await asyncio.sleep(max(0.0, self._free_at - time.monotonic()))
            arrived = await self._write_to(_number(actor_id), card)
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
        return "/".join([CHANNELS, str(_number(place)), channel, *([message] if message else [])])


def _number(named: str) -> int:
    """Discord's number in an id of ours."""
    return int(named.rpartition(":")[2])
