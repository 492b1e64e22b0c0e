"""What a handler knows about the moment: who asks, in which language, with which article on, with what rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.core.ctx import Actor, Ctx, EventId, Spot
from bot.core.place import Place, Reader, Scope
from bot.core.poll.values import Poll
from bot.i18n import Words, language_of, words
from bot.storage import packs, places
from bot.storage.port import Database, Tx


@dataclass(eq=False)
class NotAsked(Exception):
    """Only the platform can tell whether the actor can view this channel, and it wasn't asked yet.

    The desk asks it and calls the handler again, so that a transaction never waits for a platform.
    """

    channel: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a place has set nothing."""

    locale: str = "en"
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Here:
    """The surroundings of one intent, loaded in one read. `imports` are the place's own articles: (id, version).

    `event` is what may be kept of the event that brought it. `asked` holds what the platform said of channels since:
    whether the actor can view them.
    """

    ctx: Ctx
    place: Place
    reader: Reader
    imports: tuple[tuple[str, str], ...]
    locale: str
    place_locale: str
    timezone: str
    event: EventId
    asked: Mapping[str, bool] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.ctx.actor

    @property
    def spot(self) -> Spot:
        """Where."""
        return self.ctx.spot

    @property
    def t(self) -> Words:
        """The reader's words, for private cards."""
        return words(self.locale)

    @property
    def public_t(self) -> Words:
        """The place's words, for public cards."""
        return words(self.place_locale)

    @property
    def moderator(self) -> bool:
        """Whether the actor may moderate: by the platform's permission, or by a role that the place named."""
        return self.actor.manages or bool(self.actor.roles & set(self.place.settings.moderators))

    def sees(self, poll: Poll) -> bool:
        """Whether the actor may see a poll: it is the whole server's, or of a channel that they can view.

        Raises NotAsked.
        """
        return poll.whole_server or self.can_view(poll.channel)

    def can_view(self, channel: str) -> bool:
        """Whether the actor can view a channel; they can view the one they are in. Raises NotAsked."""
        if channel == self.spot.channel:
            return True
        known = self.asked.get(channel)
        if known is None:
            known = self.ctx.access.can_view(channel)
        if known is None:
            raise NotAsked(channel)
        return known

    async def after_asking(self, channel: str) -> Here:
        """The same surroundings, with what the platform says of a channel."""
        return replace(self, asked={**self.asked, channel: channel in await self.ctx.access.ask([channel])})

    async def scope(self, db: Database) -> Scope:
        """What the actor may see of this place, for lists and counts: asked of the platform where need be."""
        channels = await db.read(lambda tx: places.channels(tx, self.place.id))
        others = channels - {self.spot.channel}
        return Scope(self.place.id, await self.ctx.access.ask(others) | {self.spot.channel})


async def load(tx: Tx, ctx: Ctx, defaults: Defaults, event: EventId) -> Here:
    """Look the surroundings up."""
    place, known, has_own = await places.seen_by(tx, ctx.spot.place, ctx.actor.id)
    reader = known or Reader(seed=_seed(ctx.actor.id))
    place_locale = language_of(place.locale or ctx.spot.locale or place.platform_locale, defaults.locale)
    return Here(
        ctx=ctx,
        place=place,
        reader=reader,
        imports=tuple(await packs.published(tx, ctx.spot.place)) if has_own else (),
        locale=language_of(reader.locale or ctx.actor.locale, place_locale),
        place_locale=place_locale,
        timezone=place.timezone or defaults.timezone,
        event=event,
    )


def _seed(actor_id: str) -> int:
    """An order of their own for somebody who has none yet: stable, and no secret."""
    return sum((n + 1) * ord(c) for n, c in enumerate(actor_id)) % 65_521
