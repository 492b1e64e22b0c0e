"""Ids that people type, pick or settle, checked before they are addresses: of this place, of the right type, writable.

A number that somebody types may belong to another server. It is asked for first, and what isn't found in this place is
refused; the platform's publisher refuses it once more when something is to be posted.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.errors import refuse
from bot.services.desk import Desk
from bot.services.here import Here
from bot.services.stage import SlowDown


async def check_channel(desk: Desk, here: Here, channel: str) -> str:
    """The id of a channel of this place that the bot can write in and whoever names it can view.

    Refusal: unknown_channel, no_text_channel, missing_rights, platform_busy.
    """
    arm = desk.reach.get(here.spot.platform)
    if channel != here.spot.channel and channel not in await here.ctx.access.ask([channel]):
        raise refuse("unknown_channel", typed=channel)
    try:
        found = await arm.channel(here.place.id, channel) if arm else None
    except SlowDown as slow:
        raise refuse("platform_busy") from slow
    if found is None:
        raise refuse("unknown_channel", typed=channel)
    if not found.writable:
        raise refuse("no_text_channel", channel=found.name)
    if found.lacking:
        raise refuse("missing_rights", channel=found.name, rights=[here.t.plain(f"right.{r}") for r in found.lacking])
    return channel


def check_roles(desk: Desk, here: Here, roles: Iterable[str]) -> tuple[str, ...]:
    """The ids of roles of this place. Where there are no roles any id will do: it opens nothing.

    Refusal: unknown_role.
    """
    return tuple(check_role(desk, here, role, "")[0] for role in roles)


def check_role(desk: Desk, here: Here, role: str, name: str) -> tuple[str, str]:
    """The id and the present name of a role of this place; `name` where the platform knows no roles.

    Refusal: unknown_role, also for everybody's own role: nobody is given that one.
    """
    arm = desk.reach.get(here.spot.platform)
    known = arm.roles(here.place.id) if arm else None
    if known is None:
        return role, name
    if role not in known:
        raise refuse("unknown_role", typed=name or role)
    return role, known[role]
