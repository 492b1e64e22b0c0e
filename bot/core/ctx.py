"""Who asks, where, and by which event: what every intent arrives with."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Ctx:
    """The surroundings of one intent. `event` is the platform's id of what happened: it counts once."""

    actor: Actor
    spot: Spot
    event: str
