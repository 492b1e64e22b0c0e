"""Discord's rule of who can view a channel: a table of cases, and discord.py's own computation as a twin."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.platforms.discord.permissions import (
    ADMINISTRATOR,
    EVERYTHING,
    MANAGE_THREADS,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    Member,
    Overwrite,
    Roles,
    permissions_in,
)

GUILD, OWNER, ME = 1, 2, 3
MODS, MUTED, ADMINS, GONE = 10, 11, 12, 13
V, S = VIEW_CHANNEL, SEND_MESSAGES
OPEN = Roles(GUILD, OWNER, {GUILD: V | S, MODS: 0, MUTED: 0, ADMINS: ADMINISTRATOR})
CLOSED = Roles(GUILD, OWNER, {GUILD: 0, MODS: V, MUTED: 0, ADMINS: ADMINISTRATOR})


def role(target: int, allow: int = 0, deny: int = 0) -> Overwrite:
    return Overwrite(target, True, allow, deny)


def person(target: int, allow: int = 0, deny: int = 0) -> Overwrite:
    return Overwrite(target, False, allow, deny)


HIDDEN = role(GUILD, deny=V)
VIEWS = [
    pytest.param(OPEN, [], {MODS}, True, id="a channel without overwrites is @everyone's"),
    pytest.param(CLOSED, [], set(), False, id="a server that hides its channels by default"),
    pytest.param(CLOSED, [], {MODS}, True, id="a role may view what @everyone may not"),
    pytest.param(OPEN, [HIDDEN], set(), False, id="hidden from @everyone"),
    pytest.param(OPEN, [HIDDEN], {MODS}, False, id="a role without an overwrite changes nothing"),
    pytest.param(OPEN, [HIDDEN, role(MODS, allow=V)], {MODS}, True, id="opened to a role"),
    pytest.param(OPEN, [HIDDEN, role(MODS, allow=V)], set(), False, id="opened to a role that I haven't"),
    pytest.param(OPEN, [role(MUTED, deny=V)], {MUTED}, False, id="hidden from a role of mine"),
    pytest.param(OPEN, [role(MUTED, deny=V), role(MODS, allow=V)], {MUTED, MODS}, True, id="of my roles allow wins"),
    pytest.param(OPEN, [role(MODS, allow=V), role(MUTED, deny=V)], {MUTED, MODS}, True, id="in whatever order"),
    pytest.param(OPEN, [role(MODS, allow=V), HIDDEN], {MODS}, True, id="@everyone's comes first wherever it stands"),
    pytest.param(OPEN, [HIDDEN, person(ME, allow=V)], set(), True, id="opened to me"),
    pytest.param(OPEN, [HIDDEN, person(OWNER + 5, allow=V)], set(), False, id="opened to somebody else"),
    pytest.param(OPEN, [role(MODS, allow=V), person(ME, deny=V)], {MODS}, False, id="hidden from me alone"),
    pytest.param(OPEN, [HIDDEN, person(ME, deny=V)], {ADMINS}, True, id="an administrator sees all"),
    pytest.param(OPEN, [HIDDEN, role(GONE, allow=V)], {GONE}, True, id="a role that is not in the server's list"),
    pytest.param(Roles(GUILD, OWNER, {}), [], {MODS}, False, id="nothing is known of the roles"),
    pytest.param(Roles(GUILD, OWNER, {}), [], {ADMINS}, False, id="nor that one of them administers"),
    pytest.param(OPEN, [role(ME, allow=V), HIDDEN], set(), False, id="a role's overwrite with my number is not mine"),
    pytest.param(OPEN, [person(MODS, allow=V), HIDDEN], {MODS}, False, id="nor a member's that of a role"),
    pytest.param(OPEN, [role(GUILD, allow=V, deny=V)], set(), True, id="both at once: allow"),
]


@pytest.mark.parametrize(("roles", "overwrites", "mine", "views"), VIEWS)
def test_who_can_view(roles: Roles, overwrites: list[Overwrite], mine: set[int], views: bool) -> None:
    """And who can't view it can do nothing else there."""
    held = permissions_in(roles, overwrites, Member(ME, frozenset(mine)))
    assert bool(held & VIEW_CHANNEL) is views
    assert views or held == 0


def test_the_owner_sees_all() -> None:
    """Whatever any overwrite says."""
    hidden = [HIDDEN, person(OWNER, deny=V)]
    assert permissions_in(CLOSED, hidden, Member(OWNER, frozenset())) == EVERYTHING


# The twin: the same server as discord.py holds and computes it.

BITS = [V, S, MANAGE_THREADS, ADMINISTRATOR]


def as_discord_py(roles: Roles, overwrites: list[Overwrite], member: Member, *, timed_out: bool) -> int:
    """What discord.py computes for the same values."""
    state: Any = discord.Client(intents=discord.Intents(guilds=True))._connection
    guild = discord.Guild(
        data={  # type: ignore[arg-type]
            "id": str(GUILD), "name": "x", "owner_id": str(OWNER), "unavailable": False, "channels": [],
            "roles": [
                {"id": str(number), "name": "x", "permissions": str(bits), "position": n, "color": 0, "hoist": False,
                 "managed": False, "mentionable": False, "flags": 0,
                 "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}
                for n, (number, bits) in enumerate(roles.permissions.items())
            ],
        },
        state=state,
    )  # fmt: skip
    told = [
        {"id": str(o.target), "type": 0 if o.of_role else 1, "allow": str(o.allow), "deny": str(o.deny)}
        for o in overwrites
    ]
    channel = discord.TextChannel(
        state=state, guild=guild,
        data={"id": "99", "type": 0, "name": "x", "position": 0, "permission_overwrites": told},  # type: ignore[typeddict-item]
    )  # fmt: skip
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat() if timed_out else None
    user = {"id": str(member.id), "username": "x", "discriminator": "0", "avatar": None}
    twin = discord.Member(
        data={"user": user, "roles": [str(r) for r in member.roles], "joined_at": None, "flags": 0,  # type: ignore[typeddict-item]
              "communication_disabled_until": until},
        guild=guild, state=state,
    )  # fmt: skip
    return channel.permissions_for(twin).value


@pytest.mark.parametrize("seed", range(8))
def test_discord_py_says_the_same(seed: int) -> None:
    """Of 200 random servers each: who can view, send and manage threads; a timeout hides nothing."""
    chance = random.Random(seed)

    def bits() -> int:
        return sum(bit for bit in BITS[:3] if chance.random() < 0.4)

    for _ in range(200):
        known = {number: bits() | (ADMINISTRATOR if chance.random() < 0.05 else 0) for number in (10, 11, 12)}
        roles = Roles(GUILD, OWNER, {GUILD: bits(), **known})
        targets = [(GUILD, True), (10, True), (11, True), (12, True), (ME, False), (4, False)]
        overwrites = [Overwrite(t, r, bits(), bits()) for t, r in targets if chance.random() < 0.5]
        chance.shuffle(overwrites)
        mine = frozenset(number for number in known if chance.random() < 0.5)
        member = Member(OWNER if chance.random() < 0.1 else ME, mine)
        ours = permissions_in(roles, overwrites, member)
        theirs = as_discord_py(roles, overwrites, member, timed_out=False)
        wanted = V | S | MANAGE_THREADS
        assert ours & wanted == theirs & wanted, (roles, overwrites, member)
        late = as_discord_py(roles, overwrites, member, timed_out=True)
        assert ours & V == late & V
