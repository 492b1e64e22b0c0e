"""A place (a Discord server, the web page) and a reader in it: what each has set for itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceSettings:
    """What moderators set beside language, time zone and article. Ids are the platform's; "" is none."""

    moderators: tuple[str, ...] = ()
    reports: str = ""
    results: str = "voted"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is kept. None: never set; the platform's or the program's default holds.

    `platform_locale` is the language that the platform told of it last, for boards, which are drawn when nobody asks.
    """

    id: str
    locale: str | None = None
    timezone: str | None = None
    article: str | None = None
    settings: PlaceSettings = PlaceSettings()
    revision: int = 0
    platform_locale: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which polls of a place are meant: those of these channels and those published to the whole server.

    `channels` None means every poll: for what the program does itself, and for what is somebody's own.
    """

    place: str
    channels: frozenset[str] | None = None

    def holds(self, channel: str, *, whole_server: bool = False) -> bool:
        """Whether what belongs to this channel is meant."""
        return whole_server or self.channels is None or channel in self.channels


@dataclass(frozen=True, slots=True)
class Reader:
    """What one person chose in a place. `seed` orders what should not always come in the same order.

    `remind`: whether they asked to be reminded of polls that they may vote in and have not.
    """

    locale: str | None = None
    article: str | None = None
    section: str | None = None
    side_first: str | None = None
    seed: int = 0
    remind: bool = False
