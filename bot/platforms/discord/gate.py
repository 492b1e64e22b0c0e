"""What Discord tells of a moment, as our surroundings: who asks, where, and by which event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import discord

from bot.core.ctx import Actor, Ctx, Spot
from bot.core.errors import refuse
from bot.core.text import cut, one_line

Interaction = discord.Interaction[Any]
NAME = "discord"
NAME_UNITS = 64  # characters of a display name: Discord allows 32, so only a tampered one is cut


def surroundings(interaction: Interaction) -> Ctx:
    """The surroundings of an interaction. Refusal: only_in_a_place, in a private conversation."""
    if interaction.guild_id is None or not isinstance(interaction.user, discord.Member):
        raise refuse("only_in_a_place")
    return Ctx(_actor(interaction, interaction.user), _spot(interaction), f"{NAME}:{interaction.id}")


def _actor(interaction: Interaction, member: discord.Member) -> Actor:
    rights = interaction.permissions
    return Actor(
        id=f"{NAME}:{member.id}",
        name=cut(one_line(member.display_name), NAME_UNITS) or one_line(member.name) or str(member.id),
        locale=interaction.locale.value,
        roles=frozenset(map(str, member._roles)),
        manages=rights.manage_guild or rights.administrator,
        joined_ms=_ms(member.joined_at),
        created_ms=_ms(member.created_at),
    )


def _spot(interaction: Interaction) -> Spot:
    guild = interaction.guild
    return Spot(
        platform=NAME,
        place=f"{NAME}:{interaction.guild_id}",
        channel=str(interaction.channel_id),
        name=guild.name if guild and guild.name else "",
        locale=interaction.guild_locale.value if interaction.guild_locale else None,
        members=guild.member_count if guild else None,
    )


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)
