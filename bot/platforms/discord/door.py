"""The one door: every interaction comes in here, is asked of the desk, and leaves with one answer.

What goes wrong on the way is said here too, once, in the reader's language, with the reference that the log carries.
"""

from __future__ import annotations

import logging

import discord
from discord.app_commands import Choice

from bot.cards import notices
from bot.core.card import Show
from bot.core.ctx import Ctx
from bot.core.errors import Refusal
from bot.core.text import cut
from bot.i18n import Words, language_of, words
from bot.logs import reference
from bot.platforms.discord.asked import asked, fetched, typing
from bot.platforms.discord.census import counted
from bot.platforms.discord.gate import Interaction, surroundings
from bot.platforms.discord.reply import PATIENCE, Reply
from bot.services.desk import Desk

log = logging.getLogger("tertulia.discord")

TOO_LATE = 10062  # Discord's "unknown interaction": its three seconds were over
ANSWERED = 40060  # Discord's "already acknowledged": another process, or a replay
SUGGESTIONS, SUGGESTION = 25, 100  # and characters of one, at Discord


class Door:
    """Serves interactions; `limit` is the largest file in bytes, `patience` the seconds until "thinking" is shown."""

    def __init__(self, desk: Desk, limit: int, patience: float = PATIENCE) -> None:
        self._desk = desk
        self._limit = limit
        self._patience = patience

    async def serve(self, interaction: Interaction) -> None:
        """Answer one interaction. Never raises: what breaks is logged and said."""
        if interaction.type is discord.InteractionType.autocomplete:
            await self._suggest(interaction)
        elif interaction.type is not discord.InteractionType.ping:
            await self._answer(interaction)

    async def _answer(self, interaction: Interaction) -> None:
        reply = Reply(interaction, self._patience)
        try:
            await reply.show(await self._show(interaction, reply))
        except discord.HTTPException as error:
            if error.code in (TOO_LATE, ANSWERED):
                log.warning("unanswered", extra={"code": error.code})
            else:
                await self._broken(interaction, reply)
        except Exception:  # noqa: BLE001  # because this is the one place that says what broke
            await self._broken(interaction, reply)
        finally:
            reply.close()

    async def _show(self, interaction: Interaction, reply: Reply) -> Show:
        ctx = None
        try:
            ctx = surroundings(interaction, interaction.client.directory)
            wanted = asked(interaction)
            if wanted.files:
                await reply.announce()
            intent = await fetched(wanted, self._limit)
            return await self._desk.answer(await counted(interaction, ctx, intent), intent)
        except Refusal as refusal:
            log.info("refused", extra={"why": refusal.key})
            return Show(notices.refusal(await self._words(interaction, ctx), refusal))

    async def _words(self, interaction: Interaction, ctx: Ctx | None) -> Words:
        """The reader's words: the language that they chose here, or else Discord's."""
        if ctx is not None:
            return words(await self._desk.locale(ctx))
        return words(language_of(interaction.locale.value, self._desk.defaults.locale))

    async def _broken(self, interaction: Interaction, reply: Reply) -> None:
        ref = reference()
        log.exception("broken", extra={"ref": ref})
        try:
            await reply.show(Show(notices.broken(await self._words(interaction, None), ref)))
        except Exception:
            log.exception("unanswered", extra={"ref": ref})

    async def _suggest(self, interaction: Interaction) -> None:
        try:
            wanted = typing(interaction)
            found = () if wanted is None else await self._desk.suggest(
                surroundings(interaction, interaction.client.directory), wanted.source, wanted.typed, wanted.given
            )  # fmt: skip
            choices = [Choice(name=cut(s.label, SUGGESTION), value=s.value) for s in found[:SUGGESTIONS]]
            await interaction.response.autocomplete(choices)
        except Refusal:
            await interaction.response.autocomplete([])
        except discord.HTTPException as error:
            log.info("suggestions came too late", extra={"code": error.code})
        except Exception:
            log.exception("no suggestions", extra={"ref": reference()})
