"""The desk: every intent of every platform is answered here, by one handler, and every refusal finds its words here."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.cards import notices
from bot.charts.artist import Artist
from bot.core.card import Show
from bot.core.ctx import Ctx
from bot.core.errors import Refusal, refuse
from bot.core.intents import Intent
from bot.core.poll.reminding import Walk
from bot.core.ready import ReadyPoll
from bot.i18n import language_of, words
from bot.logs import reference
from bot.services import here as surroundings
from bot.services.bell import Bell
from bot.services.here import Defaults, Here, NotAsked
from bot.services.keys import Keys
from bot.services.reach import Reach
from bot.services.refusals import note
from bot.services.shelf import Shelf
from bot.storage.errors import StorageUnavailable
from bot.storage.port import Database

log = logging.getLogger("tertulia.desk")

T = TypeVar("T")
MOST_ASKED = 3  # channels that one act may have to ask about: a poll's own, and that of one it names beside


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value to complete an option with, and what a person reads. Both ≤ 100 UTF-16 units."""

    value: str
    label: str


@dataclass(frozen=True)
class Desk:
    """What the handlers share, and the way to them.

    `clock` gives ms since 1970; `artist` draws charts; `boards` and `deadlines` ring when something changed. `reach`
    holds, by platform, what only it can find out or do; platforms that start put themselves there.
    `unsettling` remembers how many votes can't end a poll early yet; lost, it only costs a look. `walks` are the
    reminders under way, by poll; lost, some who asked for one get none.
    """

    db: Database
    shelf: Shelf
    keys: Keys
    clock: Callable[[], int]
    handlers: Mapping[type[Intent], Handler]
    suggester: Suggester
    ready: tuple[ReadyPoll, ...] = ()
    defaults: Defaults = field(default_factory=Defaults)
    artist: Artist = field(default_factory=Artist)
    boards: Bell = field(default_factory=Bell)
    deadlines: Bell = field(default_factory=Bell)
    unsettling: dict[str, int] = field(default_factory=dict)
    walks: dict[str, Walk] = field(default_factory=dict)
    reach: dict[str, Reach] = field(default_factory=dict)

    async def answer(self, ctx: Ctx, intent: Intent) -> Show:
        """The answer to an intent. Never raises for what a person did or what storage suffered: it says so."""
        try:
            return await self._answer(ctx, intent)
        except Exception:
            ref = reference()
            log.exception("broken", extra={"ref": ref, "verb": intent.VERB})
            return Show(notices.broken(words(self._locale(ctx, None)), ref), refused=True)

    async def _answer(self, ctx: Ctx, intent: Intent) -> Show:
        here = None
        try:
            here = await self.here(ctx)
            if intent.MODERATORS and not here.moderator:
                await note(self, here, intent)
                raise refuse("moderator_only", command=type(intent).__name__)
            return await asking(here, lambda known: self.handlers[type(intent)](self, known, intent))
        except Refusal as refusal:
            return self._refused(ctx, here, intent, refusal)
        except StorageUnavailable as error:
            log.error("storage unavailable", extra={"verb": intent.VERB, "error": str(error)})
            return self._refused(ctx, here, intent, refuse("storage_unavailable"))

    async def suggest(self, ctx: Ctx, source: str, typed: str, given: Mapping[str, str]) -> tuple[Suggestion, ...]:
        """Up to 25 values for an option being typed. `given` are the command's other options so far."""
        try:
            here = await self.here(ctx)
            return await asking(here, lambda known: self.suggester(self, known, source, typed, given))
        except (Refusal, StorageUnavailable):
            return ()  # suggestions are a help; sending the line says what is wrong

    async def locale(self, ctx: Ctx) -> str:
        """The language that this person reads here; the platform's word for it while storage is in trouble."""
        try:
            return (await self.here(ctx)).locale
        except StorageUnavailable:
            return self._locale(ctx, None)

    async def here(self, ctx: Ctx) -> Here:
        """The surroundings of an intent."""
        event = self.keys.event(ctx.event)
        return await self.db.glance(lambda tx: surroundings.load(tx, ctx, self.defaults, event))

    def _refused(self, ctx: Ctx, here: Here | None, intent: Intent, refusal: Refusal) -> Show:
        log.info("refused", extra={"verb": intent.VERB, "why": refusal.key})
        return Show(notices.refusal(words(self._locale(ctx, here)), refusal), refused=True)

    def _locale(self, ctx: Ctx, here: Here | None) -> str:
        return here.locale if here else language_of(ctx.actor.locale, self.defaults.locale)


async def asking(here: Here, work: Callable[[Here], Awaitable[T]]) -> T:
    """Do it; as often as it needs to know whether somebody can view a channel, ask the platform and do it again.

    What it wrote before it asked was in the same transaction, and is undone.
    """
    for _ in range(MOST_ASKED):
        try:
            return await work(here)
        except NotAsked as unknown:
            here = await here.after_asking(unknown.channel)
    return await work(here)


Handler = Callable[[Desk, Here, Any], Awaitable[Show]]
Suggester = Callable[[Desk, Here, str, str, Mapping[str, str]], Awaitable[tuple[Suggestion, ...]]]
