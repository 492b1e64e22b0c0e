"""A poll may end early, once nothing can change what came out: in the very transaction of the vote that settles it."""

from __future__ import annotations

from bot.core.poll.certain import certain
from bot.core.poll.values import Poll
from bot.services.desk import Desk
from bot.services.polls.counting import outcome
from bot.services.polls.ending import close_one
from bot.storage.port import Tx


async def maybe_end(tx: Tx, desk: Desk, poll: Poll) -> bool:
    """Close the poll if its rules say so and its outcome is certain; whether it was. To be sealed after the commit."""
    if not poll.rules.early_end or not certain(poll, await outcome(tx, poll)):
        return False
    return await close_one(tx, poll.id, desk.clock(), None)
