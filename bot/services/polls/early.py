"""A poll may end early, once nothing can change what came out: in the very transaction of the vote that settles it."""

from __future__ import annotations

from bot.core.poll.certain import certain, needs_all
from bot.core.poll.counted import tallied
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll
from bot.services.desk import Desk
from bot.services.polls.ending import close_one
from bot.storage import boxes
from bot.storage.port import Tx


async def maybe_end(tx: Tx, desk: Desk, poll: Poll) -> bool:
    """Close the poll if its rules say so and its outcome is certain; whether it was. To be sealed after the commit."""
    if not poll.rules.early_end or not await _settled(tx, poll):
        return False
    return await close_one(tx, poll.id, desk.clock(), None)


async def _settled(tx: Tx, poll: Poll) -> bool:
    """Whether the outcome is certain. It is asked at every vote, so marks are added up and no method counts them."""
    box = boxes.of(poll)
    cast = await box.count(tx, poll.id)
    if poll.electorate is None or (cast < poll.electorate and needs_all(poll)):
        return False
    counts = tallied(poll, await box.grouped(tx, poll.id))
    return certain(poll, Outcome(counts, cast, poll.electorate, of_voters=False))
