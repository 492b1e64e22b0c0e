"""Who and where a pretend Discord is about: people, channels and guilds as values that know their JSON."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

EPOCH_MS = 1_420_070_400_000  # the first second of 2015, from which Discord counts
VIEW, SEND, MANAGE_GUILD, ADMINISTRATOR = 1 << 10, 1 << 11, 1 << 5, 1 << 3
MEMBER = VIEW | SEND | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31
MODERATOR = MEMBER | MANAGE_GUILD
BOT = MEMBER | 1 << 34 | 1 << 38

_low = itertools.count(1)  # Discord's ids end in a counter too; it keeps those of one millisecond apart


def snowflake(at: datetime | None = None) -> int:
    """A new id that says when its owner was made: 42 bits of milliseconds, 22 bits of our counter."""
    moment = time.time() if at is None else at.timestamp()
    return (int(moment * 1000) - EPOCH_MS) << 22 | next(_low) & 0x3FFFFF


def made_at(number: int) -> float:
    """The moment inside an id, in seconds since 1970."""
    return ((number >> 22) + EPOCH_MS) / 1000


def _old() -> int:
    return snowflake(datetime(2021, 3, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a person attaches to a command or a form; 10 MiB at Discord by default."""

    filename: str
    data: bytes
    content_type: str = "text/plain"
    id: int = field(default_factory=snowflake)


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account and a membership; `id=snowflake(date)` makes an account of that date."""

    name: str
    id: int = field(default_factory=_old)
    global_name: str | None = None
    nick: str | None = None
    roles: tuple[int, ...] = ()
    permissions: int = MEMBER
    joined_at: datetime = datetime(2024, 1, 1, tzinfo=UTC)
    locale: str = "en-US"
    bot: bool = False

    def json(self) -> Json:
        """The account."""
        return {
            "id": str(self.id),
            "username": self.name,
            "discriminator": "0",
            "global_name": self.global_name,
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }

    def member(self) -> Json:
        """The membership in a guild, the account inside."""
        return {
            "user": self.json(),
            "nick": self.nick,
            "roles": [str(role) for role in self.roles],
            "joined_at": self.joined_at.isoformat(),
            "permissions": str(self.permissions),
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }


THREADS = (10, 11, 12)


@dataclass(frozen=True, slots=True)
class Channel:
    """A text channel (type 0), an announcement channel (5), a direct conversation (1) or a thread (10, 11, 12).

    `overwrites` are (id, type, allow, deny), type 0 of a role and 1 of a member; `denied` is what @everyone may not.
    """

    name: str = "general"
    id: int = field(default_factory=_old)
    type: int = 0
    parent_id: int | None = None
    owner_id: int = 1
    archived: bool = False
    locked: bool = False
    overwrites: tuple[tuple[int, int, int, int], ...] = ()
    denied: int = 0

    def json(self, guild_id: int | None) -> Json:
        """The channel as the gateway, REST and interactions show it."""
        told: Json = {"id": str(self.id), "type": self.type, "name": self.name, "position": 0, "flags": 0}
        told |= {
            "permission_overwrites": self._overwrites(guild_id or 0),
            "nsfw": False,
            "permissions": str(BOT),
            "last_message_id": None,
        }
        told |= {"parent_id": None if self.parent_id is None else str(self.parent_id)}
        told |= {} if guild_id is None else {"guild_id": str(guild_id)}
        return told | (self._thread() if self.type in THREADS else {})

    def _overwrites(self, guild_id: int) -> list[Json]:
        everyone = ((guild_id, 0, 0, self.denied),) if self.denied else ()
        names = ("id", "type", "allow", "deny")
        each = [dict(zip(names, overwrite, strict=True)) for overwrite in (*everyone, *self.overwrites)]
        return [one | {name: str(one[name]) for name in ("id", "allow", "deny")} for one in each]

    def _thread(self) -> Json:
        state = {"archived": self.archived, "locked": self.locked, "auto_archive_duration": 10080}
        stamp = {"archive_timestamp": "2024-01-01T00:00:00+00:00"}
        counts = {"message_count": 0, "member_count": 1, "total_message_sent": 0}
        return counts | {"owner_id": str(self.owner_id), "thread_metadata": state | stamp}


@dataclass(frozen=True, slots=True)
class Role:
    """A role with its permissions."""

    name: str
    id: int = field(default_factory=_old)
    permissions: int = 0

    def json(self) -> Json:
        """The role as a guild lists it."""
        flags: Json = {"hoist": False, "managed": False, "mentionable": True, "position": 1, "flags": 0}
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "color": 0,
        } | flags


@dataclass(frozen=True, slots=True)
class Guild:
    """A server; `members` is how many Discord says it has when we connect, `joined` how many came since."""

    name: str = "Reading circle"
    id: int = field(default_factory=_old)
    channels: tuple[Channel, ...] = field(default_factory=lambda: (Channel(),))
    roles: tuple[Role, ...] = ()
    locale: str = "en-US"
    members: int = 312
    joined: int = 0
    owner_id: int = 1

    def json(self) -> Json:
        """The guild as REST shows it; GUILD_CREATE adds to it."""
        everyone = Role("@everyone", self.id, MEMBER)
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner_id),
            "preferred_locale": self.locale,
            "roles": [role.json() for role in (everyone, *self.roles)],
            "features": [],
            "emojis": [],
            "stickers": [],
            "approximate_member_count": self.members + self.joined,
            "approximate_presence_count": self.members // 4,
        }

    def created(self) -> Json:
        """The GUILD_CREATE event."""
        more: Json = {"unavailable": False, "large": self.members >= 250, "member_count": self.members}
        return self.json() | more | {"channels": [channel.json(self.id) for channel in self.channels]}
