"""Discord as a stage for public cards: post once, edit after, say plainly when a message is gone or we are too fast."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import discord

from bot.core.card import Card
from bot.platforms.discord.directory import Directory, ForeignChannel
from bot.platforms.discord.draw import attached, layout_of
from bot.platforms.discord.gate import NAME, number_of
from bot.platforms.discord.message import nonce
from bot.platforms.discord.reply import NO_MENTIONS, uploads
from bot.services.stage import PostGone, Slot, SlowDown

log = logging.getLogger("tertulia.discord")

# Discord's codes: unknown channel, guild and message; no access, no right to it; an archived or locked thread.
GONE = {10003, 10004, 10008, 50001, 50013, 50083, 160005}
OLD_EDITS = 30046  # too many edits of a message over an hour old: three in six seconds are allowed
PATIENCE = 5.0  # seconds; a slow answer of Discord must not keep the other boards waiting
TROUBLE = 5.0  # seconds until another try when Discord is ill or out of reach
OURS = 60.0  # the same when it finds our message wrong: only a new revision can help


class DiscordStage:
    """The loops' way to Discord's channels."""

    name = NAME
    forgets = False
    pace_s = 2.0  # Discord allows about 5 edits in 5 s a channel, and 3 in 6 s once a message is an hour old

    def __init__(self, client: discord.Client, directory: Directory) -> None:
        self._client = client
        self._directory = directory

    async def show(self, slot: Slot, card: Card) -> str:
        """Post the card or edit the slot's message to it; the message's id. Raises PostGone, SlowDown.

        Whatever the slot says, nothing is written into a channel of another server.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                await self._directory.locate(number_of(slot.place), int(slot.channel))
                return await self._show(slot, card)
        except ForeignChannel as error:
            log.error("a channel of another server", extra={"post": slot.post, "place": slot.place})
            raise PostGone(f"channel {error.channel} belongs to another server") from error
        except TimeoutError as error:
            raise SlowDown(TROUBLE) from error
        except discord.RateLimited as error:
            raise SlowDown(error.retry_after) from error
        except (aiohttp.ClientError, OSError) as error:
            raise SlowDown(TROUBLE) from error
        except discord.HTTPException as error:
            raise _meant(error, slot) from error

    async def _show(self, slot: Slot, card: Card) -> str:
        view, files = layout_of(card), uploads(attached(card))
        channel = self._client.get_partial_messageable(int(slot.channel))
        if slot.message is not None:
            edited = channel.get_partial_message(int(slot.message))
            attachments = files or discord.utils.MISSING
            await edited.edit(view=view, attachments=attachments, allowed_mentions=NO_MENTIONS)
            return slot.message
        once = nonce(f"{slot.post} {slot.channel}")
        sent = await channel.send(view=view, files=files, nonce=once, allowed_mentions=NO_MENTIONS)
        return str(sent.id)


def _meant(error: discord.HTTPException, slot: Slot) -> PostGone | SlowDown:
    if error.status == 429 or error.code == OLD_EDITS:
        return SlowDown(_patience(error))
    if error.code in GONE or error.status in (403, 404):
        return PostGone(f"{error.status} {error.code}: {error.text[:200]}")
    if error.status >= 500:
        return SlowDown(TROUBLE)
    log.error("Discord refuses a board", extra={"post": slot.post, "code": error.code, "why": error.text[:500]})
    return SlowDown(OURS)


def _patience(error: discord.HTTPException) -> float:
    """How long Discord asks us to wait, in seconds."""
    try:
        return float(error.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return TROUBLE
