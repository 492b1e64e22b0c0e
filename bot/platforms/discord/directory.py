"""A server's channels and roles: from discord.py's cache, or asked of Discord; never one of another server.

The guilds intent delivers all channels, roles and overwrites, and the threads that are not archived. What isn't in the
cache (an archived thread, most of all) is asked for once; where a thread belongs never changes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.platforms.discord.permissions import (
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
    Member,
    Overwrite,
    Roles,
    permissions_in,
)

PUBLIC_THREADS, PRIVATE_THREAD = frozenset({10, 11}), 12
THREADS = PUBLIC_THREADS | {PRIVATE_THREAD}
WRITABLE = frozenset({0, 2, 5, 13}) | THREADS  # text, voice, announcements, stage: channels that hold messages
REMEMBERED = 4096  # threads whose parent is remembered; each some 200 bytes


@dataclass(frozen=True, slots=True)
class Located:
    """Where a channel belongs: its server, its type at Discord, and a thread's parent."""

    guild: int
    type: int
    parent: int | None = None


@dataclass(eq=False)
class ForeignChannel(Exception):
    """A channel of another server."""

    channel: int


class Directory:
    """What is known of channels and roles, over a client."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._asked: OrderedDict[int, Located] = OrderedDict()

    def recall(self, guild: int, channel: int) -> Located | None:
        """Where a channel belongs, as far as it is known without asking Discord."""
        here = self._client.get_guild(guild)
        found = here.get_channel_or_thread(channel) if here else None
        if found is None:
            return self._asked.get(channel)
        return Located(guild, found.type.value, getattr(found, "parent_id", None))

    async def locate(self, guild: int, channel: int) -> Located:
        """Where a channel of a server belongs, asked of Discord where nothing is known.

        Raises ForeignChannel where it is of another server or of none, discord.HTTPException where Discord refuses.
        """
        found = self.recall(guild, channel)
        if found is None:
            told: Mapping[str, Any] = await self._client.http.get_channel(channel)
            parent = told.get("parent_id")
            found = Located(int(told.get("guild_id") or 0), int(told["type"]), int(parent) if parent else None)
            self._asked[channel] = found
            while len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
        if found.guild != guild:
            raise ForeignChannel(channel)
        return found

    def roles(self, guild: int) -> Roles | None:
        """A server's roles with what they may do; None where the server isn't known (yet)."""
        here = self._client.get_guild(guild)
        if here is None:
            return None
        return Roles(guild, here.owner_id or 0, {role.id: role.permissions.value for role in here.roles})

    def role_names(self, guild: int) -> Mapping[int, str] | None:
        """A server's roles by name, without @everyone; None where the server isn't known (yet)."""
        here = self._client.get_guild(guild)
        return None if here is None else {role.id: role.name for role in here.roles if role.id != guild}

    def channel_name(self, guild: int, channel: int) -> str:
        """What a channel or thread is called; "" where the cache doesn't know."""
        here = self._client.get_guild(guild)
        found = here.get_channel_or_thread(channel) if here else None
        return found.name if found else ""

    def permissions(self, guild: int, channel: int, member: Member) -> int | None:
        """What a member may do in a channel that is no thread, as bits; None where something isn't known."""
        here, roles = self._client.get_guild(guild), self.roles(guild)
        found = here.get_channel(channel) if here else None
        if found is None or roles is None:
            return None
        # The bits as they came: `overwrites` would make objects of them, and look for members that no cache holds.
        kept = [Overwrite(each.id, each.is_role(), each.allow, each.deny) for each in found._overwrites]
        return permissions_in(roles, kept, member)

    async def is_in_thread(self, thread: int, member: int) -> bool:
        """Whether somebody joined a thread, asked of Discord. Raises discord.HTTPException where it refuses to say."""
        try:
            await self._client.http.get_thread_member(thread, member)
        except discord.NotFound:
            return False
        return True

    async def lacking(self, guild: int, channel: int, located: Located) -> tuple[str, ...]:
        """The rights that we lack to write in a channel, by Discord's names of them.

        Raises discord.HTTPException where Discord doesn't say who we are there.
        """
        held = self.permissions(guild, located.parent or channel, await self._myself(guild)) or 0
        send = SEND_MESSAGES_IN_THREADS if located.type in THREADS else SEND_MESSAGES
        wanted = {"view_channel": VIEW_CHANNEL, "send_messages": send}
        return tuple(name for name, bit in wanted.items() if not held & bit)

    async def _myself(self, guild: int) -> Member:
        """Who we are in a server: from the cache, which Discord keeps right, or asked."""
        here = self._client.get_guild(guild)
        if here is not None and here.me is not None:
            return Member(here.me.id, frozenset(here.me._roles))
        me = self._client.user.id if self._client.user else 0
        told: Mapping[str, Any] = await self._client.http.get_member(guild, me)
        return Member(me, frozenset(map(int, told["roles"])))
