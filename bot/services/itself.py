"""What the program does by itself in a place: nobody asked, so nobody's rights count and nobody's language."""

from __future__ import annotations

from bot.core.ctx import Actor, Ctx, Spot
from bot.core.poll.values import Poll
from bot.services.desk import Desk
from bot.services.here import Here
from bot.services.reach import Reach
from bot.storage import places, polls
from bot.storage.port import Tx

NAME = "Tertulia"


async def beside(desk: Desk, poll: Poll) -> Here:
    """The surroundings of a poll, with the program as the actor."""
    return await as_person(desk, poll, Actor("", NAME, locale=""))


async def as_person(desk: Desk, poll: Poll, actor: Actor) -> Here:
    """The surroundings of a poll as a person reads them."""
    return await there(desk, poll.place, poll.channel, actor)


async def there(
    desk: Desk, place: str, channel: str, actor: Actor, event: str = "", members: int | None = None
) -> Here:
    """The surroundings of a channel, by the name and language that the place was last known by."""
    name, locale = await desk.db.read(lambda tx: places.known_as(tx, place))
    spot = Spot(place.partition(":")[0], place, channel, name, locale, members)
    return await desk.here(Ctx(actor, spot, event))


def arm_of(desk: Desk, poll: Poll) -> Reach | None:
    """The arm of the poll's platform; None while it isn't running."""
    return desk.reach.get(platform_of(poll))


def thread_address(desk: Desk, poll: Poll) -> str:
    """Where a poll's thread is on the web; "" without one."""
    arm = arm_of(desk, poll)
    return arm.address(poll.place, poll.thread) if arm and poll.thread else ""


def platform_of(poll: Poll) -> str:
    """The name of the platform that shows a poll."""
    return poll.place.partition(":")[0]


async def poll_of(tx: Tx, subject: str) -> Poll | None:
    """The poll of a timer's subject: "poll:ID", and whatever follows."""
    return await polls.get(tx, subject.split(":")[1])
