"""Who asks, where, and by which event: what every intent arrives with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NewType, Protocol

EventId = NewType("EventId", str)
"""What is kept of a platform's event, made with a key: the event's own id may name a person, or the moment."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as the platform tells of them at this moment.

    `id` is the platform's own, with its name before it ("discord:80351110224678912"). `manages` is the platform's
    word that the person may manage the whole place. Times are in ms since 1970, None where nobody can know.
    """

    id: str
    name: str
    locale: str = "en"
    roles: frozenset[str] = frozenset()
    manages: bool = False
    joined_ms: int | None = None
    created_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it happens: a channel of a place (a Discord server, the web page). `members` counts its people.

    `address` is the place's own on the web, below which messages are found by channel and id; empty without one.
    """

    platform: str
    place: str
    channel: str
    name: str = ""
    locale: str | None = None
    members: int | None = None
    address: str = ""


class ChannelAccess(Protocol):
    """Which channels of a place one person can view, by the platform's own rule."""

    def can_view(self, channel: str) -> bool | None:
        """Whether the person can view a channel; None where the platform has to be asked first."""

    async def ask(self, channels: Collection[str]) -> frozenset[str]:
        """Those of the channels that the person can view. One that nobody can tell about is not among them."""


class NoOtherChannel:
    """The access of somebody of whom nothing is known: the channel that they are in, and none beside it."""

    def can_view(self, channel: str) -> bool | None:
        """Whether the person can view a channel."""
        return False

    async def ask(self, channels: Collection[str]) -> frozenset[str]:
        """Those of the channels that the person can view."""
        return frozenset()


class AllChannels:
    """The access of somebody who can view every channel, as where there is only one."""

    def can_view(self, channel: str) -> bool | None:
        """Whether the person can view a channel."""
        return True

    async def ask(self, channels: Collection[str]) -> frozenset[str]:
        """Those of the channels that the person can view."""
        return frozenset(channels)


@dataclass(frozen=True, slots=True)
class Ctx:
    """The surroundings of one intent. `event` is the platform's id of what happened: it counts once.

    Whoever does something in a channel can view that one; `access` tells about the others.
    """

    actor: Actor
    spot: Spot
    event: str
    access: ChannelAccess = field(default_factory=NoOtherChannel, compare=False)
