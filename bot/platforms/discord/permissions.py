"""Discord's own rule of what a member may do in a channel, as a function of values.

Owner and administrators may do everything. Others have what @everyone and their roles have together, then the
channel's overwrites in Discord's order: @everyone's, those of all their roles at once, their own; a later step wins,
and within a step allow wins. Who can't view a channel can do nothing in it. A timeout hides nothing.
https://docs.discord.com/developers/topics/permissions
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ADMINISTRATOR = 1 << 3
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_THREADS = 1 << 34
SEND_MESSAGES_IN_THREADS = 1 << 38
EVERYTHING = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel allows and denies one role or one member, as bits. `target` is its id."""

    target: int
    of_role: bool
    allow: int = 0
    deny: int = 0


@dataclass(frozen=True, slots=True)
class Roles:
    """A server's owner, and what each of its roles may do; @everyone has the server's own id."""

    guild: int
    owner: int
    permissions: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Member:
    """A member by id, with the ids of their roles (without @everyone)."""

    id: int
    roles: frozenset[int]


def permissions_in(guild: Roles, overwrites: Iterable[Overwrite], member: Member) -> int:
    """What a member may do in a channel with these overwrites, as bits; 0 where they can't view it."""
    held = server_permissions(guild, member)
    if held == EVERYTHING:
        return EVERYTHING
    kept = list(overwrites)
    of_roles = [each for each in kept if each.of_role and each.target in member.roles and each.target != guild.guild]
    held = _apply(held, [each for each in kept if each.of_role and each.target == guild.guild])
    held = _apply(held, of_roles)
    held = _apply(held, [each for each in kept if not each.of_role and each.target == member.id])
    return held if held & VIEW_CHANNEL else 0


def server_permissions(guild: Roles, member: Member) -> int:
    """What a member may do in a server before any channel is looked at; owner and administrators everything."""
    held = guild.permissions.get(guild.guild, 0)
    for role in member.roles:
        held |= guild.permissions.get(role, 0)
    return EVERYTHING if member.id == guild.owner or held & ADMINISTRATOR else held


def _apply(held: int, overwrites: Iterable[Overwrite]) -> int:
    """One step of the rule: everything that it denies goes, then everything that it allows comes."""
    allow = deny = 0
    for each in overwrites:
        allow, deny = allow | each.allow, deny | each.deny
    return held & ~deny | allow
