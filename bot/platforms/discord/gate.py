"""What Discord tells of a moment, as our surroundings: who asks, where, and by which event."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

import discord

from bot.core.ctx import Actor, Ctx, Spot
from bot.core.errors import refuse
from bot.core.text import cut, one_line
from bot.platforms.discord.access import MemberAccess
from bot.platforms.discord.directory import Directory
from bot.platforms.discord.permissions import Member

Interaction = discord.Interaction[Any]
NAME = "discord"
NAME_UNITS = 64  # characters of a display name: Discord allows 32, so only a tampered one is cut
CHANNELS = "https://discord.com/channels"  # a message is at guild/channel/message below it
EPOCH_MS = discord.utils.DISCORD_EPOCH  # from which an id counts its milliseconds, in the bits above 22


def surroundings(interaction: Interaction, directory: Directory) -> Ctx:
    """The surroundings of an interaction. Refusal: only_in_a_place, in a private conversation."""
    member, rights = interaction.user, interaction.permissions
    if interaction.guild_id is None or not isinstance(member, discord.Member):
        raise refuse("only_in_a_place")
    access = MemberAccess(directory, interaction.guild_id, _roles_of(member), administrator=rights.administrator)
    actor = actor_of(member, interaction.locale.value, rights)
    return Ctx(actor, _spot(interaction), f"{NAME}:{interaction.id}", access)


def access_of(directory: Directory, place: str, actor: Actor) -> MemberAccess:
    """The access of somebody who did nothing at this moment, as `actor_of` told of them."""
    member = Member(number_of(actor.id), frozenset(map(int, actor.roles)))
    return MemberAccess(directory, number_of(place), member)


def actor_of(member: discord.Member, locale: str, rights: discord.Permissions) -> Actor:
    """A member as everybody but Discord knows them. `locale` is "" where nobody told it."""
    return Actor(
        id=f"{NAME}:{member.id}",
        name=_name(member.display_name, member.name),
        locale=locale,
        roles=frozenset(map(str, member._roles)),  # `roles` leaves out those that aren't in the cache
        manages=rights.manage_guild or rights.administrator,
        joined_ms=_ms(member.joined_at),
        created_ms=(member.id >> 22) + EPOCH_MS,
    )


def _roles_of(member: discord.Member) -> Member:
    return Member(member.id, frozenset(member._roles))


def _spot(interaction: Interaction) -> Spot:
    guild = interaction.guild
    return Spot(
        platform=NAME,
        place=f"{NAME}:{interaction.guild_id}",
        channel=str(interaction.channel_id),
        name=guild.name if guild and guild.name else "",
        locale=interaction.guild_locale.value if interaction.guild_locale else None,
        members=guild.member_count if guild else None,
        address=f"{CHANNELS}/{interaction.guild_id}",
    )


@lru_cache(maxsize=4096)
def _name(display: str, username: str) -> str:
    """The display name made safe; the username where nothing is left of it."""
    return cut(one_line(display), NAME_UNITS) or one_line(username) or "?"


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def number_of(named: str) -> int:
    """Discord's number in an id of ours ("discord:4001")."""
    return int(named.rpartition(":")[2])
