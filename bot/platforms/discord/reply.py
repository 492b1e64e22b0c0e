"""The way back: one answer to one interaction, in time, to nobody but who it is for.

Discord waits three seconds for a first answer. What takes longer is announced ("thinking", private) and follows; a
form can't follow, so it comes as a button that opens it.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable
from typing import Any

import discord

from bot.cards import notices
from bot.core.card import Audience, Card, File, Show
from bot.core.errors import refuse
from bot.i18n import words
from bot.platforms.discord.draw import Drawing, draw
from bot.platforms.discord.forms import drawable, modal, unfolded
from bot.platforms.discord.gate import Interaction

PATIENCE = 2.0  # seconds until a slow answer is announced; the rest of Discord's three is for the way there
NO_MENTIONS = discord.AllowedMentions.none()


class _Upload(discord.File):
    """A file whose number is written as text, as Discord's schema has it; discord.py writes a number."""

    def to_dict(self, index: int) -> dict[str, Any]:
        return super().to_dict(index) | {"id": str(index)}


def uploads(files: Iterable[File]) -> list[discord.File]:
    """Files to attach to a message."""
    return [_Upload(io.BytesIO(file.data), file.name) for file in files]


class Reply:
    """Answers one interaction, once."""

    def __init__(self, interaction: Interaction, patience: float) -> None:
        self._interaction = interaction
        self._deferring: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(patience, self._announce)

    def close(self) -> None:
        """Nothing will be announced any more."""
        self._timer.cancel()

    async def announce(self) -> None:
        """Say now that the answer takes a while."""
        self.close()
        self._announce()
        await self._announced()

    async def show(self, show: Show) -> None:
        """Send the answer. Raises discord.HTTPException when Discord refuses it, or it came too late."""
        self.close()
        show = _deliverable(show, self._interaction.filesize_limit)
        if (show.card.files or show.card.pictures) and not self._late:
            self._announce()
        if self._late:
            await self._announced()
            return await self._follow(show.card)
        return await self._answer(show)

    @property
    def _late(self) -> bool:
        return self._deferring is not None

    def _announce(self) -> None:
        if self._deferring is None and not self._interaction.response.is_done():
            self._deferring = asyncio.ensure_future(self._defer())

    async def _defer(self) -> None:
        await self._interaction.response.defer(ephemeral=True, thinking=True)

    async def _announced(self) -> None:
        if self._deferring is not None:
            await self._deferring

    async def _answer(self, show: Show) -> None:
        """Answer at once. A message of Components V2 can't become an embed, so two sides come as a new message."""
        response, card = self._interaction.response, drawable(show.card)
        if card.form is not None:
            if self._interaction.type is not discord.InteractionType.modal_submit:
                await response.send_modal(modal(card, card.form))
                return
            card = unfolded(card, card.form)
        under = self._replaced(show)
        stays_v2 = under is not None and under.flags.components_v2
        drawing = draw(card)
        if stays_v2 and drawing.content:
            drawing = draw(card, layout=True)
        if under is not None and (drawing.v2 or not stays_v2):
            await response.edit_message(**_edited(drawing))
        else:
            await response.send_message(ephemeral=show.audience is not Audience.PUBLIC, **_sent(drawing))

    async def _follow(self, card: Card) -> None:
        """What was announced was private, so the answer is."""
        card = drawable(card)
        drawing = draw(card if card.form is None else unfolded(card, card.form))
        await self._interaction.edit_original_response(**_edited(drawing))

    def _replaced(self, show: Show) -> discord.Message | None:
        """The private message that the answer takes the place of, if it does."""
        message = self._interaction.message
        return message if show.replace and message is not None and message.flags.ephemeral else None


def _deliverable(show: Show, most: int) -> Show:
    """The answer, or why a file of it can't be sent; `most` is what Discord takes here, in bytes a file."""
    if all(len(file.data) <= most for file in show.card.files):
        return show
    refusal = refuse("too_large_record", megabytes=most // (1024 * 1024))
    return Show(notices.refusal(words(show.card.locale), refusal), refused=True)


def _sent(drawing: Drawing) -> dict[str, Any]:
    """A drawing as arguments of a new message; what isn't there isn't named."""
    told: dict[str, Any] = {"allowed_mentions": NO_MENTIONS}
    if drawing.content:
        told |= {"content": drawing.content, "suppress_embeds": True}
    if drawing.embed:
        told["embed"] = drawing.embed
    if drawing.view:
        told["view"] = drawing.view
    return told


def _edited(drawing: Drawing) -> dict[str, Any]:
    """A drawing as arguments of an edit, which must also name what is to be gone."""
    return {
        "content": drawing.content or None,
        "embeds": [drawing.embed] if drawing.embed else [],
        "attachments": uploads(drawing.files),
        "view": drawing.view,
        "allowed_mentions": NO_MENTIONS,
    }
