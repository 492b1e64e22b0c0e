"""How many people a server has, asked when a poll opens: without the members intent the cached number never changes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.core.ctx import Ctx
from bot.core.intents import DraftPollSet, Intent, StartPoll
from bot.platforms.discord.gate import Interaction

PATIENCE = 1.0  # seconds: the press must be answered within three
OPENING = (StartPoll, DraftPollSet)  # what takes a snapshot of the electorate


async def counted(interaction: Interaction, ctx: Ctx, intent: Intent) -> Ctx:
    """The surroundings with today's number of members where the intent opens polls; the cached one if Discord is ill.

    Discord calls the number approximate; bots are in it.
    """
    guild = interaction.guild
    if guild is None or not isinstance(intent, OPENING):
        return ctx
    members = await members_of(interaction.client, guild.id)
    return replace(ctx, spot=replace(ctx.spot, members=members)) if members else ctx


async def members_of(client: discord.Client, guild: int) -> int | None:
    """How many members a server has; None while Discord doesn't say."""
    try:
        async with asyncio.timeout(PATIENCE):
            told: Mapping[str, Any] = await client.http.get_guild(guild, with_counts=True)
    except (discord.HTTPException, discord.RateLimited, OSError):  # a timeout is an OSError
        return None
    members: int | None = told.get("approximate_member_count")
    return members or None
